"""Salted commitments to items, and the Merkle tree over them (RFC 6962, section 2.1).

A commitment shows nothing of its item, not even to who guesses it, because of the salt; and
nobody can find another item for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

SALT_BYTES = 16


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of a zero byte and the data."""
    return hashlib.sha256(b"\x00" + data).digest()


def commitment(salt: bytes, encoded: bytes) -> bytes:
    """Return the commitment to an item's bytes: the leaf hash of salt and bytes."""
    return leaf_hash(salt + encoded)


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of the tree over leaf hashes; of no leaf the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    # Pairing level by level, with a last one carried up, gives the tree of the standard.
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = above + level[len(above) * 2 :]
    return level[0]
