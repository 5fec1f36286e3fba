"""A bundle that came: hostile until proved, then taken as far as it hangs together.

`looked_at` decides without touching anything; `take_bundle` keeps what it decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from hoshimori.dossier.letter_streams import beginning, places_after
from hoshimori.dossier.signed_json import SignedJson, SignedKind, open_signed
from hoshimori.errors import FormatError
from hoshimori.formats.bundles import head_from, is_of_another_version, split_bundle
from hoshimori.model.exercise_stores import belongs
from hoshimori.model.letter_records import Outbox, Taking
from hoshimori.model.letters import (
    BundleEntry,
    BundleHead,
    Letter,
    LetterKind,
    RefusalReason,
    RefusedLetter,
    SignedLetter,
    StreamPlace,
)
from hoshimori.model.partners import Partner, is_meant_for
from hoshimori.model.provenance import Reality
from hoshimori.workflows.share_bundles import begin_anew
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_letters import Judge, kept_letter, opened_letter
from hoshimori.workflows.share_reading import believed_of, known_keys

_ASKED_AGAIN = frozenset({RefusalReason.GAP, RefusalReason.OTHER_HISTORY})
"""What the next exchange mends: told, and not kept."""


@dataclass(frozen=True, slots=True)
class RefusedBundle:
    """A bundle of which nothing was taken, and why."""

    refusal: RefusedLetter
    sender: str
    """Who sent it, where that was proved; else empty."""


class _RefusedError(Exception):
    """Leaves the middle of a look; never the module."""

    def __init__(self, refused: RefusedBundle) -> None:
        self.refused = refused
        super().__init__(refused.refusal.detail)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be so of a bundle of this exchange."""

    is_open: Callable[[str], bool] | None = None
    """Tells whether the challenge in it was given and not used yet, and uses it up; None: it came
    by file, and none was given."""
    answers: str | None = None
    """The bundle that it must answer; None: it is no answer."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is to be kept of a bundle, and what follows for our own stream."""

    head: BundleHead
    partner: Partner
    taking: Taking
    begin_anew: bool
    """Whether the partner knows another history of our stream, so that we number anew."""
    resume_after: int
    """After which number of our stream the partner goes on, by what it tells now."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a bundle."""

    sender: str
    digest: str
    new: tuple[SignedLetter, ...]
    known: int
    """Letters that were held already."""
    refused: tuple[RefusedLetter, ...]
    has_more: bool
    challenge: str
    resume_after: int


def take_bundle(
    node: Node, data: bytes, expected: Expected, now_utc: datetime
) -> Taken | RefusedBundle:
    """Look at a bundle and keep what holds; all of that or nothing, whenever it is killed.

    Where nothing of it is taken, the reason is kept.
    """
    # Of what is held only letters of keys bear on what a bundle may bring.
    held = tuple(kept_letter(one.line) for one in node.register.letters(LetterKind.KEYS))
    looked = looked_at(node, data, held, expected)
    if isinstance(looked, RefusedBundle):
        node.register.refuse(looked.sender, looked.refusal, now_utc)
        return looked
    lasting = tuple(one for one in looked.taking.refused if one.reason not in _ASKED_AGAIN)
    new = set(node.register.take(replace(looked.taking, refused=lasting), now_utc))
    if looked.begin_anew:
        begin_anew(node, looked.partner, now_utc)
    letters = looked.taking.letters
    return Taken(
        sender=looked.partner.code,
        digest=hashlib.sha256(data).hexdigest(),
        new=tuple(one for one in letters if one.letter_id in new),
        known=len(letters) - len(new),
        refused=looked.taking.refused,
        has_more=looked.head.has_more,
        challenge=looked.head.challenge,
        resume_after=looked.resume_after,
    )


def looked_at(
    node: Node, data: bytes, held: tuple[SignedLetter, ...], expected: Expected
) -> Looked | RefusedBundle:
    """Return what is to be kept of a bundle; nothing is changed.

    Nothing is taken of what is no bundle, is of nobody or for somebody else, or was made for
    another exchange than this.
    """
    try:
        return _looked_at(node, data, held, expected)
    except _RefusedError as error:
        return error.refused


