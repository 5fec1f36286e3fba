"""A backup is a whole node at one moment; it appears checked or not at all."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.errors import DiskFullError, StoreError
from hoshimori.formats.database_address import doorstep_of
from hoshimori.formats.json_document import write_json
from hoshimori.model.access import HOME, Role, Session
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.model.backups import BackupManifest, LeftOut
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.settings import AlertSettings, Settings, WatchSettings
from hoshimori.store import open_boards, open_journal, open_store
from hoshimori.store.access import open_access
from hoshimori.store.audit import open_audit
from hoshimori.workflows import backup as backing
from hoshimori.workflows import stores
from hoshimori.workflows.access import add_account
from hoshimori.workflows.backup import BackupAsked, make_backup, restore_backup, verify_backup
from hoshimori.workflows.running import (
    RunFile,
    copying_told,
    is_being_copied,
    kept_run_file,
)
from hoshimori.workflows.skies import Sky, made_sky
from hoshimori.workflows.store_upgrade import store_versions
from hoshimori.workflows.stores import own_store, sky_of_store
from hoshimori.workflows.watch import watch

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
AS_OF = np.datetime64("2026-11-01T12:00:00", "us")
ENTRY = AuditEntry(NOON, AuditKind.ACCOUNTS, "sato", "backup restore", address="command line")
BOARD = '{"made": true}'


@cache
def sky() -> Sky:
    return made_sky(seed=1, objects=60, as_of_utc=AS_OF)


def ingest(folder: Path) -> int:
    """Keep the made sky and one refused record; return how many sets are new."""
    sets = concatenate(sky().parts)
    with open_store(folder) as store:
        refused = Rejection("made", 1, "", "refused", b"bytes")
        counts = store.append(
            Reading(sets, (refused,)), payload=b"made", source="made", received_utc=NOON,
            reality=Reality.SIMULATED,
        )  # fmt: skip
    return counts.new


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("hoshimori.toml", "assets.toml", "rules.toml"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    return Settings(
        watch=WatchSettings(assets=str(tmp_path / "assets.toml")),
        alerts=AlertSettings(rules=str(tmp_path / "rules.toml")),
        origin=str(tmp_path / "hoshimori.toml"),
    )


@pytest.fixture(scope="module")
def whole_node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with something of everything, and with what no backup holds."""
    folder = tmp_path_factory.mktemp("node") / "store"
    ingest(folder)
    with open_boards(folder) as boards:
        boards.append(BOARD, view_id="V1", audience="home", as_of_utc=NOON, made_utc=NOON)
    open_journal(folder).close()
    open_journal(folder / "audiences" / "ab12", store=folder).close()
    with open_access(folder) as access, open_audit(folder) as audit:
        audit.append(ENTRY)
        add_account(access, "sato", Role.ADMINISTRATOR, HOME, "a password of sato", NOON)
        access.add_session(Session("sato", NOON, NOON), "ab" * 32)
    (folder / "dossiers").mkdir()
    (folder / "dossiers" / "DOS-0123456789.zip").write_bytes(b"sealed")
    (folder / "dossiers" / "DOS-0123456789.json").write_text("{}")
    (folder / "dossiers" / ".DOS-0123456788.zip.beside").write_bytes(b"half")
    open_store(folder / "exercises" / "made").close()
    (folder / "node.pem").write_text("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n")
    (folder / "elsewhere").symlink_to(folder.parent)
    return folder


@pytest.fixture
def node(whole_node: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole_node, tmp_path / "store", symlinks=True))


@pytest.fixture(scope="module")
def whole_backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("backup")
    open_store(place / "store").close()
    open_audit(place / "store").close()
    open_boards(place / "store").close()
    return make_backup(Settings(), place / "store", BackupAsked(place / "kept"), NOON).folder


def boards_of(folder: Path) -> str:
    """Return what a detector sees in a store, as JSON."""
    with open_store(folder) as store:
        held = sky_of_store(store, as_of_utc=AS_OF, history_days=45.0)
    assert held is not None
    picture = held.picture(assets=sky().assets, days_ahead=1.0)
    return write_json(watch(picture, detectors=(OverdueDetector(),)))


def names_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if _is_kept(p)}


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.name.endswith(("-wal", "-shm"))


def test_a_node_comes_back_whole_and_shows_the_same_board_byte_by_byte(
    node: Path, settings: Settings, tmp_path: Path
) -> None:
    made = make_backup(settings, node, BackupAsked(tmp_path / "kept"), NOON)
    assert made.folder == tmp_path / "kept" / "hoshimori-20261101T120000Z"
    assert not verify_backup(made.folder).problems
    back, beside = tmp_path / "back", tmp_path / "beside"
    restore_backup(made.folder, back, settings_into=beside, entry=ENTRY)
    left_out = {"node.pem", "run.json", "exercises/made/facts.duckdb", "dossiers/.DOS-0123456788"}
    expected = {name for name in names_in(node) if not name.startswith(tuple(left_out))}
    assert names_in(back) == {name for name in expected if not name.startswith("elsewhere")}
    assert names_in(beside) == {"hoshimori.toml", "assets.toml", "rules.toml"}
    assert boards_of(back) == boards_of(node)
    with open_boards(back) as boards:
        assert boards.board_json("V1", "home") == BOARD
    with open_store(back) as ours, open_store(node) as theirs:
        assert ours.receipts() == theirs.receipts()
        assert ours.rejections() == theirs.rejections()


