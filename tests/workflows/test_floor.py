"""The floor keeps watch, whatever happens to clock, disk, sources and detectors."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from hoshimori.errors import CoverageError, SettingsError, SourceError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.markings import parse_marking
from hoshimori.model.access import HOME, Audience
from hoshimori.model.board import WatchBoard
from hoshimori.model.floor import EventKind, JobName, JobOutcome
from hoshimori.model.incident_life import Change, ChangeKind, Life, LifeState
from hoshimori.settings import FloorSettings, Settings, WatchSettings, settings_from
from hoshimori.sources.delivery import Delivery
from hoshimori.workflows.clocks import MadeClock, SystemClock
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_alerts import Alerted
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.incident_record import incidents_in, opened_journal

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HEAD = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    "ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,"
    "ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
)
REPORT = """
[[report]]
statement = "service_lost"
objects = [5]
start_utc = 2026-11-01T10:00:00Z
known_utc = 2026-11-01T11:00:00Z
source = "operator of the asset"
grade = "A2"
text = "No signal since 10:00."
marking = "TLP:AMBER"
"""


class HeardAlerts:
    """Notes what it was told; fails where told to."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.is_broken = False

    def raised(
        self,
        changes: Sequence[Change],
        board: WatchBoard,
        *,
        lives: Mapping[str, Life],
        now_utc: datetime,
    ) -> Alerted:
        if self.is_broken:
            raise RuntimeError("the book is gone")
        self.changes += changes
        return Alerted(board, tuple((c.life.incident_id, "raised") for c in changes))

    def sent(self, now_utc: datetime) -> tuple[tuple[str, str], ...]:
        return ()

    def close(self) -> None:
        pass


@pytest.fixture
def alerts() -> HeardAlerts:
    return HeardAlerts()


@pytest.fixture
def disk() -> SimpleNamespace:
    return SimpleNamespace(free_mib=10_000.0)


