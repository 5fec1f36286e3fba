"""Streams of letters: numbered from 1 on, each place with a digest over all that led there.

Two nodes that agree in the digest of a place agree in every letter up to it: so a node that was
restored from a backup, and numbers anew what it numbered before, is found out at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import accumulate

from hoshimori.model.letters import StreamPlace

NOTHING = "0" * 64
"""The chain of a stream before its first letter."""


def chain_after(chain: str, letter_id: str) -> str:
    """Return the chain after one more letter."""
    return hashlib.sha256(f"{chain}\n{letter_id}".encode()).hexdigest()


def places_after(before: StreamPlace, letter_ids: Iterable[str]) -> tuple[StreamPlace, ...]:
    """Return the places in a stream after each of the letters that follow a place."""
    chains = list(accumulate(letter_ids, chain_after, initial=before.chain))
    return tuple(
        StreamPlace(before.stream, before.number + k, chain)
        for k, chain in enumerate(chains[1:], start=1)
    )


def beginning(stream: str) -> StreamPlace:
    """Return the place before the first letter of a stream."""
    return StreamPlace(stream, 0, NOTHING)
