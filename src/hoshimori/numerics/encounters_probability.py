"""What can be said of the encounters of a screening: errors of the miss, probability, dilution.

Element sets carry no covariance: the errors are judged by the history of an object, or assumed to
be those of its class (`covariance`). What is only assumed can warn, but never relieve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.collision import (
    EncounterPlane,
    collision_probability,
    encounter_plane,
    mahalanobis_squared,
)
from hoshimori.numerics.collision_conclusion import ACT_PROBABILITY, ProbabilityType, conclusions
from hoshimori.numerics.collision_covariance import UncertainStates
from hoshimori.numerics.collision_maximum import (
    DilutionRegion,
    dilution_region,
    maximum_probability,
    maximum_sigma_km,
)
from hoshimori.numerics.collision_usage import usage_violations
from hoshimori.numerics.covariance_classes import CovarianceOrigin, ErrorGrowth
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.encounters import Encounters
from hoshimori.numerics.frames import rtn_basis, to_rtn
from hoshimori.numerics.movers import Movers, as_movers
from hoshimori.numerics.sgp4 import Satellites
from hoshimori.numerics.uncertainty import (
    covariance_teme_km2,
    miss_sigma_km,
)

_BLOCK = 16_384
"""Encounters that are worked on at once; bounds the memory to some 20 MB."""
_SMALL, _SMALL_WHEN_FAR, _FAR = 0.4, 4.0, 100.0
"""Square of the disc's radius over the length in which the density changes; of the distance."""
_POINT, _CLEAR = 0.1, 0.1
"""A disc below this share of the error moves the limit of dilution by less than the second."""
_S_PER_DAY = 86_400.0
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class EncounterMeasures:
    """What is computed for each encounter, shape (n,) unless said otherwise."""

    age_1_days: Floats
    """Time from the epoch of the first object's elements to the closest approach."""
    age_2_days: Floats
    miss_rtn_km: Floats
    """Second object relative to the first in the first's RTN frame, shape (n, 3)."""
    sigma_km: Floats
    """One sigma of the miss: the longest axis of the error ellipse across the velocity."""
    pc: Floats
    """NaN where `pc_type` is NONE."""
    pc_type: npt.NDArray[np.int64]
    """Codes of `ProbabilityType`."""
    is_diluted: _Flags
    """Whether better orbits could raise the probability; true where that cannot be said."""
    conclusion: npt.NDArray[np.int64]
    """Codes of `Conclusion`."""


def encounter_measures(
    objects: Satellites | Movers,
    elements: MeanElements,
    errors: ErrorGrowth,
    radius_km: Floats,
    encounters: Encounters,
    t0_utc: np.datetime64,
) -> EncounterMeasures:
    """Return ages, components, errors and probabilities of encounters found among objects.

    `objects`, `elements`, their errors and the hard-body radii have one row for each object;
    encounters are seconds after `t0_utc`. Every row is computed alone: any split gives the same
    bits.
    """
    starts = range(0, max(len(encounters), 1), _BLOCK)
    every = np.arange(len(encounters))
    parts = [
        _measures(
            as_movers(objects),
            elements,
            errors,
            radius_km,
            encounters.take(every[k : k + _BLOCK]),
            t0_utc,
        )
        for k in starts
    ]
    return EncounterMeasures(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in EncounterMeasures.__slots__
        )
    )


def _measures(
    movers: Movers,
    elements: MeanElements,
    errors: ErrorGrowth,
    radius_km: Floats,
    found: Encounters,
    t0_utc: np.datetime64,
) -> EncounterMeasures:
    first = movers.take(found.primary).states_each(t0_utc, found.tca_s)
    positions = (first.position_teme_km, first.position_teme_km + found.relative_position_teme_km)
    velocities = (
        first.velocity_teme_km_s,
        first.velocity_teme_km_s + found.relative_velocity_teme_km_s,
    )
    ages, states = [], []
    for rows, position, velocity in zip(
        (found.primary, found.secondary), positions, velocities, strict=True
    ):
        own = elements.take(rows)
        age = np.asarray((t0_utc - own.epoch_utc) / np.timedelta64(1, "D"))
        ages.append(age + found.tca_s / _S_PER_DAY)
        sigma_rtn = errors.take(rows).sigma_rtn_km(ages[-1])
        covariance = covariance_teme_km2(position, velocity, sigma_rtn)
        states.append(UncertainStates(position, velocity, covariance))
    pc, pc_type, is_diluted = _probability(
        states[0], states[1], radius_km[found.primary] + radius_km[found.secondary], found
    )
    is_own = errors.origin == CovarianceOrigin.OWN_HISTORY
    is_relief = ~is_diluted & is_own[found.primary] & is_own[found.secondary]
    basis = rtn_basis(first.position_teme_km, first.velocity_teme_km_s)
    return EncounterMeasures(
        age_1_days=ages[0],
        age_2_days=ages[1],
        miss_rtn_km=to_rtn(basis, found.relative_position_teme_km),
        sigma_km=miss_sigma_km(
            states[0].covariance + states[1].covariance, found.relative_velocity_teme_km_s
        ),
        pc=pc,
        pc_type=pc_type,
        is_diluted=is_diluted,
        conclusion=conclusions(pc, pc_type, is_relief=is_relief),
    )


