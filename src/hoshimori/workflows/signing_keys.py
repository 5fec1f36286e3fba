"""Files of signing keys: made once, never shown, read for a signature."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from hoshimori.dossier.envelope import SigningKey, algorithm_of, public_key_of
from hoshimori.errors import SettingsError
from hoshimori.model.dossiers import KeyAlgorithm

_OWNER_ONLY = 0o600


def make_key(path: Path, algorithm: KeyAlgorithm, passphrase: bytes | None) -> bytes:
    """Write a new signing key (PKCS #8, PEM) that only its owner can read; return its public key.

    Raises:
        SettingsError: the file is there already or cannot be written.
    """
    key: SigningKey
    match algorithm:
        case KeyAlgorithm.ED25519:
            key = Ed25519PrivateKey.generate()
        case KeyAlgorithm.ML_DSA_65:
            key = MLDSA65PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    try:
        # Never over another key, and never readable by others, not even for a moment.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError as error:
        raise SettingsError(f"{path}: is there already; a key is never overwritten") from error
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
    return public_key_of(key)


def is_locked(path: Path) -> bool:
    """Tell whether a key file asks for a passphrase."""
    return b"ENCRYPTED" in _content(path)


def read_key(path: Path, passphrase: bytes | None) -> SigningKey:
    """Return the signing key of a file.

    Raises:
        SettingsError: it cannot be read, is no key of a known kind, or the passphrase is wrong.
    """
    content = _content(path)
    try:
        key = load_pem_private_key(content, passphrase)
    except TypeError as error:
        needs = "needs a passphrase" if passphrase is None else "has no passphrase"
        raise SettingsError(f"{path}: {needs}") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SettingsError(f"{path}: no signing key in PEM, or another passphrase") from error
    if not isinstance(key, Ed25519PrivateKey | MLDSA65PrivateKey):
        raise SettingsError(f"{path}: neither an Ed25519 nor an ML-DSA-65 key")
    return key


def read_public_key(path: Path, passphrase: bytes | None) -> bytes:
    """Return the public key (DER) of a file that holds either half of a key.

    Raises:
        SettingsError: it cannot be read, or is no key of a known kind.
    """
    content = _content(path)
    if b"PRIVATE KEY" in content:
        return public_key_of(read_key(path, passphrase))
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SettingsError(f"{path}: no key in PEM") from error
    public_key = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if algorithm_of(public_key) is None:
        raise SettingsError(f"{path}: neither an Ed25519 nor an ML-DSA-65 key")
    return public_key


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
