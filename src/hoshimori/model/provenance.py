"""Where a fact comes from, and whether it is real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Reality(Enum):
    """Whether a fact describes the world; the values are those of the Unified Data Library."""

    REAL = "REAL"
    TEST = "TEST"
    SIMULATED = "SIMULATED"
    EXERCISE = "EXERCISE"


# Contagion: the first of these that occurs among the inputs marks the result.
_MOST_CONTAGIOUS_FIRST = (Reality.EXERCISE, Reality.SIMULATED, Reality.TEST, Reality.REAL)


def combined_reality(realities: Iterable[Reality]) -> Reality:
    """Return the reality of a result that rests on facts of these realities.

    >>> combined_reality([Reality.REAL, Reality.EXERCISE])
    <Reality.EXERCISE: 'EXERCISE'>
    """
    present = set(realities)
    return next((r for r in _MOST_CONTAGIOUS_FIRST if r in present), Reality.REAL)


CELESTRAK = "celestrak"
SPACE_TRACK = "space-track"
MADE_SKY = "synthetic sky"
"""How the sources of made skies begin."""

_BROUGHT = "brought/"
_FILE = "./"


def source_of_file(name: str) -> str:
    """Return the source of a file: its name, told apart from the sources that bear names of ours.

    >>> source_of_file("catalogue.csv"), source_of_file("celestrak")
    ('catalogue.csv', './celestrak')
    """
    is_ours = name in (CELESTRAK, SPACE_TRACK) or name.startswith(MADE_SKY)
    return f"{_FILE}{name}" if is_ours else name


def brought_source(name: str) -> str:
    """Return the source of facts that somebody brought through a server under a name.

    Whoever brings facts chooses the name; it must not choose who may see them.

    >>> brought_source("celestrak")
    'brought/celestrak'
    """
    return f"{_BROUGHT}{name}"


def is_brought(source: str) -> bool:
    """Tell whether somebody brought the facts of this source through a server."""
    return source.startswith(_BROUGHT)


@dataclass(frozen=True, slots=True)
class Provenance:
    """The bytes that facts were read from."""

    source: str
    """Who or what delivered the bytes: ``celestrak``, ``space-track``, a file's name.

    What somebody brought through a server begins with ``brought/``.
    """
    payload_sha256: str
    """SHA-256 of the bytes as delivered (hexadecimal, 64 digits)."""
    reality: Reality = Reality.REAL
