"""Withholding items of a dossier, and releasing what remains with new conclusions.

What remains still verifies against the original's signatures; what is withheld shows as
commitments that tell nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from hoshimori.dossier.commitments import merkle_root
from hoshimori.dossier.container import (
    leaves_of,
    manifest_digest,
    package_bytes,
    salted_items,
)
from hoshimori.dossier.declaration import declaration_payload, read_declaration
from hoshimori.dossier.opening import unpack
from hoshimori.errors import ReleaseError
from hoshimori.model.dossiers import Declaration, Dossier, Envelope, Item, Package, Part


def redact(data: bytes, keep: Callable[[Item], bool]) -> bytes:
    """Return the file with only those items of the original that `keep` says; no release part.

    Raises:
        FormatError: the file is no dossier, or was changed.
    """
    return package_bytes(_kept(unpack(data), keep))


def release(
    data: bytes,
    keep: Callable[[Item], bool],
    new: Dossier,
    salts: Sequence[bytes],
    *,
    to: frozenset[str] | None,
) -> bytes:
    """Return a redacted file with a release part: what was computed anew from what is kept.

    `new` holds the items of that part, when and with what they were made, and how many must sign
    it; `salts` are for its items, in the order of their ids. A former release part is replaced.
    The release is not signed yet; the original's signatures are kept.

    Raises:
        FormatError: the file is no dossier, was changed, or an item cannot be written.
        ReleaseError: an item may not go to all of the partners `to` (None: to everybody), or is
            of another reality than the original.
    """
    kept = _kept(unpack(data), keep)
    original = read_declaration(kept.original.envelope.payload, "envelope.json")
    _check_release((*kept.items, *new.items), to)
    _check_reality(new, original)
    items = salted_items(new.items, salts)
    leaves = leaves_of(items)
    unsigned = Package(kept.original, Part(items, leaves, Envelope(b"")))
    declaration = Declaration(
        manifest_sha256=manifest_digest(unsigned),
        root=merkle_root(leaves).hex(),
        item_count=len(leaves),
        reality=new.reality,
        stated_utc=new.composed_utc,
        software=new.software,
        policy=new.policy,
        original_sha256=sha256(kept.original.envelope.payload).hexdigest(),
        released_to=to,
    )
    part = Part(items, leaves, Envelope(declaration_payload(declaration)))
    return package_bytes(Package(kept.original, part))


def _kept(package: Package, keep: Callable[[Item], bool]) -> Package:
    items = tuple(salted for salted in package.original.items if keep(salted.item))
    return Package(replace(package.original, items=items))


def _check_release(items: Sequence[Item], to: frozenset[str] | None) -> None:
    for item in items:
        if not item.marking.may_go_to(to):
            names = "everybody" if to is None else ", ".join(sorted(to))
            raise ReleaseError(f"item {item.item_id} may not go to {names}")


def _check_reality(new: Dossier, original: Declaration) -> None:
    for reality in (new.reality, *(item.reality for item in new.items)):
        if reality is not original.reality:
            raise ReleaseError(
                f"a release that is {reality.value} from a dossier that is "
                f"{original.reality.value}: realities never mix"
            )
