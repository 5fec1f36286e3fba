"""The proximity picture: how the second object of a pair moves about the first, and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.findings import (
    AnyFinding,
    Conjunction,
    GeoNeighbour,
    Interval,
    NearFinding,
    Proximity,
    Shadowing,
)
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.constants import SECONDS_PER_DAY
from hoshimori.numerics.covariance import error_history
from hoshimori.numerics.covariance_classes import ErrorGrowth, in_crowded_shell
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.frames import rtn_basis
from hoshimori.numerics.geo import moments
from hoshimori.numerics.relative import mean_motion_rad_s, relative_track_rtn_km
from hoshimori.numerics.sgp4 import Satellites, States, initialise, propagate
from hoshimori.numerics.uncertainty import covariance_teme_km2

POINTS = 241
_REVOLUTIONS = 3.0
"""To either side of the smallest range of a stay."""
_BELT_DAYS = 1.5
_MISSES = 6.0
"""A fast pass is drawn so many misses to either side, or sigmas where these are more."""
_LEAST_PASS_KM = 2.0
_CLOSER = 60
_MOST_VALLEYS = 6
_LONGEST_PASS_REVOLUTIONS = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class RelativeTracks:
    """One pair over time, in the RTN frame of the first; columns of shape (m,), (m, 3), (m, 3, 3).

    One of the moments is that of the smallest range in the span drawn.
    """

    finding: NearFinding
    times_utc: Times
    rtn_km: Floats
    covariance_rtn_km2: Floats
    """Of the second object's place relative to the first, from the ages of both element sets."""
    closest: int
    """Which moment is that of the smallest range."""
    range_km: Interval
    """Smallest range, as the finding states it."""
    epochs_utc: tuple[np.datetime64, np.datetime64]
    """Of the element sets that the track comes from."""
    revolution_s: float
    """One revolution of the first object."""

    @property
    def ranges_km(self) -> Floats:
        """Distance between the objects at each moment."""
        return np.asarray(np.linalg.norm(self.rtn_km, axis=1))


def relative_tracks(
    picture: Picture, findings: Sequence[AnyFinding], finding_id: str = ""
) -> RelativeTracks:
    """Return the picture of a pair among the findings of an incident: the chosen, else the first.

    Raises:
        CoverageError: no finding is about two objects whose element sets tell where they are.
    """
    finding = pair_finding(findings, finding_id)
    moment = _deciding_moment(finding, picture)
    sets = _sets_for(picture, finding.objects[:2], moment)
    satellites = initialise(sets.mean_elements())
    moment_utc = as_column_time(moment)
    t_s = _seconds(picture, finding, satellites, moment)
    if not len(t_s):
        raise CoverageError(f"SGP4 cannot tell where both objects are at {moment:%Y-%m-%dT%H:%MZ}")
    errors = _errors(picture, sets)
    states = propagate(satellites, moment_utc, t_s)
    rtn, covariance = _relative(satellites, errors, moment_utc, t_s, states)
    return RelativeTracks(
        finding=finding,
        times_utc=moments(moment_utc, t_s),
        rtn_km=rtn,
        covariance_rtn_km2=covariance,
        closest=int(np.argmin(np.linalg.norm(rtn, axis=1))),
        range_km=_interval(finding),
        epochs_utc=(sets.epoch_utc[0], sets.epoch_utc[1]),
        revolution_s=_revolution_s(satellites, moment_utc),
    )


def is_about_a_pair(finding: AnyFinding) -> bool:
    """Return whether a finding is about two objects near one another."""
    return isinstance(finding, Conjunction | Proximity | GeoNeighbour | Shadowing)


def pair_finding(findings: Sequence[AnyFinding], finding_id: str = "") -> NearFinding:
    """Return the finding about two objects of an id, else the first that there is.

    Raises:
        CoverageError: there is none.
    """
    pairs = [f for f in findings if isinstance(f, Conjunction | Proximity | GeoNeighbour)]
    shadows = [f for f in findings if isinstance(f, Shadowing)]
    for finding in (*pairs, *shadows):
        if finding_id in ("", finding.finding_id):
            return finding
    raise CoverageError("no finding of this incident is about two objects near one another")


