"""The list of known failures that comes with the program."""

from __future__ import annotations

from pathlib import Path

from hoshimori.formats.known_failures import read_known_failures
from hoshimori.model.known_failures import KnownFailure

LIST = Path(__file__).with_name("known_failures.toml")


def known_failures(path: Path = LIST) -> tuple[KnownFailure, ...]:
    """Return the known failures of a list, by default the one that comes with the program.

    Raises:
        FormatError: the file is no such list.
    """
    return read_known_failures(path.read_bytes(), source=path.name)
