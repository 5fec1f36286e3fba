"""An inquiry: every detector asked about one picture, with causes of break-ups and incidents.

Composing a dossier and verifying one are the same inquiry on the same facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoshimori.assessment.approach_light import approach_lights
from hoshimori.assessment.assess import NOTHING_DECIDED, Decided, assess
from hoshimori.assessment.incidents import incidents_of
from hoshimori.assessment.natural import natural_checks
from hoshimori.errors import SettingsError
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Assessment
from hoshimori.model.board import DetectorRun
from hoshimori.model.breakup_causes import Cause, PassesAtPoint
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding, Breakup
from hoshimori.model.incidents import Incident
from hoshimori.model.known_failures import KnownFailure
from hoshimori.model.markings import Marking
from hoshimori.model.picture import Picture
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.workflows.breakups import events_of
from hoshimori.workflows.watch import DETECTORS, ON_HISTORIES, names_in, run_detector

TOLERANCE = 1e-6
"""Relative: processors round the last digits of long sums in their own ways; no finding hangs on
the sixth."""

EVERY_DETECTOR: tuple[Detector, ...] = (*DETECTORS, *ON_HISTORIES)


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What an assessment looks at besides orbits: nature, and what failed before."""

    weather: SpaceWeather | None
    failures: tuple[KnownFailure, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Inquiry:
    """What every detector says of a picture, grouped."""

    picture: Picture
    incidents: tuple[Incident, ...]
    findings: tuple[AnyFinding, ...]
    causes: Mapping[str, tuple[Cause, ...]]
    """Of break-ups, by finding id."""
    passes: Mapping[str, PassesAtPoint | None]
    runs: tuple[DetectorRun, ...]
    names: Mapping[int, str]

    def findings_of(self, incident: Incident) -> tuple[AnyFinding, ...]:
        """Return the findings of an incident in its order."""
        by_id = {f.finding_id: f for f in self.findings}
        return tuple(by_id[i] for i in incident.finding_ids)


def inquire(picture: Picture, detectors: Sequence[Detector] = EVERY_DETECTOR) -> Inquiry:
    """Ask detectors about a picture; one that fails becomes a line among the runs."""
    findings: list[AnyFinding] = []
    runs = []
    for detector in detectors:
        found, run = run_detector(detector, picture)
        findings += found
        runs.append(run)
    return inquiry_of(picture, findings, runs)


def inquiry_of(
    picture: Picture, findings: Sequence[AnyFinding], runs: Sequence[DetectorRun]
) -> Inquiry:
    """Return the inquiry that what detectors found in a picture makes."""
    breakups = [f for f in findings if isinstance(f, Breakup)]
    events = events_of(picture, breakups) if breakups else ()
    return Inquiry(
        picture=picture,
        incidents=incidents_of(
            findings,
            asset_ids=frozenset(asset.norad_id for asset in picture.assets),
            as_of_utc=picture.as_of_utc,
        ),
        findings=tuple(findings),
        causes={e.finding.finding_id: e.causes for e in events},
        passes={e.finding.finding_id: e.passes for e in events},
        runs=tuple(runs),
        names=names_in(picture, findings),
    )


def chosen_incident(inquiry: Inquiry, incident: str, about: Sequence[int]) -> Incident:
    """Return the incident of an id, or the most urgent one about all of some objects.

    With neither, the most urgent of all. Detectors on long histories join incidents that `watch`
    lists apart: an id of such a one gives the incident that took it in.

    Raises:
        SettingsError: there is none; the message names those that there are.
    """
    wanted = _as_listed(inquiry, incident) if incident else ""
    fitting = [
        i
        for i in inquiry.incidents
        if (not incident or i.incident_id == wanted)
        and set(about) <= {*i.assets, *i.others, *_objects(inquiry, i)}
    ]
    if fitting:
        return fitting[0]
    known = ", ".join(i.incident_id for i in inquiry.incidents[:8]) or "none"
    asked = incident or ", ".join(map(str, about)) or "any"
    raise SettingsError(f"no incident fits {asked}; the most urgent of this picture: {known}")


def _as_listed(inquiry: Inquiry, incident_id: str) -> str:
    """Return the id here of an incident that `watch` lists by another; the same if none does."""
    if any(i.incident_id == incident_id for i in inquiry.incidents):
        return incident_id
    quick = {f"{d.card.name}/{d.card.version}" for d in DETECTORS}
    listed = incidents_of(
        [f for f in inquiry.findings if f.detector in quick],
        asset_ids=frozenset(asset.norad_id for asset in inquiry.picture.assets),
        as_of_utc=inquiry.picture.as_of_utc,
    )
    held = {f for i in listed if i.incident_id == incident_id for f in i.finding_ids}
    joined = [i.incident_id for i in inquiry.incidents if held & set(i.finding_ids)]
    return joined[0] if joined else incident_id


def _objects(inquiry: Inquiry, incident: Incident) -> set[int]:
    return {o for f in inquiry.findings_of(incident) for o in f.objects}


def assessment_of(
    inquiry: Inquiry,
    incident: Incident,
    *,
    model: AssessmentModel,
    surroundings: Surroundings,
    marking: Marking,
    decided: Decided = NOTHING_DECIDED,
) -> Assessment:
    """Return the assessment of one incident of an inquiry; nature is looked into first."""
    findings = inquiry.findings_of(incident)
    breakups = [f for f in findings if isinstance(f, Breakup)]
    checks = natural_checks(
        incident,
        findings,
        inquiry.picture,
        weather=surroundings.weather,
        failures=surroundings.failures,
        passes=inquiry.passes.get(breakups[0].finding_id) if breakups else None,
    )
    return assess(
        incident,
        findings,
        as_of_utc=inquiry.picture.as_of_utc,
        assets=inquiry.picture.assets,
        causes=inquiry.causes,
        checks=checks,
        marking=marking,
        model=model,
        decided=decided,
        lights=approach_lights(findings, inquiry.picture),
    )