def _deciding_moment(finding: NearFinding, picture: Picture) -> datetime:
    """Return the moment of the smallest range, to the finding's own accuracy."""
    match finding:
        case Conjunction():
            return finding.tca_utc
        case Proximity() | GeoNeighbour():
            return finding.range_utc
        case Shadowing():
            return picture.as_of_utc


def _interval(finding: NearFinding) -> Interval:
    return finding.miss_km if isinstance(finding, Conjunction) else finding.range_km


def _sets_for(picture: Picture, objects: Sequence[int], moment: datetime) -> ElementSets:
    """Return the element set of each object that a detector used for a moment.

    The newest for what comes; for what is past, the one whose epoch is nearest.

    Raises:
        CoverageError: an object has none.
    """
    chosen = []
    for norad_id in objects:
        own = picture.newest.of_object(norad_id)
        if not len(own) or moment < picture.as_of_utc:
            own = picture.history.of_object(norad_id)
        if not len(own):
            raise CoverageError(f"object {norad_id} has no element set in this picture")
        nearest = np.argmin(np.abs(own.epoch_utc - as_column_time(moment)))
        chosen.append(own.take(np.array([nearest])))
    return concatenate(chosen)


def _seconds(
    picture: Picture, finding: NearFinding, satellites: Satellites, moment: datetime
) -> Floats:
    """Return moments with states, in seconds after one, the smallest range among them."""
    before_s, after_s = _span_s(picture, finding, satellites, moment)
    t0_utc = as_column_time(moment)
    t_s = np.union1d(np.linspace(-before_s, after_s, POINTS), 0.0)
    ranges = _ranges_km(satellites, t0_utc, t_s)
    t_s, ranges = t_s[np.isfinite(ranges)], ranges[np.isfinite(ranges)]
    if not len(t_s):
        return t_s
    lows = [_lowest(satellites, t0_utc, t_s, row) for row in _valleys(ranges)]
    return np.union1d(t_s, min(lows)[1])


def _valleys(ranges: Floats) -> list[int]:
    """Return the places of local minima that may hold the smallest: of several, the lowest few."""
    fenced = np.concatenate([[np.inf], ranges, [np.inf]])
    low = np.flatnonzero((fenced[1:-1] <= fenced[:-2]) & (fenced[1:-1] <= fenced[2:]))
    chosen: list[int] = low[np.argsort(ranges[low], kind="stable")][:_MOST_VALLEYS].tolist()
    return chosen


def _lowest(
    satellites: Satellites, t0_utc: np.datetime64, t_s: Floats, row: int
) -> tuple[float, float]:
    """Return the smallest range about a sample, and when: looked for twice between neighbours."""
    first, last = float(t_s[max(row - 1, 0)]), float(t_s[min(row + 1, len(t_s) - 1)])
    inner, place, ranges = t_s, row, np.empty(0)
    for _ in range(2):
        inner = np.union1d(np.linspace(first, last, _CLOSER), inner[place])
        ranges = _ranges_km(satellites, t0_utc, inner)
        place = int(np.argmin(ranges))
        first, last = float(inner[max(place - 1, 0)]), float(inner[min(place + 1, len(inner) - 1)])
    return float(ranges[place]), float(inner[place])


def _ranges_km(satellites: Satellites, t0_utc: np.datetime64, t_s: Floats) -> Floats:
    first, second = propagate(satellites, t0_utc, t_s).position_teme_km
    return np.asarray(np.linalg.norm(second - first, axis=1))


