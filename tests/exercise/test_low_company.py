"""Made pairs in low orbits come together in the way that is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.low_company import AFTER_DAYS, BEFORE_DAYS, Coming, low_company
from hoshimori.numerics.elements import semi_major_axis_km


@pytest.fixture(scope="module")
def made():  # type: ignore[no-untyped-def]
    return low_company(np.random.Generator(np.random.PCG64(1)), 4, every_days=1.0)


def test_every_way_of_coming_is_there_with_sets_before_and_after(made) -> None:  # type: ignore[no-untyped-def]
    sets, truth = made
    assert [pair.coming for pair in truth] == list(Coming)
    span = (sets.epoch_utc.max() - sets.epoch_utc.min()) / np.timedelta64(1, "D")
    assert span == pytest.approx(BEFORE_DAYS + AFTER_DAYS, abs=5.0)
    assert sets.reality.value == "SIMULATED"


def test_only_who_burns_moves_to_another_height(made) -> None:  # type: ignore[no-untyped-def]
    sets, truth = made
    for pair in truth:
        if pair.coming not in (Coming.BY_ASSET, Coming.BY_OTHER):
            continue
        comer = pair.asset if pair.coming is Coming.BY_ASSET else pair.other
        swing = {}
        for number in (pair.asset, pair.other):
            axis = semi_major_axis_km(sets.take(sets.norad_id == number).mean_elements())
            days = np.arange(len(axis), dtype=float)
            swing[number] = float(np.ptp(axis - np.polyval(np.polyfit(days, axis, 1), days)))
        assert max(swing, key=lambda number: swing[number]) == comer
