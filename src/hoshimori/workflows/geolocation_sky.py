"""The element sets of satellites that heard a signal, out of catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.geolocation import GeolocationCase
from hoshimori.workflows.deliveries import open_catalogues


def element_sets_of(case: GeolocationCase, paths: Iterable[Path]) -> ElementSets:
    """Return the element sets of the satellites of a case, those of every file together.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file is no catalogue.
    """
    named = {one.name: one.object or one.name for one in case.satellites}
    used = {name for one in case.measurements for name in (one.first, one.second)}
    wanted = [named.get(name, name) for name in used]
    numbers = [int(text) for text in wanted if text.isascii() and text.isdigit()]
    parts = []
    for opened in open_catalogues(paths):
        sets = opened.reading.element_sets
        parts.append(sets.take(np.isin(sets.norad_id, numbers)))
    return concatenate(parts)
