"""Classes of orbits: who belongs where, what drag says, and where the numbers come from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics import covariance_classes
from hoshimori.numerics.covariance_classes import (
    CovarianceOrigin,
    ErrorClass,
    class_growth,
    drag_displacement_km_day2,
    error_class,
    in_crowded_shell,
)
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise, propagate

T0 = np.datetime64("2025-03-03T00:00:00", "us")
RECEIVED = np.datetime64("2026-11-01", "us")
REV_DAY = 2.0 * np.pi / 1440.0
RESULT = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "accuracy_covariance.json"
FIGURES = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]


def orbits(
    rev_day: object, e: object = 1e-3, bstar: object = 1e-4, i: object = 1.7
) -> MeanElements:
    n = np.broadcast(rev_day, e, bstar, i).size
    full = [np.broadcast_to(np.asarray(x, float), n) for x in (rev_day, e, i, 0.5, 0.5, 0.5, bstar)]
    return MeanElements(np.full(n, T0), full[0] * REV_DAY, *full[1:])


def test_the_coefficients_are_those_that_the_benchmark_measured() -> None:
    for code in ErrorClass:
        measured = FIGURES["classes"][code.name]
        for k, name in enumerate(("s0_km", "s1_km_day", "s2_km_day2")):
            assert covariance_classes._MEASURED[code, k].tolist() == measured[name], (code, name)
        assert covariance_classes._DRAG_SHARE[code].tolist() == measured["drag_share"], code
    for row, regime in enumerate(("LEO", "MEO", "GEO", "GEO")):
        floor = FIGURES["floors"][regime]["floor_rtn_km"]
        assert covariance_classes._FLOOR_KM[row].tolist() == floor


@pytest.mark.parametrize(
    ("rev_day", "e", "expected"),
    [
        (15.9, 1e-3, ErrorClass.LEO_BELOW_450_KM),
        (15.1, 1e-3, ErrorClass.LEO_450_TO_600_KM),
        (14.6, 1e-3, ErrorClass.LEO_600_TO_800_KM),
        (13.0, 1e-3, ErrorClass.LEO_ABOVE_800_KM),
        (2.0, 1e-3, ErrorClass.MEO),
        (1.0027, 0.0, ErrorClass.GEO),
        (2.28, 0.73, ErrorClass.HEO_BELOW_1000_KM),
        (2.006, 0.70, ErrorClass.HEO_ABOVE_1000_KM),
        (0.4, 0.7, ErrorClass.HEO_BEYOND_GEO),
    ],
)
def test_classes(rev_day: float, e: float, expected: ErrorClass) -> None:
    assert ErrorClass(error_class(orbits(rev_day, e))[0]) is expected


def test_a_shell_is_a_class_of_its_own_where_one_is_told() -> None:
    both = orbits([15.1, 13.1])
    told = error_class(both, in_shell=np.array([True, True]))
    assert told.tolist() == [ErrorClass.SHELL_BELOW_700_KM, ErrorClass.SHELL_ABOVE_700_KM]
    assert error_class(orbits(1.0027, 0.0), in_shell=np.array([True]))[0] == ErrorClass.GEO


def test_drag_displacement_is_what_sgp4_makes_of_the_drag_term() -> None:
    dragged, free = orbits([15.2, 14.6], bstar=2e-4), orbits([15.2, 14.6], bstar=1e-12)
    days = 2.0
    moved = [
        propagate(initialise(elements), T0, np.array([days * 86400.0])).position_teme_km[:, 0]
        for elements in (dragged, free)
    ]
    apart_km = np.linalg.norm(moved[0] - moved[1], axis=1)
    expected = drag_displacement_km_day2(dragged) * days**2
    np.testing.assert_allclose(apart_km, expected, rtol=0.05)
    assert drag_displacement_km_day2(orbits(15.2, bstar=-2e-4))[0] < 0.0


def test_more_drag_means_more_doubt_along_the_track_whatever_its_sign() -> None:
    ages = np.full(3, 3.0)
    sigma = class_growth(orbits(15.2, bstar=[1e-5, 1e-3, -1e-3])).sigma_rtn_km(ages)
    assert sigma[1, 1] > 5.0 * sigma[0, 1]
    # C1 is not quite odd in B*: the sign changes the displacement itself by little.
    assert sigma[2, 1] == pytest.approx(sigma[1, 1], rel=1e-6)


def test_impossible_elements_are_said_to_rest_on_nothing() -> None:
    growth = class_growth(orbits([15.2, -1.0, np.nan], e=[1e-3, 1e-3, 2.0]))
    assert [CovarianceOrigin(code).name for code in growth.origin] == [
        "CLASS",
        "DEFAULT",
        "DEFAULT",
    ]
    sigma = growth.sigma_rtn_km(np.ones(3))
    assert np.isfinite(sigma).all()
    assert (sigma[1:] > 20.0).all()


@given(st.floats(0.3, 16.0), st.floats(0.0, 0.7), st.floats(-1e-2, 1e-2), st.floats(0.0, 30.0))
def test_errors_grow_with_age_either_way_and_never_fall_below_the_floor(
    rev_day: float, e: float, bstar: float, age_days: float
) -> None:
    growth = class_growth(orbits(rev_day, e, bstar))
    young, old, before = (
        growth.sigma_rtn_km(np.array([age])) for age in (0.5 * age_days, age_days, -age_days)
    )
    assert (old >= young).all()
    assert (young >= growth.floor_km).all()
    np.testing.assert_array_equal(old, before)


def test_a_crowded_shell_is_told_from_a_crowd_of_debris() -> None:
    rng = np.random.default_rng(4)
    shell = orbits(15.06 + rng.normal(0.0, 1e-4, 60), e=1e-4, bstar=1e-4, i=np.radians(53.05))
    few = orbits(15.3 + rng.normal(0.0, 1e-4, 30), e=1e-4, bstar=1e-4, i=np.radians(70.05))
    eccentric = orbits(np.full(60, 15.06), e=0.02, bstar=1e-4, i=np.radians(53.05))
    debris = orbits(rng.uniform(13.5, 14.9, 300), e=1e-3, i=np.radians(rng.uniform(97, 100, 300)))
    belt = orbits(np.full(80, 1.0027), e=1e-4, i=1e-3)
    parts = (shell, few, eccentric, debris, belt)
    all_of_them = MeanElements(
        *(np.concatenate([getattr(p, c) for p in parts]) for c in MeanElements.__slots__)
    )
    found = in_crowded_shell(all_of_them)
    assert found[:60].mean() > 0.9
    assert not found[60:].any()
    order = rng.permutation(len(all_of_them))
    np.testing.assert_array_equal(in_crowded_shell(all_of_them.take(order)), found[order])


def test_the_large_constellations_of_a_real_catalogue_are_found(shared_data: Path) -> None:
    """By name for the check alone; the function sees orbits only."""
    path = shared_data / "catalogue" / "snapshots" / "spacetrack_2025-05-23.3le.gz"
    sets = read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED).element_sets
    newest = sets.newest()
    found = in_crowded_shell(newest.mean_elements())
    names = newest.object_name.tolist()
    for name, share in (("STARLINK", 0.85), ("ONEWEB", 0.95)):
        member = np.array([text.startswith(name) for text in names])
        assert found[member].mean() > share
    debris = np.array([" DEB" in text or "R/B" in text for text in names])
    assert found[debris].mean() < 0.005
