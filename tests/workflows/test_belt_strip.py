"""The strip of the belt against the detector's longitudes, and its bounds."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.model.findings import GeoNeighbour
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.geo import belt_motion, wrapped_deg
from hoshimori.numerics.sgp4 import initialise
from hoshimori.workflows.belt_strip import (
    MOST_POINTS,
    BeltRole,
    Stretch,
    belt_strip,
    coming_longitudes,
    in_belt,
    kept_points,
)
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")


@pytest.fixture(scope="module")
def picture() -> Picture:
    sky = made_sky(seed=1, objects=1_500, as_of_utc=AS_OF)
    return sky.picture(assets=sky.assets, days_ahead=5.0)


@pytest.fixture(scope="module")
def neighbours(picture: Picture) -> tuple[GeoNeighbour, ...]:
    return GeoNeighbourDetector().detect(picture)


def test_what_comes_agrees_with_the_longitudes_of_the_detector(picture: Picture) -> None:
    sets = in_belt(picture.newest)
    times_utc, degrees = coming_longitudes(sets, as_datetime(AS_OF), 5.0)
    motion = belt_motion(initialise(sets.mean_elements()), AS_OF, 5.0)
    every_day = motion.mean_deg_east[:, ::48]
    assert times_utc[0] == AS_OF
    # The mean of 8 samples a day for that of 48: harmonics up to the seventh cancel.
    fiftieth_deg = 0.02
    columns = min(degrees.shape[1], every_day.shape[1])
    apart = wrapped_deg(degrees[:, :columns] - every_day[:, :columns])
    assert np.nanmax(np.abs(apart)) < fiftieth_deg


def test_slots_and_neighbours_stand_where_the_findings_have_them(
    picture: Picture, neighbours: tuple[GeoNeighbour, ...]
) -> None:
    strip = belt_strip(picture, neighbours)
    slots = {slot.norad_id: slot for slot in strip.slots}
    lines = {line.norad_id: line for line in strip.lines}
    assert strip.neighbours == neighbours
    for finding in neighbours:
        asset, other = finding.objects
        tenth_of_a_slot = finding.slot_half_width_deg / 10
        apart = wrapped_deg(slots[asset].deg_east - finding.slot_deg_east)
        assert abs(float(apart)) < tenth_of_a_slot
        line = lines[other]
        now = wrapped_deg(line.deg_east[line.past] - finding.neighbour_deg_east)
        assert abs(float(now)) < tenth_of_a_slot
        relative = line.drift_deg_day - lines[asset].drift_deg_day
        assert relative == pytest.approx(finding.drift_deg_day, abs=0.02)
        assert line.role in (BeltRole.NEIGHBOUR, BeltRole.ASSET)


def test_past_and_future_are_one_line(picture: Picture) -> None:
    strip = belt_strip(picture, ())
    for line in strip.lines:
        past = line.times_utc[: line.past]
        assert (past <= AS_OF).all()
        assert (line.times_utc[line.past :] >= AS_OF).all()
        assert (np.diff(line.times_utc.astype(np.int64)) > 0).all()
        if line.past and line.role is BeltRole.ASSET:
            # Mean longitude at the last set and daily mean now: a slot has one place.
            step = line.deg_east[line.past] - line.deg_east[line.past - 1]
            assert abs(step) < 0.1


def test_a_narrow_strip_holds_what_passes_it(
    picture: Picture, neighbours: tuple[GeoNeighbour, ...]
) -> None:
    whole = belt_strip(picture, neighbours)
    slot = whole.slots[0]
    strip = belt_strip(picture, neighbours, Stretch(slot.deg_east, 6.0, past_days=20.0))
    ids = {line.norad_id for line in strip.lines}
    assert slot.norad_id in ids
    assert ids < {line.norad_id for line in whole.lines}
    for line in strip.lines:
        hours = line.times_utc.astype("datetime64[s]").astype(float)
        between = np.interp(np.linspace(hours[0], hours[-1], 2_000), hours, line.deg_east)
        assert (np.abs(wrapped_deg(between - slot.deg_east)) <= 3.1).any()
    assert strip.since_utc == picture.as_of_utc - timedelta(days=20)
    assert {stay.norad_id for stay in strip.stays} <= ids


def test_the_whole_belt_stays_within_its_bound(picture: Picture) -> None:
    strip = belt_strip(picture, (), Stretch(past_days=400.0))
    assert sum(len(line.deg_east) for line in strip.lines) <= MOST_POINTS
    assert strip.left_out == 0
    assert len(strip.lines) <= strip.objects


@given(
    st.lists(st.floats(-50.0, 50.0), min_size=2, max_size=40),
    st.floats(1e-3, 10.0),
)
def test_a_thinned_line_lies_within_the_tolerance(values: list[float], tolerance: float) -> None:
    days, column = np.arange(len(values), dtype=float), np.array(values)
    kept = kept_points(days, column, tolerance)
    assert kept[[0, -1]].all()
    drawn = np.interp(days, days[kept], column[kept])
    assert np.abs(drawn - column).max() <= tolerance + 1e-9
