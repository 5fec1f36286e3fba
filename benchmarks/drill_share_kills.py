"""Two nodes that are killed (SIGKILL) at random moments while they share.

JPN writes letters without end and exchanges with USA, which serves; one of the two is killed at a
random moment, again and again. After each kill: no letter that USA told to be kept is missing
there, none that JPN wrote is missing here, every kept letter opens, and both files are whole.

Run: ``python benchmarks/drill_share_kills.py [KILLS]``
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measuring import keep

from hoshimori.formats.partner_cards import told_fingerprint
from hoshimori.model.markings import Level, Marking
from hoshimori.model.reports import Reliability
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

SEED = 20261128
LONGEST_S = 1.2

# Writes a report to USA, says its id, and exchanges; without end. What is said is kept.
WRITER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from hoshimori.errors import HoshimoriError
from hoshimori.formats.report_fields import report_of
from hoshimori.model.letters import ReportContent
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Reality
from hoshimori.workflows.share_exchange import Hands, exchange, line_to
from hoshimori.workflows.share_house import opened_node
from hoshimori.workflows.share_offers import Said, offer

now = lambda: datetime.now(UTC)
print("ready", flush=True)
number = 0
with opened_node(Path(sys.argv[1])) as node:
    partner = node.partner("USA")
    while True:
        number += 1
        report = report_of({
            "statement": "service_lost", "start_utc": "2026-10-31T08:00:00Z",
            "known_utc": "2026-10-31T09:00:00Z", "source": "Example Operator",
            "text": f"{sys.argv[2]} {number}",
        }, marking=OPEN, reality=Reality.REAL)
        done = offer(node, partner, [Said(ReportContent(report), OPEN, Reality.REAL)], now())
        print(done.letters[0].letter_id, flush=True)
        try:
            with line_to(node, partner, 2.0) as line:
                exchange(node, partner, line, Hands("drill", now, lambda s: time.sleep(0.05)))
        except HoshimoriError as error:
            print("-", error, flush=True)
"""


def begun(folder: Path, port: int) -> tuple[Path, Path]:
    jpn, usa = folder / "JPN", folder / "USA"
    begin_house(jpn, "JPN", "", "", datetime.now(UTC))
    begin_house(usa, "USA", "", f"https://127.0.0.1:{port}", datetime.now(UTC))
    for here, there in ((jpn, usa), (usa, jpn)):
        read = read_card(house_card(there), "card")
        terms = Terms(Marking(Level.AMBER), Reliability.USUALLY, frozenset())
        add_partner(here, read, told_fingerprint(read.digest), terms)
    return jpn, usa


def serving(usa: Path, port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-c", "from hoshimori.cli import main; main()", "share", "serve",
        "--store", str(usa), "--port", str(port),
    ]  # fmt: skip
    server = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert server.stderr is not None
    assert b"https://" in server.stderr.readline()
    return server


def writing(jpn: Path, run: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(jpn), f"run {run}"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    return writer


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
            writer = writing(jpn, run)
            kills_server = draw.random() < 0.5
            time.sleep(draw.uniform(0.0, LONGEST_S))
            if kills_server:
                server.kill()
                server.wait()
                figures["of_the_server"] += 1
                server = serving(usa, port)
                time.sleep(draw.uniform(0.0, LONGEST_S))
            writer.send_signal(signal.SIGKILL)
            told, _ = writer.communicate()
            figures["of_the_writer"] += 1
            said |= {word.decode() for word in told.split() if len(word) == 64}
            with opened_node(jpn) as ours, opened_node(usa) as theirs:
                here, there = looked_at(ours), looked_at(theirs)
                outbox = ours.register.outbox("USA")
                kept = {offer.letter_id for offer in outbox.offers[: outbox.acknowledged]}
            figures["lost"] += len(said - here["ids"])
            figures["acknowledged_and_missing"] += len(kept - there["ids"])
            figures["not_whole"] += (not here["whole"]) + (not there["whole"])
        server.kill()
        server.wait()
    figures |= {
        "letters_written": len(said),
        "letters_at_the_partner": len(there["ids"]),
        "wall_s": round(time.monotonic() - began, 1),
    }
    keep("drill_share_kills", figures)


if __name__ == "__main__":
    main()
