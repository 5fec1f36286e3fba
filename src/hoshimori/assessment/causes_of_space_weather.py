"""Space weather as a cause: geomagnetic storms and days, and the Sun's radio flux."""

from __future__ import annotations

import numpy as np

from hoshimori.assessment.cause_scene import MoreData, Values, judged, not_judged
from hoshimori.assessment.natural_scene import utc_value
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.numerics.chance import DrawnSpan
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.storms import PERIOD_H, storm_level

BACK_H = 24.0
"""Indices count so long before the moment: charging and thicker air follow within hours."""
_PERIODS = round(BACK_H / PERIOD_H)
_DISTURBED_AP = 30.0
"""A day from which on NOAA speaks of a minor storm (30 to 49; major to 99; severe from 100).
Source: NOAA Space Weather Prediction Center, Glossary of Solar-Terrestrial Terms, geomagnetic
storm."""
_HIGH_FLUX = 250.0
"""Solar flux units, declared: 2.3 % of days from 1957 to February 2026 had as much (SW-All.csv).
ECSS-E-ST-10-04C takes as much for high; its table could not be looked up."""
_FLUX_HOUR = 20
"""UTC hour at which the flux is measured."""


def storm(data: MoreData, unusual_p: float) -> CandidateCause:
    """Return the greatest planetary index of the day before."""
    read = _windows(data)
    if isinstance(read, CandidateCause):
        return read
    span, kp, ap, start_utc = read
    greatest = np.max(kp, axis=1)

    def told(present: bool) -> tuple[str, Values]:
        peak = int(np.argmax(kp[0]))
        values: dict[str, float | str] = {
            "kp": float(greatest[0]),
            "ap": float(np.max(ap[0])),
            "level": int(storm_level(greatest[:1])[0]),
            "at_utc": utc_value(start_utc[peak]),
            "hours": BACK_H,
        }
        return ("storm" if present else "quiet"), values

    present = storm_level(greatest) >= 1
    return judged(CandidateKind.STORM, greatest, present, span, told, unusual_p=unusual_p)


def storm_day(data: MoreData, unusual_p: float) -> CandidateCause:
    """Return the mean equivalent amplitude of the day before: Ap of 24 running hours."""
    read = _windows(data)
    if isinstance(read, CandidateCause):
        return not_judged(CandidateKind.STORM_DAY, read.sentence, read.values)
    span, _, ap, _ = read
    mean = np.mean(ap, axis=1)

    def told(present: bool) -> tuple[str, Values]:
        values = {"ap": float(mean[0]), "limit": _DISTURBED_AP, "hours": BACK_H}
        return ("disturbed" if present else "quiet"), values

    present = mean >= _DISTURBED_AP
    return judged(CandidateKind.STORM_DAY, mean, present, span, told, unusual_p=unusual_p)


def solar_flux(data: MoreData, unusual_p: float) -> CandidateCause:
    """Return the Sun's radio flux as last measured before the moment."""
    if data.weather is None:
        return not_judged(CandidateKind.SOLAR_FLUX, "no_data")
    if data.weather_span is None:
        return not_judged(CandidateKind.SOLAR_FLUX, "not_observed", _needed(data.weather))
    weather, span = data.weather, data.weather_span
    flux = _last_flux(weather, span.utc)

    def told(present: bool) -> tuple[str, Values]:
        values = {"flux": float(flux[0]), "limit": _HIGH_FLUX}
        return ("high" if present else "usual"), values

    return judged(
        CandidateKind.SOLAR_FLUX, flux, flux >= _HIGH_FLUX, span, told, unusual_p=unusual_p
    )


def _windows(data: MoreData) -> tuple[DrawnSpan, Floats, Floats, Times] | CandidateCause:
    """Return planetary indices and amplitudes of the day before each moment, shape (m, 8).

    The three hours of a moment count where those of the moment asked about are known; else all
    windows end with the three hours before, so that the test is one and the same.
    """
    if data.weather is None:
        return not_judged(CandidateKind.STORM, "no_data")
    if data.weather_span is None:
        return not_judged(CandidateKind.STORM, "not_observed", _needed(data.weather))
    starts, kp = data.weather.periods()
    ap = data.weather.ap.reshape(-1)
    utc = data.weather_span.utc
    last = np.searchsorted(starts, utc, side="right") - 1
    now = int(last[0])
    if not (0 <= now < len(kp) and np.isfinite(kp[now]) and utc[0] - starts[now] < _span(PERIOD_H)):
        last = np.searchsorted(starts, utc - _span(PERIOD_H), side="right") - 1
    rows = last[:, None] - np.arange(_PERIODS)[::-1]
    inside = (rows >= 0) & (rows < len(starts))
    rows = np.clip(rows, 0, max(len(starts) - 1, 0))
    fits = inside & (starts[rows] > (utc - _span(BACK_H + 2.0 * PERIOD_H))[:, None])
    of_first = starts[rows[0]]
    values = tuple(np.where(fits, column[rows], np.nan) for column in (kp, ap))
    return data.weather_span, values[0], values[1], of_first


def _last_flux(weather: SpaceWeather, utc: Times) -> Floats:
    """Return the last flux measured before moments, up to two days old; else NaN."""
    known = np.isfinite(weather.f107_observed)
    measured_utc = weather.day_utc[known] + np.timedelta64(_FLUX_HOUR, "h")
    flux = weather.f107_observed[known]
    last = np.searchsorted(measured_utc, utc, side="right") - 1
    found = np.clip(last, 0, max(len(flux) - 1, 0))
    if not len(flux):
        return np.full(len(utc), np.nan)
    fresh = (last >= 0) & (utc - measured_utc[found] <= _span(48.0))
    return np.where(fresh, flux[found], np.nan)


def _span(hours: float) -> np.timedelta64:
    return np.timedelta64(round(hours * 3600e6), "us")


def _needed(weather: SpaceWeather) -> Values:
    until = weather.observed_until_utc
    return {"observed_until_utc": "" if until is None else utc_value(until)}
