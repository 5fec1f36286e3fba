"""How errors of element sets grow with age in each class of orbits, where nothing else is known.

The growth of one object is ``sigma(age)^2 = floor^2 + s0^2 + (s1 age)^2 + (s2 age^2)^2`` per axis
of RTN, age in days to either side of the epoch (Flohrer, Krag & Klinkrad 2008, AMOS; Geul, Mooij &
Noomen 2017, Adv. Space Res. 59). In-track, `s2` also holds a share of what the drag term of the
element set itself says that drag does: it is that far wrong, whatever height, size and solar
activity made it large.

Birth certificate of every number in this file: ``benchmarks/accuracy_covariance.py``, kept in
``benchmarks/results/accuracy_covariance.json``, explained in ``docs/explain/uncertainty.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import MINUTES_PER_DAY
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    OrbitRegime,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
    semi_major_axis_km,
)

Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


class ErrorClass(IntEnum):
    """Orbits whose element sets err alike; LEO and HEO by perigee above the equator."""

    LEO_BELOW_450_KM = 0
    LEO_450_TO_600_KM = 1
    LEO_600_TO_800_KM = 2
    LEO_ABOVE_800_KM = 3
    SHELL_BELOW_700_KM = 4
    """In a crowded shell, which only engines keep: thrust that no element set announces."""
    SHELL_ABOVE_700_KM = 5
    MEO = 6
    GEO = 7
    HEO_BELOW_1000_KM = 8
    HEO_ABOVE_1000_KM = 9
    HEO_BEYOND_GEO = 10
    """Apogee above 50,000 km, where SGP4's Sun and Moon are far too simple."""


class CovarianceOrigin(IntEnum):
    """What a covariance rests on."""

    OWN_HISTORY = 0
    """Mostly the object's own element sets."""
    CLASS = 1
    """Other objects in like orbits: the object's own history is short or missing."""
    DEFAULT = 2
    """Nothing measured: the elements are impossible, and the widest class stands in."""


@dataclass(frozen=True, slots=True, eq=False)
class ErrorGrowth:
    """Growth of the position error of *n* objects; kilometres and days, RTN, shape (n, 3)."""

    floor_km: Floats
    """What all sets of an object have in common, so that no difference between them shows it."""
    s0_km: Floats
    s1_km_day: Floats
    s2_km_day2: Floats
    origin: Codes
    """Codes of `CovarianceOrigin`, shape (n,)."""
    pairs: Floats
    """How many independent pairs of the object's own sets it rests on, shape (n,)."""

    def __len__(self) -> int:
        return len(self.origin)

    def take(self, rows: npt.NDArray[np.integer] | Flags) -> ErrorGrowth:
        """Return the objects of these rows (indices or a mask), in that order."""
        return ErrorGrowth(*(getattr(self, column.name)[rows] for column in fields(self)))

    def sigma_rtn_km(self, age_days: Floats) -> Floats:
        """Return one sigma of position [km] at an age of either sign for each object, (n, 3)."""
        return np.asarray(np.hypot(self.floor_km, self.scatter_rtn_km(age_days)))

    def scatter_rtn_km(self, age_days: Floats) -> Floats:
        """Return the part of it that shows between sets of the object itself: without the floor."""
        age = np.abs(age_days)[:, None]
        square = self.s0_km**2 + (self.s1_km_day * age) ** 2 + (self.s2_km_day2 * age**2) ** 2
        return np.asarray(np.sqrt(square))


_MEASURED = np.array(
    [  # s0 [km], s1 [km/day], s2 [km/day^2]; each radial, in-track, cross-track
        [[0.0399, 0.984, 0.0], [0.0565, 1.44, 0.142], [0.0, 0.0, 0.0]],
        [[0.0378, 0.496, 0.0235], [0.0606, 0.729, 0.0811], [0.00662, 0.552, 0.0]],
        [[0.0145, 0.0848, 0.0156], [0.0512, 0.986, 0.0441], [0.0, 0.0696, 0.0028]],
        [[0.0134, 0.245, 0.0163], [0.0406, 0.272, 0.0462], [0.0, 0.0656, 0.000777]],
        [[0.396, 7.67, 0.206], [0.0, 3.07, 0.179], [0.00613, 0.0, 0.0]],
        [[0.00542, 0.381, 0.0116], [0.0611, 0.51, 0.0209], [0.00573, 0.0, 0.00245]],
        [[0.0, 0.0, 0.0], [0.141, 0.958, 0.0554], [0.0, 0.0, 0.0]],
        [[0.516, 1.05, 2.59], [0.332, 5.51, 1.55], [0.0, 1.03, 0.0]],
        [[0.0, 0.0, 0.0], [0.943, 1.8, 0.297], [0.0, 0.0, 0.0]],
        [[0.0, 0.0, 0.0], [1.76, 6.15, 0.247], [0.0, 0.0, 0.0]],
        [[0.0, 0.0, 0.0], [391.0, 1540.0, 22.6], [0.0, 0.0, 0.0]],
    ]
)
_DRAG_SHARE = np.array(
    [  # radial, in-track, cross-track
        [0.00573, 0.442, 0.000241],
        [0.00558, 0.403, 0.000253],
        [0.00394, 0.43, 0.000998],
        [0.017, 0.486, 0.00269],
        [0.0214, 2.0, 0.00526],
        [0.0, 0.923, 0.0141],
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [0.183, 0.506, 0.0011],
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
    ]
)
"""Errors as a share of the displacement by drag that the element set itself holds."""
_FLOOR_KM = np.array(
    [  # LEO, MEO, GEO, and HEO, where nothing was measured: as GEO
        [0.427, 0.918, 0.522],
        [0.786, 2.76, 0.305],
        [2.01, 5.3, 0.446],
        [2.01, 5.3, 0.446],
    ]
)
"""By `OrbitRegime`: what precise orbits show beyond the scatter (Jason-1, TOPEX, navigation
satellites of even catalogue number); in MEO raised by 1.15, which the test orbits asked for."""

