"""Dossiers to files and back: salts are drawn here, files written whole or not at all."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from hoshimori.dossier.commitments import SALT_BYTES
from hoshimori.dossier.container import pack
from hoshimori.dossier.envelope import SigningKey
from hoshimori.dossier.opening import unpack
from hoshimori.dossier.signing import sign
from hoshimori.dossier.zip_members import MOST_BYTES
from hoshimori.errors import FormatError, SettingsError
from hoshimori.model.dossiers import Dossier
from hoshimori.model.exercise_stores import require_asked
from hoshimori.model.provenance import combined_reality


def seal(dossier: Dossier, *, exercise: bool = False) -> bytes:
    """Return a dossier as one file, sealed with new salts and not signed yet.

    Raises:
        FormatError: an item cannot be written.
        ReleaseError: the items are not all of one reality; or they are of an exercise, and
            `exercise` does not ask for one.
    """
    require_asked(dossier.reality, exercise=exercise, what="this dossier")
    return pack(dossier, new_salts(len(dossier.items)))


def new_salts(number: int) -> tuple[bytes, ...]:
    """Return as many salts from the system's source of randomness."""
    return tuple(secrets.token_bytes(SALT_BYTES) for _ in range(number))


def sign_file(
    path: Path, key: SigningKey, output: Path | None = None, *, exercise: bool = False
) -> Path:
    """Add a signature to a dossier file, in its place or in another file; return which.

    Raises:
        FormatError: the file is no dossier, or was changed.
        ReleaseError: the signer cannot see all that would be signed; or it is of an exercise, and
            `exercise` does not ask for one.
        SettingsError: a file cannot be read or written.
    """
    written = output or path
    try:
        held = read_dossier_file(path)
        reality = combined_reality(item.reality for item in unpack(held).items)
        require_asked(reality, exercise=exercise, what=str(path))
        data = sign(held, key)
    except FormatError as error:
        place = f"{path}:{error.source}" if error.source else str(path)
        raise FormatError(error.problem, source=place) from error
    write_whole(written, data)
    return written


def read_dossier_file(path: Path) -> bytes:
    """Return the bytes of a file, unless it is larger than any dossier.

    Raises:
        FormatError: it is too large.
        SettingsError: it cannot be read.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormatError(f"more than {MOST_BYTES:,} bytes", source=str(path))
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there as before or as after, never in between.

    Raises:
        SettingsError: it cannot be written.
    """
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            # A new file is for its owner only, as mkstemp makes it; a dossier may be marked.
            if path.exists():
                Path(temporary).chmod(path.stat().st_mode & 0o777)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
