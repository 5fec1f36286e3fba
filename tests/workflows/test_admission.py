"""What of an exercise may come into a store, and what of the real sky into an exercise: nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import BusyError, CoverageError, ReleaseError, StoreError
from hoshimori.exercise.as_exercise import report_as_exercise, sets_as_exercise
from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.formats.integrity import read_integrity, write_integrity
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.formats.report_fields import report_of
from hoshimori.formats.reports import write_reports
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.settings import FloorSettings, Settings, WatchSettings
from hoshimori.store import exercise_of, open_store
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.fetch import fetch_newest
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.ingest import ingest_files, ingest_payload
from hoshimori.workflows.ingest import report_of as ingest_report
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.stores import begin_exercise_store, newest_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MARK = ExerciseMark("Autumn Sky", NOW)


@pytest.fixture(scope="module")
def sets() -> ElementSets:
    made = made_sky(seed=1, objects=60, as_of_utc=AS_OF).parts[0]
    return replace(made, provenances=(Provenance("made", "0" * 64),) * len(made.provenances))


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    begin_exercise_store(tmp_path / "drill", MARK)
    return tmp_path / "drill"


def test_the_store_of_the_real_sky_refuses_each_row_of_an_exercise_and_says_why(
    tmp_path: Path, sets: ElementSets
) -> None:
    mixed = concatenate([sets.take(np.arange(10)), sets_as_exercise(sets.take(np.arange(10, 13)))])
    payload = write_omm_csv(mixed)
    with open_store(tmp_path) as store:
        ingested = ingest_payload(store, payload, source="mixed.csv", received_utc=AS_OF)
        held = store.history_of(None, as_known_at_utc=NOW + timedelta(days=1))
    assert (ingested.counts.new, ingested.counts.rejected) == (10, 3)
    assert "DATA_MODE: 8" in ingested.reasons[0]
    assert "an exercise has a store of its own" in ingested.reasons[0]
    assert held.reality is Reality.REAL


def test_what_enters_the_store_of_an_exercise_becomes_exercise(
    drill: Path, tmp_path: Path, sets: ElementSets
) -> None:
    (tmp_path / "real.csv").write_bytes(write_omm_csv(sets))
    with open_store(drill) as store:
        report = ingest_report(ingest_files(store, [tmp_path / "real.csv"]))
        again = ingest_report(ingest_files(store, [tmp_path / "real.csv"]))
        held = store.history_of(None, as_known_at_utc=datetime(2999, 1, 1, tzinfo=UTC))
        receipts = store.receipts()
    assert (report.new, report.rejected, again.new) == (len(sets), 0, 0)
    assert {p.reality for p in held.provenances} == {Reality.EXERCISE}
    assert {r.provenance.reality for r in receipts} == {Reality.EXERCISE}


def test_an_exercise_asks_no_real_source(drill: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("a real source was asked")

    monkeypatch.setattr("hoshimori.workflows.fetch.newest_delivery", asked)
    with open_store(drill) as store:
        with pytest.raises(ReleaseError, match="of the exercise Autumn Sky: it asks no real"):
            fetch_newest(store, "celestrak", Settings())
        sky = newest_sky(
            store, Settings(), source=None, as_of_utc=None, fallback_seed=1, history_days=1.0
        )
    assert {p.reality for part in sky.parts for p in part.provenances} == {Reality.SIMULATED}


def test_a_floor_of_an_exercise_asks_no_source_that_settings_name(drill: Path) -> None:
    with Floor(Settings(), drill, FloorParts(clock=MadeClock(NOW))) as floor:
        assert floor.state().exercise == MARK
        assert [job.job.name.value for job in floor.state().jobs if "fetch" in str(job)] == []


def test_an_exercise_begins_in_an_empty_folder(tmp_path: Path, drill: Path) -> None:
    begin_exercise_store(drill, MARK)
    (tmp_path / "journal.sqlite").touch()
    with pytest.raises(StoreError, match="holds something already"):
        begin_exercise_store(tmp_path, MARK)
    assert exercise_of(tmp_path) is None


def _settings(folder: Path, reality: Reality) -> Settings:
    """Settings of a floor with a report and a map of a reality laid beside its facts."""
    report = report_of(
        {
            "statement": "service_kept", "objects": [800000001], "text": "CANARY", "grade": "A2",
            "source": "its operator", "start_utc": "2026-10-30T00:00:00Z",
            "known_utc": "2026-10-31T00:00:00Z",
        },
        marking=OPEN, reality=Reality.REAL,
    )  # fmt: skip
    if reality is Reality.EXERCISE:
        report = report_as_exercise(report)
    (folder / "reports.toml").write_bytes(write_reports([report]))
    air = disturbed_air(
        MadeAir(first_day_utc=np.datetime64("2026-10-20"), days=5, rings=2),
        np.random.default_rng(1),
    )
    air = replace(air, provenances=(Provenance("air", "0" * 64, reality),))
    (folder / "air.parquet").write_bytes(write_integrity(air))
    return Settings(
        watch=WatchSettings(assets="800000001", days=1.0),
        floor=FloorSettings(
            sources=(),
            reports=(str(folder / "reports.toml"),),
            integrity=(str(folder / "air.parquet"),),
            free_mib=1.0,
        ),
    )


def test_a_map_says_in_itself_that_it_is_of_an_exercise(tmp_path: Path) -> None:
    _settings(tmp_path, Reality.EXERCISE)
    data = (tmp_path / "air.parquet").read_bytes()
    assert read_integrity(data, source="air.parquet").cells.reality is Reality.EXERCISE


@pytest.mark.parametrize("of_exercise", [False, True])
def test_what_lies_beside_the_facts_of_a_floor_does_not_mix_with_them(
    tmp_path: Path, sets: ElementSets, of_exercise: bool
) -> None:
    """Reports and maps of an exercise on a real floor, and real ones on one of an exercise."""
    folder = tmp_path / "store"
    if of_exercise:
        begin_exercise_store(folder, MARK)
    with open_store(folder) as store:
        received = AS_OF - np.timedelta64(1, "h")
        ingest_payload(store, write_omm_csv(sets), source="celestrak", received_utc=received)
    tree = _settings(tmp_path, Reality.REAL if of_exercise else Reality.EXERCISE)
    with Floor(tree, folder, FloorParts(clock=MadeClock(NOW), sources={})) as floor:
        floor.step()
        view = floor.view()
        problems = " ".join(
            p.text if hasattr(p, "text") else str(p) for p in floor.state().problems
        )
        state = floor.state()
    picture, wanted = view.picture, Reality.EXERCISE if of_exercise else Reality.REAL
    assert view.board.reality is wanted
    assert {i.reality for i in view.board.incidents} <= {wanted}
    assert {p.reality for p in picture.history.provenances} == {wanted}
    assert [r.reality for r in picture.reports] == ([wanted] if of_exercise else [])
    assert (picture.integrity is not None) == of_exercise
    if not of_exercise:
        assert "1 reports were left out" in problems
        assert "rows of integrity maps were left out" in problems
        assert state.exercise is None


def test_a_floor_of_the_real_sky_shows_no_sky_of_an_exercise(tmp_path: Path) -> None:
    """Whoever plays an exercise on a floor without making its store first is stopped."""
    made = made_sky(seed=1, objects=60, as_of_utc=AS_OF)
    drill = replace(made, parts=tuple(map(sets_as_exercise, made.parts)))
    parts = FloorParts(clock=MadeClock(NOW), sky_at=lambda store, moment: drill, sources={})
    tree = Settings(floor=FloorSettings(sources=(), free_mib=1.0))
    with Floor(tree, tmp_path, parts) as floor:
        runs = floor.step()
        assert any("this sky is EXERCISE" in run.problem for run in runs)
        with pytest.raises((BusyError, CoverageError)):
            floor.view(wait_s=0.1)
        assert floor.boards() == ()
