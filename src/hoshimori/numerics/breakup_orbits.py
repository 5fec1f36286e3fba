"""Orbits as they turn slowly: planes, shapes and passes through a direction, weeks back in time.

Where fragments part, all their planes hold one point and all their ellipses pass through it. Both
follow from secular theory alone, which forgets nothing over months; where on its ellipse a
fragment was is known far less well, as drag is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.numerics import sgp4_deep as deep
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import TWO_PI, WGS72_MU_KM3_S2, WGS72_RADIUS_KM, XKE
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.sgp4 import initialise

_MOST_TURNS = 400
_MOST_ECCENTRICITY = 0.95
_MOST_AXIS_CHANGE = 0.3
"""An axis that drag theory changes by more than this share is not known at all."""


@dataclass(frozen=True, slots=True, eq=False)
class SecularOrbits:
    """*n* orbits with their secular rates by oblateness, drag, Sun and Moon."""

    epoch_utc: Times
    near: Floats
    """Coefficients of SGP4, shape (n, 33)."""
    pull_rad_min: Floats
    """Rates by Sun and Moon of eccentricity, inclination, anomaly, node and perigee, (n, 5)."""

    def __len__(self) -> int:
        return len(self.epoch_utc)

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> SecularOrbits:
        """Return the orbits of these rows (indices or a mask), in that order."""
        return SecularOrbits(self.epoch_utc[rows], self.near[rows], self.pull_rad_min[rows])

    def with_drag(self, factor: float) -> SecularOrbits:
        """Return the same orbits where drag is so many times that of the elements.

        Drag of an element set is that of its days; weeks earlier the air was thinner or denser.
        """
        scaled = self.near.copy()
        for column in (near.CC1, near.BCC4, near.NODECF, near.T2COF):
            scaled[:, column] *= factor
        for power, columns in ((2, (near.D2, near.T3COF)), (3, (near.D3, near.T4COF))):
            scaled[:, columns] *= factor**power
        scaled[:, (near.D4, near.T5COF)] *= factor**4
        return replace(self, near=scaled)

    @property
    def period_min(self) -> Floats:
        """Period at the epoch, shape (n,)."""
        return np.asarray(TWO_PI / self.near[:, near.NO])

    @property
    def drag_per_min(self) -> Floats:
        """How fast drag shrinks each axis at the epoch, as a share of half of it, shape (n,)."""
        return np.abs(self.near[:, near.CC1])


@dataclass(frozen=True, slots=True, eq=False)
class OrbitShapes:
    """Planes and ellipses of *n* orbits at a moment, axes TEME."""

    normal: Floats
    """Unit vectors of angular momentum, shape (n, 3)."""
    eccentricity: Floats
    """Vectors of the length of the eccentricity that point to the perigee, shape (n, 3)."""
    parameter_km: Floats
    """Semi-latus rectum, shape (n,); NaN where drag theory no longer tells."""

    def radius_km(self, direction: Floats) -> Floats:
        """Return how far from the Earth's centre each ellipse passes a direction, shape (n,)."""
        return np.asarray(self.parameter_km / (1.0 + self.eccentricity @ direction))

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> OrbitShapes:
        """Return the shapes of these rows (indices or a mask), in that order."""
        return OrbitShapes(self.normal[rows], self.eccentricity[rows], self.parameter_km[rows])


def secular_orbits(elements: MeanElements) -> SecularOrbits:
    """Return orbits whose planes and shapes can be followed for months, shape (n,).

    Periodic terms stay out: near one point they are nearly alike for all fragments. Resonances of
    deep-space orbits stay out as well.
    Source: Vallado et al. 2006, AIAA 2006-6753 (secular part of SGP4 and SDP4).
    """
    satellites = initialise(elements)
    pull = np.zeros((len(elements), 5))
    is_deep = satellites.deep_row >= 0
    columns = np.array([deep.DEDT, deep.DIDT, deep.DMDT, deep.DNODT, deep.DOMDT])
    pull[is_deep] = satellites.deep[np.ix_(satellites.deep_row[is_deep], columns)]
    return SecularOrbits(satellites.epoch_utc, satellites.near, pull)


