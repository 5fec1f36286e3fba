"""The envelope of signatures: DSSE 1.0.2, Ed25519 (RFC 8032) or ML-DSA-65 (FIPS 204).

Beside ``keyid`` and ``sig`` a signature carries its public key, so that whoever has no key yet
can still see that the signature is whole; whose key it is, only a verifier's own list can say.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any, TypeAlias, assert_never

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Envelope, KeyAlgorithm, Signature

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MOST_SIGNATURES = 64

SigningKey: TypeAlias = Ed25519PrivateKey | MLDSA65PrivateKey


def pre_authentication_encoding(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that are signed (DSSE protocol, PAE).

    >>> pre_authentication_encoding("http://example.com/HelloWorld", b"hello world")
    b'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
    """
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def public_key_of(key: SigningKey) -> bytes:
    """Return the public key of a signing key: SubjectPublicKeyInfo in DER."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def signed(envelope: Envelope, key: SigningKey, payload_type: str = PAYLOAD_TYPE) -> Envelope:
    """Return the envelope with one more signature; a former one of the same key is replaced.

    A signature holds for one type of payload alone: that of a letter is none of a dossier.
    """
    public_key = public_key_of(key)
    value = key.sign(pre_authentication_encoding(payload_type, envelope.payload))
    others = [s for s in envelope.signatures if s.public_key != public_key]
    # In the order of the keys: who signed first changes nothing.
    signatures = sorted([*others, Signature(public_key, value)], key=lambda s: s.fingerprint)
    return Envelope(envelope.payload, tuple(signatures))


def is_valid(signature: Signature, payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bool:
    """Tell whether a signature is one of this payload, of this type, by its key."""
    key = _public_key(signature.public_key)
    if key is None:
        return False
    try:
        key.verify(signature.value, pre_authentication_encoding(payload_type, payload))
    except InvalidSignature:
        return False
    return True


def algorithm_of(public_key: bytes) -> KeyAlgorithm | None:
    """Return what a public key signs with; None for what is no key of a known kind."""
    match _public_key(public_key):
        case None:
            return None
        case Ed25519PublicKey():
            return KeyAlgorithm.ED25519
        case MLDSA65PublicKey():
            return KeyAlgorithm.ML_DSA_65
        case other:
            assert_never(other)


def envelope_json(envelope: Envelope, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Return the envelope as canonical JSON."""
    return canonical_json(
        {
            "payload": base64.b64encode(envelope.payload).decode(),
            "payloadType": payload_type,
            "signatures": [
                {
                    "keyid": signature.fingerprint,
                    "public_key": base64.b64encode(signature.public_key).decode(),
                    "sig": base64.b64encode(signature.value).decode(),
                }
                for signature in envelope.signatures
            ],
        }
    )


def envelope_digest(envelope: Envelope) -> str:
    """Return the SHA-256 of an envelope's JSON: what a timestamp is asked for."""
    return hashlib.sha256(envelope_json(envelope)).hexdigest()


def read_envelope(text: bytes, place: str, payload_type: str = PAYLOAD_TYPE) -> Envelope:
    """Return the envelope of its JSON.

    Raises:
        FormatError: the bytes are not the one form of an envelope.
    """
    match read_canonical(text, place):
        case {"payload": str(payload), "signatures": list(signatures)}:
            pass
        case _:
            raise FormatError("is no envelope", source=place)
    if len(signatures) > MOST_SIGNATURES:
        raise FormatError(f"more than {MOST_SIGNATURES} signatures", source=place)
    read = tuple(_signature(signature, place) for signature in signatures)
    envelope = Envelope(_decoded(payload, place), read)
    names = [signature.fingerprint for signature in read]
    if names != sorted(set(names)):
        raise FormatError("signatures are not in order, each key once", source=place)
    if envelope_json(envelope, payload_type) != text:
        raise FormatError("a key has another name, or a field is not as written", source=place)
    return envelope


def _signature(value: Any, place: str) -> Signature:
    match value:
        case {"public_key": str(key), "sig": str(sig)}:
            return Signature(_decoded(key, place), _decoded(sig, place))
        case _:
            raise FormatError("is no signature", source=place)


def _decoded(text: str, place: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError("is not Base64", source=place) from error


def _public_key(der: bytes) -> Ed25519PublicKey | MLDSA65PublicKey | None:
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey | MLDSA65PublicKey) else None
