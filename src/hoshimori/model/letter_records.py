"""What a node keeps of letters: when each came, what was offered to whom, what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.letters import (
    LetterKind,
    LetterState,
    RefusalReason,
    RefusedLetter,
    SignedLetter,
    StreamPlace,
)
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Reliability


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as it is kept."""

    letter_id: str
    via: str
    """Code of the partner that brought it first; that of the house for its own."""
    received_utc: datetime
    """By the clock of this house."""
    line: bytes


@dataclass(frozen=True, slots=True)
class Offer:
    """One letter in the stream to a partner."""

    place: StreamPlace
    letter_id: str
    offered_utc: datetime


@dataclass(frozen=True, slots=True)
class Outbox:
    """The stream to a partner, and how much of it the partner has kept."""

    partner: str
    stream: str
    """Empty where none was begun."""
    offers: tuple[Offer, ...]
    """In their order, from number 1 on."""
    acknowledged: int
    """The number up to which the partner has told that it keeps them."""

    @property
    def waiting(self) -> tuple[Offer, ...]:
        """What the partner has not told of yet."""
        return self.offers[self.acknowledged :]


@dataclass(frozen=True, slots=True)
class Taking:
    """What is kept of one bundle, all of it or nothing."""

    partner: str
    place: StreamPlace | None
    """How far in the partner's stream everything was looked at; None: no further than before."""
    letters: tuple[SignedLetter, ...]
    refused: tuple[RefusedLetter, ...]
    acknowledged: StreamPlace | None
    """How far the partner has kept ours; None: it tells nothing new."""


@dataclass(frozen=True, slots=True)
class KeptRefusal:
    """Something that was not taken, as it is kept."""

    partner: str
    """Who brought it, as far as that is certain; empty where it is not."""
    letter_id: str
    """Of the letter, else SHA-256 of the bytes that came."""
    reason: RefusalReason
    detail: str
    refused_utc: datetime
    line: bytes


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That what a letter holds was brought into the picture."""

    letter_id: str
    accepted_utc: datetime
    by: str
    """Who did so; *standing rule* where nobody was asked."""
    source: str
    """Under which source its facts stand; empty for reports."""


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as it is listed: whose it is, how it is marked, and whether it counts."""

    letter_id: str
    letter_kind: LetterKind
    origin: str
    about: str | None
    stated_utc: datetime
    expires_utc: datetime | None
    marking: str
    reality: Reality
    state: LetterState
    via: str
    """Who brought it first."""
    received_utc: datetime
    reliability: Reliability | None
    """How far the house believes its origin; None for its own letters."""
    accepted: bool
    """Whether what it holds came into the picture."""
    beside: tuple[str, ...]
    """Letters that say something else about the same."""
    byte_count: int
