"""One exchange with a partner: what waits goes there, and what waits there comes."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hoshimori.errors import ReleaseError, SourceError
from hoshimori.formats.bundles import MOST_BYTES
from hoshimori.model.partners import Partner
from hoshimori.sources.partner_nodes import NodeLine, PartnerNode
from hoshimori.workflows.node_certificates import certificate_pem
from hoshimori.workflows.share_audit import audit_bundle, audit_taking
from hoshimori.workflows.share_bundles import MadeBundle, Occasion, make_bundle
from hoshimori.workflows.share_house import FOLDER, TLS_CERTIFICATE, TLS_KEY, Node
from hoshimori.workflows.share_taking import Expected, RefusedBundle, Taken, take_bundle

_MOST_ROUNDS = 1000
_WAITS_S = (1.0, 4.0)
"""Between tries, where a partner does not answer."""


class OtherNode(Protocol):
    """Whom an exchange is with."""

    def challenge(self) -> str:
        """Return a text that is good for one exchange."""

    def exchange(self, bundle: bytes) -> bytes:
        """Send a bundle and return the one that answers it."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange did."""

    partner: str
    sent: int
    """Letters that the partner keeps now and did not before."""
    taken: tuple[Taken, ...]
    """One for each round."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts, by which clock, and what waits between tries."""

    who: str
    now_utc: Callable[[], datetime]
    sleep: Callable[[float], None]


def line_to(node: Node, partner: Partner, timeout_s: float) -> PartnerNode:
    """Return the line to a partner's node.

    Raises:
        SourceError: it has no address, or certificates cannot be read.
    """
    keys = node.folder / FOLDER
    return PartnerNode(
        NodeLine(
            partner=partner.code,
            address=partner.address,
            certificate_pem=certificate_pem(partner.certificate).decode(),
            own_certificate=keys / TLS_CERTIFICATE,
            own_key=keys / TLS_KEY,
            most_bytes=MOST_BYTES,
            timeout_s=timeout_s,
        )
    )


def exchange(
    node: Node, partner: Partner, other: OtherNode, hands: Hands, *, only: str = ""
) -> Exchanged:
    """Send what waits for a partner and take what it has for us, round by round.

    A round that broke off is repeated: what was taken already is known by its number and digest.

    Raises:
        SourceError: the partner cannot be reached; what was exchanged before stays.
        ReleaseError: it refuses, we refuse its answer, or what would go is not `only`.
    """
    done: list[Taken] = []
    occasion_after: int | None = None
    waited = _waiting(node, partner)
    sent = 0
    for number in range(_MOST_ROUNDS):
        made, taken = _round(
            node, partner, other, hands, occasion_after, only if number == 0 else ""
        )
        done.append(taken)
        left = _waiting(node, partner)
        sent += max(0, waited - left)
        moves = left < waited or bool(taken.new) or taken.resume_after != occasion_after
        if not (left or taken.has_more or made.head.has_more) or not moves:
            break
        occasion_after, waited = taken.resume_after, left
    return Exchanged(partner.code, sent, tuple(done))


def _round(
    node: Node,
    partner: Partner,
    other: OtherNode,
    hands: Hands,
    after: int | None,
    only: str,
) -> tuple[MadeBundle, Taken]:
    for wait_s in (*_WAITS_S, None):
        try:
            challenge = other.challenge()
            now_utc = hands.now_utc()
            made = make_bundle(node, partner, Occasion(challenge, "", after), now_utc, only=only)
            audit_bundle(node.folder, made, hands.who, partner.address, now_utc)
            answer = other.exchange(made.data)
            break
        except SourceError:
            if wait_s is None:
                raise
            hands.sleep(wait_s)
    now_utc = hands.now_utc()
    taken = take_bundle(node, answer, Expected(answers=made.digest), now_utc)
    audit_taking(node.folder, taken, hands.who, partner.address, now_utc)
    if isinstance(taken, RefusedBundle):
        raise ReleaseError(f"the answer of {partner.code}: {taken.refusal.detail}")
    return made, taken


def _waiting(node: Node, partner: Partner) -> int:
    return len(node.register.outbox(partner.code).waiting)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a node answers to a bundle."""

    taken: Taken | RefusedBundle
    data: bytes
    """The bundle that answers; empty where the other was refused."""


def answer(
    node: Node, data: bytes, challenges: Challenges, address: str, now_utc: datetime
) -> Answer:
    """Take the bundle of a partner that asks, and return what waits for it."""
    taken = take_bundle(node, data, Expected(is_open=challenges.spend), now_utc)
    who = taken.sender or "nobody"
    audit_taking(node.folder, taken, who, address, now_utc)
    if isinstance(taken, RefusedBundle):
        return Answer(taken, b"")
    partner = node.partner(taken.sender)
    digest = hashlib.sha256(data).hexdigest()
    made = make_bundle(node, partner, Occasion("", digest, taken.resume_after), now_utc)
    audit_bundle(node.folder, made, who, address, now_utc)
    return Answer(taken, made.data)


class Challenges:
    """Texts that were given out, each good for one exchange and some minutes; threads share it."""

    def __init__(
        self, monotonic_s: Callable[[], float], *, lasts_s: float = 300.0, most: int = 1000
    ) -> None:
        """Take a clock that never goes back; beyond `most` the oldest are forgotten."""
        self._monotonic_s = monotonic_s
        self._lasts_s = lasts_s
        self._most = most
        self._given: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def give(self) -> str:
        """Return a new one."""
        text = secrets.token_hex(32)
        with self._lock:
            self._given[text] = self._monotonic_s()
            while len(self._given) > self._most:
                self._given.popitem(last=False)
        return text

    def spend(self, text: str) -> bool:
        """Tell whether one was given and is still good, and use it up."""
        with self._lock:
            given = self._given.pop(text, None)
        return given is not None and self._monotonic_s() - given <= self._lasts_s