def shapes_at(orbits: SecularOrbits, utc: np.datetime64) -> OrbitShapes:
    """Return planes and ellipses at a moment; good to about 1 km for drag-free orbits and months.

    Compared with element sets of the same objects months later; where drag is strong the parameter
    is worse by what the drag term is wrong.
    """
    e, tilt, _, node, perigee, axis_km = _elements_at(orbits, _minutes(orbits, utc)[:, None])
    ci, si = np.cos(tilt), np.sin(tilt)
    cn, sn, cp, sp = np.cos(node), np.sin(node), np.cos(perigee), np.sin(perigee)
    normal = np.stack([si * sn, -si * cn, ci], axis=-1)[:, 0]
    toward = np.stack([cn * cp - sn * sp * ci, sn * cp + cn * sp * ci, sp * si], axis=-1)[:, 0]
    return OrbitShapes(normal, toward * e, axis_km[:, 0] * (1.0 - e[:, 0] ** 2))


def advanced_elements(elements: MeanElements, epoch_utc: Times) -> MeanElements:
    """Return the same orbits as element sets of other epochs, by secular theory, shape (n,).

    What a catalogue would publish later if it saw exactly what the theory says; resonances of
    deep-space orbits stay out.
    """
    orbits = secular_orbits(elements)
    minutes = (epoch_utc - orbits.epoch_utc) / np.timedelta64(1, "us") / 60e6
    then = [column[:, 0] for column in _elements_at(orbits, minutes[:, None])]
    e, tilt, anomaly, node, perigee, axis_km = then
    start_km = _elements_at(orbits, np.zeros((len(orbits), 1)))[5][:, 0]
    return MeanElements(
        epoch_utc=epoch_utc,
        mean_motion_kozai_rad_min=elements.mean_motion_kozai_rad_min * (start_km / axis_km) ** 1.5,
        eccentricity=e,
        inclination_rad=tilt,
        raan_rad=node % TWO_PI,
        arg_of_perigee_rad=perigee % TWO_PI,
        mean_anomaly_rad=anomaly % TWO_PI,
        bstar_per_er=elements.bstar_per_er,
    )


def passes_min(
    orbits: SecularOrbits, direction: Floats, utc: np.datetime64, within_min: float
) -> Floats:
    """Return when each object passes a direction, in minutes from a moment, shape (n, m).

    All passes within so many minutes to either side; rows are filled with NaN. A direction off the
    plane counts as passed where the plane comes nearest to it.
    """
    start = _minutes(orbits, utc)[:, None]
    axis_km = _elements_at(orbits, start)[5]
    period = TWO_PI / (np.sqrt(WGS72_MU_KM3_S2 / axis_km**3) * 60.0)
    shortest = float(np.min(np.nan_to_num(period, nan=1e4), initial=1e4))
    turns = min(int(np.ceil(within_min / shortest)) + 1, _MOST_TURNS)
    passed = np.arange(-turns, turns + 1) * period
    for _ in range(8):
        passed = passed + _to_direction_min(orbits, direction, start + passed)
    return np.where(np.abs(passed) <= within_min, passed, np.nan)


def latitudes_rad(orbits: SecularOrbits, times_utc: Times, normal: Floats) -> Floats:
    """Return how far along its track each object is, from the node of a plane near all, (n, m).

    Mean anomaly with perigee and node: even motion, which is what tells when two were together.
    """
    minutes = (times_utc - orbits.epoch_utc[:, None]) / np.timedelta64(1, "us") / 60e6
    _, tilt, anomaly, node, perigee, _ = _elements_at(orbits, minutes)
    common = float(np.arctan2(normal[0], -normal[1]))
    turned = (node - common + np.pi) % TWO_PI - np.pi
    return np.asarray(anomaly + perigee + np.cos(tilt) * turned)


