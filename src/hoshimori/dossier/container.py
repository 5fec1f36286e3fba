"""The dossier as one file: which members it has, and what stands in them.

All bytes follow from the content of a `Package`, so that a reader can build the file anew and
compare: `docs/explain/dossier.md` tells the format in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from hoshimori.dossier.canonical import canonical_json
from hoshimori.dossier.commitments import commitment, merkle_root
from hoshimori.dossier.declaration import declaration_payload
from hoshimori.dossier.envelope import envelope_json
from hoshimori.dossier.item_lines import item_line, marking_record, salted
from hoshimori.dossier.zip_members import Member, write_members
from hoshimori.errors import FormatError, ReleaseError
from hoshimori.model.dossiers import (
    Blob,
    Declaration,
    Dossier,
    Envelope,
    Item,
    JsonValue,
    Package,
    Part,
    SaltedItem,
    realities,
)
from hoshimori.model.provenance import Reality

FORMAT = "hoshimori-dossier/1"
NOTICE = "NOT FOR CLASSIFIED DATA"
MANIFEST, ENVELOPE, LEAVES, ITEMS, FILES = (
    "manifest.json", "envelope.json", "leaves.txt", "items.jsonl", "files/",
)  # fmt: skip
RELEASE = "release/"
ENVELOPES = frozenset({ENVELOPE, RELEASE + ENVELOPE})


def pack(dossier: Dossier, salts: Sequence[bytes]) -> bytes:
    """Return a dossier as one file, not signed yet.

    `salts`: 16 random bytes for each item, in the order of the items' ids. The order of the
    items themselves changes nothing.

    Raises:
        FormatError: an item cannot be written, or two have one id or one file name.
        ReleaseError: the items are not all of the reality that the dossier states.
    """
    _one_reality(dossier.items, dossier.reality)
    items = salted_items(dossier.items, salts)
    leaves = leaves_of(items)
    unsigned = Package(Part(items, leaves, Envelope(b"")))
    declaration = Declaration(
        manifest_sha256=manifest_digest(unsigned),
        root=merkle_root(leaves).hex(),
        item_count=len(leaves),
        reality=dossier.reality,
        stated_utc=dossier.composed_utc,
        software=dossier.software,
        policy=dossier.policy,
    )
    envelope = Envelope(declaration_payload(declaration))
    return package_bytes(Package(Part(items, leaves, envelope)))


def salted_items(items: Iterable[Item], salts: Sequence[bytes]) -> tuple[SaltedItem, ...]:
    """Return items in the order of their ids, each with its salt.

    Raises:
        FormatError: an item cannot be written, two share an id, a file name or a salt, or there
            are not as many salts as items.
    """
    ordered = sorted(items, key=lambda item: item.item_id)
    if len(salts) != len(ordered) or len(set(salts)) != len(salts):
        raise FormatError(f"{len(ordered)} items need as many salts, each another")
    result = tuple(salted(item, salt) for item, salt in zip(ordered, salts, strict=True))
    _each_once((item.item_id for item in ordered), "item")
    files = (i.content.name.casefold() for i in ordered if isinstance(i.content, Blob))
    _each_once(files, "file")
    return result


def leaves_of(items: Iterable[SaltedItem]) -> tuple[bytes, ...]:
    """Return the commitments to items in ascending order: the order of ids would tell of them."""
    return tuple(sorted(commitment(item.salt, item.encoded) for item in items))


def package_bytes(package: Package) -> bytes:
    """Return the one file of a package."""
    return write_members(package_members(package))


def package_members(package: Package) -> Iterator[Member]:
    """Yield the members of a package in the order of the file."""
    yield Member(MANIFEST, manifest(package))
    yield Member(ENVELOPE, envelope_json(package.original.envelope))
    if package.release is not None:
        yield Member(RELEASE + ENVELOPE, envelope_json(package.release.envelope))
    yield from _sealed_members(package)


def manifest(package: Package) -> bytes:
    """Return the list of all members but itself and the envelopes, in canonical JSON."""
    listed: list[JsonValue] = [
        {
            "name": member.name,
            "sha256": hashlib.sha256(member.data).hexdigest(),
            "size": len(member.data),
        }
        for member in _sealed_members(package)
    ]
    kinds = sorted(reality.value for reality in realities(package.items))
    return canonical_json(
        {
            "format": FORMAT,
            "marking": marking_record(package.marking),
            "members": listed,
            "notice": NOTICE,
            "realities": kinds,
        }
    )


def manifest_digest(package: Package) -> str:
    """Return the SHA-256 of a package's manifest (hexadecimal)."""
    return hashlib.sha256(manifest(package)).hexdigest()


def _sealed_members(package: Package) -> Iterator[Member]:
    for prefix, part in zip(("", RELEASE), package.parts, strict=False):
        by_leaf = sorted(part.items, key=lambda item: commitment(item.salt, item.encoded))
        yield Member(
            prefix + LEAVES, b"".join(b"%s\n" % leaf.hex().encode() for leaf in part.leaves)
        )
        yield Member(prefix + ITEMS, b"".join(map(item_line, by_leaf)))
        blobs = [item.item.content for item in part.items if isinstance(item.item.content, Blob)]
        for blob in sorted(blobs, key=lambda blob: blob.name):
            yield Member(prefix + FILES + blob.name, blob.data)


def _one_reality(items: Iterable[Item], stated: Reality) -> None:
    for item in items:
        if item.reality is not stated:
            raise ReleaseError(
                f"item {item.item_id} is {item.reality.value} in a dossier that is {stated.value}: "
                "realities never mix"
            )


def _each_once(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FormatError(f"two of a kind: {what} {name}")
        seen.add(name)
