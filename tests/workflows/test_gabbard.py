"""The Gabbard plot against the finding and against how orbits are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.errors import CoverageError
from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.model.findings import Breakup
from hoshimori.model.picture import Picture
from hoshimori.numerics.breakup_model import Fragmentation
from hoshimori.workflows.gabbard import gabbard
from hoshimori.workflows.pictures import picture_of
from hoshimori.workflows.skies import sky_of_files

BEFORE = np.datetime64("2026-02-20", "us")
AFTER = np.datetime64("2026-04-01", "us")
SCENE = BreakupScene(
    np.datetime64("2026-03-01T10:00", "us"), pieces=40, kind=Fragmentation.COLLISION,
    latitude_argument_deg=90.0, drag_share=0.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def picture() -> Picture:
    parts = (
        catalogue_before(SCENE, BEFORE),
        catalogue_before(SCENE, AFTER),
        catalogue_after(SCENE, AFTER, np.random.default_rng(5)),
    )
    return picture_of(parts, assets=(), days_ahead=0.0)


@pytest.fixture(scope="module")
def finding(picture: Picture) -> Breakup:
    (found,) = [f for f in BreakupDetector().detect(picture) if isinstance(f, Breakup)]
    return found


def test_every_piece_of_the_finding_is_drawn(picture: Picture, finding: Breakup) -> None:
    plot = gabbard(picture, [finding])
    assert tuple(plot.first.norad_id.tolist()) == finding.cloud.norad_id
    assert tuple(plot.first.apogee_km.tolist()) == finding.cloud.apogee_km
    assert tuple(plot.first.perigee_km.tolist()) == finding.cloud.perigee_km
    assert plot.left_out == 0
    assert plot.delta_v_rtn_m_s.shape == (finding.pieces, 3)


def test_one_set_each_is_then_and_now(picture: Picture, finding: Breakup) -> None:
    plot = gabbard(picture, [finding])
    assert np.allclose(plot.newest.period_min, plot.first.period_min, rtol=1e-3)
    assert np.allclose(plot.newest.apogee_km, plot.first.apogee_km, atol=1.0)


def test_the_arms_meet_where_the_orbit_is_circular(picture: Picture, finding: Breakup) -> None:
    plot = gabbard(picture, [finding])
    assert (plot.arm_apogee_km >= finding.altitude_km).all()
    assert (plot.arm_perigee_km <= finding.altitude_km).all()
    # One of both is always the height of the event itself.
    either = np.minimum(
        np.abs(plot.arm_apogee_km - finding.altitude_km),
        np.abs(plot.arm_perigee_km - finding.altitude_km),
    )
    assert either.max() < 1e-6
    # 400 km circular has a period of 92.6 min. Source: Vallado 2013, eq. 1-27.
    km_of_a_second = 2.0
    sample = np.interp(plot.first.period_min, plot.arm_period_min, plot.arm_apogee_km)
    assert (plot.first.apogee_km > sample - 200.0 * km_of_a_second).all()


def test_a_parent_is_drawn_as_it_was_before(picture: Picture, finding: Breakup) -> None:
    plot = gabbard(picture, [finding])
    assert plot.parents.norad_id.tolist() == [c.norad_id for c in finding.candidates]
    assert abs(plot.parents.apogee_km[0] - finding.altitude_km) < 60.0


def test_no_break_up_is_an_error(picture: Picture, finding: Breakup) -> None:
    with pytest.raises(CoverageError):
        gabbard(picture, ())
    with pytest.raises(CoverageError):
        gabbard(picture, [finding], "another")


def test_cosmos_1408(shared_data: Path) -> None:
    """The plot of a real event: the parent went at 465 to 490 km before it (public catalogue)."""
    folder = shared_data / "events" / "snapshots"
    days = ("2021-11-09", "2021-12-22")
    whole = sky_of_files([folder / f"catalogue_{day}.3le.gz" for day in days])
    part = whole.parts[0].take(
        np.isin(whole.parts[0].norad_id, [13552]) | (whole.parts[0].norad_id % 12 == 0)
    )
    after = whole.parts[1]
    own = np.array([str(i).startswith("1982-092") for i in after.object_id])
    after = after.take(own | ((after.norad_id % 12 == 0) & (after.norad_id < 49_000)))
    picture = picture_of((part, after), assets=(), days_ahead=0.0)
    (finding,) = [
        f
        for f in BreakupDetector().detect(picture)
        if isinstance(f, Breakup) and f.candidates[0].norad_id == 13552
    ]
    plot = gabbard(picture, [finding])
    assert 440.0 < plot.parents.perigee_km[0] < plot.parents.apogee_km[0] < 500.0
    # Thrown forward more than back: most pieces rose above it.
    assert np.mean(plot.first.apogee_km > 500.0) > 0.5
