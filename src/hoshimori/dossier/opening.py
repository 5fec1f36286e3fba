"""Opening a dossier file: every byte is read, checked against the seal, and nothing is believed.

What is found wrong is listed with its place; `unpack` is for those who want all of it right.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from hoshimori.dossier.canonical import read_canonical
from hoshimori.dossier.commitments import commitment, merkle_root
from hoshimori.dossier.container import (
    ENVELOPE,
    ENVELOPES,
    FILES,
    ITEMS,
    LEAVES,
    MANIFEST,
    RELEASE,
    manifest,
    package_bytes,
)
from hoshimori.dossier.declaration import read_declaration
from hoshimori.dossier.envelope import is_valid, read_envelope
from hoshimori.dossier.item_lines import read_item_line
from hoshimori.dossier.zip_members import read_members
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import (
    Blob,
    Declaration,
    Envelope,
    Package,
    Part,
    ProblemKind,
    SaltedItem,
    SealProblem,
)

_LEAF = re.compile(rb"(?:[0-9a-f]{64}\n)*")
_LEAF_LINE = 65
_PART_MEMBERS = (ENVELOPE, LEAVES, ITEMS)


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier file with all that is wrong with it."""

    problems: tuple[SealProblem, ...]
    package: Package | None = None
    """None where a part is missing or cannot be read at all."""
    declarations: tuple[Declaration, ...] = ()
    """Of each part of the package."""


@dataclass(slots=True)
class _Findings:
    """Problems as they are met."""

    problems: list[SealProblem] = field(default_factory=list)

    def add(self, kind: ProblemKind, place: str, detail: str = "") -> None:
        self.problems.append(SealProblem(kind, place, detail))

    def unreadable(self, error: FormatError, place: str) -> None:
        self.add(ProblemKind.UNREADABLE, error.source or place, error.problem)


def unpack(data: bytes) -> Package:
    """Return the package of a file whose every byte is as sealed.

    Who signed it is not judged here, only that every signature there is valid.

    Raises:
        FormatError: the bytes are no dossier, or something in them was changed; the message
            names the first place.
    """
    found = opened(data)
    if found.problems or found.package is None:
        first = found.problems[0]
        text = f"{first.kind.value}: {first.detail}" if first.detail else first.kind.value
        raise FormatError(text, source=first.place)
    return found.package


def opened(data: bytes) -> Opened:
    """Return what is in a file and all that is wrong with it; never raises for any bytes."""
    found = _Findings()
    try:
        members = read_members(data)
    except FormatError as error:
        found.unreadable(error, "file")
        return Opened(tuple(found.problems))
    for member in members:
        if not member.as_stated:
            found.add(ProblemKind.MEMBER_CHANGED, member.name, "checksum")
    contents = {member.name: member.data for member in members}
    _compare_manifest(contents, found)
    parts = [_part(contents, prefix, found) for prefix in _prefixes(contents)]
    read = [part for part in parts if part is not None]
    if not read or len(read) < len(parts):
        return Opened(tuple(found.problems))
    package = Package(*(part for part, _ in read))
    declarations = tuple(declaration for _, declaration in read)
    _compare_whole(package, declarations, contents, found)
    if not found.problems:
        _compare_bytes(package, data, found)
    return Opened(tuple(found.problems), package, declarations)


def _prefixes(contents: Mapping[str, bytes]) -> tuple[str, ...]:
    has_release = any(name.startswith(RELEASE) for name in contents)
    return ("", RELEASE) if has_release else ("",)


def _part(
    contents: Mapping[str, bytes], prefix: str, found: _Findings
) -> tuple[Part, Declaration] | None:
    missing = [name for name in _PART_MEMBERS if prefix + name not in contents]
    for name in missing:
        found.add(ProblemKind.MEMBER_MISSING, prefix + name)
    if missing:
        return None
    try:
        envelope = read_envelope(contents[prefix + ENVELOPE], prefix + ENVELOPE)
        declaration = read_declaration(envelope.payload, prefix + ENVELOPE)
        leaves = _leaves(contents[prefix + LEAVES], prefix + LEAVES)
    except FormatError as error:
        found.unreadable(error, prefix)
        return None
    if (declaration.original_sha256 is None) != (prefix == ""):
        found.add(ProblemKind.UNREADABLE, prefix + ENVELOPE, "declares another kind of part")
        return None
    items = _items(contents, prefix, found)
    part = Part(tuple(sorted(items, key=lambda i: i.item.item_id)), leaves, envelope)
    _compare_commitments(part, declaration, prefix, found)
    _check_signatures(envelope, prefix, found)
    return part, declaration


def _leaves(text: bytes, place: str) -> tuple[bytes, ...]:
    if not _LEAF.fullmatch(text):
        raise FormatError("is no list of commitments", source=place)
    lines = [text[at : at + 64] for at in range(0, len(text), _LEAF_LINE)]
    if any(one >= other for one, other in pairwise(lines)):
        raise FormatError("the commitments are not in ascending order, each once", source=place)
    return tuple(bytes.fromhex(line.decode()) for line in lines)


