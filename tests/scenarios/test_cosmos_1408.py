"""Cosmos 1408 on 15 November 2021, from the catalogues of that autumn.

A rehearsal of the worst day: the parent among the candidates, the moment from the pieces alone, a
cloud thrown forward; physics only. Published: about 02:47 UTC, 480 km, skewed forward.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Breakup, EnergyClass, Finding, Separation
from hoshimori.model.objects import launch_of
from hoshimori.workflows.deliveries import open_catalogues
from hoshimori.workflows.pictures import dated_by_catalogue, picture_of

EVERY = 12
"""One in so many of the other objects stands for all: the test is about the launch."""


def thinned(path: Path, launches: set[str]) -> ElementSets:
    """A catalogue's objects of some launches, and some of the others, as known at its moment."""
    (opened,) = open_catalogues([path])
    rows = dated_by_catalogue(opened.reading.element_sets, opened.received_utc)
    own = np.array([launch_of(str(i)) in launches for i in rows.object_id])
    old = (rows.norad_id % EVERY == 0) & (rows.norad_id < 49_000)
    return rows.take(own | old)


def found_between(paths: list[Path], launches: set[str]) -> list[Finding]:
    parts = [thinned(path, launches) for path in paths]
    moment = max(part.known_utc.max() for part in parts)
    picture = picture_of(parts, assets=(), days_ahead=0.0, as_of_utc=moment)
    return list(BreakupDetector().detect(picture))


@pytest.fixture(scope="module")
def breakup(shared_data: Path) -> Breakup:
    folder = shared_data / "events" / "snapshots"
    days = ("2021-11-09", "2021-12-22")
    paths = [folder / f"catalogue_{day}.3le.gz" for day in days]
    (found,) = [f for f in found_between(paths, {"1982-092"}) if isinstance(f, Breakup)]
    return found


def test_the_moment_is_found_from_the_pieces_alone(breakup: Breakup) -> None:
    stated = datetime(2021, 11, 15, 2, 47, tzinfo=UTC)
    assert abs((breakup.event_by_pieces_utc - stated).total_seconds()) < 600.0
    assert breakup.start_utc <= stated <= breakup.end_utc
    assert breakup.is_resolved


def test_the_parent_is_the_first_candidate(breakup: Breakup) -> None:
    assert breakup.candidates[0].norad_id == 13552
    assert breakup.candidates[0].probability > 0.5
    assert breakup.altitude_km == pytest.approx(480.0, abs=25.0)


def test_the_cloud_is_skewed_forward_with_much_energy(breakup: Breakup) -> None:
    assert breakup.posigrade_share.low > 0.5
    assert breakup.energy is EnergyClass.HIGH
    assert breakup.pieces > 500


def test_cosmos_2581_and_2583_are_both_candidates(shared_data: Path) -> None:
    """The object catalogued on 18 March 2025: one account names 2581, others 2583."""
    folder = shared_data / "catalogue" / "snapshots"
    days = ("2025-03-03", "2025-03-31")
    paths = [folder / f"spacetrack_{day}.3le.gz" for day in days]
    (found,) = found_between(paths, {"2025-026"})
    assert isinstance(found, Separation)
    assert found.objects[-1] == 63330
    assert {62902, 62904} <= {c.norad_id for c in found.candidates}
    assert found.relative_speed_m_s.high < 10.0
