"""Letters: what one organisation tells others, signed by it once and never changed.

Nothing that follows from letters hangs on the order in which they arrive, on how often, or on
anybody's clock but the reader's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeAlias

from hoshimori.model.elements import ElementSets
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import OperatorReport


class LetterKind(Enum):
    """What a letter tells; the closed list of this version."""

    FACTS = "facts"
    REPORT = "report"
    INCIDENT = "incident"
    DOSSIER = "dossier"
    CORRECTION = "correction"
    REVOCATION = "revocation"
    REPLY = "reply"
    QUESTION = "question"
    ANSWER = "answer"
    KEYS = "keys"


class RevocationReason(Enum):
    """Why a letter is taken back: a closed list, so that a revocation tells nothing else."""

    WRONG = "wrong"
    """What it says is not so."""
    REPLACED = "replaced"
    """Another letter says it better."""
    NOT_MEANT = "not meant for you"
    """It went to somebody who should not have it."""


@dataclass(frozen=True, slots=True, eq=False)
class FactsContent:
    """Element sets as published, each with the source and digest of the bytes it came from."""

    element_sets: ElementSets


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What somebody states, with the grade that the sender gives it."""

    report: OperatorReport


@dataclass(frozen=True, slots=True)
class IncidentContent:
    """An incident as its sender computed it from what the receiver may see, and nothing else."""

    incident_id: str
    """By which the sender knows it; another house has ids of its own."""
    objects: tuple[int, ...]
    start_utc: datetime
    end_utc: datetime
    basis: tuple[str, ...]
    """Digests of the facts that its findings rest on."""
    document: Mapping[str, Any]
    """Incident, findings and assessment as JSON."""


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A sealed dossier as it was released."""

    data: bytes


@dataclass(frozen=True, slots=True)
class CorrectionContent:
    """What is said now in place of an earlier letter."""

    text: str
    instead: str | None = None
    """The letter that counts in its place, if another one does."""


@dataclass(frozen=True, slots=True)
class RevocationContent:
    """That an earlier letter is taken back."""

    reason: RevocationReason


@dataclass(frozen=True, slots=True)
class ReplyContent:
    """What an organisation answers to a letter that concerns it: its right of reply."""

    text: str


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """What an organisation asks about a letter."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """What is answered to a question."""

    text: str


@dataclass(frozen=True, slots=True)
class KeysContent:
    """A new key of the origin, or keys that no longer speak for it."""

    new_key: bytes | None = None
    """SubjectPublicKeyInfo in DER."""
    revoked: tuple[str, ...] = ()
    """Fingerprints of keys that somebody else may hold."""
    vouched: tuple[str, ...] = ()
    """Letters signed by a revoked key that the origin stands by."""


AnyContent: TypeAlias = (
    FactsContent
    | ReportContent
    | IncidentContent
    | DossierContent
    | CorrectionContent
    | RevocationContent
    | ReplyContent
    | QuestionContent
    | AnswerContent
    | KeysContent
)

CONTENT_KINDS: Mapping[type[AnyContent], LetterKind] = MappingProxyType(
    {
        FactsContent: LetterKind.FACTS,
        ReportContent: LetterKind.REPORT,
        IncidentContent: LetterKind.INCIDENT,
        DossierContent: LetterKind.DOSSIER,
        CorrectionContent: LetterKind.CORRECTION,
        RevocationContent: LetterKind.REVOCATION,
        ReplyContent: LetterKind.REPLY,
        QuestionContent: LetterKind.QUESTION,
        AnswerContent: LetterKind.ANSWER,
        KeysContent: LetterKind.KEYS,
    }
)
"""Which kind of letter holds which content."""

ABOUT_ANOTHER = frozenset(
    {
        LetterKind.CORRECTION,
        LetterKind.REVOCATION,
        LetterKind.REPLY,
        LetterKind.QUESTION,
        LetterKind.ANSWER,
    }
)
"""Kinds that are about another letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that one organisation tells others."""

    origin: str
    """Code of the organisation that says and signs it."""
    about: str | None
    """The letter that it is about; None where it stands for itself."""
    stated_utc: datetime
    """When it was written, by the clock of its origin: for people, no rule hangs on it."""
    expires_utc: datetime | None
    """From when on it no longer counts; None: for good."""
    marking: Marking
    reality: Reality
    content: AnyContent

    @property
    def kind(self) -> LetterKind:
        """What it tells."""
        return CONTENT_KINDS[type(self.content)]


@dataclass(frozen=True, slots=True)
class SignedLetter:
    """A letter whose signature holds, with the bytes that go from house to house."""

    letter_id: str
    """SHA-256 of what was signed: the same letter from two messengers is one letter."""
    letter: Letter
    key: str
    """Fingerprint of the key that signed it."""
    line: bytes
    """The signed letter in its one form."""


class LetterState(Enum):
    """Whether a letter counts."""

    COUNTS = "counts"
    CORRECTED = "corrected"
    """Its origin says something else now."""
    REVOKED = "revoked"
    """Its origin took it back."""
    EXPIRED = "expired"
    UNVOUCHED = "unvouched"
    """Signed by a key that was revoked, and its origin did not stand by it since."""


class RefusalReason(Enum):
    """Why a bundle, or one letter of it, was not taken."""

    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    """Not in the one form that bundles and letters have."""
    DAMAGED = "damaged"
    """Not the bytes that the head of the bundle announces."""
    UNKNOWN_FORM = "unknown form"
    """Of a newer Hoshimori; kept, and taken after an upgrade."""
    BAD_SIGNATURE = "bad signature"
    UNKNOWN_SENDER = "unknown sender"
    UNKNOWN_ORIGIN = "unknown origin"
    """Signed by a key of which nobody has told us here; kept, and taken once it is known."""
    REVOKED_KEY = "revoked key"
    NOT_FOR_US = "not for us"
    """Addressed or marked for others; what it says is not kept."""
    OTHER_REALITY = "other reality"
    """Of an exercise where the sky is real, or the other way round."""
    GAP = "gap"
    """Letters before it are missing; asked for again."""
    OTHER_HISTORY = "other history"
    """The sender numbers its letters anew; asked for again from the first."""
    STALE = "stale"
    """Made for another exchange than this one."""


KEPT_APART = frozenset({RefusalReason.UNKNOWN_FORM, RefusalReason.UNKNOWN_ORIGIN})
"""Refused for now: the bytes are kept, and looked at again when something was learned."""


@dataclass(frozen=True, slots=True)
class RefusedLetter:
    """A letter that was not taken, and why."""

    letter_id: str
    reason: RefusalReason
    detail: str
    """Where, what was expected, and what to do."""
    line: bytes = b""
    """Its bytes where they are kept apart, else none."""


@dataclass(frozen=True, slots=True)
class StreamPlace:
    """How far in a stream of letters: a number from 0 on, and what led there."""

    stream: str
    """Name of the stream; a sender that begins anew takes another."""
    number: int
    chain: str
    """Digest over all letters up to this one: two that agree in it agree in all of them."""


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """One letter of a bundle, as its head announces it."""

    letter_id: str
    line_sha256: str
    """Of the signed letter as it stands in the bundle."""


@dataclass(frozen=True, slots=True)
class BundleHead:
    """What a sender signs of a bundle: from whom, for whom, which letters, and what it has."""

    sender: str
    receiver: str
    reality: Reality
    """EXERCISE between stores of an exercise, else REAL."""
    before: StreamPlace
    """The place in the stream after which the letters of the bundle follow."""
    entries: tuple[BundleEntry, ...]
    has_more: bool
    """Whether letters follow that had no room."""
    acknowledged: tuple[StreamPlace, ...]
    """How far the sender has kept each stream that the receiver sent."""
    challenge: str
    """What the receiver gave for this exchange; empty by file."""
    answers: str
    """SHA-256 of the bundle that this one answers; empty where it answers none."""
    software: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle taken apart: head and lines; none of the letters was looked at yet."""

    head: BundleHead
    key: str
    """Fingerprint of the key that signed the head."""
    lines: tuple[bytes, ...]
