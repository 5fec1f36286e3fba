"""One JSON value under one signature: letters, heads of bundles, cards of partners.

The envelope is that of dossiers (DSSE) with a type of its own for each, so that a signature under
one is none under another. Both the envelope and what is in it have one form (RFC 8785).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.dossier.envelope import SigningKey, envelope_json, is_valid, read_envelope, signed
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Envelope, JsonValue, fingerprint_of


class SignedKind(Enum):
    """What is signed; the value is the type of its payload."""

    LETTER = "application/vnd.hoshimori.letter+json"
    BUNDLE = "application/vnd.hoshimori.bundle+json"
    CARD = "application/vnd.hoshimori.card+json"


@dataclass(frozen=True, slots=True)
class SignedJson:
    """A signed value, and by which key."""

    value: Any
    digest: str
    """SHA-256 of what was signed (hexadecimal)."""
    public_key: bytes
    """SubjectPublicKeyInfo in DER; whose it is, only the reader's own list can say."""
    holds: bool
    """Whether the signature is one of this value by this key."""

    @property
    def key(self) -> str:
        """Fingerprint of the key."""
        return fingerprint_of(self.public_key)


def sign_json(value: JsonValue, kind: SignedKind, key: SigningKey) -> bytes:
    """Return a value signed, in one line.

    Raises:
        FormatError: it has no canonical JSON.
    """
    bare = Envelope(canonical_json(value), ())
    return envelope_json(signed(bare, key, kind.value), kind.value)


def open_signed(line: bytes, kind: SignedKind, place: str) -> SignedJson:
    """Return what a line holds that `sign_json` wrote; its signature is judged, not required.

    Raises:
        FormatError: it is not the one form of a signed value of this kind.
    """
    envelope = read_envelope(line, place, kind.value)
    if len(envelope.signatures) != 1:
        raise FormatError(
            f"{len(envelope.signatures)} signatures: expected that of its origin", source=place
        )
    (signature,) = envelope.signatures
    return SignedJson(
        value=read_canonical(envelope.payload, place),
        digest=hashlib.sha256(envelope.payload).hexdigest(),
        public_key=signature.public_key,
        holds=is_valid(signature, envelope.payload, kind.value),
    )
