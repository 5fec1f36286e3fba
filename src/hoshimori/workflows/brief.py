"""Compose a dossier: one incident with its facts, findings, assessment, exhibits and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import hoshimori
from hoshimori.assessment.assess import NOTHING_DECIDED, Decided
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.formats.known_failures import read_known_failures
from hoshimori.model.assessments import Assessment
from hoshimori.model.dossiers import Dossier, Item, Policy
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN, Marking, joined
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings, marking_of
from hoshimori.workflows.assessment_model import MODEL_FILE
from hoshimori.workflows.dossier_items import (
    FAILURES,
    MODEL,
    WEATHER,
    assessment_item,
    blob_item,
    decision_items,
    fact_items,
    finding_items,
    picture_reality,
    question_item,
)
from hoshimori.workflows.dossier_provenance import provenance_item
from hoshimori.workflows.enclosure import detectors_of, enclosed
from hoshimori.workflows.inquiry import (
    Inquiry,
    Surroundings,
    assessment_of,
    chosen_incident,
)
from hoshimori.workflows.known_failures import LIST
from hoshimori.workflows.space_weather import space_weather_of_file


@dataclass(frozen=True, slots=True, eq=False)
class Yardsticks:
    """The files that an assessment is made with, as bytes to enclose and as what they say."""

    model: bytes
    failures: bytes
    weather_file: str
    weather: bytes | None

    @property
    def surroundings(self) -> Surroundings:
        """What they say of nature and of failures."""
        weather = None
        if self.weather is not None:
            weather = space_weather_of_file(Path(self.weather_file)).weather
        return Surroundings(weather, read_known_failures(self.failures, source=LIST.name))


def yardsticks(settings: Settings) -> Yardsticks:
    """Return the files in force: the model and failures that come along, space weather if named.

    Raises:
        SettingsError: the file of space weather that the settings name is not there.
    """
    named = settings.sources.space_weather
    path = Path(named).expanduser() if named else None
    if path is not None:
        space_weather_of_file(path)
    return Yardsticks(
        model=MODEL_FILE.read_bytes(),
        failures=LIST.read_bytes(),
        weather_file=str(path or ""),
        weather=path.read_bytes() if path is not None else None,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """One incident, assessed on the facts that are enclosed."""

    inquiry: Inquiry
    incident: Incident
    assessment: Assessment
    decided: Decided


def brief(
    inquiry: Inquiry,
    incident: Incident,
    settings: Settings,
    measures: Yardsticks,
    decided: Decided = NOTHING_DECIDED,
) -> Brief:
    """Return an incident assessed on the least facts that give its findings again."""
    own = enclosed(inquiry, incident)
    chosen = chosen_incident(own, incident.incident_id, ())
    marking = marking_of_facts(own.picture, settings)
    assessment = assessment_of(
        own,
        chosen,
        model=read_assessment_model(measures.model, MODEL_FILE.name),
        surroundings=measures.surroundings,
        marking=marking,
        decided=decided,
    )
    return Brief(own, chosen, assessment, decided)


def dossier_of(
    told: Brief,
    settings: Settings,
    measures: Yardsticks,
    documents: Sequence[Item],
    *,
    composed_utc: datetime,
    policy: Policy,
) -> Dossier:
    """Return the dossier of a brief; `documents` are exhibits and pages made from it."""
    return Dossier(
        items=(*_items(told, settings, measures, composed_utc), *documents),
        reality=picture_reality(told.inquiry.picture),
        composed_utc=composed_utc,
        software=f"hoshimori {hoshimori.__version__}",
        policy=policy,
    )


def marking_of_facts(picture: Picture, settings: Settings) -> Marking:
    """Return the marking of the element sets of a picture and of what lies beside together."""
    provenances = (*picture.history.provenances, *picture.beside)
    return joined(marking_of(provenance, settings) for provenance in provenances)


def _items(
    told: Brief, settings: Settings, measures: Yardsticks, composed_utc: datetime
) -> Iterator[Item]:
    picture = told.inquiry.picture
    reality = picture_reality(picture)
    findings = told.inquiry.findings_of(told.incident)
    yield question_item(picture, told.incident, detectors_of(findings), reality)
    facts = list(fact_items(picture, settings))
    yield from facts
    marking = marking_of_facts(picture, settings)
    yield from finding_items(told.inquiry, told.incident, marking, reality)
    yield assessment_item(told.assessment, reality)
    # Who decided knew all of it, so that what they say is marked as all of it.
    yield from decision_items(told.decided, told.assessment.marking, reality)
    yield provenance_item(
        told.inquiry, findings, facts, told.decided, told.assessment.marking, composed_utc
    )
    yield blob_item(MODEL, MODEL_FILE.name, "application/toml", measures.model, OPEN, reality)
    yield blob_item(FAILURES, LIST.name, "application/toml", measures.failures, OPEN, reality)
    if measures.weather is not None:
        name = Path(measures.weather_file).name
        yield blob_item(WEATHER, name, "text/csv", measures.weather, OPEN, reality)
