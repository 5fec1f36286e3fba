"""Verifying a dossier: its seal, by the verifier's own list of keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoshimori.dossier.seal_check import check_seal
from hoshimori.errors import SettingsError
from hoshimori.formats.trust import read_trust
from hoshimori.model.dossiers import SealReport, Trust


def verify_seal(data: bytes, trust: Trust, as_of_utc: datetime) -> SealReport:
    """Return what the seal of a file says; what is wrong stands in the report.

    No network is needed and nothing is believed but the verifier's own list of keys.
    """
    return check_seal(data, trust, as_of_utc)


def load_trust(path: Path | None) -> Trust:
    """Return the keys of a trust file; no keys where there is none.

    Raises:
        FormatError: the file is no trust file.
        SettingsError: it cannot be read.
    """
    if path is None:
        return Trust()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    return read_trust(data, str(path))
