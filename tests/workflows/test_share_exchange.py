"""Exchanges over a line that breaks: nothing is lost, nothing twice, and no answer is another's."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.made_letters import GREEN, NOW, made_report, replace_text
from tests.made_nodes import made_houses, opened_nodes, told

from hoshimori.errors import ReleaseError, SourceError
from hoshimori.model.letters import RefusalReason, ReportContent
from hoshimori.model.provenance import Reality
from hoshimori.workflows import share_bundles
from hoshimori.workflows.share_bundles import contents_digest, preview
from hoshimori.workflows.share_exchange import Answer, Challenges, Hands, answer, exchange
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_offers import Said
from hoshimori.workflows.share_taking import RefusedBundle

HANDS = Hands("sato", lambda: NOW, lambda _: None)


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made_houses(tmp_path_factory.mktemp("houses"), ("JPN", "USA"))


@pytest.fixture
def nodes(houses: dict[str, Path], tmp_path: Path) -> Iterator[dict[str, Node]]:
    copies = {code: shutil.copytree(place, tmp_path / code) for code, place in houses.items()}
    with opened_nodes(copies) as opened:
        yield opened


class Line:
    """A node asked in this process; `breaks` says at which asking the request or answer is lost."""

    def __init__(self, node: Node, breaks: Callable[[int], str] = lambda _: "") -> None:
        self.node, self.breaks, self.asked = node, breaks, 0
        self.challenges = Challenges(lambda: 0.0)
        self.answers: list[Answer] = []

    def challenge(self) -> str:
        return self.challenges.give()

    def exchange(self, bundle: bytes) -> bytes:
        self.asked += 1
        lost = self.breaks(self.asked)
        if lost == "request":
            raise SourceError("the line broke")
        done = answer(self.node, bundle, self.challenges, "here", NOW)
        self.answers.append(done)
        if lost == "answer":
            raise SourceError("the line broke")
        if isinstance(done.taken, RefusedBundle):
            raise ReleaseError(done.taken.refusal.detail)
        return done.data


def tell(node: Node, partner: str, count: int) -> set[str]:
    report = made_report(marking=GREEN)
    said = [
        Said(ReportContent(replace_text(report, f"{node.code} {n}.")), GREEN, Reality.REAL)
        for n in range(count)
    ]
    return {one.letter_id for one in told(node, partner, *said).letters}


def held(node: Node) -> set[str]:
    return {one.letter_id for one in node.register.letters()}


@pytest.mark.parametrize("lost", ["", "request", "answer"])
def test_one_exchange_brings_everything_both_ways(nodes: dict[str, Node], lost: str) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    every = tell(jpn, "USA", 3) | tell(usa, "JPN", 2)
    line = Line(usa, lambda asked: lost if asked == 1 else "")
    done = exchange(jpn, jpn.partner("USA"), line, HANDS)
    assert held(jpn) == held(usa) == every
    assert done.sent == 3
    assert sum(len(taken.new) for taken in done.taken) == 2
    assert jpn.register.outbox("USA").waiting == ()
    exchange(jpn, jpn.partner("USA"), line, HANDS)
    assert usa.register.outbox("JPN").waiting == ()


def test_more_than_one_bundle_goes_in_rounds(
    nodes: dict[str, Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_bundles, "MOST_LETTERS", 2)
    jpn, usa = nodes["JPN"], nodes["USA"]
    every = tell(jpn, "USA", 5) | tell(usa, "JPN", 3)
    line = Line(usa, lambda asked: "answer" if asked % 2 else "")
    exchange(jpn, jpn.partner("USA"), line, HANDS)
    assert held(jpn) == held(usa) == every


def test_a_line_that_stays_broken_is_told_and_loses_nothing(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    every = tell(jpn, "USA", 2)
    broken = Line(usa, lambda _: "request")
    with pytest.raises(SourceError):
        exchange(jpn, jpn.partner("USA"), broken, HANDS)
    assert broken.asked == 3
    exchange(jpn, jpn.partner("USA"), Line(usa), HANDS)
    assert held(usa) == every


def test_a_partner_that_lost_its_register_gets_everything_in_one_exchange(
    nodes: dict[str, Node], houses: dict[str, Path], tmp_path: Path
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    every = tell(jpn, "USA", 3)
    exchange(jpn, jpn.partner("USA"), Line(usa), HANDS)
    every |= tell(jpn, "USA", 5)
    empty = {"USA": shutil.copytree(houses["USA"], tmp_path / "empty")}
    with opened_nodes(empty) as again:
        exchange(jpn, jpn.partner("USA"), Line(again["USA"]), HANDS)
        assert held(again["USA"]) == every


def test_a_bundle_is_good_for_one_exchange(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    tell(jpn, "USA", 1)
    sent: list[bytes] = []

    class Listening(Line):
        def exchange(self, bundle: bytes) -> bytes:
            sent.append(bundle)
            return super().exchange(bundle)

    line = Listening(usa)
    exchange(jpn, jpn.partner("USA"), line, HANDS)
    # Whoever heard it and sends it again reads nothing of what waits for JPN.
    replayed = answer(usa, sent[0], line.challenges, "elsewhere", NOW)
    assert isinstance(replayed.taken, RefusedBundle)
    assert replayed.taken.refusal.reason is RefusalReason.STALE
    assert replayed.data == b""


def test_an_answer_to_another_bundle_is_not_taken(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    tell(usa, "JPN", 1)
    first = Line(usa)
    exchange(jpn, jpn.partner("USA"), first, HANDS)

    class Replaying(Line):
        def exchange(self, bundle: bytes) -> bytes:
            return first.answers[0].data

    with pytest.raises(ReleaseError, match="answers another bundle"):
        exchange(jpn, jpn.partner("USA"), Replaying(usa), HANDS)


def test_nothing_goes_but_what_was_previewed(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    tell(jpn, "USA", 1)
    shown = preview(jpn, jpn.partner("USA"))
    assert shown.digest == contents_digest(shown.letters)
    tell(jpn, "USA", 2)
    with pytest.raises(ReleaseError, match="is not what was previewed"):
        exchange(jpn, jpn.partner("USA"), Line(usa), HANDS, only=shown.digest)
    assert held(usa) == set()
    now = preview(jpn, jpn.partner("USA")).digest
    exchange(jpn, jpn.partner("USA"), Line(usa), HANDS, only=now)
    assert len(held(usa)) == 2


def test_challenges_end_are_used_once_and_are_bounded() -> None:
    moment = [0.0]
    given = Challenges(lambda: moment[0], lasts_s=300.0, most=2)
    first, second, third = given.give(), given.give(), given.give()
    assert not given.spend(first)  # pushed out by the third
    assert given.spend(second)
    assert not given.spend(second)
    assert not given.spend("")
    moment[0] = 301.0
    assert not given.spend(third)
