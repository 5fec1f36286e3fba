"""SGP4 as the device runs it, with its memory on the host: the same states as ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from sgp4.api import Satrec

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise, propagate_each
from hoshimori.numerics.sgp4_cuda import sky_of, state_of

pytest.importorskip("numba.cuda", reason="this Numba brings no CUDA target")

WEEK_S = 7 * 86400.0
ROUNDING_KM = 1e-9
ROUNDING_KM_S = 1e-12


@pytest.mark.parametrize("age_days", [-400, -3, 0, 3, 400])
def test_states_are_those_of_the_cpu(
    verification_set: Sequence[object],
    as_elements: Callable[[Sequence[Satrec]], MeanElements],
    age_days: int,
) -> None:
    """Before, across and after the epoch: the nodes of resonances must reach every moment."""
    satellites = initialise(as_elements([case.satrec for case in verification_set]))  # type: ignore[attr-defined]
    ours = satellites.take(satellites.status == 0)
    # Every object's own epoch is the origin, which puts all epochs in the middle of the window.
    for row in range(len(ours)):
        one = ours.take(np.array([row]))
        t0_utc = one.epoch_utc[0] + np.timedelta64(age_days, "D") - np.timedelta64(84, "h")
        sky = sky_of(one, t0_utc, WEEK_S)
        for t_s in (0.0, 0.3 * WEEK_S, 0.5 * WEEK_S, 0.7 * WEEK_S, WEEK_S):
            expected = propagate_each(one, t0_utc, np.array([t_s]))
            state = state_of(sky, 0, t_s)
            assert state[0] == expected.status[0]
            np.testing.assert_allclose(
                state[1:4], expected.position_teme_km[0], rtol=0, atol=ROUNDING_KM
            )
            np.testing.assert_allclose(
                state[4:7], expected.velocity_teme_km_s[0], rtol=0, atol=ROUNDING_KM_S
            )