@pytest.fixture
def parts(alerts: HeardAlerts, disk: SimpleNamespace) -> FloorParts:
    """Parts of a floor without detectors and without sources."""
    return FloorParts(
        clock=MadeClock(NOON),
        sources={},
        alerts=lambda settings, folder, clock: alerts,
        detectors=(),
        every_detector=(),
        free_mib=lambda folder: disk.free_mib,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    reports = tmp_path / "reports.toml"
    reports.write_text(REPORT, encoding="utf-8")
    return Settings(
        watch=WatchSettings(assets="5", days=1.0),
        floor=FloorSettings(sources=(), reports=(str(reports),)),
    )


def catalogue(moment: datetime, norad_id: int = 5) -> bytes:
    row = (
        f"VANGUARD 1,1958-002B,{moment:%Y-%m-%dT%H:%M:%S}.000000,10.82419157,.1859667,34.2682,"
        f"348.7242,331.7664,19.3264,0,U,{norad_id},475,41366,.28098E-4,.23E-6,0"
    )
    return f"{HEAD}\n{row}\n".encode()


def delivers(clock: MadeClock) -> Callable[[], Delivery]:
    def ask() -> Delivery:
        now_utc = clock.now_utc()
        return Delivery("made", now_utc, catalogue(now_utc - timedelta(hours=6)))

    return ask


def made_clock(parts: FloorParts) -> MadeClock:
    assert isinstance(parts.clock, MadeClock)
    return parts.clock


def pass_hours(floor: Floor, clock: MadeClock, hours: float) -> None:
    end_s = clock.steady_s() + hours * 3600.0
    while True:
        floor.step()
        left_s = end_s - clock.steady_s()
        if left_s <= 0.0:
            return
        clock.pass_s(min(left_s, max(floor.seconds_to_next(), 0.001)))


def watches(floor: Floor) -> list[str]:
    runs = [run for run in floor.runs(newest=None) if run.name is JobName.WATCH]
    return [f"{run.planned_utc:%H:%M} {run.outcome.value}" for run in runs]


def test_facts_become_a_view_that_everybody_hears_of(
    tmp_path: Path, settings: Settings, parts: FloorParts
) -> None:
    clock = made_clock(parts)
    parts = replace(parts, sources={"made": delivers(clock)})
    with Floor(settings, tmp_path / "store", parts) as floor:
        listener = floor.subscribe(HOME)
        pass_hours(floor, clock, 1.0)
        view = floor.view(wait_s=0.0)
        state = floor.state()
        boards = floor.boards()
        kept = floor.board_json(view.view_id)
        heard = listener.take()
    assert view.picture.newest.norad_id.tolist() == [5]
    assert str(view.marking) == "TLP:AMBER"
    assert [board.as_of_utc for board in boards] == [NOON, NOON + timedelta(hours=1)]
    assert boards[-1].view_id == view.view_id == state.view_id
    assert kept is not None
    assert json.loads(kept)["as_of_utc"] == "2026-11-01T13:00:00.000Z"
    assert [e.subject for e in heard if e.kind is EventKind.BOARD][-1] == view.view_id
    assert [e.event_id for e in heard] == sorted(e.event_id for e in heard)
    assert [(s.source, s.records_new, s.problem) for s in state.sources] == [("made", 1, "")]
    assert not state.problems


def test_a_failing_detector_a_clock_set_back_and_a_partner(
    tmp_path: Path, settings: Settings, parts: FloorParts, alerts: HeardAlerts, bad: ModuleType
) -> None:
    clock = made_clock(parts)
    trouble = tmp_path / "trouble"
    detector = bad.Obeying(str(trouble))
    parts = replace(
        parts,
        sources={"made": delivers(clock)},
        detectors=(detector,),
        every_detector=(detector,),
    )
    with Floor(settings, tmp_path / "store", parts) as floor:
        floor.step()
        good = floor.view(wait_s=0.0)
        assert [change.kind for change in alerts.changes] == [ChangeKind.OPENED]
        (incident,) = good.board.incidents

        # The detector fails: its line says so, and what it found stands.
        trouble.touch()
        pass_hours(floor, clock, 1.0)
        failing = floor.view(wait_s=0.0)
        assert "RuntimeError: told to" in failing.board.runs[0].problem
        assert [i.incident_id for i in failing.board.incidents] == [incident.incident_id]
        assert [p.about for p in floor.state().problems] == ["detectors"]
        trouble.unlink()

        # The clock is set back: nothing is missed, and the journal goes on.
        clock.step_s(-3 * 3600.0)
        pass_hours(floor, clock, 1.0)
        assert [p.about for p in floor.state().problems] == ["clock"]
        with opened_journal(settings, floor.folder) as journal:
            states = [life.state.value for life in incidents_in(journal, list(_all_states()))]
        assert states == ["new"]

        # A partner sees what it may: not this file, not even that there is one.
        green = Audience("USA", parse_marking("TLP:GREEN"))
        with pytest.raises(CoverageError, match="may be shown"):
            floor.view(green, wait_s=60.0)
        amber = Audience("USA", parse_marking("TLP:AMBER"))
        theirs = floor.view(amber, wait_s=60.0)
        assert theirs.audience == amber
        assert theirs.view_id != floor.view().view_id
        clock.pass_s(3600.0)
        # One to whom nothing may be shown breaks no round.
        runs = {run.name: run.outcome for run in floor.step()}
        assert runs[JobName.WATCH] is JobOutcome.DONE
        assert floor.view(amber, wait_s=0.0).view_id != theirs.view_id
        assert len(floor.boards(amber)) == 1
        # It knows the incident by a journal of its own.
        again = floor.view(amber, wait_s=0.0)
        (known,) = again.board.incidents
        assert [i.incident_id for i in theirs.board.incidents] == [known.incident_id]
        assert {state.value for state in again.states.values()} == {"new"}
        assert len(list((floor.folder / "audiences").glob("*/journal.sqlite"))) == 1

        # Past moments, with what was known then.
        past = floor.view_at(HOME, NOON + timedelta(minutes=30), wait_s=120.0)
        assert past.is_replay
        assert past.board.as_of_utc == NOON + timedelta(minutes=30)
        with pytest.raises(CoverageError, match="nothing was known at 2026-10-31"):
            floor.view_at(HOME, NOON - timedelta(days=1), wait_s=120.0)
        inquiry = floor.inquiry(past, wait_s=120.0)
        assert len(inquiry.findings) == len(past.board.findings) == 1
    assert [change.kind for change in alerts.changes] == [ChangeKind.OPENED]


def _all_states() -> Sequence[object]:
    from hoshimori.model.incident_life import LifeState  # noqa: PLC0415

    return tuple(LifeState)


def test_after_a_restart_it_goes_on_and_repeats_nothing(
    tmp_path: Path, settings: Settings, parts: FloorParts, alerts: HeardAlerts, bad: ModuleType
) -> None:
    clock = made_clock(parts)
    detector = bad.Obeying(str(tmp_path / "none"))
    parts = replace(parts, sources={"made": delivers(clock)}, detectors=(detector,))
    alerts.is_broken = True
    with Floor(settings, tmp_path / "store", parts) as floor:
        first = floor.subscribe(HOME)
        floor.step()
        assert [p.about for p in floor.state().problems] == ["alerts"]
        last_id = first.take()[-1].event_id
    assert alerts.changes == []
    alerts.is_broken = False
    clock.pass_s(1_200.0)
    with Floor(settings, tmp_path / "store", parts) as floor:
        floor.step()  # who comes after a restart must not wait until the next hour
        assert watches(floor) == ["12:00 done", "12:20 done"]
        pass_hours(floor, clock, 1.0)
        assert watches(floor) == ["12:00 done", "12:20 done", "13:00 done"]
        (gap, *later) = floor.subscribe(HOME, last_id).take()
        assert gap.kind is EventKind.GAP
        assert all(event.event_id > last_id for event in later)
    # What alerts were not told of before the restart they are told of after it, once.
    assert [change.kind for change in alerts.changes] == [ChangeKind.OPENED]


def test_nothing_is_gone_because_a_detector_never_answered_since_the_start(
    tmp_path: Path, settings: Settings, parts: FloorParts, bad: ModuleType
) -> None:
    clock = made_clock(parts)
    trouble = tmp_path / "trouble"
    detector = bad.Obeying(str(trouble))
    parts = replace(
        parts,
        sources={"made": delivers(clock)},
        detectors=(detector,),
        every_detector=(detector,),
    )
    with Floor(settings, tmp_path / "store", parts) as floor:
        floor.step()
        assert len(floor.view(wait_s=0.0).board.incidents) == 1
    trouble.touch()
    with Floor(settings, tmp_path / "store", parts) as floor:
        pass_hours(floor, clock, 3.0)
        (run,) = floor.view(wait_s=0.0).board.runs
        assert run.problem == "RuntimeError: told to"
        assert {p.about for p in floor.state().problems} == {"detectors", "journal"}
        with opened_journal(settings, floor.folder) as journal:
            (life,) = journal.lives().values()
        assert life.state is LifeState.NEW
        trouble.unlink()
        pass_hours(floor, clock, 1.0)
        assert floor.state().problems == ()
        trouble.touch()
        pass_hours(floor, clock, 2.0)
        (run,) = floor.view(wait_s=0.0).board.runs
        # By when it found it is the moment at which it answered last, however long ago.
        assert run.stands_from_utc == NOON + timedelta(hours=4)
        assert "what it found by 2026-11-01T16:00Z stands (1)" in run.problem
        assert {p.about for p in floor.state().problems} == {"detectors"}


def test_a_thinned_board_can_be_made_again(
    tmp_path: Path, settings: Settings, parts: FloorParts, bad: ModuleType
) -> None:
    clock = made_clock(parts)
    detector = bad.Obeying(str(tmp_path / "no trouble"))
    parts = replace(
        parts,
        sources={"made": delivers(clock)},
        detectors=(detector,),
        every_detector=(detector,),
    )
    thinning = replace(settings.floor, watch_minutes=360.0, thin_boards=True, boards_whole_days=1.0)
    with Floor(replace(settings, floor=thinning), tmp_path / "store", parts) as floor:
        pass_hours(floor, clock, 12.0)
        shown = {one.view_id: floor.board_json(one.view_id) for one in floor.boards()}
        assert floor.thinned_boards() == ()
        pass_hours(floor, clock, 48.0 - 12.0)
        runs = [run for run in floor.runs(newest=None) if run.name is JobName.THIN]
        assert [run.planned_utc.hour for run in runs] == [12, 0, 0]
        assert [run.outcome for run in runs][-1] is JobOutcome.DONE
        gone = floor.thinned_boards()
        assert gone
        for one in gone:
            assert floor.board_json(one.view_id) is None
            again = floor.view_at(HOME, one.as_of_utc, wait_s=120.0)
            before, after = (
                json.loads(shown[one.view_id] or ""),
                json.loads(write_json(again.board)),
            )
            # The journal gave incidents their ids, and alerts their tally: both are kept there.
            for document in (before, after):
                document.pop("alerts")
                for incident in document["incidents"]:
                    incident.pop("incident_id")
            assert after == before
            assert len(after["findings"]) == 1


def test_a_full_disk_loses_nothing(
    tmp_path: Path,
    settings: Settings,
    parts: FloorParts,
    alerts: HeardAlerts,
    disk: SimpleNamespace,
) -> None:
    clock = made_clock(parts)
    parts = replace(parts, sources={"made": delivers(clock)})
    with Floor(settings, tmp_path / "store", parts) as floor:
        floor.step()
        listener = floor.subscribe(HOME)
        disk.free_mib = 100.0
        clock.pass_s(7_300.0)
        runs = {run.name: run.outcome for run in floor.step()}
        assert runs[JobName.FETCH] is JobOutcome.HELD_BACK
        assert runs[JobName.WATCH] is JobOutcome.HELD_BACK
        state = floor.state()
        assert (state.disk.is_full, state.disk.waiting) == (True, 1)
        assert floor.view(wait_s=0.0).board.as_of_utc == clock.now_utc()
        assert EventKind.BOARD in {event.kind for event in listener.take()}
        clock.pass_s(60.0)
        floor.step()
        (told,) = [p.problem for p in floor.state().problems if p.about == "disk"]
        assert "1 deliveries wait in memory" in told
        disk.free_mib = 10_000.0
        pass_hours(floor, clock, 1.0)
        state = floor.state()
        assert (state.disk.is_full, state.disk.waiting) == (False, 0)
        assert "disk" not in [p.about for p in state.problems]
        with floor.store() as store:
            assert len(store.receipts()) == 2


def test_folders_are_followed(tmp_path: Path, settings: Settings, parts: FloorParts) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    chosen = replace(settings.floor, folders=(str(folder),))
    clock = made_clock(parts)
    with Floor(replace(settings, floor=chosen), tmp_path / "store", parts) as floor:
        floor.step()
        with pytest.raises(CoverageError, match="nothing is known yet"):
            floor.view(wait_s=0.0)
        (folder / "one.csv").write_bytes(catalogue(NOON - timedelta(hours=1)))
        (folder / "letter.txt").write_text("Dear all,")
        pass_hours(floor, clock, 0.1)
        assert floor.view(wait_s=0.0).picture.newest.norad_id.tolist() == [5]
        (problem,) = floor.state().problems
        assert problem.about == f"follow {folder}"


def test_a_source_that_hangs_holds_up_nobody_and_not_the_end(
    tmp_path: Path, settings: Settings, parts: FloorParts
) -> None:
    never = threading.Event()

    def hangs() -> Delivery:
        never.wait()
        raise SourceError("it hung")

    now_utc = SystemClock().now_utc()
    parts = replace(
        parts,
        clock=SystemClock(),
        sources={
            "slow": hangs,
            "quick": lambda: Delivery("quick", now_utc, catalogue(now_utc)),
        },
    )
    with Floor(settings, tmp_path / "store", parts) as floor:
        floor.start()
        listener = floor.subscribe(HOME, 0)
        while not any(e.kind is EventKind.BOARD for e in listener.wait(60.0)):
            pass
        running = [job.subject for job in floor.state().jobs if job.running_since_utc]
        assert "slow" in running
        never.set()


def test_a_refusal_of_a_source_is_told(
    tmp_path: Path, settings: Settings, parts: FloorParts
) -> None:
    until = NOON + timedelta(hours=9)

    def refuses() -> Delivery:
        raise SourceError("403: read the usage policy", wait_until_utc=until)

    clock = made_clock(parts)
    parts = replace(parts, sources={"made": refuses})
    with Floor(settings, tmp_path / "store", parts) as floor:
        pass_hours(floor, clock, 8.0)
        (source,) = floor.state().sources
        assert source.wait_until_utc == until
        assert {p.about for p in floor.state().problems} == {"fetch made", "facts"}
        fetches = [run for run in floor.runs(newest=None) if run.name is JobName.FETCH]
        assert len(fetches) == 1


@pytest.mark.parametrize(
    ("floor", "said"),
    [
        ({"sources": ["celestrack"]}, "floor.sources: celestrack: expected celestrak"),
        ({"sources": "celestrak"}, "is not a list of texts"),
        ({"folders": ["/no/such/folder"]}, "there is no such folder"),
        ({"watch_minutes": 0.0}, "floor.watch_minutes: expected more than 0"),
        ({"boards_whole_days": 0.5}, "floor.boards_whole_days: expected at least 1"),
        ({"boards_hourly_days": 3}, "no more than boards_hourly_days"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    tmp_path: Path, floor: dict[str, object], said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        Floor(settings_from({"floor": floor}, origin="here"), tmp_path)
