"""An incident of the watch board in the form that others read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

import numpy as np

from hoshimori import __version__
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.language import Language
from hoshimori.dossier.notice_wording import notice_of
from hoshimori.dossier.wording import headline
from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.appendix10 import write_appendix10
from hoshimori.formats.cdm_writing import write_cdms_json, write_cdms_kvn, write_cdms_xml
from hoshimori.formats.czml import write_czml
from hoshimori.formats.export_marks import marking_banner
from hoshimori.formats.geojson import write_geojson
from hoshimori.formats.notso import write_notso
from hoshimori.formats.stix import write_stix
from hoshimori.formats.udl import UdlHeader, write_udl
from hoshimori.model.assessments import Assessment
from hoshimori.model.board import WatchBoard
from hoshimori.model.elements import ElementSets
from hoshimori.model.exports import ExportForm, FindingText, GroundPlace, IncidentExport, OrbitSpan
from hoshimori.model.findings import AnyFinding, Conjunction
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN, Marking, joined
from hoshimori.model.picture import Picture
from hoshimori.sources.earth_orientation import read_earth_orientation
from hoshimori.workflows.derived_messages import derived_messages
from hoshimori.workflows.export_orbits import (
    MOST_ORBITS,
    orbit_spans,
    places_of,
    track_window,
    whole_window,
)

SOFTWARE = f"Hoshimori {__version__}"
_MOST_NAMED = 5


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


def export(
    board: WatchBoard,
    picture: Picture,
    incident_id: str,
    form: ExportForm,
    choices: ExportChoices = ExportChoices(),
    *,
    assessment: Assessment | None = None,
) -> bytes:
    """Return an incident of a board in a form; `picture` is what the board was made from.

    Raises:
        SettingsError: the board has no such incident.
        FormatError: the form cannot carry it, or asks for what is not given.
        CoverageError: the Earth's orientation is not known at the time of the incident.
    """
    what = incident_export(board, picture, incident_id, form, choices, assessment=assessment)
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
    board: WatchBoard,
    picture: Picture,
    incident_id: str,
    form: ExportForm,
    choices: ExportChoices = ExportChoices(),
    *,
    assessment: Assessment | None = None,
) -> IncidentExport:
    """Return everything about an incident that a form may write; orbits as far as it draws them.

    Raises:
        SettingsError: the board has no such incident.
        CoverageError: the Earth's orientation is not known at the time of the incident.
    """
    incident = _incident(board, incident_id)
    by_id = {finding.finding_id: finding for finding in board.findings}
    findings = tuple(by_id[i] for i in incident.finding_ids)
    is_notice = form is ExportForm.NOTSO
    language = choices.language if is_notice else Language.EN
    sets, left_out = _sets_of(incident, picture)
    orbits = _orbits(incident, findings, sets, picture, form)
    passes = [f for f in findings if isinstance(f, Conjunction)]
    marking = _marking(board, choices, assessment)
    banner = marking_banner(marking)
    wants_messages = form is ExportForm.CDM
    return IncidentExport(
        incident=incident,
        findings=findings,
        texts={f.finding_id: _text(f, board, language, rarity=not is_notice) for f in findings},
        names=board.names,
        as_of_utc=board.as_of_utc,
        marking=marking,
        software=SOFTWARE,
        facts_reality=sets.reality,
        assessment=assessment,
        orbits=orbits,
        left_out=left_out,
        places=_places(findings, board, picture, form),
        messages=derived_messages(
            passes if wants_messages else (), picture, incident_id=incident_id, banner=banner
        ),
    )


def _incident(board: WatchBoard, incident_id: str) -> Incident:
    for incident in board.incidents:
        if incident.incident_id == incident_id:
            return incident
    known = [incident.incident_id for incident in board.incidents]
    listed = ", ".join(known[:_MOST_NAMED]) + (", …" if len(known) > _MOST_NAMED else "")
    raise SettingsError(
        f"no incident {incident_id!r} on the board; it has {len(known)}"
        + (f": {listed}" if known else "")
    )


def _marking(board: WatchBoard, choices: ExportChoices, assessment: Assessment | None) -> Marking:
    """Return the marking of all that goes in: what is asked for can only make it stricter."""
    stated = (board.marking, assessment.marking if assessment else None, choices.marking)
    return joined(marking for marking in stated if marking is not None)


def _text(
    finding: AnyFinding, board: WatchBoard, language: Language, *, rarity: bool
) -> FindingText:
    return FindingText(
        headline=headline(finding, board.names, language),
        sentences=explanation(finding, board.names, language, rarity=rarity),
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
    findings: tuple[AnyFinding, ...], board: WatchBoard, picture: Picture, form: ExportForm
) -> tuple[GroundPlace, ...]:
    if form not in (ExportForm.GEOJSON, ExportForm.NOTSO):
        return ()
    orientation = read_earth_orientation()
    return places_of(findings, picture, names=board.names, orientation=orientation)


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
