"""The orbits of an incident to draw, and the ground under what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from hoshimori.model.elements import ElementSets
from hoshimori.model.exports import GroundPlace, OrbitSpan, object_name
from hoshimori.model.finding import Finding, kind_of
from hoshimori.model.findings import Breakup, Conjunction, GeoNeighbour, Manoeuvre, Proximity
from hoshimori.model.incidents import Incident
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.frames import EarthOrientation, geodetic, teme_to_gcrf, teme_to_itrf
from hoshimori.numerics.sgp4 import initialise, propagate

MOST_ORBITS = 60
MOST_SAMPLES = 20_000

_STEP_DEG = 4.0
"""Of true anomaly, at perigee: where interpolation is hardest."""
_LONGEST_STEP_S = 1_800.0
_PAST_DAYS = 1.0
_SECONDS_PER_DAY = 86_400.0


def orbit_spans(
    sets: ElementSets,
    start_utc: datetime,
    stop_utc: datetime,
    *,
    assets: Iterable[int],
    orientation: EarthOrientation,
) -> tuple[OrbitSpan, ...]:
    """Return where each object is between two moments, at steps that its perigee asks for.

    Longer spans than `MOST_SAMPLES` steps are cut at their end; one that SGP4 cannot propagate is
    left out, and one that decays ends there.

    Raises:
        CoverageError: the Earth's orientation is not known over all of that time.
    """
    protected = frozenset(assets)
    spans = []
    for row in range(len(sets)):
        one = sets.take(np.array([row]))
        span = _span(one, start_utc, stop_utc, protected, orientation)
        if span is not None:
            spans.append(span)
    return tuple(spans)


def _span(
    one: ElementSets,
    start_utc: datetime,
    stop_utc: datetime,
    protected: frozenset[int],
    orientation: EarthOrientation,
) -> OrbitSpan | None:
    t0_utc = as_column_time(start_utc)
    step_s = step_of(float(one.mean_motion_rev_day[0]), float(one.eccentricity[0]))
    length_s = max((stop_utc - start_utc).total_seconds(), 8.0 * step_s)
    samples = min(int(np.ceil(length_s / step_s)) + 1, MOST_SAMPLES)
    t_s = np.arange(samples, dtype=np.float64) * step_s
    states = propagate(initialise(one.mean_elements()), t0_utc, t_s)
    is_there = np.isfinite(states.position_teme_km[0]).all(axis=1)
    last = len(t_s) if is_there.all() else int(np.argmin(is_there))
    if last < 2:
        return None
    position, velocity = states.position_teme_km[0, :last], states.velocity_teme_km_s[0, :last]
    times_utc = t0_utc + np.rint(t_s[:last] * 1e6).astype("timedelta64[us]")
    fixed, _ = teme_to_itrf(position, velocity, times_utc, orientation)
    latitude, longitude, height = geodetic(fixed)
    return OrbitSpan(
        norad_id=int(one.norad_id[0]),
        name=str(one.object_name[0]),
        is_asset=int(one.norad_id[0]) in protected,
        period_s=_SECONDS_PER_DAY / float(one.mean_motion_rev_day[0]),
        epoch_utc=as_datetime(one.epoch_utc[0]),
        times_utc=times_utc,
        position_gcrf_km=teme_to_gcrf(position, times_utc),
        latitude_deg=np.degrees(latitude),
        longitude_deg=np.degrees(longitude),
        height_km=height,
    )


def step_of(mean_motion_rev_day: float, eccentricity: float) -> float:
    """Return the step [s], a whole number, in which the perigee is passed by four degrees.

    >>> step_of(15.5, 0.0), step_of(1.0027, 0.0), step_of(2.0, 0.7)
    (61.0, 957.0, 60.0)
    """
    e = min(eccentricity, 0.95)
    rate_deg_s = (
        mean_motion_rev_day * 360.0 / _SECONDS_PER_DAY * (1.0 + e) ** 2 / (1 - e * e) ** 1.5
    )
    return float(max(1.0, np.floor(min(_STEP_DEG / rate_deg_s, _LONGEST_STEP_S))))


def whole_window(incident: Incident, picture: Picture) -> tuple[datetime, datetime]:
    """Return the time that a globe shows: the incident, within what was looked at."""
    as_of = picture.as_of_utc
    earliest = as_of - timedelta(days=_PAST_DAYS)
    latest = as_of + timedelta(days=picture.days_ahead)
    around = timedelta(hours=2.0)
    start = min(max(incident.start_utc - around, earliest), as_of)
    stop = max(min(incident.end_utc + around, latest), as_of + around)
    return start, stop


def track_window(
    findings: Sequence[Finding], sets: ElementSets, picture: Picture
) -> tuple[datetime, datetime]:
    """Return the time of the ground tracks: a revolution to each side of the deciding moment."""
    moment = moment_of(findings[0]) if findings else picture.as_of_utc
    earliest = picture.as_of_utc - timedelta(days=_PAST_DAYS)
    moment = max(earliest, min(moment, picture.as_of_utc + timedelta(days=picture.days_ahead)))
    slowest = float(sets.mean_motion_rev_day.min()) if len(sets) else 15.0
    turn = timedelta(days=min(1.0 / max(slowest, 0.1), 2.0))
    return moment - turn, moment + turn


def moment_of(finding: Finding) -> datetime:
    """Return the moment that matters most in a finding."""
    match finding:
        case Conjunction():
            return finding.tca_utc
        case Proximity() | GeoNeighbour():
            return finding.range_utc
        case Manoeuvre():
            return finding.burn_utc
        case Breakup():
            return finding.event_utc
        case _:
            return finding.start_utc


def places_of(
    findings: Sequence[Finding],
    picture: Picture,
    *,
    names: Mapping[int, str],
    orientation: EarthOrientation,
) -> tuple[GroundPlace, ...]:
    """Return the ground under each break-up, and under the deciding finding where two objects meet.

    The common point of pieces has a latitude and a height, but its longitude follows from where
    the likeliest parent with an earlier element set was at that moment; without one there is no
    place. Where two objects meet it is that of the first.
    """
    found = []
    for number, finding in enumerate(findings):
        place = None
        if isinstance(finding, Breakup):
            place = _breakup_place(finding, picture, names, orientation)
        elif number == 0 and isinstance(finding, Conjunction | Proximity | GeoNeighbour):
            place = _meeting_place(finding, picture, names, orientation)
        found.append(place)
    return tuple(place for place in found if place is not None)


def _meeting_place(
    finding: Conjunction | Proximity | GeoNeighbour,
    picture: Picture,
    names: Mapping[int, str],
    orientation: EarthOrientation,
) -> GroundPlace | None:
    own = picture.newest.of_object(finding.objects[0])
    because = "where its newest element set has it"
    return _place_under(finding, own, because, names, orientation)


def _breakup_place(
    finding: Breakup,
    picture: Picture,
    names: Mapping[int, str],
    orientation: EarthOrientation,
) -> GroundPlace | None:
    event_utc = as_column_time(finding.event_utc)
    because = (
        "where this candidate for the parent was by its last element set before; "
        f"the moment is known to {finding.event_sigma_s:.0f} s (1 sigma)"
    )
    for candidate in finding.candidates:
        own = picture.history.of_object(candidate.norad_id)
        before = own.take(own.epoch_utc <= event_utc)
        place = _place_under(finding, before.newest(), because, names, orientation)
        if place is not None:
            return place
    return None


def _place_under(
    finding: Finding,
    own: ElementSets,
    because: str,
    names: Mapping[int, str],
    orientation: EarthOrientation,
) -> GroundPlace | None:
    moment = moment_of(finding)
    spans = orbit_spans(own, moment, moment, assets=(), orientation=orientation)
    if not spans:
        return None
    return GroundPlace(
        name=object_name(spans[0].norad_id, names),
        kind=kind_of(finding),
        finding_id=finding.finding_id,
        moment_utc=moment,
        latitude_deg=float(spans[0].latitude_deg[0]),
        longitude_deg=float(spans[0].longitude_deg[0]),
        height_km=float(spans[0].height_km[0]),
        because=because,
    )