def velocities_km_s(shapes: OrbitShapes, direction: Floats) -> Floats:
    """Return the velocity of each orbit where it passes a direction, shape (n, 3), TEME axes.

    One direction for all, shape (3,), or one for each, shape (n, 3).
    """
    off = np.sum(shapes.normal * direction, axis=1, keepdims=True)
    radial = direction - off * shapes.normal
    radial /= np.linalg.norm(radial, axis=1, keepdims=True)
    along = np.cross(shapes.normal, radial)
    pace = np.sqrt(WGS72_MU_KM3_S2 / shapes.parameter_km)
    outward = -pace * np.sum(shapes.eccentricity * along, axis=1)
    around = pace * (1.0 + np.sum(shapes.eccentricity * radial, axis=1))
    return np.asarray(outward[:, None] * radial + around[:, None] * along)


def _minutes(orbits: SecularOrbits, utc: np.datetime64) -> Floats:
    return np.asarray((utc - orbits.epoch_utc) / np.timedelta64(1, "us") / 60e6)


def _elements_at(orbits: SecularOrbits, t: Floats) -> tuple[Floats, ...]:
    """Return eccentricity, inclination, anomaly, node, perigee [rad] and axis [km] at minutes t.

    `t` has shape (n, m); so has everything returned.
    """

    def c(column: int) -> Floats:
        return np.asarray(orbits.near[:, column, None])

    pull = orbits.pull_rad_min[:, :, None]
    with np.errstate(all="ignore"):
        shrunk = 1.0 - t * (c(near.CC1) + t * (c(near.D2) + t * (c(near.D3) + t * c(near.D4))))
        shrunk = np.where(np.abs(shrunk**2 - 1.0) < _MOST_AXIS_CHANGE, shrunk, np.nan)
        later = c(near.T4COF) + t * c(near.T5COF)
        drifted = t**2 * (c(near.T2COF) + t * (c(near.T3COF) + t * later))
        e = c(near.ECCO) + (pull[:, 0] - c(near.BCC4)) * t
        e = np.clip(e, 1e-7, _MOST_ECCENTRICITY)
        tilt = c(near.INCLO) + pull[:, 1] * t
        anomaly = c(near.MO) + (c(near.MDOT) + pull[:, 2]) * t + c(near.NO) * drifted
        node = c(near.NODEO) + (c(near.NODEDOT) + pull[:, 3]) * t + c(near.NODECF) * t**2
        perigee = c(near.ARGPO) + (c(near.ARGPDOT) + pull[:, 4]) * t
        axis_km = (XKE / c(near.NO)) ** (2.0 / 3.0) * shrunk**2 * WGS72_RADIUS_KM
    return e, tilt, anomaly, node, perigee, axis_km


def _to_direction_min(orbits: SecularOrbits, direction: Floats, t: Floats) -> Floats:
    """Return how many minutes each object is before (or after, negative) a direction at t."""
    e, tilt, anomaly, node, perigee, axis_km = _elements_at(orbits, t)
    x, y, z = direction
    cn, sn = np.cos(node), np.sin(node)
    latitude = np.arctan2((y * cn - x * sn) * np.cos(tilt) + z * np.sin(tilt), x * cn + y * sn)
    half = np.tan(0.5 * (latitude - perigee)) * np.sqrt((1.0 - e) / (1.0 + e))
    eccentric = 2.0 * np.arctan(half)
    missing = eccentric - e * np.sin(eccentric) - anomaly
    with np.errstate(invalid="ignore"):
        missing = np.mod(missing + np.pi, TWO_PI) - np.pi
        return np.asarray(missing / (np.sqrt(WGS72_MU_KM3_S2 / axis_km**3) * 60.0))
