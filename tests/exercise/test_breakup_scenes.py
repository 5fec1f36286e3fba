"""Made break-ups: every piece starts where the parent was."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.breakup_scenes import (
    BreakupScene,
    catalogue_after,
    catalogue_before,
    fragments,
    parent_state,
)
from hoshimori.model.provenance import Reality
from hoshimori.numerics.breakup_orbits import secular_orbits, shapes_at

SCENE = BreakupScene(np.datetime64("2026-03-01T10:00", "us"), pieces=30)


def test_all_pieces_pass_the_point_at_the_moment() -> None:
    position, _ = parent_state(SCENE)
    shapes = shapes_at(secular_orbits(fragments(SCENE, np.random.default_rng(1))), SCENE.event_utc)
    direction = position / np.linalg.norm(position)
    assert np.abs(shapes.normal @ direction).max() < 1e-6
    assert np.abs(shapes.radius_km(direction) - np.linalg.norm(position)).max() < 8.0


def test_catalogues_are_marked_and_dated() -> None:
    before = catalogue_before(SCENE, np.datetime64("2026-02-20", "us"))
    after = catalogue_after(SCENE, np.datetime64("2026-04-01", "us"), np.random.default_rng(1))
    assert before.reality is after.reality is Reality.SIMULATED
    assert len(before) == 1
    assert len(after) == SCENE.pieces
    assert (after.epoch_utc < np.datetime64("2026-04-01")).all()
    assert set(after.object_name) == {"SIM-PARENT DEB"}


def test_one_sided_clouds_gain_or_keep_energy() -> None:
    scene = BreakupScene(SCENE.event_utc, one_sided=True, pieces=40)
    made = fragments(scene, np.random.default_rng(2))
    parent = catalogue_before(scene, scene.event_utc).mean_elements()
    slower = made.mean_motion_kozai_rad_min <= parent.mean_motion_kozai_rad_min
    assert np.mean(slower) > 0.95