def _looked_at(
    node: Node, data: bytes, held: tuple[SignedLetter, ...], expected: Expected
) -> Looked:
    digest = hashlib.sha256(data).hexdigest()
    place = f"bundle {digest[:12]}"
    try:
        line, lines = split_bundle(data, place)
        signed = open_signed(line, SignedKind.BUNDLE, place)
    except FormatError as error:
        raise _refused(digest, RefusalReason.UNREADABLE, str(error)) from error
    if not signed.holds:
        problem = f"{place}: the signature is not one of its head: ask for it again"
        raise _refused(digest, RefusalReason.BAD_SIGNATURE, problem)
    if is_of_another_version(signed.value):
        problem = f"{place}: of a newer Hoshimori: upgrade to read it"
        raise _refused(digest, RefusalReason.UNKNOWN_FORM, problem)
    try:
        head = head_from(signed.value, place)
    except FormatError as error:
        raise _refused(digest, RefusalReason.UNREADABLE, str(error)) from error
    partner = _proved_sender(node, head, signed, lines, held, digest)
    _check_exchange(node, head, expected, digest)
    taking = _taken_apart(node, partner, head, lines, held)
    acknowledged, anew = _their_place(node, partner, head)
    return Looked(
        head=head,
        partner=partner,
        taking=replace(taking, acknowledged=acknowledged),
        begin_anew=anew,
        resume_after=acknowledged.number if acknowledged else 0,
    )


def _proved_sender(
    node: Node,
    head: BundleHead,
    signed: SignedJson,
    lines: tuple[bytes, ...],
    held: tuple[SignedLetter, ...],
    digest: str,
) -> Partner:
    """Return the partner that signed a head, by a key that speaks for it now."""
    place = f"bundle {digest[:12]}"
    partner = node.partners.by_code().get(head.sender)
    if partner is None:
        problem = f"{place}: says it is of {head.sender}, which is no partner here (`share add`)"
        raise _refused(digest, RefusalReason.UNKNOWN_SENDER, problem)
    believed = believed_of(partner.code, node.partners, held)
    if signed.key in believed.trusted:
        return partner
    # A new key may come with the letter that brings it, which a former key signed.
    brought = (*held, *_letters_of_keys(node, partner, lines, held))
    believed = believed_of(partner.code, node.partners, brought)
    if signed.key in believed.trusted:
        return partner
    if signed.key in believed.known:
        problem = (
            f"{place}: the key {signed.key[:16]} of {partner.code} was revoked, or came with one "
            f"that was: ask {partner.code} by telephone, and take its new card (`share add`)"
        )
        raise _refused(digest, RefusalReason.REVOKED_KEY, problem)
    problem = (
        f"{place}: says it is of {partner.code}, by the key {signed.key[:16]} of which nobody has "
        f"told us: ask {partner.code} for its card"
    )
    raise _refused(digest, RefusalReason.UNKNOWN_SENDER, problem)


def _letters_of_keys(
    node: Node, partner: Partner, lines: tuple[bytes, ...], held: tuple[SignedLetter, ...]
) -> tuple[SignedLetter, ...]:
    found: list[SignedLetter] = []
    known = known_keys(node.partners, held)
    for line in lines:
        one = opened_letter(line, known)
        if not isinstance(one, SignedLetter):
            continue
        if one.letter.kind is LetterKind.KEYS and one.letter.origin == partner.code:
            found.append(one)
            known = known_keys(node.partners, (*held, *found))
    return tuple(found)


def _check_exchange(node: Node, head: BundleHead, expected: Expected, digest: str) -> None:
    place = f"bundle {digest[:12]} of {head.sender}"
    if head.receiver != node.code:
        problem = f"{place}: is for {head.receiver}, and this is {node.code}"
        raise _refused(digest, RefusalReason.NOT_FOR_US, problem, head.sender)
    if (head.reality is Reality.EXERCISE) != (node.mark is not None):
        here = "of the real sky" if node.mark is None else f"of the exercise {node.mark.name}"
        problem = f"{place}: is {head.reality.value}, and this store is {here}"
        raise _refused(digest, RefusalReason.OTHER_REALITY, problem, head.sender)
    if expected.is_open is not None and not expected.is_open(head.challenge):
        problem = f"{place}: does not hold what was given for this exchange: begin it again"
        raise _refused(digest, RefusalReason.STALE, problem, head.sender)
    if expected.answers is not None and head.answers != expected.answers:
        problem = f"{place}: answers another bundle than the one that was sent"
        raise _refused(digest, RefusalReason.STALE, problem, head.sender)


def _taken_apart(
    node: Node,
    partner: Partner,
    head: BundleHead,
    lines: tuple[bytes, ...],
    held: tuple[SignedLetter, ...],
) -> Taking:
    """Return the letters and refusals of a bundle, as far as it hangs together."""
    gap = _gap(node, partner, head)
    if gap is not None:
        return Taking(partner.code, None, (), (gap,), None)
    whole, damage = _whole_lines(head.entries, lines)
    letters, refused = _sorted_letters(node, whole, held)
    places = places_after(head.before, (entry.letter_id for entry in head.entries[: len(whole)]))
    place = places[-1] if places else head.before
    return Taking(partner.code, place, letters, (*refused, *damage), None)


