"""`serve` as its users meet it: it says where it is, ends cleanly, and refuses what cannot be."""

from __future__ import annotations

import ipaddress
import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from platformdirs import user_cache_dir

PROGRAM = Path(sys.executable).with_name("hoshimori")
PATIENCE_S = 900

pytestmark = pytest.mark.xdist_group("cli")


KERNELS = {"NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", user_cache_dir("hoshimori"))}
"""Compiled functions are those that are there: a folder of its own would compile them anew."""


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{k}_HOME": str(folder / k) for k in ("CONFIG", "DATA", "CACHE")}
    return os.environ | own | KERNELS


def refused(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [PROGRAM, "serve", *arguments], env=environment(folder), capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    return done.stderr


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine, and return its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return chain, private


@pytest.mark.parametrize(("ending", "scheme"), [(signal.SIGTERM, "http"), (signal.SIGINT, "https")])
def test_it_says_where_it_is_answers_and_ends_cleanly(
    tmp_path: Path, ending: signal.Signals, scheme: str
) -> None:
    store, command = tmp_path / "store", [PROGRAM, "serve", "--synthetic", "--objects", "50"]
    verify: ssl.SSLContext | bool = True
    if scheme == "https":
        chain, key = certificate(tmp_path)
        command += ["--tls-certificate", chain, "--tls-key", key]
        verify = ssl.create_default_context(cafile=chain)
    server = subprocess.Popen(
        [*command, "--port", "0", "--store", store],
        env=environment(tmp_path), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    run = store / "run.json"
    began = time.monotonic()
    while not run.exists() and server.poll() is None and time.monotonic() - began < PATIENCE_S:
        time.sleep(0.05)
    stated = json.loads(run.read_text())
    assert stat.S_IMODE(run.stat().st_mode) == 0o600
    assert stated["url"].startswith(f"{scheme}://127.0.0.1:")
    assert stated["pid"] == server.pid
    assert len(stated["token"]) >= 32
    health = httpx2.get(f"{stated['url']}/healthz", timeout=PATIENCE_S, verify=verify)
    assert health.json()["alive"] is True
    assert ("strict-transport-security" in health.headers) is (scheme == "https")
    server.send_signal(ending)
    _, told = server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0, told
    assert "keeps watch at" in told
    # DuckDB's binding may count what it leaks after that: it was ended in the midst of a watch.
    assert "\nhoshimori: ended\n" in told
    assert "Traceback" not in told
    assert not run.exists()


def test_half_of_what_tls_needs_is_refused(tmp_path: Path) -> None:
    assert "belong together" in refused(tmp_path, "--tls-key", str(tmp_path / "key.pem"))
    pair = ("--tls-certificate", str(tmp_path / "a.pem"), "--tls-key", str(tmp_path / "b.pem"))
    assert "--tls-certificate" in refused(tmp_path, *pair)


def test_without_accounts_it_listens_on_this_machine_alone(tmp_path: Path) -> None:
    told = refused(tmp_path, "--host", "0.0.0.0", "--port", "0", "--synthetic")
    assert "Traceback" not in told


def test_an_address_that_is_not_here_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"--port {port}" in refused(tmp_path, "--synthetic", "--port", port)
