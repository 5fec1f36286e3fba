"""Tries the whole description of the API on a running server, for as long as one likes.

Run: ``python tests/web/whole_description.py [EXAMPLES] [SEED]`` (by default 50 for each route).
It serves a small made sky on a free port and lets schemathesis ask; live events are left out,
since their answer never ends.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

from hoshimori.workflows.running import NAME, RunFile, running_server

WITHOUT = "/api/v1/live"
_BIN = Path(sys.executable).parent


def started(folder: Path) -> tuple[subprocess.Popen[bytes], RunFile]:
    """Start a server over a small made sky, and return it once it has a board."""
    command = [str(_BIN / "hoshimori"), "serve", "--synthetic", "--objects", "600", "--port", "0"]
    server = subprocess.Popen([*command, "--store", str(folder)])
    while server.poll() is None:
        run = running_server(folder)
        if run is not None and has_board(run):
            return server, run
        time.sleep(0.05)
    raise SystemExit(f"the server ended with {server.returncode}; no {NAME} was found")


def has_board(run: RunFile) -> bool:
    """Tell whether the server answers and has watched once."""
    try:
        return bool(httpx2.get(f"{run.url}/healthz", timeout=60.0).json()["has_board"])
    except httpx2.TransportError:
        return False


def main() -> int:
    """Return the exit status of schemathesis: 0 where it found nothing."""
    examples, seed = [*sys.argv[1:3], *("50", "1")[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as folder:
        server, run = started(Path(folder))
        try:
            return subprocess.run(
                [
                    str(_BIN / "schemathesis"), "run", f"{run.url}/api/v1/openapi.json",
                    "--header", f"Authorization: Bearer {run.token}",
                    "--exclude-path", WITHOUT, "--max-examples", examples, "--seed", seed,
                    "--checks", CHECKS, "--request-timeout", "30", "--continue-on-failure",
                ],
                check=False,
            ).returncode  # fmt: skip
        finally:
            server.terminate()
            server.wait(120)


CHECKS = ",".join(
    (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
)


if __name__ == "__main__":
    sys.exit(main())
