"""Steps between element sets: burns written into histories that SGP4 itself would predict."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.change import (
    Steps,
    find_steps,
    first_rows,
    persistent,
    rates_and_spreads,
)
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise

FLOORS_M_S = (1e-4, 0.02, 0.02)
THRESHOLD = 9.0
TWO_PER_CENT = 0.02


def steps_of(elements: MeanElements, gap_days: float = 10.0) -> Steps:
    ids = np.ones(len(elements), np.int64)
    floors = np.tile(FLOORS_M_S, (len(elements), 1))
    return find_steps(
        initialise(elements), ids, floors, window=60, fewest=15, longest_gap_days=gap_days
    )


def standing_out(elements: MeanElements, gap_days: float = 10.0) -> list[int]:
    return np.flatnonzero(steps_of(elements, gap_days).strength >= THRESHOLD).tolist()


@pytest.mark.parametrize("dv_m_s", [0.005, -0.02, 0.3])
def test_an_in_track_burn_shows_at_the_next_set_with_its_size(
    made: SimpleNamespace, dv_m_s: float
) -> None:
    steps = steps_of(made.history(40, made.Burn(24, in_track_m_s=dv_m_s)))
    assert steps.change_m_s[24, 0] == pytest.approx(dv_m_s, rel=TWO_PER_CENT)
    assert steps.scale[24, 0] == 1
    assert abs(steps.score[24, 0]) >= THRESHOLD
    # Longer scales show it for three more sets.
    assert np.flatnonzero(steps.strength >= THRESHOLD).tolist() == [24, 25, 26, 27]


def test_a_burn_across_the_plane_shows_with_its_size(made: SimpleNamespace) -> None:
    steps = steps_of(made.history(40, made.Burn(25, cross_track_m_s=1.9)))
    assert np.hypot(*steps.change_m_s[25, 1:]) == pytest.approx(1.9, rel=TWO_PER_CENT)
    assert steps.strength[25] >= THRESHOLD


def test_noise_alone_does_not_stand_out(made: SimpleNamespace) -> None:
    # 2e-8 of the mean motion is 0.05 mm/s, what well tracked satellites show.
    assert standing_out(made.history(400, noise=2e-8)) == []


def test_a_burn_smeared_over_weeks_shows_at_longer_scales(made: SimpleNamespace) -> None:
    smeared = [made.Burn(200 + k, in_track_m_s=0.0006) for k in range(4)]
    steps = steps_of(made.history(400, *smeared, noise=4e-8))
    assert steps.strength.max() >= THRESHOLD
    assert steps.scale[steps.strength.argmax(), 0] > 1


def test_one_bad_set_leaves_nothing(made: SimpleNamespace) -> None:
    elements = made.history(40)
    motion = elements.mean_motion_kozai_rad_min.copy()
    motion[25] *= 1.0 + 1e-5
    assert standing_out(replace(elements, mean_motion_kozai_rad_min=motion)) == []


def test_a_refitted_drag_term_leaves_nothing(made: SimpleNamespace) -> None:
    elements = made.history(40)
    drag = elements.bstar_per_er.copy()
    drag[25:] = 3e-5
    assert standing_out(replace(elements, bstar_per_er=drag)) == []


def test_a_place_off_along_the_orbit_is_no_change_of_the_axis(made: SimpleNamespace) -> None:
    # 10 km along the orbit: an osculating axis would be off by tens of metres.
    elements = made.history(40)
    anomaly = elements.mean_anomaly_rad.copy()
    anomaly[25:] += 10.0 / 7178.0
    steps = steps_of(replace(elements, mean_anomaly_rad=anomaly))
    a_tenth_of_the_floor = 1e-5
    assert abs(steps.change_m_s[25, 0]) < a_tenth_of_the_floor


def test_the_newest_set_is_not_confirmed(made: SimpleNamespace) -> None:
    steps = steps_of(made.history(30, made.Burn(28, in_track_m_s=0.01)))
    assert steps.confirmed.tolist() == [False] + 28 * [True] + [False]
    assert steps_of(made.history(30, made.Burn(29, in_track_m_s=0.01))).strength[29] >= THRESHOLD


def test_sets_across_a_long_gap_are_not_compared(made: SimpleNamespace) -> None:
    elements = made.history(40, made.Burn(25, in_track_m_s=0.01))
    later = elements.epoch_utc.copy()
    later[25:] += np.timedelta64(30, "D")
    assert standing_out(replace(elements, epoch_utc=later)) == []


def test_objects_do_not_mix(made: SimpleNamespace) -> None:
    one, other = made.history(30, made.Burn(20, in_track_m_s=0.01)), made.history(30)
    both = made.joined(one, other)
    floors = np.tile(FLOORS_M_S, (60, 1))
    ids = np.repeat([5, 6], 30)
    steps = find_steps(initialise(both), ids, floors, window=60, fewest=15, longest_gap_days=10.0)
    np.testing.assert_array_equal(steps.score[:30], steps_of(one).score)
    assert np.isnan(steps.change_m_s[30]).all()
    assert (steps.strength[30:] < THRESHOLD).all()


def test_left_out_rows_set_no_rate_and_make_no_step(made: SimpleNamespace) -> None:
    """Thrust of 0.5 m/s a day for most of a history: rest beside it must not look like burns."""
    raising = [made.Burn(k, in_track_m_s=0.5) for k in range(10, 30)]
    elements = made.history(40, *raising)
    left_out = (np.arange(40) >= 10) & (np.arange(40) < 30)
    steps = find_steps(
        initialise(elements), np.ones(40, np.int64), np.tile(FLOORS_M_S, (40, 1)),
        window=60, fewest=15, longest_gap_days=10.0, left_out=left_out,
    )  # fmt: skip
    assert np.isnan(steps.change_m_s[left_out]).all()
    assert (steps.strength < THRESHOLD).all()
    assert (steps_of(elements).strength >= THRESHOLD).any()


def test_too_few_sets_score_nothing(made: SimpleNamespace) -> None:
    steps = steps_of(made.history(14, made.Burn(7, in_track_m_s=1.0)))
    assert not steps.score.any()


def test_rates_and_spreads_are_those_of_numpy() -> None:
    rng = np.random.default_rng(3)
    values, span = rng.standard_normal((50, 2)), rng.uniform(0.5, 2.0, 50)
    values[27, 0] = np.nan
    first = first_rows(np.repeat([1, 2], 25))
    rates, spreads = rates_and_spreads(values, span, first, 10, 5)
    row = 25 + 8  # renewed at every eighth row of the object
    window = slice(row - 5, row + 5)
    expected = np.median(values[window] / span[window, None], axis=0)
    np.testing.assert_allclose(rates[row], expected)
    off = np.abs(values[window] - expected * span[window, None])
    np.testing.assert_allclose(spreads[row], 1.4826 * np.median(off, axis=0))
    np.testing.assert_array_equal(rates[row + 1], rates[row])
    # At the start of an object the window reaches forwards; NaN values do not count.
    np.testing.assert_allclose(rates[25], np.nanmedian(values[25:35] / span[25:35, None], axis=0))


numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, numbers)
def test_what_persists_is_never_more_than_any_voice(a: float, b: float, c: float) -> None:
    kept = float(persistent(np.array([a]), np.array([b]), np.array([c]))[0])
    assert abs(kept) <= min(abs(a), abs(b), abs(c))
    assert kept == 0.0 or np.sign(kept) == np.sign(a) == np.sign(b) == np.sign(c)


def test_nothing_gives_nothing(made: SimpleNamespace) -> None:
    assert standing_out(made.history(0)) == []
    assert standing_out(made.history(1)) == []
