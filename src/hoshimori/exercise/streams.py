"""One stream of random numbers for each thing that is drawn, so that none disturbs another."""

from __future__ import annotations

import hashlib

import numpy as np

_EARLIEST_H, _SLOTS = 240.0, 19_000


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random numbers of a name under a seed: the same for ever, whatever else is drawn.

    >>> stream(7, "burn").integers(100) == stream(7, "burn").integers(100)
    np.True_
    """
    digest = hashlib.sha256(name.encode()).digest()
    words = [int.from_bytes(digest[k : k + 4], "big") for k in range(0, 16, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def number_of(name: str) -> int:
    """Return a whole number below 2**32 that belongs to a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def new_number(name: str, known_h: float) -> int:
    """Return the catalogue number of something that an exercise brings into being, by its name.

    Numbers lie above those of any sky, real or made, and grow with when the thing becomes known,
    hours from the start, as catalogues give them: what has a number below an older object's is
    nothing new to a watch. Four thousand numbers from there on belong to the same name.

    >>> 900_000_000 <= new_number("a piece", 6.0) < new_number("another", 7.0) < 999_000_000
    True
    """
    half_hours = min(max(round(2.0 * (known_h + _EARLIEST_H)), 0), _SLOTS - 1)
    return 900_000_000 + half_hours * 5000 + number_of(name) % 800
