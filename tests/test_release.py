"""What is released is signed as a whole: a byte, a file more or a file less shows."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hoshimori.model.dossiers import KeyAlgorithm
from hoshimori.workflows.signing_keys import make_key

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def making() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "deploy" / "make_release.py"))


@pytest.fixture
def released(tmp_path: Path, making: dict[str, Any]) -> Path:
    """A signed release of two made files; its keys stand beside it."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "hoshimori-1-py3-none-any.whl").write_bytes(b"wheel")
    (folder / "hoshimori-1.tar.gz").write_bytes(b"source")
    make_key(tmp_path / "key.pem", KeyAlgorithm.ED25519, b"a passphrase")
    making["sign"](folder, tmp_path / "key.pem", b"a passphrase")
    make_key(tmp_path / "other.pem", KeyAlgorithm.ED25519, None)
    return folder


def public_half(key: Path, passphrase: str = "") -> Path:
    public = key.with_suffix(".pub.pem")
    asked = ["openssl", "pkey", "-in", str(key), "-pubout", "-out", str(public)]
    subprocess.run([*asked, "-passin", f"pass:{passphrase}"], check=True, capture_output=True)
    return public


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_checks_what_was_signed(released: Path) -> None:
    public = public_half(released.parent / "key.pem", "a passphrase")
    told = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", str(public),
         "-sigfile", "SHA256SUMS.sig", "-in", "SHA256SUMS"],
        cwd=released, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=released, check=True)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda at: None, ""),
        (lambda at: (at / "hoshimori-1.tar.gz").write_bytes(b"sourcf"), "not those that were"),
        (lambda at: (at / "hoshimori-2.tar.gz").write_bytes(b"more"), "not those that were"),
        (lambda at: (at / "hoshimori-1.tar.gz").unlink(), "not those that were"),
        (lambda at: (at / "SHA256SUMS").write_bytes(b""), "the signature does not fit"),
    ],
)
def test_what_was_signed_is_checked_and_what_was_changed_is_named(
    released: Path, making: dict[str, Any], harm: Callable[[Path], object], told: str
) -> None:
    harm(released)
    public = released.parent / "key.pub.pem"
    public.write_bytes(_public_pem(released.parent / "key.pem", b"a passphrase"))
    if not told:
        making["check"](released, public)
        return
    with pytest.raises(SystemExit, match=told):
        making["check"](released, public)


def test_another_key_does_not_serve(released: Path, making: dict[str, Any]) -> None:
    with pytest.raises(SystemExit, match="the signature does not fit"):
        making["check"](released, released.parent / "other.pem")


def _public_pem(key: Path, passphrase: bytes) -> bytes:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    loaded = serialization.load_pem_private_key(key.read_bytes(), passphrase)
    return loaded.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def test_lists_are_the_same_whenever_they_are_made(making: dict[str, Any]) -> None:
    document = {"serialNumber": "urn:uuid:1", "metadata": {"timestamp": "now", "tools": []}}
    assert making["_reproducible"](document) == {"metadata": {"tools": []}}
