"""Keys of objects that have no NORAD catalogue number, in ranges that NORAD never uses.

* JSC Vimpel's own objects: 2,000,000,000 plus Vimpel's number.
* Objects named by their international designator alone (an OMM message may leave NORAD_CAT_ID
  out): from 10,000,000,000, in the order of launch year, launch and piece.

Keys need 64 bits.  The same object may also be known by a NORAD number: these keys say only that
the source did not give it.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import Column

LARGEST_NORAD_ID = 999_999_999
VIMPEL_IDS = range(2_000_000_001, 2_100_000_000)
DESIGNATOR_IDS = range(10_000_000_000, 12_000_000_000)

_DESIGNATOR = re.compile(r"(\d{4})-(\d{3})([A-Z]{1,3})", re.ASCII)
_PIECES = 20_000  # more than the 18,278 of A to ZZZ

Mask = npt.NDArray[np.bool_]


def vimpel_id(number: int) -> int | None:
    """Return the key of an object that JSC Vimpel numbers, or None for an impossible number."""
    return VIMPEL_IDS.start - 1 + number if 1 <= number <= len(VIMPEL_IDS) else None


def designator_id(object_id: str) -> int | None:
    """Return the key of an object named by its international designator, or None for no such name.

    >>> designator_id("1957-001A"), designator_id("ISS")
    (10000020001, None)
    """
    found = _DESIGNATOR.fullmatch(object_id)
    if not found or not 1957 <= int(found[1]) <= 2056:
        return None
    piece = 0
    for letter in found[3]:
        piece = piece * 26 + ord(letter) - ord("A") + 1
    launch = (int(found[1]) - 1957) * 1000 + int(found[2])
    return DESIGNATOR_IDS.start + launch * _PIECES + piece


def is_norad_id(ids: Column) -> Mask:
    """Tell which keys are NORAD catalogue numbers."""
    valid: Mask = (ids >= 1) & (ids <= LARGEST_NORAD_ID)
    return valid


def is_object_id(ids: Column) -> Mask:
    """Tell which numbers are keys of objects: by NORAD, or in one of the namespaces."""
    valid = is_norad_id(ids)
    for namespace in (VIMPEL_IDS, DESIGNATOR_IDS):
        valid |= (ids >= namespace.start) & (ids < namespace.stop)
    return valid
