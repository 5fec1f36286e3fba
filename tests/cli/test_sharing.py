"""Two houses by the commands alone: cards, letters, files, corrections, and HTTPS between them."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.cli.in_process import completed_text
from tests.made_letters import NOW, made_sets

from hoshimori.cli.share_exchanging import node_server
from hoshimori.cli.sharing import ShareArguments
from hoshimori.errors import SourceError
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.sources.partner_nodes import NodeLine, PartnerNode
from hoshimori.workflows.node_certificates import certificate_pem, make_certificate

pytestmark = pytest.mark.xdist_group("cli-share")

REPORTS = """
[[report]]
statement = "service_lost"
objects = [44476]
start_utc = 2026-10-31T08:00:00Z
known_utc = 2026-10-31T09:00:00Z
source = "Example Operator"
text = "The service stopped."
grade = "A2"
marking = "TLP:GREEN"

[[report]]
statement = "fault_found"
objects = [44476]
start_utc = 2026-10-31T08:00:00Z
known_utc = 2026-10-31T10:00:00Z
source = "Example Operator"
text = "Ours alone."
marking = "TLP:RED"
"""


@dataclass
class Houses:
    """Two folders of stores side by side, and the commands run there."""

    folder: Path
    run: Callable[..., subprocess.CompletedProcess[str]]

    def share(self, code: str, *words: str) -> Any:
        done = self.run("share", *words, "--store", code, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def failed(self, code: str, *words: str, status: int = 2) -> str:
        done = self.run("share", *words, "--store", code)
        assert done.returncode == status, (done.stdout, done.stderr)
        return done.stderr

    def fingerprint(self, code: str) -> str:
        told: str = self.share(code, "card", "--output", f"{code}.card")["fingerprint"]
        return told

    def carried(self, sender: str, receiver: str) -> Any:
        """Carry a bundle as a file and return what became of it."""
        self.share(sender, "bundle", "--to", receiver, "--output", "carried.bundle")
        return self.share(receiver, "take", "carried.bundle")["bundles"][0]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Houses:
    folder = tmp_path_factory.mktemp("houses")
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return completed_text(folder, words, os.environ | own | {"NO_COLOR": "1", "COLUMNS": "160"})

    made = Houses(folder, run)
    (folder / "reports.toml").write_text(REPORTS, encoding="utf-8")
    (folder / "sets.csv").write_bytes(write_omm_csv(made_sets()))
    (folder / "hoshimori.toml").write_text('[markings]\nfile = "TLP:GREEN"\n', encoding="utf-8")
    for code in ("JPN", "USA"):
        address = f"https://127.0.0.1:{free_port()}"
        begun = made.share(code, "init", "--as", code, "--address", address)
        assert begun["fingerprint"] == made.fingerprint(code)
    return made


@pytest.fixture(scope="module")
def met(houses: Houses) -> Houses:
    jpn, usa = houses.fingerprint("JPN"), houses.fingerprint("USA")
    terms = ("--limit", "TLP:AMBER", "--reliability", "B")
    houses.share("JPN", "add", "USA.card", *terms, "--fingerprint", usa)
    houses.share("USA", "add", "JPN.card", *terms, "--fingerprint", jpn, "--accept", "report")
    return houses


def test_a_card_is_taken_only_with_what_was_said_on_the_telephone(houses: Houses) -> None:
    told = houses.failed("JPN", "add", "USA.card")
    assert houses.fingerprint("USA") in told
    assert "by telephone" in told
    wrong = houses.fingerprint("JPN")
    assert "compare it" in houses.failed("JPN", "add", "USA.card", "--fingerprint", wrong)
    assert "TLP:AMBER at most" in houses.failed("JPN", "add", "USA.card", "--limit", "TLP:RED")
    text = (houses.folder / "USA.card").read_text(encoding="utf-8")
    forged = text.replace('"sig":"', '"sig":"AAAA', 1)
    (houses.folder / "forged.card").write_text(forged, encoding="utf-8")
    assert "was not signed by the key" in houses.failed("JPN", "add", "forged.card")


def test_a_node_is_begun_once_and_its_keys_are_private(houses: Houses) -> None:
    assert "is there already" in houses.failed("JPN", "init", "--as", "JPN")
    assert "begin with `hoshimori share init" in houses.failed("nowhere", "partners")
    for path in (houses.folder / "JPN" / "share").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_report_goes_by_file_and_is_answered(met: Houses) -> None:
    offered = met.share("JPN", "offer", "--report", "reports.toml", "--to", "USA")["offered"][0]
    (letter,) = offered["letters"]
    assert offered["stay"] == ["level"]
    shown = met.share("JPN", "preview", "--to", "USA")
    assert [one["letter_id"] for one in shown["letters"]] == [letter["letter_id"]]
    only = ("bundle", "--to", "USA", "--output", "no.bundle", "--only")
    assert "is not what was previewed" in met.failed("JPN", *only, "0" * 64)
    assert not (met.folder / "no.bundle").exists()
    met.share("JPN", *only, shown["digest"])
    done = met.carried("JPN", "USA")
    assert done["new"] == [letter["letter_id"]]
    # The standing rule brought it in, with the lower of the two reliabilities.
    (accepted,) = done["accepted"]
    text = (met.folder / accepted["file"]).read_text(encoding="utf-8")
    assert 'grade = "B2"' in text
    assert accepted["new"] == 1
    start = letter["letter_id"][:12]
    met.share("USA", "reply", start, "We saw it too.")
    met.share("USA", "reply", start, "Which antenna?", "--as", "question")
    assert len(met.carried("USA", "JPN")["new"]) == 2
    page = met.share("JPN", "show", start)
    assert [one["letter_kind"] for one in page["about"]] == ["reply", "question"]
    assert met.share("JPN", "partners")["partners"][0]["waiting"] == 0
    # Told in words, in both languages.
    for language, word in (("en", "The service stopped."), ("ja", "反論")):
        spoken = met.run("share", "show", start, "--store", "JPN", "--language", language)
        assert word in spoken.stdout


def test_a_correction_and_a_revocation_reach_who_has_the_letter(met: Houses) -> None:
    (letter,) = met.share(
        "JPN", "offer", "--report", "reports.toml", "--to", "USA", "--lasts", "9"
    )["offered"][0]["letters"]
    start = letter["letter_id"][:12]
    met.carried("JPN", "USA")
    assert "is of JPN: only its origin" in met.failed("USA", "correct", start, "No.")
    met.share("JPN", "correct", start, "It stopped at nine.")
    met.carried("JPN", "USA")
    listed = {one["letter_id"]: one for one in met.share("USA", "inbox", "--all")["letters"]}
    assert listed[letter["letter_id"]]["state"] == "corrected"
    met.share("JPN", "revoke", start, "--because", "replaced")
    met.carried("JPN", "USA")
    listed = {one["letter_id"]: one for one in met.share("USA", "inbox", "--all")["letters"]}
    assert listed[letter["letter_id"]]["state"] == "revoked"
    counting = {one["letter_id"] for one in met.share("USA", "inbox")["letters"]}
    assert letter["letter_id"] not in counting
    assert "does not count" in met.failed("USA", "accept", start)


def test_facts_come_into_the_picture_under_the_name_and_marking_of_the_letter(met: Houses) -> None:
    settings = ("--settings", "hoshimori.toml")
    assert met.run("ingest", "sets.csv", "--store", "JPN").returncode == 0
    facts = ("offer", "--facts", "44476,55841", "--days", "9999", "--to", "USA")
    assert "nothing of the last" in met.failed("JPN", "offer", "--facts", "7", "--to", "USA")
    (letter,) = met.share("JPN", *facts, *settings)["offered"][0]["letters"]
    assert (letter["letter_kind"], letter["marking"]) == ("facts", "TLP:GREEN")
    assert met.carried("JPN", "USA")["accepted"] == []
    done = met.share("USA", "accept", letter["letter_id"][:12])
    assert (done["new"], done["known"]) == (2, 0)
    assert done["source"] == "partner/JPN/TLP:GREEN"
    again = met.share("USA", "accept", letter["letter_id"][:12])
    assert (again["new"], again["known"]) == (0, 2)
    views = {one["letter_id"]: one for one in met.share("USA", "inbox")["letters"]}
    assert views[letter["letter_id"]]["accepted"]


def test_a_refused_bundle_is_listed_and_in_the_audit(met: Houses) -> None:
    (met.folder / "bad.bundle").write_bytes(b"PK\x03\x04")
    assert "is compressed" in met.failed("USA", "take", "bad.bundle")
    (refused,) = met.share("USA", "refused")["refused"]
    assert refused["reason"] == "unreadable"
    audit = met.run("audit", "show", "--store", "USA", "--json")
    entries = json.loads(audit.stdout)["entries"]
    assert entries[-1]["kind"] == "refused"
    assert "is compressed" in entries[-1]["why"]
    assert "unreadable" in met.run("share", "refused", "--store", "USA").stdout


def test_what_is_meant_must_be_said(met: Houses) -> None:
    assert "name what is to be told" in met.failed("JPN", "offer", "--to", "USA")
    assert "is no partner here" in met.failed("JPN", "preview", "--to", "NZL")
    assert "at least 6 digits" in met.failed("JPN", "show", "12")
    assert "no such letter" in met.failed("JPN", "show", "0" * 12)


@pytest.fixture
def served(met: Houses) -> Iterator[Houses]:
    """Serve the node of USA in a thread."""
    address = met.share("JPN", "partners")["partners"][0]["address"]
    server = node_server(ShareArguments(met.folder / "USA", None, "en", True))
    bound = socket.create_server(("127.0.0.1", int(address.rsplit(":", 1)[1])))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield met
    server.should_exit = True
    thread.join()
    bound.close()


def test_letters_go_both_ways_over_https(served: Houses) -> None:
    (ours,) = served.share("JPN", "offer", "--report", "reports.toml", "--to", "USA")["offered"][0][
        "letters"
    ]
    done = served.share("JPN", "send")
    assert done["failed"] == []
    (exchanged,) = done["exchanged"]
    assert exchanged["sent"] >= 1
    held = {one["letter_id"] for one in served.share("USA", "inbox", "--all")["letters"]}
    assert ours["letter_id"] in held
    served.share("USA", "reply", ours["letter_id"][:12], "Thank you.")
    (back,) = served.share("JPN", "send", "--to", "USA")["exchanged"]
    assert len(back["bundles"][0]["new"]) == 1
    assert served.share("USA", "partners")["partners"][0]["waiting"] == 1
    served.share("JPN", "send")
    assert served.share("USA", "partners")["partners"][0]["waiting"] == 0


def client(address: str, folder: Path | None) -> httpx2.Client:
    """Return a client that trusts whoever answers and shows the certificate of a folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if folder is not None:
        context.load_cert_chain(folder / "tls-certificate.pem", folder / "tls.pem")
    return httpx2.Client(verify=context, trust_env=False, base_url=address)


