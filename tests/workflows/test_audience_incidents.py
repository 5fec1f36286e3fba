"""Who sees a part knows incidents by what it was shown: over time, over restarts, by no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.workflows.test_incident_record import NOON, board, passing

from hoshimori.formats.markings import parse_marking
from hoshimori.model.access import Audience
from hoshimori.model.board import WatchBoard
from hoshimori.model.incident_life import LifeState
from hoshimori.workflows.audience_incidents import AudienceIncidents, states_of
from hoshimori.workflows.incident_record import Recording

GREEN = Audience("USA", parse_marking("TLP:GREEN"))
CLEAR = Audience("ACME", parse_marking("TLP:CLEAR"))


def recorded(
    folder: Path, shown: WatchBoard, audience: Audience = GREEN, *, has_room: bool = True
) -> Recording:
    """Record as a floor does that was started anew."""
    return AudienceIncidents(folder).recorded(audience, shown, now_utc=NOON, has_room=has_room)


def only_id(one: WatchBoard) -> str:
    (incident,) = one.incidents
    return incident.incident_id


def test_an_audience_follows_one_incident_for_longer_than_ids_last_by_themselves(
    tmp_path: Path,
) -> None:
    shown = [board(day, passing(9, day + 1)) for day in (0, 60, 120)]
    assert len({only_id(one) for one in shown}) > 1, "else there is nothing to keep"
    done = [recorded(tmp_path, one) for one in shown]
    assert {only_id(one.board) for one in done} == {only_id(shown[0])}
    assert [list(states_of(one).values()) for one in done] == [
        [LifeState.NEW],
        [LifeState.ONGOING],
        [LifeState.ONGOING],
    ]
    assert [one.board.as_of_utc for one in done] == [one.as_of_utc for one in shown]


def test_an_id_comes_of_what_was_shown_and_of_nothing_else(tmp_path: Path) -> None:
    """Neither of the house's journal nor of what another audience saw."""
    recorded(tmp_path, board(0, passing(9, 1), passing(8, 1)), CLEAR)
    recorded(tmp_path, board(60, passing(8, 61)), CLEAR)
    beside = [recorded(tmp_path, board(day, passing(8, day + 1))) for day in (60, 120)]
    alone = [recorded(tmp_path / "alone", board(day, passing(8, day + 1))) for day in (60, 120)]
    assert [only_id(one.board) for one in beside] == [only_id(one.board) for one in alone]
    names = [path.name for path in (tmp_path / "audiences").iterdir()]
    assert len(names) == 2
    assert not [name for name in names if "USA" in name or "ACME" in name]


def test_a_clock_set_back_and_a_later_board_meanwhile_change_no_id(tmp_path: Path) -> None:
    first = recorded(tmp_path, board(60, passing(9, 61)))
    back = recorded(tmp_path, board(59, passing(9, 61)))
    assert only_id(back.board) == only_id(first.board)
    assert back.board.as_of_utc == NOON + timedelta(days=59)


def test_a_full_disk_keeps_the_ids_and_writes_nothing(tmp_path: Path) -> None:
    recorded(tmp_path, board(0, passing(9, 1)))
    recorded(tmp_path, board(60, passing(9, 61)))
    full = recorded(tmp_path, board(120, passing(9, 121)), has_room=False)
    assert only_id(full.board) == only_id(board(0, passing(9, 1)))
    assert full.changes == ()
    assert list(states_of(full).values()) == [LifeState.ONGOING]


def test_what_a_failed_detector_found_before_stays(tmp_path: Path) -> None:
    shown = board(0, passing(9, 1))
    first = recorded(tmp_path, shown)
    failing = board(1, passing(9, 1), problem="RuntimeError: told to; what it found stands")
    assert recorded(tmp_path, failing).not_because == "made/1 failed"  # nothing of it stands
    runs = tuple(replace(run, stands_from_utc=shown.as_of_utc) for run in failing.runs)
    failing = replace(failing, runs=runs)
    later = recorded(tmp_path, failing)
    assert only_id(later.board) == only_id(first.board)
    assert later.board.runs == failing.runs
    assert not later.not_because


@pytest.mark.parametrize("has_room", [True, False])
def test_a_file_that_cannot_be_used_breaks_no_round(tmp_path: Path, *, has_room: bool) -> None:
    place = AudienceIncidents(tmp_path).folder_of(GREEN)
    place.mkdir(parents=True)
    (place / "journal.sqlite").write_bytes(b"not a database at all, but long enough" * 50)
    shown = board(0, passing(9, 1))
    done = recorded(tmp_path, shown, has_room=has_room)
    assert done.board == replace(shown)
    assert "the journal is damaged" in done.not_because
    assert states_of(done) == {}
