"""What signers declare: an in-toto statement about a part, as the payload of an envelope.

Source: in-toto Attestation Framework, Statement v1.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Declaration, JsonValue, Policy
from hoshimori.model.provenance import Reality

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
DOSSIER_TYPE = "urn:hoshimori:dossier:1"
RELEASE_TYPE = "urn:hoshimori:dossier-release:1"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_LONGEST_NAME, _SHOWN = 200, 40
_DIGEST = re.compile(r"[0-9a-f]{64}")


def declaration_payload(declaration: Declaration) -> bytes:
    """Return the statement that is signed, in canonical JSON.

    Raises:
        FormatError: a name holds what cannot be printed, the policy asks for nobody's signature,
            or the moment has no time zone.
    """
    policy = declaration.policy
    if min(policy.signatures, policy.organisations) < 1:
        raise FormatError("a policy that asks for nobody's signature")
    for name in (declaration.software, *policy.among, *(declaration.released_to or ())):
        check_name(name)
    predicate: dict[str, JsonValue] = {
        "item_count": declaration.item_count,
        "policy": {
            "among": sorted(policy.among),
            "organisations": policy.organisations,
            "signatures": policy.signatures,
        },
        "reality": declaration.reality.value,
        "software": declaration.software,
        "stated_utc": _time_text(declaration.stated_utc),
    }
    subjects: list[JsonValue] = [
        {"digest": {"sha256": declaration.manifest_sha256}, "name": "manifest.json"},
        {"digest": {"rfc6962_sha256": declaration.root}, "name": "items"},
    ]
    kind = DOSSIER_TYPE
    if declaration.original_sha256 is not None:
        kind = RELEASE_TYPE
        partners = declaration.released_to
        predicate["released_to"] = None if partners is None else sorted(partners)
        original: JsonValue = {
            "digest": {"sha256": declaration.original_sha256},
            "name": "original",
        }
        subjects.append(original)
    return canonical_json(
        {
            "_type": STATEMENT_TYPE,
            "predicate": predicate,
            "predicateType": kind,
            "subject": subjects,
        }
    )


def read_declaration(payload: bytes, place: str) -> Declaration:
    """Return what a payload declares.

    Raises:
        FormatError: it is no statement of this kind, or not in its one form.
    """
    try:
        declaration = _declaration(read_canonical(payload, place))
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"is no statement about a dossier: {error!r}", source=place) from error
    # One statement has one form: what it says beyond that would be signed but never read.
    if declaration_payload(declaration) != payload:
        raise FormatError("is no statement about a dossier of this version", source=place)
    return declaration


def _declaration(statement: Any) -> Declaration:
    predicate, subjects = statement["predicate"], statement["subject"]
    is_release = statement["predicateType"] == RELEASE_TYPE
    partners = predicate["released_to"] if is_release else None
    return Declaration(
        manifest_sha256=_digest(subjects[0]["digest"]["sha256"]),
        root=_digest(subjects[1]["digest"]["rfc6962_sha256"]),
        item_count=_count(predicate["item_count"]),
        reality=Reality(predicate["reality"]),
        stated_utc=_time(predicate["stated_utc"]),
        software=_text(predicate["software"]),
        policy=Policy(
            _count(predicate["policy"]["signatures"]),
            _count(predicate["policy"]["organisations"]),
            frozenset(map(_text, predicate["policy"]["among"])),
        ),
        original_sha256=_digest(subjects[2]["digest"]["sha256"]) if is_release else None,
        released_to=None if partners is None else frozenset(map(_text, partners)),
    )


def check_name(name: str, place: str = "") -> None:
    """Refuse a name that could disturb the terminal or page that shows it.

    Raises:
        FormatError: it is empty, long, or holds what cannot be printed.
    """
    if not (0 < len(name) <= _LONGEST_NAME and name.isprintable()):
        raise FormatError(f"{name[:_SHOWN]!a} is no name that can be printed", source=place)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _digest(value: Any) -> str:
    if not _DIGEST.fullmatch(_text(value)):
        raise ValueError("a SHA-256 in 64 hexadecimal digits was expected")
    return str(value)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("a count was expected")
    return value


def _time(value: Any) -> datetime:
    if not _TIME.fullmatch(_text(value)):
        raise ValueError("a time as 2026-11-27T00:00:00.000000Z was expected")
    return datetime.fromisoformat(value)


def _time_text(moment: datetime) -> str:
    # A moment without a zone would be read in the zone of the machine.
    if moment.tzinfo is None:
        raise FormatError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
