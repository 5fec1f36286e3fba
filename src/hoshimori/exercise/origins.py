"""What facts of an exercise follow from: the sources of the sky, kept so that markings hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from hoshimori.model.elements import ElementSets
from hoshimori.model.provenance import sources_within

Origins: TypeAlias = frozenset[str]
"""Sources of all facts that something follows from; none where it is of the script alone."""

OF_THE_SCRIPT: Origins = frozenset()


def origins_of(sets: ElementSets) -> Origins:
    """Return the sources of some element sets."""
    used = np.unique(sets.provenance_index).tolist()
    named = {sets.provenances[index].source for index in used}
    return frozenset(one for source in named for one in sources_within(source))


def origins_by_object(sets: ElementSets) -> Mapping[int, Origins]:
    """Return the sources of the element sets of each object."""
    of_index = _origins_of_index(sets)
    origins = list(dict.fromkeys(of_index))
    place = np.array([origins.index(one) for one in of_index] or [0], np.int64)
    keys = np.unique(sets.norad_id * len(origins) + place[sets.provenance_index])
    found: dict[int, Origins] = {}
    for key in keys.tolist():
        number, which = divmod(key, len(origins))
        known = found.get(number)
        found[number] = origins[which] if known is None else known | origins[which]
    return found


def _origins_of_index(sets: ElementSets) -> list[Origins]:
    return [frozenset(sources_within(one.source)) for one in sets.provenances]
