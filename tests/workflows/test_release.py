"""What may not be released is nowhere in the copy: in no name, id, text, graph or change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from hoshimori.assessment.assess import Decided
from hoshimori.dossier.change_wording import change_sentence
from hoshimori.dossier.language import Language
from hoshimori.dossier.opening import unpack
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.assessments import Decision
from hoshimori.model.changes import Change, Conclusion
from hoshimori.model.dossiers import Blob, Item, Policy
from hoshimori.workflows.brief import brief, dossier_of
from hoshimori.workflows.release import Released, for_partners, released
from hoshimori.workflows.rerun import rerun
from hoshimori.workflows.sealing import seal

pytestmark = pytest.mark.xdist_group("made-sky")

BOTH = frozenset({"JPN", "USA"})


@pytest.fixture(scope="module")
def done(dossier_scene: SimpleNamespace) -> Released:
    return released(dossier_scene.data, BOTH, dossier_scene.composed)


def told_by(items: tuple[Item, ...]) -> str:
    """Return all that items say: names, JSON and the text of pages."""
    parts = []
    for item in items:
        parts.append(f"{item.item_id} {item.kind}")
        if isinstance(item.content, Blob):
            if item.content.media_type.startswith("text/"):
                parts.append(item.content.data.decode("utf-8"))
        else:
            parts.append(json.dumps(as_json_value(item.content), ensure_ascii=False))
    return "\n".join(parts)


def test_a_withheld_report_is_nowhere_in_the_copy(
    dossier_scene: SimpleNamespace, done: Released
) -> None:
    secret, items = dossier_scene.secret, unpack(done.data).items
    assert secret.text in told_by(unpack(dossier_scene.data).items)
    said = told_by(items)
    for trace in (secret.finding_id, secret.text, "stated_no_answer.", "10 October"):
        assert trace not in said
    assert secret.finding_id.encode() not in done.data
    assert secret.text.encode() not in done.data
    assert dossier_scene.shared.text in said


def test_documents_and_provenance_of_the_copy_are_made_anew(done: Released) -> None:
    kinds = {item.kind for item in done.items}
    assert {"assessment", "incident", "provenance", "changes", "document"} <= kinds
    assert rerun(unpack(done.data).items).same


def test_who_releases_is_told_both_values_and_partners_only_the_new_one(done: Released) -> None:
    lost = [c for c in done.changes if c.conclusion is Conclusion.FINDING]
    assert lost
    assert all(c.about for c in lost)
    assert all(c.before for c in done.changes if c.conclusion is not Conclusion.GATE)
    told = for_partners(done.changes)
    assert {c.before for c in told} == {""}
    assert [c.about for c in told if c.conclusion is Conclusion.FINDING] == [""]


def test_what_people_decided_goes_where_all_of_it_may_go(dossier_scene: SimpleNamespace) -> None:
    """A person who decided knew the withheld report and may quote it."""
    quote = Decision("2", "duty officer", dossier_scene.composed, "Asked on 10 October in vain.")
    decided = Decided(values={"F1": quote}, dissent=(quote,))
    scene = dossier_scene
    told = brief(scene.inquiry, scene.told.incident, scene.settings, scene.measures, decided)
    whole = dossier_of(
        told, scene.settings, scene.measures, (), composed_utc=scene.composed, policy=Policy()
    )
    data = seal(whole)
    assert "in vain" in told_by(unpack(data).items)
    copy = released(data, BOTH, scene.composed)
    assert "in vain" not in told_by(unpack(copy.data).items)
    assert "duty officer" not in told_by(unpack(copy.data).items)
    theirs = released(data, frozenset({"JPN"}), scene.composed)
    assert "in vain" in told_by(unpack(theirs.data).items)
    assert rerun(unpack(theirs.data).items).same


@pytest.mark.parametrize("language", Language)
def test_every_change_reads_as_words(done: Released, language: Language) -> None:
    """No value as the program writes it: nothing with an underscore."""
    for change in done.changes:
        for former in (True, False):
            assert "_" not in change_sentence(change, language, former=former)


@pytest.mark.parametrize("language", Language)
def test_gates_and_accidents_are_worded(language: Language) -> None:
    needs = "two_independent_chains, red_team_note"
    gate = Change(Conclusion.GATE, "G3", "", needs)
    accident = Change(Conclusion.FACTOR, "F15", "very unlikely to unlikely", "very likely")
    for change in (gate, accident):
        said = change_sentence(change, language, former=True)
        assert "_" not in said
        assert "{" not in said
    if language is Language.JA:
        assert "likely" not in change_sentence(accident, language, former=True)


def test_it_is_the_same_whoever_asks_in_whatever_order(dossier_scene: SimpleNamespace) -> None:
    composed: datetime = dossier_scene.composed
    one = released(dossier_scene.data, frozenset(("JPN", "USA")), composed)
    other = released(dossier_scene.data, frozenset(("USA", "JPN")), composed)
    assert one.items == other.items
    assert replace(one, data=b"") == replace(other, data=b"")
