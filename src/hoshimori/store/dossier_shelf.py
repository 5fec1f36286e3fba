"""The shelf of composed dossiers: sealed files with a record beside each, for the owner alone."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from hoshimori.errors import StoreError
from hoshimori.model.composed import ComposedDossier
from hoshimori.store.exercise_mark import exercise_of

FOLDER: Final = "dossiers"
_RECORD: Final = TypeAdapter(ComposedDossier)
_NAME: Final = re.compile(r"DOS-[0-9a-f]{10}[\w.-]{0,80}")


class DossierShelf:
    """Dossiers in a folder of the store; every file is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self.exercise = exercise_of(folder)
        """The exercise that the store is of; None where it is of the real sky."""

    def records(self) -> tuple[ComposedDossier, ...]:
        """Return every dossier, those ordered last first; one that cannot be read is left out."""
        found = []
        for path in self._folder.glob("DOS-*.json"):
            with suppress(StoreError):
                found.append(self._read(path))
        return tuple(sorted(found, key=lambda one: one.order.ordered_utc, reverse=True))

    def record(self, dossier_id: str) -> ComposedDossier | None:
        """Return a dossier; None where there is none.

        Raises:
            StoreError: its record is damaged.
        """
        path = self._path(f"{dossier_id}.json")
        return self._read(path) if path.is_file() else None

    def keep(self, composed: ComposedDossier) -> None:
        """Keep how far a dossier is.

        Raises:
            StoreError: it cannot be written.
        """
        self._write(f"{composed.order.dossier_id}.json", _RECORD.dump_json(composed, indent=1))

    def keep_file(self, name: str, data: bytes) -> None:
        """Keep a sealed file.

        Raises:
            StoreError: it cannot be written.
        """
        self._write(name, data)

    def file(self, name: str) -> bytes:
        """Return a sealed file.

        Raises:
            StoreError: it is not there any more, or cannot be read.
        """
        path = self._path(name)
        try:
            return path.read_bytes()
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror or error}") from None

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise StoreError(f"{name!r}: not the name of a dossier")
        return self._folder / name

    def _read(self, path: Path) -> ComposedDossier:
        try:
            return _RECORD.validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise StoreError(f"{path}: the record cannot be read: {error}") from None

    def _write(self, name: str, data: bytes) -> None:
        path = self._path(name)
        beside = path.with_name(f".{name}.beside")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from None
