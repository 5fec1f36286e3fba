"""A geomagnetic storm by a script: indices laid over those at hand, and air that gets thicker."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from hoshimori.exercise.injected_air import StreamOf
from hoshimori.model.injects import Storm
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.space_weather import PERIODS_PER_DAY, DayKind, SpaceWeather
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.storms import PERIOD_H, density_rise

SOURCE = "exercise: space weather"
_STREAM = "space weather"
_DAY = np.timedelta64(86_400_000_000, "us")
_PERIOD = _DAY // PERIODS_PER_DAY
_THIRDS_AP = np.array(
    [0, 2, 3, 4, 5, 6, 7, 9, 12, 15, 18, 22, 27, 32, 39, 48, 56, 67, 80, 94, 111, 132, 154, 179,
     207, 236, 300, 400.0]
)  # fmt: skip
"""The equivalent amplitude of each third of the planetary index (GFZ Potsdam, table of ap)."""
_ROTATION = 27
"""Days in which the Sun turns once as the Earth sees it: its weather tends to come back."""
_QUIET_KP, _QUIET_SPREAD = 1.7, 0.9
_MADE_DAYS = 90
_MEAN_DAYS = 81
_RISES, _FALLS = 0.15, 0.55
"""Shares of a storm in which its index rises, and in which it falls back."""
_SPREAD_KP = 0.5
_AIR_RISES_H, _AIR_FALLS_H = 12.0, 20.0
"""With these the air has half of its rise (in the logarithm) after eight hours, all of it after
two days, and is back after two to three days, as `numerics.storms` tells of it."""
_QUIET = 2.0
"""The planetary index that the thickening of the air is counted from."""


def amplitude(kp: Floats) -> Floats:
    """Return the equivalent amplitude of a planetary index in thirds; NaN where unknown.

    Source: GFZ Potsdam, relation of Kp and ap.

    >>> amplitude(np.array([0.0, 3.0, 5.0 + 1 / 3, 9.0])).tolist()
    [0.0, 15.0, 56.0, 400.0]
    """
    third = np.clip(np.rint(np.where(np.isfinite(kp), kp, 0.0) * 3.0), 0, 27).astype(np.int64)
    return np.where(np.isfinite(kp), _THIRDS_AP[third], np.nan)


def stormy_weather(
    storms: Sequence[Storm],
    real: SpaceWeather | None,
    *,
    starts_utc: datetime,
    ends_utc: datetime,
    stream_of: StreamOf,
) -> SpaceWeather | None:
    """Return space weather with storms laid over it, observed until an exercise ends, EXERCISE.

    Days that were not observed are those of one turn of the Sun before; where there is no weather
    at all, quiet days are made. What had been known at a moment, `SpaceWeather.known_by` tells.
    None where there is no storm.
    """
    if not storms:
        return None
    last = as_column_time(ends_utc).astype("datetime64[D]").astype("datetime64[us]")
    start = as_column_time(starts_utc).astype("datetime64[D]").astype("datetime64[us]")
    if real is None or not len(real.observed()):
        base = _quiet(storms, start, last, stream_of(_STREAM))
    else:
        base = _carried_on(real, last)
    kp, flux = base.kp.copy(), base.f107_observed.copy()
    for storm in sorted(storms, key=lambda one: one.inject_id):
        over = _storm_kp(storm, base.day_utc, starts_utc, stream_of(storm.inject_id))
        # Where nothing is known nothing is made up, but for the storm itself.
        kp = np.where(over > 0.0, np.fmax(kp, over), kp)
        flux = np.where((over > 0.0).any(axis=1), storm.f107, flux)
    to_one_unit = _ratio(base)
    laid = replace(
        base,
        kp=kp,
        ap=np.where(kp == base.kp, base.ap, amplitude(kp)),
        f107_observed=flux,
        f107_adjusted=np.where(flux == base.f107_observed, base.f107_adjusted, flux * to_one_unit),
        f107_observed_81_day=_trailing_mean(base, flux),
    )
    return replace(laid, provenance=Provenance(SOURCE, _digest(laid), Reality.EXERCISE))


def thicker_air(
    storms: Sequence[Storm], times_utc: Times, height_km: float, *, starts_utc: datetime
) -> Floats:
    """Return by what factor storms thicken the air at a height at each moment; 1 without them.

    A trajectory takes its B* times this. An element set that is fitted over some days shows the
    mean over them. `times_utc` of shape (n,), in any order.
    """
    logarithm = np.zeros(len(times_utc))
    for storm in storms:
        starts, rise = _rise_of_air(storm, height_km, starts_utc)
        at = (times_utc - starts[0]) / _PERIOD
        logarithm = np.maximum(logarithm, np.interp(at, np.arange(len(rise)), rise, left=0.0))
    return np.asarray(np.exp(logarithm))


def _rise_of_air(storm: Storm, height_km: float, starts_utc: datetime) -> tuple[Times, Floats]:
    """Return the rise of the logarithm of the density, in steps of three hours, until it is over.

    It follows the index with a delay: a filter of first order, slower down than up.
    """
    begins = as_column_time(starts_utc + timedelta(hours=storm.at_h))
    steps = int(np.ceil((storm.lasts_h + 6.0 * _AIR_FALLS_H) / PERIOD_H)) + 1
    starts = begins + _PERIOD * np.arange(steps)
    kp = _profile(storm, PERIOD_H * (np.arange(steps, dtype=np.float64) + 0.5))
    full = np.array(
        [np.log(density_rise(height_km, value, storm.f107)[1]) if value > _QUIET else 0.0
         for value in kp]
    )  # fmt: skip
    rise = np.zeros(steps)
    for step in range(1, steps):
        before, wanted = rise[step - 1], full[step - 1]
        delay_h = _AIR_RISES_H if wanted > before else _AIR_FALLS_H
        rise[step] = before + (wanted - before) * (1.0 - np.exp(-PERIOD_H / delay_h))
    rise[-1] = 0.0
    return starts, rise


def _profile(storm: Storm, hours: Floats) -> Floats:
    """Return the planetary index so many hours after a storm began, without noise; 0 outside it.

    It rises fast, stays, and falls back to quiet, as storms of coronal mass ejections do.
    """
    share = hours / storm.lasts_h
    rising = np.clip(share / _RISES, 0.0, 1.0)
    falling = np.clip((1.0 - share) / _FALLS, 0.0, 1.0)
    height = np.minimum(np.maximum(rising, 0.4), np.sqrt(falling))
    inside = (share >= 0.0) & (share < 1.0)
    return np.where(inside, _QUIET_KP + (storm.kp - _QUIET_KP) * height, 0.0)


def _storm_kp(
    storm: Storm, day_utc: Times, starts_utc: datetime, random: np.random.Generator
) -> Floats:
    """Return the index of a storm in each three hours of the days, in thirds; 0 outside it.

    Its highest is that of the script.
    """
    begins = as_column_time(starts_utc + timedelta(hours=storm.at_h))
    middles = day_utc[:, None] + _PERIOD * np.arange(PERIODS_PER_DAY) + _PERIOD // 2
    hours: Floats = (middles - begins) / np.timedelta64(3_600_000_000, "us")
    kp = _profile(storm, hours)
    inside = kp > 0.0
    noise = random.normal(0.0, _SPREAD_KP, np.count_nonzero(inside))
    if not len(noise):
        return kp
    top = int(np.argmax(kp[inside]))
    noisy = np.clip(kp[inside] + noise, 0.0, storm.kp)
    noisy[top] = storm.kp
    kp[inside] = np.maximum(np.rint(noisy * 3.0), 1.0) / 3.0
    return kp


def _carried_on(real: SpaceWeather, last: np.datetime64) -> SpaceWeather:
    """Return the observed days, gone on with those of one turn of the Sun before."""
    observed = real.observed()
    whole = observed.take(np.flatnonzero(np.isfinite(observed.kp).all(axis=1)))
    base = whole if len(whole) else observed
    if base.day_utc[-1] >= last:
        return base
    more = int((last - base.day_utc[-1]) / _DAY)
    day_utc = base.day_utc[-1] + _DAY * np.arange(1, more + 1)
    # Whole turns back, so that the days copied had been observed.
    back = -(-np.arange(1, more + 1) // _ROTATION) * _ROTATION
    rows = np.clip(len(base) - 1 + np.arange(1, more + 1) - back, 0, len(base) - 1)
    return _joined(base, replace(base.take(rows), day_utc=day_utc))


def _joined(first: SpaceWeather, then: SpaceWeather) -> SpaceWeather:
    names = [f.name for f in fields(SpaceWeather)[:-1]]
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(first, name), getattr(then, name)]) for name in names
    }
    return replace(first, **joined)


def _quiet(
    storms: Sequence[Storm],
    start: np.datetime64,
    last: np.datetime64,
    random: np.random.Generator,
) -> SpaceWeather:
    """Return made quiet days: indices that follow one another as quiet ones do."""
    first = start - _DAY * _MADE_DAYS
    days = int((last - first) / _DAY) + 1
    kp = np.empty(days * PERIODS_PER_DAY)
    now = 0.0
    for period, drawn in enumerate(random.normal(0.0, 1.0, len(kp))):
        now = 0.8 * now + 0.6 * drawn
        kp[period] = np.clip(_QUIET_KP + _QUIET_SPREAD * now, 0.0, 4.0)
    thirds = (np.rint(kp * 3.0) / 3.0).reshape(days, PERIODS_PER_DAY)
    flux = np.round(np.full(days, storms[0].f107) + random.normal(0.0, 3.0, days), 1)
    return SpaceWeather(
        day_utc=first + _DAY * np.arange(days),
        kp=thirds,
        ap=amplitude(thirds),
        f107_observed=flux,
        f107_adjusted=flux,
        f107_observed_81_day=np.full(days, storms[0].f107),
        kind=np.full(days, DayKind.OBSERVED, np.uint8),
        provenance=Provenance(SOURCE, "0" * 64, Reality.EXERCISE),
    )


def _ratio(base: SpaceWeather) -> Floats:
    """Return by what the flux is multiplied to be that at one astronomical unit."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = base.f107_adjusted / base.f107_observed
    return np.where(np.isfinite(ratio), ratio, 1.0)


def _trailing_mean(base: SpaceWeather, flux: Floats) -> Floats:
    """Return the mean flux of the last 81 days, anew where a day of them is another one."""
    means = base.f107_observed_81_day.copy()
    other = np.flatnonzero((flux != base.f107_observed) & np.isfinite(flux))
    if not len(other):
        return means
    for row in range(int(other[0]), min(int(other[-1]) + _MEAN_DAYS, len(flux))):
        window = flux[max(0, row - _MEAN_DAYS + 1) : row + 1]
        known = window[np.isfinite(window)]
        means[row] = np.round(known.mean(), 1) if len(known) else np.nan
    return means


def _digest(weather: SpaceWeather) -> str:
    digest = hashlib.sha256()
    for column in fields(SpaceWeather)[:-1]:
        digest.update(np.ascontiguousarray(getattr(weather, column.name)).tobytes())
    return digest.hexdigest()