def _probability(
    first: UncertainStates, second: UncertainStates, radius_km: Floats, found: Encounters
) -> tuple[Floats, npt.NDArray[np.int64], _Flags]:
    """Return probability, `ProbabilityType`, dilution: the one place that chooses the method.

    In the encounter plane where its assumptions hold; elsewhere, and where the closest approach
    lies outside the window, none. A diluted number below the threshold gives way to the maximum
    (Alfano 2005); one above it stands, as a warning.
    """
    plane = encounter_plane(
        found.relative_position_teme_km,
        found.relative_velocity_teme_km_s,
        first.covariance + second.covariance,
        radius_km,
    )
    usable = (usage_violations(first, second, radius_km).violations == 0) & ~found.at_window_edge
    diluted = _is_diluted(plane) | ~usable
    pc = _plane_probability(plane)
    says_nothing = diluted & ~(pc >= ACT_PROBABILITY)
    pc = np.where(says_nothing, maximum_probability(plane), pc)
    kind = np.where(says_nothing, ProbabilityType.MAXIMUM, ProbabilityType.COMPUTED)
    known = usable & np.isfinite(pc)
    return (
        np.where(known, pc, np.nan),
        np.where(known, kind, ProbabilityType.NONE),
        diluted | ~known,
    )


def _plane_probability(plane: EncounterPlane) -> Floats:
    """Return `collision_probability`, by the first terms of a series where the disc is small.

    Source: Garcia-Pelayo & Hernando-Ayuso 2016, J. Guid. Control Dyn. 39 (powers of the radius):
    pi R^2 f (1 + R^2 L f / (8 f) + R^4 L L f / (192 f)) with the density f at the miss and the
    Laplacian L. Good to 1e-5, beyond ten sigma (below 1e-22) to a few per cent.
    """
    a, b = plane.sigma_major_km**-2, plane.sigma_minor_km**-2
    u, v = (plane.miss_major_km * a) ** 2, (plane.miss_minor_km * b) ** 2
    second = u - a + v - b
    fourth = u * u - 6.0 * u * a + 3.0 * a * a + v * v - 6.0 * v * b + 3.0 * b * b
    fourth += 2.0 * (u - a) * (v - b)
    radius_2 = plane.hard_body_radius_km**2
    series = 1.0 + radius_2 / 8.0 * (second + radius_2 / 24.0 * fourth)
    pc = 0.5 * radius_2 * np.sqrt(a * b) * np.exp(-0.5 * (u / a + v / b)) * series
    is_far = u / a + v / b > _FAR
    exact = ~(radius_2 * (u + v + 3.0 * (a + b)) < np.where(is_far, _SMALL_WHEN_FAR, _SMALL))
    pc[exact] = collision_probability(plane.take(exact))
    return pc


def _is_diluted(plane: EncounterPlane) -> _Flags:
    """Return whether `dilution_region` is DILUTED, asking it only where a point would not do.

    The probability that a point is hit falls when the error grows where the squared Mahalanobis
    distance is below two.
    """
    distance = mahalanobis_squared(plane)
    size = plane.hard_body_radius_km / plane.sigma_minor_km
    wide = plane.sigma_minor_km > maximum_sigma_km(plane.miss_km, plane.hard_body_radius_km)
    diluted = np.asarray(wide | (distance < 2.0))
    unclear = ~wide & ~((size < _POINT) & (np.abs(distance - 2.0) > _CLEAR))
    diluted[unclear] = dilution_region(plane.take(unclear)) == DilutionRegion.DILUTED
    return diluted
