"""Two nodes that are killed (SIGKILL) at random moments while they share.

JPN writes letters without end and exchanges with USA, which serves; one of the two is killed at a
random moment, again and again. After each kill: no letter that USA told to be kept is missing
there, none that JPN wrote is missing here, every kept letter opens, and both files are whole.

Run: ``python benchmarks/drill_share_kills.py [KILLS]``
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measuring import keep

from hoshimori.cli.share_exchanging import run_share_serve
from hoshimori.cli.sharing import ShareArguments
from hoshimori.errors import HoshimoriError
from hoshimori.formats.partner_cards import told_fingerprint
from hoshimori.formats.report_fields import report_of
from hoshimori.model.letters import ReportContent
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Reliability
from hoshimori.workflows.share_exchange import Hands, exchange, line_to
from hoshimori.workflows.share_house import (
    Node,
    Terms,
    add_partner,
    begin_house,
    house_card,
    opened_node,
    read_card,
)
from hoshimori.workflows.share_letters import kept_letter
from hoshimori.workflows.share_offers import Said, offer

SEED = 20261128
LONGEST_S = 2.5
REAL = Reality.REAL
FIELDS = {
    "statement": "service_lost",
    "start_utc": "2026-10-31T08:00:00Z",
    "known_utc": "2026-10-31T09:00:00Z",
    "source": "Example Operator",
}


def now() -> datetime:
    return datetime.now(UTC)


def write_without_end(jpn: Path, run: int, told: int) -> None:
    """Write a report to USA, say its id, and exchange; without end. What is said is kept."""
    with opened_node(jpn) as node:
        partner, number = node.partner("USA"), 0
        while True:
            number += 1
            report = report_of(FIELDS | {"text": f"run {run} {number}"}, marking=OPEN, reality=REAL)
            done = offer(node, partner, [Said(ReportContent(report), OPEN, REAL)], now())
            os.write(told, done.letters[0].letter_id.encode() + b"\n")
            with contextlib.suppress(HoshimoriError), line_to(node, partner, 2.0) as line:
                exchange(node, partner, line, Hands("drill", now, lambda _: time.sleep(0.02)))


def forked(work: Callable[[], object]) -> int:
    """Run a piece of work in a process of its own, which has everything imported already."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    return child


def killed(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def begun(folder: Path, port: int) -> tuple[Path, Path]:
    jpn, usa = folder / "JPN", folder / "USA"
    begin_house(jpn, "JPN", "", "", datetime.now(UTC))
    begin_house(usa, "USA", "", f"https://127.0.0.1:{port}", datetime.now(UTC))
    for here, there in ((jpn, usa), (usa, jpn)):
        read = read_card(house_card(there), "card")
        terms = Terms(Marking(Level.AMBER), Reliability.USUALLY, frozenset())
        add_partner(here, read, told_fingerprint(read.digest), terms)
    return jpn, usa


def serving(usa: Path, port: int) -> int:
    arguments = ShareArguments(usa, None, "en", True)
    child = forked(lambda: run_share_serve("127.0.0.1", port, arguments))
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return child
        time.sleep(0.01)


def writing(jpn: Path, run: int) -> tuple[int, int]:
    """Return a process that writes, and where it says what it wrote."""
    heard, told = os.pipe()
    child = forked(lambda: write_without_end(jpn, run, told))
    os.close(told)
    return child, heard


def said_by(heard: int) -> set[str]:
    with os.fdopen(heard, "rb") as stream:
        return {line.decode().strip() for line in stream.read().splitlines() if len(line) == 64}


def looked_at(node: Node) -> dict[str, Any]:
    """Open every kept letter; one that is half there would not open."""
    kept = [kept_letter(one.line).letter_id for one in node.register.letters()]
    with sqlite3.connect(node.register.path) as raw:
        (whole,) = raw.execute("PRAGMA integrity_check").fetchone()
    raw.close()
    return {"ids": set(kept), "whole": whole == "ok"}


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw, port = random.Random(SEED), 18_444
    said: set[str] = set()
    figures = {"kills": kills, "of_the_writer": 0, "of_the_server": 0, "lost": 0, "not_whole": 0,
               "acknowledged_and_missing": 0}  # fmt: skip
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hoshimori-kills-") as folder:
        jpn, usa = begun(Path(folder), port)
        server = serving(usa, port)
        for run in range(kills):
            writer, heard = writing(jpn, run)
            time.sleep(draw.uniform(0.0, LONGEST_S))
            if draw.random() < 0.5:
                killed(server)
                figures["of_the_server"] += 1
                server = serving(usa, port)
                time.sleep(draw.uniform(0.0, LONGEST_S))
            killed(writer)
            figures["of_the_writer"] += 1
            said |= said_by(heard)
            with opened_node(jpn) as ours, opened_node(usa) as theirs:
                here, there = looked_at(ours), looked_at(theirs)
                outbox = ours.register.outbox("USA")
                kept = {offer.letter_id for offer in outbox.offers[: outbox.acknowledged]}
            figures["lost"] += len(said - here["ids"])
            figures["acknowledged_and_missing"] += len(kept - there["ids"])
            figures["not_whole"] += (not here["whole"]) + (not there["whole"])
        killed(server)
    figures |= {
        "letters_written": len(said),
        "letters_at_the_partner": len(there["ids"]),
        "wall_s": round(time.monotonic() - began, 1),
    }
    keep("drill_share_kills", figures)


if __name__ == "__main__":
    main()
