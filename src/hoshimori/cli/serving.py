"""`serve`: from arguments to a floor that keeps watch and a server that shows it."""

from __future__ import annotations

import contextlib
import signal
import socket
import ssl
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG

from hoshimori.cli.witnessing import say, witnessing
from hoshimori.errors import SettingsError
from hoshimori.model.happenings import Witness
from hoshimori.settings import Settings, load_settings
from hoshimori.web.access_routes import hosts_of
from hoshimori.web.app import make_app
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.workflows.access import check_binding, is_configured, is_loopback
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.entrance import opened_entrance
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts, made_floor_parts
from hoshimori.workflows.live_exercise import LiveExercise
from hoshimori.workflows.running import RunFile, kept_run_file
from hoshimori.workflows.stores import named_place

_TURN_S = 0.001
GRACE_S = 5
"""How long answers that are on their way may take when the server ends."""


@dataclass(frozen=True, slots=True)
class ServeArguments:
    """What the user asked to serve, and where."""

    host: str
    port: int
    synthetic_seed: int | None
    objects: int
    tls_certificate: Path | None
    tls_key: Path | None
    behind_proxy: bool
    open_browser: bool
    store: Path | None
    settings: Path | None
    log_json: bool = False
    """Whether what happens is told in JSON lines on stderr."""
    telemetry: str = ""
    """Address of a collector of traces; empty: none."""


def run_serve(arguments: ServeArguments) -> int:
    """Keep watch and serve until the process is told to end; return the exit status.

    Raises:
        SettingsError: the arguments contradict one another, or the address cannot be had.
        StoreError: another process has the store open.
    """
    tree = load_settings(arguments.settings)

    def opened(stack: contextlib.ExitStack, witness: Witness) -> Opened:
        return Opened(_floor(arguments, tree, stack, witness))

    return serve_floor(arguments, tree, opened)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A floor that is to be served, with the exercise that it plays, if any."""

    floor: Floor
    exercise: LiveExercise | None = None

    def start(self) -> None:
        """Keep watch in the background, and let an exercise go."""
        self.floor.start()
        if self.exercise is not None:
            self.exercise.start()


def serve_floor(
    arguments: ServeArguments,
    tree: Settings,
    opened: Callable[[contextlib.ExitStack, Witness], Opened],
) -> int:
    """Serve a floor until the process is told to end; `opened` opens it within a stack.

    Raises as `run_serve`.
    """
    _check_tls(arguments)
    for ending in (signal.SIGTERM, signal.SIGINT):
        # Also where the shell that began it had one of them ignored.
        signal.signal(ending, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        _check_binding(arguments, tree)
        listening = stack.enter_context(_listening(arguments.host, arguments.port))
        run = RunFile.here(_url(arguments, listening))
        told = stack.enter_context(
            witnessing(run.token, log_json=arguments.log_json, telemetry=arguments.telemetry)
        )
        served = opened(stack, told.witness)
        floor = stack.enter_context(served.floor)
        gate = _gate(stack, arguments, tree, floor.folder, run.token)
        hosts = hosts_of(tree.access.hosts)
        app = make_app(floor, gate, hosts=hosts, exercise=served.exercise, witness=told.witness)
        stack.enter_context(kept_run_file(floor.folder, run))
        served.start()
        told.say(
            f"keeps watch at {run.url} (store: {named_place(floor.folder)}); end it with Ctrl-C"
        )
        if arguments.open_browser:
            threading.Timer(1.0, webbrowser.open, (run.url,)).start()
        _serve(app, listening, arguments)
    say("ended", log_json=arguments.log_json)
    return 0


class _Server(uvicorn.Server):
    """Ends live streams first: a server that ends waits for every answer that is on its way."""

    def handle_exit(self, sig: int, frame: object) -> None:
        app: FastAPI = self.config.app  # type: ignore[assignment]
        app.state.desk.listeners.close_soon()
        super().handle_exit(sig, frame)  # type: ignore[arg-type]


def _serve(app: FastAPI, listening: socket.socket, arguments: ServeArguments) -> None:
    config = uvicorn.Config(
        app,
        ssl_certfile=arguments.tls_certificate,
        ssl_keyfile=arguments.tls_key,
        log_level="warning",
        log_config=None if arguments.log_json else LOGGING_CONFIG,
        access_log=False,
        server_header=False,
        proxy_headers=arguments.behind_proxy,  # else anybody could state an address
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=75,
    )
    # Pages are made in threads beside the loop that answers: it must get its turn soon.
    sys.setswitchinterval(_TURN_S)
    _Server(config).run(sockets=[listening])


def _gate(
    stack: contextlib.ExitStack,
    arguments: ServeArguments,
    tree: Settings,
    folder: Path,
    token: str,
) -> Doorkeeper:
    is_local = is_loopback(arguments.host) and not arguments.behind_proxy
    opened = opened_entrance(tree, folder, is_local=is_local, local_token=token)
    return Doorkeeper(
        stack.enter_context(opened),
        is_secure=arguments.behind_proxy or arguments.tls_certificate is not None,
        now_utc=SystemClock().now_utc,
    )


def _check_binding(arguments: ServeArguments, tree: Settings) -> None:
    """Refuse to serve where anybody could come in."""
    check_binding(
        arguments.host,
        has_accounts=is_configured(tree, arguments.store),
        has_tls=arguments.tls_certificate is not None,
        behind_proxy=arguments.behind_proxy,
        hosts=hosts_of(tree.access.hosts),
    )


def _floor(
    arguments: ServeArguments, tree: Settings, stack: contextlib.ExitStack, witness: Witness
) -> Floor:
    if arguments.synthetic_seed is None:
        return Floor(tree, arguments.store, FloorParts(witness=witness))
    folder = arguments.store
    if folder is None:
        # What is made must not mix with what is real.
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="hoshimori-made-"))
        folder = Path(made)
    parts = made_floor_parts(seed=arguments.synthetic_seed, objects=arguments.objects)
    return Floor(tree, folder, replace(parts, witness=witness))


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise SettingsError(f"--host {host} --port {port}: {error.strerror or error}") from None
    with bound:
        yield bound


def _check_tls(arguments: ServeArguments) -> None:
    certificate, key = arguments.tls_certificate, arguments.tls_key
    if (certificate is None) != (key is None):
        raise SettingsError("--tls-certificate and --tls-key belong together")
    if certificate is None or key is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"--tls-certificate {certificate}: {error}") from None


def _url(arguments: ServeArguments, listening: socket.socket) -> str:
    scheme = "https" if arguments.tls_certificate else "http"
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    return f"{scheme}://{host}:{listening.getsockname()[1]}"
