"""The light of an approach, at its closest moment, with the share that chance gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from hoshimori.assessment.approach_light import (
    GOOD_SHARE,
    approach_light,
    approach_lights,
    told_by_light,
)
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    Conjunction,
    Decay,
    Interval,
    Relation,
)
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.sgp4 import initialise, propagate

# Made: two geostationary satellites a tenth of a degree apart, at the equinox; the second goes
# 84 km to and fro along the orbit each day, so that it is near the first at one moment.
BELT = (
    "1 90001U 24001A   24080.00000000  .00000000  00000-0  00000-0 0  9991\n"
    "2 90001   0.0500  80.0000 0000002  30.0000 200.0000  1.00271000    14\n"
    "1 90002U 24001B   24080.00000000  .00000000  00000-0  00000-0 0  9992\n"
    "2 90002   0.0500  80.0000 0010000  30.0000 200.1000  1.00271000    15\n"
)
START = datetime(2024, 3, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def scene(turned_deg: float = 0.0) -> Picture:
    """Return the pair, turned as a whole about the axis of the Earth."""
    received = np.datetime64("2024-03-20", "us")
    sets = read_catalogue(BELT.encode(), source="made", received_utc=received).element_sets
    assert len(sets) == 2
    sets = replace(sets, raan_deg=(sets.raan_deg + turned_deg) % 360.0)
    return Picture(START + DAY, sets, sets.sorted_by_object(), (), 0.0)


def closest_utc(picture: Picture) -> datetime:
    """Return when the pair is nearest on the first day, to two minutes, by looking at it all."""
    t_s = np.arange(0.0, 86_400.0, 120.0)
    both = initialise(picture.newest.mean_elements())
    here, there = propagate(both, np.datetime64("2024-03-20", "us"), t_s).position_teme_km
    nearest = int(np.argmin(np.linalg.norm(here - there, axis=1)))
    return START + timedelta(seconds=float(t_s[nearest]))


def common(at: datetime) -> dict[str, Any]:
    return {
        "finding_id": "a", "detector": "made/1", "objects": (90001, 90002), "start_utc": at,
        "end_utc": at, "base_rate": BaseRate("GEO", 100, Interval(0.0, 0.1, 0.2)),
        "confidence": Confidence.HIGH, "confidence_because": "", "basis": (),
        "reality": Reality.SIMULATED,
    }  # fmt: skip


def passing(at: datetime, **changes: Any) -> Conjunction:
    made = Conjunction(
        **common(at), tca_utc=at, miss_km=Interval(1.0, 2.0, 3.0), speed_km_s=0.001,
        miss_rtn_km=(1.0, 0.0, 0.0), at_window_edge=False,
    )  # fmt: skip
    return replace(made, **changes)


def test_the_light_follows_from_where_the_sun_is() -> None:
    scenes = [scene(turned) for turned in range(0, 360, 30)]
    found = [approach_light(passing(closest_utc(one)), one) for one in scenes]
    phases = [light.phase_deg for light in found if light is not None]
    assert len(phases) == 12
    assert min(phases) < 30.0
    assert max(phases) > 150.0
    # In the Earth's shadow no phase helps: any moment is as good.
    lit = [light for light in found if light is not None and light.is_lit]
    assert len(lit) >= 10
    by_phase = sorted(lit, key=lambda light: light.phase_deg)
    shares = [light.share_as_good[1] for light in by_phase]
    assert shares[0] < GOOD_SHARE < 0.5 < shares[-1]
    kinds = {told_by_light(light)[0] for light in lit}
    assert kinds == {"lit_approach", "ordinary_light"}


def test_of_approaches_a_quarter_is_lit_as_well_as_the_best_quarter() -> None:
    """Turned through all directions, chance gives good light as often as its share says."""
    scenes = [scene(turned) for turned in np.arange(0.0, 360.0, 7.5).tolist()]
    told = [approach_light(passing(closest_utc(one)), one) for one in scenes]
    good = sum(told_by_light(light)[0] == "lit_approach" for light in told if light)
    four_sigma = 4.0 * np.sqrt(0.25 * 0.75 / len(scenes))
    assert good / len(scenes) == pytest.approx(GOOD_SHARE, abs=four_sigma)


def test_where_they_stay_as_near_no_moment_is_told() -> None:
    one = scene()
    at = closest_utc(one)
    assert approach_light(passing(at), one) is not None
    assert approach_light(passing(at + timedelta(hours=5)), one) is None
    beside = replace(one.history, eccentricity=np.full(2, 0.0002))
    assert approach_light(passing(at), replace(one, history=beside)) is None


def test_of_an_incident_the_nearest_approach_is_told_whatever_its_light() -> None:
    one = scene()
    at = closest_utc(one)
    near = passing(at, finding_id="near")
    far = passing(at - timedelta(hours=1), finding_id="far", miss_km=Interval(5.0, 6.0, 7.0))
    assert set(approach_lights([far, near], one)) == {"near"}
    assert approach_lights([], one) == {}
    # At speed nobody comes to look, and what lies ahead was not timed yet.
    assert approach_lights([replace(near, speed_km_s=7.0)], one) == {}
    assert approach_lights([passing(at + 2 * DAY)], one) == {}
    assert approach_lights([replace(near, relation=Relation.FORMATION)], one) == {}


def test_what_is_no_approach_or_lies_too_far_off_has_no_light() -> None:
    falling = Decay(
        **common(START), reentry_utc=START, perigee_km=150.0, apogee_km=200.0, sinking_km_day=10.0
    )
    assert approach_light(falling, scene()) is None
    assert approach_light(passing(START + timedelta(days=30)), scene()) is None
    unknown = passing(START, objects=(90001, 90009))
    assert approach_light(unknown, scene()) is None


def test_shares_are_shares() -> None:
    one = scene()
    light = approach_light(passing(closest_utc(one)), one)
    assert light is not None
    low, share, high = light.share_as_good
    assert 0.0 <= low <= share <= high <= 1.0
    assert light.samples == pytest.approx(64)
