"""What operators state about radio interference, in rows of plain text."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say
from hoshimori.model.findings import OperatorReport
from hoshimori.model.receivers import Polarisation


def radio_measures(finding: OperatorReport, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what a report states about radio, one pair of key and value for each row."""
    radio = finding.radio
    if radio is None:
        return ()
    stated = radio.polarisation is not Polarisation.NOT_STATED
    link = radio.link
    told = (
        ("radio.frequency", _number(radio.frequency_mhz, "MHz")),
        ("radio.bandwidth", _number(radio.bandwidth_khz, "kHz")),
        ("radio.polarisation", radio.polarisation.value if stated else ""),
        ("radio.link", "" if link is None else say(language, f"receiver.link.{link.name.lower()}")),
        ("radio.beam", _printable(radio.beam)),
        ("radio.level", _number(radio.level_over_noise_db, "dB")),
        ("radio.modulation", _printable(radio.modulation)),
        ("radio.telemetry", _telemetry(finding, language)),
        ("radio.effect", _printable(radio.effect)),
        ("radio.steps", _printable(radio.steps)),
    )
    return tuple((key, value) for key, value in told if value)


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.12g} {unit}"


def _telemetry(finding: OperatorReport, language: Language) -> str:
    radio = finding.radio
    if radio is None or radio.telemetry_start_utc is None:
        return ""
    start = radio.telemetry_start_utc
    end = radio.telemetry_end_utc or start
    return say(
        language,
        "receiver.until",
        start=start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        end=end.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
