"""What a letter holds, in the picture: once, under its marking, from when it came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.made_letters import AMBER, GREEN, NOW, made_letter, made_report, made_sets, made_signed
from tests.made_nodes import bundle, made_houses, opened_nodes, take, told

from hoshimori.errors import SettingsError
from hoshimori.formats.reports import read_reports
from hoshimori.model.letters import (
    FactsContent,
    LetterKind,
    QuestionContent,
    ReportContent,
    RevocationReason,
)
from hoshimori.model.markings import Level, Marking
from hoshimori.model.partners import held_marking
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading
from hoshimori.settings import Settings, marking_of
from hoshimori.store import StoreContract, open_store
from hoshimori.workflows.share_acceptance import STANDING_RULE, accept_by_rule, accept_letter
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_offers import Said, facts_for
from hoshimori.workflows.share_reading import read_node
from hoshimori.workflows.share_words import revoke

LATER = NOW + timedelta(hours=3)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Node]]:
    folder = tmp_path_factory.mktemp("houses")
    with opened_nodes(made_houses(folder, ("JPN", "USA", "AUS"))) as opened:
        yield opened


def store_of(node: Node) -> AbstractContextManager[StoreContract]:
    return open_store(node.folder)


def facts(marking: Marking = GREEN) -> Said:
    return Said(FactsContent(made_sets()), marking, Reality.REAL)


def brought(node: Node, partner: Node, said: Said) -> str:
    letter_id = told(node, partner.code, said).letters[0].letter_id
    take(partner, bundle(node, partner.code), LATER)
    return letter_id


def test_one_fact_of_two_messengers_is_one_and_stays_as_it_came_first(
    nodes: dict[str, Node],
) -> None:
    jpn, usa, aus = nodes["JPN"], nodes["USA"], nodes["AUS"]
    first = brought(jpn, usa, facts())
    second = brought(aus, usa, facts(AMBER))
    held = read_node(usa, LATER)
    done = accept_letter(usa, held, first, lambda: store_of(usa), "sato", LATER)
    again = accept_letter(usa, held, second, lambda: store_of(usa), "sato", LATER)
    assert (done.new, done.known, again.new, again.known) == (2, 0, 0, 2)
    assert done.source == "partner/JPN/TLP:GREEN"
    assert again.source == "partner/AUS/TLP:AMBER//REL TO USA, AUS"
    with store_of(usa) as store:
        sets = store.newest_as_known_at(LATER)
        before = store.newest_as_known_at(LATER - timedelta(minutes=1))
        # Known from when the letter came, whatever it says: the past does not change.
        assert (len(sets), len(before)) == (2, 0)
        (provenance,) = sets.provenances
        assert marking_of(provenance, Settings()) == GREEN
        # Passed on as our own word it goes where the letter itself would go.
        partner = usa.partner("AUS")
        (said,) = facts_for(store, partner, Settings(), (44476,), days=9, as_of_utc=LATER)
        assert said.marking == GREEN


def test_a_fact_that_was_held_is_not_changed_by_a_partner(nodes: dict[str, Node]) -> None:
    jpn, aus = nodes["JPN"], nodes["AUS"]
    ours = made_sets()
    with store_of(aus) as store:
        store.append(Reading(ours, ()), payload=b"ours", source="celestrak", received_utc=NOW)
    letter = brought(jpn, aus, facts())
    done = accept_letter(aus, read_node(aus, LATER), letter, lambda: store_of(aus), "x", LATER)
    assert (done.new, done.known) == (0, 2)
    with store_of(aus) as store:
        sets = store.newest_as_known_at(LATER)
        assert {p.source for p in sets.provenances} == {"celestrak"}
        assert (sets.known_utc == ours.known_utc).all()


def test_a_report_has_the_lower_reliability_and_the_marking_of_its_letter(
    nodes: dict[str, Node],
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    letter = brought(jpn, usa, Said(ReportContent(made_report()), AMBER, Reality.REAL))
    held = read_node(usa, LATER)
    doubted = replace(usa, partners=replace(usa.partners, others=tuple(
        replace(p, reliability=type(p.reliability)("D")) for p in usa.partners.others
    )))  # fmt: skip
    done = accept_letter(doubted, held, letter, lambda: store_of(usa), "sato", LATER)
    (report,) = read_reports(Path(done.file).read_bytes(), source="x").reports
    assert str(report.grade) == "D2"
    assert report.marking == held_marking(held.by_id()[letter].letter, "USA")
    assert str(report.marking) == "TLP:AMBER//REL TO USA, JPN"
    assert report.source_chain == made_report().source_chain


def test_only_what_counts_and_has_a_place_comes_in(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]

    def refused(letter: str) -> str:
        with pytest.raises(SettingsError) as why:
            accept_letter(usa, read_node(usa, LATER), letter, lambda: store_of(usa), "x", LATER)
        return str(why.value)

    wrong = told(jpn, "USA", facts()).letters[0]
    take(usa, bundle(jpn, "USA"), LATER)
    revoke(jpn, wrong, RevocationReason.WRONG, NOW)
    take(usa, bundle(jpn, "USA"), LATER)
    assert "does not count: it is revoked" in refused(wrong.letter_id)
    asked = brought(jpn, usa, Said(QuestionContent("Why?"), GREEN, Reality.REAL, wrong.letter_id))
    assert "holds a question" in refused(asked)
    own = told(usa, "JPN", Said(ReportContent(made_report()), GREEN, Reality.REAL)).letters[0]
    assert "is our own" in refused(own.letter_id)
    assert "no such letter" in refused("0" * 64)


def test_a_standing_rule_brings_in_its_kind_alone(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    others = tuple(
        replace(p, accepts=frozenset({LetterKind.REPORT}) if p.code == "JPN" else p.accepts)
        for p in usa.partners.others
    )
    ruled = replace(usa, partners=replace(usa.partners, others=others))
    told(jpn, "USA", Said(FactsContent(made_sets((7, 8))), GREEN, Reality.REAL))
    told(jpn, "USA", Said(ReportContent(made_report(marking=GREEN)), GREEN, Reality.REAL))
    taken = take(ruled, bundle(jpn, "USA"), LATER)
    held = read_node(ruled, LATER)
    (done,) = accept_by_rule(ruled, held, taken.new, lambda: store_of(usa), LATER)
    assert done.file
    (kept,) = [a for a in usa.register.acceptances() if a.letter_id == done.letter_id]
    assert kept.by == STANDING_RULE


@pytest.mark.parametrize(
    ("marking", "held"),
    [
        (Marking(Level.GREEN), "TLP:GREEN"),
        (Marking(Level.AMBER), "TLP:AMBER//REL TO USA, JPN"),
        (Marking(Level.AMBER, frozenset({"USA", "AUS"})), "TLP:AMBER//REL TO USA, AUS"),
        (Marking(Level.CLEAR, None, frozenset({"ORCON"})), "TLP:CLEAR//REL TO USA, JPN//ORCON"),
        (
            Marking(Level.GREEN, frozenset({"USA", "AUS"}), frozenset({"ORCON"})),
            "TLP:GREEN//REL TO USA//ORCON",
        ),
    ],
)
def test_what_stands_in_the_picture_goes_no_further_than_its_letter(
    marking: Marking, held: str
) -> None:
    letter = made_signed(made_letter(made_report_content(), "JPN", marking=marking)).letter
    assert str(held_marking(letter, "USA")) == held


def made_report_content() -> ReportContent:
    return ReportContent(made_report())
