"""States of one object over a time span, as its operator or a determination centre gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import Column

Covariances = npt.NDArray[np.float64]
"""(M, 6, 6): position, then velocity; km^2, km^2/s and km^2/s^2."""


@dataclass(frozen=True, slots=True, eq=False)
class Ephemeris:
    """One span of states without a break: between two spans nothing may be interpolated.

    `times` (N) are in `time_system`, which need not be UTC; positions, velocities and accelerations
    are (N, 3), an acceleration that is not stated is NaN.  Frames and centre are named as in the
    message.
    """

    object_name: str
    object_id: str
    centre: str
    frame: str
    time_system: str
    times: Column
    position_km: Column
    velocity_km_s: Column
    usable_start: np.datetime64
    usable_stop: np.datetime64
    acceleration_km_s2: Column | None = None
    frame_epoch: np.datetime64 | None = None
    interpolation: str | None = None
    interpolation_degree: int | None = None
    covariance_times: Column | None = None
    covariance_frames: tuple[str, ...] = ()
    covariance_km2: Covariances | None = None

    def __post_init__(self) -> None:
        """Make the columns read-only; raise `ValueError` where their lengths differ."""
        columns: list[Any] = [self.position_km, self.velocity_km_s, self.acceleration_km_s2]
        if any(c is not None and c.shape != (len(self.times), 3) for c in columns):
            raise ValueError("positions, velocities and accelerations: expected (N, 3)")
        for column in (self.times, *columns, self.covariance_times, self.covariance_km2):
            if column is not None:
                column.flags.writeable = False

    def __len__(self) -> int:
        """Return the number of states."""
        return len(self.times)
