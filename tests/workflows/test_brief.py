"""A dossier is composed, sealed, signed, verified by computing it again, and released."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from hoshimori.dossier.opening import unpack
from hoshimori.dossier.redaction import redact
from hoshimori.errors import FormatError, SettingsError
from hoshimori.model.changes import Conclusion
from hoshimori.model.dossiers import Item, Policy
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief, dossier_of, yardsticks
from hoshimori.workflows.dossier_items import ASSESSMENT, ELEMENT_SET, QUESTION
from hoshimori.workflows.inquiry import Inquiry, chosen_incident
from hoshimori.workflows.release import released
from hoshimori.workflows.rerun import rerun
from hoshimori.workflows.sealing import seal

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
COMPOSED = datetime(2026, 11, 1, 6, tzinfo=UTC)
SETTINGS = Settings()

pytestmark = pytest.mark.xdist_group("made-sky")


@pytest.fixture(scope="module")
def inquiry(dossier_scene: SimpleNamespace) -> Inquiry:
    made: Inquiry = dossier_scene.inquiry
    return made


@pytest.fixture(scope="module")
def told(dossier_scene: SimpleNamespace) -> Brief:
    made: Brief = dossier_scene.told
    return made


@pytest.fixture(scope="module")
def data(dossier_scene: SimpleNamespace) -> bytes:
    made: bytes = dossier_scene.data
    return made


def items_of(data: bytes) -> tuple[Item, ...]:
    return unpack(data).items


def test_it_encloses_less_than_everything_and_still_gives_the_same(
    told: Brief, inquiry: Inquiry
) -> None:
    assert len(told.inquiry.picture.history) <= len(inquiry.picture.history)
    assert {f.finding_id for f in told.inquiry.findings_of(told.incident)} == {
        f.finding_id
        for i in inquiry.incidents
        if i.incident_id == told.incident.incident_id
        for f in inquiry.findings_of(i)
    }


def test_a_partner_computes_it_again(data: bytes) -> None:
    again = rerun(items_of(data))
    assert again.same
    assert again.reproduced == again.findings > 2
    assert again.assessment_same is True
    assert again.facts > 100


def test_everything_in_it_is_of_one_reality_and_marked(data: bytes) -> None:
    items = items_of(data)
    assert {item.reality for item in items} == {Reality.SIMULATED}
    (assessment,) = (item for item in items if item.kind == ASSESSMENT)
    assert assessment.marking.releasable_to == {"JPN"}
    assert assessment.marking.level is Level.AMBER


def test_a_fact_that_was_changed_is_noticed_by_what_comes_out(data: bytes) -> None:
    items = list(items_of(data))
    own = _asset_of(items)
    place = next(
        k
        for k, item in enumerate(items)
        if item.kind == ELEMENT_SET and item.item_id.startswith(f"element-set/{own}/")
    )
    content = dict(items[place].content)  # type: ignore[arg-type]
    content["mean_anomaly_deg"] = (float(content["mean_anomaly_deg"]) + 3.0) % 360.0  # type: ignore[arg-type]
    items[place] = replace(items[place], content=content)
    assert not rerun(items).same


def test_a_finding_that_was_changed_is_named_with_the_place(data: bytes) -> None:
    items = list(items_of(data))
    place = next(k for k, item in enumerate(items) if item.kind == "finding")
    content = dict(items[place].content)  # type: ignore[arg-type]
    content["confidence"] = "high" if content["confidence"] != "high" else "low"
    items[place] = replace(items[place], content=content)
    again = rerun(items)
    assert not again.same
    named = dict(again.differing)
    assert [d.path for d in named[items[place].item_id]] == ["confidence"]


def test_without_the_question_or_the_model_it_says_what_is_missing(data: bytes) -> None:
    items = [item for item in items_of(data) if item.kind != QUESTION]
    with pytest.raises(FormatError, match="question"):
        rerun(items)
    items = [item for item in items_of(data) if item.kind != "assessment model"]
    with pytest.raises(FormatError, match="assessment model"):
        rerun(items)


def test_a_release_holds_back_what_partners_may_not_have(data: bytes) -> None:
    done = released(data, frozenset({"JPN", "USA"}), COMPOSED)
    assert b"10 October" in data
    assert b"10 October" not in done.data
    assert b"All transponders work" in done.data
    assert done.withheld == 1
    changed = {(c.conclusion, c.about) for c in done.changes}
    assert (Conclusion.FACTOR, "F9") in changed
    kept = unpack(done.data)
    assert kept.original.envelope == unpack(data).original.envelope
    assert rerun(kept.items).same


def test_a_release_to_those_who_may_have_all_changes_nothing(data: bytes) -> None:
    done = released(data, frozenset({"JPN"}), COMPOSED)
    assert done.changes == ()
    assert done.withheld == 0


def test_former_values_of_changed_conclusions_stay_behind(data: bytes) -> None:
    done = released(data, frozenset({"USA"}), COMPOSED)
    (listed,) = (item for item in done.items if item.kind == "changes")
    assert isinstance(listed.content, list)
    assert all(set(row) == {"conclusion", "about", "now"} for row in listed.content)  # type: ignore[arg-type]


def test_a_copy_without_the_findings_of_others_still_verifies(data: bytes) -> None:
    copy = redact(data, lambda item: item.kind == ELEMENT_SET)
    assert {item.kind for item in items_of(copy)} == {ELEMENT_SET}
    with pytest.raises(SettingsError, match="assessment"):
        released(copy, frozenset({"JPN"}), COMPOSED)


def test_markings_of_facts_limit_the_release(told: Brief) -> None:
    """Where the element sets themselves may not go, the incident does not come out."""
    strict = replace(
        SETTINGS, markings=replace(SETTINGS.markings, made_sky="TLP:AMBER//REL TO JPN")
    )
    whole = dossier_of(told, strict, yardsticks(strict), (), composed_utc=COMPOSED, policy=Policy())
    done = released(seal(whole), frozenset({"USA"}), COMPOSED)
    assert [c.conclusion for c in done.changes] == [Conclusion.INCIDENT]
    assert done.withheld > 100
    assert not any(item.kind == ELEMENT_SET for item in items_of(done.data))


@pytest.mark.parametrize(
    "profile",
    [
        {"NUMBA_NUM_THREADS": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {
            "OMP_NUM_THREADS": "2",
            "TZ": "America/Adak",
            "LANG": "de_DE.UTF-8",
            "PYTHONHASHSEED": "7",
        },
    ],
    ids=["one-thread-tokyo", "other-locale-adak"],
)
def test_it_comes_out_the_same_on_another_profile(
    profile: dict[str, str], data: bytes, tmp_path: Path
) -> None:
    """Other thread count, other locale, other time zone, other hash seed: the same findings."""
    path = tmp_path / "dossier.zip"
    path.write_bytes(data)
    code = (
        "import sys; from pathlib import Path;"
        "from hoshimori.dossier.opening import unpack; from hoshimori.workflows.rerun import rerun;"
        "again = rerun(unpack(Path(sys.argv[1]).read_bytes()).items);"
        "print(again.same, again.reproduced, again.findings)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env=os.environ | profile,
        capture_output=True,
        text=True,
        check=True,
    )
    same, reproduced, findings = told.stdout.split()
    assert same == "True"
    assert reproduced == findings


def test_an_incident_that_is_not_there_is_named_with_those_that_are(inquiry: Inquiry) -> None:
    with pytest.raises(SettingsError, match="the most urgent of this picture: INC-"):
        chosen_incident(inquiry, "INC-0000000000", ())
    with pytest.raises(SettingsError, match="no incident fits 999"):
        chosen_incident(inquiry, "", (999,))


def _asset_of(items: list[Item]) -> int:
    (asset,) = (item for item in items if item.kind == "asset")
    return int(asset.content["norad_id"])  # type: ignore[index,call-overload]


def test_open_markings_need_no_partners() -> None:
    assert OPEN.may_go_to({"ANYBODY"})
    assert not Marking(Level.RED, frozenset()).may_go_to({"JPN"})


def test_provenance_leads_from_the_assessment_to_the_facts(data: bytes) -> None:
    """Every finding was derived from enclosed element sets, the assessment from every finding."""
    items = items_of(data)
    (graph,) = (i.content for i in items if i.kind == "provenance")
    assert isinstance(graph, dict)
    derived: dict[str, set[str]] = {}
    for relation in graph["wasDerivedFrom"].values():
        derived.setdefault(relation["prov:generatedEntity"], set()).add(relation["prov:usedEntity"])
    names = {f"item:{item.item_id}" for item in items}
    findings = {n for n in names if n.startswith("item:finding/")}
    assert findings <= derived["item:assessment"]
    measured = findings - {f"item:finding/{_report_id(i)}" for i in items if i.kind == "report"}
    for finding in measured:
        sets = {n for n in derived[finding] if n.startswith("item:element-set/")}
        assert sets
        assert sets <= names
    assert any(used.startswith("source:") for used in derived["item:facts"])


def _report_id(item: Item) -> str:
    return item.item_id.removeprefix("report/")
