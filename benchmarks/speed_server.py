"""How fast `hoshimori serve` answers: 1,000 requests, 50 at once, beside 100 who listen.

A store with a year of a made sky's element sets (by default 30,000 objects) is served by the real
command in a process of its own. Another process asks for boards and for pages of random objects
over kept connections, in both languages, and packed; then for series of a year. Latencies are the
time from sending a request to its last byte. Events are timed from sending the request that causes
one to each listener's last byte of it.

Run: ``python benchmarks/speed_server.py [OBJECTS]``
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading
from hoshimori.store import open_store
from hoshimori.workflows.deliveries import now_utc
from hoshimori.workflows.running import running_server
from hoshimori.workflows.skies import made_sky

REQUESTS, AT_ONCE, LISTENERS, EVENTS = 1_000, 50, 100, 20
YEAR_DAYS, SETS_PER_DAY = 365, 1.5
API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is, and with what one is let in."""

    host: str
    port: int
    token: str


def filled(folder: Path, objects: int) -> tuple[int, str]:
    """Fill a store with a year of a made sky; return how many rows, and its assets' numbers.

    What is older than the sky's own history only has to be there: each object's first element set
    is repeated backwards, 1.5 times a day.
    """
    moment = now_utc()
    sky = made_sky(seed=1, objects=objects, as_of_utc=moment)
    (sets,) = sky.parts
    rows = 0
    with open_store(folder) as store:
        for part in (*_older(sets, moment), sets):
            payload = part.provenances[0].payload_sha256.encode()
            counts = store.append(
                Reading(part),
                payload=payload,
                source="made",
                received_utc=as_datetime(moment),
                reality=Reality.SIMULATED,
            )
            rows += counts.new
    return rows, ",".join(str(asset.norad_id) for asset in sky.assets)


def _older(sets: ElementSets, moment: np.datetime64) -> list[ElementSets]:
    ordered = sets.sorted_by_object()
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered.norad_id[1:] != ordered.norad_id[:-1]
    oldest = ordered.take(first)
    span_days = (moment - oldest.epoch_utc.min()) / np.timedelta64(1, "D")
    parts = []
    for number in range(1, int((YEAR_DAYS - span_days) * SETS_PER_DAY)):
        back = np.timedelta64(round(number / SETS_PER_DAY * 86_400e6), "us")
        epoch = oldest.epoch_utc - back
        provenance = replace(oldest.provenances[0], payload_sha256=f"{number:064x}")
        parts.append(
            replace(
                oldest,
                epoch_utc=epoch,
                known_utc=epoch + np.timedelta64(6, "h"),
                provenances=(provenance, *oldest.provenances[1:]),
            )
        )
    return parts


def started(folder: Path, assets: str) -> tuple[subprocess.Popen[bytes], Place, float]:
    """Start the server and wait for its first board; return how long that took (s)."""
    settings = folder / "settings.toml"
    settings.write_text(f'[floor]\nsources = []\n[watch]\nassets = "{assets}"\n', encoding="utf-8")
    program = Path(sys.executable).with_name("hoshimori")
    began = time.perf_counter()
    command = [program, "serve", "--port", "0", "--store", folder, "--settings", settings]
    server = subprocess.Popen(command)
    while server.poll() is None:
        run = running_server(folder)
        if run is not None:
            host, port = run.url.removeprefix("http://").split(":")
            place = Place(host, int(port), run.token)
            status, body = asyncio.run(asked_once(place, "/healthz"))
            if status == 200 and json.loads(body)["has_board"]:
                return server, place, time.perf_counter() - began
        time.sleep(1.0)
    raise SystemExit("the server ended before its first board")


class Connection:
    """One kept connection."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def __aenter__(self) -> Connection:
        self.reader, self.writer = await asyncio.open_connection(self._place.host, self._place.port)
        return self

    async def __aexit__(self, *ignored: object) -> None:
        self.writer.close()

    async def send(self, path: str, *, body: bytes | None = None, packed: bool = True) -> None:
        """Send one request."""
        head = [
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
            f"Host: {self._place.host}:{self._place.port}",
            f"Authorization: Bearer {self._place.token}",
            "Accept-Encoding: gzip" if packed else "Accept-Encoding: identity",
        ]
        if body is not None:
            head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join((*head, "", "")).encode() + (body or b""))
        await self.writer.drain()

    async def answer(self) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        status = int(head.split(" ", 2)[1])
        length = next(ln for ln in head.splitlines() if ln.startswith("content-length"))
        return status, await self.reader.readexactly(int(length.split(":")[1]))


async def asked_once(place: Place, path: str) -> tuple[int, bytes]:
    """Ask one thing on a connection of its own, not packed."""
    async with Connection(place) as connection:
        await connection.send(path, packed=False)
        return await connection.answer()


@dataclass(frozen=True, slots=True)
class Answered:
    """One request that was answered."""

    kind: str
    status: int
    milliseconds: float
    byte_count: int


async def asked(place: Place, paths: Sequence[tuple[str, str]], at_once: int) -> list[Answered]:
    """Ask for paths over so many kept connections; each takes the next as soon as it is free."""
    waiting = list(reversed(paths))
    told: list[Answered] = []

    async def one() -> None:
        async with Connection(place) as connection:
            while waiting:
                kind, path = waiting.pop()
                began = time.perf_counter()
                await connection.send(path)
                status, body = await connection.answer()
                took = (time.perf_counter() - began) * 1e3
                told.append(Answered(kind, status, took, len(body)))

    await asyncio.gather(*(one() for _ in range(at_once)))
    return told


def paths_of(catalogue: dict[str, Any], rng: random.Random) -> list[tuple[str, str]]:
    """Return the mix: a third boards, a third pages of any object, a third pages of assets."""
    ids, assets = catalogue["norad_id"], catalogue["assets"]
    paths = []
    for number in range(REQUESTS):
        language = rng.choice(("en", "ja"))
        if number % 3 == 0:
            paths.append(("board", f"{API}/board?language={language}"))
        else:
            chosen = rng.choice(ids if number % 3 == 1 else assets)
            paths.append(("object", f"{API}/objects/{chosen}?language={language}"))
    rng.shuffle(paths)
    return paths


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median, p99 and the largest of some milliseconds."""
    ordered = sorted(values)
    return {
        "median_ms": round(statistics.median(ordered), 1),
        "p99_ms": round(ordered[max(0, int(np.ceil(0.99 * len(ordered))) - 1)], 1),
        "most_ms": round(ordered[-1], 1),
    }


