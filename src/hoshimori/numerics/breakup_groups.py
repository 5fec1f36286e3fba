"""Which orbits lie so near one another that they may come from one object."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hoshimori.numerics.breakup_orbits import OrbitShapes
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.robust import median_of_known

_PLANE_DEG = 2.0
_AXIS_SHARE = 0.05
_BLOCK = 512


def plane_groups(shapes: OrbitShapes) -> npt.NDArray[np.int64]:
    """Return a number for each orbit; those linked by planes and sizes alike share it, shape (n,).

    Two are linked within two degrees of plane and 5 % of the semi-latus rectum; a chain of links
    joins. Orbits that are not known stay alone.
    """
    n = len(shapes.parameter_km)
    first: list[npt.NDArray[np.int64]] = [np.arange(n)]
    second: list[npt.NDArray[np.int64]] = [np.arange(n)]
    for start in range(0, n, _BLOCK):
        block = slice(start, start + _BLOCK)
        with np.errstate(invalid="ignore"):
            linked = shapes.normal[block] @ shapes.normal.T > np.cos(np.radians(_PLANE_DEG))
            ratio = shapes.parameter_km[block, None] / shapes.parameter_km
            linked &= np.abs(np.log(ratio)) < _AXIS_SHARE
        a, b = np.nonzero(linked)
        first.append(a + start)
        second.append(b)
    a, b = np.concatenate(first), np.concatenate(second)
    graph = coo_array((np.ones(len(a)), (a, b)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def shape_speed_m_s(shapes: OrbitShapes) -> float:
    """Return how fast orbits' shapes differ: median distance of eccentricity, as a speed [m/s].

    Satellites that leave one carrier and keep their circular orbits show a metre or two a second
    whatever heights they go to; fragments show what threw them.
    """
    apart = np.linalg.norm(shapes.eccentricity - median_of_known(shapes.eccentricity), axis=1)
    return float(median_of_known(apart) * _speed_m_s(shapes))


def _speed_m_s(shapes: OrbitShapes) -> Floats:
    return np.asarray(1000.0 * np.sqrt(WGS72_MU_KM3_S2 / median_of_known(shapes.parameter_km)))
