"""Everything that opens a store opens one in a database: the same tests, on a doorstep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.postgres_server import database_of
from tests.store.test_boards import keep
from tests.store.test_damaged_inputs import some_sets
from tests.store.test_exercise_mark import MARK
from tests.workflows.test_access import (
    NOON,
    PASSWORD,
    USA,
    test_a_key_never_allows_more_than_its_account,
    test_a_new_password_ends_sessions,
    test_names_are_taken_once_and_must_be_names,
    test_nobody_signs_in_with_what_is_kept,
    test_the_last_administrator_stays,
)
from tests.workflows.test_decisions import (
    test_the_latest_of_each_and_every_dissent_is_in_force,
)
from tests.workflows.test_incident_record import (
    test_a_board_is_recorded_once_and_its_ids_last,
    test_every_decision_is_kept_and_the_newest_is_in_force,
)
from typer.testing import CliRunner

from hoshimori.assessment.assess import NOTHING_DECIDED
from hoshimori.cli.app import app
from hoshimori.errors import SettingsError, StoreError
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.access import HOME, Role
from hoshimori.model.objects import SpaceObject
from hoshimori.settings import Settings, load_settings, store_folder
from hoshimori.store import Journal, open_boards, open_journal, open_store
from hoshimori.store.access import AccessFile, open_access
from hoshimori.workflows import passwords
from hoshimori.workflows.access import add_account, is_configured
from hoshimori.workflows.decisions import decided_about
from hoshimori.workflows.exercise_notice import exercise_notice
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import made_floor_parts
from hoshimori.workflows.stores import begin_exercise_store

__all__ = [
    "test_a_board_is_recorded_once_and_its_ids_last",
    "test_a_key_never_allows_more_than_its_account",
    "test_a_new_password_ends_sessions",
    "test_every_decision_is_kept_and_the_newest_is_in_force",
    "test_names_are_taken_once_and_must_be_names",
    "test_nobody_signs_in_with_what_is_kept",
    "test_the_last_administrator_stays",
    "test_the_latest_of_each_and_every_dissent_is_in_force",
]

pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_COST", 16)


@pytest.fixture
def tmp_path(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return postgres.fresh_place(tmp_path_factory.mktemp("doorsteps"))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AccessFile]:
    with open_access(tmp_path) as opened:
        add_account(opened, "ada", Role.ADMINISTRATOR, HOME, PASSWORD, NOON)
        add_account(opened, "kim", Role.VIEWER, USA, PASSWORD, NOON)
        yield opened


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path) as opened:
        yield opened


def test_a_server_knows_of_the_accounts_that_are_there(tmp_path: Path) -> None:
    assert not is_configured(Settings(), tmp_path)
    with open_access(tmp_path) as opened:
        add_account(opened, "ada", Role.ADMINISTRATOR, HOME, PASSWORD, NOON)
    assert is_configured(Settings(), tmp_path)


def test_asking_for_a_journal_makes_none(tmp_path: Path) -> None:
    assert decided_about(Settings(), tmp_path, "INC-1") == NOTHING_DECIDED
    with pytest.raises(StoreError, match="there is no journal yet"):
        open_journal(tmp_path, create=False)


def test_an_exercise_in_a_database_is_told_of_on_any_machine(
    postgres: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = postgres.fresh_database()
    begin_exercise_store(postgres.place(address, tmp_path_factory.mktemp("here")), MARK)
    elsewhere = postgres.place(address, tmp_path_factory.mktemp("elsewhere"))
    assert MARK.name in exercise_notice(elsewhere, None)
    nowhere = postgres.place(postgres.address("nowhere"), tmp_path_factory.mktemp("elsewhere"))
    assert exercise_notice(nowhere, None) == ""


def test_a_floor_keeps_its_things_in_the_database(tmp_path: Path) -> None:
    parts = made_floor_parts(seed=1, objects=60)
    with Floor(Settings(), tmp_path, parts) as floor:
        with open_boards(tmp_path) as boards:
            keep(boards, "a", 0)
        (board,) = floor.boards()
        assert floor.board_json("a") == '{"board": "a"}'
        with floor.writing() as store:
            store.append_objects([SpaceObject(1, "ONE")], source="s", known_utc=NOON)
        with floor.store() as store:
            assert list(store.objects_as_known_at(datetime.now(UTC))) == [1]
    with Floor(Settings(), tmp_path, parts) as floor:
        assert floor.boards() == (board,)
    assert not list(tmp_path.glob("*.duckdb"))
    assert sorted(path.name for path in tmp_path.glob("*.sqlite")) == ["floor.sqlite"]


# -- as it is typed -------------------------------------------------------------------------------


def run(*words: str, status: int = 0, **environment: str) -> str:
    result = CliRunner().invoke(app, words, env={"COLUMNS": "160", **environment})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.stdout


def test_an_address_is_typed_where_a_folder_is(
    postgres: Any, tmp_path: Path, tmp_path_factory: Any
) -> None:
    home = tmp_path_factory.mktemp("home")
    catalogue = home / "today.csv"
    catalogue.write_bytes(write_omm_csv(some_sets().take(slice(0, 1))))
    address = postgres.address(database_of(tmp_path))
    known = {"XDG_DATA_HOME": str(home)}
    kept = json.loads(run("ingest", str(catalogue), "--store", address, "--json", **known))
    assert kept["new"] == 1
    settings = home / "hoshimori.toml"
    settings.write_text(f'[store]\nfolder = "{address}"\n')
    again = json.loads(
        run("ingest", str(catalogue), "--settings", str(settings), "--json", **known)
    )
    assert (again["new"], again["duplicate"]) == (0, 1)
    back = home / "back"
    told = json.loads(run("store", "migrate", address, str(back), "--json", **known))
    assert told["is_same"]
    assert {one["table"]: one["rows"] for one in told["tables"]}["element_sets"] == 1
    with open_store(back) as store:
        store.append_objects([SpaceObject(1, "ONE")], source="s", known_utc=NOON)
    assert "DIFFERS" in run("store", "migrate", address, str(back), status=1, **known)


def test_a_database_is_prepared_for_others(postgres: Any, tmp_path_factory: Any) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path_factory.mktemp("home"))}
    postgres.execute("CREATE ROLE typist LOGIN")
    address = postgres.fresh_database()
    assert "are there" in run("store", "prepare", address, **home)
    told = run("store", "prepare", address, "--grant", "typist", "--language", "en", **home)
    assert "typist may read and append" in told
    as_json = run("store", "prepare", address, "--grant", "typist", "--read-only", "--json", **home)
    assert json.loads(as_json) == {"granted_to": "typist", "may_write": False}


def test_a_password_in_an_address_is_refused_and_never_printed(tmp_path_factory: Any) -> None:
    words = ["ingest", "x", "--store", "postgresql://watch:hunter2@db/skies"]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "holds a password" in " ".join(result.output.replace("│", "").split())
    assert "hunter2" not in result.output
    settings = tmp_path_factory.mktemp("home") / "hoshimori.toml"
    settings.write_text('[store]\nfolder = "postgresql://watch:hunter2@db/skies"\n')
    with pytest.raises(SettingsError, match="holds a password") as told:
        run("settings", "--json", "--settings", str(settings))
    assert "hunter2" not in str(told.value)


def test_the_folder_that_stands_for_a_database_follows_from_its_address(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    assert store_folder(Settings(), "/srv/store") == Path("/srv/store")
    place = store_folder(Settings(), "postgres://watch@db.example:5433/skies?sslmode=require")
    assert place.parent == home / "hoshimori" / "databases"
    settings = home / "hoshimori.toml"
    settings.write_text(
        '[store]\nfolder = "postgresql://watch@db.example:5433/skies?sslmode=require"'
    )
    assert store_folder(load_settings(settings)) == place
