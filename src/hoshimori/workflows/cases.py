"""Run labelled cases: facts to incident to assessment, and what of it is as the label has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from hoshimori.assessment.explanations import explanations_of, middle_of, together
from hoshimori.assessment.situations import situation_of
from hoshimori.exercise.made_cases import MadeScene, made_scene, stand_in
from hoshimori.formats.cases import read_cases
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import (
    HYPOTHESES_OF,
    Assessment,
    Explanation,
    Label,
    MatrixRow,
    TruthGroup,
)
from hoshimori.model.assets import Asset
from hoshimori.model.cases import Case, Forecast
from hoshimori.model.elements import ElementSets
from hoshimori.model.finding import Interval
from hoshimori.model.findings import (
    AnyFinding,
    Breakup,
    Conjunction,
    GeoNeighbour,
    Interference,
    Proximity,
    Separation,
    Shadowing,
)
from hoshimori.model.incidents import Incident
from hoshimori.model.integrity import IntegrityCells, joined_integrity
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import SpaceObject, launch_of
from hoshimori.model.picture import Picture
from hoshimori.numerics.hexagons import centres_deg, distances_km
from hoshimori.workflows.deliveries import open_catalogues, read_bytes
from hoshimori.workflows.inquiry import EVERY_DETECTOR, Inquiry, inquire
from hoshimori.workflows.interference import IntegrityMaps, maps_of_files, picture_of_maps
from hoshimori.workflows.pictures import dated_by_catalogue, picture_of


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """How the files of a data folder are read, by name."""

    sets: Callable[[str], ElementSets]
    """Element sets, as known at the moment that a catalogue speaks of."""
    maps: Callable[[str], IntegrityCells]


STAND_IN = 799_000_001
"""The made object that stands for an asset without public elements."""
_AHEAD_DEG = 12.0
_WEEKS_BACK = 8
"""What is usual of a place is judged from so much of a map."""
_NO_OBJECTS: Mapping[int, SpaceObject] = MappingProxyType({})


def cases_of(folder: Path) -> tuple[Case, ...]:
    """Return the cases of all files of a folder, by file name, each in its order.

    Raises:
        FormatError: a file is no file of cases.
    """
    files = sorted(folder.glob("*.toml"))
    return tuple(c for f in files for c in read_cases(read_bytes(f), source=f.name))


def files_below(folder: Path) -> CaseFiles:
    """Return the files below a folder, each read once."""

    def sets(name: str) -> ElementSets:
        (opened,) = open_catalogues([folder / name])
        return dated_by_catalogue(opened.reading.element_sets, opened.received_utc)

    def maps(name: str) -> IntegrityCells:
        return maps_of_files([folder / name]).cells

    return CaseFiles(cache(sets), cache(maps))


def question_of(case: Case) -> tuple[object, ...]:
    """Return what tells one picture from another: cases that share it share one inquiry.

    Cases that share one name the objects of one another in `keep`, or are not thinned.
    """
    data = replace(case.data, made=case.data.made.partition(":")[0])
    moment = None if case.data.made else case.as_of_utc
    return data, moment, case.assets, case.days_ahead, case.reports


def picture_of_case(
    case: Case,
    files: CaseFiles,
    *,
    thinned: bool,
    objects: Mapping[int, SpaceObject] = _NO_OBJECTS,
) -> Picture:
    """Return what was known of a case's sky; `thinned` keeps one in so many uninvolved objects.

    `objects` adds labels to those that a made scene has.
    """
    if case.data.made and not case.data.catalogues:
        return _made_picture(case, objects)
    if case.data.maps:
        return _picture_of_maps(case, files)
    parts = [files.sets(name) for name in case.data.catalogues]
    parts += [_known_at_epoch(files.sets(name)) for name in case.data.histories]
    if thinned:
        parts = [_thinned(part, case) for part in parts]
    if STAND_IN in case.assets:
        parts += [stand_in(part, case.about[-1], STAND_IN, _AHEAD_DEG) for part in parts]
    moment = as_column_time(case.as_of_utc) if case.as_of_utc else _last_known(parts)
    return picture_of(
        parts,
        assets=tuple(map(Asset, case.assets)),
        days_ahead=case.days_ahead,
        as_of_utc=moment,
        objects=objects,
        reports=case.reports,
    )


def about_of(case: Case) -> tuple[int, ...]:
    """Return the objects that a case is about; a made scene knows those of its stories."""
    if case.about or not case.data.made:
        return case.about
    objects = _scene(case).about[case.data.made.partition(":")[2]]
    return (objects[0], objects[-1]) if len(objects) > 2 else objects


def incident_of(case: Case, inquiry: Inquiry) -> Incident | None:
    """Return the incident that a case is about: at its moment, else the most urgent; None if none.

    A case without objects is about what reports alone tell.
    """
    about = set(about_of(case))
    fitting = [i for i in inquiry.incidents if _is_about(i, about, inquiry)]
    at = case.at_utc
    if at is not None:
        slack = timedelta(days=3.0)
        then = [i for i in fitting if i.start_utc - slack <= at <= i.end_utc + slack]
        fitting = then or []
    return min(fitting, key=lambda i: len({*i.assets, *i.others} - about), default=None)


def measures_of(finding: AnyFinding, case: Case) -> Mapping[str, Interval]:
    """Return the numbers of a finding that cases may name.

    ``closest_km``, ``plane_deg``, ``speed_km_s``, ``dwell_days``, ``drift_deg_day``,
    ``parted_m_s``, ``altitude_km``, ``pieces``, ``forward_share``, ``low_share``, ``radius_km``,
    and of a break-up ``event_h`` (from the pieces) and ``window_h`` (all that is possible), in
    hours after the case's moment.
    """
    match finding:
        case Conjunction():
            return {"closest_km": finding.miss_km, "speed_km_s": _point(finding.speed_km_s)}
        case Proximity():
            company = finding.company
            dwell = company.dwell_days if company else _point(finding.dwell_h / 24.0)
            return {
                "closest_km": finding.range_km,
                "plane_deg": _point(finding.plane_angle_deg),
                "dwell_days": dwell,
            }
        case GeoNeighbour():
            drift = _point(finding.drift_deg_day)
            return {"closest_km": finding.range_km, "drift_deg_day": drift}
        case Shadowing():
            return {"closest_km": finding.range_km, "plane_deg": finding.plane_angle_deg}
        case Separation():
            return {"parted_m_s": finding.relative_speed_m_s}
        case Breakup():
            return _breakup_measures(finding, case)
        case Interference():
            return {"low_share": finding.share, "radius_km": _point(finding.radius_km)}
        case _:
            return {}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A case that was run, with what its likelihoods rest on."""

    case: Case
    situation: str
    matrix: tuple[MatrixRow, ...]

    def forecast(self, model: AssessmentModel, temperature: float | None = None) -> Forecast:
        """Return what is said of each group, with another temperature than the model's if given.

        Raises:
            ValueError: the case has no truth.
        """
        if self.case.truth is None:
            raise ValueError(f"case {self.case.case_id} has no truth")
        if temperature is not None:
            warmth = replace(model.temperature, value=temperature)
            model = replace(model, temperature=warmth)
        explanations = explanations_of(self.matrix, self.situation, model)
        spans = group_spans(explanations)
        return Forecast(self.case.case_id, self.case.family, spans, self.case.truth)


