"""Made scenes of cases: the same for a seed, each story with its objects in the sky."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_before
from hoshimori.exercise.made_cases import made_scene, stand_in
from hoshimori.model.elements import concatenate
from hoshimori.model.provenance import Reality

SCENES = ("years 690", "breakup burst", "breakup struck", "breakup two bodies", "pairs")


@pytest.mark.parametrize("name", SCENES)
def test_a_seed_gives_one_scene_whose_stories_are_in_it(name: str) -> None:
    scene, again = made_scene(name, 4), made_scene(name, 4)
    rows, same = concatenate(scene.parts), concatenate(again.parts)
    assert np.array_equal(rows.mean_anomaly_deg, same.mean_anomaly_deg)
    assert rows.reality is Reality.SIMULATED
    ids = set(rows.norad_id.tolist())
    assert scene.about
    for objects in scene.about.values():
        assert set(objects) <= ids


def test_two_bodies_meet_where_both_are() -> None:
    """Both orbits pass the point: their planes hold it, at one height."""
    before = made_scene("breakup two bodies", 5).parts[0].mean_elements()
    tilt, node = before.inclination_rad, before.raan_rad
    normal = np.column_stack(
        [np.sin(tilt) * np.sin(node), -np.sin(tilt) * np.cos(node), np.cos(tilt)]
    )
    line = np.cross(normal[0], normal[1])
    latitude = np.degrees(np.arcsin(abs(line[2]) / np.linalg.norm(line)))
    assert latitude > 10.0
    axes = before.mean_motion_kozai_rad_min ** (-2.0 / 3.0)
    assert axes[0] == pytest.approx(axes[1], rel=2e-3)


def test_a_stand_in_shares_the_plane_and_nothing_else() -> None:
    event = np.datetime64("2026-03-01T10:00", "us")
    sets = catalogue_before(BreakupScene(event), event)
    made = stand_in(sets, 40001, 799_000_001, 12.0)
    assert made.norad_id.tolist() == [799_000_001]
    assert made.reality is Reality.SIMULATED
    assert made.inclination_deg[0] == sets.inclination_deg[0]
    ahead = (made.mean_anomaly_deg - sets.mean_anomaly_deg) % 360.0
    assert ahead[0] == pytest.approx(12.0)
    assert str(made.object_id[0]) != str(sets.object_id[0])
    assert len(stand_in(sets, 1, 2, 3.0)) == 0


@pytest.mark.parametrize("name", ["opera", "breakup quietly"])
def test_unknown_scenes_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is called"):
        made_scene(name, 1)
