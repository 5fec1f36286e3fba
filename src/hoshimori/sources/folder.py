"""A folder that is watched for new files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hoshimori.errors import SourceError
from hoshimori.model.provenance import source_of_file
from hoshimori.sources.delivery import Delivery
from hoshimori.sources.polite import Clock, utc_now

_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", "~")

Signature = tuple[int, int]
"""Size and moment of the last change; both stand still once a file is complete."""


class WatchedFolder:
    """Hands over each complete file of a folder once, and again when it has changed.

    A file is complete when its size and time of change are the same in two looks in a row; hidden
    files and those that downloads leave unfinished are passed over. What was handed over is
    remembered only while this object lives: the store makes nothing of what it holds already.
    """

    def __init__(self, folder: Path, clock: Clock = utc_now) -> None:
        self._folder = folder
        self._clock = clock
        self._seen: dict[Path, Signature] = {}
        self._handed_over: dict[Path, Signature] = {}

    def look(self) -> Iterator[Delivery]:
        """Yield the files that became complete since the last look, ordered by name.

        Raises:
            SourceError: the folder is gone; or, after all good files, some could not be read.
        """
        before, self._seen = self._seen, self._signatures()
        unreadable = []
        for path, signature in self._seen.items():
            if before.get(path) != signature or self._handed_over.get(path) == signature:
                continue
            self._handed_over[path] = signature
            try:
                yield Delivery(source_of_file(path.name), self._clock(), path.read_bytes())
            except OSError as error:
                unreadable.append(f"{path}: cannot be read: {error.strerror}")
        if unreadable:
            raise SourceError("; ".join(unreadable))

    def _signatures(self) -> dict[Path, Signature]:
        try:
            paths = sorted(self._folder.iterdir())
        except OSError as error:
            raise SourceError(f"{self._folder}: cannot be watched: {error.strerror}") from error
        found = {path: _signature(path) for path in paths if _is_meant(path)}
        return {path: signature for path, signature in found.items() if signature}


def _is_meant(path: Path) -> bool:
    return not path.name.startswith(".") and not path.name.endswith(_UNFINISHED)


def _signature(path: Path) -> Signature | None:
    """Return what tells a change; None for folders, empty files and files that went away."""
    try:
        state = path.stat()
    except OSError:
        return None
    return (state.st_size, state.st_mtime_ns) if path.is_file() and state.st_size else None
