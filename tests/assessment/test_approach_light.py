"""The light of an approach, at its closest moment, with the share that chance gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from hoshimori.assessment.approach_light import approach_light
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    Conjunction,
    Decay,
    Interval,
)
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality

# Made: two geostationary satellites a tenth of a degree apart, at the equinox.
BELT = (
    "1 90001U 24001A   24080.00000000  .00000000  00000-0  00000-0 0  9991\n"
    "2 90001   0.0500  80.0000 0002000  30.0000 200.0000  1.00271000    14\n"
    "1 90002U 24001B   24080.00000000  .00000000  00000-0  00000-0 0  9992\n"
    "2 90002   0.0500  80.0000 0002000  30.0000 200.1000  1.00271000    16\n"
)
START = datetime(2024, 3, 20, tzinfo=UTC)


def scene() -> Picture:
    received = np.datetime64("2024-03-20", "us")
    sets = read_catalogue(BELT.encode(), source="made", received_utc=received).element_sets
    assert len(sets) == 2
    return Picture(START, sets, sets.sorted_by_object(), (), 0.0)


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


def test_the_light_turns_once_a_day() -> None:
    found = [approach_light(passing(START + timedelta(hours=h)), scene()) for h in range(0, 24, 3)]
    phases = [light.phase_deg for light in found if light is not None]
    assert len(phases) == 8
    assert min(phases) < 30.0
    assert max(phases) > 150.0
    # In the Earth's shadow no phase helps: any moment is as good.
    lit = [light for light in found if light is not None and light.is_lit]
    assert len(lit) >= 7
    by_phase = sorted(lit, key=lambda light: light.phase_deg)
    shares = [light.share_as_good[1] for light in by_phase]
    assert shares == sorted(shares)


def test_what_is_no_approach_or_lies_too_far_off_has_no_light() -> None:
    falling = Decay(
        **common(START), reentry_utc=START, perigee_km=150.0, apogee_km=200.0, sinking_km_day=10.0
    )
    assert approach_light(falling, scene()) is None
    assert approach_light(passing(START + timedelta(days=30)), scene()) is None
    unknown = passing(START, objects=(90001, 90009))
    assert approach_light(unknown, scene()) is None


def test_the_sun_is_behind_when_the_phase_is_small() -> None:
    light = approach_light(passing(START), scene())
    assert light is not None
    low, share, high = light.share_as_good
    assert 0.0 <= low <= share <= high <= 1.0
    assert light.samples == pytest.approx(64)
