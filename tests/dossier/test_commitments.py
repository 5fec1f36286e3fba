"""The Merkle tree of RFC 6962 against its published test values."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.dossier.commitments import commitment, leaf_hash, merkle_root

# transparency-dev/merkle (Apache-2.0), testonly/constants.go, commit 582a6ad: leaves and roots.
LEAVES = (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("size", range(9))
def test_roots_of_transparency_dev_merkle(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in LEAVES[:size]]
    assert merkle_root(leaves).hex() == ROOTS[size]


def _root_by_definition(data: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word: split at the largest power of two below n."""
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = 1
    while 2 * k < len(data):
        k *= 2
    return hashlib.sha256(
        b"\x01" + _root_by_definition(data[:k]) + _root_by_definition(data[k:])
    ).digest()


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
def test_pairing_level_by_level_gives_the_tree_of_the_standard(data: list[bytes]) -> None:
    assert merkle_root([leaf_hash(d) for d in data]) == _root_by_definition(data)


def test_a_commitment_follows_salt_and_content() -> None:
    one = commitment(bytes(16), b"{}")
    assert one == hashlib.sha256(bytes(17) + b"{}").digest()
    assert len({one, commitment(bytes(15) + b"\1", b"{}"), commitment(bytes(16), b"[]")}) == 3
