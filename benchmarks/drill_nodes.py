"""Three nodes in network namespaces of their own: cut off, changed on all sides, joined again.

JPN, USA and AUS each serve in a namespace (`ip netns`; as root on Linux), on one bridge. They
share, AUS is cut off, all sides write, correct, revoke and answer, AUS is joined again. In the end
nothing that was offered is missing, all say the same of every letter, and what was marked for one
is nowhere else. (Clocks that differ are tested in tests/workflows/test_share_taking.py.)
Without namespaces the same runs on loopback, and a node is cut off by being ended.

Run: ``python benchmarks/drill_nodes.py [ROUNDS] [--loopback]``
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measuring import keep

from hoshimori.cli import main as main_of_hoshimori
from hoshimori.model.letters import ReportContent
from hoshimori.workflows.share_house import opened_node
from hoshimori.workflows.share_letters import kept_letter

CODES = ("JPN", "USA", "AUS")
BRIDGE = "hoshi-br"
PORT = 8444
REPORT = """
[[report]]
statement = "service_lost"
objects = [44476]
start_utc = 2026-10-31T08:00:00Z
known_utc = 2026-10-31T09:00:00Z
source = "Example Operator"
text = "{text}"
marking = "{marking}"
"""


@dataclass
class House:
    """One node of the drill."""

    code: str
    folder: Path
    namespace: str
    address: str
    host: str
    port: int
    server: int | None = None
    files: int = 0
    cut: bool = field(default=False)

    def run(self, *words: str, may_fail: bool = False) -> Any:
        """Run a command of `share` in the namespace and return its JSON."""
        print(self.code, *words, file=sys.stderr)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = self.forked([*words, "--json"], out.fileno(), err.fileno())
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            for stream in (out, err):
                stream.seek(0)
            text = out.read()
            if status and not may_fail:
                raise SystemExit(f"{self.code} {words}: {err.read().decode()}")
        return json.loads(text) if text.strip() else {}

    def forked(self, words: list[str], out: int, err: int) -> int:
        """Begin a command in a process of its own, which has everything imported already."""
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            if self.namespace:
                enter(self.namespace)
            os.dup2(out, 1)
            os.dup2(err, 2)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
            sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
            sys.argv = ["hoshimori", "share", *words, "--store", str(self.folder)]
            status = ended(main_of_hoshimori)
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def tell(self, text: str, marking: str, *partners: str) -> list[str]:
        """Offer a report and return the ids of the letters that may go."""
        self.files += 1
        path = self.folder / f"report-{self.files}.toml"
        path.write_text(REPORT.format(text=text, marking=marking), encoding="utf-8")
        to = [word for code in partners for word in ("--to", code)]
        offered = self.run("offer", "--report", str(path), *to)["offered"]
        return [letter["letter_id"] for one in offered for letter in one["letters"]]

    def serve(self) -> None:
        told, heard = os.pipe()
        words = ["serve", "--host", self.host, "--port", str(self.port)]
        self.server = self.forked(words, heard, heard)
        os.close(heard)
        with os.fdopen(told, "rb", closefd=False) as stream:
            line = stream.readline()
        assert b"https://" in line, line

    def end(self) -> None:
        if self.server is not None:
            os.kill(self.server, signal.SIGTERM)
            os.waitpid(self.server, 0)
            self.server = None


def ended(work: Callable[[], object]) -> int:
    try:
        work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def enter(namespace: str) -> None:
    """Move this process into a network namespace (setns(2), CLONE_NEWNET)."""
    with Path(f"/var/run/netns/{namespace}").open("rb") as file:
        if ctypes.CDLL(None, use_errno=True).setns(file.fileno(), 0x40000000):
            raise OSError(ctypes.get_errno(), "setns")


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def namespaces_permitted() -> bool:
    if os.geteuid() or shutil.which("ip") is None:
        return False
    tried = subprocess.run(["ip", "netns", "add", "hoshi-try"], capture_output=True, check=False)
    if tried.returncode == 0:
        ip("netns", "delete", "hoshi-try")
    return tried.returncode == 0


def wire(number: int, code: str) -> str:
    """Put a node into a namespace on the bridge and return the namespace."""
    name, outer, inner = f"hoshi-{code.lower()}", f"hoshi-o{number}", f"hoshi-i{number}"
    ip("netns", "add", name)
    ip("link", "add", outer, "type", "veth", "peer", "name", inner)
    ip("link", "set", inner, "netns", name)
    ip("link", "set", outer, "master", BRIDGE, "up")
    ip("-n", name, "addr", "add", f"10.77.0.{number}/24", "dev", inner)
    ip("-n", name, "link", "set", inner, "up")
    ip("-n", name, "link", "set", "lo", "up")
    return name


def unwire() -> None:
    for code in CODES:
        name = f"hoshi-{code.lower()}"
        subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)
    subprocess.run(["ip", "link", "delete", BRIDGE], capture_output=True, check=False)


def made_houses(folder: Path, *, apart: bool) -> dict[str, House]:
    houses = {}
    if apart:
        unwire()
        ip("link", "add", BRIDGE, "type", "bridge")
        ip("link", "set", BRIDGE, "up")
    for number, code in enumerate(CODES, start=1):
        host = f"10.77.0.{number}" if apart else "127.0.0.1"
        port = PORT if apart else PORT + number
        namespace = wire(number, code) if apart else ""
        address = f"https://{host}:{port}"
        houses[code] = House(code, folder / code, namespace, address, host, port)
        houses[code].run("init", "--as", code, "--address", address)
        houses[code].run("card", "--output", str(folder / f"{code}.card"))
    for house in houses.values():
        for other in houses.values():
            if other is not house:
                meet(house, other, folder)
    return houses


def meet(house: House, other: House, folder: Path) -> None:
    fingerprint = other.run("card")["fingerprint"]
    card = str(folder / f"{other.code}.card")
    house.run(
        "add", card, "--limit", "TLP:AMBER", "--reliability", "B", "--fingerprint", fingerprint
    )


def cut_off(house: House, *, apart: bool) -> None:
    house.cut = True
    if apart:
        ip("link", "set", f"hoshi-o{CODES.index(house.code) + 1}", "down")
    else:
        house.end()


def join(house: House, *, apart: bool) -> None:
    house.cut = False
    if apart:
        ip("link", "set", f"hoshi-o{CODES.index(house.code) + 1}", "up")
    else:
        house.serve()


def send_all(houses: dict[str, House]) -> None:
    for house in houses.values():
        house.run("send", "--timeout", "3", may_fail=True)


def letters(house: House) -> dict[str, dict[str, Any]]:
    return {one["letter_id"]: one for one in house.run("inbox", "--all")["letters"]}


def one_round(houses: dict[str, House], number: int, secrets: list[str], *, apart: bool) -> None:
    """Share, cut one off, change on all sides, join again."""
    jpn, usa, aus = (houses[code] for code in CODES)
    shared = jpn.tell(f"Round {number}, for both.", "TLP:GREEN", "USA", "AUS")
    secrets.append(f"Round {number}, for USA alone.")
    jpn.tell(secrets[-1], "TLP:AMBER//REL TO JPN, USA", "USA", "AUS")
    send_all(houses)
    cut_off(aus, apart=apart)
    start = time.monotonic()
    jpn.run("correct", shared[0], f"Round {number}: an hour later.")
    usa.run("reply", shared[0], f"Round {number}: we saw it too.")
    if shared[1:]:
        aus.run("reply", shared[1], f"Round {number}: not we.")
    aus.tell(f"Round {number}, of AUS.", "TLP:GREEN", "JPN", "USA")
    taken_back = usa.tell(f"Round {number}, wrong.", "TLP:GREEN", "JPN", "AUS")
    send_all(houses)
    for letter in taken_back:
        usa.run("revoke", letter, "--because", "wrong")
    join(aus, apart=apart)
    send_all(houses)
    send_all(houses)
    print(f"round {number}: {time.monotonic() - start:.0f} s", file=sys.stderr)


def found(houses: dict[str, House], secrets: list[str]) -> dict[str, Any]:
    """Say what is held where, whether states agree, and where secrets lie."""
    held = {code: letters(house) for code, house in houses.items()}
    waiting = {
        code: sum(one["waiting"] for one in house.run("partners")["partners"])
        for code, house in houses.items()
    }
    differing, missing = [], []
    for one in CODES:
        for other in CODES:
            shared = held[one].keys() & held[other].keys()
            differing += [
                key for key in shared if held[one][key]["state"] != held[other][key]["state"]
            ]
    for code, house in houses.items():
        for partner in CODES:
            if partner != code:
                missing += offered_and_missing(house, partner, held)
    leaked = [text for text in secrets if text in texts_held(houses["AUS"])]
    return {
        "letters": {code: len(of) for code, of in held.items()},
        "waiting": waiting,
        "offered_and_missing": len(missing),
        "states_that_differ": len(differing),
        "leaked": len(leaked),
        "refused": {code: len(house.run("refused")["refused"]) for code, house in houses.items()},
    }


def texts_held(house: House) -> set[str]:
    """Return what every report that a node holds says, its letters taken apart."""
    with opened_node(house.folder) as node:
        letters = [kept_letter(one.line).letter for one in node.register.letters()]
        assert not node.register.refusals()
    return {one.content.report.text for one in letters if isinstance(one.content, ReportContent)}


def offered_and_missing(
    house: House, partner: str, held: dict[str, dict[str, dict[str, Any]]]
) -> list[str]:
    path = house.folder / "probe.bundle"
    bundle = house.run("bundle", "--to", partner, "--all", "--output", str(path))
    return [letter for letter in bundle["letters"] if letter not in held[partner]]


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    rounds = int(words[0]) if words else 3
    apart = "--loopback" not in sys.argv and namespaces_permitted()
    secrets: list[str] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hoshimori-nodes-") as folder:
        houses = made_houses(Path(folder), apart=apart)
        try:
            for house in houses.values():
                house.serve()
            for number in range(rounds):
                one_round(houses, number, secrets, apart=apart)
            figures = found(houses, secrets)
        finally:
            for house in houses.values():
                house.end()
            if apart:
                unwire()
    keep(
        "drill_nodes",
        {
            "network": "namespaces" if apart else "loopback",
            "rounds": rounds,
            "wall_s": round(time.monotonic() - began, 1),
            **figures,
        },
    )


if __name__ == "__main__":
    main()
