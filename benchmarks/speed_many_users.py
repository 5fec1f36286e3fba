"""How long 50 users wait while facts are written: the same server over a file and over PostgreSQL.

A store with two months of a made sky's element sets (by default 30,000 objects) is served by the
real command. 50 users each ask about once a second, over kept connections: boards, pages of any
object, their histories, what may be done. Meanwhile element sets are brought all the time, and the
whole catalogue once. Latencies are the time from sending a request to its last byte.

Before that the store itself is asked, by 50 threads of one process and without a watch beside them:
histories of one object, and of 50. ``--at-the-store`` and ``--served`` measure one of the two.

    python benchmarks/speed_many_users.py [--at-the-store | --served] [OBJECTS [SECONDS]]
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import speed_server
from measuring import RESULTS, keep
from speed_server import API, Answered, Connection, Place, asked_once, filled, spread, started

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.postgres_server import postgres_server

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading
from hoshimori.store import OwnStore, open_store
from hoshimori.workflows.deliveries import now_utc

USERS, BETWEEN_S = 50, 1.0
BROUGHT_AT_ONCE, BROUGHT_EVERY_S = 2_000, 2.0
speed_server.YEAR_DAYS = 60


def path_of(chance: random.Random, ids: list[int]) -> tuple[str, str]:
    """Return what a user asks for next."""
    language = chance.choice(("en", "ja"))
    kind = chance.choices(("board", "object", "history", "state"), (3, 3, 3, 1))[0]
    paths = {
        "board": f"{API}/board?language={language}",
        "object": f"{API}/objects/{chance.choice(ids)}?language={language}",
        "history": f"{API}/objects/{chance.choice(ids)}/history?days=60",
        "state": f"{API}/state",
    }
    return kind, paths[kind]


async def user(
    place: Place, number: int, ids: list[int], until_s: float, told: list[Answered]
) -> None:
    """Ask about once a second until the end."""
    chance = random.Random(number)
    async with Connection(place) as connection:
        await asyncio.sleep(chance.random() * BETWEEN_S)
        while time.perf_counter() < until_s:
            kind, path = path_of(chance, ids)
            began = time.perf_counter()
            await connection.send(path)
            status, body = await connection.answer()
            took = (time.perf_counter() - began) * 1e3
            told.append(Answered(kind, status, took, len(body)))
            await asyncio.sleep(chance.uniform(0.5, 1.5) * BETWEEN_S)


async def writer(place: Place, sets: ElementSets, until_s: float, told: list[Answered]) -> None:
    """Bring element sets all the time, and the whole catalogue once in the middle."""
    middle_s = (time.perf_counter() + until_s) / 2
    whole_is_brought = False
    number = 0
    while time.perf_counter() < until_s:
        number += 1
        is_whole = not whole_is_brought and time.perf_counter() > middle_s
        whole_is_brought |= is_whole
        chosen = sets if is_whole else sets.take(slice(0, BROUGHT_AT_ONCE))
        later = replace(
            chosen,
            epoch_utc=chosen.epoch_utc + np.timedelta64(number, "m"),
            known_utc=chosen.known_utc + np.timedelta64(number, "m"),
        )
        body = write_omm_csv(later)
        async with Connection(place) as connection:
            began = time.perf_counter()
            await connection.send(f"{API}/facts?source=made-{number}", body=body)
            status, answer = await connection.answer()
            took = (time.perf_counter() - began) * 1e3
        kind = "the catalogue brought" if is_whole else "element sets brought"
        told.append(Answered(kind, status, took, len(answer)))
        await asyncio.sleep(BROUGHT_EVERY_S)


async def measured(place: Place, sets: ElementSets, seconds: float) -> dict[str, Any]:
    """Return how long users waited, by what they asked for."""
    told: list[Answered] = []
    ids = sets.norad_id.tolist()
    until_s = time.perf_counter() + seconds
    load = os.getloadavg()[0]
    users = (user(place, number, ids, until_s, told) for number in range(USERS))
    await asyncio.gather(*users, writer(place, sets, until_s, told))
    status, _ = await asked_once(place, "/healthz")
    reads = [one for one in told if not one.kind.endswith("brought")]
    return {
        "load_before": round(load, 1),
        "load_after": round(os.getloadavg()[0], 1),
        "requests": len(reads),
        "faults": sum(one.status not in (200, 201) for one in told) + (status != 200),
        "all_reads": spread([one.milliseconds for one in reads]),
        **{
            kind: spread([one.milliseconds for one in told if one.kind == kind])
            for kind in sorted({one.kind for one in told})
        },
    }


def reader(store: OwnStore, number: int, until_s: float, told: list[Answered]) -> None:
    """Ask a store of one's own about once a second until the end."""
    chance = random.Random(number)
    with store:
        time.sleep(chance.random() * BETWEEN_S)
        while time.perf_counter() < until_s:
            kind, most = chance.choice((("history", 1), ("histories of 50", 50)))
            first = chance.randrange(1, 1_000)
            began = time.perf_counter()
            store.history_of(range(first, first + most), as_known_at_utc=as_datetime(now_utc()))
            told.append(Answered(kind, 200, (time.perf_counter() - began) * 1e3, 0))
            time.sleep(chance.uniform(0.5, 1.5) * BETWEEN_S)


