"""Errors and probabilities of encounters: the quick ways against the exact functions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.numerics import encounters_probability as ours
from hoshimori.numerics.collision import EncounterPlane, collision_probability
from hoshimori.numerics.collision_conclusion import ACT_PROBABILITY, Conclusion, ProbabilityType
from hoshimori.numerics.collision_maximum import (
    DilutionRegion,
    dilution_region,
    maximum_probability,
)
from hoshimori.numerics.covariance_classes import CovarianceOrigin, class_growth
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters import Encounters, closest_approaches
from hoshimori.numerics.encounters_probability import EncounterMeasures, encounter_measures
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate_each

T0 = np.datetime64("2026-11-01", "us")
OBJECTS = 160


def planes(rng: np.random.Generator, count: int) -> EncounterPlane:
    """Encounters with all the proportions that a screening can meet."""
    minor = 10.0 ** rng.uniform(-1.0, 1.0, count)
    return EncounterPlane(
        miss_major_km=rng.uniform(0.0, 10.0, count),
        miss_minor_km=rng.uniform(0.0, 10.0, count),
        sigma_major_km=minor * 10.0 ** rng.uniform(0.0, 1.0, count),
        sigma_minor_km=minor,
        hard_body_radius_km=10.0 ** rng.uniform(-3.0, -0.5, count),
        repaired=np.full(count, False),
    )


def test_the_series_of_small_discs_is_good_to_what_it_promises() -> None:
    made = planes(np.random.default_rng(1), 20_000)
    exact, quick = collision_probability(made), ours._plane_probability(made)
    plain = exact > 1e-22
    assert np.max(np.abs(quick[plain] / exact[plain] - 1.0)) < 1e-5
    tail = (exact > 1e-250) & ~plain
    assert np.max(np.abs(quick[tail] / exact[tail] - 1.0)) < 0.1


def test_dilution_is_what_the_exact_test_says() -> None:
    made = planes(np.random.default_rng(2), 20_000)
    exact = dilution_region(made) == DilutionRegion.DILUTED
    assert 0.05 < exact.mean() < 0.95
    assert np.array_equal(ours._is_diluted(made), exact)


@pytest.fixture(scope="module")
def crowd() -> tuple[Satellites, MeanElements, Encounters]:
    """Circular orbits of one height, all crossing one another."""
    rng = np.random.default_rng(3)
    elements = MeanElements(
        epoch_utc=T0 - rng.integers(0, 86_400 * 3, OBJECTS).astype("timedelta64[s]"),
        mean_motion_kozai_rad_min=np.full(OBJECTS, 2.0 * np.pi / 100.0),
        eccentricity=np.full(OBJECTS, 1e-3),
        inclination_rad=rng.uniform(0.5, 2.5, OBJECTS),
        raan_rad=rng.uniform(0.0, 2.0 * np.pi, OBJECTS),
        arg_of_perigee_rad=rng.uniform(0.0, 2.0 * np.pi, OBJECTS),
        mean_anomaly_rad=rng.uniform(0.0, 2.0 * np.pi, OBJECTS),
        bstar_per_er=np.zeros(OBJECTS),
    )
    satellites = initialise(elements)
    found = closest_approaches(satellites, np.arange(OBJECTS), T0, 43_200.0, 30.0)
    assert len(found) > 50
    return satellites, elements, found


def measured(
    crowd: tuple[Satellites, MeanElements, Encounters], found: Encounters
) -> EncounterMeasures:
    errors = class_growth(crowd[1])
    return encounter_measures(crowd[0], crowd[1], errors, np.full(OBJECTS, 0.005), found, T0)


def test_ages_and_components(crowd: tuple[Satellites, MeanElements, Encounters]) -> None:
    satellites, elements, found = crowd
    measures = measured(crowd, found)
    age = (T0 - elements.epoch_utc[found.primary]) / np.timedelta64(1, "s") + found.tca_s
    assert np.allclose(86_400.0 * measures.age_1_days, age, rtol=0.0, atol=1e-6)
    assert np.allclose(np.linalg.norm(measures.miss_rtn_km, axis=1), found.miss_km)
    state = propagate_each(satellites.take(found.primary), T0, found.tca_s)
    up = state.position_teme_km / np.linalg.norm(state.position_teme_km, axis=1, keepdims=True)
    radial = np.sum(up * found.relative_position_teme_km, axis=1)
    assert np.allclose(measures.miss_rtn_km[:, 0], radial, atol=1e-9)
    assert np.all(measures.sigma_km > 0.3)  # no class of element sets is better known


def test_a_diluted_probability_gives_way_to_the_maximum(
    crowd: tuple[Satellites, MeanElements, Encounters],
) -> None:
    measures = measured(crowd, crowd[2])
    diluted = measures.pc_type == ProbabilityType.MAXIMUM
    assert diluted.any()
    assert np.all(measures.is_diluted[diluted])
    small = measures.pc < ACT_PROBABILITY
    assert not measures.is_diluted[small & (measures.pc_type == ProbabilityType.COMPUTED)].any()
    bound = np.minimum(0.5 * 0.010 / crowd[2].miss_km, 1.0)
    assert np.all(measures.pc[diluted] <= bound[diluted] + 1e-12)
    assert maximum_probability(planes(np.random.default_rng(1), 3)).max() <= 1.0


def test_only_errors_of_own_history_make_a_small_number_a_conclusion(
    crowd: tuple[Satellites, MeanElements, Encounters],
) -> None:
    satellites, elements, found = crowd
    assumed = class_growth(elements)
    own = replace(assumed, origin=np.full(OBJECTS, CovarianceOrigin.OWN_HISTORY, np.uint8))
    radius_km = np.full(OBJECTS, 0.1)  # large enough for numbers above the threshold, diluted too
    class_says, own_says = (
        encounter_measures(satellites, elements, errors, radius_km, found, T0)
        for errors in (assumed, own)
    )
    above = class_says.conclusion == Conclusion.ABOVE_THRESHOLD
    assert np.any(above & class_says.is_diluted)
    assert np.all(class_says.pc[above] >= ACT_PROBABILITY)
    assert np.all(class_says.pc_type[above] == ProbabilityType.COMPUTED)
    assert np.all(class_says.conclusion[~above] == Conclusion.NO_CONCLUSION)
    below = own_says.conclusion == Conclusion.BELOW_THRESHOLD
    assert below.any()
    assert not np.any(below & (own_says.is_diluted | (own_says.pc >= ACT_PROBABILITY)))
    assert np.array_equal(own_says.conclusion == Conclusion.ABOVE_THRESHOLD, above)


def test_rows_at_an_edge_and_slow_rows_have_none(
    crowd: tuple[Satellites, MeanElements, Encounters],
) -> None:
    found = crowd[2]
    at_edge = Encounters(
        *(getattr(found, name) for name in Encounters.__slots__ if name != "at_window_edge"),
        at_window_edge=np.full(len(found), True),
    )
    slow = Encounters(
        *(
            getattr(found, name) * (1e-5 if name == "relative_velocity_teme_km_s" else 1)
            for name in Encounters.__slots__
        )
    )
    for rows in (at_edge, slow):
        measures = measured(crowd, rows)
        assert np.all(measures.pc_type == ProbabilityType.NONE)
        assert np.all(np.isnan(measures.pc))
        assert np.all(measures.is_diluted)


def test_any_split_gives_the_same_bits(
    crowd: tuple[Satellites, MeanElements, Encounters],
) -> None:
    found = crowd[2]
    whole = measured(crowd, found)
    parts = [measured(crowd, found.take(part)) for part in np.array_split(np.arange(len(found)), 7)]
    for name in EncounterMeasures.__slots__:
        together = np.concatenate([getattr(part, name) for part in parts])
        assert np.array_equal(together, getattr(whole, name), equal_nan=True)
    assert len(measured(crowd, found.take(np.empty(0, np.int64))).pc) == 0
