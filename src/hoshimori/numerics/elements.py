"""Mean elements as SGP4 takes them, and what follows from them without propagation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class MeanElements:
    """Mean elements of *n* objects in SGP4 theory (TEME, UTC), one array per element, shape (n,).

    The mean motion is Kozai's, as published; radians and radians per minute.
    """

    epoch_utc: Times
    mean_motion_kozai_rad_min: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    arg_of_perigee_rad: Floats
    mean_anomaly_rad: Floats
    bstar_per_er: Floats

    def __len__(self) -> int:
        return len(self.epoch_utc)
