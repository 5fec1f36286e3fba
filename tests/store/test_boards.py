"""Boards are kept as they were shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.store import Boards, open_boards

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def keep(boards: Boards, view_id: str, hours: int, audience: str = "home") -> None:
    moment = NOON + timedelta(hours=hours)
    boards.append(
        f'{{"board": "{view_id}"}}',
        view_id=view_id,
        audience=audience,
        as_of_utc=moment,
        made_utc=moment,
    )


def test_a_board_comes_back_as_it_was(tmp_path: Path) -> None:
    with open_boards(tmp_path) as boards:
        keep(boards, "b", 1)
        keep(boards, "a", 0)
        keep(boards, "a", 0)  # again
        keep(boards, "c", 2, audience="USA")
    with open_boards(tmp_path) as boards:
        kept = boards.of_audience("home")
        assert [(one.view_id, one.as_of_utc.hour) for one in kept] == [("a", 12), ("b", 13)]
        assert boards.of_audience("home", since_utc=NOON + timedelta(minutes=1)) == kept[1:]
        assert boards.board_json("b", "home") == '{"board": "b"}'
        assert boards.board_json("c", "home") is None
        assert boards.board_json("c", "USA") is not None


def test_a_board_cannot_be_changed_without_being_seen(tmp_path: Path) -> None:
    with open_boards(tmp_path) as boards:
        keep(boards, "a", 0)
        boards.thin(["of another"], thinned_utc=NOON)  # the guard is there again afterwards
        keep(boards, "b", 1)
        boards.thin(["b"], thinned_utc=NOON)
    with closing(sqlite3.connect(tmp_path / "boards.sqlite")) as file, file:
        for statement in ("DELETE FROM thinned", "UPDATE thinned SET sha256 = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                file.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            file.execute("DELETE FROM boards")
        file.execute("DROP TRIGGER never_changed")
        file.execute("UPDATE boards SET body = x'00'")
    with open_boards(tmp_path) as boards, pytest.raises(StoreError, match="not as it was written"):
        boards.board_json("a", "home")
