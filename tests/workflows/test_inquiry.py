"""An inquiry asks every detector; one that fails is a line, and flags are no part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import ClassVar

import pytest

from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.assessments import Assessment
from hoshimori.model.detector import Card
from hoshimori.model.finding import Finding
from hoshimori.model.markings import OPEN
from hoshimori.model.picture import Picture
from hoshimori.workflows.assessment_model import assessment_model
from hoshimori.workflows.inquiry import (
    EVERY_DETECTOR,
    Inquiry,
    Surroundings,
    assessment_of,
    chosen_incident,
    inquire,
)

pytestmark = pytest.mark.xdist_group("made-sky")

NOTHING_AROUND = Surroundings(None, ())


@dataclass(frozen=True, slots=True)
class Broken:
    """A detector that never works."""

    card: ClassVar[Card] = EVERY_DETECTOR[0].card

    def detect(self, picture: Picture) -> Sequence[Finding]:
        raise RuntimeError(f"made to fail at {picture.as_of_utc.year}")


@pytest.fixture(scope="module")
def inquiry(dossier_scene: SimpleNamespace) -> Inquiry:
    made: Inquiry = dossier_scene.inquiry
    return made


def assessed(inquiry: Inquiry) -> list[Assessment]:
    return [
        assessment_of(
            inquiry, i, model=assessment_model(), surroundings=NOTHING_AROUND, marking=OPEN
        )
        for i in inquiry.incidents
    ]


def test_a_detector_that_fails_is_a_line_and_all_others_are_asked(inquiry: Inquiry) -> None:
    found = inquire(inquiry.picture, (Broken(), *EVERY_DETECTOR))
    (failed,) = (run for run in found.runs if run.problem)
    assert "made to fail" in str(failed.problem)
    assert len(found.runs) == len(EVERY_DETECTOR) + 1
    assert found.incidents == inquiry.incidents


def test_every_incident_of_the_sky_is_assessed(inquiry: Inquiry) -> None:
    assert len(assessed(inquiry)) == len(inquiry.incidents) > 10


def test_owners_and_names_in_objects_and_assets_change_nothing(inquiry: Inquiry) -> None:
    """Every owner and every name is dealt to another; findings and assessments stay the same."""
    picture = inquiry.picture
    numbers = sorted(picture.objects)
    dealt = dict(zip(numbers, [*numbers[1:], *numbers[:1]], strict=True))
    objects = {
        n: replace(o, owner=picture.objects[dealt[n]].owner) for n, o in picture.objects.items()
    }
    assets = tuple(replace(a, owner=f"owner {k}") for k, a in enumerate(picture.assets))
    other = inquire(replace(picture, objects=objects, assets=assets))
    assert as_json_value(other.findings) == as_json_value(inquiry.findings)
    assert other.incidents == inquiry.incidents
    assert assessed(other) == assessed(inquiry)


def test_the_most_urgent_incident_about_objects_is_chosen(inquiry: Inquiry) -> None:
    assert chosen_incident(inquiry, "", ()) == inquiry.incidents[0]
    last = inquiry.incidents[-1]
    assert chosen_incident(inquiry, last.incident_id, ()) == last
    about = (*last.assets, *last.others)
    assert set(about) <= {
        o for f in inquiry.findings_of(chosen_incident(inquiry, "", about)) for o in f.objects
    }
    with pytest.raises(SettingsError, match=r"no incident fits 1, 2"):
        chosen_incident(inquiry, "", (1, 2))
