"""Releases as nouns: who is new, when first seen, from whom perhaps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hoshimori.exercise.belt_years import START_UTC, Life, belt_lives
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.releases import releases_of

DAYS = 200.0
MOTHER = Life(50_001, "SIM MOTHER", "2018-701A", ((0.0, 60.0), (DAYS, 60.0)))
SISTER = Life(50_002, "SIM SISTER", "2018-701B", ((0.0, -60.0), (DAYS, -60.0)), tilt_deg=2.0)
CHILD = Life(50_900, "SIM CHILD", "2018-701C", ((100.0, 60.05), (DAYS, 60.05)), tilt_deg=0.04)
OTHER = Life(50_003, "SIM OTHER", "2016-702A", ((0.0, 60.1), (DAYS, 60.1)))


def test_a_child_has_its_mother_first_among_the_candidates_of_its_launch() -> None:
    sets = belt_lives([MOTHER, SISTER, CHILD, OTHER], START_UTC, DAYS, every_days=10.0)
    (release,) = releases_of(sets)
    assert (release.norad_id, release.name) == (50_900, "SIM CHILD")
    assert (release.first_seen_utc.replace(tzinfo=None) - START_UTC.item()).days in range(100, 111)
    assert [c.norad_id for c in release.candidates] == [50_001, 50_002]
    assert release.candidates[0].speed_m_s < 5.0
    assert release.candidates[0].range_km < 100.0
    assert release.candidates[1].speed_m_s > 50.0


def test_who_was_there_from_the_start_or_has_no_launch_is_no_release() -> None:
    sets = belt_lives([MOTHER, SISTER, OTHER], START_UTC, DAYS, every_days=10.0)
    assert releases_of(sets) == ()
    named = belt_lives([MOTHER, CHILD], START_UTC, DAYS, every_days=10.0)
    nameless = replace(named, object_id=np.full(len(named), "", named.object_id.dtype))
    assert releases_of(nameless) == ()
    assert releases_of(NO_ELEMENT_SETS) == ()
