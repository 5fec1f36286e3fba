"""Key files: for their owner only, never overwritten, never shown."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from hoshimori.dossier.envelope import algorithm_of, public_key_of
from hoshimori.errors import SettingsError
from hoshimori.model.dossiers import KeyAlgorithm
from hoshimori.workflows.signing_keys import is_locked, make_key, read_key, read_public_key


@pytest.mark.parametrize("algorithm", KeyAlgorithm)
@pytest.mark.parametrize("passphrase", [None, b"a long one"])
def test_a_key_is_written_for_its_owner_only_and_read_again(
    algorithm: KeyAlgorithm, passphrase: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "my.key"
    public_key = make_key(path, algorithm, passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert is_locked(path) is (passphrase is not None)
    assert public_key_of(read_key(path, passphrase)) == public_key
    assert read_public_key(path, passphrase) == public_key
    assert algorithm_of(public_key) is algorithm


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "my.key"
    make_key(path, KeyAlgorithm.ED25519, None)
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="never overwritten"):
        make_key(path, KeyAlgorithm.ED25519, None)
    assert path.read_bytes() == before


def test_passphrases_that_do_not_fit(tmp_path: Path) -> None:
    locked, free = tmp_path / "locked.key", tmp_path / "free.key"
    make_key(locked, KeyAlgorithm.ED25519, b"right")
    make_key(free, KeyAlgorithm.ED25519, None)
    with pytest.raises(SettingsError, match="needs a passphrase"):
        read_key(locked, None)
    with pytest.raises(SettingsError, match="another passphrase"):
        read_key(locked, b"wrong")
    with pytest.raises(SettingsError, match="has no passphrase"):
        read_key(free, b"right")


def test_files_that_hold_no_such_key(tmp_path: Path, sealing: Any) -> None:
    path = tmp_path / "x"
    with pytest.raises(SettingsError, match="No such file"):
        read_key(path, None)
    with pytest.raises(SettingsError, match="No such file"):
        make_key(tmp_path / "no" / "x", KeyAlgorithm.ED25519, None)
    path.write_bytes(b"-----BEGIN")
    for read in (read_key, read_public_key):
        with pytest.raises(SettingsError, match="key in PEM"):
            read(path, None)
    elliptic = generate_private_key(SECP256R1())
    path.write_bytes(elliptic.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(SettingsError, match="neither"):
        read_key(path, None)
    pem = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.write_bytes(elliptic.public_key().public_bytes(*pem))
    with pytest.raises(SettingsError, match="neither"):
        read_public_key(path, None)
    path.write_bytes(sealing.key_of(1).public_key().public_bytes(*pem))
    assert read_public_key(path, None) == public_key_of(sealing.key_of(1))
