"""`share send` and `share serve`: bundles over HTTPS, each side proved by its certificate."""

from __future__ import annotations

import socket
import ssl
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from hoshimori.cli.share_bundling import accepted_by_rule, print_taken, taken_value
from hoshimori.cli.sharing import ShareArguments, who
from hoshimori.dossier.language import say, say_count
from hoshimori.errors import HoshimoriError, SettingsError, SourceError
from hoshimori.formats.json_document import write_json
from hoshimori.web.share_node import share_app
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.node_certificates import certificate_pem
from hoshimori.workflows.sealing import write_whole
from hoshimori.workflows.share_exchange import Challenges, Exchanged, Hands, exchange, line_to
from hoshimori.workflows.share_house import (
    FOLDER,
    TLS_CERTIFICATE,
    TLS_KEY,
    Node,
    load_partners,
    opened_node,
)
from hoshimori.workflows.share_taking import Taken

PARTNERS_CERTIFICATES = "partners.pem"


@dataclass(frozen=True, slots=True)
class Failed:
    """A partner with whom nothing could be exchanged, and why."""

    partner: str
    problem: str
    is_unreachable: bool


def run_send(codes: tuple[str, ...], only: str, timeout_s: float, arguments: ShareArguments) -> int:
    """Exchange with partners; return 3 where one could not be reached, 2 where one refused."""
    done: list[Exchanged] = []
    failed: list[Failed] = []
    with opened_node(arguments.folder()) as node:
        if only and len(codes) != 1:
            raise SettingsError("--only is the digest of one preview: name one partner with --to")
        partners = [node.partner(code) for code in codes] or [
            one for one in node.partners.others if one.address
        ]
        hands = Hands(who(), SystemClock().now_utc, time.sleep)
        for partner in partners:
            try:
                with line_to(node, partner, timeout_s) as line:
                    one = exchange(node, partner, line, hands, only=only)
            except HoshimoriError as error:
                failed.append(Failed(partner.code, str(error), isinstance(error, SourceError)))
                continue
            done.append(one)
            for taken in one.taken:
                _tell(node, taken, arguments)
    _print(done, failed, arguments)
    if any(one.is_unreachable for one in failed):
        return 3
    return 2 if failed else 0


def run_share_serve(host: str, port: int, arguments: ShareArguments) -> None:
    """Answer partners until the process is told to end."""
    server = node_server(arguments)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise SettingsError(f"--host {host} --port {port}: {error.strerror or error}") from None
    with bound:
        shown = f"[{host}]" if ":" in host else host
        address = f"https://{shown}:{bound.getsockname()[1]}"
        told = say(arguments.words(), "share.listening", address=address)
        print(f"hoshimori: {told}", file=sys.stderr, flush=True)
        server.run(sockets=[bound])


def node_server(arguments: ShareArguments) -> uvicorn.Server:
    """Return the server of a node: TLS 1.3 alone, and for those alone whose card was taken.

    Raises:
        SettingsError: there is no node, or no partner that could ask.
    """
    folder = arguments.folder()
    app = share_app(
        folder,
        Challenges(time.monotonic),
        SystemClock().now_utc,
        lambda node, taken: _accepted_quietly(node, taken, arguments),
    )
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=folder / FOLDER / TLS_CERTIFICATE,
        ssl_keyfile=folder / FOLDER / TLS_KEY,
        ssl_cert_reqs=ssl.CERT_REQUIRED,
        ssl_ca_certs=str(_trusted_file(folder)),
        timeout_graceful_shutdown=5,
    )
    config.load()
    assert config.ssl is not None
    config.ssl.minimum_version = ssl.TLSVersion.TLSv1_3
    return uvicorn.Server(config)


def _trusted_file(folder: Path) -> Path:
    """Write the certificates of all partners into one file and return it.

    Raises:
        SettingsError: there is no partner whose node could ask.
    """
    partners = load_partners(folder).others
    if not partners:
        raise SettingsError("there is no partner yet: take a card with `hoshimori share add`")
    path = folder / FOLDER / PARTNERS_CERTIFICATES
    write_whole(path, b"".join(certificate_pem(one.certificate) for one in partners))
    return path


def _accepted_quietly(node: Node, taken: Taken, arguments: ShareArguments) -> None:
    """Bring in what rules let in; where the store is busy, `share accept` does so later."""
    try:
        accepted_by_rule(node, taken, arguments)
    except HoshimoriError as error:
        print(f"hoshimori: {error}", file=sys.stderr, flush=True)


def _tell(node: Node, taken: Taken, arguments: ShareArguments) -> None:
    accepted = accepted_by_rule(node, taken, arguments)
    if not arguments.as_json:
        print_taken(taken, accepted, arguments.words())


def _print(done: list[Exchanged], failed: list[Failed], arguments: ShareArguments) -> None:
    if arguments.as_json:
        told: dict[str, Any] = {
            "exchanged": [
                {
                    "partner": one.partner,
                    "sent": one.sent,
                    "bundles": [taken_value(one.partner, taken, ()) for taken in one.taken],
                }
                for one in done
            ],
            "failed": failed,
        }
        print(write_json(told))
    words = arguments.words()
    for one in done if not arguments.as_json else ():
        print(say_count(words, "share.sent", one.sent, partner=one.partner))
    for bad in failed:
        print(f"hoshimori: {bad.problem}", file=sys.stderr)