def _span_s(
    picture: Picture, finding: NearFinding, satellites: Satellites, moment: datetime
) -> tuple[float, float]:
    """Return how far to draw before and after a moment."""
    revolution_s = _revolution_s(satellites, as_column_time(moment))
    match finding:
        case Conjunction():
            half_s = min(_pass_s(finding), _LONGEST_PASS_REVOLUTIONS * revolution_s)
            return half_s, half_s
        case Proximity():
            half_s = _REVOLUTIONS * revolution_s
            first, last = finding.start_utc, finding.end_utc
        case GeoNeighbour():
            half_s = _BELT_DAYS * SECONDS_PER_DAY
            first = min(picture.as_of_utc, moment)
            last = max(moment, picture.as_of_utc + timedelta(days=picture.days_ahead))
        case Shadowing():
            return 0.0, SECONDS_PER_DAY
    return _within(half_s, (moment - first).total_seconds(), (last - moment).total_seconds())


def _pass_s(finding: Conjunction) -> float:
    """Return in what time a fast pass goes so far that its miss and error show."""
    sigma_km = (finding.miss_km.high - finding.miss_km.best) / 2.0
    known_km = sigma_km if np.isfinite(sigma_km) else 0.0
    reach_km = _MISSES * max(finding.miss_km.best, known_km, _LEAST_PASS_KM)
    return reach_km / max(finding.speed_km_s, 1e-6)


def _within(half_s: float, most_before_s: float, most_after_s: float) -> tuple[float, float]:
    """Return times before and after; what one side lacks, the other gets as far as it goes.

    >>> _within(10.0, 4.0, 100.0)
    (4.0, 16.0)
    """
    before_s, after_s = min(half_s, most_before_s), min(half_s, most_after_s)
    spare_s = 2.0 * half_s - before_s - after_s
    before_s = min(before_s + spare_s, most_before_s) if after_s < half_s else before_s
    after_s = min(2.0 * half_s - before_s, most_after_s)
    return max(before_s, 0.0), max(after_s, 0.0)


def _revolution_s(satellites: Satellites, moment_utc: np.datetime64) -> float:
    states = propagate(satellites, moment_utc, np.zeros(1))
    motion = mean_motion_rad_s(states.position_teme_km[0, 0], states.velocity_teme_km_s[0, 0])
    return float(2.0 * np.pi / motion) if np.isfinite(motion) else SECONDS_PER_DAY


def _errors(picture: Picture, sets: ElementSets) -> ErrorGrowth:
    """Return how the errors of a pair grow, judged by its own earlier sets as detectors do."""
    elements = sets.mean_elements()
    whole = picture.newest.mean_elements()
    crowded = picture.newest.norad_id[in_crowded_shell(whole)]
    own = picture.history.take(np.isin(picture.history.norad_id, sets.norad_id))
    _, first = np.unique(sets.norad_id, return_index=True)
    judged = error_history(
        elements.take(first),
        sets.norad_id[first],
        own.mean_elements(),
        own.norad_id,
        in_shell=np.isin(sets.norad_id[first], crowded),
    )
    growth = judged.growth(np.arange(len(first)))
    return growth.take(np.searchsorted(sets.norad_id[first], sets.norad_id))


def _relative(
    satellites: Satellites,
    errors: ErrorGrowth,
    moment_utc: np.datetime64,
    t_s: Floats,
    states: States,
) -> tuple[Floats, Floats]:
    """Return the track (m, 3) and the covariances (m, 3, 3) in the first object's RTN frame."""
    position, velocity = states.position_teme_km, states.velocity_teme_km_s
    covariance = np.zeros((len(t_s), 3, 3))
    for k in range(2):
        age_days = (moment_utc - satellites.epoch_utc[k]) / np.timedelta64(1, "D")
        rows = np.full(len(t_s), k)
        sigma = errors.take(rows).sigma_rtn_km(age_days + t_s / SECONDS_PER_DAY)
        covariance += covariance_teme_km2(position[k], velocity[k], sigma)
    basis = rtn_basis(position[0], velocity[0])
    rtn = relative_track_rtn_km(position[0], velocity[0], position[1])
    return rtn, np.asarray(basis @ covariance @ np.swapaxes(basis, -1, -2))
