"""A verifier as a partner would write it from `docs/explain/dossier.md`, without our code."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from hoshimori.dossier.redaction import redact
from hoshimori.dossier.signing import sign


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else _sha256(b"")
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return _sha256(b"\x01" + _root(leaves[:half]) + _root(leaves[half:]))


def verified_items(data: bytes) -> list[dict[str, Any]]:
    """Return the items that the signatures cover; fails where anything does not fit."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    for listed in json.loads(members["manifest.json"])["members"]:
        assert _sha256(members[listed["name"]]).hex() == listed["sha256"]
    envelope = json.loads(members["envelope.json"])
    payload = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"]
    encoded = f"DSSEv1 {len(kind)} {kind} {len(payload)} ".encode() + payload
    assert envelope["signatures"]
    for signature in envelope["signatures"]:
        public_key = base64.b64decode(signature["public_key"])
        assert _sha256(public_key).hex() == signature["keyid"]
        load_der_public_key(public_key).verify(base64.b64decode(signature["sig"]), encoded)  # type: ignore[union-attr,call-arg,arg-type]
    statement = json.loads(payload)
    leaves = members["leaves.txt"].decode().split()
    assert (
        _root(list(map(bytes.fromhex, leaves))).hex()
        == (statement["subject"][1]["digest"]["rfc6962_sha256"])
    )
    items = []
    for line in members["items.jsonl"].splitlines():
        salt, record = bytes.fromhex(json.loads(line)[0]), line[36:-1]
        assert _sha256(b"\x00" + salt + record).hex() in leaves
        item = json.loads(record)
        if "blob" in item:
            content = members["files/" + item["blob"]["name"]]
            assert _sha256(content).hex() == item["blob"]["sha256"]
        items.append(item)
    return items


def test_a_partners_own_verifier_agrees(sealing: Any) -> None:
    data = sealing.packed([*sealing.facts(11), sealing.document()])
    data = sign(sign(data, sealing.key_of(1)), sealing.key_of(2))
    assert len(verified_items(data)) == 12
    copy = redact(data, lambda item: item.marking.releasable_to is None)
    ids = {item["id"] for item in verified_items(copy)}
    assert ids == {"document/en", *(f"fact/{n:05d}" for n in range(11) if n % 3)}


def test_it_can_fail(sealing: Any) -> None:
    data = sign(sealing.packed(sealing.facts(3)), sealing.key_of(1))
    other = sign(sealing.packed(sealing.facts(3, seed=9)), sealing.key_of(1))
    with zipfile.ZipFile(io.BytesIO(other)) as file:
        strange = file.read("envelope.json")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(out, "w") as made:
        for name in file.namelist():
            made.writestr(name, strange if name == "envelope.json" else file.read(name))
    with pytest.raises((AssertionError, InvalidSignature)):
        verified_items(out.getvalue())
