"""Debris and catalogued objects as an explanation: what passed, and what chance brings."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from hoshimori.assessment.breakup_causes import same_event
from hoshimori.assessment.natural_scene import (
    Moment,
    NaturalScene,
    Symptom,
    check,
    ids_value,
    utc_value,
)
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Breakup, Conjunction, EnergyClass
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.reports import OperatorReport, Statement
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.debris_flux import (
    GREATEST_HEIGHT_KM,
    LEAST_HEIGHT_KM,
    expected_impacts,
    expected_passes,
    spatial_density_per_km3,
)
from hoshimori.numerics.elements import apogee_altitude_km, perigee_altitude_km
from hoshimori.numerics.encounters import closest_approaches
from hoshimori.numerics.sgp4 import initialise

DEBRIS, CONJUNCTION = "debris_strike", "conjunction"
_STRUCK = frozenset({Symptom.UPSET, Symptom.PIECES, Symptom.MOVED, Symptom.SILENT})
_MET = frozenset({Symptom.UPSET, Symptom.PIECES, Symptom.SILENT, Symptom.NEAR})
_UNKNOWN_AREA_M2 = (1.0, 50.0)
"""From small satellites to large ones with their panels, where no size is known."""
_EXPECTED_AT_LEAST = 1e-3
"""From so many impacts in the time on, chance alone makes a strike worth naming."""
_FEWEST_OBJECTS = 1000
"""A catalogue of fewer is a part, and does not tell how densely space is filled."""
_WITHIN_KM = 5.0
"""Element sets err by a kilometre or two: what hit may seem to pass so far off."""
_AROUND_S = 120.0
_CHANCE = 0.05
"""Where chance alone brings a pass more often than this, one pass shows nothing."""
_MUCH_ABOVE_CHANCE = 3.0
_FAST_KM_S = 0.1
"""Objects that pass faster than this do not keep one another company."""


def debris_strike(scene: NaturalScene) -> NaturalCheck:
    """Return how many impacts of small debris chance brings in the time, and whether one fits."""
    if not _STRUCK & scene.symptoms:
        return check(DEBRIS, "does_not_fit")
    norad_id = scene.affected(_STRUCK)[0]
    span = scene.span(_STRUCK)
    one = scene.set_near(norad_id, span.middle_utc)
    if one is None:
        return check(DEBRIS, "no_elements", evaluated=False, norad_id=norad_id)
    low_km, high_km = _heights_km(one)
    catalogue = scene.picture.newest
    if len(catalogue) < _FEWEST_OBJECTS:
        return check(DEBRIS, "no_catalogue", evaluated=False, objects_at_hand=len(catalogue))
    height_km = 0.5 * (low_km + high_km)
    if not LEAST_HEIGHT_KM <= height_km <= GREATEST_HEIGHT_KM or high_km > GREATEST_HEIGHT_KM:
        return check(DEBRIS, "no_flux_there", evaluated=False, height_km=round(height_km))
    density = _density(_debris(catalogue), height_km)
    # Where the moment is known sharply it is still the day that a strike could have come in.
    days = max(2.0 * span.half_s / 86400.0, 1.0)
    low, high = expected_impacts(density, _area_m2(scene, norad_id), days)
    soft = [f for f in scene.findings if isinstance(f, Breakup) and f.energy is EnergyClass.LOW]
    values: dict[str, float | str] = {
        "norad_id": norad_id,
        "height_km": round(height_km),
        "days": round(days, 1),
        "expected_low": low,
        "expected_high": high,
        "debris_per_km3": density,
    }
    if soft:
        return check(DEBRIS, "soft_pieces", values, speaks_for=True)
    if low >= _EXPECTED_AT_LEAST:
        return check(DEBRIS, "expected", values, speaks_for=True)
    return check(DEBRIS, "rare", values)


def conjunction(scene: NaturalScene) -> NaturalCheck:
    """Return whether a catalogued object passed at the moment, more than chance brings."""
    if not _MET & scene.symptoms:
        return check(CONJUNCTION, "does_not_fit")
    for told in (_warned(scene), _second_cloud(scene), _at_the_point(scene), _fast_pass(scene)):
        if told is not None:
            return told
    moment = scene.moment(_MET)
    if moment is None:
        return check(CONJUNCTION, "no_moment", evaluated=False)
    return _searched(scene, moment)


def _warned(scene: NaturalScene) -> NaturalCheck | None:
    reports = [f for f in scene.findings if isinstance(f, OperatorReport)]
    warned = [r for r in reports if r.statement is Statement.COLLISION_WARNING]
    if not warned:
        return None
    first = min(warned, key=lambda r: r.known_utc)
    known_utc = utc_value(first.known_utc)
    return check(CONJUNCTION, "warned", speaks_for=True, source=first.source, known_utc=known_utc)


def _second_cloud(scene: NaturalScene) -> NaturalCheck | None:
    clouds = [f for f in scene.findings if isinstance(f, Breakup)]
    for k, cloud in enumerate(clouds):
        for other in clouds[k + 1 :]:
            if same_event(cloud, other):
                ids = ids_value((cloud.objects[0], other.objects[0]))
                return check(CONJUNCTION, "second_cloud", speaks_for=True, objects=ids)
    return None


def _at_the_point(scene: NaturalScene) -> NaturalCheck | None:
    if scene.passes is None:
        return None
    number, chance = len(scene.passes.norad_ids), scene.passes.expected_by_chance
    speaks = number > _MUCH_ABOVE_CHANCE * chance
    return check(
        CONJUNCTION,
        "passed" if speaks else "none_passed",
        speaks_for=speaks,
        number=number,
        objects=ids_value(scene.passes.norad_ids[:5]),
        expected_low=chance,
        expected_high=chance,
        within_km=scene.passes.within_km,
        minutes=2.0 * scene.passes.within_min,
    )


def _fast_pass(scene: NaturalScene) -> NaturalCheck | None:
    """Return that nearness is a crossing, where all that was seen are fast passes."""
    passes = [f for f in scene.findings if isinstance(f, Conjunction)]
    if not passes or scene.symptoms != {Symptom.NEAR} or len(passes) != len(scene.findings):
        return None
    if any(f.speed_km_s < _FAST_KM_S for f in passes):
        return None
    closest = min(passes, key=lambda f: f.miss_km.best)
    share = closest.base_rate.share
    return check(
        CONJUNCTION,
        "crossing",
        speaks_for=True,
        speed_km_s=closest.speed_km_s,
        miss_low_km=closest.miss_km.low,
        miss_high_km=closest.miss_km.high,
        share_low=share.low,
        share=share.best,
        share_high=share.high,
    )


def _searched(scene: NaturalScene, moment: Moment) -> NaturalCheck:
    """Return what passed the affected object around the moment, by a search of the catalogue."""
    norad_id = scene.affected(_MET)[0]
    catalogue = _sets_at(scene, moment)
    row = np.flatnonzero(catalogue.norad_id == norad_id)
    if not len(row):
        return check(CONJUNCTION, "no_elements", evaluated=False, norad_id=norad_id)
    if len(catalogue) < _FEWEST_OBJECTS:
        return check(CONJUNCTION, "no_catalogue", evaluated=False, objects_at_hand=len(catalogue))
    around = timedelta(seconds=_AROUND_S)
    t0_utc = as_column_time(moment.from_utc - around)
    seconds = 2.0 * (moment.half_s + _AROUND_S)
    found = closest_approaches(
        initialise(catalogue.mean_elements()), row, t0_utc, seconds, _WITHIN_KM
    )
    near = found.take(~found.at_window_edge & (found.speed_km_s > _FAST_KM_S))
    low_km, high_km = _heights_km(catalogue.take(row))
    density = _density(catalogue, 0.5 * (low_km + high_km))
    low, high = expected_passes(density, _WITHIN_KM, seconds)
    others = catalogue.norad_id[near.secondary[np.argsort(near.miss_km)]]
    values: dict[str, float | str] = {
        "number": len(near),
        "objects": ids_value(others[:5].tolist()),
        "expected_low": low,
        "expected_high": high,
        "within_km": _WITHIN_KM,
        "minutes": round(seconds / 60.0, 1),
    }
    if not len(near):
        return check(CONJUNCTION, "none_passed", values)
    if high > _CHANCE:
        return check(CONJUNCTION, "passed_by_chance", values)
    return check(CONJUNCTION, "passed", values, speaks_for=True)


def _sets_at(scene: NaturalScene, moment: Moment) -> ElementSets:
    """Return the newest element set of each object before a moment, up to a week old."""
    at_utc = as_column_time(moment.middle_utc)
    history = scene.picture.history
    apart = (at_utc - history.epoch_utc).astype(np.float64) / 86400e6
    return history.take((apart >= 0.0) & (apart <= 7.0)).newest()


def _debris(catalogue: ElementSets) -> ElementSets:
    kinds = [kind_by_name(str(name)) for name in catalogue.object_name]
    return catalogue.take(np.array([kind is ObjectType.DEBRIS for kind in kinds], np.bool_))


def _density(objects: ElementSets, height_km: float) -> float:
    elements = objects.mean_elements()
    perigee_km = perigee_altitude_km(elements) + WGS72_RADIUS_KM
    apogee_km = apogee_altitude_km(elements) + WGS72_RADIUS_KM
    known = np.isfinite(perigee_km) & np.isfinite(apogee_km) & (perigee_km > 0.0)
    return spatial_density_per_km3(perigee_km[known], apogee_km[known], height_km + WGS72_RADIUS_KM)


def _heights_km(one: ElementSets) -> tuple[float, float]:
    elements = one.mean_elements()
    return float(perigee_altitude_km(elements)[0]), float(apogee_altitude_km(elements)[0])


def _area_m2(scene: NaturalScene, norad_id: int) -> tuple[float, float]:
    """Return the cross-section, low and high: of the body's sphere, and a third of it."""
    known = scene.picture.objects.get(norad_id)
    radius_m = known.hard_body_radius_m if known is not None else None
    radius_m = radius_m or next(
        (a.hard_body_radius_m for a in scene.picture.assets if a.norad_id == norad_id), None
    )
    if not radius_m:
        return _UNKNOWN_AREA_M2
    area = float(np.pi * radius_m**2)
    return area / 3.0, area
