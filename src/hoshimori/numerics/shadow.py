"""When satellites pass through the Earth's shadow, and how the Sun stands to their orbits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.constants import SUN_RADIUS_KM, TWO_PI, WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.geo import moments
from hoshimori.numerics.geometry import angle_rad, sun_position_teme_km, sunlit_fraction
from hoshimori.numerics.sgp4 import Satellites, propagate

_STEP_S = 30.0
"""Shorter than any passage that matters: penumbra and umbra of low orbits take minutes."""
_HALVINGS = 12
"""From the step to ten milliseconds: far below what the air over the edge blurs."""


@dataclass(frozen=True, slots=True)
class ShadowPassage:
    """One passage of the shadow, in seconds after a moment; NaN where it lies beyond the span."""

    enters_penumbra_s: float
    leaves_penumbra_s: float
    enters_umbra_s: float
    """NaN where it passes the penumbra alone."""
    leaves_umbra_s: float


def sunlit_share(satellite: Satellites, t0_utc: np.datetime64, t_s: Floats) -> Floats:
    """Return the share of the Sun's disc that one satellite sees at moments, shape (m,).

    NaN where SGP4 has no state. Shadow as `geometry.sunlit_fraction`: entries and exits are good
    to some 5 s in low orbits and 15 s in geostationary ones.
    """
    position = propagate(satellite, t0_utc, t_s).position_teme_km[0]
    lit = sunlit_fraction(position, sun_position_teme_km(moments(t0_utc, t_s)))
    return np.where(np.isfinite(position[:, 0]), lit, np.nan)


def shadow_passages(
    satellite: Satellites, t0_utc: np.datetime64, from_s: float, until_s: float
) -> tuple[ShadowPassage, ...]:
    """Return the passages of one satellite through the shadow in a span, by time.

    Passages of less than a step (30 s) of the penumbra may be missed.
    """
    t_s = np.arange(from_s, until_s + _STEP_S, _STEP_S)
    lit = sunlit_share(satellite, t0_utc, t_s)
    dark = np.nan_to_num(lit, nan=1.0) < 1.0
    starts = np.flatnonzero(dark & ~np.append(False, dark[:-1]))
    ends = np.flatnonzero(dark & ~np.append(dark[1:], False))
    return tuple(
        _passage(satellite, t0_utc, t_s, lit, int(first), int(last))
        for first, last in zip(starts, ends, strict=True)
    )


def _passage(
    satellite: Satellites, t0_utc: np.datetime64, t_s: Floats, lit: Floats, first: int, last: int
) -> ShadowPassage:
    def edge(row: int, limit: float) -> float:
        """Return when the share crosses a limit between a row and the next."""
        if not 0 <= row < len(t_s) - 1:
            return float("nan")
        return _crossing(satellite, t0_utc, float(t_s[row]), limit)

    umbra = first + np.flatnonzero(lit[first : last + 1] <= 0.0)
    enters, leaves = float("nan"), float("nan")
    if len(umbra):
        enters, leaves = edge(int(umbra[0]) - 1, 0.0), edge(int(umbra[-1]), 0.0)
    return ShadowPassage(edge(first - 1, 1.0), edge(last, 1.0), enters, leaves)


def _crossing(satellite: Satellites, t0_utc: np.datetime64, start_s: float, limit: float) -> float:
    """Return the moment within a step at which the share passes a limit, by halving."""
    low, high = start_s, start_s + _STEP_S

    def beyond(at_s: float) -> bool:
        share = float(sunlit_share(satellite, t0_utc, np.array([at_s]))[0])
        return share < 1.0 if limit == 1.0 else share <= 0.0

    at_start = beyond(low)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if beyond(middle) == at_start else (low, middle)
    return 0.5 * (low + high)


def sun_elevation_rad(position_km: Floats, velocity_km_s: Floats, utc: Times) -> Floats:
    """Return the angle of the Sun above orbit planes [rad, -pi/2 to pi/2]: beta.

    Source: Vallado 2013, section 5.3 (shadow analysis).
    """
    normal = np.cross(position_km, velocity_km_s)
    return np.asarray(0.5 * np.pi - angle_rad(normal, sun_position_teme_km(utc)))


def shadow_half_width_rad(distance_km: Floats | float) -> Floats:
    """Return the greatest angle of the Sun above the plane at which an orbit meets the shadow.

    Of circular orbits, the penumbra included: that of the Earth's disc and half the Sun's.

    >>> round(float(np.degrees(shadow_half_width_rad(42164.2))), 2)
    8.97
    """
    return np.asarray(
        np.arcsin(np.minimum(WGS84_RADIUS_KM / np.asarray(distance_km), 1.0))
        + np.arcsin(SUN_RADIUS_KM / 149597870.7)
    )


def share_near_edges(
    passages: tuple[ShadowPassage, ...], period_s: float, span_s: float, within_s: float
) -> float:
    """Return the share of a span that lies within a time of an entry or exit: chance's share.

    `passages` are those of the span. Neighbourhoods that overlap count once.
    """
    edges = sorted(
        t for p in passages for t in (p.enters_penumbra_s, p.leaves_penumbra_s) if np.isfinite(t)
    )
    if not edges or span_s <= 0.0:
        return 0.0
    covered, until = 0.0, -np.inf
    for edge in edges:
        begin = max(edge - within_s, until)
        covered += max(edge + within_s - begin, 0.0)
        until = max(until, edge + within_s)
    return float(min(covered / max(span_s, period_s), 1.0))


def season_share(position_km: Floats, velocity_km_s: Floats, utc: np.datetime64) -> float:
    """Return the share of a year in which an orbit, its plane held still, meets the shadow.

    For high orbits, whose planes hardly turn within a year.
    """
    days = np.arange(0, 366).astype("timedelta64[D]").astype("timedelta64[us]")
    year = np.asarray(utc.astype("datetime64[us]") + days)
    normal = np.cross(position_km, velocity_km_s)
    beta = 0.5 * np.pi - angle_rad(normal[None, :], sun_position_teme_km(year))
    limit = shadow_half_width_rad(float(np.linalg.norm(position_km)))
    return float(np.mean(np.abs(beta) < limit))


def sun_behind_rad(position_km: Floats, utc: Times) -> Floats:
    """Return the angle at the Earth's centre between satellites and the Sun [rad].

    Below the Earth's half angle at the satellite, the satellite stands before the Sun for some
    place on the Earth: an outage of reception there.
    Source: ITU-R S.1525-1 (2002), annex 2 (when the Sun passes behind).
    """
    return angle_rad(position_km, sun_position_teme_km(utc))


def one_revolution_s(position_km: Floats, velocity_km_s: Floats, mu_km3_s2: float) -> float:
    """Return the time of a revolution from one state [s]; a day where it is not bound."""
    energy = 0.5 * float(velocity_km_s @ velocity_km_s) - mu_km3_s2 / float(
        np.linalg.norm(position_km)
    )
    if not energy < 0.0:
        return 86400.0
    return float(TWO_PI * np.sqrt((-mu_km3_s2 / (2.0 * energy)) ** 3 / mu_km3_s2))
