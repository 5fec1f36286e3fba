"""Dossiers, keys and lists of keys for the tests of the seal; everything follows from a seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hoshimori.dossier.container import pack
from hoshimori.dossier.envelope import SigningKey, public_key_of
from hoshimori.model.dossiers import Blob, Dossier, Item, PartnerKey, Policy, Trust
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

COMPOSED = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
CHECKED = datetime(2026, 11, 27, tzinfo=UTC)
OPEN_TO_ALL = Marking()
TO_ALLIES = Marking(Level.AMBER, frozenset({"JPN", "USA"}), frozenset({"ORIGINATOR CONTROLLED"}))


def key_of(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def partner(key: SigningKey, organisation: str, holder: str = "duty officer") -> PartnerKey:
    return PartnerKey(organisation, holder, public_key_of(key))


def trust_in(*keys: PartnerKey) -> Trust:
    return Trust(keys)


def salts(number: int, seed: int = 1) -> list[bytes]:
    draw = random.Random(seed)
    return [draw.randbytes(16) for _ in range(number)]


def facts(number: int, seed: int = 2) -> list[Item]:
    """Element sets as a dossier holds them: names, times and numbers of many digits."""
    draw = random.Random(seed)
    return [
        Item(
            f"fact/{i:05d}",
            "element set",
            TO_ALLIES if i % 3 == 0 else OPEN_TO_ALL,
            Reality.REAL,
            {
                "object_name": f"MADE-UP {i} 星",
                "norad_cat_id": 100_000 + i,
                "epoch": "2026-11-01T00:00:00.000000",
                "mean_motion": draw.uniform(1.0, 16.0),
                "eccentricity": draw.random(),
                "inclination": draw.uniform(0.0, 180.0),
                "bstar": draw.uniform(-1e-4, 1e-4),
                "mean_motion_dot": draw.uniform(-1e-9, 1e-9),
                "source": None,
            },
        )
        for i in range(number)
    ]


def document(size: int = 2_000, seed: int = 3) -> Item:
    content = b"%PDF-1.7\n" + random.Random(seed).randbytes(size)
    blob = Blob("dossier.en.pdf", "application/pdf", content)
    return Item("document/en", "document", OPEN_TO_ALL, Reality.REAL, blob)


def dossier(items: list[Item], policy: Policy = Policy()) -> Dossier:  # noqa: B008 - frozen
    return Dossier(tuple(items), Reality.REAL, COMPOSED, "hoshimori test", policy)


def packed(items: list[Item], policy: Policy = Policy()) -> bytes:  # noqa: B008 - frozen
    return pack(dossier(items, policy), salts(len(items)))
