"""Lives of orbits and of satellites as an explanation: decay, known failures, free drift."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from hoshimori.assessment.natural_scene import NaturalScene, Symptom, check, utc_value
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.company import distinct
from hoshimori.model.findings import Anomaly, Decay, Phenomenon
from hoshimori.model.known_failures import KnownFailure, failures_of
from hoshimori.model.moments import as_column_time
from hoshimori.numerics.belt_track import BeltTrack, belt_track, in_belt
from hoshimori.numerics.elements import (
    perigee_altitude_km,
    semi_major_axis_km,
)
from hoshimori.numerics.free_drift import free_motion
from hoshimori.numerics.reentry import (
    days_to_reentry,
    published_axis_rate_km_day,
    reentry_factor,
)

DECAY, KNOWN_FAILURE, FREE_DRIFT = "decay", "known_failure", "free_drift"
_SUNK = frozenset({Symptom.SINKING, Symptom.SILENT, Symptom.PIECES, Symptom.MOVED, Symptom.UPSET})
_BROKE = frozenset({Symptom.UPSET, Symptom.PIECES, Symptom.SILENT, Symptom.MOVED})
_DRIFTED = frozenset({Symptom.NEAR, Symptom.MOVED, Symptom.SILENT})
_SOON_DAYS = 15.0
"""So near to its end an orbit changes by itself from day to day."""
_FAR_DAYS = 3652.5
_LOW_ENOUGH_KM = 1000.0
_BACK_DAYS, _BACK_DAYS_OF_SPARSE = 90.0, 180.0
"""So far back drift is judged; the second where sets are a month apart."""
_FEWEST_JUDGED = 3
_MOST_DRIVEN_SHARE = 0.2
"""As the role *free* of a stay: one in five may deviate."""


def decay(scene: NaturalScene) -> NaturalCheck:
    """Return whether the end of an orbit, near or past, fits what was seen."""
    if not _SUNK & scene.symptoms:
        return check(DECAY, "does_not_fit")
    for finding in scene.findings:
        if isinstance(finding, Decay):
            return check(
                DECAY,
                "ends",
                speaks_for=True,
                norad_id=finding.objects[0],
                from_utc=utc_value(finding.start_utc),
                until_utc=utc_value(finding.end_utc),
                perigee_km=round(finding.perigee_km),
            )
        if isinstance(finding, Anomaly) and finding.phenomenon is Phenomenon.PRESUMED_DECAYED:
            return check(DECAY, "ended", speaks_for=True, norad_id=finding.objects[0])
    norad_id = scene.affected(_SUNK)[0]
    one = scene.set_near(norad_id, scene.span(_SUNK).middle_utc)
    if one is None:
        return check(DECAY, "no_elements", evaluated=False, norad_id=norad_id)
    elements = one.mean_elements()
    perigee_km = float(perigee_altitude_km(elements)[0])
    values: dict[str, float | str] = {"norad_id": norad_id, "perigee_km": round(perigee_km)}
    if perigee_km > _LOW_ENOUGH_KM:
        return check(DECAY, "too_high", values)
    axis_km = semi_major_axis_km(elements)
    rate = published_axis_rate_km_day(
        axis_km, one.mean_motion_rev_day, one.mean_motion_dot_rev_day2
    )
    days = float(days_to_reentry(axis_km, elements.eccentricity, rate)[0])
    if not np.isfinite(days):
        return check(DECAY, "does_not_sink", values)
    factor = reentry_factor(days)
    values |= {"days_low": days / factor, "days_high": days * factor}
    if days / factor > _FAR_DAYS:
        return check(DECAY, "far", values)
    soon = days / factor <= _SOON_DAYS
    sentence = "soon" if soon else "later"
    return check(DECAY, sentence, values, speaks_for=soon)


def known_failure(scene: NaturalScene) -> NaturalCheck:
    """Return whether satellites or stages of the same make failed before, as known by then."""
    if not _BROKE & scene.symptoms:
        return check(KNOWN_FAILURE, "does_not_fit")
    if not scene.failures:
        return check(KNOWN_FAILURE, "no_list", evaluated=False)
    moment_utc = scene.span(_BROKE).from_utc
    named = False
    for norad_id in scene.affected(_BROKE):
        name, object_id = scene.name_of(norad_id)
        named |= bool(name)
        found = failures_of(
            scene.failures,
            norad_id,
            name,
            object_id,
            moment_utc=moment_utc,
            as_of_utc=scene.picture.as_of_utc,
        )
        if found:
            return _failed_before(norad_id, found[0])
    if not named:
        return check(KNOWN_FAILURE, "no_name", evaluated=False)
    return check(KNOWN_FAILURE, "none_listed", makes=len(scene.failures))


def _failed_before(norad_id: int, failure: KnownFailure) -> NaturalCheck:
    last = failure.failures[-1]
    return check(
        KNOWN_FAILURE,
        "failed_before",
        speaks_for=True,
        norad_id=norad_id,
        make=failure.make,
        mode=failure.mode.name.lower(),
        so_far=max(f.so_far for f in failure.failures),
        example=last.example,
        happened=utc_value(last.happened_utc)[:10],
        source=last.source,
    )


def free_drift(scene: NaturalScene) -> NaturalCheck:
    """Return whether nature alone moves an object of the belt: libration, or drift (J6)."""
    if not _DRIFTED & scene.symptoms:
        return check(FREE_DRIFT, "does_not_fit")
    until_utc = min(scene.incident.end_utc, scene.picture.as_of_utc)
    tracks = [
        track
        for norad_id in _movers(scene)
        if (track := _track(scene, norad_id, as_column_time(until_utc))) is not None
    ]
    if not tracks:
        return check(FREE_DRIFT, "not_in_belt")
    judged = [track for track in tracks if int(track.is_judged.sum()) >= _FEWEST_JUDGED]
    if not judged:
        first = int(tracks[0].object_id[0])
        return check(FREE_DRIFT, "too_few_sets", evaluated=False, norad_id=first)
    told = [_drift_of(track) for track in judged]
    # Who came is told first; without that the object that nature moves, if there is one.
    return next((one for one in told if one.speaks_for), told[0])


def _movers(scene: NaturalScene) -> tuple[int, ...]:
    """Return the objects whose motion is asked about: the others, without any the assets."""
    return scene.incident.others or scene.affected(_DRIFTED)


def _track(scene: NaturalScene, norad_id: int, until_utc: np.datetime64) -> BeltTrack | None:
    """Return the course of an object through its last months; None outside the belt."""
    sets = distinct(scene.picture.history.of_object(norad_id))
    track = None
    for days in (_BACK_DAYS, _BACK_DAYS_OF_SPARSE):
        back = as_column_time(scene.incident.start_utc - timedelta(days=days))
        inside = sets.take((sets.epoch_utc >= back) & (sets.epoch_utc <= until_utc))
        if not len(inside) or not in_belt(inside.mean_elements())[-1]:
            continue
        track, _, _ = belt_track(inside.norad_id, inside.mean_elements())
        if int(track.is_judged.sum()) >= _FEWEST_JUDGED:
            return track
    return track if track is not None and len(track) else None


def _drift_of(track: BeltTrack) -> NaturalCheck:
    judged = track.is_judged
    driven = int(np.count_nonzero(track.is_driven & judged))
    count = int(np.count_nonzero(judged))
    is_free = driven <= _MOST_DRIVEN_SHARE * count
    longitude, drift = float(track.mean_deg_east[-1]), float(track.drift_deg_day[-1])
    return check(
        FREE_DRIFT,
        "free" if is_free else "steered",
        speaks_for=is_free,
        norad_id=int(track.object_id[0]),
        deg_east=round(longitude, 2),
        drift_deg_day=round(drift, 4),
        motion=free_motion(longitude, drift).name.lower(),
        judged=count,
        driven=driven,
        days=round(float(track.days[-1] - track.days[0]), 1),
    )
