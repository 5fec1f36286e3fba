"""What a server tells of itself on stderr, in words or in JSON lines, and to a collector."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from hoshimori.formats.log_lines import log_line
from hoshimori.model.happenings import Happening, Witness
from hoshimori.workflows.witnesses import all_of, known_secrets, lines_to, opened_telemetry


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears what a server does."""

    witness: Witness
    log_json: bool

    def say(self, text: str) -> None:
        """Tell people something in one line."""
        say(text, log_json=self.log_json)


def say(text: str, *, log_json: bool) -> None:
    """Print one line on stderr, in words or in JSON."""
    line = log_line(_of_server("said", text)) if log_json else f"hoshimori: {text}"
    print(line, file=sys.stderr, flush=True)


@contextlib.contextmanager
def witnessing(*secrets: str, log_json: bool, telemetry: str) -> Iterator[Told]:
    """Give who is told; `secrets` are values that must never be said, besides the environment's.

    Raises:
        SettingsError: the collector's address cannot be trusted, or the extra is not installed.
    """
    known = known_secrets(*secrets)
    with contextlib.ExitStack() as stack:
        witnesses: list[Witness] = []
        if log_json:
            witnesses.append(lines_to(_write, known))
            stack.enter_context(_libraries_in_json(known))
        if telemetry:
            collector = opened_telemetry(telemetry, known)
            stack.callback(collector.close)
            witnesses.append(collector.witness)
        yield Told(all_of(witnesses), log_json)


def _write(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()


class _JsonLines(logging.Formatter):
    """Tells what libraries log in our form."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line, with what was raised."""
        said = record.getMessage()
        if record.exc_info:
            said += "\n" + "".join(traceback.format_exception(*record.exc_info))
        is_problem = record.levelno >= logging.WARNING
        return log_line(_of_server(record.name, said, is_problem=is_problem), self._secrets)


@contextlib.contextmanager
def _libraries_in_json(secrets: Collection[str]) -> Iterator[None]:
    root, shown = logging.getLogger(), logging.StreamHandler()
    shown.setFormatter(_JsonLines(secrets))
    root.addHandler(shown)
    try:
        yield
    finally:
        root.removeHandler(shown)


def _of_server(about: str, text: str, *, is_problem: bool = False) -> Happening:
    now_utc = datetime.now(UTC)
    told = {} if is_problem else {"text": text}
    problem = text if is_problem else ""
    return Happening("server", about, now_utc, now_utc, problem=problem, details=told)
