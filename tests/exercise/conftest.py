"""Made skies, and the reference propagator that judges them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from sgp4.api import WGS72, Satrec, SatrecArray

from hoshimori.exercise.synthetic_sky import SyntheticSky, synthetic_sky
from hoshimori.model.elements import ElementSets
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import MeanElements
from hoshimori.workflows.pictures import picture_of

Floats = npt.NDArray[np.float64]
States = Callable[[ElementSets, Floats], tuple[npt.NDArray[np.uint8], Floats, Floats]]

AS_OF_UTC = np.datetime64("2026-11-23T00:00:00", "us")
_SGP4_ZERO_UTC = np.datetime64("1949-12-31T00:00:00", "us")
_SGP4_ZERO_JD = 2433281.5


@pytest.fixture(scope="session")
def as_of_utc() -> np.datetime64:
    return AS_OF_UTC


@pytest.fixture(scope="session")
def small_sky() -> SyntheticSky:
    return synthetic_sky(AS_OF_UTC, np.random.default_rng(7), objects=1_500)


@pytest.fixture(scope="session")
def full_sky() -> SyntheticSky:
    return synthetic_sky(AS_OF_UTC, np.random.default_rng(7))


def _satellite(mean: MeanElements, row: int) -> Satrec:
    satellite = Satrec()
    satellite.sgp4init(
        WGS72,
        "i",
        0,
        (mean.epoch_utc[row] - _SGP4_ZERO_UTC) / np.timedelta64(1, "D"),
        mean.bstar_per_er[row],
        0.0,
        0.0,
        mean.eccentricity[row],
        mean.arg_of_perigee_rad[row],
        mean.inclination_rad[row],
        mean.mean_anomaly_rad[row],
        mean.mean_motion_kozai_rad_min[row],
        mean.raan_rad[row],
    )
    return satellite


@pytest.fixture(scope="session")
def reference() -> States:
    """Status, TEME position [km] and velocity [km/s] by the `sgp4` package, days after as-of."""

    def states(sets: ElementSets, days: Floats) -> tuple[npt.NDArray[np.uint8], Floats, Floats]:
        start_jd = _SGP4_ZERO_JD + (AS_OF_UTC - _SGP4_ZERO_UTC) / np.timedelta64(1, "D")
        mean = sets.mean_elements()
        every = SatrecArray([_satellite(mean, row) for row in range(len(mean))])
        return every.sgp4(np.full(len(days), start_jd), np.asarray(days, dtype=np.float64))

    return states


@pytest.fixture(scope="session")
def small_picture(small_sky: SyntheticSky) -> Picture:
    """The small made sky as a picture, with a month of history of some of its objects."""
    return picture_of(
        [small_sky.element_sets],
        assets=small_sky.assets,
        days_ahead=7.0,
        as_of_utc=AS_OF_UTC,
        objects=small_sky.objects,
    )