def judged(case: Case, findings: Sequence[AnyFinding], assessment: Assessment) -> Judged:
    """Return a case with the evidence of its assessment."""
    return Judged(case, situation_of(findings), assessment.matrix)


def group_spans(explanations: Sequence[Explanation]) -> Mapping[TruthGroup, Interval]:
    """Return low, middle and high of the probability of each group; middles add up to 1 at most."""
    middles = {e.hypothesis: middle_of(e.likelihood) for e in explanations}
    total = sum(middles.values())
    spans = {}
    for group, members in HYPOTHESES_OF.items():
        span = together(explanations, members)
        middle = sum(middles[h] for h in members) / total
        spans[group] = Interval(min(span.low, middle), middle, max(span.high, middle))
    return spans


def ask(picture: Picture) -> Inquiry:
    """Return the inquiry of a case's picture: every detector."""
    return inquire(picture, EVERY_DETECTOR)


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where an assessment differs from what a case expects."""

    what: str
    expected: str
    found: str


def deviations(
    case: Case, findings: Iterable[AnyFinding], assessment: Assessment | None
) -> tuple[Deviation, ...]:
    """Return where detection, label and numbers differ from a case; empty where all agree.

    Where nothing was to be told, no incident is as good as one that is only logged.
    """
    wanted = " or ".join(label.value for label in case.labels)
    if assessment is None:
        is_missed = Label.NO_EVENT not in case.labels
        return (Deviation("detected", wanted, "no incident"),) if is_missed else ()
    told = []
    if assessment.label not in case.labels:
        told.append(Deviation("label", wanted, assessment.label.value))
    measured = [measures_of(finding, case) for finding in findings]
    for name, (low, high) in case.numbers.items():
        spans = [m[name] for m in measured if name in m]
        if not any(s.low <= high and low <= s.high for s in spans):
            shown = ", ".join(f"{s.low:g} to {s.high:g}" for s in spans) or "not measured"
            told.append(Deviation(name, f"{low:g} to {high:g}", shown))
    return tuple(told)


def _breakup_measures(finding: Breakup, case: Case) -> Mapping[str, Interval]:
    measures = {
        "altitude_km": _point(finding.altitude_km),
        "pieces": _point(float(finding.pieces)),
        "forward_share": finding.posigrade_share,
    }
    if case.at_utc is None:
        return measures
    start, point, end = (
        (moment - case.at_utc).total_seconds() / 3600.0
        for moment in (finding.start_utc, finding.event_by_pieces_utc, finding.end_utc)
    )
    middle = min(max(point, start), end)
    return {**measures, "event_h": _point(point), "window_h": Interval(start, middle, end)}


def _point(value: float) -> Interval:
    return Interval(value, value, value)


def _is_about(incident: Incident, about: set[int], inquiry: Inquiry) -> bool:
    if not about:
        return not incident.assets and not incident.others
    objects = {o for f in inquiry.findings_of(incident) for o in f.objects}
    return about <= {*incident.assets, *incident.others, *objects}


def _scene(case: Case) -> MadeScene:
    return made_scene(case.data.made.partition(":")[0], case.data.seed)


def _made_picture(case: Case, objects: Mapping[int, SpaceObject]) -> Picture:
    scene = _scene(case)
    return picture_of(
        scene.parts,
        assets=tuple(map(Asset, case.assets)) or scene.assets,
        days_ahead=case.days_ahead,
        as_of_utc=scene.as_of_utc,
        objects={**scene.objects, **objects},
        reports=case.reports,
    )


def _last_known(parts: Iterable[ElementSets]) -> np.datetime64:
    """Return when the last part became known; a thinned part keeps the moment of the whole."""
    return max(part.known_utc.max() for part in parts if len(part))


def _picture_of_maps(case: Case, files: CaseFiles) -> Picture:
    """Return the picture of the part of integrity maps around a place, some weeks back."""
    cells = joined_integrity([files.maps(name) for name in case.data.maps])
    moment = as_column_time(case.as_of_utc) if case.as_of_utc else None
    if moment is not None:
        cells = cells.take(cells.day_utc >= moment - np.timedelta64(_WEEKS_BACK, "W"))
        cells = cells.known_by(moment)
    if case.data.place is not None:
        latitude, longitude, radius_km = case.data.place
        kept, place_of = np.unique(cells.cell, return_inverse=True)
        away_km = distances_km(np.array([[latitude, longitude]]), centres_deg(kept))
        cells = cells.take((away_km.reshape(-1) <= radius_km)[place_of])
    maps = IntegrityMaps(cells, case.data.maps, ())
    return picture_of_maps(maps, days_ahead=case.days_ahead, as_of_utc=moment, reports=case.reports)


def _known_at_epoch(sets: ElementSets) -> ElementSets:
    return replace(sets, known_utc=sets.epoch_utc)


def _thinned(sets: ElementSets, case: Case) -> ElementSets:
    if case.data.thin <= 1:
        return sets
    involved = np.isin(sets.norad_id, [*case.about, *case.assets, *case.data.keep])
    kept = involved | (sets.norad_id % case.data.thin == 0)
    if case.data.launches:
        launches = {str(i): launch_of(str(i)) in case.data.launches for i in set(sets.object_id)}
        kept |= np.array([launches[str(i)] for i in sets.object_id])
    return sets.take(kept)
