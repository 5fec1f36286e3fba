"""Partners, letters and refusals in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import utc_text
from hoshimori.model.letter_records import KeptRefusal, LetterView
from hoshimori.model.letters import LetterKind, LetterState, RefusalReason, SignedLetter
from hoshimori.model.partners import Partner, Withheld

SHOWN_DIGITS = 12
"""Of a letter's id where people read it; commands take as many."""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner as one row of texts."""

    code: str
    name: str
    address: str
    limit: str
    reliability: str
    waiting: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter as one row of texts."""

    letter: str
    kind: str
    origin: str
    when: str
    marking: str
    state: str
    about: str


@dataclass(frozen=True, slots=True)
class GoingRow:
    """One letter that would go as one row of texts."""

    letter: str
    kind: str
    origin: str
    marking: str
    size: str


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """One refusal as one row of texts."""

    letter: str
    from_whom: str
    when: str
    reason: str
    detail: str


def partner_row(partner: Partner, waiting: int) -> PartnerRow:
    """Return a partner as a row; `waiting` letters were offered and are not told to be kept."""
    return PartnerRow(
        code=partner.code,
        name=partner.name,
        address=partner.address or "-",
        limit=str(partner.limit),
        reliability=partner.reliability.value,
        waiting=str(waiting),
    )


def letter_row(view: LetterView, language: Language) -> LetterRow:
    """Return a letter as a row."""
    return LetterRow(
        letter=view.letter_id[:SHOWN_DIGITS],
        kind=kind_text(view.letter_kind, language),
        origin=view.origin if view.via == view.origin else f"{view.origin} ({view.via})",
        when=utc_text(view.received_utc),
        marking=f"{view.marking} {view.reality.value}",
        state=_state_text(view, language),
        about=(view.about or "")[:SHOWN_DIGITS],
    )


def going_row(one: SignedLetter, language: Language) -> GoingRow:
    """Return a letter that would go as a row; its size is in bytes."""
    return GoingRow(
        letter=one.letter_id[:SHOWN_DIGITS],
        kind=kind_text(one.letter.kind, language),
        origin=one.letter.origin,
        marking=f"{one.letter.marking} {one.letter.reality.value}",
        size=f"{len(one.line):,}",
    )


def refusal_row(refusal: KeptRefusal, language: Language) -> RefusalRow:
    """Return a refusal as a row."""
    return RefusalRow(
        letter=refusal.letter_id[:SHOWN_DIGITS],
        from_whom=refusal.partner or "-",
        when=utc_text(refusal.refused_utc),
        reason=reason_text(refusal.reason, language),
        detail=refusal.detail,
    )


def kind_text(kind: LetterKind, language: Language) -> str:
    """Return the word for a kind of letter."""
    return say(language, f"share.kind.{kind.name.lower()}")


def reason_text(reason: RefusalReason, language: Language) -> str:
    """Return the words for why something was refused."""
    return say(language, f"share.reason.{reason.name.lower()}")


def withheld_text(why: Withheld, language: Language) -> str:
    """Return the words for why a letter does not go."""
    return say(language, f"share.withheld.{why.name.lower()}")


def state_text(state: LetterState, language: Language) -> str:
    """Return the words for whether a letter counts."""
    return say(language, f"share.state.{state.name.lower()}")


def stays_sentences(stay: Mapping[Withheld, int], language: Language) -> tuple[str, ...]:
    """Return how many letters stay, by the rule that keeps them."""
    return tuple(
        say_count(language, "share.preview.stays", number, why=withheld_text(why, language))
        for why, number in stay.items()
    )


def _state_text(view: LetterView, language: Language) -> str:
    told = state_text(view.state, language)
    if view.beside:
        told = say(language, "share.beside", state=told, number=str(len(view.beside)))
    return say(language, "share.in_picture", state=told) if view.accepted else told