def _gap(node: Node, partner: Partner, head: BundleHead) -> RefusedLetter | None:
    """Return why the letters of a bundle do not go on from what was taken; None where they do."""
    taken = {place.stream: place for place in node.register.taken(partner.code)}
    before = head.before
    ours = taken.get(before.stream, beginning(before.stream))
    name = hashlib.sha256(f"{before.stream} {before.number}".encode()).hexdigest()
    if before.number > ours.number:
        problem = (
            f"letters {ours.number + 1} to {before.number} of {partner.code} are missing: they are "
            "asked for again; by file, ask for `share bundle --all`"
        )
        return RefusedLetter(name, RefusalReason.GAP, problem)
    places = {before.number: before.chain}
    after = places_after(before, (entry.letter_id for entry in head.entries))
    places |= {place.number: place.chain for place in after}
    if places.get(ours.number, ours.chain) != ours.chain:
        problem = (
            f"{partner.code} numbers its letters otherwise than before: asked for from the first"
        )
        return RefusedLetter(name, RefusalReason.OTHER_HISTORY, problem)
    return None


def _whole_lines(
    entries: tuple[BundleEntry, ...], lines: tuple[bytes, ...]
) -> tuple[tuple[bytes, ...], tuple[RefusedLetter, ...]]:
    """Return the lines that are as announced, up to the first that is not, and why that is not."""
    for number, entry in enumerate(entries):
        if number >= len(lines):
            problem = f"letter {entry.letter_id[:12]}: was announced and is not there"
        elif hashlib.sha256(lines[number]).hexdigest() != entry.line_sha256:
            problem = f"letter {entry.letter_id[:12]}: is not the bytes that were announced"
        else:
            continue
        damaged = RefusedLetter(
            entry.letter_id, RefusalReason.DAMAGED, f"{problem}; asked for again"
        )
        return lines[:number], (damaged,)
    return lines[: len(entries)], ()


def _sorted_letters(
    node: Node, lines: tuple[bytes, ...], held: tuple[SignedLetter, ...]
) -> tuple[tuple[SignedLetter, ...], tuple[RefusedLetter, ...]]:
    """Return letters that are taken and those that are not.

    What was kept apart before is looked at again: a letter may have brought the key of another.
    """
    waiting = [*lines, *(one.line for one in node.register.refusals() if one.line)]
    judge = _judge_of(node)
    found: dict[str, SignedLetter] = {}
    refused: dict[str, RefusedLetter] = {}
    while True:
        known = known_keys(node.partners, (*held, *found.values()))
        apart = []
        for line in waiting:
            one = opened_letter(line, known, judge)
            if isinstance(one, SignedLetter):
                found[one.letter_id] = one
                refused.pop(one.letter_id, None)
            else:
                refused[one.letter_id] = one
                apart += [line] if one.line else []
        if len(apart) == len(waiting) or not apart or not _has_keys(found):
            break
        waiting = apart
    return tuple(found.values()), tuple(refused.values())


def _has_keys(found: dict[str, SignedLetter]) -> bool:
    return any(one.letter.kind is LetterKind.KEYS for one in found.values())


def _judge_of(node: Node) -> Judge:
    """Return what refuses letters not for this house, or of another reality: none of it is kept."""

    def judge(letter_id: str, letter: Letter) -> RefusedLetter | None:
        name = f"letter {letter_id[:12]} of {letter.origin}"
        if letter.origin != node.code and not is_meant_for(letter.marking, node.code):
            problem = (
                f"{name}: is {letter.marking}, and this is {node.code}; nothing of it was kept"
            )
            return RefusedLetter(letter_id, RefusalReason.NOT_FOR_US, problem)
        if not belongs(letter.reality, node.mark):
            problem = f"{name}: is {letter.reality.value}, and the store here is not"
            return RefusedLetter(letter_id, RefusalReason.OTHER_REALITY, problem)
        return None

    return judge


def _their_place(node: Node, partner: Partner, head: BundleHead) -> tuple[StreamPlace | None, bool]:
    """Return how far the partner has kept our stream, and whether it knows another history."""
    outbox = node.register.outbox(partner.code)
    for told in head.acknowledged:
        if told.stream == outbox.stream:
            return (told, False) if _is_ours(told, outbox) else (None, True)
    return None, False


def _is_ours(told: StreamPlace, outbox: Outbox) -> bool:
    if told.number == 0:
        return told == beginning(outbox.stream)
    return told.number <= len(outbox.offers) and outbox.offers[told.number - 1].place == told


def _refused(digest: str, reason: RefusalReason, detail: str, sender: str = "") -> _RefusedError:
    return _RefusedError(RefusedBundle(RefusedLetter(digest, reason, detail), sender))
