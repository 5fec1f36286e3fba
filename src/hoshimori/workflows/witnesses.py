"""Who is told of what happens in a server: a log of JSON lines, a collector of traces, nobody."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from hoshimori import __version__
from hoshimori.formats.log_lines import log_line
from hoshimori.model.board import DetectorRun
from hoshimori.model.floor import JobName, JobOutcome, JobRun
from hoshimori.model.happenings import Happening, Witness
from hoshimori.outlets.telemetry import Telemetry, telemetry_to

_SECRET_NAMES = (
    "HOSHIMORI_KEY",
    "HOSHIMORI_PASSWORD",
    "HOSHIMORI_OIDC_SECRET",
    "HOSHIMORI_SPACETRACK_IDENTITY",
    "HOSHIMORI_SPACETRACK_PASSWORD",
    "OTEL_EXPORTER_OTLP_HEADERS",
)
_CHANNELS = "HOSHIMORI_CHANNEL_"


def known_secrets(*more: str, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the secrets that this process was given by its environment, and more."""
    found = [environment.get(name, "") for name in _SECRET_NAMES]
    found += [value for name, value in environment.items() if name.startswith(_CHANNELS)]
    return tuple(secret for secret in (*found, *more) if secret)


def lines_to(write: Callable[[str], object], secrets: Collection[str]) -> Witness:
    """Return a witness that writes each happening as one line; threads may share it."""
    lock = threading.Lock()

    def witness(happening: Happening) -> None:
        line = log_line(happening, secrets)
        with lock:
            write(line + "\n")

    return witness


def all_of(witnesses: Collection[Witness]) -> Witness:
    """Return a witness that tells every one of several."""

    def witness(happening: Happening) -> None:
        for one in witnesses:
            one(happening)

    return witness


def opened_telemetry(address: str, secrets: Collection[str]) -> Telemetry:
    """Return what sends traces to a collector; close it after use.

    Raises:
        SettingsError: the address cannot be trusted, or the extra is not installed.
    """
    return telemetry_to(address, version=__version__, secrets=secrets)


def tell_job(witness: Witness, run: JobRun, asked: tuple[Happening, ...]) -> None:
    """Tell of a run of a job, unless it had nothing to do; of a watch with the detectors asked."""
    if run.outcome is JobOutcome.NOTHING_NEW:
        return
    happening = Happening(
        what="job",
        about=run.name.value,
        begun_utc=run.started_utc,
        ended_utc=max(run.started_utc, run.ended_utc),
        outcome=run.outcome.value,
        problem=run.problem,
        details={"subject": run.subject, "steady_seconds": run.seconds, "skipped": run.skipped},
        parts=asked if run.name is JobName.WATCH else (),
    )
    witness(happening)


def detector_happening(run: DetectorRun, begun_utc: datetime, ended_utc: datetime) -> Happening:
    """Return a detector's answer as what happened."""
    return Happening(
        what="detector",
        about=run.detector,
        begun_utc=begun_utc,
        ended_utc=max(begun_utc, ended_utc),
        problem=run.problem,
        details={"findings": run.findings},
    )
