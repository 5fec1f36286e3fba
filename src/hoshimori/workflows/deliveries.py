"""Files as they are opened and read: from a path to a reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.assets import read_assets
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.assets import Asset
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import source_of_file
from hoshimori.model.rejections import Reading

_DEFAULT_ASSETS = Path(__file__).with_name("default_assets.toml")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A catalogue file, its bytes and what they held."""

    path: Path
    payload: bytes
    received_utc: np.datetime64
    reading: Reading


def open_catalogues(paths: Iterable[Path]) -> Iterable[OpenedFile]:
    """Read catalogue files, and every catalogue file of folders among them.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file is no catalogue.
    """
    for path in catalogue_files(paths):
        payload = read_bytes(path)
        received = now_utc()
        yield OpenedFile(
            path,
            payload,
            received,
            read_catalogue(payload, source=source_of_file(path.name), received_utc=received),
        )


def catalogue_files(paths: Iterable[Path]) -> Iterable[Path]:
    """Return the files among paths, and those inside folders in the order of their names.

    Raises:
        SettingsError: a folder holds no file.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] != ".")
            if not inside:
                raise SettingsError(f"{path}: the folder holds no file")
            yield from inside
        else:
            yield path


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        SettingsError: there is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from None


def assets_from(text: str, *, option: str = "--assets") -> tuple[Asset, ...]:
    """Return the assets of a file's path, or of catalogue numbers parted by commas.

    Raises:
        SettingsError: neither numbers nor a file that exists.
        FormatError: the file is no asset list.
    """
    if not text:
        return read_assets(_DEFAULT_ASSETS.read_bytes(), source=_DEFAULT_ASSETS.name)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if parts and all(part.isascii() and part.isdigit() for part in parts):
        listed = "norad_id\n" + "\n".join(dict.fromkeys(parts))
        return read_assets(listed.encode(), source=option)
    path = Path(text)
    if not path.is_file():
        raise SettingsError(
            f"{option} {text}: neither catalogue numbers (25544,44476) nor a file that exists"
        )
    return read_assets(read_bytes(path), source=str(path))


def moment_from(text: str) -> np.datetime64:
    """Return a moment given in ISO 8601; UTC, with or without ``Z``.

    Raises:
        FormatError: the text is no such moment.

    >>> moment_from("2025-03-03T12:00:00Z")
    np.datetime64('2025-03-03T12:00:00.000000')
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise FormatError(
            f"{text!r} is not a moment; expected ISO 8601 in UTC, as in 2025-03-03T12:00:00Z"
        ) from None
    return as_column_time(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def now_utc() -> np.datetime64:
    """Return the present moment (datetime64[us], UTC)."""
    return as_column_time(datetime.now(UTC))
