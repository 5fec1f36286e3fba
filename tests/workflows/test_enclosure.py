"""What a dossier encloses is the least that gives an incident's findings again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from hoshimori.formats.json_differences import differences
from hoshimori.formats.json_document import as_json_value
from hoshimori.workflows.enclosure import detectors_of, enclosed, narrowed
from hoshimori.workflows.inquiry import TOLERANCE, chosen_incident

pytestmark = pytest.mark.xdist_group("made-sky")


def test_a_few_incidents_of_every_kind_come_out_of_less(dossier_scene: SimpleNamespace) -> None:
    inquiry = dossier_scene.inquiry
    kinds: set[frozenset[str]] = set()
    smaller = 0
    for incident in inquiry.incidents:
        kind = frozenset(f.detector for f in inquiry.findings_of(incident))
        if kind in kinds:
            continue
        kinds.add(kind)
        own = enclosed(inquiry, incident)
        again = chosen_incident(own, incident.incident_id, ())
        found = {f.finding_id: as_json_value(f) for f in own.findings_of(again)}
        for finding in inquiry.findings_of(incident):
            told, again_told = as_json_value(finding), found.pop(finding.finding_id)
            assert not list(differences(told, again_told, relative=TOLERANCE))
        assert not found
        smaller += len(own.picture.history) < len(inquiry.picture.history) / 2
    assert smaller > 1


def test_only_detectors_that_found_something_are_named(dossier_scene: SimpleNamespace) -> None:
    findings = dossier_scene.told.inquiry.findings_of(dossier_scene.told.incident)
    names = {f"{d.card.name}/{d.card.version}" for d in detectors_of(findings)}
    assert names == {f.detector for f in findings}
    assert detectors_of(()) == ()


def test_only_assets_and_reports_of_the_incident_go_in(dossier_scene: SimpleNamespace) -> None:
    picture, incident = dossier_scene.told.inquiry.picture, dossier_scene.told.incident
    assert tuple(a.norad_id for a in picture.assets) == incident.assets
    assert {r.finding_id for r in picture.reports} == {
        dossier_scene.secret.finding_id, dossier_scene.shared.finding_id,
    }  # fmt: skip


def test_a_narrowed_picture_describes_its_own_objects_alone(dossier_scene: SimpleNamespace) -> None:
    picture = dossier_scene.inquiry.picture
    one = int(picture.history.norad_id[0])
    kept = narrowed(picture, np.asarray(picture.history.norad_id == one))
    assert set(kept.history.norad_id.tolist()) == {one}
    assert set(kept.objects) <= {one}
    assert kept.as_of_utc == picture.as_of_utc
