"""Running a dossier again says same, or exactly what is another way."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.opening import unpack
from hoshimori.dossier.rerun_wording import rerun_headline, rerun_sentences
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Item
from hoshimori.workflows.dossier_items import ASSESSMENT, ELEMENT_SET, FINDING, QUESTION, REPORT
from hoshimori.workflows.rerun import rerun

pytestmark = pytest.mark.xdist_group("made-sky")


@pytest.fixture
def items(dossier_scene: SimpleNamespace) -> list[Item]:
    return list(unpack(dossier_scene.data).items)


def changed(items: list[Item], kind: str, **values: Any) -> list[Item]:
    """Return the items, the first of a kind with other values."""
    place = next(k for k, item in enumerate(items) if item.kind == kind)
    content: Any = items[place].content
    return [
        *items[:place],
        replace(items[place], content={**content, **values}),
        *items[place + 1 :],
    ]


def test_the_order_of_items_changes_nothing(items: list[Item]) -> None:
    again = rerun(items[::-1])
    assert again.same
    assert again == rerun(items)


def test_an_incident_that_does_not_come_out_again_is_a_difference(items: list[Item]) -> None:
    """Facts that do not give the incident at all must never read as `same`."""
    nearly_none = [
        i for i in items if i.kind not in (ELEMENT_SET, REPORT) or i.item_id.endswith("/2")
    ]
    few = [next(i for i in items if i.kind == ELEMENT_SET), *nearly_none]
    again = rerun(few)
    assert not again.same
    assert again.reproduced == 0
    assert len(again.missing) == again.findings > 0
    assert again.assessment_same is False
    for language in Language:
        assert rerun_headline(again, language)
        assert all(rerun_sentences(again, language))


def test_another_incident_id_in_the_question_is_a_difference(items: list[Item]) -> None:
    assert not rerun(changed(items, QUESTION, incident_id="")).same
    assert not rerun(changed(items, QUESTION, incident_id="INC-0000000000")).same


def test_a_withheld_assessment_is_not_compared(items: list[Item]) -> None:
    again = rerun([i for i in items if i.kind != ASSESSMENT])
    assert again.assessment_same is None
    assert again.same


def test_an_assessment_that_was_polished_is_named(items: list[Item]) -> None:
    again = rerun(changed(items, ASSESSMENT, confidence="high", label="no_event"))
    (named,) = again.differing
    assert named[0] == ASSESSMENT
    assert {d.path for d in named[1]} >= {"confidence"}


def test_a_finding_that_is_not_enclosed_is_said_to_be_added(items: list[Item]) -> None:
    place = next(k for k, item in enumerate(items) if item.kind == FINDING)
    again = rerun(items[:place] + items[place + 1 :])
    assert again.added == (items[place].item_id.removeprefix("finding/"),)
    assert not again.same


def test_another_version_of_a_detector_is_named(items: list[Item]) -> None:
    question: Any = next(i.content for i in items if i.kind == QUESTION)
    older = [{**d, "version": "0"} for d in question["detectors"]]
    again = rerun(changed(items, QUESTION, detectors=older))
    assert again.other_versions == tuple(f"{d['name']}/0" for d in older)


@pytest.mark.parametrize(
    "values",
    [
        {"as_of_utc": "yesterday"},
        {"days_ahead": None},
        {"detectors": [{"name": "nonesuch", "version": "1", "settings": {}}]},
        {"detectors": "all"},
        {"detectors": [{"name": "proximity"}]},
    ],
)
def test_a_question_that_cannot_be_read_is_one_clear_error(
    items: list[Item], values: dict[str, Any]
) -> None:
    with pytest.raises(FormatError, match="question"):
        rerun(changed(items, QUESTION, **values))
