"""What fragments got at the moment they parted: velocity changes, their sides, their energy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.breakup_orbits import OrbitShapes, velocities_km_s
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import rtn_basis
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.robust import median_of_known, sigma_of_known

_UNDECIDED_M_S = 0.5
"""A smaller change along the track may as well be drag: it counts to neither side."""


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Velocity changes of *n* fragments in the RTN frame of what they parted from."""

    delta_v_rtn_m_s: Floats
    """Shape (n, 3); NaN for fragments whose orbit is not known at the moment."""

    @property
    def spread_rtn_m_s(self) -> Floats:
        """Robust spread (one sigma) of each component about its median, shape (3,)."""
        return sigma_of_known(self.delta_v_rtn_m_s)

    @property
    def speed_m_s(self) -> Floats:
        """Size of each change, shape (n,), NaN left out."""
        size = np.linalg.norm(self.delta_v_rtn_m_s, axis=1)
        return np.asarray(size[np.isfinite(size)])

    @property
    def energy_j_per_g(self) -> float:
        """Kinetic energy of the fragments per mass, by the median of the squared changes.

        Of what was catalogued: without the masses of fragments no more can be said. Above 40 J/g
        of impact energy a satellite shatters wholly (Johnson et al. 2001).
        """
        speed = self.speed_m_s
        return float(np.median(speed**2)) / 2000.0 if len(speed) else float("nan")

    def posigrade_share(self) -> tuple[float, float, float]:
        """Return low end, best value and high end (95 %) of the share thrown forward."""
        along = self.delta_v_rtn_m_s[:, 1]
        decided = along[np.abs(np.nan_to_num(along)) > _UNDECIDED_M_S]
        return share_interval(int(np.count_nonzero(decided > 0)), len(decided))


def cloud_at(
    shapes: OrbitShapes, direction: Floats, parent_velocity_km_s: Floats | None = None
) -> Cloud:
    """Return the velocity changes of orbits that part at a direction.

    Against the parent's velocity there, or against the median of the fragments where no parent is
    known: then a cloud thrown to one side looks even. Each fragment is taken where its own plane
    passes the direction, so that the error of a plane does not become a velocity. Good to about
    1 m/s for each kilometre that an axis is wrong by drag.
    """
    velocity = velocities_km_s(shapes, direction)
    origin = median_of_known(velocity) if parent_velocity_km_s is None else None
    about = parent_velocity_km_s if origin is None else origin
    assert about is not None
    basis = rtn_basis(direction, about)
    return Cloud(1000.0 * (velocity - about) @ basis.T)
