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


@dataclass(frozen=True, slots=True)
class Provenance:
    """The bytes that facts were read from."""

    source: str
    """Who or what delivered the bytes: ``celestrak``, ``space-track``, a file's name."""
    payload_sha256: str
    """SHA-256 of the bytes as delivered (hexadecimal, 64 digits)."""
    reality: Reality = Reality.REAL
