"""Which incident leaves, and on what it rests: a picture, an assessment of it, or a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.dossier.opening import unpack
from hoshimori.errors import SettingsError
from hoshimori.model.assessments import Assessment
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.dossier_inputs import enclosed_in
from hoshimori.workflows.dossier_items import picture_reality
from hoshimori.workflows.inquiry import Inquiry, chosen_incident, inquire
from hoshimori.workflows.reports import marking_of_picture
from hoshimori.workflows.rerun import asked_again, compared
from hoshimori.workflows.watch import DETECTORS


@dataclass(frozen=True, slots=True, eq=False)
class ExportSubject:
    """An incident with everything that it rests on."""

    inquiry: Inquiry
    incident: Incident
    markings: tuple[Marking, ...]
    """Of all that goes in."""
    reality: Reality
    """Of all that it rests on."""
    assessment: Assessment | None = None
    notes: tuple[str, ...] = ()
    """What people should know of it."""


def subject_of_picture(
    picture: Picture, settings: Settings, incident: str = "", about: Sequence[int] = ()
) -> ExportSubject:
    """Return an incident of a picture as `watch` finds it: measured, not assessed.

    Without an id, the most urgent about all of some objects; with neither, the most urgent.

    Raises:
        SettingsError: there is none.
    """
    inquiry = inquire(picture, DETECTORS)
    return ExportSubject(
        inquiry,
        chosen_incident(inquiry, incident, about),
        (marking_of_picture(picture, settings),),
        picture_reality(picture),
        notes=failures_of(inquiry),
    )


def subject_of_brief(told: Brief) -> ExportSubject:
    """Return an incident with its assessment."""
    return ExportSubject(
        told.inquiry,
        told.incident,
        (told.assessment.marking,),
        picture_reality(told.inquiry.picture),
        told.assessment,
    )


def subject_of_dossier(data: bytes) -> ExportSubject:
    """Return the incident of a dossier file, found and assessed again from what it encloses.

    A released copy gives what its facts give. The marking is that of the whole file. Who signed
    it is not judged here.

    Raises:
        FormatError: the file is no dossier, its seal is not intact, or it lacks what is needed.
        CoverageError: the enclosed facts tell of no moment.
        SettingsError: the incident does not come out of the enclosed facts.
    """
    package = unpack(data)
    enclosed = enclosed_in(package.items)
    again = asked_again(enclosed)
    if again.told is None:
        raise SettingsError(f"{enclosed.incident_id} does not come out of what is enclosed")
    told = again.told
    same = compared(package.items, enclosed, again).same
    return ExportSubject(
        told.inquiry,
        told.incident,
        (package.marking, told.assessment.marking),
        package.items[0].reality,
        told.assessment,
        () if same else (_OTHERWISE,),
    )


_OTHERWISE = "what is computed here is not what the file encloses: `hoshimori verify` says where"


def failures_of(inquiry: Inquiry) -> tuple[str, ...]:
    """Return which detectors failed, and how."""
    return tuple(f"{run.detector} failed: {run.problem}" for run in inquiry.runs if run.problem)
