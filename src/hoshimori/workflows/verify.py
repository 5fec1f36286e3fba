"""Verifying a dossier: its seal, by the verifier's own list of keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoshimori.dossier.opening import unpack
from hoshimori.dossier.seal_check import check_seal
from hoshimori.dossier.timestamps import stamp_of
from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.trust import read_trust
from hoshimori.model.dossiers import SealReport, Stamp, Trust


def verify_seal(
    data: bytes, trust: Trust, as_of_utc: datetime, stamp: Stamp | None = None
) -> SealReport:
    """Return what the seal of a file says; what is wrong stands in the report.

    No network is needed and nothing is believed but the verifier's own list of keys.
    """
    return check_seal(data, trust, as_of_utc, stamp)


def load_stamp(data: bytes, reply: Path, authority: Path) -> Stamp:
    """Return until when the signatures of a dossier were made, by a timestamp (RFC 3161).

    `reply`: the authority's answer; `authority`: its root certificates (PEM).

    Raises:
        FormatError: the timestamp is not of this dossier's signatures or not of that authority.
        SettingsError: a file cannot be read.
    """
    try:
        return stamp_of(unpack(data), _content(reply), _content(authority))
    except FormatError as error:
        raise FormatError(error.problem, source=error.source or str(reply)) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error


def load_trust(path: Path | None) -> Trust:
    """Return the keys of a trust file; no keys where there is none.

    Raises:
        FormatError: the file is no trust file.
        SettingsError: it cannot be read.
    """
    if path is None:
        return Trust()
    return read_trust(_content(path), str(path))
