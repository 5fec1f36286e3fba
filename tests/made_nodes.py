"""Nodes made for tests: houses with keys of their own that know one another's cards."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from tests.made_letters import AMBER, NOW

from hoshimori.formats.partner_cards import told_fingerprint
from hoshimori.model.letters import SignedLetter
from hoshimori.model.markings import Marking
from hoshimori.model.reports import Reliability
from hoshimori.workflows.share_bundles import BY_FILE, Occasion, make_bundle
from hoshimori.workflows.share_house import (
    Node,
    Terms,
    add_partner,
    begin_house,
    house_card,
    opened_node,
    read_card,
)
from hoshimori.workflows.share_offers import Offered, Said, offer
from hoshimori.workflows.share_taking import Expected, RefusedBundle, Taken, take_bundle


def made_houses(folder: Path, codes: Sequence[str], limit: Marking = AMBER) -> dict[str, Path]:
    """Return the folders of nodes that all know one another."""
    folders = {code: folder / code for code in codes}
    for code, place in folders.items():
        begin_house(place, code, f"House {code}", "", NOW)
    for code in codes:
        for other in codes:
            if other != code:
                meet(folders[code], folders[other], limit)
    return folders


def meet(here: Path, there: Path, limit: Marking = AMBER, *, only_this_key: bool = False) -> None:
    """Take the card of another node."""
    read = read_card(house_card(there), "card")
    terms = Terms(limit, Reliability.USUALLY, frozenset())
    told_by_phone = told_fingerprint(read.digest)
    add_partner(here, read, told_by_phone, terms, only_this_key=only_this_key)


@contextlib.contextmanager
def opened_nodes(folders: dict[str, Path]) -> Iterator[dict[str, Node]]:
    with contextlib.ExitStack() as stack:
        yield {code: stack.enter_context(opened_node(place)) for code, place in folders.items()}


def told(node: Node, partner: str, *said: Said, now_utc: datetime = NOW) -> Offered:
    return offer(node, node.partner(partner), said, now_utc)


def bundle(
    node: Node, partner: str, occasion: Occasion = BY_FILE, now_utc: datetime = NOW
) -> bytes:
    return make_bundle(node, node.partner(partner), occasion, now_utc).data


def take(node: Node, data: bytes, now_utc: datetime = NOW) -> Taken:
    done = take_bundle(node, data, Expected(), now_utc)
    assert isinstance(done, Taken), done
    return done


def refusal(node: Node, data: bytes, expected: Expected = Expected()) -> RefusedBundle:  # noqa: B008
    done = take_bundle(node, data, expected, NOW)
    assert isinstance(done, RefusedBundle), done
    return done


def ids(letters: Sequence[SignedLetter]) -> list[str]:
    return [one.letter_id for one in letters]
