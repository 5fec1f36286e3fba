"""What an operator states about radio interference, beside the statement itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.receivers import Link, Polarisation


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioParticulars:
    """The fields of a form about radio interference; empty or None where nothing is stated.

    Source: the anomaly form of Space ISAC; Radio Regulations, Appendix 10.
    """

    frequency_mhz: float | None = None
    """Where the interference was seen."""
    bandwidth_khz: float | None = None
    """How wide it was."""
    polarisation: Polarisation = Polarisation.NOT_STATED
    """Of the interference, as observed."""
    link: Link | None = None
    """Which link was disturbed."""
    beam: str = ""
    """Of the satellite, as its operator names it."""
    level_over_noise_db: float | None = None
    modulation: str = ""
    """Class of emission or modulation seen: carrier, swept, noise, or as in 36M0G7W."""
    telemetry_start_utc: datetime | None = None
    telemetry_end_utc: datetime | None = None
    """The stretch of telemetry that shows it."""
    effect: str = ""
    """On the service."""
    steps: str = ""
    """Taken so far."""
