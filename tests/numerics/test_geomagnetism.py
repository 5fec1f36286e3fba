"""The main field against published values, the anomaly where it lies, and dipole shells."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geomagnetism import dipole_shell, field_nt, ground_field_nt


def place(latitude_deg: float, longitude_deg: float, height_km: float) -> Floats:
    """WGS-84 to axes that turn with the Earth."""
    a, e2 = 6378.137, 0.00669437999014
    latitude, longitude = np.radians([latitude_deg, longitude_deg])
    normal = a / np.sqrt(1.0 - e2 * np.sin(latitude) ** 2)
    flat = (normal + height_km) * np.cos(latitude)
    up = (normal * (1.0 - e2) + height_km) * np.sin(latitude)
    return np.array([[flat * np.cos(longitude), flat * np.sin(longitude), up]])


# Source: NOAA/NCEI and BGS, test values of WMM2025 (2025.0) and WMM2020 (2020.0): total intensity.
@pytest.mark.parametrize(
    ("year", "latitude", "longitude", "expected_nt"),
    [
        ("2025", 80.0, 0.0, 55178.5),
        ("2025", 0.0, 120.0, 41064.3),
        ("2025", -80.0, 240.0, 54698.2),
        ("2020", 80.0, 0.0, 55000.1),
        ("2020", 0.0, 120.0, 41104.9),
        ("2020", -80.0, 240.0, 55120.6),
    ],
)
def test_world_magnetic_model(
    year: str, latitude: float, longitude: float, expected_nt: float
) -> None:
    what_higher_degrees_add_nt = 200.0
    utc = np.array([f"{year}-01-01"], "datetime64[us]")
    found = field_nt(place(latitude, longitude, 0.0), utc)
    assert found[0] == pytest.approx(expected_nt, abs=what_higher_degrees_add_nt)


def test_the_field_is_weakest_over_south_america() -> None:
    # Source: WMM2025 report: 22,200 nT at about 26 S, 60 W at the beginning of 2025.
    utc = np.array(["2025-01-01"], "datetime64[us]")
    inside = ground_field_nt(place(-26.0, -60.0, 500.0), utc)
    assert inside[0] == pytest.approx(22_200.0, abs=500.0)
    outside = ground_field_nt(place(36.0, 140.0, 500.0), utc)
    assert outside[0] > 40_000.0


def test_the_field_falls_with_height() -> None:
    utc = np.array(["2025-01-01"], "datetime64[us]")
    low, high = (field_nt(place(36.0, 140.0, height), utc)[0] for height in (0.0, 35786.0))
    assert low / high == pytest.approx((42164.0 / 6371.0) ** 3, rel=0.25)


def test_shells_of_the_dipole() -> None:
    utc = np.array(["2025-01-01"], "datetime64[us]")
    # The pole of the dipole of 2025 lies at 80.8 N, 72.8 W (IGRF-14): its equator at 9.2 S there.
    on_equator = dipole_shell(place(-9.2, -72.8, 0.0), utc)
    assert on_equator[0] == pytest.approx(1.0, abs=0.01)
    belt = dipole_shell(place(0.0, 0.0, 35786.0), utc)
    assert 6.6 <= belt[0] <= 6.8
    assert dipole_shell(place(80.8, -72.8, 500.0), utc)[0] > 100.0
