"""Steps between element sets: burns written into histories that SGP4 itself would predict."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.change import (
    episodes,
    find_steps,
    first_rows,
    persistent,
    tail_shares,
    trailing_median_and_spread,
)
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.sgp4_near import ARGPDOT, MDOT, NODEDOT

START = np.datetime64("2025-01-01T00:00:00", "us")
SPEED_M_S = 7450.0
"""Circular speed at the height of the made orbit (800 km)."""
FLOORS_M_S = (1e-4, 0.02, 0.02)


@dataclass(frozen=True)
class Burn:
    """A velocity change shown from one set on; across the plane it happens at the node."""

    at_set: int
    in_track_m_s: float = 0.0
    cross_track_m_s: float = 0.0


def history(sets: int, *burns: Burn, noise: float = 0.0, seed: int = 1) -> MeanElements:
    """Return daily element sets of one object that follow SGP4's own rates between burns.

    `noise` is the relative spread of the mean motion from set to set.
    """
    rng = np.random.default_rng(seed)
    days = np.arange(sets) * 0.98
    motion = np.full(sets, 14.27 * TWO_PI / 1440.0) * (1.0 + noise * rng.standard_normal(sets))
    inclination = np.full(sets, np.radians(98.6))
    for burn in burns:
        # dn/n = -3 dv/v for a small burn along the track of a circular orbit.
        motion[burn.at_set :] *= 1.0 - 3.0 * burn.in_track_m_s / SPEED_M_S
        inclination[burn.at_set :] += burn.cross_track_m_s / SPEED_M_S
    still = MeanElements(
        epoch_utc=START + (days * 86400e6).astype("timedelta64[us]"),
        mean_motion_kozai_rad_min=motion,
        eccentricity=np.full(sets, 1e-3),
        inclination_rad=inclination,
        raan_rad=np.full(sets, 1.0),
        arg_of_perigee_rad=np.full(sets, 1.5),
        mean_anomaly_rad=np.full(sets, 4.7),
        bstar_per_er=np.zeros(sets),
    )
    rates = initialise(still).near[:, [NODEDOT, ARGPDOT, MDOT]]
    steps = rates[:-1] * (np.diff(days) * 1440.0)[:, None]
    node, perigee, anomaly = np.vstack((np.zeros((1, 3)), np.cumsum(steps, axis=0))).T
    return replace(
        still,
        raan_rad=still.raan_rad + node,
        arg_of_perigee_rad=still.arg_of_perigee_rad + perigee,
        mean_anomaly_rad=(still.mean_anomaly_rad + anomaly) % TWO_PI,
    )


def steps_of(elements: MeanElements, gap_days: float = 10.0):  # type: ignore[no-untyped-def]
    ids = np.ones(len(elements), np.int64)
    floors = np.tile(FLOORS_M_S, (len(elements), 1))
    return find_steps(elements, ids, floors, window=60, fewest=15, longest_gap_days=gap_days)


def episodes_of(elements: MeanElements, gap_days: float = 10.0):  # type: ignore[no-untyped-def]
    ids = np.ones(len(elements), np.int64)
    return episodes(steps_of(elements, gap_days), ids, elements.epoch_utc, 9.0)


@pytest.mark.parametrize("dv_m_s", [0.005, -0.02, 0.3])
def test_an_in_track_burn_comes_out_with_its_size(dv_m_s: float) -> None:
    elements = history(40, Burn(25, in_track_m_s=dv_m_s))
    (episode,) = episodes_of(elements)
    assert (episode.first, episode.last, episode.component) == (25, 25, 0)
    two_per_cent = 0.02
    assert steps_of(elements).change_m_s[25, 0] == pytest.approx(dv_m_s, rel=two_per_cent)


def test_a_burn_across_the_plane_comes_out_with_its_size() -> None:
    elements = history(40, Burn(25, cross_track_m_s=1.9))
    (episode,) = episodes_of(elements)
    assert episode.first == 25
    across = np.hypot(*steps_of(elements).change_m_s[25, 1:])
    two_per_cent = 0.02
    assert across == pytest.approx(1.9, rel=two_per_cent)


def test_noise_alone_is_no_burn() -> None:
    # 2e-8 of the mean motion is 0.05 mm/s, what well tracked satellites show.
    assert episodes_of(history(400, noise=2e-8)) == []


def test_a_burn_stands_out_of_the_noise() -> None:
    (episode,) = episodes_of(history(400, Burn(300, in_track_m_s=0.005), noise=2e-8))
    assert episode.first == 300


def test_one_bad_set_is_no_burn() -> None:
    elements = history(40)
    motion = elements.mean_motion_kozai_rad_min.copy()
    motion[25] *= 1.0 + 1e-5
    assert episodes_of(replace(elements, mean_motion_kozai_rad_min=motion)) == []


def test_a_refitted_drag_term_is_no_burn() -> None:
    elements = history(40)
    drag = elements.bstar_per_er.copy()
    drag[25:] = 3e-5
    assert episodes_of(replace(elements, bstar_per_er=drag)) == []


def test_a_smeared_burn_is_one_episode_from_its_first_sign() -> None:
    smeared = [Burn(k, in_track_m_s=dv) for k, dv in ((25, 0.002), (26, 0.005), (27, 0.003))]
    elements = history(40, *smeared)
    (episode,) = episodes_of(elements)
    assert (episode.first, episode.last) == (25, 27)
    total = steps_of(elements).change_m_s[25:28, 0].sum()
    two_per_cent = 0.02
    assert total == pytest.approx(0.010, rel=two_per_cent)


def test_two_burns_days_apart_are_two() -> None:
    found = episodes_of(history(60, Burn(30, in_track_m_s=0.01), Burn(35, in_track_m_s=0.01)))
    assert [episode.first for episode in found] == [30, 35]


def test_the_newest_set_is_not_confirmed() -> None:
    steps = steps_of(history(30, Burn(29, in_track_m_s=0.01)))
    assert steps.confirmed.tolist() == [False] + 28 * [True] + [False]
    assert abs(steps.score[29, 0]) > 9.0


def test_sets_across_a_long_gap_are_not_compared() -> None:
    elements = history(40, Burn(25, in_track_m_s=0.01))
    later = elements.epoch_utc.copy()
    later[25:] += np.timedelta64(30, "D")
    assert episodes_of(replace(elements, epoch_utc=later)) == []


def test_objects_do_not_mix() -> None:
    one, other = history(30, Burn(20, in_track_m_s=0.01)), history(30)
    both = MeanElements(
        *(np.concatenate((getattr(one, n), getattr(other, n))) for n in MeanElements.__slots__)
    )
    ids = np.repeat([5, 6], 30)
    steps = find_steps(
        both, ids, np.tile(FLOORS_M_S, (60, 1)), window=60, fewest=15, longest_gap_days=10.0
    )
    alone = steps_of(one)
    np.testing.assert_array_equal(steps.score[:30], alone.score)
    assert np.isnan(steps.change_m_s[30]).all()
    assert [e.first for e in episodes(steps, ids, both.epoch_utc, 9.0)] == [20]


def test_trailing_statistics_are_those_of_numpy() -> None:
    rng = np.random.default_rng(3)
    values = rng.standard_normal((50, 2))
    values[7, 0] = np.nan
    first = first_rows(np.repeat([1, 2], 25))
    median, spread = trailing_median_and_spread(values, first, 10, 5)
    row = 25 + 8  # renewed at every fourth row of the object
    window = values[25:row]
    np.testing.assert_allclose(median[row], np.median(window, axis=0))
    expected = 1.4826 * np.median(np.abs(window - np.median(window, axis=0)), axis=0)
    np.testing.assert_allclose(spread[row], expected)
    np.testing.assert_array_equal(median[row + 1], median[row])
    # The first rows share the statistics of the first five that follow the object's first.
    np.testing.assert_allclose(median[25], np.median(values[25:31], axis=0))


numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, numbers)
def test_what_persists_is_never_more_than_any_voice(a: float, b: float, c: float) -> None:
    kept = float(persistent(np.array([a]), np.array([b]), np.array([c]))[0])
    assert abs(kept) <= min(abs(a), abs(b), abs(c))
    assert kept == 0.0 or np.sign(kept) == np.sign(a) == np.sign(b) == np.sign(c)


@given(st.lists(st.floats(0.0, 50.0), min_size=1, max_size=400), st.floats(0.0, 100.0))
def test_tail_shares_fall_and_stay_shares(quiet: list[float], extra: float) -> None:
    scores: Floats = np.array([1.0, 1.0 + extra, 200.0])
    shares = tail_shares(scores, np.array(quiet))
    assert (shares > 0.0).all()
    assert (shares <= 1.0).all()
    assert shares[0] >= shares[1] - 1e-12


def test_nothing_gives_nothing() -> None:
    assert episodes_of(history(0)) == []
    assert episodes_of(history(1)) == []
