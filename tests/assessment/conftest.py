"""Small made findings of passes, burns and break-ups for the tests of incidents."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.model.findings import (
    BaseRate,
    Breakup,
    BurnDirection,
    Confidence,
    Conjunction,
    EnergyClass,
    FragmentCloud,
    Interval,
    Manoeuvre,
    Separation,
    Thrust,
)
from hoshimori.model.provenance import Reality

DAY_0 = datetime(2025, 3, 3, tzinfo=UTC)

Make = Callable[..., Any]


def at(day: float) -> datetime:
    return DAY_0 + timedelta(days=day)


def _shared(objects: tuple[int, ...], day: float, days: float, **changes: Any) -> dict[str, Any]:
    fields = {
        "finding_id": f"{objects}-{day}-{days}",
        "detector": "made/1",
        "objects": objects,
        "start_utc": at(day),
        "end_utc": at(day + days),
        "base_rate": BaseRate("LEO", 1000, Interval(0.0, 0.2, 0.3)),
        "confidence": Confidence.MODERATE,
        "confidence_because": "made",
        "basis": ("a",),
        "reality": Reality.REAL,
    }
    return fields | changes


@pytest.fixture(scope="session")
def conjunction() -> Make:
    """Give a pass of these objects on a day, with an id of its own."""

    def make(objects: tuple[int, ...], day: float, days: float = 0.01, **changes: Any) -> Any:
        return Conjunction(
            **{
                **_shared(objects, day, days),
                "tca_utc": at(day),
                "miss_km": Interval(0.0, 1.0, 3.0),
                "speed_km_s": 10.0,
                "miss_rtn_km": (1.0, 0.0, 0.0),
                "at_window_edge": False,
                **changes,
            }
        )

    return make


@pytest.fixture(scope="session")
def manoeuvre() -> Make:
    """Give a burn of one object on a day."""

    def make(norad_id: int, day: float, **changes: Any) -> Any:
        return Manoeuvre(
            **{
                **_shared((norad_id,), day, 0.5),
                "delta_v_m_s": Interval(0.1, 0.2, 0.3),
                "components_rtn_m_s": (0.0, 0.2, 0.0),
                "direction": BurnDirection.IN_TRACK,
                "p_value": 0.001,
                "thrust": Thrust.IMPULSIVE,
                "burn_utc": at(day),
                "burn_sigma_h": 2.0,
                **changes,
            }
        )

    return make


@pytest.fixture(scope="session")
def separation() -> Make:
    """Give what parted from an object on a day."""

    def make(parent: int, pieces: tuple[int, ...], day: float, **changes: Any) -> Any:
        return Separation(
            **{
                **_shared((parent, *pieces), day, 1.0),
                "candidates": (),
                "relative_speed_m_s": Interval(0.1, 1.0, 2.0),
                **changes,
            }
        )

    return make


@pytest.fixture(scope="session")
def breakup() -> Make:
    """Give a cloud that parted on a day at a height and latitude."""

    def make(
        parent: int, pieces: tuple[int, ...], day: float, altitude_km: float = 500.0, **changes: Any
    ) -> Any:
        some = (1.0,) * len(pieces)
        return Breakup(
            **{
                **_shared((parent,), day, 0.1),
                "event_utc": at(day),
                "event_by_pieces_utc": at(day),
                "event_sigma_s": 600.0,
                "is_resolved": True,
                "pieces": len(pieces),
                "candidates": (),
                "altitude_km": altitude_km,
                "latitude_deg": 70.0,
                "pinch_km": (1.0, 1.0),
                "spread_rtn_m_s": (1.0, 1.0, 1.0),
                "posigrade_share": Interval(0.4, 0.5, 0.6),
                "energy": EnergyClass.HIGH,
                "energy_j_per_g": 2.0,
                "cloud": FragmentCloud(pieces, some, some, some, ((0.0, 0.0, 0.0),) * len(pieces)),
                **changes,
            }
        )

    return make


@pytest.fixture(scope="session")
def samples() -> SimpleNamespace:
    """Findings of every kind, as `evidence_samples.py` makes them."""
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("evidence_samples.py"))))


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Rules, incidents and boards of alerts, as `alert_samples.py` makes them."""
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("alert_samples.py"))))
