"""Envelopes: the encoding of DSSE, signatures of known keys, and one form only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hoshimori.dossier.envelope import (
    algorithm_of,
    envelope_json,
    is_valid,
    pre_authentication_encoding,
    public_key_of,
    read_envelope,
    signed,
)
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Envelope, KeyAlgorithm, Signature


def test_the_encoding_of_the_dsse_protocol() -> None:
    """secure-systems-lab/dsse, protocol.md, test vector; lengths count bytes, not letters."""
    encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world")
    assert encoded == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert pre_authentication_encoding("星", b"") == b"DSSEv1 3 \xe6\x98\x9f 0 "


def test_the_key_of_rfc_8032_test_1() -> None:
    """RFC 8032, section 7.1, TEST 1: secret and public key."""
    secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    # RFC 8410: SubjectPublicKeyInfo of Ed25519 is this prefix and the 32 bytes.
    assert public_key_of(key).hex() == "302a300506032b6570032100" + public


def test_a_signature_is_over_the_encoding(sealing: Any) -> None:
    key = sealing.key_of(1)
    (signature,) = signed(Envelope(b"x"), key).signatures
    encoded = b"DSSEv1 28 application/vnd.in-toto+json 1 x"
    key.public_key().verify(signature.value, encoded)


@pytest.mark.parametrize("other", [b"y", b"", b"xx"])
def test_a_signature_belongs_to_one_payload_and_key(other: bytes, sealing: Any) -> None:
    (signature,) = signed(Envelope(b"x"), sealing.key_of(1)).signatures
    assert is_valid(signature, b"x")
    assert not is_valid(signature, other)
    stranger = Signature(public_key_of(sealing.key_of(2)), signature.value)
    assert not is_valid(stranger, b"x")


def test_both_kinds_of_key_and_no_other() -> None:
    quantum = MLDSA65PrivateKey.from_seed_bytes(bytes(32))
    (signature,) = signed(Envelope(b"x"), quantum).signatures
    assert is_valid(signature, b"x")
    assert algorithm_of(signature.public_key) is KeyAlgorithm.ML_DSA_65
    elliptic = generate_private_key(SECP256R1()).public_key()
    der = elliptic.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert algorithm_of(der) is None
    assert algorithm_of(b"no key") is None
    assert not is_valid(Signature(b"no key", b""), b"x")


def test_who_signs_first_changes_nothing(sealing: Any) -> None:
    one, other = sealing.key_of(1), sealing.key_of(2)
    envelope = signed(signed(Envelope(b"x"), one), other)
    assert envelope == signed(signed(Envelope(b"x"), other), one)
    assert signed(envelope, one) == envelope
    assert read_envelope(envelope_json(envelope), "e") == envelope


def _changed(change: Any, sealing: Any) -> bytes:
    envelope = signed(signed(Envelope(b"x"), sealing.key_of(1)), sealing.key_of(2))
    value = json.loads(envelope_json(envelope))
    change(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v["signatures"].reverse(),
        lambda v: v["signatures"].append(v["signatures"][1]),
        lambda v: v["signatures"][0].update(keyid="0" * 64),
        lambda v: v["signatures"][0].update(more="x"),
        lambda v: v["signatures"][0].pop("sig"),
        lambda v: v.update(payloadType="text/plain"),
        lambda v: v.update(payload="eA"),
        lambda v: v.update(payload="eB=="),  # padding bits that are not zero
        lambda v: v.update(payload="!!!!"),
        lambda v: v.update(signatures=[v["signatures"][0]] * 65),
        lambda v: v.update(signatures=["x"]),
        lambda v: v.pop("signatures"),
    ],
)
def test_an_envelope_has_one_form(change: Any, sealing: Any) -> None:
    assert read_envelope(_changed(lambda v: None, sealing), "e").payload == b"x"
    with pytest.raises(FormatError):
        read_envelope(_changed(change, sealing), "e")