def test_what_is_left_out_is_told(node: Path, settings: Settings, tmp_path: Path) -> None:
    with kept_run_file(node, replace(RunFile.here("http://127.0.0.1:9"), pid=2**22 + 1)):
        made = make_backup(settings, node, BackupAsked(tmp_path / "kept"), NOON)
    assert made.manifest.left_out == {
        "elsewhere": LeftOut.LINK,
        "exercises/made": LeftOut.OTHER_STORE,
        "node.pem": LeftOut.KEY,
        "run.json": LeftOut.OF_THIS_RUN,
    }


def test_keys_come_along_where_asked_and_nobody_else_can_read_anything(
    node: Path, settings: Settings, tmp_path: Path
) -> None:
    key = tmp_path / "sign.pem"
    key.write_text("-----BEGIN PRIVATE KEY-----\ny\n")
    key.chmod(0o644)
    asked = BackupAsked(tmp_path / "kept", with_keys=True, keys=(key,))
    made = make_backup(settings, node, asked, NOON)
    assert (made.folder / "store" / "node.pem").read_bytes() == (node / "node.pem").read_bytes()
    assert (made.folder / "keys" / "sign.pem").is_file()
    loose = [p for p in (made.folder, *made.folder.rglob("*")) if p.stat().st_mode & 0o077]
    assert not loose


def test_sessions_end_and_the_audit_tells_of_it(
    node: Path, settings: Settings, tmp_path: Path
) -> None:
    made = make_backup(settings, node, BackupAsked(tmp_path / "kept"), NOON)
    restore_backup(made.folder, tmp_path / "back", settings_into=None, entry=ENTRY)
    with open_access(tmp_path / "back") as access, open_audit(tmp_path / "back") as audit:
        assert access.session("ab" * 32) is None
        assert access.account("sato")
        assert audit.newest(1)[0].what == "backup restore, sessions ended"
        assert audit.check().problem is None


def test_nothing_is_ever_overwritten(node: Path, settings: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, node, BackupAsked(tmp_path / "kept"), NOON)
    with pytest.raises(StoreError, match="is there already; a backup is never replaced"):
        make_backup(settings, node, BackupAsked(tmp_path / "kept"), NOON)
    for there in (node, tmp_path / "hoshimori.toml"):
        before = names_in(node)
        with pytest.raises(StoreError, match="nothing is overwritten"):
            restore_backup(made.folder, there, settings_into=None, entry=ENTRY)
        with pytest.raises(StoreError, match="nothing is overwritten"):
            restore_backup(made.folder, tmp_path / "new", settings_into=there, entry=ENTRY)
        assert names_in(node) == before
    assert not (tmp_path / "new").exists()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda at: damaged(at / "store" / "facts.duckdb"), "facts.duckdb: is not as it was"),
        (lambda at: damaged(at / "store" / "audit.sqlite"), "audit.sqlite: is not as it was"),
        (lambda at: (at / "store" / "boards.sqlite").unlink(), "boards.sqlite: is not there"),
        (lambda at: (at / "store" / "more.txt").write_text("x"), "more.txt: is not in the"),
        (lambda at: (at / "manifest.json").unlink(), "manifest.json: No such file"),
        (lambda at: (at / "manifest.json").write_text("{}"), "expected the form hoshimori-backup"),
    ],
)
def test_what_is_not_as_written_is_told_and_not_restored(
    harm: Callable[[Path], object], told: str, whole_backup: Path, tmp_path: Path
) -> None:
    backup = Path(shutil.copytree(whole_backup, tmp_path / whole_backup.name))
    harm(backup)
    (problem,) = verify_backup(backup).problems
    assert told in problem
    with pytest.raises(StoreError, match="is not restored"):
        restore_backup(backup, tmp_path / "back", settings_into=None, entry=ENTRY)
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("path", ["store/../../x", "/etc/x", "x", "cache/x", "store/./x", "store"])
def test_a_manifest_that_leads_elsewhere_is_refused(
    whole_backup: Path, tmp_path: Path, path: str
) -> None:
    manifest = json.loads((whole_backup / "manifest.json").read_text())
    manifest["files"][0]["path"] = path
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (problem,) = verify_backup(tmp_path).problems
    assert "is no file of a backup" in problem


