"""The nouns of a sealed dossier: items, parts, signatures, partners' keys, what a check found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias, Union

from hoshimori.model.markings import Marking, joined
from hoshimori.model.provenance import Reality

JsonValue: TypeAlias = Union[
    "Mapping[str, JsonValue]", "Sequence[JsonValue]", str, int, float, bool, None
]
"""Plain dictionaries, lists, texts, numbers; integers up to 2^53 - 1, floats finite."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file inside a dossier, such as a PDF or a Parquet table."""

    name: str
    """Letters, digits, dot, hyphen and underscore; one of its kind in a dossier."""
    media_type: str
    """As in RFC 6838: ``application/pdf``."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of a dossier: the least that can be marked, withheld and proved."""

    item_id: str
    kind: str
    marking: Marking
    reality: Reality
    content: JsonValue | Blob


@dataclass(frozen=True, slots=True)
class Policy:
    """How many signatures make a dossier valid; stated in what is signed."""

    signatures: int = 1
    """Signatures of different holders that are needed."""
    organisations: int = 1
    """Organisations that they must come from."""
    among: frozenset[str] = frozenset()
    """Organisations whose signatures count; empty: all that the verifier trusts."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is sealed: items, and what the signers declare of the whole.

    Title, settings and versions are items too: what is no item could never be withheld.
    """

    items: tuple[Item, ...]
    reality: Reality
    composed_utc: datetime
    software: str
    """Name and version of the program that sealed it."""
    policy: Policy = Policy()

    @property
    def marking(self) -> Marking:
        """The marking of the whole: the join of its items' markings."""
        return joined(item.marking for item in self.items)


@dataclass(frozen=True, slots=True)
class SaltedItem:
    """An item with the salt of its commitment and the bytes committed to."""

    item: Item
    salt: bytes
    """16 random bytes, withheld together with the item."""
    encoded: bytes
    """The item's record in canonical JSON."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of an envelope, with the key to check it by."""

    public_key: bytes
    """SubjectPublicKeyInfo in DER (RFC 5280)."""
    value: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, 64 hexadecimal digits."""
        return fingerprint_of(self.public_key)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is signed, and its signatures (DSSE)."""

    payload: bytes
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What signers declare of a part: an in-toto statement, read."""

    manifest_sha256: str
    root: str
    """Root of the Merkle tree over all items of the part, 64 hexadecimal digits."""
    item_count: int
    reality: Reality
    stated_utc: datetime
    """When it was composed or released, as the signers say."""
    software: str
    policy: Policy
    original_sha256: str | None = None
    """Of a release: SHA-256 of the payload that the original's signers signed."""
    released_to: frozenset[str] | None = None
    """Of a release: partners that it was made for; None: nobody is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sealed set of items: the original, or what was made anew for a release."""

    items: tuple[SaltedItem, ...]
    """In the order of their ids."""
    leaves: tuple[bytes, ...]
    """Commitments to all items, also to the withheld ones, in ascending order."""
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Package:
    """A dossier file, read."""

    original: Part
    release: Part | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The original, and the release where there is one."""
        return (self.original,) if self.release is None else (self.original, self.release)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item that is there, those of the release last."""
        return tuple(salted.item for part in self.parts for salted in part.items)

    @property
    def marking(self) -> Marking:
        """The marking of the file: the join of the markings of what it holds."""
        return joined(item.marking for item in self.items)


class KeyAlgorithm(Enum):
    """What keys sign with."""

    ED25519 = "ed25519"
    """RFC 8032."""
    ML_DSA_65 = "ml-dsa-65"
    """FIPS 204; stands where a quantum computer breaks the other."""


