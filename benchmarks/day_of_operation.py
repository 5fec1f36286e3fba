"""A day of the watch floor in minutes: 24 h of catalogues, watches and alerts by a made clock.

A made sky moves on; a source delivers it anew every two hours; all detectors are asked every hour
and after new facts. After nine hours and some minutes the floor is closed and opened again; in the
sixteenth hour its process is killed (SIGKILL) in the midst of a watch, and another one goes on.
What is counted: runs that were missed or doubled, facts lost, alerts raised or sent twice, memory
over the hours.

    python benchmarks/day_of_operation.py [OBJECTS] [HOURS]

Nothing is asserted here; the figures are kept in `benchmarks/results/day_of_operation.json`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.omm_writing import write_omm_csv
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
from hoshimori.workflows.skies import Sky, made_sky

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
DELIVERED_EVERY_H = 2
RESTART_AT_H, KILL_AT_H = 9.3, 15.0
RULES = """
version = "1"
[budget]
per_asset_month = 1000
most_per_asset = 1000
[urgent]
within_h = 24
[news]
steps_h = [72, 24, 6]
back_after_days = 7
[[channel]]
name = "duty"
language = "en"
marking = "TLP:RED"
takes_exercises = true
[[rule]]
name = "look-now"
attention = "look"
channels = ["duty"]
[[rule]]
name = "watch"
attention = "watch"
channels = ["duty"]
"""


def made_day(folder: Path, objects: int, hours: int, seed: int = 1) -> None:
    """Write the catalogues of a day, the assets and the rules of alerts into a folder.

    Objects with a story have their histories, as they become known; all others are published anew
    with each catalogue, moved on.
    """
    told = _sky(objects, hours, seed)
    history = told.parts[0]
    ids, counts = np.unique(history.norad_id, return_counts=True)
    with_history = ids[counts > 1]
    of_story = history.take(np.isin(history.norad_id, with_history))
    since = np.datetime64("1970-01-01", "us")
    (folder / "catalogues").mkdir()
    for hour in range(0, hours + 1, DELIVERED_EVERY_H):
        until = as_column_time(BEGAN + timedelta(hours=hour))
        crowd = _sky(objects, hour, seed).parts[0].newest()
        crowd = crowd.take(~np.isin(crowd.norad_id, with_history))
        news = of_story.take((of_story.known_utc > since) & (of_story.known_utc <= until))
        path = folder / "catalogues" / f"{hour:03d}.csv"
        path.write_bytes(write_omm_csv(concatenate([crowd, news])))
        since = until
    listed = "\n".join(str(asset.norad_id) for asset in told.assets)
    (folder / "assets.csv").write_text(f"norad_id\n{listed}\n", encoding="utf-8")
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")


def _sky(objects: int, hour: int, seed: int) -> Sky:
    at = as_column_time(BEGAN + timedelta(hours=hour))
    return made_sky(seed=seed, objects=objects, as_of_utc=at)


def settings_in(folder: Path) -> Settings:
    """Return the settings of the day; alerts go to a file in the folder."""
    return Settings(
        watch=WatchSettings(assets=str(folder / "assets.csv"), days=3.0),
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
                held = len(floor.view(wait_s=0.0).picture.history)
                _note(folder / "memory.jsonl", _memory(clock.now_utc(), held))
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


def _memory(moment: datetime, element_sets: int) -> dict[str, Any]:
    hour = (moment - BEGAN) / timedelta(hours=1)
    children = _children(os.getpid())
    return {
        "process": os.getpid(),
        "hour": round(hour, 2),
        "element_sets": element_sets,
        "floor_mib": _resident_mib(os.getpid()),
        "worker_mib": sum(map(_resident_mib, children)),
    }


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task")
    if not path.exists():
        return []
    found = [t / "children" for t in path.iterdir()]
    return [int(pid) for f in found if f.exists() for pid in f.read_text().split()]


def _resident_mib(process: int) -> float:
    path = Path(f"/proc/{process}/status")
    if not path.exists():
        return 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def verdict(folder: Path, until_h: float) -> dict[str, Any]:
    """Return what was missed, doubled, lost or repeated during a day."""
    return {
        "schedule": _schedule(folder, until_h),
        "facts": _facts(folder),
        "incidents": _incidents(folder),
        "alerts": _alerts(folder),
        "memory": _memory_over_time(folder),
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


def _memory_over_time(folder: Path) -> list[dict[str, Any]]:
    """Return how memory went in each process of the floor, beside the facts in its picture."""
    lines = _lines(folder / "memory.jsonl")
    parts = []
    for process in dict.fromkeys(line["process"] for line in lines):
        own = [line for line in lines if line["process"] == process]
        settled = own[2:] if len(own) > 4 else own
        hours = [line["hour"] for line in settled]
        part: dict[str, Any] = {"from_hour": own[0]["hour"], "to_hour": own[-1]["hour"]}
        for name in ("element_sets", "floor_mib", "worker_mib"):
            values = [line[name] for line in settled]
            slope = np.polyfit(hours, values, 1)[0] if len(set(hours)) > 1 else 0.0
            part[name] = {
                "first": values[0],
                "last": values[-1],
                "largest": max(values),
                "an_hour": round(float(slope), 2),
            }
        parts.append(part)
    return parts


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
    workers = _children(process.pid)
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


def main() -> None:
    """Run the day, or the part of it that a process was begun for."""
    if sys.argv[1:2] == ["--keep-watch"]:
        folder = Path(sys.argv[2])
        keep_watch(folder, place_in(folder), float(sys.argv[3]))
        return
    objects = int(sys.argv[1]) if sys.argv[1:] else 3_000
    hours = int(sys.argv[2]) if sys.argv[2:] else 24
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made_day(folder, objects, hours)
        keep("day_of_operation", day_in(folder, objects, hours))


if __name__ == "__main__":
    main()