def later(days: int) -> ElementSets:
    """Return ten element sets of other epochs."""
    first = concatenate(sky().parts).take(np.arange(10))
    return replace(first, epoch_utc=first.epoch_utc + np.timedelta64(days, "D"))


def test_a_server_copies_its_facts_while_it_takes_in_others(
    fact_server: Any, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    new = ingest(folder)
    here = RunFile(fact_server.address, "home", os.getpid())
    ended, batches = threading.Event(), []
    with fact_server.floor(folder) as floor, kept_run_file(folder, here):

        def write() -> None:
            while not ended.is_set():
                payload = str(len(batches)).encode()
                with floor.writing() as store:
                    store.append(
                        Reading(later(len(batches) + 1)), payload=payload, source="made",
                        received_utc=NOON, reality=Reality.SIMULATED,
                    )  # fmt: skip
                batches.append(payload)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            made = make_backup(settings, folder, BackupAsked(tmp_path / "kept"), NOON)
        finally:
            ended.set()
            writer.join()
    assert not list(folder.glob(".copy-*"))
    restore_backup(made.folder, tmp_path / "back", settings_into=None, entry=ENTRY)
    with open_store(tmp_path / "back") as store:
        receipts = store.receipts()
        held = store.history_of(None, as_known_at_utc=datetime(2030, 1, 1, tzinfo=UTC))
    assert receipts[0].counts.new == new
    assert len(receipts) <= len(batches) + 1
    assert len(held) == sum(receipt.counts.new for receipt in receipts)


@pytest.mark.parametrize("key", ["analyst", "partner"])
def test_only_an_administrator_gets_the_file_of_facts(
    fact_server: Any, tmp_path: Path, key: str
) -> None:
    with (
        fact_server.floor(tmp_path / "store"),
        fact_server.connect(key) as store,
        pytest.raises(StoreError, match="may not administer"),
    ):
        store.copy_to(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_older_backups_go_once_the_new_one_is_there(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    open_store(folder).close()
    kept = tmp_path / "kept"
    (kept / "mine").mkdir(parents=True)
    for day in range(4):
        made = make_backup(settings, folder, BackupAsked(kept, keep=2), NOON + timedelta(days=day))
    assert [path.name for path in made.removed] == ["hoshimori-20261102T120000Z"]
    names = {path.name for path in kept.iterdir() if not path.name.startswith(".")}
    assert names == {"hoshimori-20261103T120000Z", "hoshimori-20261104T120000Z", "mine"}


def test_what_a_killed_backup_left_is_no_backup_and_goes_with_the_next(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, kept = tmp_path / "store", tmp_path / "kept"
    open_store(folder).close()

    def killed(part: Path, manifest: BackupManifest) -> None:
        (kept / f".left{part.name}").mkdir()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(backing, "keep_manifest", killed)
        with pytest.raises(KeyboardInterrupt):
            make_backup(settings, folder, BackupAsked(kept), NOON)
    assert [p.name for p in kept.iterdir() if not p.name.startswith(".")] == []
    (kept / ".hoshimori-20261101T110000Z.part" / "store").mkdir(parents=True)
    make_backup(settings, folder, BackupAsked(kept), NOON)
    assert not list(kept.glob(".hoshimori-*.part"))


def test_without_room_nothing_is_begun(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    open_store(folder).close()
    monkeypatch.setattr(backing, "free_mib", lambda place: 64.0)
    with pytest.raises(DiskFullError, match=r"a backup needs about 6\d MiB, and 64 MiB are free"):
        make_backup(settings, folder, BackupAsked(tmp_path / "kept"), NOON)
    assert not (tmp_path / "kept").exists()


def test_a_server_that_starts_waits_for_the_copy_of_its_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(tmp_path).close()
    tried: list[bool] = []

    def opened(folder: Path) -> str:
        tried.append(is_being_copied(folder))
        if len(tried) < 3:
            raise StoreError("another Hoshimori process has the store open")
        return "the store"

    monkeypatch.setattr(stores, "open_store", opened)
    with copying_told(tmp_path):
        assert own_store(Settings(), tmp_path) == "the store"  # type: ignore[comparison-overlap]
    assert tried == [True, True, True]
    (tmp_path / f".copying-{2**22 + 1}").touch()  # of a backup that was killed
    tried.clear()
    with pytest.raises(StoreError, match="has the store open"):
        own_store(Settings(), tmp_path)
    assert tried == [False]


def test_a_store_in_a_database_is_for_its_own_tools_to_copy(tmp_path: Path) -> None:
    doorstep = tmp_path / doorstep_of("postgresql://db/skies")
    doorstep.mkdir()
    with pytest.raises(StoreError, match=r"postgresql://db/skies.*pg_dump"):
        make_backup(Settings(), doorstep, BackupAsked(tmp_path / "copies"), datetime.now(UTC))
    assert not (tmp_path / "copies").exists()
    with pytest.raises(StoreError, match=r"postgresql://db/skies.*store prepare"):
        store_versions(Settings(), doorstep)
