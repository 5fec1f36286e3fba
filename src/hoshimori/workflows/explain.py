"""`explain`: everything that could explain something on an asset at a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from hoshimori.assessment.candidate_causes import candidate_causes
from hoshimori.assessment.cause_scene import (
    CauseScene,
    MoreData,
    ground_teme_km,
    row_of,
    sets_near,
)
from hoshimori.assessment.causes_near import CONJUNCTION_HALF_S, PASS_REACH_KM
from hoshimori.assessment.causes_of_change import FEWEST_SETS
from hoshimori.assessment.causes_of_space_weather import BACK_H
from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.detectors.manoeuvre import ManoeuvreRule
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.model.candidate_causes import Assumptions, CauseReport
from hoshimori.model.company import distinct
from hoshimori.model.elements import ElementSets
from hoshimori.model.ground_areas import GroundArea
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.known_failures import KnownFailure
from hoshimori.model.manoeuvres import Manoeuvres, Watched
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.numerics.chance import DrawnSpan, drawn_span, span_around
from hoshimori.numerics.elements import period_min
from hoshimori.numerics.encounters import Encounters, closest_approaches
from hoshimori.numerics.neighbourhood import neighbourhood
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate
from hoshimori.numerics.storms import PERIOD_H

DEFAULT = Assumptions(
    beam_half_deg=10.0, station=None, span_days=None, drawn=199, seed=1, unusual_p=0.05
)
_LOW_PERIOD_MIN = 225.0
_LOW_DAYS, _HIGH_DAYS = 3.0, 7.0
"""Spans by the orbit: thirty revolutions and more of low ones, whose elements age within days; a
week of others."""
_YEAR_DAYS = 365.25
_MAP_DAYS = 60.0
_HISTORY_DAYS = 180.0
_RULE = ManoeuvreRule()
EVERY_AREA = InterferenceDetector(look_back_days=100_000.0)
"""Asks for the areas of all days of the maps at hand, old ones too."""

Progress = Callable[[str], None]
"""Called with what is being done."""
PassFinder = Callable[[ElementSets, Satellites, int, DrawnSpan], Encounters]
"""From element sets, the same ready to propagate, the asset's row and a span to its passes in it
and the hours beside it, timed from the moment that is asked about."""


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What is at hand beside a picture."""

    weather: SpaceWeather | None = None
    failures: tuple[KnownFailure, ...] = ()
    areas: tuple[GroundArea, ...] | None = None
    """Areas in the maps of the picture, where they were found before; else they are found."""


NOTHING_BESIDE = Beside()


def explain(
    picture: Picture,
    norad_id: int,
    at_utc: np.datetime64,
    *,
    beside: Beside = NOTHING_BESIDE,
    assumptions: Assumptions = DEFAULT,
    find_passes: PassFinder | None = None,
    on_progress: Progress = lambda step: None,
) -> CauseReport:
    """Return every cause that could explain something on an asset at a moment.

    The same picture, moment, assumptions and seed give the same report. Passes are searched for
    one asset, unless told how to find them for many.

    Raises:
        CoverageError: no element set of the asset lies within a week of the moment, or its
            elements give no place at it.
        SettingsError: an assumption is out of range.
    """
    _check(assumptions)
    on_progress("what is around")
    scene = _scene(picture, norad_id, at_utc, assumptions, find_passes or passes_of)
    on_progress("histories")
    data = _more_data(scene, beside)
    on_progress("causes")
    return candidate_causes(scene, data, beside.failures)


def _check(assumptions: Assumptions) -> None:
    span_days = assumptions.span_days
    limits = (
        ("--beam-deg", assumptions.beam_half_deg, 0.0, 90.0),
        ("--span-days", _HIGH_DAYS if span_days is None else span_days, 1.0, 30.0),
        ("--draws", float(assumptions.drawn), 19.0, 9999.0),
    )
    for option, value, low, high in limits:
        if not low <= value <= high:
            raise SettingsError(f"{option} {value:g}: expected {low:g} to {high:g}")


