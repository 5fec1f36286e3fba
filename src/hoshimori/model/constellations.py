"""Constellations as catalogues name their satellites: one word for each family of names."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import Column
from hoshimori.model.objects import ObjectType, kind_by_name

_FAMILIES = (
    "ASTROCAST",
    "BEIDOU",
    "BLUEBIRD",
    "CENTISPACE",
    "CONNECTA",
    "FLOCK",
    "GALILEO",
    "GEESAT",
    "GLOBALSTAR",
    "GONETS",
    "HAWK",
    "HULIANWANG",
    "ICEYE",
    "IRIDIUM",
    "JILIN",
    "KINEIS",
    "KUIPER",
    "LEMUR",
    "NAVSTAR",
    "NUSAT",
    "O3B",
    "ONEWEB",
    "ORBCOMM",
    "QIANFAN",
    "SKYSAT",
    "SPACEBEE",
    "STARLINK",
    "TIANMU",
    "TIANQI",
    "YAOGAN",
    *(f"SIM-LEO-CONST-{letter}" for letter in "ABCDEFGH"),
)
"""Families of at least a dozen satellites with one operator or one mission each, in catalogues of
2024 to 2026, and those of the made sky. Numbered series of many missions (COSMOS, USA, OPS,
OBJECT) are none."""

_NAME = re.compile(rf"({'|'.join(_FAMILIES)})(?=[\W\d_]|$)")
NO_FAMILY = -1


@lru_cache(maxsize=1 << 17)  # the same few ten thousand names are asked for at every look
def family_of(name: str) -> str:
    """Return the family of names that a satellite belongs to; empty for none, debris and stages.

    >>> family_of("STARLINK-1008"), family_of("IRIDIUM 33 DEB"), family_of("HAWKEYE")
    ('STARLINK', '', '')
    """
    found = _NAME.match(name.strip().upper())
    return found[1] if found and kind_by_name(name) is ObjectType.PAYLOAD else ""


_SERIES_OF_MANY_MISSIONS = {"COSMOS", "KOSMOS", "OBJECT", "OPS", "SIM", "TBA", "USA"}
_SERIES = re.compile(r"[A-Z]{3,}(?:[ -][A-Z]{2,})*")


def series_of(name: str) -> str:
    """Return the word before a satellite's number; empty for none and series of many missions.

    >>> series_of("SENTINEL 2A"), series_of("CSG-1"), series_of("COSMOS 2576")
    ('SENTINEL', 'CSG', '')
    """
    found = _SERIES.match(name.strip().upper())
    word = found[0] if found and kind_by_name(name) is ObjectType.PAYLOAD else ""
    return "" if word.split(" ")[0].split("-")[0] in _SERIES_OF_MANY_MISSIONS else word


def families(names: Column) -> npt.NDArray[np.int64]:
    """Return a number for the family of each name, `NO_FAMILY` for none."""
    known = [family_of(str(name)) for name in names]
    number = {family: k for k, family in enumerate(_FAMILIES)}
    return np.array([number.get(family, NO_FAMILY) for family in known], np.int64)
