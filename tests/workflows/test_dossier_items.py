"""Items hold everything that an inquiry needs, and read back to the very same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.assess import Decided
from hoshimori.dossier.opening import unpack
from hoshimori.errors import FormatError
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.assessments import Decision
from hoshimori.model.dossiers import Blob, Item
from hoshimori.workflows.dossier_inputs import enclosed_in
from hoshimori.workflows.dossier_items import (
    ASSET,
    DECISIONS,
    ELEMENT_SET,
    FAILURES,
    FINDING,
    MODEL,
    REPORT,
    decision_items,
    fact_items,
)

pytestmark = pytest.mark.xdist_group("made-sky")


@pytest.fixture
def items(dossier_scene: SimpleNamespace) -> list[Item]:
    return list(unpack(dossier_scene.data).items)


def test_names_are_each_their_own_and_say_what_they_hold(items: list[Item]) -> None:
    assert max(Counter(item.item_id for item in items).values()) == 1
    for kind in (ELEMENT_SET, ASSET, REPORT, FINDING):
        assert all(i.item_id.startswith(kind.replace(" ", "-")) for i in items if i.kind == kind)


def test_the_picture_comes_back_as_it_was(
    dossier_scene: SimpleNamespace, items: list[Item]
) -> None:
    before, after = dossier_scene.told.inquiry.picture, enclosed_in(items).picture
    assert (after.as_of_utc, after.days_ahead) == (before.as_of_utc, before.days_ahead)
    assert after.assets == before.assets
    assert after.objects == before.objects
    assert sorted(after.reports, key=str) == sorted(before.reports, key=str)
    assert len(after.history) == len(before.history)
    again = [i.content for i in fact_items(after, dossier_scene.settings) if i.kind == ELEMENT_SET]
    assert again == [i.content for i in items if i.kind == ELEMENT_SET]


def test_what_people_decided_comes_back(dossier_scene: SimpleNamespace, items: list[Item]) -> None:
    decision = Decision("2", "duty officer", dossier_scene.composed, "because")
    decided = Decided(values={"F1": decision}, dissent=(decision,))
    (item,) = decision_items(decided, items[0].marking, items[0].reality)
    assert enclosed_in([*items, item]).decided == decided
    assert list(decision_items(Decided(), items[0].marking, items[0].reality)) == []


@pytest.mark.parametrize("kind", [MODEL, FAILURES])
def test_a_file_that_is_needed_is_named_where_it_lacks(items: list[Item], kind: str) -> None:
    with pytest.raises(FormatError, match=kind):
        enclosed_in([i for i in items if i.kind != kind])
    blob = next(i for i in items if i.kind == kind)
    with pytest.raises(FormatError, match=kind):
        enclosed_in([*items, replace(blob, item_id="file/other")])


@pytest.mark.parametrize(
    "content",
    [
        {"values": {"F1": {"value": "2"}}, "dissent": []},
        {"values": []},
        {"values": {}, "dissent": [3]},
        {},
    ],
)
def test_decisions_that_cannot_be_read_are_one_clear_error(
    items: list[Item], content: dict[str, Any]
) -> None:
    bad = Item(DECISIONS, DECISIONS, items[0].marking, items[0].reality, content)
    with pytest.raises(FormatError, match="decisions"):
        enclosed_in([*items, bad])


def test_a_record_that_is_a_file_is_refused(items: list[Item]) -> None:
    place = next(k for k, i in enumerate(items) if i.kind == ASSET)
    items[place] = replace(items[place], content=Blob("a", "text/plain", b"no record"))
    with pytest.raises(FormatError, match="is no record"):
        enclosed_in(items)


def test_findings_are_written_as_they_were_found(
    dossier_scene: SimpleNamespace, items: list[Item]
) -> None:
    told = {i.item_id: i.content for i in items if i.kind == FINDING}
    inquiry, incident = dossier_scene.told.inquiry, dossier_scene.told.incident
    assert set(told) == {f"finding/{f.finding_id}" for f in inquiry.findings_of(incident)}
    for finding in inquiry.findings_of(incident):
        content: Any = told[f"finding/{finding.finding_id}"]
        assert content["objects"] == as_json_value(finding)["objects"]
