"""A drill: back up a node while it takes in facts, kill at random moments, restore, compare.

A real server, but for detectors, keeps a store and makes a board every 15 seconds; catalogues
are posted to it without a pause, and what it acknowledged is noted. Beside it what `hoshimori
backup create` does runs again and again and is killed with SIGKILL at a random moment, now and then
the server instead, which is started anew. After each kill every backup that bears its name must be
as its manifest says. Of those that were made whole some are restored: one must hold every delivery
that was acknowledged before it began, each whole, in the order in which the server holds them;
every board byte by byte; unbroken chains. At the end a watch of the restored facts must give the
same board, byte by byte, as the facts themselves.

    python benchmarks/drill_backup.py [KILLS]
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import httpx2
import numpy as np
from measuring import keep

from hoshimori.cli.serving import Opened, ServeArguments, serve_floor
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.formats.json_document import write_json
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.happenings import Witness
from hoshimori.settings import load_settings
from hoshimori.store import open_boards, open_journal, open_store
from hoshimori.store.audit import open_audit
from hoshimori.workflows.backup import (
    BackupAsked,
    make_backup,
    restore_backup,
    verify_backup,
)
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.stores import sky_of_store
from hoshimori.workflows.watch import watch

OBJECTS = 200
ROWS = 50
"""Element sets of one delivery."""
EVERY_RESTORED = 5
"""Each so-manieth whole backup is restored and compared."""
SERVER_KILLED = 0.15
SEED = 20261128
SETTINGS = """
[sources]
celestrak_url = "https://127.0.0.1:9"
[floor]
sources = []
watch_minutes = 0.25
[watch]
assets = "800000001,800000013"
days = 1
"""


def serve(place: Path) -> None:
    """Run the server of `hoshimori serve` over a store, but for detectors, until it is ended."""
    os.chdir(place)
    tree = load_settings(place / "set.toml")
    arguments = ServeArguments(
        host="127.0.0.1", port=0, synthetic_seed=None, objects=0, tls_certificate=None,
        tls_key=None, behind_proxy=False, open_browser=False, store=place / "store",
        settings=place / "set.toml",
    )  # fmt: skip

    def opened(stack: contextlib.ExitStack, witness: Witness) -> Opened:
        return Opened(Floor(tree, place / "store", FloorParts(detectors=(), witness=witness)))

    serve_floor(arguments, tree, opened)


def back_up(place: Path, kept: Path) -> None:
    """Make one backup, as `hoshimori backup create` does."""
    tree = load_settings(place / "set.toml")
    make_backup(tree, place / "store", BackupAsked(kept, keep=4), datetime.now(UTC))


PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["hoshimori.cli.serving", "hoshimori.workflows.backup", "hoshimori.workflows.watch"]
)


class Node:
    """A server over a store, with what it acknowledged."""

    def __init__(self, place: Path, sets: ElementSets) -> None:
        self.place = place
        self.store = place / "store"
        self._sets = sets
        self.acknowledged = 0
        self.asked = 0
        self._lock = threading.Lock()
        self._is_resting = False
        self.process = self._started()

    def _started(self) -> ForkServerProcess:
        run_file = self.store / "run.json"
        run_file.unlink(missing_ok=True)
        process = PROCESSES.Process(target=serve, args=(self.place,))
        process.start()
        while not run_file.exists():
            if not process.is_alive():
                sys.exit("the server did not start")
            time.sleep(0.02)
        run = json.loads(run_file.read_text())
        self.client = httpx2.Client(
            base_url=run["url"], headers={"Authorization": f"Bearer {run['token']}"}, timeout=60.0
        )
        while not self._answers():
            time.sleep(0.05)
        return process

    def _answers(self) -> bool:
        with contextlib.suppress(httpx2.HTTPError):
            return self.client.get("/healthz").status_code == 200
        return False

    def deliver_until(self, ended: threading.Event) -> None:
        """Post one delivery after the other; the number of those acknowledged only grows."""
        while not ended.is_set() and not self._is_resting:
            with self._lock:
                first = (self.asked * ROWS) % (len(self._sets) - ROWS)
                shift = np.timedelta64(self.asked, "s")
                part = self._sets.take(np.arange(first, first + ROWS))
                self.asked += 1
                content = write_omm_csv(shifted(part, shift))
                with contextlib.suppress(httpx2.HTTPError):
                    answer = self.client.post(
                        "/api/v1/facts", params={"source": f"d{self.asked}.csv"}, content=content
                    )
                    self.acknowledged += answer.status_code == 200
            time.sleep(0.01)

    def kill_and_start(self) -> None:
        """Kill the server, wait until deliveries notice, and start it anew."""
        self.process.kill()
        self.process.join()
        with self._lock:
            self.process = self._started()

    def rest(self) -> None:
        """Deliver nothing more."""
        self._is_resting = True
        with self._lock:
            pass

    def stop(self) -> None:
        """End the server as systemd does."""
        self.process.terminate()
        self.process.join()


def shifted(sets: ElementSets, by: np.timedelta64) -> ElementSets:
    """Return element sets with later epochs, so that each delivery is new."""
    return replace(sets, epoch_utc=sets.epoch_utc + by)


@contextlib.contextmanager
def running(place: Path) -> Iterator[Node]:
    """Give a node that takes in facts until the end."""
    (place / "set.toml").write_text(SETTINGS, encoding="utf-8")
    now = np.datetime64(datetime.now(UTC).replace(tzinfo=None), "us")
    sets = concatenate(made_sky(seed=1, objects=OBJECTS, as_of_utc=now).parts)
    node, ended = Node(place, sets), threading.Event()
    delivering = threading.Thread(target=node.deliver_until, args=(ended,))
    delivering.start()
    try:
        yield node
    finally:
        ended.set()
        delivering.join()
        node.stop()


def backed_up(
    node: Node, kept: Path, kill_after_s: float | None, *, may_fail: bool = False
) -> bool:
    """Back up in a process of its own; return whether it ended well before it was killed.

    It `may_fail` where the server is killed under it.
    """
    process = PROCESSES.Process(target=back_up, args=(node.place, kept))
    process.start()
    process.join(kill_after_s)
    if process.is_alive():
        process.kill()
        process.join()
    if process.exitcode not in (0, -signal.SIGKILL) and not may_fail:
        sys.exit(f"a backup failed with status {process.exitcode}")
    return process.exitcode == 0


def named(kept: Path) -> list[Path]:
    """Return the backups that bear their name."""
    return sorted(path for path in kept.glob("hoshimori-*") if path.is_dir())


def compared(node: Node, backup: Path, acknowledged: int, place: Path) -> dict[str, int]:
    """Restore a backup and compare it with the node; end the drill where anything differs."""
    back = place / "back"
    shutil.rmtree(back, ignore_errors=True)
    entry = AuditEntry(datetime.now(UTC), AuditKind.ACCOUNTS, "drill", "backup restore")
    restore_backup(backup, back, settings_into=None, entry=entry)
    with open_store(back) as store:
        receipts = store.receipts()
        held = store.history_of(None, as_known_at_utc=datetime(2100, 1, 1, tzinfo=UTC))
    assert len(receipts) >= acknowledged, (len(receipts), acknowledged)
    assert all(r.counts.new == ROWS for r in receipts), "a delivery is not whole"
    assert len(held) == ROWS * len(receipts)
    theirs = node.client.get("/api/v1/facts/receipts").json()["receipts"]
    ours = [r.provenance.payload_sha256 for r in receipts]
    assert [r["payload_sha256"] for r in theirs][: len(ours)] == ours, "another order"
    with open_boards(back) as mine, open_boards(node.store) as others:
        boards = mine.every_one()
        for board in boards:
            assert mine.board_json(board.view_id, board.audience) == others.board_json(
                board.view_id, board.audience
            )
    with open_journal(back) as journal, open_audit(back) as audit:
        assert journal.check().problem is None
        assert audit.check().problem is None
    return {"receipts": len(receipts), "boards": len(boards)}


def watched(folder: Path, as_of_utc: np.datetime64) -> str:
    """Return the board of a store as known at a moment."""
    with open_store(folder) as store:
        sky = sky_of_store(store, as_of_utc=as_of_utc, history_days=45.0)
    assert sky is not None
    assets = made_sky(seed=1, objects=OBJECTS).assets
    picture = sky.picture(assets=assets, days_ahead=1.0)
    return write_json(watch(picture, detectors=(ManoeuvreDetector(), GeoNeighbourDetector())))


def drill(kills: int, place: Path) -> dict[str, object]:
    """Back up, kill, verify, restore and compare; return what was counted."""
    moments, kept = random.Random(SEED), place / "backups"
    counts = dict.fromkeys(
        ("backups_begun", "backups_whole", "killed_backups", "killed_servers", "restored"), 0
    )
    spans: list[float] = []
    largest = {"receipts": 0, "boards": 0}
    with running(place) as node:
        while node.acknowledged < 20:
            time.sleep(0.05)
        begun_s = time.monotonic()
        assert backed_up(node, kept, None)
        usual_s = time.monotonic() - begun_s
        print(f"one backup takes {usual_s:.1f} s", file=sys.stderr, flush=True)
        while counts["killed_backups"] + counts["killed_servers"] < kills:
            acknowledged = node.acknowledged
            counts["backups_begun"] += 1
            is_server = moments.random() < SERVER_KILLED
            after_s = moments.uniform(0.1 * usual_s, 2.5 * usual_s)
            if is_server:
                killer = threading.Timer(after_s, node.kill_and_start)
                killer.start()
            begun_s = time.monotonic()
            is_whole = backed_up(node, kept, None if is_server else after_s, may_fail=is_server)
            spans += [time.monotonic() - begun_s] if is_whole else []
            if is_server:
                killer.join()
            counts["killed_servers" if is_server else "killed_backups"] += is_server or not is_whole
            counts["backups_whole"] += is_whole
            for path in named(kept):
                check = verify_backup(path)
                assert not check.problems, check.problems
            if is_whole and counts["backups_whole"] % EVERY_RESTORED == 1:
                found = compared(node, named(kept)[-1], acknowledged, place)
                largest = {k: max(v, found[k]) for k, v in largest.items()}
                counts["restored"] += 1
            print(counts, node.acknowledged, file=sys.stderr, flush=True)
            time.sleep(1.05)  # names of backups tell seconds
        # Later deliveries tell of the past, too: those of one moment are compared.
        node.rest()
        assert backed_up(node, kept, None)
        last = named(kept)[-1]
    entry = AuditEntry(datetime.now(UTC), AuditKind.ACCOUNTS, "drill", "backup restore")
    shutil.rmtree(place / "back", ignore_errors=True)
    restore_backup(last, place / "back", settings_into=None, entry=entry)
    as_of = np.datetime64(datetime.now(UTC).replace(tzinfo=None), "us")
    assert watched(place / "back", as_of) == watched(node.store, as_of), "another board"
    left = [path.name for path in kept.iterdir() if path.name.startswith(".hoshimori")]
    return {
        **counts,
        "acknowledged": node.acknowledged,
        "largest_restored": largest,
        "lost_or_half": 0,
        "board_of_restored_store_is_the_same": True,
        "left_over_parts": len(left),
        "usual_backup_s": round(sorted(spans)[len(spans) // 2], 2) if spans else None,
        "seed": SEED,
    }


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    os.environ.setdefault("NO_COLOR", "1")
    with tempfile.TemporaryDirectory(prefix="hoshimori-drill-") as made:
        keep("drill_backup", drill(number, Path(made)))
