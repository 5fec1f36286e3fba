"""A day of the watch floor in minutes: 24 h of catalogues, watches and alerts by a made clock.

A made sky moves on; a source delivers what was published anew every two hours; all detectors are
asked every hour and after new facts. After nine hours and some minutes the floor is closed and
opened again; in the sixteenth hour its process is killed (SIGKILL) in the midst of a watch, and
another one goes on. What is counted: runs that were missed or doubled, facts lost, alerts raised or
sent twice, memory over the hours. The sky is *steady*, or *growing* (see `day_skies.py`): of the
one memory must stay as it is, of the other it may grow by what its element sets take.

    python benchmarks/day_of_operation.py [OBJECTS] [HOURS] [steady|growing]

Nothing is asserted here; the figures are kept in `benchmarks/results/day_of_operation.json`, those
of each sky and number of objects in the place of the ones before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from day_memory import children_of, memory_at, memory_over_time
from day_skies import BEGAN, DELIVERED_EVERY_H, made_day
from measuring import RESULTS, keep

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.alerts import AlertStep
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.floor import Clock, JobName, JobOutcome
from hoshimori.model.moments import as_column_time
from hoshimori.outlets.messengers import Delivered, Outcome
from hoshimori.settings import AlertSettings, FloorSettings, Settings, WatchSettings
from hoshimori.sources.delivery import Delivery
from hoshimori.store import open_alerts, open_floor_record, open_journal, open_store
from hoshimori.workflows.alert_sending import Parcel
from hoshimori.workflows.alerts import opened_desk
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_alerts import AlertsOfDesk, FloorAlerts
from hoshimori.workflows.floor_parts import FloorParts

RESTART_AT_H, KILL_AT_H = 9.3, 15.0


def settings_in(folder: Path) -> Settings:
    """Return the settings of the day; alerts go to a file in the folder."""
    return Settings(
        watch=WatchSettings(
            assets=str(folder / "assets.csv"),
            days=3.0,
            history_days=float(json.loads((folder / "day.json").read_text())["history_days"]),
        ),
        floor=FloorSettings(sources=(), free_mib=50.0, send_seconds=300.0),
        alerts=AlertSettings(rules=str(folder / "rules.toml")),
    )


def keep_watch(folder: Path, begins: datetime, until_h: float) -> None:
    """Keep watch by a made clock, from a moment on until so many hours after the day began.

    Where it is and how much memory it takes is written beside the store, hour by hour.
    """
    clock = MadeClock(begins)
    ends = BEGAN + timedelta(hours=until_h)

    def ask() -> Delivery:
        now_utc = clock.now_utc()
        passed = (now_utc - BEGAN) // timedelta(hours=DELIVERED_EVERY_H)
        path = sorted((folder / "catalogues").iterdir())[passed]
        return Delivery("made catalogue", now_utc, path.read_bytes())

    def messenger(parcel: Parcel) -> Delivered:
        _note(folder / "sent.jsonl", {"key": parcel.key, "subject": parcel.subject})
        return Delivered(Outcome.TAKEN)

    def alerts(settings: Settings, store: Path, here: Clock) -> FloorAlerts:
        return AlertsOfDesk(opened_desk(settings, store), here, messenger)

    parts = FloorParts(clock=clock, sources={"made": ask}, alerts=alerts)
    with Floor(settings_in(folder), folder / "store", parts) as floor:
        while True:
            _place(folder, clock.now_utc())
            runs = floor.step()
            if any(run.name is JobName.WATCH for run in runs):
                hour = (clock.now_utc() - BEGAN) / timedelta(hours=1)
                _note(folder / "memory.jsonl", memory_at(hour, floor.view(wait_s=0.0).picture))
            left_s = (ends - clock.now_utc()).total_seconds()
            if left_s <= 0.0:
                return
            clock.pass_s(min(left_s, max(floor.seconds_to_next(), 0.001)))


def _place(folder: Path, moment: datetime) -> None:
    beside = folder / "clock.beside"
    beside.write_text(moment.isoformat(), encoding="utf-8")
    beside.replace(folder / "clock")


def place_in(folder: Path) -> datetime:
    """Return where the made clock of a floor stood last."""
    path = folder / "clock"
    return datetime.fromisoformat(path.read_text(encoding="utf-8")) if path.exists() else BEGAN


def _note(path: Path, line: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def verdict(folder: Path, until_h: float) -> dict[str, Any]:
    """Return what was missed, doubled, lost or repeated during a day."""
    return {
        "schedule": _schedule(folder, until_h),
        "facts": _facts(folder),
        "incidents": _incidents(folder),
        "alerts": _alerts(folder),
        "memory": memory_over_time(_lines(folder / "memory.jsonl")),
    }


def _schedule(folder: Path, until_h: float) -> dict[str, Any]:
    with open_floor_record(folder / "store") as record:
        runs = record.runs()
    good = (JobOutcome.DONE, JobOutcome.NOTHING_NEW)
    watches = Counter(r.planned_utc for r in runs if r.name is JobName.WATCH and r.outcome in good)
    hours = [BEGAN + timedelta(hours=h) for h in range(int(until_h) + 1)]
    between = sum(n for planned, n in watches.items() if planned not in hours)
    begun = sorted(r.started_utc for r in runs if r.name is JobName.FETCH and r.outcome in good)
    gaps_min = [(b - a) / timedelta(minutes=1) for a, b in pairwise(begun)]
    return {
        "watches_on_the_hour": sum(watches[h] > 0 for h in hours),
        "watches_missed": sum(watches[h] == 0 for h in hours),
        "watches_doubled": sum(watches[h] > 1 for h in hours),
        "watches_after_facts_or_starts": between,
        "fetches": len(begun),
        "longest_between_fetches_min": round(max(gaps_min, default=0.0), 1),
        "interrupted_and_begun_again": sum(r.outcome is JobOutcome.INTERRUPTED for r in runs),
        "failed": [f"{r.name.value}: {r.problem}" for r in runs if r.outcome is JobOutcome.FAILED],
    }


def _facts(folder: Path) -> dict[str, Any]:
    with open_store(folder / "store") as store:
        receipts = store.receipts()
        held = store.history_of(None, as_known_at_utc=BEGAN + timedelta(days=9))
    taken = {receipt.provenance.payload_sha256 for receipt in receipts}
    sent: list[ElementSets] = []
    for path in sorted((folder / "catalogues").iterdir()):
        sets = read_catalogue(
            path.read_bytes(), source=path.name, received_utc=as_column_time(BEGAN)
        ).element_sets
        if sets.provenances[0].payload_sha256 in taken:
            sent.append(sets)
    every = concatenate(sent)
    wanted = set(zip(every.norad_id.tolist(), every.epoch_utc.tolist(), strict=True))
    kept = set(zip(held.norad_id.tolist(), held.epoch_utc.tolist(), strict=True))
    return {
        "deliveries": len(receipts),
        "element_sets_sent": len(wanted),
        "element_sets_held": len(kept),
        "lost": len(wanted - kept),
    }


def _incidents(folder: Path) -> dict[str, Any]:
    with open_journal(folder / "store") as journal:
        check, lives = journal.check(), journal.lives()
    return {"incidents": len(lives), "entries": check.entries, "broken": check.problem is not None}


def _alerts(folder: Path) -> dict[str, Any]:
    with open_alerts(folder / "store") as book:
        alerts, messages = book.alerts(), book.sendings()
        raised = Counter(
            alert_id
            for alert_id in alerts
            for change in book.changes_of(alert_id)
            if change.step is AlertStep.RAISED
        )
    incidents = Counter(alert.incident_id for alert in alerts.values())
    keys = Counter(line["key"] for line in _lines(folder / "sent.jsonl"))
    return {
        "alerts": len(alerts),
        "raised_twice": sum(n > 1 for n in raised.values()),
        "incidents_with_two_alerts": sum(n > 1 for n in incidents.values()),
        "messages_sent": sum(keys.values()),
        "messages_sent_twice": sum(n > 1 for n in keys.values()),
        "messages_kept": len(messages),
    }


def _begun(folder: Path, until_h: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "--keep-watch", str(folder), str(until_h)]
    return subprocess.Popen(command)


def _killed(folder: Path, at_h: float, until_h: float) -> dict[str, Any]:
    """Begin a floor, kill it in the midst of a watch after a moment, and say how it went."""
    process = _begun(folder, until_h)
    at = BEGAN + timedelta(hours=at_h)
    while place_in(folder) < at and process.poll() is None:
        time.sleep(0.05)
    time.sleep(1.0)
    workers = children_of(process.pid)
    process.kill()
    process.wait()
    ended = time.monotonic() + 10.0
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < ended:
        time.sleep(0.1)
    left = sum(Path(f"/proc/{pid}").exists() for pid in workers)
    stood = (place_in(folder) - BEGAN) / timedelta(hours=1)
    return {"killed_at_h": round(stood, 2), "workers_left": left}


def day_in(folder: Path, objects: int, hours: int) -> dict[str, Any]:
    """Run a day that was made in a folder, with its restart and its kill; return the figures."""
    began = time.monotonic()
    _begun(folder, min(RESTART_AT_H, hours)).wait()
    kill = _killed(folder, KILL_AT_H, hours) if hours > KILL_AT_H else {}
    code = _begun(folder, hours).wait()
    return {
        "objects": objects,
        "hours": hours,
        "wall_s": round(time.monotonic() - began, 1),
        "restarted_at_h": RESTART_AT_H,
        **kill,
        "ended_with": code,
        **verdict(folder, hours),
    }


def measured_before() -> dict[str, Any]:
    """Return the figures of days that were kept before, by sky and number of objects."""
    path = RESULTS / "day_of_operation.json"
    if not path.exists():
        return {}
    figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return {name: day for name, day in figures.items() if isinstance(day, dict) and "hours" in day}


def main() -> None:
    """Run the day, or the part of it that a process was begun for."""
    if sys.argv[1:2] == ["--keep-watch"]:
        folder = Path(sys.argv[2])
        keep_watch(folder, place_in(folder), float(sys.argv[3]))
        return
    objects = int(sys.argv[1]) if sys.argv[1:] else 3_000
    hours = int(sys.argv[2]) if sys.argv[2:] else 24
    sky = sys.argv[3] if sys.argv[3:] else "steady"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made_day(folder, objects, hours, sky=sky)
        measured = {f"{sky}, {objects} objects": day_in(folder, objects, hours)}
        keep("day_of_operation", measured_before() | measured)


if __name__ == "__main__":
    main()
