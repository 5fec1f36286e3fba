"""One stream of random numbers for each thing that is drawn, so that none disturbs another."""

from __future__ import annotations

import hashlib

import numpy as np


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


def new_number(name: str) -> int:
    """Return the catalogue number of something that an exercise brings into being, by its name.

    Of the numbers for internal use, so that no real object has it, and above those of made skies,
    as new objects have higher numbers than all before; five thousand numbers from
    there on belong to the same name.

    >>> 900_000_000 <= new_number("a piece") < 995_000_000
    True
    """
    return 900_000_000 + number_of(name) % 19_000 * 5000
