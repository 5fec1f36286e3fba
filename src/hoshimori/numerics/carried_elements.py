"""Mean elements carried to other epochs by SGP4 itself, without its periodic terms."""

from __future__ import annotations

import math

import numpy as np

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import TWO_PI, WGS72_J2, XKE
from hoshimori.numerics.element_changes import deep_rows
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import Satellites, initialise
from hoshimori.numerics.sgp4_mean import deep_mean, near_mean

_ROUNDS = 6
_MOST_GROWTH = 1.2
"""An axis that grows more is that of a theory of drag that is used beyond the fall."""
_LEAST_ECCENTRICITY = 1e-7
_US_PER_MIN = 6.0e7


def carried_elements(elements: MeanElements, at_utc: Times) -> MeanElements:
    """Return the element sets of other epochs that describe the same trajectories, shape (n,).

    With the rates of oblateness, drag, Sun and Moon and the resonances of deep space. The periodic
    terms follow from the new elements as they did from the old, so that states agree within metres
    a day in low orbits, 200 m in ten days in the belt, and kilometres in five days near the
    perigee of eccentric half-day orbits. NaN where drag has used up an orbit, and for impossible
    elements. Source: Vallado et al. 2006, AIAA 2006-6753.
    """
    satellites = initialise(elements)
    return _as_elements(satellites, _means(satellites, at_utc), at_utc, elements.bstar_per_er)


def _means(satellites: Satellites, at_utc: Times) -> Floats:
    span_us = at_utc.astype("datetime64[us]") - satellites.epoch_utc
    found = np.empty((6, len(satellites.near)))
    _fill(
        satellites.near,
        deep_rows(satellites),
        satellites.deep_row,
        span_us.astype(np.int64) / _US_PER_MIN,
        found,
    )
    return found


def _as_elements(
    satellites: Satellites, means: Floats, at_utc: Times, bstar_per_er: Floats
) -> MeanElements:
    axis, eccentricity, tilt, node, perigee, anomaly = means
    with np.errstate(all="ignore"):
        before = (XKE / satellites.near[:, near.NO]) ** (2.0 / 3.0)
        bad = (satellites.status != 0) | ~(eccentricity < 1.0)
        bad |= ~(axis * (1.0 - eccentricity) > 1.0) | ~(axis < _MOST_GROWTH * before)
        axis = np.where(bad, np.nan, axis)
        eccentricity = np.clip(eccentricity, _LEAST_ECCENTRICITY, 1.0)
        motion = kozai_mean_motion_rad_min(axis, eccentricity, tilt)
    return MeanElements(
        epoch_utc=at_utc.astype("datetime64[us]"),
        mean_motion_kozai_rad_min=motion,
        eccentricity=eccentricity,
        inclination_rad=np.abs(tilt),
        raan_rad=np.where(tilt < 0.0, node + math.pi, node) % TWO_PI,
        arg_of_perigee_rad=np.where(tilt < 0.0, perigee - math.pi, perigee) % TWO_PI,
        mean_anomaly_rad=anomaly % TWO_PI,
        bstar_per_er=bstar_per_er,
    )


def kozai_mean_motion_rad_min(
    semi_major_axis_er: Floats, eccentricity: Floats, inclination_rad: Floats
) -> Floats:
    """Return the mean motion that element sets publish for Brouwer's axis [earth radii].

    The inverse of `elements.brouwer_mean_motion_rad_min`, by iteration. Source: as there.
    """
    brouwer = XKE / semi_major_axis_er**1.5
    beta2 = 1.0 - eccentricity**2
    d1 = 0.75 * WGS72_J2 * (3.0 * np.cos(inclination_rad) ** 2 - 1.0) / (np.sqrt(beta2) * beta2)
    kozai = np.asarray(brouwer)
    for _ in range(_ROUNDS):
        a1 = (XKE / kozai) ** (2.0 / 3.0)
        delta = d1 / a1**2
        a2 = a1 * (1.0 - delta**2 - delta * (1.0 / 3.0 + 134.0 * delta**2 / 81.0))
        kozai = np.asarray(brouwer * (1.0 + d1 / a2**2))
    return kozai


@kernel
def _fill(
    near_rows: Floats,
    deep_rows: Floats,
    deep_row: np.ndarray[tuple[int], np.dtype[np.int32]],
    span_min: Floats,
    found: Floats,
) -> None:
    """Write axis, eccentricity, inclination, node, perigee and anomaly of each row."""
    for row in range(len(span_min)):
        if deep_row[row] < 0:
            mean = near_mean(near_rows[row], span_min[row])
        else:
            mean = deep_mean(near_rows[row], deep_rows[deep_row[row]], span_min[row])
        for column in range(6):
            found[column, row] = mean[column]