def _items(contents: Mapping[str, bytes], prefix: str, found: _Findings) -> list[SaltedItem]:
    start = prefix + FILES
    files = {n.removeprefix(start): data for n, data in contents.items() if n.startswith(start)}
    items: list[SaltedItem] = []
    for number, line in enumerate(_lines(contents[prefix + ITEMS]), start=1):
        place = f"{prefix}{ITEMS}:{number}"
        try:
            items.append(read_item_line(line, files, place))
        except FormatError as error:
            found.unreadable(error, place)
    return items


def _lines(text: bytes) -> Sequence[bytes]:
    # What stands after the last end of line is a line too, and not one that was written.
    lines = text.split(b"\n")
    return lines if lines[-1] else lines[:-1]


def _compare_commitments(
    part: Part, declaration: Declaration, prefix: str, found: _Findings
) -> None:
    count, root = len(part.leaves), merkle_root(part.leaves).hex()
    if (count, root) != (declaration.item_count, declaration.root):
        found.add(ProblemKind.LEAVES_CHANGED, prefix + LEAVES)
    committed, seen = set(part.leaves), set[str]()
    names: set[str] = set()
    for salted in part.items:
        item = salted.item
        if item.item_id in seen:
            found.add(ProblemKind.ITEM_TWICE, prefix + item.item_id)
        seen.add(item.item_id)
        if commitment(salted.salt, salted.encoded) not in committed:
            found.add(ProblemKind.ITEM_NOT_COMMITTED, prefix + item.item_id)
        if item.reality is not declaration.reality:
            detail = f"{item.reality.value} in {declaration.reality.value}"
            found.add(ProblemKind.REALITY_MIXED, prefix + item.item_id, detail)
        if isinstance(item.content, Blob):
            if item.content.name.casefold() in names:
                found.add(ProblemKind.ITEM_TWICE, prefix + item.item_id, item.content.name)
            names.add(item.content.name.casefold())


def _check_signatures(envelope: Envelope, prefix: str, found: _Findings) -> None:
    for signature in envelope.signatures:
        if not is_valid(signature, envelope.payload):
            found.add(ProblemKind.SIGNATURE_INVALID, prefix + ENVELOPE, signature.fingerprint)


def _compare_manifest(contents: Mapping[str, bytes], found: _Findings) -> None:
    """Compare the manifest with the members, so that a changed one is named."""
    if MANIFEST not in contents:
        found.add(ProblemKind.MEMBER_MISSING, MANIFEST)
        return
    try:
        listed = _listed(read_canonical(contents[MANIFEST], MANIFEST))
    except FormatError as error:
        found.unreadable(error, MANIFEST)
        return
    there = contents.keys() - {MANIFEST} - ENVELOPES
    for name in sorted(listed.keys() - there):
        found.add(ProblemKind.MEMBER_MISSING, name)
    for name in sorted(there - listed.keys()):
        found.add(ProblemKind.MEMBER_ADDED, name)
    told = {problem.place for problem in found.problems}
    for name in sorted((there & listed.keys()) - told):
        if hashlib.sha256(contents[name]).hexdigest() != listed[name]:
            found.add(ProblemKind.MEMBER_CHANGED, name)


def _listed(value: Any) -> dict[str, str]:
    match value:
        case {"members": list(members)}:
            return dict(_listed_members(members))
        case _:
            raise FormatError("is no manifest", source=MANIFEST)


def _listed_members(members: list[Any]) -> Iterator[tuple[str, str]]:
    for member in members:
        match member:
            case {"name": str(name), "sha256": str(digest)}:
                yield name, digest
            case _:
                raise FormatError("a member has no name or digest", source=MANIFEST)


def _compare_whole(
    package: Package,
    declarations: Sequence[Declaration],
    contents: Mapping[str, bytes],
    found: _Findings,
) -> None:
    if contents.get(MANIFEST) != manifest(package) and not found.problems:
        found.add(ProblemKind.MANIFEST_CHANGED, MANIFEST)
    # The newest part declares the manifest; an original with withheld items has another one.
    digest = hashlib.sha256(contents.get(MANIFEST, b"")).hexdigest()
    whole = len(package.original.items) == len(package.original.leaves)
    if (package.release is not None or whole) and digest != declarations[-1].manifest_sha256:
        found.add(ProblemKind.MANIFEST_CHANGED, MANIFEST, "signed")
    if package.release is not None:
        original = hashlib.sha256(package.original.envelope.payload).hexdigest()
        if original != declarations[-1].original_sha256:
            found.add(ProblemKind.ORIGINAL_CHANGED, ENVELOPE)
        if declarations[0].reality is not declarations[-1].reality:
            found.add(ProblemKind.REALITY_MIXED, RELEASE + ENVELOPE)
        for item in package.items:
            if not item.marking.may_go_to(declarations[-1].released_to):
                found.add(ProblemKind.RELEASED_BEYOND, item.item_id)


def _compare_bytes(package: Package, data: bytes, found: _Findings) -> None:
    """Build the file anew and compare: what no check above looked at shows here."""
    anew = package_bytes(package)
    if anew != data:
        at = next(
            (n for n, (a, b) in enumerate(zip(anew, data, strict=False)) if a != b),
            min(len(anew), len(data)),
        )
        found.add(ProblemKind.BYTES_DIFFER, f"byte {at}")
