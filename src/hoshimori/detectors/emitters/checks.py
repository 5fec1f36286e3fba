"""Measurements that cannot be right are refused one by one: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hoshimori.model.geolocation import ArrivalDifference, ArrivalKind, GeolocationCase
from hoshimori.model.signals import ObserverStates
from hoshimori.numerics.constants import LIGHT_KM_S

_SIGMAS = 10.0
_SLACK_KM = 0.001


def hertz_of(case: GeolocationCase, one: ArrivalDifference) -> float | None:
    """Return the frequency of the emission that a measurement is of."""
    if one.carrier_hz is not None:
        return one.carrier_hz
    if not one.emitter:
        return case.emitter.carrier_hz
    return next((site.frequency_hz for site in case.references if site.name == one.emitter), None)


def sigma_of(case: GeolocationCase, one: ArrivalDifference) -> float | None:
    """Return one sigma of a measurement."""
    if one.sigma is not None:
        return one.sigma
    return case.tdoa_sigma_s if one.kind is ArrivalKind.TDOA else case.fdoa_sigma_hz


def checked(
    case: GeolocationCase, states: ObserverStates
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the rows of measurements that can be used, and why each other one cannot."""
    keep: list[int] = []
    refused: list[str] = []
    seen: set[tuple[object, ...]] = set()
    for row, one in enumerate(case.measurements):
        problem = _first_problem(case, one, states, row)
        key = (one.time_utc, one.kind, one.first, one.second, one.emitter, one.station)
        turned = (one.time_utc, one.kind, one.second, one.first, one.emitter, one.station)
        if problem is None and (key in seen or turned in seen):
            problem = "the same measurement a second time: it would count twice; remove one"
        if problem is None:
            seen.add(key)
            keep.append(row)
        else:
            name = one.place or f"measurement {row + 1}"
            refused.append(f"{name}: {problem}")
    return tuple(keep), tuple(refused)


def _first_problem(
    case: GeolocationCase, one: ArrivalDifference, states: ObserverStates, row: int
) -> str | None:
    checks: Sequence[Callable[[], str | None]] = (
        lambda: _of_names(case, one),
        lambda: _of_numbers(case, one),
        lambda: _of_states(one, states, row),
        lambda: _of_size(case, one, states, row),
    )
    return next((problem for check in checks if (problem := check()) is not None), None)


def _of_names(case: GeolocationCase, one: ArrivalDifference) -> str | None:
    if one.first == one.second:
        return f"first and second are both {one.first[:60]!r}: expected two satellites"
    if one.emitter and one.emitter not in {site.name for site in case.references}:
        return f"emitter {one.emitter[:60]!r}: add a [[reference]] of this name to the case"
    if one.station and one.station not in {site.name for site in case.stations}:
        return f"station {one.station[:60]!r}: add a [[station]] of this name to the case"
    return None


def _of_numbers(case: GeolocationCase, one: ArrivalDifference) -> str | None:
    if not np.isfinite(one.value):
        return f"value {one.value}: expected a finite number"
    sigma = sigma_of(case, one)
    key = "tdoa_sigma_s" if one.kind is ArrivalKind.TDOA else "fdoa_sigma_hz"
    if sigma is None:
        return f"no sigma: state it with the measurement, or {key} in the case"
    low, high = (1e-12, 1e-2) if one.kind is ArrivalKind.TDOA else (1e-6, 1e6)
    if not low <= sigma <= high:
        return f"sigma {sigma:g}: expected {low:g} to {high:g} {_unit(one)}; check its unit"
    if one.kind is ArrivalKind.FDOA and hertz_of(case, one) is None:
        return "no carrier: state carrier_hz with the measurement or its emitter"
    if one.kind is ArrivalKind.FDOA and one.station and _has_no_downlink(case, one):
        return f"no downlink_hz: state it with the measurement or station {one.station[:60]!r}"
    return None


def _has_no_downlink(case: GeolocationCase, one: ArrivalDifference) -> bool:
    known = {site.name: site.frequency_hz for site in case.stations}
    return one.downlink_hz is None and known.get(one.station) is None


def _of_states(one: ArrivalDifference, states: ObserverStates, row: int) -> str | None:
    for side, name in enumerate((one.first, one.second)):
        if not np.isfinite(states.position_km[row, side]).all():
            return (
                f"no state of {name[:60]!r} at {one.time_utc:%Y-%m-%dT%H:%M:%SZ}: check the time, "
                "or give an ephemeris or element sets that hold it"
            )
    return None


def _of_size(
    case: GeolocationCase, one: ArrivalDifference, states: ObserverStates, row: int
) -> str | None:
    """Refuse what no emitter anywhere could give, with all errors at ten sigmas."""
    position, velocity = states.position_km[row], states.velocity_km_s[row]
    ways = 2.0 if one.station else 1.0
    sigma, rows = sigma_of(case, one) or 0.0, states.satellite[row]
    if one.kind is ArrivalKind.TDOA:
        off_km = states.errors.position_rtn_km[rows].sum() * ways + _SLACK_KM
        clock = _SIGMAS * (sigma + float(states.errors.clock_s[rows].sum()))
        baseline_km = float(np.linalg.norm(position[0] - position[1]))
        most = ways * (baseline_km + _SIGMAS * off_km) / LIGHT_KM_S + clock
        told = f"{baseline_km:,.0f} km between the satellites allow at most {most:.3g} s"
    else:
        speeds = float(np.linalg.norm(velocity, axis=1).sum()) * 1.01
        speeds += _SIGMAS * float(states.errors.velocity_rtn_km_s[rows].sum()) + 0.1
        offsets = _SIGMAS * (sigma + float(states.errors.frequency_hz[rows].sum()))
        most = ways * (hertz_of(case, one) or 0.0) * speeds / LIGHT_KM_S + offsets
        told = f"the speeds of the satellites allow at most {most:.3g} Hz"
    if abs(one.value) <= most:
        return None
    return f"value {one.value:g} {_unit(one)}: {told}; check unit, time, and which satellite it is"


def _unit(one: ArrivalDifference) -> str:
    return "s" if one.kind is ArrivalKind.TDOA else "Hz"
