"""Orbit regimes: which objects are comparable."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import MINUTES_PER_DAY, TWO_PI
from hoshimori.numerics.elements import MeanElements

Regimes = npt.NDArray[np.object_]


class Regime(StrEnum):
    """Where an object moves, as far as tracking and element sets behave alike there."""

    LEO = "LEO"
    """Period below 225 minutes, where SGP4 uses its near-Earth theory."""
    MEO = "MEO"
    GEO = "GEO"
    """Within a tenth of the Earth's rate of turning."""
    HEO = "HEO"
    """Eccentricity of 0.25 and more, any period of 225 minutes and more."""


def regimes(elements: MeanElements) -> Regimes:
    """Return the `Regime` of every object, shape (n,)."""
    rev_day = elements.mean_motion_kozai_rad_min * (MINUTES_PER_DAY / TWO_PI)
    found = np.full(len(elements), Regime.MEO, dtype=object)
    found[np.abs(rev_day - 1.0027379) < 0.1] = Regime.GEO
    found[elements.eccentricity >= 0.25] = Regime.HEO
    found[rev_day > MINUTES_PER_DAY / 225.0] = Regime.LEO
    return found