def made_stranger(folder: Path) -> Path:
    key, certificate = make_certificate("JPN", "https://127.0.0.1:1", NOW)
    (folder / "tls.pem").write_bytes(key)
    (folder / "tls-certificate.pem").write_bytes(certificate_pem(certificate))
    return folder


def test_who_is_not_known_does_not_come_in(served: Houses, tmp_path: Path) -> None:
    address = served.share("JPN", "partners")["partners"][0]["address"]
    for folder in (None, made_stranger(tmp_path)):
        with client(address, folder) as stranger, pytest.raises(httpx2.HTTPError):
            stranger.get("/share/v1/challenge")


def test_who_answers_must_have_the_certificate_of_the_card(served: Houses, tmp_path: Path) -> None:
    address = served.share("JPN", "partners")["partners"][0]["address"]
    own = served.folder / "JPN" / "share"
    other = (made_stranger(tmp_path) / "tls-certificate.pem").read_text(encoding="utf-8")
    keys = (own / "tls-certificate.pem", own / "tls.pem")
    with (
        PartnerNode(NodeLine("USA", address, other, *keys, 10**6)) as node,
        pytest.raises(SourceError, match="USA cannot be reached"),
    ):
        node.challenge()
    with pytest.raises(SourceError, match="use `hoshimori share bundle`"):
        PartnerNode(NodeLine("USA", "", other, *keys, 10**6))


def test_a_known_partner_gets_no_more_than_its_turn(served: Houses) -> None:
    address = served.share("JPN", "partners")["partners"][0]["address"]
    with client(address, served.folder / "JPN" / "share") as known:
        first, second = (known.get("/share/v1/challenge").text for _ in range(2))
        assert first != second
        assert known.get("/docs").status_code == 404
        refused = known.post("/share/v1/bundle", content=b"PK bomb")
        assert (refused.status_code, "is compressed" in refused.text) == (422, True)
        served.share("JPN", "bundle", "--to", "USA", "--all", "--output", "replay.bundle")
        replayed = (served.folder / "replay.bundle").read_bytes()
        stale = known.post("/share/v1/bundle", content=replayed)
        assert (stale.status_code, stale.text.partition(":")[0]) == (422, "stale")
        large = known.post("/share/v1/bundle", content=iter([b"{" * 2**20] * 33))
        assert (large.status_code, "more than" in large.text) == (422, True)


def test_a_partner_that_cannot_be_reached_is_exit_status_3(
    met: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    done = met.run("share", "send", "--timeout", "1", "--store", "JPN")
    assert done.returncode == 3
    assert "cannot be reached" in done.stderr
