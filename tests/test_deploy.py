"""What runs the server leaves nothing open that it does not need, and starts what there is."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer

from hoshimori.cli.app import app
from hoshimori.cli.serving import GRACE_S

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
COMMAND = typer.main.get_command(app)
UNITS = ("hoshimori.service", "hoshimori-backup.service", "hoshimori-backup.timer")
LOOPBACK = "http://127.0.0.1:8720/healthz"


def unit(name: str) -> configparser.ConfigParser:
    # Not strict: systemd takes a key that stands twice as a list; here the last counts.
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / name)
    return parser


def lock(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.!+-]+)", text, re.M))


@pytest.mark.parametrize("name", ["hoshimori.service", "hoshimori-backup.service"])
def test_a_unit_starts_a_command_that_exists(name: str) -> None:
    service = unit(name)["Service"]
    program, group, *words = shlex.split(service["ExecStart"].strip())
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert Path(program).name in scripts["project"]["scripts"]
    command = COMMAND.commands[group]  # type: ignore[attr-defined]
    if hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    context = command.make_context(group, words)
    assert str(context.params["store"]) == f"/var/lib/{service['StateDirectory'].strip()}"


def test_a_stop_gives_the_server_the_time_it_needs() -> None:
    service = unit("hoshimori.service")["Service"]
    assert service["KillMode"].strip() == "mixed"
    assert float(service["TimeoutStopSec"]) > GRACE_S
    assert service["RestartPreventExitStatus"].strip() == "2"


@pytest.mark.parametrize("name", ["hoshimori.service", "hoshimori-backup.service"])
def test_the_unit_leaves_nothing_open_that_it_does_not_need(name: str) -> None:
    service = {key: value.strip() for key, value in unit(name)["Service"].items()}
    closed = ("NoNewPrivileges", "PrivateDevices", "PrivateTmp", "PrivateUsers", "ProtectClock",
              "ProtectControlGroups", "ProtectHome", "ProtectHostname", "ProtectKernelLogs",
              "ProtectKernelModules", "ProtectKernelTunables", "RestrictNamespaces",
              "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality", "RemoveIPC")  # fmt: skip
    assert [key for key in closed if service.get(key) != "yes"] == []
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == service["AmbientCapabilities"] == ""
    assert service["UMask"] == "0077"
    assert service["User"] not in ("", "root")
    # The numerics are compiled while the program runs.
    assert "MemoryDenyWriteExecute" not in service


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(name: str) -> None:
    told = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # The program is not installed there where this is tested.
    lines = [line for line in told.stderr.splitlines() if "is not executable" not in line]
    assert [line for line in lines if "hoshimori" in line] == []


def test_the_page_shows_the_unit_as_it_is() -> None:
    page = (ROOT / "docs" / "explain" / "service.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```ini\n(.*?)```", page, re.S)
    assert block == (DEPLOY / "hoshimori.service").read_text(encoding="utf-8")


def test_the_container_runs_as_nobody_in_particular_and_starts_what_exists() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    last = text.split("\nFROM ")[-1]
    steps = re.findall(r"^([A-Z]+) +(.*)$", last, re.M)
    users = [value for step, value in steps if step == "USER"]
    assert users == ["10001:10001"]
    assert not re.search(r"^(ADD|RUN .*(curl|wget|pip))", last, re.M)
    (started,) = (json.loads(value) for step, value in steps if step == "CMD")
    context = COMMAND.commands[
        started[0]
    ].make_context(  # type: ignore[attr-defined]
        started[0], started[1:]
    )
    assert context.params["behind_proxy"]
    volumes = next(json.loads(value) for step, value in steps if step == "VOLUME")
    assert str(context.params["store"]) in volumes
    health = next(value for step, value in steps if step == "HEALTHCHECK")
    assert f"'{LOOPBACK}'" in health
    assert f":{context.params['port']}/" in LOOPBACK


def test_the_container_gets_what_is_locked_and_what_building_needs() -> None:
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = {
        source
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M)
        for source in sources.split()
    }
    assert all((ROOT / source).exists() for source in copied)
    assert {f"!{source}" for source in copied} <= set(ignored)
    assert "--require-hashes" in text
    assert "://" not in text.replace(LOOPBACK, "")


def test_the_server_is_locked_with_digests_to_the_same_versions() -> None:
    text = (ROOT / "requirements-server.lock").read_text(encoding="utf-8")
    server, everything = lock("requirements-server.lock"), lock("requirements.lock")
    assert len(server) > 30
    assert {name: everything.get(name) for name in server} == server
    assert "pytest" not in server
    assert "opentelemetry-sdk" in server
    assert text.count("--hash=sha256:") > len(server)
    assert "://" not in text