@dataclass(frozen=True, slots=True)
class PartnerKey:
    """A public key that a verifier knows, and whose it is."""

    organisation: str
    holder: str
    """Person or post that holds it; all keys of one holder count as one signature."""
    public_key: bytes
    """SubjectPublicKeyInfo in DER."""
    valid_from_utc: datetime | None = None
    valid_until_utc: datetime | None = None
    revoked_utc: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, 64 hexadecimal digits."""
        return fingerprint_of(self.public_key)


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys of partner organisations that a verifier trusts."""

    keys: tuple[PartnerKey, ...] = ()
    required: frozenset[KeyAlgorithm] = frozenset()
    """Algorithms with all of which a holder must have signed to count; empty: any one."""
    least_signatures: int = 1
    """What the verifier asks for, even where a dossier asks for less."""
    least_organisations: int = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment at which a part's signatures existed, as a timestamping authority says."""

    envelope_sha256: str
    """SHA-256 of the envelope that was stamped (hexadecimal)."""
    stamped_utc: datetime


class Standing(Enum):
    """What a verifier can say of who signed."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown key"
    NOT_YET_VALID = "not yet valid"
    EXPIRED = "expired"
    """Its time was over before the dossier says it was composed."""
    REVOKED = "revoked"
    INVALID = "invalid"
    """The signature is not one of this payload by this key."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature, judged."""

    fingerprint: str
    algorithm: KeyAlgorithm | None
    standing: Standing
    organisation: str | None = None
    holder: str | None = None


class ProblemKind(Enum):
    """What can be wrong with a sealed file."""

    UNREADABLE = "unreadable"
    MEMBER_CHANGED = "member changed"
    MEMBER_MISSING = "member missing"
    MEMBER_ADDED = "member added"
    ITEM_NOT_COMMITTED = "item not committed"
    """Its commitment is not among the signed ones: changed, or added."""
    ITEM_TWICE = "item twice"
    LEAVES_CHANGED = "leaves changed"
    """The list of commitments is not the one that was signed."""
    MANIFEST_CHANGED = "manifest changed"
    REALITY_MIXED = "reality mixed"
    ORIGINAL_CHANGED = "original changed"
    """The release was made from another original."""
    RELEASED_BEYOND = "released beyond its marking"
    """The marking of an item does not let it go to all that the release is for."""
    SIGNATURE_INVALID = "signature invalid"
    BYTES_DIFFER = "bytes differ"
    """All content is as signed, but the file around it was changed."""


@dataclass(frozen=True, slots=True)
class SealProblem:
    """One thing that is wrong, and where."""

    kind: ProblemKind
    place: str
    """Member of the file, item or key."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PartSeal:
    """What the seal of one part says, and who vouches for it."""

    declaration: Declaration
    signers: tuple[Signer, ...]
    organisations: tuple[str, ...]
    """Organisations whose signatures count."""
    counted: int
    """Holders whose signatures count."""
    needed: Policy
    """What the declaration asks for, or the verifier where he asks for more."""
    policy_met: bool
    items: int
    withheld: tuple[str, ...]
    """Commitments to items that are not in the file (hexadecimal)."""
    stamped_utc: datetime | None = None
    """When the signatures existed, by a timestamp that was checked; None without one."""


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a check of the structure of a file found."""

    problems: tuple[SealProblem, ...]
    original: PartSeal | None = None
    """None where the file is too damaged to tell."""
    release: PartSeal | None = None
    marking: Marking | None = None
    reality: Reality | None = None

    @property
    def intact(self) -> bool:
        """Whether every byte is as sealed; who sealed it is another question."""
        return not self.problems

    @property
    def policy_met(self) -> bool:
        """Whether every part has the signatures it asks for."""
        seals = [seal for seal in (self.original, self.release) if seal is not None]
        return bool(seals) and all(seal.policy_met for seal in seals)


def fingerprint_of(public_key: bytes) -> str:
    """Return the name of a key: SHA-256 of its SubjectPublicKeyInfo (hexadecimal)."""
    return hashlib.sha256(public_key).hexdigest()


def realities(items: Iterable[Item]) -> frozenset[Reality]:
    """Return the realities of items; a dossier holds only one."""
    return frozenset(item.reality for item in items)
