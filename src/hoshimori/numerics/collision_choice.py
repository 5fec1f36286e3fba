"""Which probability of collision may be stated of an encounter, and what follows from it.

The plane where its limits hold, else curved motion, else drawn orbits; where no method is allowed,
the most that the probability can be, or nothing. A small number in the dilution region is no
conclusion: it says that little is known, not that nothing will happen.
Source: Hall, Baars & Casali 2023, A Multistep Probability of Collision Algorithm, AAS 23-398
(sequence and limits); Hejduk & Snow 2019 (what small numbers mean).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.collision import EncounterPlane, collision_probability, encounter_plane
from hoshimori.numerics.collision_conclusion import (
    ACT_PROBABILITY,
    Conclusion,
    ProbabilityType,
    conclusion_of,
)
from hoshimori.numerics.collision_covariance import UncertainStates
from hoshimori.numerics.collision_expected import (
    SinglePass,
    encounter_interval_s,
    encounter_span_s,
    expected_collisions,
    single_pass_collisions,
)
from hoshimori.numerics.collision_maximum import (
    DilutionRegion,
    dilution_region,
    maximum_probability,
)
from hoshimori.numerics.collision_monte_carlo import monte_carlo_probability
from hoshimori.numerics.collision_overlap import UncertainOrbits, uncertain_orbits
from hoshimori.numerics.collision_usage import Usage, UsageViolation, usage_violations

_MOST_DURATION_SINGLE_PASS = 0.05
_MOST_OFFSET_SINGLE_PASS = 0.1
_MOST_DIFFERENCE_SINGLE_PASS = 0.1
"""Limits of 2-D-Nc, as in AAS 23-398: duration and offset over the shorter period, and how far the
sphere and the plane at the peak may be apart."""
_MOST_DURATIONS_SINGLE_PASS = 2.0
"""Longest time in which collisions can happen, in durations of the pass; one pass alone takes about
one, and more of it is a further pass."""
_GROWTH = 1.1
"""By how much errors are grown to see which way the number of collisions goes."""


class CollisionMethod(Enum):
    """How a probability of collision was found."""

    PLANE = "2-D"
    SINGLE_PASS = "2-D-Nc"
    WHOLE_PASS = "3-D-Nc"
    MONTE_CARLO = "Monte Carlo"
    MAXIMUM = "Alfano maximum"
    NONE = "none"


class Drawing(NamedTuple):
    """Permission to draw orbits where no other method holds."""

    samples: int
    generator: np.random.Generator


@dataclass(frozen=True, slots=True)
class CollisionEstimate:
    """What may be stated of one encounter."""

    pc: float | None
    """Probability of collision; None where `pc_type` is NONE."""
    pc_type: ProbabilityType
    method: CollisionMethod
    violations: UsageViolation
    """Limits of the encounter plane that it breaks."""
    diluted: bool
    """Whether smaller errors could raise the number; true where that is not known."""
    repaired: bool
    """Whether a covariance was not positive definite and was mended."""
    conclusion: Conclusion
    interval: tuple[float, float] | None = None
    """95 % interval of drawn orbits."""


def reported_estimate(pc: float, threshold: float) -> CollisionEstimate:
    """Return what a probability stated by somebody else supports: a warning, never a relief."""
    kind = ProbabilityType.REPORTED
    return CollisionEstimate(
        pc,
        kind,
        CollisionMethod.NONE,
        UsageViolation(0),
        diluted=True,
        repaired=False,
        conclusion=conclusion_of(pc, kind, is_relief=False, threshold=threshold),
    )


def maximum_estimate(
    most: float, threshold: float, violations: UsageViolation, *, repaired: bool
) -> CollisionEstimate:
    """Return what the most that it can be supports: what that excludes is excluded, else open."""
    kind = ProbabilityType.MAXIMUM
    return CollisionEstimate(
        most,
        kind,
        CollisionMethod.MAXIMUM,
        violations,
        diluted=True,
        repaired=repaired,
        conclusion=conclusion_of(most, kind, is_relief=True, threshold=threshold),
    )


def no_estimate() -> CollisionEstimate:
    """Return that nothing can be said."""
    return _nothing(UsageViolation(0), repaired=False)


def choose_probability(
    primary: UncertainStates,
    secondary: UncertainStates,
    hard_body_radius_km: npt.NDArray[np.float64] | float,
    *,
    threshold: float = ACT_PROBABILITY,
    drawing: Drawing | None = None,
) -> tuple[CollisionEstimate, ...]:
    """Return for each encounter the probability by the first method whose limits hold.

    States near closest approach, shape (n, 3), km and km/s in one inertial frame; radii (n,) or one
    for all. With covariances of position and velocity (n, 6, 6): 2-D, 2-D-Nc, 3-D-Nc and, where it
    is permitted, drawn orbits. With covariances of position (n, 3, 3), as element sets give them,
    2-D; the Alfano maximum where only a covariance is at fault; nothing where the encounter is too
    long or too far off for straight motion. Unknown states or covariances (NaN) give nothing.
    Raises ValueError for a radius that is negative or not a number and for mixed covariances.
    """
    if primary.covariance.shape != secondary.covariance.shape:
        raise ValueError("both objects need covariances of the same kind, (n, 3, 3) or (n, 6, 6)")
    radius = np.broadcast_to(
        np.asarray(hard_body_radius_km, dtype=np.float64), len(primary.position_km)
    )
    known = _known(primary, secondary, radius)
    rows = np.flatnonzero(known)
    some = [UncertainStates(*(x[rows] for x in states)) for states in (primary, secondary)]
    estimates = _estimates(some[0], some[1], radius[rows], threshold, drawing)
    unknown = no_estimate()
    found = dict(zip(rows.tolist(), estimates, strict=True))
    return tuple(found.get(row, unknown) for row in range(len(radius)))


def _known(
    primary: UncertainStates, secondary: UncertainStates, radius_km: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    if not np.all(radius_km >= 0.0):
        raise ValueError("a hard-body radius is a length in km, zero or more")
    known = np.isfinite(radius_km)
    for states in (primary, secondary):
        for column in states:
            known &= np.isfinite(column).reshape(len(column), -1).all(axis=1)
    return known


def _estimates(
    primary: UncertainStates,
    secondary: UncertainStates,
    radius_km: npt.NDArray[np.float64],
    threshold: float,
    drawing: Drawing | None,
) -> list[CollisionEstimate]:
    covariance = primary.covariance[:, :3, :3] + secondary.covariance[:, :3, :3]
    plane = encounter_plane(
        secondary.position_km - primary.position_km,
        secondary.velocity_km_s - primary.velocity_km_s,
        covariance,
        radius_km,
    )
    usage = usage_violations(primary, secondary, radius_km)
    estimates = _in_plane(plane, usage, threshold)
    if primary.covariance.shape[-1] != 6:
        return estimates
    broken = np.flatnonzero(usage.violations)
    orbits = uncertain_orbits(primary, secondary, radius_km).take(broken)
    limited = usage.take(broken)
    passes = single_pass_collisions(orbits)
    holds = _single_pass_holds(orbits, limited, passes)
    for k, row in enumerate(broken.tolist()):
        one, violations = orbits.take(np.array([k])), UsageViolation(int(limited.violations[k]))
        if holds[k]:
            pc, diluted = min(float(passes.collisions[k]), 1.0), bool(passes.diluted[k])
            estimates[row] = _computed(
                pc, CollisionMethod.SINGLE_PASS, violations, diluted, one, threshold
            )
        else:
            estimates[row] = _whole_pass(one, violations, threshold, drawing)
    return estimates


def _in_plane(plane: EncounterPlane, usage: Usage, threshold: float) -> list[CollisionEstimate]:
    """Return what the encounter plane allows by itself."""
    pc, most = collision_probability(plane), maximum_probability(plane)
    diluted = dilution_region(plane) != DilutionRegion.ROBUST
    estimates = []
    for row, flags in enumerate(usage.violations.tolist()):
        violations, repaired = UsageViolation(flags), bool(plane.repaired[row])
        if not flags and np.isfinite(pc[row]):
            estimate = CollisionEstimate(
                float(pc[row]),
                ProbabilityType.COMPUTED,
                CollisionMethod.PLANE,
                violations,
                bool(diluted[row]),
                repaired,
                _concluded(float(pc[row]), bool(diluted[row]), threshold),
            )
        elif violations == UsageViolation.NOT_POSITIVE_DEFINITE and np.isfinite(most[row]):
            estimate = maximum_estimate(float(most[row]), threshold, violations, repaired=repaired)
        else:
            estimate = _nothing(violations, repaired)
        estimates.append(estimate)
    return estimates


def _nothing(violations: UsageViolation, repaired: bool) -> CollisionEstimate:
    return CollisionEstimate(
        None,
        ProbabilityType.NONE,
        CollisionMethod.NONE,
        violations,
        diluted=True,
        repaired=repaired,
        conclusion=Conclusion.NO_CONCLUSION,
    )


def _computed(
    pc: float,
    method: CollisionMethod,
    violations: UsageViolation,
    diluted: bool,
    orbits: UncertainOrbits,
    threshold: float,
) -> CollisionEstimate:
    return CollisionEstimate(
        pc,
        ProbabilityType.COMPUTED,
        method,
        violations,
        diluted,
        bool(orbits.repaired[0]),
        _concluded(pc, diluted, threshold),
    )


def _concluded(pc: float, diluted: bool, threshold: float) -> Conclusion:
    kind = ProbabilityType.COMPUTED
    return conclusion_of(pc, kind, is_relief=not diluted, threshold=threshold)


def _single_pass_holds(
    orbits: UncertainOrbits, usage: Usage, passes: SinglePass
) -> npt.NDArray[np.bool_]:
    """Return where 2-D-Nc may be used: a short pass, alone in its approach, and both ways alike."""
    middle = 0.5 * (passes.collisions + passes.in_plane)
    apart = np.abs(passes.collisions - passes.in_plane)
    start, end = encounter_interval_s(orbits)
    is_alone = end - start <= _MOST_DURATIONS_SINGLE_PASS * usage.duration * orbits.period_s
    return np.asarray(
        usage.curved
        & np.isfinite(passes.collisions)
        & (usage.duration <= _MOST_DURATION_SINGLE_PASS)
        & (usage.offset <= _MOST_OFFSET_SINGLE_PASS)
        & (apart <= _MOST_DIFFERENCE_SINGLE_PASS * middle)
        & is_alone
    )


def _whole_pass(
    orbits: UncertainOrbits,
    violations: UsageViolation,
    threshold: float,
    drawing: Drawing | None,
) -> CollisionEstimate:
    """Return the estimate by 3-D-Nc, or by drawn orbits where one approach runs into the next."""
    start, end = encounter_span_s(orbits)
    found = expected_collisions(orbits)
    is_isolated = found.start_s[0] > start[0] and found.end_s[0] < end[0]
    pc = float(found.collisions[0])
    if is_isolated and pc <= 1.0:
        grown = expected_collisions(
            replace(
                orbits,
                covariance_1=_GROWTH**2 * orbits.covariance_1,
                covariance_2=_GROWTH**2 * orbits.covariance_2,
            )
        )
        diluted = not float(grown.collisions[0]) >= pc
        return _computed(pc, CollisionMethod.WHOLE_PASS, violations, diluted, orbits, threshold)
    if drawing is None:
        return _nothing(violations, bool(orbits.repaired[0]))
    return _drawn(orbits, violations, threshold, drawing)


def _drawn(
    orbits: UncertainOrbits, violations: UsageViolation, threshold: float, drawing: Drawing
) -> CollisionEstimate:
    drawn = monte_carlo_probability(orbits, drawing.samples, drawing.generator)
    pc, low, high = (float(x[0]) for x in (drawn.probability, drawn.low, drawn.high))
    if not np.isfinite(pc):
        return _nothing(violations, bool(orbits.repaired[0]))
    # Which way smaller errors would move it is not known: only a warning can follow.
    kind = ProbabilityType.COMPUTED
    return CollisionEstimate(
        pc,
        kind,
        CollisionMethod.MONTE_CARLO,
        violations,
        diluted=True,
        repaired=bool(orbits.repaired[0]),
        conclusion=conclusion_of(low, kind, is_relief=False, threshold=threshold),
        interval=(low, high),
    )
