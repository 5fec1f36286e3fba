"""One stream of random numbers for each thing that is drawn, so that none disturbs another."""

from __future__ import annotations

import hashlib

import numpy as np

_FIRST_NUMBER, _NUMBERS = 820_000_000, 75_000_000
_FIRST_H = -720.0
"""What is known from before then has the first numbers."""


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


def new_number(at_h: float, length_h: float) -> int:
    """Return the catalogue number of something that catalogues first hold at a time of a script.

    Later ones have higher numbers, as in catalogues, and which one depends on nothing else. Of the
    numbers for internal use, above those of made skies, so that no object has it.

    >>> 820_000_000 < new_number(20.0, 120.0) < new_number(20.01, 120.0) < 895_000_000
    True
    """
    share = (at_h - _FIRST_H) / (length_h - _FIRST_H)
    return _FIRST_NUMBER + round(_NUMBERS * min(max(share, 0.0), 1.0))