_SHELL_KM, _SHELL_RAD, _SHELL_ECCENTRICITY = 5.0, np.radians(0.2), 0.002


def class_growth(elements: MeanElements, *, in_shell: Flags | None = None) -> ErrorGrowth:
    """Return the growth of errors that the class of each orbit shows; one row each.

    `in_shell` of shape (n,) tells who flies in a crowded shell (`in_crowded_shell`, of the whole
    catalogue); without it nobody does. Impossible elements get the widest class and `DEFAULT`.
    """
    row = error_class(elements, in_shell=in_shell)
    s0, s1, s2 = np.moveaxis(_MEASURED[row], 1, 0)
    drag = np.nan_to_num(drag_displacement_km_day2(elements), posinf=0.0, neginf=0.0)
    s2 = np.hypot(s2, _DRAG_SHARE[row] * drag[:, None])
    possible = np.isfinite(semi_major_axis_km(elements))
    origin = np.where(possible, CovarianceOrigin.CLASS, CovarianceOrigin.DEFAULT).astype(np.uint8)
    floor = _FLOOR_KM[orbit_regime(elements)]
    return ErrorGrowth(floor, s0, s1, s2, origin, np.zeros(len(row)))


def error_class(elements: MeanElements, *, in_shell: Flags | None = None) -> Codes:
    """Return codes of `ErrorClass`, shape (n,); impossible elements count as the widest."""
    regime, perigee_km = orbit_regime(elements), perigee_altitude_km(elements)
    is_leo = regime == OrbitRegime.LEO
    shell = is_leo & (False if in_shell is None else in_shell)
    choices = [
        (shell & (perigee_km < 700.0), ErrorClass.SHELL_BELOW_700_KM),
        (shell, ErrorClass.SHELL_ABOVE_700_KM),
        (is_leo & (perigee_km < 450.0), ErrorClass.LEO_BELOW_450_KM),
        (is_leo & (perigee_km < 600.0), ErrorClass.LEO_450_TO_600_KM),
        (is_leo & (perigee_km < 800.0), ErrorClass.LEO_600_TO_800_KM),
        (is_leo, ErrorClass.LEO_ABOVE_800_KM),
        (regime == OrbitRegime.MEO, ErrorClass.MEO),
        (regime == OrbitRegime.GEO, ErrorClass.GEO),
        (apogee_altitude_km(elements) > 50_000.0, ErrorClass.HEO_BEYOND_GEO),
        (perigee_km < 1000.0, ErrorClass.HEO_BELOW_1000_KM),
        (perigee_km >= 1000.0, ErrorClass.HEO_ABOVE_1000_KM),
    ]
    codes = np.select(
        [condition for condition, _ in choices],
        [int(code) for _, code in choices],
        ErrorClass.HEO_BEYOND_GEO,
    )
    return codes.astype(np.uint8)


def drag_displacement_km_day2(elements: MeanElements) -> Floats:
    """Return how far drag moves each object along its orbit by its own elements [km/day^2], (n,).

    Times the square of the age it is the in-track displacement; negative where B* is. NaN for
    impossible elements.
    Source: Vallado et al. 2006, AIAA 2006-6753, routine ``sgp4`` (leading term, 1.5 C1 n t^2).
    """
    coefficients = near.near_coefficients(elements)
    with np.errstate(invalid="ignore", over="ignore"):
        turned_rad = 1.5 * coefficients[:, near.CC1] * coefficients[:, near.NO] * MINUTES_PER_DAY**2
        return np.asarray(turned_rad * semi_major_axis_km(elements))


def in_crowded_shell(elements: MeanElements, *, fewest: int = 50) -> Flags:
    """Return who flies in a shell of LEO too crowded to be chance, shape (n,).

    One row for each object of a whole catalogue. A shell is a cell of 5 km of semi-major axis and
    0.2 degrees of inclination with at least `fewest` near-circular orbits (eccentricity below
    0.002). Such order lasts only as long as engines keep it, whoever owns them.
    """
    axis_km = semi_major_axis_km(elements)
    circular = elements.eccentricity < _SHELL_ECCENTRICITY
    row = np.flatnonzero(circular & (orbit_regime(elements) == OrbitRegime.LEO))
    cell = np.column_stack((axis_km[row] // _SHELL_KM, elements.inclination_rad[row] // _SHELL_RAD))
    _, which, count = np.unique(cell, axis=0, return_inverse=True, return_counts=True)
    crowded = np.zeros(len(elements), dtype=bool)
    crowded[row] = count[which.ravel()] >= fewest
    return crowded
