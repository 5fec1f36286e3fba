"""Timestamps by an authority made for the test with ``openssl ts``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoshimori.dossier.envelope import envelope_digest, envelope_json
from hoshimori.dossier.opening import unpack
from hoshimori.dossier.redaction import redact
from hoshimori.dossier.seal_check import check_seal
from hoshimori.dossier.signing import sign
from hoshimori.dossier.timestamps import stamp_of
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Standing
from hoshimori.workflows.verify import load_stamp

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the program openssl")

_SETTINGS = """[tsa]
default_tsa = a
[a]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
"""

Stamped = Callable[..., bytes]


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _authority(folder: Path) -> Path:
    (folder / "tsa.cnf").write_text(_SETTINGS)
    (folder / "serial").write_text("01\n")
    _openssl(
        folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "3650", "-subj", "/CN=Made for a test",
        "-addext", "extendedKeyUsage=critical,timeStamping",
        "-addext", "keyUsage=critical,digitalSignature",
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def stamped(authority: Path) -> Stamped:
    """A function from bytes to the reply of the authority; as the page on the format tells it."""

    def reply(content: bytes, digest: str = "-sha256") -> bytes:
        (authority / "envelope.json").write_bytes(content)
        query = ("-data", "envelope.json", digest, "-cert", "-out", "request.tsq")
        _openssl(authority, "ts", "-query", *query)
        files = ("-queryfile", "request.tsq", "-out", "reply.tsr")
        _openssl(authority, "ts", "-reply", "-config", "tsa.cnf", *files)
        return (authority / "reply.tsr").read_bytes()

    return reply


@pytest.fixture(scope="module")
def signed_dossier(sealing: Any) -> bytes:
    return sign(sealing.packed(sealing.facts(4)), sealing.key_of(1))


@pytest.mark.parametrize("digest", ["-sha256", "-sha512"])
def test_a_timestamp_tells_when_the_signatures_existed(
    digest: str, signed_dossier: bytes, stamped: Stamped, authority: Path
) -> None:
    package = unpack(signed_dossier)
    reply = stamped(envelope_json(package.original.envelope), digest)
    stamp = stamp_of(package, reply, (authority / "tsa.pem").read_bytes())
    assert stamp.envelope_sha256 == envelope_digest(package.original.envelope)
    assert abs(stamp.stamped_utc - datetime.now(UTC)) < timedelta(hours=1)


def test_a_key_that_was_revoked_later_still_counts(
    signed_dossier: bytes, stamped: Stamped, authority: Path, sealing: Any
) -> None:
    """The redacted copy has the same envelope: the timestamp holds for it too."""
    copy = redact(signed_dossier, lambda item: item.marking.releasable_to is None)
    (authority / "kept.tsr").write_bytes(stamped(envelope_json(unpack(copy).original.envelope)))
    stamp = load_stamp(copy, authority / "kept.tsr", authority / "tsa.pem")
    day = timedelta(days=1)
    key = sealing.partner(sealing.key_of(1), "JPN")
    later = replace(key, revoked_utc=stamp.stamped_utc + day)
    before = replace(key, revoked_utc=stamp.stamped_utc - day)
    too_new = replace(key, valid_from_utc=stamp.stamped_utc + day)
    as_of = stamp.stamped_utc + 2 * day
    for known, given, standing in (
        (later, stamp, Standing.TRUSTED),
        (later, None, Standing.REVOKED),
        (before, stamp, Standing.REVOKED),
        (too_new, None, Standing.TRUSTED),
        (too_new, stamp, Standing.NOT_YET_VALID),
    ):
        seal = check_seal(copy, sealing.trust_in(known), as_of, given).original
        assert seal is not None
        assert seal.signers[0].standing is standing
        assert seal.stamped_utc == (given.stamped_utc if given else None)


def test_a_timestamp_belongs_to_one_envelope(
    signed_dossier: bytes, stamped: Stamped, authority: Path, sealing: Any
) -> None:
    reply = stamped(envelope_json(unpack(signed_dossier).original.envelope))
    more = unpack(sign(signed_dossier, sealing.key_of(2)))
    with pytest.raises(FormatError, match="of no envelope"):
        stamp_of(more, reply, (authority / "tsa.pem").read_bytes())


def test_another_authority_or_damaged_bytes_are_refused(
    signed_dossier: bytes, stamped: Stamped, authority: Path, tmp_path: Path
) -> None:
    package, roots = unpack(signed_dossier), (authority / "tsa.pem").read_bytes()
    reply = stamped(envelope_json(package.original.envelope))
    other = (_authority(tmp_path) / "tsa.pem").read_bytes()
    with pytest.raises(FormatError, match="does not hold"):
        stamp_of(package, reply, other)
    with pytest.raises(FormatError, match="no PEM"):
        stamp_of(package, reply, b"x")
    for wrong in (b"", b"x", reply[:-100]):
        with pytest.raises(FormatError):
            stamp_of(package, wrong, roots)
    # The moment itself is signed: it stands as text in the reply.
    year = reply.index(b"20", reply.index(b"\x18\x0f") if b"\x18\x0f" in reply else 0)
    with pytest.raises(FormatError):
        stamp_of(package, reply[: year + 3] + b"0" + reply[year + 4 :], roots)
