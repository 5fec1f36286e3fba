"""Which receiver words describe: its name, link, band, polarisation, satellite and bearing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

import numpy as np

from hoshimori.formats.namespaces import is_object_id
from hoshimori.formats.receiver_columns import (
    BAND,
    BEARING,
    LINK,
    OBJECT,
    POLARISATION,
    RECEIVER,
)
from hoshimori.model.receivers import Bearing, Link, Polarisation, Receiver

_LONGEST_NAME = 200
_OTHER_NAMES = {"lhc": "lhcp", "rhc": "rhcp", "horizontal": "h", "vertical": "v"}
_Kind = TypeVar("_Kind", bound=Enum)
_EXPECTED = {
    LINK: f"expected one of {', '.join(link.value for link in Link)}",
    POLARISATION: f"expected one of {', '.join(p.value for p in Polarisation)}",
    BEARING: f"expected one of {', '.join(b.value for b in Bearing)}",
    OBJECT: "expected a catalogue number, or nothing",
}


def named_receiver(words: Sequence[str], source: str) -> Receiver | tuple[str, str]:
    """Return the receiver that words describe, or the field and what was expected.

    The words: name, link, band, polarisation, catalogue number of its satellite, bearing.
    """
    name, link, band, polarisation, norad_id, bearing = words
    for field_name, text in ((RECEIVER, name), (BAND, band)):
        if len(text) > _LONGEST_NAME or not text.isprintable():
            return field_name, f"expected printable text of at most {_LONGEST_NAME} letters"
    chosen_link = _choice(link, Link, Link.NAVIGATION)
    chosen_polarisation = _choice(polarisation, Polarisation, Polarisation.NOT_STATED)
    chosen_bearing = _choice(bearing, Bearing, Bearing.NOT_STATED)
    number = _number_of(norad_id)
    for field_name, found in (
        (LINK, chosen_link), (POLARISATION, chosen_polarisation),
        (BEARING, chosen_bearing), (OBJECT, number),
    ):  # fmt: skip
        if found is None:
            return field_name, _EXPECTED[field_name]
    assert chosen_link is not None
    assert chosen_polarisation is not None
    assert chosen_bearing is not None
    return Receiver(
        name or source, chosen_link, band, chosen_polarisation, number or None, chosen_bearing
    )


def _number_of(text: str) -> int | None:
    """Return a catalogue number, 0 where none is stated, None where it is none."""
    if not text:
        return 0
    fits = text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if fits and is_object_id(np.array([int(text)]))[0] else None


def _choice(text: str, kinds: type[_Kind], default: _Kind) -> _Kind | None:
    word = _OTHER_NAMES.get(text.lower(), text.lower())
    if not word:
        return default
    return next((kind for kind in kinds if str(kind.value).lower() == word), None)
