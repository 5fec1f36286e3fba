"""From files to areas: what is true comes out, what is absurd is refused one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.made_signals import GEO, LEO, REFERENCES, START, TWO_GEO, TWO_LEO, Made

from hoshimori.dossier.geolocation_page import geolocation_page
from hoshimori.dossier.language import Language
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.formats.appendix10 import ITEMS
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.json_document import as_json_value
from hoshimori.formats.located_forms import write_located_appendix10, write_located_geojson
from hoshimori.model.geolocation import (
    ArrivalDifference,
    ArrivalKind,
    GeolocationCase,
    GeolocationReport,
    GeometryWarning,
)
from hoshimori.model.markings import OPEN
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Reality
from hoshimori.numerics.arrivals import Arrivals, differences
from hoshimori.numerics.frames import geodetic
from hoshimori.numerics.hexagons import distances_km
from hoshimori.numerics.surface import position_itrf_km
from hoshimori.workflows.arrival_files import SignalFiles, signal_files
from hoshimori.workflows.arrival_states import ObserverSky, observer_states
from hoshimori.workflows.ephemerides import earth_now, ephemerides_in, tabulated
from hoshimori.workflows.geolocation import geolocate

EARTH = earth_now()
STARTS = 40
ONE_PAIR = Made((34.0, 20.0), LEO[:2])
Change = Callable[[str], str]


def located(made: Made, folder: Path, change: Change = str, **asked: Any) -> GeolocationReport:
    """Write a made signal, change its CSV, and locate it."""
    made.write(folder)
    path = folder / "measured.csv"
    path.write_text(change(path.read_text()))
    signal = signal_files([folder / "case.toml", path], EARTH)
    orbits = [folder / f"{'ABC'[n]}.oem" for n in range(len(made.orbits))]
    sky = ObserverSky(EARTH, ephemerides=tabulated(ephemerides_in(orbits), EARTH))
    return geolocate(signal, sky, starts=STARTS, **asked)


def distance_km(report: GeolocationReport, made: Made, area: int = 0) -> float:
    told = report.areas[area]
    middle = np.array([told.latitude_deg, told.longitude_deg])
    return float(distances_km(middle, np.array(made.place_deg)))


@pytest.fixture(scope="module")
def two_geo(tmp_path_factory: pytest.TempPathFactory) -> GeolocationReport:
    return located(TWO_GEO, tmp_path_factory.mktemp("belt"))


@pytest.fixture(scope="module")
def one_pair(tmp_path_factory: pytest.TempPathFactory) -> GeolocationReport:
    return located(ONE_PAIR, tmp_path_factory.mktemp("pair"))


def test_two_geostationary_satellites_with_references(two_geo: GeolocationReport) -> None:
    (area,) = two_geo.areas
    assert distance_km(two_geo, TWO_GEO) < 0.1
    assert two_geo.references == ("R1", "R2")
    assert (two_geo.tdoa, two_geo.fdoa, two_geo.of_references) == (2, 2, 8)
    without = two_geo.semi_major_without_references_km
    assert without is not None
    assert without > 5.0 * area.semi_major_km
    assert two_geo.reality is Reality.SIMULATED
    assert area.chance is not None


def test_a_folder_with_everything_is_one_signal(two_geo: GeolocationReport, tmp_path: Path) -> None:
    TWO_GEO.write_tdm(tmp_path)
    signal = signal_files([tmp_path], EARTH)
    assert len(signal.ephemerides) == 2
    sky = ObserverSky(EARTH, ephemerides=tabulated(signal.ephemerides, EARTH))
    found = geolocate(signal, sky, starts=STARTS)
    (area,), (same,) = found.areas, two_geo.areas
    assert area.semi_major_km == pytest.approx(same.semi_major_km, rel=1e-6)
    assert found.files == ("A.oem", "B.oem", "case.toml", "measured.tdm")


def test_mirror_places_are_all_told_and_warned_of(one_pair: GeolocationReport) -> None:
    assert len(one_pair.areas) == 2
    assert min(distance_km(one_pair, ONE_PAIR, row) for row in (0, 1)) < 0.1
    for area in one_pair.areas:
        assert GeometryWarning.AMBIGUOUS in area.warnings
        assert GeometryWarning.UNCHECKED in area.warnings
        assert area.chance is None


def test_no_middle_is_told_without_its_ellipse(one_pair: GeolocationReport) -> None:
    told = as_json_value(one_pair)
    assert not [key for key in told if "latitude" in key or "longitude" in key]
    for area in told["areas"]:
        assert 0.0 < area["semi_minor_km"] <= area["semi_major_km"]
        assert len(area["ring_deg"]) == 72
    shapes = json.loads(write_located_geojson(one_pair, marking=OPEN, software="x"))
    kinds = {one["geometry"]["type"] for one in shapes["features"]}
    assert kinds == {"MultiPolygon", "MultiLineString"}


@pytest.mark.parametrize("language", Language)
def test_the_page_is_the_same_bytes_and_tells_every_area(
    one_pair: GeolocationReport, language: Language
) -> None:
    page = geolocation_page(one_pair, language, "hoshimori geolocate x")
    assert page == geolocation_page(one_pair, language, "hoshimori geolocate x")
    assert page.count("<svg") == 2
    assert "SIMULATED" in page
    assert "<script" not in page


def test_the_form_of_interference_carries_the_area(two_geo: GeolocationReport) -> None:
    lines = write_located_appendix10(two_geo, marking=OPEN, software="x").decode().splitlines()
    by_letter = {line[0]: line for line in lines if line[1:3] == "  "}
    assert list(by_letter) == list(ITEMS)
    assert "ellipse that holds it with 95 %: half axes" in by_letter["h"]
    assert "14000.000000 MHz" in by_letter["b"]
    assert lines[0] == "SIMULATED"


def test_an_area_over_the_antimeridian_is_cut(one_pair: GeolocationReport) -> None:
    ring = tuple((lat, lon + 160.0) for lat, lon in one_pair.areas[0].ring_deg)
    shifted = tuple((lat, 180.0 + 30.0 * (lon - 180.0)) for lat, lon in ring)
    area = replace(one_pair.areas[0], ring_deg=shifted)
    data = write_located_geojson(replace(one_pair, areas=(area,)), marking=OPEN, software="x")
    for polygon in json.loads(data)["features"][0]["geometry"]["coordinates"]:
        assert all(-180.0 <= lon <= 180.0 for lon, _ in polygon[0])


def first_line(new: str, index: int) -> Change:
    """Return a change of one cell of the first measurement."""

    def change(text: str) -> str:
        lines = text.split("\n")
        cells = lines[1].split(",")
        cells[index] = new
        lines[1] = ",".join(cells)
        return "\n".join(lines)

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (first_line("0.5", 4), "km between the satellites allow at most"),
        (first_line("A", 3), "first and second are both 'A'"),
        (first_line("R9", 5), "add a [[reference]] of this name"),
        (first_line("2026-03-02T12:00:00Z", 0), "no state of 'A' at 2026-03-02T12:00:00Z"),
        (lambda text: text + text.split("\n")[1] + "\n", "a second time: it would count twice"),
        (first_line("1e12", 4), "expected seconds or hertz"),
        (lambda text: text.replace(",fdoa,A,B,", ",fdoa,A,B,9", 1), "speeds of the satellites"),
    ],
)  # fmt: skip
def test_an_absurd_measurement_is_refused_alone(
    change: Change, message: str, tmp_path: Path
) -> None:
    report = located(TWO_LEO, tmp_path, change)
    (told,) = report.rejected
    assert message in told
    assert told.startswith("measured.csv:")
    assert distance_km(report, TWO_LEO) < 1.0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tdoa_sigma_s = 1e-07", "", "no sigma: state it with the measurement, or tdoa_sigma_s"),
        ("carrier_hz = 1600000000.0", "", "no carrier: state carrier_hz"),
        ("fdoa_sigma_hz = 1.0", "fdoa_sigma_hz = 1e6", ""),
    ],
)
def test_what_the_case_lacks_is_told_of_each_measurement(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    TWO_LEO.write(tmp_path)
    case = tmp_path / "case.toml"
    case.write_text(case.read_text().replace(old, new))
    signal = signal_files([case, tmp_path / "measured.csv"], EARTH)
    orbits = [tmp_path / "A.oem", tmp_path / "B.oem"]
    sky = ObserverSky(EARTH, ephemerides=tabulated(ephemerides_in(orbits), EARTH))
    report = geolocate(signal, sky, starts=STARTS)
    assert len(report.rejected) == (3 if message else 0)
    assert all(message in told for told in report.rejected)


def test_a_flipped_sign_shows(tmp_path: Path) -> None:
    """Second minus first: the measurements then contradict one another."""

    def flip(text: str) -> str:
        return text.replace(",tdoa,A,B,", ",tdoa,A,B,X").replace("X-", "").replace("X", "-")

    report = located(TWO_LEO, tmp_path, flip)
    assert all(GeometryWarning.INCONSISTENT in area.warnings for area in report.areas)


@pytest.mark.parametrize(
    ("made", "asked", "warning"),
    [
        (replace(TWO_LEO, kinds=(0,)), {}, GeometryWarning.ONLY_TDOA),
        (replace(TWO_LEO, kinds=(1,)), {}, GeometryWarning.ONLY_FDOA),
        (TWO_LEO, {"longest_km": 0.1}, GeometryWarning.LONG),
        (replace(TWO_LEO, place_deg=(33.0, 5.5)), {}, GeometryWarning.LOW),
        (Made((48.0, 8.0), GEO, carrier_hz=14e9, sigmas=(1e-7, 1.0)), {},
         GeometryWarning.ILL_CONDITIONED),
    ],
)  # fmt: skip
def test_what_limits_an_area_is_told(
    made: Made, asked: dict[str, float], warning: GeometryWarning, tmp_path: Path
) -> None:
    report = located(made, tmp_path, **asked)
    assert warning in report.areas[0].warnings


def test_measurements_that_contradict_one_another_are_told(tmp_path: Path) -> None:
    def off(text: str) -> str:
        value = text.split("\n")[3].split(",")[4]
        return text.replace(value, repr(float(value) + 5e-5))

    report = located(replace(TWO_LEO, times_s=(-60.0, -20.0, 20.0, 60.0)), tmp_path, off)
    assert all(GeometryWarning.INCONSISTENT in area.warnings for area in report.areas)


def test_an_ephemeris_without_a_stated_error_is_refused(tmp_path: Path) -> None:
    TWO_LEO.write(tmp_path)
    signal = signal_files([tmp_path / "measured.csv"], EARTH)
    sky = ObserverSky(EARTH, ephemerides=tabulated(ephemerides_in([tmp_path / "A.oem"]), EARTH))
    with pytest.raises(SettingsError, match="put position_sigma_m"):
        geolocate(signal, sky)
    with pytest.raises(SettingsError, match="nothing tells where it was"):
        geolocate(signal, ObserverSky(EARTH))


def test_files_without_measurements_or_with_two_cases_are_refused(tmp_path: Path) -> None:
    TWO_LEO.write(tmp_path)
    with pytest.raises(SettingsError, match="no measurement could be read"):
        signal_files([tmp_path / "case.toml"], EARTH)
    (tmp_path / "other.toml").write_bytes((tmp_path / "case.toml").read_bytes())
    with pytest.raises(SettingsError, match="two cases; one signal has one case"):
        signal_files([tmp_path / "case.toml", tmp_path / "other.toml"], EARTH)


def test_references_alone_are_not_located(tmp_path: Path) -> None:
    made = replace(TWO_GEO, references_deg=REFERENCES)

    def only_references(text: str) -> str:
        lines = text.split("\n")
        return "\n".join([lines[0], *[one for one in lines[1:] if one.endswith(("R1", "R2"))]])

    with pytest.raises(CoverageError, match="no measurement of the sought emitter is left"):
        located(made, tmp_path, only_references)


def test_a_tdm_gives_the_same_as_csv(tmp_path: Path) -> None:
    expected = located(TWO_LEO, tmp_path)
    head = (
        "CCSDS_TDM_VERS = 2.0\nCREATION_DATE = 2026-03-01T13:00:00\nORIGINATOR = TEST\n"
        "META_START\nTIME_SYSTEM = UTC\nPARTICIPANT_1 = UNKNOWN\nPARTICIPANT_2 = B\n"
        "PARTICIPANT_3 = A\nMODE = SINGLE_DIFF\nPATH_1 = 1,2\nPATH_2 = 1,3\nMETA_STOP\n"
        "DATA_START\n"
    )
    lines = [line.split(",") for line in (tmp_path / "measured.csv").read_text().split("\n")[1:-1]]
    keyword = {"tdoa": "VLBI_DELAY", "fdoa": "RECEIVE_FREQ"}
    rows = [f"{keyword[one[1]]} = {one[0].removesuffix('Z')} {one[4]}\n" for one in lines]
    path = tmp_path / "measured.tdm"
    path.write_text(f"{head}{''.join(rows)}DATA_STOP\n")
    signal = signal_files([tmp_path / "case.toml", path], EARTH)
    orbits = [tmp_path / "A.oem", tmp_path / "B.oem"]
    sky = ObserverSky(EARTH, ephemerides=tabulated(ephemerides_in(orbits), EARTH))
    report = geolocate(signal, sky, starts=STARTS)
    assert report.areas == expected.areas
    assert report.rejected == ()


OMM = """\
OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,\
MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,\
MEAN_MOTION_DOT,MEAN_MOTION_DDOT
FIRST,2024-001A,2026-03-01T06:00:00,15.05,0.0002,53.0,10.0,0.0,38.0,0,U,58001,1,1,0.0001,0,0
SECOND,2024-001B,2026-03-01T06:00:00,15.05,0.0002,53.0,12.0,0.0,39.0,0,U,58002,1,1,0.0001,0,0
"""


def test_states_of_element_sets_have_their_measured_errors() -> None:
    """True states of a made pair, so that its place comes back; the area is that of its class."""
    received = as_column_time(START)
    sets = read_catalogue(OMM.encode(), source="made", received_utc=received).element_sets
    measurements = tuple(
        ArrivalDifference(
            time_utc=START + timedelta(seconds=later), kind=kind, first="58001", second="58002",
            value=0.0, sigma=(1e-6 if kind is ArrivalKind.TDOA else 1.0), carrier_hz=1e9,
        )
        for later in (-60.0, 0.0, 60.0)
        for kind in ArrivalKind
    )  # fmt: skip
    sky = ObserverSky(EARTH, sets=sets)
    states = observer_states(GeolocationCase(), measurements, sky)
    count, none = len(measurements), np.full((len(measurements), 3), np.nan)
    arrivals = Arrivals(
        np.zeros(count), np.array([one.kind is ArrivalKind.FDOA for one in measurements]),
        np.zeros(count), np.ones(count), np.full(count, 1e9), states.satellite,
        states.position_km, states.velocity_km_s, none, none, np.zeros(count),
    )  # fmt: skip
    latitude, longitude, _ = geodetic(states.position_km[2].sum(axis=0))
    place = latitude + 0.03, longitude + 0.05
    told = differences(arrivals, position_itrf_km(*place, np.array(0.0))).value.tolist()
    told_by = tuple(replace(one, value=v) for one, v in zip(measurements, told, strict=True))
    signal = SignalFiles(GeolocationCase(measurements=told_by), ("made",), ())
    report = geolocate(signal, sky, starts=STARTS)
    middles = np.array([[one.latitude_deg, one.longitude_deg] for one in report.areas])
    assert distances_km(middles, np.degrees(np.array(place))).min() < 1.0
    for one in report.satellites:
        assert (one.source, one.age_days) == ("element sets", pytest.approx(0.25, abs=0.01))
        assert 0.4 < one.position_sigma_km < 5.0
    assert GeometryWarning.ORBITS_DECIDE in report.areas[0].warnings
