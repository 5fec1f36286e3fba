"""Where a few objects are at equal steps of time, as one block of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from hoshimori.errors import CoverageError, SettingsError
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.sgp4 import initialise, propagate

MOST_OBJECTS = 50
MOST_STEPS = 120


@dataclass(frozen=True, slots=True)
class EphemerisBlock:
    """States of some objects."""

    norad_ids: tuple[int, ...]
    states: bytes
    """Little-endian float32, shape (objects, steps, 6): position [km], velocity [km/s] in TEME."""


def ephemeris_block(
    picture: Picture, norad_ids: Sequence[int], start_utc: datetime, *, step_s: float, steps: int
) -> EphemerisBlock:
    """Return the states of objects by SGP4 from their newest element sets; NaN where it refuses.

    Objects that the picture does not hold are left out.

    Raises:
        SettingsError: more is asked for than one block holds.
        CoverageError: the picture holds none of the objects.
    """
    if len(norad_ids) > MOST_OBJECTS or not 1 <= steps <= MOST_STEPS:
        raise SettingsError(f"expected at most {MOST_OBJECTS} objects and {MOST_STEPS} steps")
    chosen = picture.newest.take(np.isin(picture.newest.norad_id, list(norad_ids)))
    if not len(chosen):
        raise CoverageError("the picture holds none of these objects")
    t_s = np.arange(steps, dtype=np.float64) * step_s
    states = propagate(initialise(chosen.mean_elements()), as_column_time(start_utc), t_s)
    whole = np.concatenate([states.position_teme_km, states.velocity_teme_km_s], axis=2)
    return EphemerisBlock(tuple(chosen.norad_id.tolist()), whole.astype("<f4").tobytes())
