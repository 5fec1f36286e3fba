"""An incident for a partner is computed from what it may see: nothing else is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from tests.made_letters import made_partner

from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.errors import ReleaseError
from hoshimori.formats.report_fields import report_of
from hoshimori.model.incidents import Incident
from hoshimori.model.letters import IncidentContent
from hoshimori.model.markings import Level, Marking
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import OperatorReport
from hoshimori.settings import Settings
from hoshimori.workflows import share_offers
from hoshimori.workflows.inquiry import Inquiry, inquire
from hoshimori.workflows.share_offers import incident_asked, incident_for
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
GREEN = made_partner("USA", Marking(Level.GREEN))
SECRET = "Only the house knows this."


def report(objects: tuple[int, ...], text: str, marking: Marking) -> OperatorReport:
    fields = {
        "statement": "link_interference",
        "objects": list(objects),
        "start_utc": "2026-10-31T00:00:00Z",
        "known_utc": "2026-10-31T06:00:00Z",
        "source": "its operator",
        "grade": "A2",
        "text": text,
    }
    return report_of(fields, marking=marking, reality=Reality.SIMULATED)


@pytest.fixture(scope="module")
def picture() -> Picture:
    sky = made_sky(seed=1, objects=120, as_of_utc=AS_OF)
    seen = sky.picture(assets=sky.assets[:2], days_ahead=0.2)
    asset = seen.assets[0].norad_id
    # Without element sets: what is stated alone makes the incident.
    return replace(
        seen,
        newest=seen.newest.take(slice(0)),
        history=seen.history.take(slice(0)),
        reports=(
            report((asset,), "Links were disturbed.", Marking(Level.GREEN)),
            report((asset,), SECRET, Marking(Level.AMBER)),
        ),
    )


@pytest.fixture(scope="module", autouse=True)
def of_reports_alone() -> Iterator[None]:
    """Ask the detector of reports alone: the others have tests of their own, and kernels."""
    with pytest.MonkeyPatch.context() as patched:
        quick = partial(inquire, detectors=(OperatorReportDetector(),))
        patched.setattr(share_offers, "inquire", quick)
        yield


@pytest.fixture(scope="module")
def asked(picture: Picture) -> tuple[Inquiry, Incident]:
    return incident_asked(picture, "", (picture.assets[0].norad_id,))


def test_what_a_partner_may_not_see_is_in_no_byte_of_it(
    picture: Picture, asked: tuple[Inquiry, Incident]
) -> None:
    whole, incident = asked
    assert SECRET in json.dumps([str(f) for f in whole.findings_of(incident)])
    said = incident_for(picture, whole, incident, GREEN, Settings())
    assert isinstance(said.content, IncidentContent)
    assert said.marking.level is Level.GREEN
    assert said.reality is Reality.SIMULATED
    assert said.content.incident_id
    text = json.dumps(said.content.document, default=str)
    assert "Links were disturbed." in text
    assert SECRET not in text
    hidden = picture.reports[1].finding_id
    assert hidden not in text
    assert hidden not in said.content.basis
    assert picture.reports[0].finding_id in said.content.basis


def test_what_does_not_come_out_for_a_partner_is_not_told(
    picture: Picture, asked: tuple[Inquiry, Incident]
) -> None:
    whole, incident = asked
    nothing = made_partner("USA", Marking(Level.CLEAR))
    with pytest.raises(ReleaseError, match="does not come out of what USA may see"):
        incident_for(picture, whole, incident, nothing, Settings())
