"""Makes what is released: wheel and source archive, lists of what is in them, digests, signature.

    python deploy/make_release.py build                       both archives, built twice, compared
    python deploy/make_release.py sbom                        lists of the server and the console
    python deploy/make_release.py sign --key release-key.pem  SHA256SUMS and its signature
    python deploy/make_release.py check --key release-key.pub.pem

Everything lands in `dist/`. The moment within the archives is that of the last commit
(SOURCE_DATE_EPOCH), so that whoever builds this commit gets the same bytes. The signature is
Ed25519 over the bytes of SHA256SUMS, so that it is also checked without Hoshimori:

    openssl pkeyutl -verify -rawin -pubin -inkey release-key.pub.pem \
        -sigfile SHA256SUMS.sig -in SHA256SUMS
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

import hoshimori
from hoshimori.workflows.signing_keys import read_key, read_public_key

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
SBOM_TOOL = "cyclonedx-bom==7.3.1"
BUNDLE = "src/hoshimori/web/console"


def build() -> None:
    """Build both archives twice, each time from a clean copy of the commit, and compare them."""
    first, second = (_built(Path(made)) for made in (tempfile.mkdtemp(), tempfile.mkdtemp()))
    differing = [name for name in first if first[name] != second.get(name)]
    if differing or first.keys() != second.keys():
        sys.exit(f"two builds of one commit differ: {', '.join(differing) or 'other files'}")
    DIST.mkdir(exist_ok=True)
    for name, content in first.items():
        (DIST / name).write_bytes(content)
        print(f"{hashlib.sha256(content).hexdigest()}  {name}  (built twice, the same bytes)")


def _built(folder: Path) -> dict[str, bytes]:
    """Return the archives that a clean copy of the last commit gives."""
    copy = folder / "hoshimori"
    copy.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", str(copy)], input=archive.stdout, check=True)
    epoch = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    subprocess.run(
        [str(ROOT / ".boot/bin/uv"), "build", "--quiet", "--out-dir", str(folder / "out")],
        cwd=copy, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, check=True,
    )  # fmt: skip
    made = {path.name: path.read_bytes() for path in sorted((folder / "out").glob("hoshimori*"))}
    shutil.rmtree(folder)
    return made


def sbom() -> None:
    """Write the lists of what the server and the console are made of."""
    DIST.mkdir(exist_ok=True)
    name = f"hoshimori-{hoshimori.__version__}"
    server = subprocess.run(
        [str(ROOT / ".boot/bin/uv"), "tool", "run", "--quiet", "--from", SBOM_TOOL, "cyclonedx-py",
         "requirements", "--output-reproducible", "--of", "JSON", "requirements-server.lock"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout  # fmt: skip
    _write(DIST / f"{name}.server.cdx.json", json.loads(server))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "hoshimori-console"  # npm calls it as its folder is called
        folder.mkdir()
        for lock in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / "web-console" / lock, folder)
        console = subprocess.run(
            [*_npm(), "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"],
            cwd=folder, check=True, capture_output=True,
        ).stdout  # fmt: skip
    _write(DIST / f"{name}.console.cdx.json", _reproducible(json.loads(console)))


def _npm() -> list[str]:
    sys.path.insert(0, str(ROOT))
    from hatch_build import node_and_npm

    _, npm = node_and_npm()
    return npm


def _reproducible(document: dict[str, Any]) -> dict[str, Any]:
    """Return a list without the moment and the number that differ with every making."""
    document.pop("serialNumber", None)
    document.get("metadata", {}).pop("timestamp", None)
    return document


def _write(path: Path, document: dict[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(document.get('components', []))} components")


def sums_of(folder: Path) -> bytes:
    """Return the digests of all files of a release, as `sha256sum --check` reads them."""
    released = sorted(p for p in folder.iterdir() if p.is_file() and p.name.startswith("hoshimori"))
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in released]
    return "".join(lines).encode()


def sign(folder: Path, key: Path, passphrase: bytes | None) -> None:
    """Write the digests of a release and the signature of them."""
    signing = read_key(key, passphrase)
    if not isinstance(signing, Ed25519PrivateKey):
        sys.exit(f"{key}: releases are signed with Ed25519, which openssl checks everywhere")
    sums = sums_of(folder)
    (folder / SUMS).write_bytes(sums)
    (folder / SIGNATURE).write_bytes(signing.sign(sums))


def check(folder: Path, key: Path) -> None:
    """End with what is wrong, if anything is: the signature, a digest, a file too many."""
    public = load_der_public_key(read_public_key(key, None))
    if not isinstance(public, Ed25519PublicKey):
        sys.exit(f"{key}: no Ed25519 key")
    sums = (folder / SUMS).read_bytes()
    try:
        public.verify((folder / SIGNATURE).read_bytes(), sums)
    except InvalidSignature:
        sys.exit(f"{folder / SUMS}: the signature does not fit it")
    if sums_of(folder) != sums:
        sys.exit(f"{folder}: the files are not those that were signed")


def main() -> None:
    """Do what the command line asks for."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("what", choices=("build", "sbom", "sign", "check"))
    asked.add_argument("--key", type=Path)
    asked.add_argument("--folder", type=Path, default=DIST)
    given = asked.parse_args()
    if given.what in ("sign", "check") and given.key is None:
        asked.error(f"{given.what} needs --key")
    match given.what:
        case "build":
            build()
        case "sbom":
            sbom()
        case "sign":
            passphrase = os.environ.get("HOSHIMORI_KEY_PASSPHRASE", "").encode() or None
            sign(given.folder, given.key, passphrase)
        case _:
            check(given.folder, given.key)
            print("the release is as it was signed")


if __name__ == "__main__":
    main()
