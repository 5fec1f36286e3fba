"""Which files a node keeps in the folder of its store, and in which order they are copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hoshimori.model.backups import FileKind, LeftOut
from hoshimori.store.file_copies import is_small

FACTS_FILE = "facts.duckdb"
RUN_FILE = "run.json"
_BESIDE = ("-wal", "-shm", "-journal", ".wal")
"""What databases keep beside their files; a copy has it within."""
_MOST_KEY_BYTES = 65_536
_LATER = ("journal.sqlite", "audit.sqlite")
"""Others tell of what stands in these: copied after them, they hold all that is told of."""


@dataclass(frozen=True, slots=True)
class NodeFile:
    """One file of a node."""

    path: Path
    kind: FileKind


@dataclass(frozen=True, slots=True)
class NodeFiles:
    """What a node keeps: files in the order in which they are copied, and what is left out."""

    files: tuple[NodeFile, ...]
    left_out: dict[str, LeftOut]


def node_files(folder: Path, *, with_keys: bool) -> NodeFiles:
    """Look through the folder of a store; names that begin with a dot are unfinished files.

    The order keeps every reference whole: a file comes before those that it tells of, and these
    only grow. Facts come last.
    """
    files: list[NodeFile] = []
    left_out: dict[str, LeftOut] = {}
    for path in _within(folder, folder, left_out):
        if path.parent == folder and path.name == RUN_FILE:
            left_out[path.name] = LeftOut.OF_THIS_RUN
        elif path.parent == folder and path.name == FACTS_FILE:
            files.append(NodeFile(path, FileKind.FACTS))
        elif is_small(path):
            files.append(NodeFile(path, FileKind.SMALL))
        elif not with_keys and _is_private_key(path):
            left_out[path.relative_to(folder).as_posix()] = LeftOut.KEY
        else:
            files.append(NodeFile(path, FileKind.PLAIN))
    return NodeFiles(tuple(sorted(files, key=_turn)), left_out)


def _within(folder: Path, root: Path, left_out: dict[str, LeftOut]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") or path.name.endswith(_BESIDE):
            continue
        if path.is_symlink():
            left_out[name] = LeftOut.LINK
        elif path.is_dir():
            if (path / FACTS_FILE).exists():
                left_out[name] = LeftOut.OTHER_STORE
            else:
                yield from _within(path, root, left_out)
        elif path.is_file():
            yield path
        else:
            left_out[name] = LeftOut.NO_FILE


def _is_private_key(path: Path) -> bool:
    if path.stat().st_size > _MOST_KEY_BYTES:
        return False
    return b"PRIVATE KEY-----" in path.read_bytes()


def _turn(file: NodeFile) -> tuple[int, bool, str]:
    """Return when a file has its turn: the record of a dossier, too, before the dossier."""
    is_told_of = file.path.name in _LATER
    rank = (
        3 if file.kind is FileKind.FACTS else 2 if is_told_of else int(file.path.suffix == ".zip")
    )
    return rank, file.path.name != "floor.sqlite", str(file.path)
