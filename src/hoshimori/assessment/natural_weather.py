"""Geomagnetic storms as an explanation: thicker air in low orbits, charging in high ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from hoshimori.assessment.natural_scene import NaturalScene, Symptom, check, utc_value
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.moments import as_column_time
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.numerics.elements import perigee_altitude_km
from hoshimori.numerics.storms import (
    density_rise,
    greatest_kp,
    share_of_windows,
    storm_level,
)

KEY = "geomagnetic_storm"
_USUAL_FLUX = 120.0
"""Median of the solar flux since 1957; stands in where the file gives none."""
_VERY_LOW_KM, _NO_AIR_KM = 300.0, 1000.0
"""Perigees below which a weak storm matters, and above which no storm is seen in elements."""
_STRIKING_SHARE = 0.33
"""Where more of all times as long have as strong a storm, one in it says nothing."""


@dataclass(frozen=True, slots=True)
class StormRule:
    """How a storm bears on an orbit: when, from which level on, and on what was seen."""

    effect: str
    back_h: float
    """From so long before on."""
    least_level: int
    explains: frozenset[Symptom]


# The air answers within hours and cools down within two to three days; element sets show it a day
# later. NOAA's scale lets drag matter from G2, and G1 lost satellites at 210 km (Dang et al. 2022,
# Space Weather 20, e2022SW003152).
_DRAG = StormRule(
    "drag",
    72.0,
    2,
    frozenset({Symptom.MOVED, Symptom.SINKING, Symptom.SILENT}),
)
_DRAG_VERY_LOW = StormRule("drag", 72.0, 1, _DRAG.explains)
# Surfaces charge in the substorms of the same hours; NOAA's scale lets satellites suffer from G1.
# Source: NASA-HDBK-4002A (2011), section 2; Choi et al. 2011, Space Weather 9, S06001.
_CHARGING = StormRule("charging", 24.0, 1, frozenset({Symptom.UPSET, Symptom.SILENT}))


def geomagnetic_storm(scene: NaturalScene) -> NaturalCheck:
    """Return whether a storm of the days before fits what was seen, and how unusual it was."""
    explained = (_DRAG.explains | _CHARGING.explains) & scene.symptoms
    if not explained:
        return check(KEY, "does_not_fit")
    rule, norad_id, height_km = _rule(scene, explained)
    if rule is None:
        sentence = "does_not_fit" if norad_id else "no_elements"
        return check(KEY, sentence, evaluated=norad_id > 0)
    span = scene.span(rule.explains)
    back = timedelta(hours=rule.back_h)
    from_utc, until_utc = as_column_time(span.from_utc - back), as_column_time(span.until_utc)
    if scene.weather is None:
        return check(KEY, "no_data", evaluated=False)
    known = scene.weather.known_by(as_column_time(scene.picture.as_of_utc))
    starts, kp = known.periods()
    peak = greatest_kp(starts, kp, from_utc, until_utc)
    level = int(storm_level(np.array([peak.kp]))[0])
    speaks = level >= rule.least_level
    if peak.known_share == 0.0 or (peak.known_share < 1.0 and not speaks):
        until = known.observed_until_utc
        return check(
            KEY,
            "not_observed",
            evaluated=False,
            observed_until_utc="" if until is None else utc_value(until),
            needed_until_utc=utc_value(until_utc),
        )
    hours = float((until_utc - from_utc) / np.timedelta64(1, "h"))
    low, best, high = share_of_windows(kp, peak.kp, hours=hours)
    values: dict[str, float | str] = {
        "kp": round(peak.kp, 2),
        "level": level,
        "at_utc": utc_value(peak.start_utc),
        "effect": rule.effect,
        "since": utc_value(starts[0])[:4],
        "hours": round(hours),
        "share_low": low,
        "share": best,
        "share_high": high,
        "norad_id": norad_id,
    }
    if rule.effect == "drag" and speaks:
        thin, thick = density_rise(height_km, peak.kp, _flux(known, until_utc))
        values |= {"height_km": round(height_km), "density_low": thin, "density_high": thick}
    if speaks and best > _STRIKING_SHARE:
        return check(KEY, "common", values)
    return check(KEY, rule.effect if speaks else "quiet", values, speaks_for=speaks)


def _rule(
    scene: NaturalScene, explained: frozenset[Symptom]
) -> tuple[StormRule | None, int, float]:
    """Return how storms bear on what was seen, of which object, and its perigee height [km].

    The number is 0 where no object has elements.
    """
    last = 0
    for norad_id in scene.affected(explained):
        one = scene.set_near(norad_id, scene.span(explained).middle_utc)
        if one is None:
            continue
        last = norad_id
        elements = one.mean_elements()
        height_km = float(perigee_altitude_km(elements)[0])
        drag = _DRAG_VERY_LOW if height_km < _VERY_LOW_KM else _DRAG
        for rule in (drag, _CHARGING) if height_km < _NO_AIR_KM else (_CHARGING,):
            if rule.explains & explained:
                return rule, norad_id, height_km
    return None, last, 0.0


def _flux(weather: SpaceWeather, at_utc: np.datetime64) -> float:
    rows = np.flatnonzero((weather.day_utc <= at_utc) & np.isfinite(weather.f107_observed))
    return float(weather.f107_observed[rows[-1]]) if len(rows) else _USUAL_FLUX
