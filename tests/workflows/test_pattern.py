"""Patterns of life from history files, made and real."""

from __future__ import annotations

import os
import runpy
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.pattern import PatternDetector
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.exercise.belt_histories import belt_histories
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.pattern import Aspect, Mode, NodeKind
from hoshimori.workflows.pattern import pattern, patterns_of


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    belt = belt_histories(np.random.Generator(np.random.PCG64(3)), 8, every_days=1.0)
    path = tmp_path_factory.mktemp("history") / "belt.csv"
    path.write_bytes(write_omm_csv(belt.element_sets))
    return path


def test_every_object_has_segments_that_follow_one_another(history: Path) -> None:
    found = pattern([history])
    assert len(found.patterns) == found.compared == 8
    assert found.too_short == ()
    for one in found.patterns:
        assert one.regime == "GEO"
        for aspect in (Aspect.EAST_WEST, Aspect.NORTH_SOUTH):
            own = [s for s in one.segments if s.aspect is aspect]
            assert own[0].start_utc == one.start_utc
            assert own[-1].end_utc == one.end_utc
            assert all(a.end_utc < b.start_utc for a, b in pairwise(own))
            kinds = [n.kind for n in one.nodes if n.aspect is aspect]
            assert kinds[0] is NodeKind.START
            assert kinds[-1] is NodeKind.END
        assert one.mode(Aspect.HEIGHT) is None


def test_the_next_burn_lies_after_the_last_and_has_an_interval(history: Path) -> None:
    cycles = [c for one in pattern([history]).patterns for c in one.cycles if c.next_burn]
    assert cycles
    for cycle in cycles:
        assert cycle.next_burn is not None
        assert cycle.last_burn_utc < cycle.next_burn.low_utc < cycle.next_burn.high_utc
        low, middle, high = cycle.period_days
        assert low <= middle <= high
        assert cycle.delta_v_m_s > 0.0


def test_objects_can_be_chosen_and_the_missing_are_named(history: Path) -> None:
    first = pattern([history]).patterns[0].norad_id
    found = pattern([history], objects=[first, 5])
    assert [one.norad_id for one in found.patterns] == [first]
    assert found.too_short == (5,)


def test_nothing_known_or_no_file_is_an_error(history: Path, tmp_path: Path) -> None:
    with pytest.raises(CoverageError):
        pattern([history], as_of_utc=np.datetime64("2001-01-01", "us"))
    with pytest.raises(SettingsError):
        pattern([tmp_path / "nothing.csv"])


def test_real_histories_show_what_their_logs_say(shared_data: Path) -> None:
    folder = shared_data / "manoeuvres" / "tle"
    names = ("Fengyun-2E", "Sentinel-3A")
    low, belt = (p for n in names[::-1] for p in pattern([folder / f"{n}.tle.gz"]).patterns)
    assert low.mode(Aspect.HEIGHT) is Mode.PHASE_KEEPING
    # Fengyun-2E: east-west burns every seven weeks; one of north-south in seven years, logged.
    assert belt.mode(Aspect.EAST_WEST) is Mode.CHEMICAL_KEEPING
    assert belt.mode(Aspect.NORTH_SOUTH) is Mode.NOT_KEPT
    drifts = [s for s in belt.segments if s.mode is Mode.NOT_KEPT and s.aspect is Aspect.EAST_WEST]
    assert len(drifts) == 1  # moved from 104.5 E to 86.5 E in June 2015
    assert (drifts[0].start_utc.year, drifts[0].start_utc.month) == (2015, 6)


def test_a_serviced_satellite_lets_its_plane_go_and_is_kept_again_once_docked(
    shared_data: Path,
) -> None:
    """Intelsat 901 was let go, met MEV-1 (docked on 25 February 2020) and came back to work."""
    accuracy = runpy.run_path(
        os.fspath(Path(__file__).resolve().parents[2] / "benchmarks" / "accuracy_pattern.py")
    )
    history = accuracy["belt_history"](shared_data / "events" / "geo_history.parquet")
    (one,) = patterns_of(history.of_object(26824), PatternDetector())
    plane = [s for s in one.segments if s.aspect is Aspect.NORTH_SOUTH][-2:]
    assert [s.mode for s in plane] == [Mode.NOT_KEPT, Mode.KEPT]
    a_month_and_more = timedelta(days=45)
    docked_utc = datetime(2020, 2, 25, tzinfo=UTC)
    assert abs(plane[1].start_utc - docked_utc) < a_month_and_more
    moved = [s for s in one.segments if s.mode is Mode.NOT_KEPT and s.aspect is Aspect.EAST_WEST]
    assert moved[-1].start_utc < docked_utc < moved[-1].end_utc
