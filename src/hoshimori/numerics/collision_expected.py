"""Expected number of collisions of encounters on curved orbits, with uncertain velocities.

For one isolated encounter it is the probability; it holds where the encounter plane does not: for
slow, long and oblique encounters and clouds that bend. Objects that come back can collide more than
once: then the number exceeds the probability and can exceed one.
Source: Hall 2021, Expected Collision Rates for Tracked Satellites, J. Spacecraft Rockets 58(3),
715-728 (3-D-Nc); Hall, Baars & Casali 2023, AAS 23-398 (2-D-Nc); Coppola 2012, AAS 12-247.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.collision import collision_probability, encounter_plane
from hoshimori.numerics.collision_maximum import DilutionRegion, dilution_region
from hoshimori.numerics.collision_overlap import Overlap, UncertainOrbits, overlap
from hoshimori.numerics.collision_peak import Peak, peak, straight_peak_s
from hoshimori.numerics.collision_sphere import (
    collision_rate,
    sphere_rule,
    surface_flow,
    velocity_together_km_s,
)
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.equinoctial import equinoctial_states

_FEWEST_RINGS = 8
_MOST_RINGS = 256
_CONVERGED = 1e-5
"""Relative change on doubling the nodes of either quadrature; the error left is smaller still."""
_NODES = 8
_FEWEST_PANELS = 8
_MOST_HALVINGS = 14
_MOST_PANELS = 512
_PANEL_SHARE = 1e-6
"""Of the integral: a panel of time that changes by less on halving is done."""
_REACH = 50.0
"""Where the level is by so much above its lowest, e^-25 of the rate is left: nothing is missed."""
_SPAN_SAMPLES = 201
_ROWS_AT_ONCE = 64
"""Encounters looked over together; bounds the memory to some tens of megabytes."""
_SCAN = 129
"""Moments at which the whole span is looked over."""


class ExpectedCollisions(NamedTuple):
    """Numbers of collisions and what they rest on, all of shape (n,); NaN where not converged."""

    collisions: Floats
    start_s: Floats
    """From when on the rate was integrated, after the moment of the states."""
    end_s: Floats
    mean_s: Floats
    """Mean moment of collision."""
    sigma_s: Floats
    """Its standard deviation."""


class SinglePass(NamedTuple):
    """The same number in two ways, shape (n,) each; NaN where not converged."""

    collisions: Floats
    """By the unit sphere."""
    in_plane: Floats
    """In the plane across the relative velocity at the peak: right for bodies of every size."""
    diluted: npt.NDArray[np.bool_]
    """Whether smaller errors could raise it, judged in that plane; true where not known."""


def single_pass_collisions(orbits: UncertainOrbits, at: Peak | None = None) -> SinglePass:
    """Return the expected collisions of single, isolated passes (2-D-Nc).

    The exponent of the rate is taken as a parabola in time, for each direction of the sphere by
    itself, so that the integral over time is closed. NaN where the encounter has no peak or the
    sphere needs more than 256 rings. Good to 1e-5 of what the parabola gives; that fails for bodies
    much larger than the errors, as the plane then shows.
    Source: Hall, Baars & Casali 2023, AAS 23-398.
    """
    at = peak(orbits) if at is None else at
    t = at.t_s[:, None] + at.sigma_s[:, None] * np.array([-1.0, 0.0, 1.0])
    met = overlap(orbits, t)
    collisions = np.full(len(orbits), np.nan)
    for row in np.flatnonzero(np.isfinite(at.t_s) & np.isfinite(met.log_determinant).all(axis=1)):
        moments = Overlap(*(column[row] for column in met))
        radius, sigma = float(orbits.hard_body_radius_km[row]), float(at.sigma_s[row])
        collisions[row] = _by_doubling_rings(moments, radius, sigma)
    middle = Overlap(*(column[:, 1] for column in met))
    plane = encounter_plane(
        middle.position_km,
        velocity_together_km_s(middle),
        middle.covariance[:, :3, :3],
        orbits.hard_body_radius_km,
    )
    diluted = dilution_region(plane) != DilutionRegion.ROBUST
    return SinglePass(collisions, collision_probability(plane), diluted)


def _by_doubling_rings(moments: Overlap, radius_km: float, sigma_s: float) -> float:
    rings, before = _FEWEST_RINGS, np.inf
    while rings <= _MOST_RINGS:
        now = _parabolic_sum(moments, radius_km, sigma_s, rings)
        if abs(now - before) <= _CONVERGED * abs(now):
            return now
        rings, before = 2 * rings, now
    return np.nan


def _parabolic_sum(moments: Overlap, radius_km: float, sigma_s: float, rings: int) -> float:
    rule = sphere_rule(rings)
    flow = surface_flow(moments, radius_km, rule, moment=1)
    before, level, after = flow.level
    bend = after - 2.0 * level + before
    bend = np.where(bend > 0.0, bend, np.nan)
    lowest = np.maximum(level - (before - after) ** 2 / (8.0 * bend), moments.log_determinant[1])
    width = sigma_s * np.sqrt(2.0 / bend)
    # The time integral of the parabola's exponential is sqrt(2 pi) widths.
    density = np.exp(-0.5 * lowest) * width / (2.0 * np.pi)
    return float(radius_km**2 * np.sum(rule.weight * flow.inward_km_s[1] * density))


def expected_collisions(
    orbits: UncertainOrbits,
    start_s: Floats | float | None = None,
    end_s: Floats | float | None = None,
) -> ExpectedCollisions:
    """Return the expected collisions between two moments (3-D-Nc).

    The moments are seconds after that of the states, shape (n,) or one for all; by default those of
    `encounter_interval_s`. Bodies already together at its start do not count. The rate is
    integrated over the sphere and over time until doubling the nodes changes neither by 1e-5. NaN
    where it does not converge, or where the two orbits cannot be brought together.
    """
    count = len(orbits)
    first, last = encounter_span_s(orbits)
    whole = start_s is not None or end_s is not None
    start = np.broadcast_to(np.asarray(first if start_s is None else start_s), count)
    end = np.broadcast_to(np.asarray(last if end_s is None else end_s), count)
    low, high = _where_it_happens(orbits, peak(orbits), start, end, whole=whole)
    rows = [
        _integrated(orbits.take(np.array([row])), *span)
        for row, span in enumerate(zip(low.tolist(), high.tolist(), strict=True))
    ]
    return ExpectedCollisions(*np.array(rows).reshape(-1, 5).T)


def encounter_span_s(orbits: UncertainOrbits) -> tuple[Floats, Floats]:
    """Return from when to when the two mean orbits make this approach and no other, (n,) each.

    Between the moments of largest distance before and after both closest approach and the peak that
    straight motion would have; where there is none within one shorter period, half that period.
    Source: Hall 2021, section on encounter segments.
    """
    share = np.linspace(-1.0, 1.0, _SPAN_SAMPLES)
    t = orbits.period_s[:, None] * share
    places = (
        equinoctial_states(elements[:, None, :], t)[0]
        for elements in (orbits.elements_1, orbits.elements_2)
    )
    distance = np.linalg.norm(np.subtract(*places), axis=-1)
    highest = (distance[:, 1:-1] >= distance[:, :-2]) & (distance[:, 1:-1] > distance[:, 2:])
    inner = np.broadcast_to(share[1:-1], highest.shape)
    middle = np.nan_to_num(straight_peak_s(orbits) / orbits.period_s)[:, None]
    earlier, later = inner < np.minimum(middle, 0.0), inner > np.maximum(middle, 0.0)
    before = np.max(np.where(highest & earlier, inner, -1.0), axis=1)
    after = np.min(np.where(highest & later, inner, 1.0), axis=1)
    start = np.where(before > -1.0, before, -0.5) * orbits.period_s
    return start, np.where(after < 1.0, after, 0.5) * orbits.period_s


def encounter_interval_s(orbits: UncertainOrbits) -> tuple[Floats, Floats]:
    """Return between which moments this approach can lead to a collision, shape (n,) each.

    Outside the expected rate of collisions is below e^-25 of its largest, or belongs to another
    approach. At an end of the encounter span the approach runs into the next one. NaN where the two
    orbits cannot be brought together.
    """
    return _where_it_happens(orbits, peak(orbits), *encounter_span_s(orbits), whole=False)


def _integrated(orbits: UncertainOrbits, low: float, high: float) -> tuple[float, ...]:
    """Return the fields of `ExpectedCollisions` of one encounter."""
    rings = _enough_rings(orbits, low, high) if low < high else 2 * _MOST_RINGS
    if rings > _MOST_RINGS:
        return (np.nan,) * 5
    total, first, second = _over_time(orbits, low, high, rings)
    if not total > 0.0:
        return total, low, high, np.nan, np.nan
    mean = first / total
    return total, low, high, mean, float(np.sqrt(max(second / total - mean**2, 0.0)))


def _over_time(
    orbits: UncertainOrbits, low: float, high: float, rings: int
) -> tuple[float, float, float]:
    """Integrate rate, rate times time and rate times its square, halving panels as needed."""
    starts, width = np.linspace(low, high, _FEWEST_PANELS, endpoint=False), high - low
    width /= _FEWEST_PANELS
    sums, settled = _panel_sums(orbits, starts, width, rings), np.zeros(3)
    for _ in range(_MOST_HALVINGS):
        width *= 0.5
        halves = np.stack([starts, starts + width], axis=1)
        finer = _panel_sums(orbits, halves.ravel(), width, rings).reshape(-1, 2, 3)
        total = settled[0] + np.sum(finer[:, :, 0])
        moved = np.abs(np.sum(finer[:, :, 0], axis=1) - sums[:, 0])
        open_ = ~(moved <= _PANEL_SHARE * total)
        settled += np.sum(finer[~open_], axis=(0, 1))
        starts, sums = halves[open_].ravel(), finer[open_].reshape(-1, 3)
        if len(starts) == 0:
            return float(settled[0]), float(settled[1]), float(settled[2])
        if len(starts) > _MOST_PANELS:
            break
    return (np.nan,) * 3


def _panel_sums(orbits: UncertainOrbits, starts: Floats, width: float, rings: int) -> Floats:
    """Return the integrals of rate, rate times time and times its square, shape (panels, 3)."""
    times, weights = _panel_rule(starts, width)
    flow = weights * _rate(orbits, _met(orbits, times.ravel()), rings).reshape(times.shape)
    return np.stack([np.sum(flow * times**power, axis=1) for power in range(3)], axis=-1)


def _panel_rule(starts: Floats, width: float) -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return starts[:, None] + 0.5 * width * (nodes + 1.0), 0.5 * width * weights


def _enough_rings(orbits: UncertainOrbits, low: float, high: float) -> int:
    """Return how many rings the sphere needs, from a coarse integral; too many if it never ends."""
    starts, width = np.linspace(low, high, _FEWEST_PANELS, endpoint=False), high - low
    times, weights = _panel_rule(starts, width / _FEWEST_PANELS)
    met = _met(orbits, times.ravel())
    rings, before = _FEWEST_RINGS, np.inf
    while rings <= _MOST_RINGS:
        total = np.sum(weights * _rate(orbits, met, rings).reshape(times.shape))
        if abs(total - before) <= _CONVERGED * total:
            return rings
        rings, before = 2 * rings, total
    return rings


def _met(orbits: UncertainOrbits, times: Floats) -> Overlap:
    return Overlap(*(column[0] for column in overlap(orbits, times[None, :])))


def _rate(orbits: UncertainOrbits, met: Overlap, rings: int) -> Floats:
    return collision_rate(met, float(orbits.hard_body_radius_km[0]), rings)


def _where_it_happens(
    orbits: UncertainOrbits, at: Peak, start_s: Floats, end_s: Floats, *, whole: bool
) -> tuple[Floats, Floats]:
    """Return the part of each span in which the rate is not negligible, shape (n,) each.

    From the first such part to the last; unless the whole is wanted, parts that touch either end of
    the span belong to other approaches and are left out, if there are others.
    """
    parts = [np.empty((0, 2))]
    for first in range(0, len(orbits), _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(orbits)))
        times = _moments_to_look_at(at, start_s, end_s, rows)
        levels = _nearest_levels(orbits.take(rows), times)
        parts.append(
            np.array([_part(*row, whole=whole) for row in zip(times, levels, strict=True)])
        )
    low, high = np.concatenate(parts).T
    return low, high


def _moments_to_look_at(
    at: Peak, start_s: Floats, end_s: Floats, rows: npt.NDArray[np.intp]
) -> Floats:
    """Return moments all over the span and, ever closer, around the peak, sorted, shape (n, m)."""
    start, end = start_s[rows, None], end_s[rows, None]
    middle = np.where(np.isfinite(at.t_s), at.t_s, 0.0)[rows, None]
    width = np.where(np.isfinite(at.sigma_s), at.sigma_s, 0.0)[rows, None]
    everywhere = start + (end - start) * np.linspace(0.0, 1.0, _SCAN)
    offsets = np.concatenate([np.arange(0.0, 16.0, 0.5), 2.0 ** np.arange(4, 20)])
    around = [middle + sign * width * offsets for sign in (-1.0, 1.0)]
    return np.sort(np.clip(np.concatenate([everywhere, *around], axis=1), start, end), axis=1)


def _part(times: Floats, level: Floats, *, whole: bool) -> tuple[float, float]:
    if not np.isfinite(level).any():
        return np.nan, np.nan
    counts = level <= np.nanmin(level) + _REACH
    edges = np.flatnonzero(np.diff(counts, prepend=False, append=False)).reshape(-1, 2)
    # The moments from edge to edge, the second not among them.
    inner = edges[(times[edges[:, 0]] > times[0]) & (times[edges[:, 1] - 1] < times[-1])]
    runs = edges if whole or len(inner) == 0 else inner
    first, last = max(runs[0, 0] - 1, 0), min(runs[-1, 1], len(times) - 1)
    return float(times[first]), float(times[last])


def _nearest_levels(orbits: UncertainOrbits, times: Floats) -> Floats:
    """Return a lower bound of the level on the sphere; bodies may be larger than the errors."""
    met = overlap(orbits, times)
    pull = np.einsum("nmij,nmj->nmi", met.inverse_km2, met.position_km)
    nearer = 2.0 * orbits.hard_body_radius_km[:, None] * np.linalg.norm(pull, axis=-1)
    return np.asarray(np.maximum(met.distance_squared - nearer, 0.0) + met.log_determinant)
