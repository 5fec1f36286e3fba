"""Orbits to draw: dense enough to interpolate, in the right place, and honest where they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sgp4.api import WGS72, Satrec

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.czml import DEGREE
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    BaseRate,
    Breakup,
    Confidence,
    EnergyClass,
    FragmentCloud,
    Interval,
    ParentCandidate,
    Relation,
)
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.frames import EarthOrientation, gmst82_rad, teme_to_gcrf
from hoshimori.numerics.sgp4 import initialise, propagate
from hoshimori.sources.earth_orientation import read_earth_orientation
from hoshimori.workflows.export_orbits import MOST_SAMPLES, orbit_spans, places_of, step_of

EPOCH = np.datetime64("2026-11-01T00:00:00", "us")
START = as_datetime(EPOCH)
ONE_MILLIMETRE_KM = 1e-6
HEADER = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    "ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,"
    "ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
)
ORBITS = {
    "LEO": "15.5,0.0007,51.6,120,40,10",
    "MOLNIYA": "2.006,0.72,63.4,200,270,5",
    "GTO": "2.27,0.73,7,100,178,350",
    "GEO": "1.0027,0.0002,0.05,80,100,200",
}


def sets_of(*kinds: str, bstar: float = 1e-4) -> ElementSets:
    """Return made element sets of the epoch, numbered from 800000001."""
    rows = [
        f"{kind},2020-001A,2026-11-01T00:00:00,{ORBITS[kind]},0,U,{number},999,1,{bstar},0,0"
        for number, kind in enumerate(kinds, 800_000_001)
    ]
    payload = "\n".join([HEADER, *rows]).encode()
    return read_catalogue(payload, source="made.csv", received_utc=EPOCH).element_sets


@pytest.fixture(scope="module")
def orientation() -> EarthOrientation:
    return read_earth_orientation()


def interpolated(times_s: np.ndarray, values: np.ndarray, at_s: float) -> np.ndarray:
    """Return the Lagrange polynomial of the nearest points, as CZML readers evaluate it."""
    first = int(np.clip(np.searchsorted(times_s, at_s) - (DEGREE + 1) // 2, 0,
                        len(times_s) - DEGREE - 1))  # fmt: skip
    t, y = times_s[first : first + DEGREE + 1], values[first : first + DEGREE + 1]
    weights = [np.prod([(at_s - b) / (a - b) for b in t if b != a]) for a in t]
    return np.asarray(np.array(weights) @ y)


@pytest.mark.parametrize("kind", ORBITS)
def test_between_samples_the_polynomial_errs_by_less_than_a_millimetre(
    kind: str, orientation: EarthOrientation
) -> None:
    sets = sets_of(kind)
    (span,) = orbit_spans(
        sets, START, START + timedelta(days=1), assets=(), orientation=orientation
    )
    seconds = (span.times_utc - EPOCH) / np.timedelta64(1, "s")
    middles = (
        seconds[4:-5] + seconds[5:-4]
    ) / 2.0  # away from the ends, where points are one-sided
    moments = EPOCH + np.rint(middles * 1e6).astype("timedelta64[us]")
    states = propagate(initialise(sets.mean_elements()), EPOCH, middles)
    exact = teme_to_gcrf(states.position_teme_km[0], moments)
    told = np.array([interpolated(seconds, span.position_gcrf_km, t) for t in middles])
    assert np.abs(told - exact).max() < ONE_MILLIMETRE_KM


@pytest.mark.parametrize("kind", ORBITS)
def test_an_orbit_stands_over_the_ground_where_the_reference_has_it(
    kind: str, orientation: EarthOrientation
) -> None:
    """Reference: sgp4 2.27 (Vallado's code), turned by mean sidereal time alone."""
    sets = sets_of(kind)
    (span,) = orbit_spans(
        sets, START, START + timedelta(hours=6), assets=(800_000_001,), orientation=orientation
    )
    reference = Satrec()
    mean = sets.mean_elements()
    reference.sgp4init(
        WGS72, "i", 1, (EPOCH - np.datetime64("1949-12-31", "us")) / np.timedelta64(1, "D"),
        mean.bstar_per_er[0], 0.0, 0.0, mean.eccentricity[0], mean.arg_of_perigee_rad[0],
        mean.inclination_rad[0], mean.mean_anomaly_rad[0], mean.mean_motion_kozai_rad_min[0],
        mean.raan_rad[0],
    )  # fmt: skip
    days = (span.times_utc - EPOCH) / np.timedelta64(1, "D")
    error, position, _ = reference.sgp4_array(np.full(len(days), 2461345.5), days)
    assert not error.any()
    longitude = np.degrees(np.arctan2(position[:, 1], position[:, 0]) - gmst82_rad(span.times_utc))
    apart = (span.longitude_deg - longitude + 180.0) % 360.0 - 180.0
    assert np.abs(apart).max() < 0.01
    radius = np.linalg.norm(position, axis=1)
    assert np.linalg.norm(span.position_gcrf_km, axis=1) == pytest.approx(radius, abs=1e-4)
    assert span.is_asset
    assert span.period_s == pytest.approx(86400.0 / float(sets.mean_motion_rev_day[0]))


def test_an_orbit_that_decays_ends_there(orientation: EarthOrientation) -> None:
    sets = replace(sets_of("LEO", bstar=0.05), mean_motion_rev_day=np.array([16.4]))
    (span,) = orbit_spans(
        sets, START, START + timedelta(days=9), assets=(), orientation=orientation
    )
    assert np.isfinite(span.position_gcrf_km).all()
    assert span.times_utc[-1] < EPOCH + np.timedelta64(9, "D")


def test_very_long_spans_are_cut(orientation: EarthOrientation) -> None:
    (span,) = orbit_spans(
        sets_of("LEO", bstar=0.0), START, START + timedelta(days=30), assets=(),
        orientation=orientation,
    )  # fmt: skip
    assert len(span.times_utc) == MOST_SAMPLES
    assert step_of(15.5, 0.0) * MOST_SAMPLES < 30 * 86400.0


def made_breakup(*candidates: int) -> Breakup:
    zero = (0.0, 0.0, 0.0)
    cloud = FragmentCloud((), (), (), (), ())
    return Breakup(
        finding_id="b1", detector="breakup/1", objects=(800_000_001,), start_utc=START,
        end_utc=START + timedelta(hours=1), base_rate=BaseRate("LEO", 1, Interval(0, 0, 0)),
        confidence=Confidence.HIGH, confidence_because="made", basis=(), reality=Reality.REAL,
        event_utc=START + timedelta(minutes=10), event_by_pieces_utc=START, event_sigma_s=4.0,
        is_resolved=True, pieces=7, altitude_km=400.0, latitude_deg=0.0, pinch_km=(1.0, 1.0),
        spread_rtn_m_s=zero, posigrade_share=Interval(0, 0.5, 1), energy=EnergyClass.LOW,
        energy_j_per_g=0.1, cloud=cloud,
        candidates=tuple(
            ParentCandidate(i, 0.5, zero, Relation.UNRELATED, True) for i in candidates
        ),
    )  # fmt: skip


def test_a_break_up_stands_under_its_likeliest_parent(orientation: EarthOrientation) -> None:
    sets = sets_of("LEO")
    picture = Picture(START, sets, sets, (), 7.0)
    found = made_breakup(5, 800_000_001)
    names = {800_000_001: "PARENT"}
    (place,) = places_of([found], picture, names=names, orientation=orientation)
    when = START + timedelta(minutes=10)
    (span,) = orbit_spans(sets, when, when, assets=(), orientation=orientation)
    assert (place.latitude_deg, place.longitude_deg) == (
        span.latitude_deg[0],
        span.longitude_deg[0],
    )
    assert (place.name, place.kind) == ("PARENT (800000001)", "breakup")
    assert places_of([made_breakup(5)], picture, names=names, orientation=orientation) == ()


def test_a_meeting_stands_under_the_first_object(
    make_export: Callable[..., Any], orientation: EarthOrientation
) -> None:
    sets = sets_of("GEO")
    picture = Picture(START, sets, sets, (), 7.0)
    passing, _ = make_export().findings
    passing = replace(passing, objects=(800_000_001, 5), tca_utc=START + timedelta(hours=3))
    (place,) = places_of([passing], picture, names={}, orientation=orientation)
    assert place.moment_utc == passing.tca_utc
    assert abs(place.latitude_deg) < 0.1
    assert place.height_km == pytest.approx(35_786.0, abs=30.0)
    unknown = replace(passing, objects=(6, 800_000_001))
    assert places_of([unknown], picture, names={}, orientation=orientation) == ()
