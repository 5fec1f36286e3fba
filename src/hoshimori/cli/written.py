"""Files that a command writes where an option says so."""

from __future__ import annotations

from pathlib import Path

from hoshimori.errors import SettingsError


def write_file(option: str, path: Path, content: str | bytes) -> None:
    """Write a file.

    Raises:
        SettingsError: it cannot be written; the option is named.
    """
    written = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.write_bytes(written)
    except OSError as error:
        raise SettingsError(f"{option} {path}: {error.strerror or error}") from None