class Listener:
    """One who listens to live events and notes when each arrives."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.heard: dict[str, float] = {}
        self.is_listening = asyncio.Event()

    async def listen(self) -> None:
        """Listen until cancelled."""
        async with Connection(self._place) as connection:
            await connection.send(f"{API}/live")
            while True:
                line = (await connection.reader.readline()).decode()
                if line.startswith("retry"):
                    self.is_listening.set()
                if line.startswith("data: ") and '"decided"' in line:
                    subject = json.loads(line[6:])["event_id"]
                    self.heard[subject] = time.perf_counter()


def cpu_s(pid: int) -> float:
    """Return the CPU seconds that a process took so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(place: Place, pid: int) -> dict[str, Any]:
    """Return all figures of a running server that has a board.

    Latencies hang on what else the machine does (`load`); the CPU of a request does so less.
    """
    _, body = await asked_once(place, f"{API}/catalogue")
    catalogue = json.loads(body)
    rng = random.Random(1)
    listeners = [Listener(place) for _ in range(LISTENERS)]
    tasks = [asyncio.create_task(one.listen()) for one in listeners]
    await asyncio.gather(*(one.is_listening.wait() for one in listeners))
    figures: dict[str, Any] = {"objects": len(catalogue["norad_id"]), "load": os.getloadavg()[0]}
    for name in ("first", "again"):
        paths = paths_of(catalogue, rng)
        began, cpu = time.perf_counter(), cpu_s(pid)
        told = await asked(place, paths, AT_ONCE)
        seconds = time.perf_counter() - began
        figures[name] = {
            "server_cpu_ms_a_request": round((cpu_s(pid) - cpu) / len(told) * 1e3, 2),
            "requests_a_second": round(len(told) / seconds, 1),
            "faults": sum(one.status != 200 for one in told),
            **{
                kind: spread([one.milliseconds for one in told if one.kind == kind])
                for kind in ("board", "object")
            },
        }
    figures["events"] = await events_of(place, listeners)
    years = [
        ("history", f"{API}/objects/{i}/history?days=365")
        for i in rng.sample(catalogue["norad_id"], 20)
    ]
    told = await asked(place, years, 4)
    figures["history_of_a_year"] = spread([one.milliseconds for one in told])
    for task in tasks:
        task.cancel()
    return figures


async def events_of(place: Place, listeners: Sequence[Listener]) -> dict[str, Any]:
    """Cause events by decisions, and return how long each took to each listener."""
    _, body = await asked_once(place, f"{API}/incidents")
    incident = json.loads(body)["rows"][0]["incident_id"]
    decision = {"kind": "dissent", "value": "Measured.", "because": "A benchmark asks."}
    delays: list[float] = []
    async with Connection(place) as connection:
        for _ in range(EVENTS):
            before = {id(one): set(one.heard) for one in listeners}
            began = time.perf_counter()
            path = f"{API}/incidents/{incident}/decisions"
            await connection.send(path, body=json.dumps(decision).encode())
            await connection.answer()
            await asyncio.sleep(0.3)
            for one in listeners:
                new = set(one.heard) - before[id(one)]
                delays += [(one.heard[event] - began) * 1e3 for event in new]
    return {"expected": EVENTS * len(listeners), "heard": len(delays), **spread(delays or [0.0])}


def main() -> None:
    objects = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        rows, assets = filled(folder, objects)
        print(f"{rows:,} rows in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        server, place, first_board_s = started(folder, assets)
        try:
            figures = asyncio.run(measured(place, server.pid))
            status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
            resident = next(ln for ln in status.splitlines() if ln.startswith("VmRSS"))
        finally:
            server.terminate()
            server.wait(60)
    figures |= {
        "element_sets": rows,
        "first_board_s": round(first_board_s, 1),
        "server_memory_mib": round(int(resident.split()[1]) / 1024),
    }
    keep("speed_server", figures)


if __name__ == "__main__":
    main()
