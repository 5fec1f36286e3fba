"""Bundles made for partners: checked again at the last moment, and shown before they go."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import hoshimori
from hoshimori.dossier.letter_streams import beginning
from hoshimori.dossier.signed_json import SignedKind, sign_json
from hoshimori.errors import ReleaseError
from hoshimori.formats.bundles import (
    MOST_BYTES,
    MOST_LETTERS,
    MOST_STREAMS,
    head_value,
    join_bundle,
)
from hoshimori.model.letter_records import Offer, Outbox
from hoshimori.model.letters import (
    BundleEntry,
    BundleHead,
    LetterKind,
    SignedLetter,
)
from hoshimori.model.markings import Marking, joined
from hoshimori.model.partners import Partner, Withheld, withheld
from hoshimori.model.provenance import Reality
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_letters import kept_letter

_ROOM_FOR_HEAD = 512 * 1024


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what would go to a partner now, in this order."""

    partner: str
    letters: tuple[SignedLetter, ...]
    marking: Marking
    """Of all of them together."""
    byte_count: int
    digest: str
    """Over all of them in their order: what is sent can be tied to it."""
    stay: Mapping[Withheld, int]
    """How many stay that were offered once, by the rule that keeps them; for the house alone."""


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle, ready to go."""

    data: bytes
    head: BundleHead
    letters: tuple[SignedLetter, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the bundle."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Occasion:
    """For which exchange a bundle is made."""

    challenge: str = ""
    answers: str = ""
    after: int | None = None
    """From which number of the stream on; None: after what the partner told that it keeps."""


BY_FILE = Occasion()


def new_stream() -> str:
    """Return a name that no other stream has."""
    return secrets.token_hex(8)


def preview(node: Node, partner: Partner) -> Preview:
    """Return exactly what would go to a partner now."""
    go, stay = _sorted_out(node, partner, node.register.outbox(partner.code).waiting)
    letters = tuple(go.values())
    return Preview(
        partner.code,
        letters,
        joined(one.letter.marking for one in letters),
        sum(len(one.line) for one in letters),
        contents_digest(letters),
        stay,
    )


def contents_digest(letters: tuple[SignedLetter, ...]) -> str:
    """Return the digest of letters in their order."""
    return hashlib.sha256("\n".join(one.letter_id for one in letters).encode()).hexdigest()


def make_bundle(
    node: Node, partner: Partner, occasion: Occasion, now_utc: datetime, *, only: str = ""
) -> MadeBundle:
    """Return what goes to a partner as a signed bundle; each letter is checked again.

    Where a letter that was offered may no longer go, the stream is begun anew without it: no gap
    tells of it.

    Raises:
        ReleaseError: `only` is given and what would go is not what was previewed under it.
    """
    outbox, start, letters = _outbox_that_may_go(node, partner, occasion, now_utc)
    if only and contents_digest(letters) != only:
        raise ReleaseError(
            f"what would go to {partner.code} is not what was previewed: look again with "
            "`hoshimori share preview`"
        )
    letters, has_more = _fitting(letters)
    before = outbox.offers[start - 1].place if start else beginning(outbox.stream)
    head = BundleHead(
        sender=node.code,
        receiver=partner.code,
        reality=Reality.REAL if node.mark is None else Reality.EXERCISE,
        before=before,
        entries=tuple(
            BundleEntry(one.letter_id, hashlib.sha256(one.line).hexdigest()) for one in letters
        ),
        has_more=has_more,
        acknowledged=node.register.taken(partner.code)[-MOST_STREAMS:],
        challenge=occasion.challenge,
        answers=occasion.answers,
        software=f"hoshimori {hoshimori.__version__}",
    )
    signed = sign_json(head_value(head), SignedKind.BUNDLE, node.key())
    return MadeBundle(join_bundle(signed, (one.line for one in letters)), head, letters)


def begin_anew(node: Node, partner: Partner, now_utc: datetime, *, after: int = 0) -> None:
    """Number the letters to a partner anew, without the first ones of the former stream.

    New keys come first, so that what follows can be read.
    """
    outbox = node.register.outbox(partner.code)
    go, _ = _sorted_out(node, partner, outbox.offers[after:])
    ordered = sorted(go.values(), key=lambda one: one.letter.kind is not LetterKind.KEYS)
    ids = [one.letter_id for one in ordered]
    node.register.begin_stream(partner.code, new_stream(), ids, now_utc)


def _outbox_that_may_go(
    node: Node, partner: Partner, occasion: Occasion, now_utc: datetime
) -> tuple[Outbox, int, tuple[SignedLetter, ...]]:
    """Return a stream of which everything may go, after which number it is to go, and the letters.

    Where something in it may not, a stream without that is begun.
    """
    outbox = node.register.outbox(partner.code)
    if not outbox.stream:
        node.register.begin_stream(partner.code, new_stream(), (), now_utc)
        return node.register.outbox(partner.code), 0, ()
    start = outbox.acknowledged if occasion.after is None else occasion.after
    go, stay = _sorted_out(node, partner, outbox.offers[start:])
    if stay:
        begin_anew(node, partner, now_utc, after=start)
        outbox, start = node.register.outbox(partner.code), 0
        go, _ = _sorted_out(node, partner, outbox.offers)
    return outbox, start, tuple(go.values())


def _sorted_out(
    node: Node, partner: Partner, offers: tuple[Offer, ...]
) -> tuple[dict[str, SignedLetter], Counter[Withheld]]:
    """Return the letters that may go, in their order, and how many stay by which rule."""
    # What the house took back goes nowhere any more.
    revoked = node.register.revoked_by(node.code)
    go: dict[str, SignedLetter] = {}
    stay: Counter[Withheld] = Counter()
    for offer in offers:
        one = _letter(node, offer)
        why = withheld(one.letter, partner, node.code, node.mark)
        if why is None and one.letter_id in revoked:
            why = Withheld.REVOKED
        if why is None:
            go[one.letter_id] = one
        else:
            stay[why] += 1
    return go, stay


def _letter(node: Node, offer: Offer) -> SignedLetter:
    kept = node.register.letter(offer.letter_id)
    assert kept is not None  # the register offers nothing that it does not keep
    return kept_letter(kept.line)


def _fitting(letters: tuple[SignedLetter, ...]) -> tuple[tuple[SignedLetter, ...], bool]:
    room = MOST_BYTES - _ROOM_FOR_HEAD
    fitting = []
    for one in letters[:MOST_LETTERS]:
        room -= len(one.line) + 1
        if room < 0:
            break
        fitting.append(one)
    return tuple(fitting), len(fitting) < len(letters)
