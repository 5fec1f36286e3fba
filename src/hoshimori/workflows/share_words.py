"""Letters about letters: corrections, revocations, replies, questions, answers, and keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hoshimori.dossier.envelope import public_key_of
from hoshimori.errors import ReleaseError, SettingsError
from hoshimori.model.dossiers import fingerprint_of
from hoshimori.model.letters import (
    AnswerContent,
    AnyContent,
    CorrectionContent,
    KeysContent,
    Letter,
    LetterKind,
    QuestionContent,
    ReplyContent,
    RevocationContent,
    RevocationReason,
    SignedLetter,
)
from hoshimori.model.markings import Level, Marking
from hoshimori.model.partners import Partner, Partners, withheld
from hoshimori.workflows.share_bundles import begin_anew, new_stream
from hoshimori.workflows.share_house import Node, new_signing_key, save_partners
from hoshimori.workflows.share_letters import sealed_letter
from hoshimori.workflows.share_offers import reality_of
from hoshimori.workflows.share_reading import Held


def letter_named(held: Held, start: str) -> SignedLetter:
    """Return the letter whose id begins with some digits.

    Raises:
        SettingsError: there is none, or more than one.
    """
    fitting = [one for one in held.letters if one.letter_id.startswith(start.lower())]
    if len(start) < _FEWEST_DIGITS:
        raise SettingsError(f"{start}: give at least {_FEWEST_DIGITS} digits of the letter's id")
    if len(fitting) != 1:
        problem = "there is no such letter" if not fitting else "several letters begin so"
        raise SettingsError(f"{start}: {problem} (`share inbox`)")
    return fitting[0]


_FEWEST_DIGITS = 6


def correct(
    node: Node, one: SignedLetter, text: str, instead: str | None, now_utc: datetime
) -> SignedLetter:
    """Say what is so now in place of a letter of ours, to everybody to whom it was offered.

    Raises:
        SettingsError: it is not ours.
        ReleaseError: somebody who has it may not have the correction.
    """
    _require_ours(node, one)
    content = CorrectionContent(text, instead)
    return _said_to(
        node, one, content, one.letter.marking, node.register.offered(one.letter_id), now_utc
    )


def revoke(
    node: Node, one: SignedLetter, reason: RevocationReason, now_utc: datetime
) -> SignedLetter:
    """Take back a letter of ours: everybody to whom it was offered is told, whatever their limit.

    Raises:
        SettingsError: it is not ours.
    """
    _require_ours(node, one)
    receivers = node.register.offered(one.letter_id)
    marking = Marking(Level.CLEAR, frozenset({node.code, *receivers}))
    return _said_to(node, one, RevocationContent(reason), marking, receivers, now_utc)


def reply(
    node: Node, one: SignedLetter, text: str, now_utc: datetime, *, kind: LetterKind
) -> SignedLetter:
    """Answer to a letter, or ask about it; its origin is told, under the marking of the letter.

    Raises:
        SettingsError: it is our own and was offered to nobody.
        ReleaseError: the marking keeps it from its own origin.
    """
    ours = one.letter.origin == node.code
    receivers = node.register.offered(one.letter_id) if ours else (one.letter.origin,)
    marking = one.letter.marking
    if marking.releasable_to is not None:
        marking = replace(marking, releasable_to=marking.releasable_to | {one.letter.origin})
    return _said_to(node, one, _words_of(kind, text), marking, receivers, now_utc)


def _words_of(kind: LetterKind, text: str) -> AnyContent:
    match kind:
        case LetterKind.QUESTION:
            return QuestionContent(text)
        case LetterKind.ANSWER:
            return AnswerContent(text)
        case _:
            return ReplyContent(text)


def rotate(node: Node, held: Held, now_utc: datetime, *, lost: bool) -> Partners:
    """Make a new signing key and tell every partner, by a letter that the old one signs.

    Where the old one is `lost`, each is also told so, with the letters to it that still hold; they
    believe the new one once they compared its card by hand, as a thief could name one as well.
    The house signs by the new key only once everybody's stream tells of it.
    """
    house, old = node.partners.house, node.key()
    public_key = new_signing_key(node.folder)
    house = replace(house, keys=(*house.keys, public_key))
    changed = replace(node, partners=replace(node.partners, house=house))
    codes = tuple(partner.code for partner in node.partners.others)
    told = sealed_letter(_of_keys(node, KeysContent(public_key), codes, now_utc), old)
    _write(node, [told], codes, now_utc)
    for partner in node.partners.others if lost else ():
        content = KeysContent(
            None, (fingerprint_of(public_key_of(old)),), _to_vouch_for(node, held, partner, told)
        )
        letter = _of_keys(node, content, (partner.code,), now_utc)
        _write(node, [sealed_letter(letter, changed.key())], (partner.code,), now_utc)
    for partner in node.partners.others:
        # In front of all that waits: what follows is signed by the new key.
        begin_anew(node, partner, now_utc, after=node.register.outbox(partner.code).acknowledged)
    save_partners(node.folder, changed.partners)
    return changed.partners


def _to_vouch_for(node: Node, held: Held, partner: Partner, told: SignedLetter) -> tuple[str, ...]:
    """Return the letters of the lost key that went to a partner: it hears of no others."""
    return (
        told.letter_id,
        *(
            one.letter_id
            for one in held.letters
            if one.key == told.key and partner.code in node.register.offered(one.letter_id)
        ),
    )


def _of_keys(node: Node, content: KeysContent, codes: Iterable[str], now_utc: datetime) -> Letter:
    marking = Marking(Level.CLEAR, frozenset({node.code, *codes}))
    return Letter(node.code, None, now_utc, None, marking, reality_of(node.mark), content)


def _said_to(
    node: Node,
    one: SignedLetter,
    content: AnyContent,
    marking: Marking,
    receivers: Iterable[str],
    now_utc: datetime,
) -> SignedLetter:
    letter = Letter(node.code, one.letter_id, now_utc, None, marking, one.letter.reality, content)
    codes = tuple(receivers)
    for code in codes:
        why = withheld(letter, node.partner(code), node.code, node.mark)
        if why is not None:
            raise ReleaseError(
                f"{code} has letter {one.letter_id[:12]} and may not have this about it "
                f"({why.value}): raise its limit, or revoke the letter"
            )
    written = sealed_letter(letter, node.key())
    _write(node, [written], codes, now_utc)
    return written


def _write(
    node: Node, letters: list[SignedLetter], codes: tuple[str, ...], now_utc: datetime
) -> None:
    ids = [one.letter_id for one in letters]
    node.register.write(
        letters,
        dict.fromkeys(codes, ids),
        house=node.code,
        streams={code: new_stream() for code in codes},
        now_utc=now_utc,
    )


def _require_ours(node: Node, one: SignedLetter) -> None:
    if one.letter.origin != node.code:
        raise SettingsError(
            f"letter {one.letter_id[:12]} is of {one.letter.origin}: only its origin corrects or "
            "revokes it; answer to it with `share reply`"
        )
