"""The manifest of a backup: JSON with every file, its size, digest, version and rows."""

from __future__ import annotations

import json
from typing import Final

from pydantic import TypeAdapter, ValidationError

from hoshimori.errors import FormatError
from hoshimori.model.backups import FORM, BackupManifest

PLACES: Final = ("store", "settings", "keys")
"""The folders of a backup."""
_ADAPTER: Final = TypeAdapter(BackupManifest)


def write_manifest(manifest: BackupManifest) -> bytes:
    """Return a manifest as JSON."""
    return _ADAPTER.dump_json(manifest, indent=1) + b"\n"


def read_manifest(content: bytes, source: str) -> BackupManifest:
    """Return the manifest that JSON states.

    Raises:
        FormatError: it is none, of another form, or names a file outside the backup.
    """
    try:
        stated = json.loads(content)
        form = stated.get("form") if isinstance(stated, dict) else None
        if form != FORM:
            problem = f"expected the form {FORM}, and it is of {form!r}; upgrade Hoshimori"
            raise FormatError(problem, source=source)
        manifest = _ADAPTER.validate_python(stated)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise FormatError(first["msg"], source=source, field=field) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"no manifest of a backup: {error}", source=source) from None
    for file in manifest.files:
        _require_inside(file.path, source)
    return manifest


def _require_inside(path: str, source: str) -> None:
    first, *rest = path.split("/")
    is_plain = first in PLACES and rest and not {"", ".", ".."}.intersection(rest)
    if not is_plain or "\\" in path or "\x00" in path:
        raise FormatError(f"{path!r} is no file of a backup", source=source, field="files.path")
