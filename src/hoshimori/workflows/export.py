"""An incident in the form that others read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

import numpy as np

from hoshimori import __version__
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.language import Language
from hoshimori.dossier.notice_wording import notice_of
from hoshimori.dossier.wording import headline
from hoshimori.errors import FormatError
from hoshimori.formats.appendix10 import write_appendix10
from hoshimori.formats.cdm_writing import write_cdms_json, write_cdms_kvn, write_cdms_xml
from hoshimori.formats.czml import write_czml
from hoshimori.formats.export_marks import marking_banner
from hoshimori.formats.geojson import write_geojson
from hoshimori.formats.notso import write_notso
from hoshimori.formats.stix import write_stix
from hoshimori.formats.udl import UdlHeader, write_udl
from hoshimori.model.elements import ElementSets
from hoshimori.model.exercise_stores import require_asked
from hoshimori.model.exports import ExportForm, FindingText, GroundPlace, IncidentExport, OrbitSpan
from hoshimori.model.findings import AnyFinding, Conjunction
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN, Marking, joined
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import combined_reality
from hoshimori.sources.earth_orientation import read_earth_orientation
from hoshimori.workflows.derived_messages import derived_messages
from hoshimori.workflows.export_areas import areas_of
from hoshimori.workflows.export_orbits import (
    MOST_ORBITS,
    orbit_spans,
    places_of,
    track_window,
    whole_window,
)
from hoshimori.workflows.export_subjects import ExportSubject

SOFTWARE = f"Hoshimori {__version__}"


class CdmNotation(Enum):
    """How conjunction messages are written."""

    KVN = "kvn"
    XML = "xml"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What a form needs to be told and cannot know."""

    marking: Marking = OPEN
    """At least as strict as this; what the facts themselves demand is joined to it."""
    language: Language = Language.EN
    """Of notices; the other forms are read by programs, and are in English."""
    cdm_notation: CdmNotation = CdmNotation.KVN
    udl_classification: str | None = None
    """Portion marking for the Unified Data Library; by default ``U`` where all may have it."""
    udl_source: str = "Hoshimori"
    exercise: bool = False
    """Whether what is of an exercise is asked for; without that it does not leave."""


def export(
    subject: ExportSubject, form: ExportForm, choices: ExportChoices = ExportChoices()
) -> bytes:
    """Return an incident in a form.

    Raises:
        FormatError: the form cannot carry it, or asks for what is not given.
        CoverageError: the Earth's orientation is not known at the time of the incident.
        ReleaseError: it is of an exercise, and nobody asked for one.
    """
    what = incident_export(subject, form, choices)
    require_asked(what.reality, exercise=choices.exercise, what="this incident")
    match form:
        case ExportForm.CZML:
            return write_czml(what)
        case ExportForm.GEOJSON:
            return write_geojson(what)
        case ExportForm.STIX:
            return write_stix(what)
        case ExportForm.UDL:
            return write_udl(what, _udl_header(what.marking, choices))
        case ExportForm.NOTSO:
            return write_notso(notice_of(what, choices.language))
        case ExportForm.CDM:
            return _cdm(what, choices.cdm_notation)
        case ExportForm.APPENDIX10:
            return write_appendix10(what)
        case _:
            assert_never(form)


def incident_export(
    subject: ExportSubject, form: ExportForm, choices: ExportChoices = ExportChoices()
) -> IncidentExport:
    """Return everything about an incident that a form may write; orbits as far as it draws them.

    Raises:
        CoverageError: the Earth's orientation is not known at the time of the incident.
    """
    inquiry, incident = subject.inquiry, subject.incident
    picture, findings = inquiry.picture, inquiry.findings_of(incident)
    is_notice = form is ExportForm.NOTSO
    language = choices.language if is_notice else Language.EN
    sets, left_out = _sets_of(incident, picture)
    orbits = _orbits(incident, findings, sets, picture, form)
    passes = [f for f in findings if isinstance(f, Conjunction)]
    # What is asked for can only make it stricter.
    marking = joined((*subject.markings, choices.marking))
    banner = marking_banner(marking)
    wants_messages = form is ExportForm.CDM
    names = inquiry.names
    return IncidentExport(
        incident=incident,
        findings=findings,
        texts={f.finding_id: _text(f, names, language, rarity=not is_notice) for f in findings},
        names=names,
        as_of_utc=picture.as_of_utc,
        marking=marking,
        software=SOFTWARE,
        facts_reality=combined_reality((sets.reality, subject.reality)),
        assessment=subject.assessment,
        orbits=orbits,
        left_out=left_out,
        places=_places(findings, names, picture, form),
        areas=areas_of(findings, language),
        messages=derived_messages(
            passes if wants_messages else (),
            picture,
            incident_id=incident.incident_id,
            banner=banner,
        ),
    )


def _text(
    finding: AnyFinding, names: Mapping[int, str], language: Language, *, rarity: bool
) -> FindingText:
    return FindingText(
        headline=headline(finding, names, language),
        sentences=explanation(finding, names, language, rarity=rarity),
    )


def _sets_of(incident: Incident, picture: Picture) -> tuple[ElementSets, int]:
    """Return the newest sets of an incident's objects, assets first, and how many are left out."""
    newest = picture.newest
    row = {int(norad_id): k for k, norad_id in enumerate(newest.norad_id)}
    wanted = [row[i] for i in (*incident.assets, *incident.others) if i in row]
    chosen = newest.take(np.array(wanted[:MOST_ORBITS], dtype=np.int64))
    return chosen, max(0, len(wanted) - MOST_ORBITS)


def _orbits(
    incident: Incident,
    findings: tuple[AnyFinding, ...],
    sets: ElementSets,
    picture: Picture,
    form: ExportForm,
) -> tuple[OrbitSpan, ...]:
    if form not in (ExportForm.CZML, ExportForm.GEOJSON, ExportForm.NOTSO):
        return ()
    window = whole_window(incident, picture)
    if form is not ExportForm.CZML:
        window = track_window(findings, sets, picture)
    orientation = read_earth_orientation()
    return orbit_spans(sets, *window, assets=incident.assets, orientation=orientation)


def _places(
    findings: tuple[AnyFinding, ...],
    names: Mapping[int, str],
    picture: Picture,
    form: ExportForm,
) -> tuple[GroundPlace, ...]:
    if form not in (ExportForm.GEOJSON, ExportForm.NOTSO):
        return ()
    orientation = read_earth_orientation()
    return places_of(findings, picture, names=names, orientation=orientation)


def _udl_header(marking: Marking, choices: ExportChoices) -> UdlHeader:
    """Return what records must say; a TLP level has no equal among portion markings."""
    stated = choices.udl_classification
    if stated is None:
        stated = "U" if marking == OPEN else ""
    if not stated.strip():
        raise FormatError(
            "a restricted marking has no portion marking that follows from it: state one",
            field="classificationMarking",
        )
    return UdlHeader(classification_marking=stated, source=choices.udl_source)


def _cdm(what: IncidentExport, notation: CdmNotation) -> bytes:
    if not what.messages:
        raise FormatError("no conjunction in this incident: there is no CDM to write")
    write: Callable[..., bytes]
    match notation:
        case CdmNotation.KVN:
            write = write_cdms_kvn
        case CdmNotation.XML:
            write = write_cdms_xml
        case CdmNotation.JSON:
            write = write_cdms_json
        case _:
            assert_never(notation)
    return write(what.messages)
