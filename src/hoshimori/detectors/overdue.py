"""Which objects were not updated when their own cadence says they should have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from hoshimori.model import measured_curves
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.findings import Anomaly, BaseRate, Confidence, Phenomenon
from hoshimori.model.measured_rates import OVERDUE
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.cadence import cadence
from hoshimori.numerics.elements import (
    Floats,
    OrbitRegime,
    orbit_regime,
    perigee_altitude_km,
    semi_major_axis_km,
)
from hoshimori.numerics.reentry import days_to_reentry, published_axis_rate_km_day
from hoshimori.numerics.sgp4 import initialise, propagate_each
from hoshimori.numerics.vicinity import companions

_HIGHEST_PERIGEE_KM = 500.0
"""Above this nothing re-enters within the time of a picture."""


@dataclass(frozen=True, slots=True)
class OverdueDetector:
    """Finds assets and their companions whose newest element set is older than usual.

    With no assets in the picture every object is examined.
    """

    times_usual: float = 3.0
    """How many usual intervals the newest element set must be old."""
    own_spreads: float = 6.0
    """And, where the object's own intervals are known, how many of their spreads late."""
    least_age_days: float = 1.0
    """Nothing younger is overdue."""
    largest_share: float = 0.05
    """Where more objects of the regime are as late, the catalogue is late and not the object."""
    fewest_intervals: int = 4
    """Own intervals needed; with fewer the regime's stand in."""
    lookback_days: float = 60.0
    """How far back intervals are taken."""
    lost_after_days: float = 14.0
    lost_times_usual: float = 10.0
    """Late by both, an object is called lost: its elements no longer tell where it is."""
    companion_km: float = 1000.0
    companion_plane_deg: float = 1.0
    """Other objects this near an asset, in a plane this close, are examined as well."""

    card: ClassVar[Card] = Card(
        name="overdue",
        version=2,
        question="Which objects were not updated when their own cadence says they should be?",
        needs="The newest element sets; five or more sets of an object to know its own cadence.",
        method=(
            "The age of the newest element set over the usual interval: the median of the object's "
            "own recent intervals, or, where fewer than four are known, twice the median age of "
            "the newest sets of its regime in the same catalogue (ages of regularly updated "
            "objects are spread evenly over one interval). Reported from three usual intervals "
            "and one day on, beyond its own longest recent interval. An asset whose elements are "
            "too old for the picture is taken from the history. What is late is told apart: "
            "presumed decayed where the last elements let it re-enter before the moment (as the "
            "decay detector reckons), lost from two weeks and ten usual intervals on, else late. "
            "The base rate is the share of objects of the regime that are at least as late by "
            "the same measure."
        ),
        references=("Lemmens and Krag 2014, JGCD 37(3), 860 (update intervals by regime)",),
        false_alarm_rate=OVERDUE,
        known_false_alarms=(
            "Files that hold only part of a catalogue or were downloaded before the moment.",
            "Objects that left the catalogue because they decayed.",
            "Two copies of one element set under different receipt times.",
        ),
        sweep=measured_curves.OVERDUE,
    )

    def detect(self, picture: Picture) -> tuple[Anomaly, ...]:
        """Return one finding for each overdue object, the most overdue first."""
        newest = _with_old_assets(picture)
        if not len(newest):
            return ()
        lateness = self._lateness(picture, newest)
        wanted = self._watched(picture, newest)
        found = [
            finding
            for row in np.flatnonzero(wanted & self._is_late(lateness))
            if (finding := self._finding(picture, newest, lateness, int(row))) is not None
        ]
        return tuple(sorted(found, key=lambda f: (-f.age_days / f.usual_days, f.objects)))

    def _lateness(self, picture: Picture, newest: ElementSets) -> _Lateness:
        t0_utc = as_column_time(picture.as_of_utc)
        age_us = (t0_utc - newest.epoch_utc).astype(np.float64)
        age_days = np.maximum(age_us / 86400e6, 0.0)
        regime = orbit_regime(newest.mean_elements())
        lookback = np.timedelta64(round(self.lookback_days * 86400e6), "us")
        recent = picture.history.epoch_utc >= t0_utc - lookback
        known = cadence(picture.history.norad_id[recent], picture.history.epoch_utc[recent])
        place = np.minimum(
            np.searchsorted(known.object_id, newest.norad_id), max(len(known.object_id) - 1, 0)
        )
        own = np.zeros(len(newest), dtype=np.bool_)
        usual_days, latest_days = _usual_of_regime(regime, age_days), np.zeros(len(newest))
        intervals = np.zeros(len(newest), dtype=np.int64)
        if len(known.object_id):
            same = known.object_id[place] == newest.norad_id
            intervals = np.where(same, known.intervals[place], 0)
            own = intervals >= self.fewest_intervals
            usual_days = np.where(own, known.median_days[place], usual_days)
            own_limit = known.median_days + self.own_spreads * known.spread_days
            own_limit = np.fmax(own_limit, known.longest_days)
            latest_days = np.where(own, own_limit[place], 0.0)
        return _Lateness(age_days, usual_days, latest_days, intervals, own, regime)

    def _is_late(self, lateness: _Lateness) -> npt.NDArray[np.bool_]:
        return np.asarray(
            (lateness.times_usual() >= self.times_usual)
            & (lateness.age_days >= self.least_age_days)
            & (lateness.age_days > lateness.latest_days)
        )

    def _watched(self, picture: Picture, newest: ElementSets) -> npt.NDArray[np.bool_]:
        if not picture.assets:
            return np.ones(len(newest), dtype=np.bool_)
        assets = [asset.norad_id for asset in picture.assets]
        states = propagate_each(
            initialise(newest.mean_elements()),
            as_column_time(picture.as_of_utc),
            np.zeros(len(newest)),
        )
        is_asset = np.isin(newest.norad_id, assets)
        return is_asset | companions(
            states,
            np.flatnonzero(is_asset),
            distance_km=self.companion_km,
            plane_deg=self.companion_plane_deg,
        )

    def _finding(
        self, picture: Picture, newest: ElementSets, lateness: _Lateness, row: int
    ) -> Anomaly | None:
        alike = lateness.regime == lateness.regime[row]
        times_usual = lateness.times_usual()
        as_late = int(np.count_nonzero(alike & (times_usual >= times_usual[row])))
        rate = BaseRate.counted(
            OrbitRegime(lateness.regime[row]).name, as_late, int(np.count_nonzero(alike))
        )
        if rate.share.best > self.largest_share:
            return None
        norad_id, basis = int(newest.norad_id[row]), (element_set_digest(newest, row),)
        name = f"{self.card.name}/{self.card.version}"
        usual_days = float(lateness.usual_days[row])
        due_utc = newest.epoch_utc[row] + np.timedelta64(round(usual_days * 86400e6), "us")
        confidence, because = _confidence(lateness, row)
        return Anomaly(
            finding_id=finding_id(name, self, (norad_id,), basis),
            detector=name,
            objects=(norad_id,),
            start_utc=as_datetime(due_utc),
            end_utc=picture.as_of_utc,
            base_rate=rate,
            confidence=confidence,
            confidence_because=because,
            basis=basis,
            reality=newest.take(np.array([row])).reality,
            phenomenon=self._phenomenon(newest, lateness, row),
            age_days=float(lateness.age_days[row]),
            usual_days=usual_days,
        )

    def _phenomenon(self, newest: ElementSets, lateness: _Lateness, row: int) -> Phenomenon:
        age_days, one = float(lateness.age_days[row]), newest.take(np.array([row]))
        if _remaining_days(one) <= age_days:
            return Phenomenon.PRESUMED_DECAYED
        times_usual = float(lateness.times_usual()[row])
        if age_days >= self.lost_after_days and times_usual >= self.lost_times_usual:
            return Phenomenon.OBJECT_LOST
        return Phenomenon.ELEMENTS_OVERDUE


