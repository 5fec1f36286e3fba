"""Which orbits end soon, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hoshimori.model import measured_curves
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import BaseRate, Confidence, Decay
from hoshimori.model.measured_rates import DECAY
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import (
    Floats,
    OrbitRegime,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
    semi_major_axis_km,
)
from hoshimori.numerics.reentry import (
    days_to_reentry,
    published_axis_rate_km_day,
    pull_km_day,
    reentry_factor,
)
from hoshimori.numerics.sinking import SPANS_DAYS, Sinking, sinking_now


@dataclass(frozen=True, slots=True)
class DecayDetector:
    """Finds assets whose orbits end soon; every object where the picture has no assets."""

    horizon_days: float = 60.0
    """Only what should re-enter within this time after the moment is reported."""
    highest_perigee_km: float = 500.0
    """Above this nothing ends within the horizon."""

    card: ClassVar[Card] = Card(
        name="decay",
        version=2,
        question="Which orbits end soon, and when?",
        needs=(
            "One element set; with four or more over 1.2 days the orbit's own sinking is taken "
            "instead of the published rate."
        ),
        method=(
            "The semi-major axis and the eccentricity are carried on under drag averaged over a "
            "revolution (King-Hele), in the mean atmosphere of Vallado's table, scaled so that "
            "the axis sinks now as it is seen to: so area, mass and solar activity need not be "
            "known, and are taken to stay. What it sank on other days is scaled to the air of the "
            "present height; jumps are taken out; the median slope (Sen) counts of the longest "
            "span, from two to five days (fifteen where noise asks for it), with which shorter "
            "ones agree (Lepski). Who rose in that time is judged by all of it. The end is a mean "
            "perigee of 90 km. The window is a factor on the remaining time that holds nine in "
            "ten, wider where the rate is uncertain. Base rate: the share of the objects of low "
            "orbits that end as soon."
        ),
        references=(
            "King-Hele 1987, Satellite Orbits in an Atmosphere, chapters 3 and 4",
            "Lepski 1991, Theory Probab. Appl. 35, 454",
            "Sen 1968, J. Am. Stat. Assoc. 63, 1379",
            "Vallado 2013, Fundamentals of Astrodynamics and Applications, table 8-4",
        ),
        false_alarm_rate=DECAY,
        known_false_alarms=(
            "Satellites that lower or raise their orbits by engine, also only later on; who "
            "lowers slowly ends later than told, as thrust does not grow with the air.",
            "The first two days after a burn or a change of drag, which sets do not tell apart.",
            "Eccentric orbits, whose perigees Moon and Sun move.",
            "Storms of space weather, which bring the end forward by days.",
            "Windows longer than a month: solar activity changes meanwhile.",
        ),
        sweep=measured_curves.DECAY,
    )

    def detect(self, picture: Picture) -> tuple[Decay, ...]:
        """Return one finding for each orbit that ends within the horizon, the soonest first."""
        newest = picture.newest.sorted_by_object()
        low = np.flatnonzero(perigee_altitude_km(newest.mean_elements()) < self.highest_perigee_km)
        sets = newest.take(low)
        if not len(sets):
            return ()
        elements = sets.mean_elements()
        axis_km = semi_major_axis_km(elements)
        sinking = _sinking(picture.history, sets)
        rates = np.where(
            np.isnan(sinking.rate_km_day),
            published_axis_rate_km_day(
                axis_km, sets.mean_motion_rev_day, sets.mean_motion_dot_rev_day2
            ),
            -sinking.rate_km_day,
        )
        as_of_utc = as_column_time(picture.as_of_utc)
        age_days = (as_of_utc - sets.epoch_utc).astype(np.float64) / 86400e6
        farthest = self.horizon_days + float(age_days.max())
        days = days_to_reentry(axis_km, elements.eccentricity, rates, within_days=farthest)
        ahead = days - age_days
        ends = np.isfinite(days) & (ahead <= self.horizon_days) & (ahead >= 0.0)
        in_low_orbits = int(np.sum(orbit_regime(newest.mean_elements()) == OrbitRegime.LEO))
        assets = [asset.norad_id for asset in picture.assets]
        wanted = np.isin(sets.norad_id, assets) if assets else np.ones(len(sets), np.bool_)
        scene = _Scene(self, sets, rates, sinking, days, np.sort(ahead[ends]), in_low_orbits)
        rows = np.flatnonzero(wanted & ends).tolist()
        found = [_finding(scene, row, float(ahead[row])) for row in rows]
        return tuple(sorted(found, key=lambda f: (f.reentry_utc, f.objects)))


def _sinking(history: ElementSets, sets: ElementSets) -> Sinking:
    """Return how fast orbits sink, by their histories; NaN where these are too short to tell."""
    past = history.take(np.isin(history.norad_id, sets.norad_id)).sorted_by_object()
    since = sets.epoch_utc - np.timedelta64(round(SPANS_DAYS[-1] * 86400e6), "us")
    past = past.take(past.epoch_utc >= since[np.searchsorted(sets.norad_id, past.norad_id)])
    elements = past.mean_elements()
    axes_km = semi_major_axis_km(elements)
    return sinking_now(
        (past.epoch_utc - np.datetime64(0, "us")) / np.timedelta64(1, "D"),
        axes_km,
        pull_km_day(axes_km, elements.eccentricity),
        np.searchsorted(past.norad_id, sets.norad_id),
        np.searchsorted(past.norad_id, sets.norad_id, side="right"),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """What every finding is made from."""

    settings: DecayDetector
    sets: ElementSets
    rates_km_day: Floats
    sinking: Sinking
    days: Floats
    """Days from the newest element set to the end."""
    ends_ahead: Floats
    """Days from the moment to the end, of all objects that end within the horizon, ordered."""
    in_low_orbits: int


def _finding(scene: _Scene, row: int, ahead_days: float) -> Decay:
    sets, remaining = scene.sets, float(scene.days[row])
    norad_id, basis = int(sets.norad_id[row]), (element_set_digest(sets, row),)
    name = f"{scene.settings.card.name}/{scene.settings.card.version}"
    factor = reentry_factor(remaining, _uncertain(scene, row))
    low_utc, best_utc, high_utc = (
        as_datetime(sets.epoch_utc[row] + np.timedelta64(round(days * 86400e6), "us"))
        for days in (remaining / factor, remaining, remaining * factor)
    )
    one = sets.take(np.array([row]))
    elements = one.mean_elements()
    confidence, because = _confidence(scene, row)
    sooner = int(np.searchsorted(scene.ends_ahead, ahead_days, side="right"))
    return Decay(
        finding_id=finding_id(name, scene.settings, (norad_id,), basis),
        detector=name,
        objects=(norad_id,),
        start_utc=low_utc,
        end_utc=high_utc,
        base_rate=BaseRate.counted(OrbitRegime.LEO.name, sooner, max(scene.in_low_orbits, sooner)),
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=one.reality,
        reentry_utc=best_utc,
        perigee_km=float(perigee_altitude_km(elements)[0]),
        apogee_km=float(apogee_altitude_km(elements)[0]),
        sinking_km_day=-float(scene.rates_km_day[row]),
    )


def _uncertain(scene: _Scene, row: int) -> float:
    """Return by which share the rate itself is uncertain, one sigma."""
    rate, sigma = scene.sinking.rate_km_day[row], scene.sinking.sigma_km_day[row]
    return float(sigma / rate) if rate > 0.0 else 0.0


def _confidence(scene: _Scene, row: int) -> tuple[Confidence, str]:
    eccentricity, seen = float(scene.sets.eccentricity[row]), int(scene.sinking.sets[row])
    source = "published rate of one set"
    if seen > 1:
        over = f"{scene.sinking.over_days[row]:.1f} days"
        source = f"sinking seen in {seen} element sets over {over}"
    if scene.sinking.changed[row]:
        source += ", another rate before"
    if eccentricity > 0.1:
        return Confidence.LOW, f"{source}; Moon and Sun move the perigee of so eccentric an orbit"
    if scene.days[row] > 30.0:
        return Confidence.LOW, f"{source}; solar activity changes over more than a month"
    if seen == 1 or scene.sinking.changed[row]:
        return Confidence.MODERATE, source
    return Confidence.HIGH, source
