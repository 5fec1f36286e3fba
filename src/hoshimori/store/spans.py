"""The working folder of a long computation: finished spans, each written once and whole.

A span is written beside its place and renamed into it, so that a process killed at any moment
leaves whole spans or none. The manifest says what the spans are spans of; a folder whose manifest
says something else is refused, never mixed in.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hoshimori.errors import StoreError

_MANIFEST = "manifest.json"
_LOCK = "lock"
_LAST = 1

Span = tuple[int, int]
"""First step and the step after the last."""


@dataclass(frozen=True, slots=True)
class SpanFolder:
    """Finished spans of one computation."""

    path: Path
    spans: tuple[Span, ...]
    """All spans of the computation, in order."""

    def missing(self) -> tuple[Span, ...]:
        """Return the spans that are not finished."""
        return tuple(span for span in self.spans if not self.part(span, _LAST).exists())

    def part(self, span: Span, kind: int) -> Path:
        """Return where a part of a finished span stands."""
        return self.path / f"{span[0]:09d}-{span[1]:09d}.{kind}.part"

    def parts(self, kind: int) -> tuple[Path, ...]:
        """Return where the parts of one kind stand, in order."""
        return tuple(self.part(span, kind) for span in self.spans)

    def keep(self, span: Span, parts: tuple[bytes, bytes]) -> None:
        """Write a finished span; it counts as finished once its last part is written."""
        for kind, data in enumerate(parts):
            with replaced(self.part(span, kind)) as beside:
                beside.write_bytes(data)

    def remove(self) -> None:
        """Remove the folder; the manifest goes first, so that what is left is never resumed."""
        (self.path / _MANIFEST).unlink()
        shutil.rmtree(self.path)


@contextmanager
def opened_spans(
    path: Path, identity: Mapping[str, Any], spans: Sequence[Span], *, restart: bool = False
) -> Iterator[SpanFolder]:
    """Open the working folder of the computation that `identity` describes, or begin it.

    A folder that was begun keeps its own spans, so that other limits may be set on resuming.
    `restart` throws away what is there.

    Raises:
        StoreError: the folder belongs to another computation, or another process works in it.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / _LOCK).open("w")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(f"{path}: another process works in this folder") from None
        yield SpanFolder(path, _begun(path, identity, spans, restart=restart))


def _begun(
    path: Path, identity: Mapping[str, Any], spans: Sequence[Span], *, restart: bool
) -> tuple[Span, ...]:
    manifest = path / _MANIFEST
    for left_over in path.glob("*.beside"):
        left_over.unlink()
    if manifest.exists() and not restart:
        known = _read(manifest)
        if differing := sorted(k for k in identity if known["identity"].get(k) != identity[k]):
            raise StoreError(
                f"{path} was begun with other {', '.join(differing)}; run it again as it was, or "
                "throw it away with --restart"
            )
        return tuple((int(first), int(last)) for first, last in known["spans"])
    for part in path.glob("*.part"):
        part.unlink()
    with replaced(manifest) as beside:
        begun = {"identity": dict(identity), "spans": [list(span) for span in spans]}
        beside.write_text(json.dumps(begun, indent=1), encoding="utf-8")
    return tuple(spans)


def _read(manifest: Path) -> dict[str, Any]:
    try:
        known = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{manifest}: cannot be read: {error}; see --restart") from None
    if not isinstance(known, dict) or not {"identity", "spans"} <= known.keys():
        raise StoreError(f"{manifest}: not a manifest of spans; see --restart")
    return known


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a place beside `path` to write to; it is renamed to `path` once all is written.

    Raises:
        StoreError: it cannot be written.
    """
    beside = path.with_name(path.name + ".beside")
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from None
