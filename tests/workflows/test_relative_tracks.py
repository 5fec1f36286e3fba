"""The proximity picture says what the finding says: the same smallest range, moment and error."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest

from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.errors import CoverageError
from hoshimori.model.findings import (
    AnyFinding,
    Conjunction,
    GeoNeighbour,
    Manoeuvre,
    NearFinding,
    Proximity,
    Relation,
    Shadowing,
)
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.workflows.relative_tracks import is_about_a_pair, pair_finding, relative_tracks
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")


@pytest.fixture(scope="module")
def picture() -> Picture:
    sky = made_sky(seed=1, objects=800, as_of_utc=AS_OF)
    return sky.picture(assets=sky.assets, days_ahead=5.0)


@pytest.fixture(scope="module")
def findings(picture: Picture) -> tuple[NearFinding, ...]:
    detectors = (
        ConjunctionDetector(),
        ProximityDetector(),
        GeoNeighbourDetector(),
        ShadowingDetector(),
    )
    return tuple(f for d in detectors for f in d.detect(picture))


F = TypeVar("F", bound=AnyFinding)


def of_kind(findings: tuple[AnyFinding, ...], kind: type[F]) -> list[F]:
    found = [f for f in findings if isinstance(f, kind)]
    assert found
    return found


def test_the_smallest_range_of_a_stay_is_that_of_the_finding(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    # The detector refines with the fast twin of SGP4.
    ten_metres_km, three_seconds = 1e-2, np.timedelta64(3, "s")
    for finding in of_kind(findings, Proximity):
        tracks = relative_tracks(picture, [finding])
        ranges = tracks.ranges_km
        assert ranges.min() == ranges[tracks.closest]
        assert abs(ranges.min() - finding.range_km.best) < ten_metres_km
        if finding.relation is not Relation.DOCKED:
            moment = tracks.times_utc[tracks.closest]
            assert abs(moment - as_column_time(finding.range_utc)) <= three_seconds


def test_the_smallest_range_of_a_fast_pass_is_its_miss(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    ten_metres_km = 1e-2
    for finding in of_kind(findings, Conjunction):
        tracks = relative_tracks(picture, [finding])
        rtn = tracks.rtn_km[tracks.closest]
        assert abs(tracks.ranges_km.min() - finding.miss_km.best) < ten_metres_km
        assert np.abs(rtn - finding.miss_rtn_km).max() < 10 * ten_metres_km
        # A straight line: the miss is a small part of what is shown to either side.
        ends = tracks.ranges_km[[0, -1]]
        assert ends.min() > 2.0 * finding.miss_km.best


def test_a_neighbour_in_the_belt_comes_as_near_as_its_finding_says(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    for finding in of_kind(findings, GeoNeighbour):
        tracks = relative_tracks(picture, [finding])
        # The finding follows straight lines over a quarter hour.
        straight_lines_km = 0.2 + 1e-3 * finding.range_km.best
        assert tracks.ranges_km.min() < finding.range_km.best + straight_lines_km


def test_the_error_at_the_smallest_range_is_that_of_the_finding(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    for finding in of_kind(findings, Proximity):
        if finding.relation is Relation.DOCKED:
            continue  # its range is zero at any moment
        tracks = relative_tracks(picture, [finding])
        covariance = tracks.covariance_rtn_km2[tracks.closest]
        assert np.allclose(covariance, covariance.T)
        sigma_km = float(np.sqrt(np.linalg.eigvalsh(covariance)[-1]))
        stated_km = (finding.range_km.high - finding.range_km.best) / 2.0
        assert sigma_km == pytest.approx(stated_km, rel=0.02)


def test_a_matched_plane_is_drawn_over_the_day_of_its_range(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    (finding,) = of_kind(findings, Shadowing)
    tracks = relative_tracks(picture, [finding])
    assert tracks.times_utc[0] >= AS_OF - np.timedelta64(30, "m")
    assert tracks.times_utc[-1] <= AS_OF + np.timedelta64(24 * 60 + 1, "m")
    assert tracks.ranges_km.max() >= finding.range_km.best


def test_the_chosen_finding_is_drawn_else_the_first_pair(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    shadow, *_ = of_kind(findings, Shadowing)
    passed, *_ = of_kind(findings, Conjunction)
    assert pair_finding([shadow, passed]) is passed
    assert pair_finding([shadow, passed], shadow.finding_id) is shadow
    assert all(is_about_a_pair(f) for f in findings)
    with pytest.raises(CoverageError, match="two objects"):
        pair_finding([shadow, passed], "another")


def test_no_pair_and_no_elements_are_errors(
    picture: Picture, findings: tuple[NearFinding, ...]
) -> None:
    finding, *_ = of_kind(findings, Proximity)
    with pytest.raises(CoverageError, match="no finding"):
        relative_tracks(picture, ())
    without = replace(
        picture,
        newest=picture.newest.take(picture.newest.norad_id != finding.objects[1]),
        history=picture.history.take(picture.history.norad_id != finding.objects[1]),
    )
    with pytest.raises(CoverageError, match=str(finding.objects[1])):
        relative_tracks(without, [finding])
    assert Manoeuvre not in map(type, findings)