def _with_old_assets(picture: Picture) -> ElementSets:
    """Return the newest sets of all objects, also of assets too long without one."""
    newest = picture.newest.sorted_by_object()
    missing = {asset.norad_id for asset in picture.assets} - set(newest.norad_id.tolist())
    if not missing:
        return newest
    old = picture.history.take(np.isin(picture.history.norad_id, list(missing))).newest()
    return concatenate([newest, old]).sorted_by_object()


def _remaining_days(one: ElementSets) -> float:
    """Return in how many days after its elements an object re-enters, by the published rate."""
    elements = one.mean_elements()
    if perigee_altitude_km(elements)[0] > _HIGHEST_PERIGEE_KM:
        return float("inf")
    axis_km = semi_major_axis_km(elements)
    rate = published_axis_rate_km_day(
        axis_km, one.mean_motion_rev_day, one.mean_motion_dot_rev_day2
    )
    return float(days_to_reentry(axis_km, elements.eccentricity, rate)[0])


@dataclass(frozen=True, slots=True, eq=False)
class _Lateness:
    """How late every object is, shape (n,)."""

    age_days: Floats
    usual_days: Floats
    latest_days: Floats
    """The age that its own intervals still allow; 0 where they are not known."""
    intervals: npt.NDArray[np.int64]
    own: npt.NDArray[np.bool_]
    regime: npt.NDArray[np.uint8]

    def times_usual(self) -> Floats:
        return np.asarray(self.age_days / self.usual_days)


def _usual_of_regime(regime: npt.NDArray[np.uint8], age_days: Floats) -> Floats:
    """Return twice the median age in each regime, half a day at least."""
    usual_days = np.full(len(age_days), np.nan)
    for kind in OrbitRegime:
        members = regime == kind
        if members.any():
            usual_days[members] = max(2.0 * float(np.median(age_days[members])), 0.5)
    return usual_days


def _confidence(lateness: _Lateness, row: int) -> tuple[Confidence, str]:
    intervals = int(lateness.intervals[row])
    if not lateness.own[row]:
        return Confidence.LOW, "its own cadence is not known; compared with its regime"
    level = Confidence.HIGH if intervals >= 20 else Confidence.MODERATE
    return level, f"its own cadence is known from {intervals} intervals"