def station_from(text: str, where: str = "--station") -> tuple[float, float] | None:
    """Return a place given as latitude and longitude in degrees; None for an empty text.

    `where` names what was given, for people.

    Raises:
        SettingsError: the text is no such place.

    >>> station_from("35.7,139.7")
    (35.7, 139.7)
    """
    if not text:
        return None
    problem = f"{where} {text}: expected latitude,longitude in degrees, as in 35.7,139.7"
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise SettingsError(problem) from None
    if not (abs(latitude) <= 90.0 and abs(longitude) <= 360.0):
        raise SettingsError(problem)
    return latitude, longitude


def _scene(
    picture: Picture,
    norad_id: int,
    at_utc: np.datetime64,
    assumptions: Assumptions,
    find_passes: PassFinder,
) -> CauseScene:
    sets = sets_near(picture.history, at_utc)
    row = row_of(sets, norad_id, at_utc)
    satellites = initialise(sets.mean_elements())
    own_set = sets.take(np.array([row]))
    days = _span_days(own_set, assumptions)
    assumptions = replace(assumptions, span_days=days)
    middle = np.sort(sets.epoch_utc)[len(sets) // 2]
    span = span_around(
        at_utc,
        middle,
        days,
        assumptions.drawn,
        _stream(norad_id, at_utc, 0, assumptions),
    )
    year = drawn_span(
        at_utc, _YEAR_DAYS, assumptions.drawn, _stream(norad_id, at_utc, 1, assumptions)
    )
    own = propagate(satellites.take(np.array([row])), at_utc, span.t_s).position_teme_km[0]
    if not np.isfinite(own[0]).all():
        raise CoverageError(f"the elements of {norad_id} give no place at {at_utc}Z")
    around = neighbourhood(
        satellites,
        row,
        at_utc,
        span.t_s,
        beam_half_rad=float(np.radians(assumptions.beam_half_deg)),
        ground_teme_km=ground_teme_km(span, own, assumptions.station),
    )
    return CauseScene(
        norad_id=norad_id,
        at_utc=at_utc,
        picture=picture,
        sets=sets,
        satellites=satellites,
        row=row,
        assumptions=assumptions,
        span=span,
        year=year,
        around=around,
        passes=find_passes(sets, satellites, row, span),
    )


def _span_days(own: ElementSets, assumptions: Assumptions) -> float:
    """Return the length of the span: as stated, else by the orbit."""
    if assumptions.span_days is not None:
        return assumptions.span_days
    is_low = float(period_min(own.mean_elements())[0]) < _LOW_PERIOD_MIN
    return _LOW_DAYS if is_low else _HIGH_DAYS


def _stream(
    norad_id: int, at_utc: np.datetime64, number: int, assumptions: Assumptions
) -> np.random.Generator:
    """Return random numbers of their own for each asset, moment and span under one seed."""
    moment = int(at_utc.astype("datetime64[us]").astype(np.int64))
    words = [assumptions.seed, norad_id, abs(moment), number]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def passes_of(sets: ElementSets, satellites: Satellites, row: int, span: DrawnSpan) -> Encounters:
    """Return the passes of the asset in the span and the hours beside it, timed from the moment."""
    beside = np.timedelta64(round(CONJUNCTION_HALF_S * 1e6), "us")
    start_utc, end_utc = span.from_utc - beside, span.until_utc + beside
    duration_s, earlier_s = (
        float((later - start_utc) / np.timedelta64(1, "us")) * 1e-6
        for later in (end_utc, span.at_utc)
    )
    found = closest_approaches(satellites, np.array([row]), start_utc, duration_s, PASS_REACH_KM)
    return replace(found, tca_s=found.tca_s - earlier_s)


def _more_data(scene: CauseScene, beside: Beside) -> MoreData:
    """Return what is at hand beside the orbits, each with the moments that it covers."""
    as_of_utc = as_column_time(scene.picture.as_of_utc)
    weather = None if beside.weather is None else beside.weather.known_by(as_of_utc)
    found, watched = _manoeuvres(scene)
    epochs = scene.picture.history.of_object(scene.norad_id).epoch_utc
    has_history = len(np.unique(epochs)) >= FEWEST_SETS
    first, last = epochs.min(), epochs.max()
    cells = scene.picture.integrity
    return MoreData(
        weather=weather,
        weather_span=None if weather is None else _weather_span(scene, weather),
        areas=areas_in(scene.picture) if beside.areas is None else beside.areas,
        area_span=None if cells is None else _map_span(scene, cells),
        manoeuvres=found,
        watched=watched,
        history_span=_span(scene, first, max(last, scene.at_utc), 2) if has_history else None,
        covered_span=_span(scene, first, last, 3) if has_history else None,
        known_span=_known_span(scene),
    )


def _span(
    scene: CauseScene,
    first_utc: np.datetime64,
    last_utc: np.datetime64,
    number: int,
    longest_days: float = _HISTORY_DAYS,
) -> DrawnSpan | None:
    """Return moments drawn in what some data cover; None where they leave out the moment."""
    if not first_utc <= scene.at_utc <= last_utc or first_utc == last_utc:
        return None
    days = min(longest_days, float((last_utc - first_utc) / np.timedelta64(1, "s")) / 86400.0)
    return drawn_span(
        scene.at_utc,
        days,
        scene.assumptions.drawn,
        _stream(scene.norad_id, scene.at_utc, number, scene.assumptions),
        not_before=first_utc,
        not_after=last_utc,
    )


def _weather_span(scene: CauseScene, weather: SpaceWeather) -> DrawnSpan | None:
    until = weather.observed_until_utc
    if until is None or not len(weather):
        return None
    first = weather.day_utc[0] + np.timedelta64(round(BACK_H + 2.0 * PERIOD_H), "h")
    # Where the three hours of the moment are not over, those before them are looked at.
    last = max(until, min(scene.at_utc, until + np.timedelta64(round(PERIOD_H), "h")))
    return _span(scene, first, last, 4, _YEAR_DAYS)


def _map_span(scene: CauseScene, cells: IntegrityCells) -> DrawnSpan | None:
    if not len(cells):
        return None
    first = cells.day_utc.min().astype("datetime64[us]")
    last = cells.day_utc.max().astype("datetime64[us]") + np.timedelta64(1, "D")
    return _span(scene, first, last, 5, _MAP_DAYS)


def _known_span(scene: CauseScene) -> DrawnSpan | None:
    known_utc = scene.picture.history.known_utc
    return _span(scene, known_utc.min(), known_utc.max(), 6)


def areas_in(picture: Picture) -> tuple[GroundArea, ...] | None:
    """Return the areas of lost navigation in the maps at hand, old ones too; None without maps."""
    if picture.integrity is None:
        return None
    return tuple(
        GroundArea(
            found.start_utc,
            found.end_utc,
            found.latitude_deg,
            found.longitude_deg,
            found.area_km2,
            found.reality,
        )
        for found in EVERY_AREA.detect(picture)
    )


def _manoeuvres(scene: CauseScene) -> tuple[Manoeuvres | None, Watched | None]:
    """Return what the histories of the asset and of its company show; None where there are none."""
    wanted = [scene.norad_id, *scene.sets.norad_id[scene.around.companions].tolist()]
    history = scene.picture.history
    ids, counts = np.unique(history.norad_id, return_counts=True)
    enough = ids[(counts >= _RULE.fewest_sets) & np.isin(ids, wanted)]
    if scene.norad_id not in enough:
        return None, None
    sets = distinct(history.take(np.isin(history.norad_id, enough)))
    judged = _RULE.judge(sets.mean_elements(), sets.norad_id)
    (concluded,), _ = _RULE.conclude([judged], asked=len(wanted))
    return concluded.changes, concluded.watched
