"""The fit: what is true comes back, what is common cancels, and areas hold what they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.made_signals import EXACT, GEO, KNOWN, LEO, TWO_GEO, TWO_LEO, Made, site

from hoshimori.numerics.emitter_areas import ellipse_of, is_inside
from hoshimori.numerics.emitter_fit import fits_from, normal_at
from hoshimori.numerics.emitter_search import found_places
from hoshimori.numerics.surface import east_north_km

TEN_METRES_KM = 0.01


def off_km(made: Made, random: np.random.Generator | None = None) -> np.ndarray:
    """Return how far east and north of the best place the emitter is."""
    places = found_places(made.situation(random), starts=40).places
    middle = float(places.latitude_rad[0]), float(places.longitude_rad[0])
    latitude, longitude = np.radians(made.place_deg)
    return east_north_km(*middle, np.array(latitude), np.array(longitude))


@pytest.mark.parametrize(
    "made",
    [
        TWO_LEO,
        Made((22.0, 30.0), LEO, pairs=((0, 1), (0, 2))),
        Made((38.0, 31.0), LEO[:2], times_s=(-90.0, -30.0, 30.0, 90.0), kinds=(0,)),
        Made((38.0, 31.0), LEO[:2], times_s=(-90.0, -30.0, 30.0, 90.0), kinds=(1,)),
        TWO_GEO,
        replace(TWO_GEO, station_deg=(50.0, 1.0)),
        replace(TWO_GEO, place_deg=(-26.0, 28.0)),
    ],
)
def test_without_noise_the_place_comes_back(made: Made) -> None:
    assert np.abs(off_km(made)).max() < TEN_METRES_KM


def test_clocks_and_orbits_that_are_off_cancel_by_reference_emitters() -> None:
    """All errors at three sigmas: tens of kilometres without references, noise with them."""
    far = tuple(
        orbit.disturbed(sign * 0.15 * np.ones(3), sign * 6e-6 * np.ones(3))
        for orbit, sign in zip(GEO, (1.0, -1.0), strict=True)
    )
    made = replace(TWO_GEO, true_orbits=far, clocks_s=(3e-6, -3e-6))
    bare = replace(made, references_deg=())
    with_km, without_km = (float(np.hypot(*off_km(one))) for one in (made, bare))
    assert without_km > 50.0
    assert with_km < 0.2 * without_km
    assert ellipse_of(found_places(made.situation()).places.matrix[0]).semi_major_km > with_km


def test_errors_of_orbits_go_on_as_neighbouring_orbits_do() -> None:
    """An orbit off by its sigma changes what is measured as the fit thinks, minutes later too."""
    sigma = replace(KNOWN, clock_s=np.zeros(3), frequency_hz=np.zeros(3))
    for axis in range(3):
        step = 0.05 * np.eye(3)[axis]
        moved = (LEO[0].disturbed(step, np.zeros(3)), LEO[1])
        times = (-120.0, 0.0, 120.0)
        told = replace(TWO_LEO, true_orbits=moved, times_s=times, errors=sigma).situation()
        here = np.radians([TWO_LEO.place_deg])
        fit = normal_at(told, here[:, 0], here[:, 1])
        assert np.abs(fit.off).max() > 1.0
        # Explained by one sigma of one error, whose own cost is one: nearly nothing is left.
        assert fit.chi_square[0] < 1.5


def test_the_area_with_unknown_errors_is_larger_than_without_them() -> None:
    situation = TWO_GEO.situation()
    here = np.radians([TWO_GEO.place_deg])
    sizes = [
        ellipse_of(normal_at(one, here[:, 0], here[:, 1]).matrix[0]).semi_major_km
        for one in (
            situation.without_satellite_errors(), situation, situation.without_references(),
        )
    ]  # fmt: skip
    assert sizes == sorted(sizes)
    assert sizes[2] > 5.0 * sizes[1]


def test_an_uncertain_height_makes_the_area_larger() -> None:
    situation = TWO_LEO.situation()
    here = np.radians([TWO_LEO.place_deg])
    flat, uncertain = (
        ellipse_of(normal_at(one, here[:, 0], here[:, 1]).matrix[0]).semi_major_km
        for one in (situation, replace(situation, height_sigma_km=1.0))
    )
    assert uncertain > 1.5 * flat


@pytest.mark.parametrize("made", [TWO_LEO, replace(TWO_GEO, errors=EXACT)], ids=["low", "belt"])
def test_areas_hold_the_emitter_about_as_often_as_they_say(made: Made) -> None:
    """A slice of the benchmark: of 40 draws of noise 33 to 40 (99.9 % of a true 95 %)."""
    random = np.random.default_rng(7)
    held = 0
    latitude, longitude = np.radians([made.place_deg]).T
    for _ in range(40):
        fits = fits_from(made.situation(random), latitude + 0.01, longitude - 0.01)
        middle = float(fits.latitude_rad[0]), float(fits.longitude_rad[0])
        held += is_inside(fits.matrix[0], east_north_km(*middle, latitude, longitude)[0])
    assert held >= 33


def test_the_same_situation_gives_the_same_bits() -> None:
    one, other = (found_places(TWO_LEO.situation(), starts=40).places for _ in range(2))
    np.testing.assert_array_equal(one.latitude_rad, other.latitude_rad)
    np.testing.assert_array_equal(one.matrix, other.matrix)


def test_a_place_at_a_height_is_found_at_that_height() -> None:
    high = replace(TWO_LEO.situation(), height_km=3.0)
    latitude, longitude = np.radians([TWO_LEO.place_deg]).T
    fits = fits_from(high, latitude, longitude)
    moved = east_north_km(latitude[0], longitude[0], fits.latitude_rad, fits.longitude_rad)[0]
    assert 0.5 < np.hypot(*moved) < 30.0
    assert np.isfinite(site(34.0, 20.0)).all()
