"""Signing a dossier file, and co-signing it: one more signature, everything else as it was."""

from __future__ import annotations

from dataclasses import replace

from hoshimori.dossier.container import package_bytes
from hoshimori.dossier.envelope import SigningKey, signed
from hoshimori.dossier.opening import unpack
from hoshimori.errors import ReleaseError
from hoshimori.model.dossiers import Package


def sign(data: bytes, key: SigningKey) -> bytes:
    """Return the file with one more signature on its newest part.

    A release is signed as such; the original's signatures stay as they are.

    Raises:
        FormatError: the file is no dossier, or was changed.
        ReleaseError: items of the original are withheld: nobody signs what he cannot see.
    """
    package = unpack(data)
    if package.release is not None:
        part = replace(package.release, envelope=signed(package.release.envelope, key))
        return package_bytes(Package(package.original, part))
    withheld = len(package.original.leaves) - len(package.original.items)
    if withheld:
        raise ReleaseError(
            f"{withheld} items are withheld: sign the whole dossier, or a release made from it"
        )
    part = replace(package.original, envelope=signed(package.original.envelope, key))
    return package_bytes(Package(part))