def at_the_store(folder: Path, objects: int, seconds: float) -> dict[str, Any]:
    """Fill a store, read it by 50 threads while one writes, and return the figures."""
    rows, _ = filled(folder, objects)
    told: list[Answered] = []
    load, until_s = os.getloadavg()[0], time.perf_counter() + seconds
    with open_store(folder) as store:
        sets = store.newest_as_known_at(as_datetime(now_utc())).take(slice(0, BROUGHT_AT_ONCE))
        readers = [
            threading.Thread(target=reader, args=(store.beside(), number, until_s, told))
            for number in range(USERS)
        ]
        for one in readers:
            one.start()
        number = 0
        while time.perf_counter() < until_s:
            number += 1
            later = sets.epoch_utc + np.timedelta64(number, "m")
            brought = Reading(replace(sets, epoch_utc=later, known_utc=later))
            began = time.perf_counter()
            store.append(
                brought,
                payload=str(number).encode(),
                source="made",
                received_utc=as_datetime(now_utc()),
                reality=Reality.SIMULATED,
            )
            took = (time.perf_counter() - began) * 1e3
            told.append(Answered("element sets brought", 200, took, 0))
            time.sleep(BROUGHT_EVERY_S)
        for one in readers:
            one.join()
    reads = [one.milliseconds for one in told if not one.kind.endswith("brought")]
    kinds = sorted({one.kind for one in told})
    return {
        "element_sets": rows,
        "load_before": round(load, 1),
        "load_after": round(os.getloadavg()[0], 1),
        "requests": len(reads),
        "all_reads": spread(reads),
        **{k: spread([one.milliseconds for one in told if one.kind == k]) for k in kinds},
    }


def over(folder: Path, objects: int, seconds: float) -> dict[str, Any]:
    """Fill a store, serve it, and return the figures."""
    began = time.perf_counter()
    rows, assets = filled(folder, objects)
    print(f"{rows:,} rows in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    with open_store(folder) as store:
        sets = store.newest_as_known_at(as_datetime(now_utc()))
    server, place, first_board_s = started(folder, assets)
    try:
        figures = asyncio.run(measured(place, sets, seconds))
    finally:
        server.terminate()
        server.wait(300)
    return {"element_sets": rows, "first_board_s": round(first_board_s, 1), **figures}


def main() -> None:
    """Measure both, print the figures and keep them."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    objects = int(words[0]) if words else 30_000
    seconds = float(words[1]) if len(words) > 1 else 60.0
    ways = {"at_the_store": at_the_store, "served": over}
    asked = [way for way in ways if f"--{way.replace('_', '-')}" in sys.argv] or list(ways)
    kept = RESULTS / "speed_many_users.json"
    figures = json.loads(kept.read_text())["figures"] if kept.exists() else {}
    for way in asked:
        told: dict[str, Any] = {"objects": objects, "users": USERS, "seconds": seconds}
        with tempfile.TemporaryDirectory() as name:
            told["duckdb"] = ways[way](Path(name) / "file", objects, seconds)
            with postgres_server(settings=()) as server:
                place = server.place(server.fresh_database(), Path(name))
                told["postgresql"] = ways[way](place, objects, seconds)
        figures[way] = told
    keep("speed_many_users", figures)


if __name__ == "__main__":
    main()
