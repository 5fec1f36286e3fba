"""A verifier's own list of partners' keys: `trust.toml`.

Each ``[[key]]`` has ``organisation``, ``fingerprint`` and ``public_key`` (Base64 of the
SubjectPublicKeyInfo); ``holder``, ``valid_from``, ``valid_until`` and ``revoked`` may be left out.
``required_algorithms``, ``least_signatures`` and ``least_organisations`` are what the verifier
asks for beyond what a dossier asks for itself.
"""

from __future__ import annotations

import base64
import json
import tomllib
from datetime import UTC, datetime
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.model.dossiers import KeyAlgorithm, PartnerKey, Trust

_TOP_FIELDS = frozenset({"key", "required_algorithms", "least_signatures", "least_organisations"})
_FIELDS = frozenset(
    {
        "organisation", "holder", "fingerprint", "public_key",
        "valid_from", "valid_until", "revoked",
    }
)  # fmt: skip


def read_trust(data: bytes, source: str) -> Trust:
    """Return the keys of a trust file.

    Raises:
        FormatError: it is no TOML, has an unknown or missing field, a key that its fingerprint
            does not belong to, or the same key twice.
    """
    try:
        tree = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise FormatError(f"is no TOML: {error}", source=source) from error
    if unknown := sorted(tree.keys() - _TOP_FIELDS):
        raise FormatError("is no field of a trust file", source=source, field=unknown[0])
    entries = tree.get("key", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FormatError("[[key]] tables were expected", source=source, field="key")
    keys = tuple(_key(entry, f"{source}:key {n}") for n, entry in enumerate(entries, start=1))
    seen: set[bytes] = set()
    for key in keys:
        if key.public_key in seen:
            raise FormatError("stands twice", source=source, field=key.fingerprint)
        seen.add(key.public_key)
    return Trust(
        keys,
        _algorithms(tree.get("required_algorithms", []), source),
        _least(tree, "least_signatures", source),
        _least(tree, "least_organisations", source),
    )


def write_trust_entry(key: PartnerKey) -> str:
    """Return a key as an entry of a trust file, to be given to partners."""
    lines = [
        "[[key]]",
        f"organisation = {_toml_text(key.organisation)}",
        f"holder = {_toml_text(key.holder)}",
        f'fingerprint = "{key.fingerprint}"',
        f'public_key = "{base64.b64encode(key.public_key).decode()}"',
    ]
    for name in ("valid_from", "valid_until", "revoked"):
        moment: datetime | None = getattr(key, f"{name}_utc")
        if moment is not None:
            text = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            lines.append(f"{name} = {text}")
    return "\n".join(lines) + "\n"


def _key(entry: dict[str, Any], source: str) -> PartnerKey:
    if unknown := sorted(entry.keys() - _FIELDS):
        raise FormatError("is no field of a key", source=source, field=unknown[0])
    fingerprint = _text(entry, "fingerprint", source).replace(":", "").lower()
    try:
        public_key = base64.b64decode(_text(entry, "public_key", source), validate=True)
    except ValueError as error:
        raise FormatError("is not Base64", source=source, field="public_key") from error
    key = PartnerKey(
        organisation=_text(entry, "organisation", source),
        holder=_text(entry, "holder", source) if "holder" in entry else fingerprint,
        public_key=public_key,
        valid_from_utc=_moment(entry, "valid_from", source),
        valid_until_utc=_moment(entry, "valid_until", source),
        revoked_utc=_moment(entry, "revoked", source),
    )
    if key.fingerprint != fingerprint:
        raise FormatError("is not that of the public key", source=source, field="fingerprint")
    return key


def _text(entry: dict[str, Any], name: str, source: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise FormatError("a text was expected", source=source, field=name)
    return value


def _moment(entry: dict[str, Any], name: str, source: str) -> datetime | None:
    value = entry.get(name)
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = value
    if moment is None:
        return None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise FormatError(
            f"{value} is no moment with a zone, as 2027-01-01T00:00:00Z", source=source, field=name
        )
    return moment.astimezone(UTC)


def _least(tree: dict[str, Any], name: str, source: str) -> int:
    value = tree.get(name, 1)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise FormatError("a number from 1 on was expected", source=source, field=name)
    return value


def _algorithms(names: Any, source: str) -> frozenset[KeyAlgorithm]:
    try:
        return frozenset(KeyAlgorithm(name) for name in names)
    except (ValueError, TypeError) as error:
        known = ", ".join(algorithm.value for algorithm in KeyAlgorithm)
        raise FormatError(
            f"a list out of {known} was expected", source=source, field="required_algorithms"
        ) from error


def _toml_text(text: str) -> str:
    # A JSON text is a basic string of TOML too, but for the DEL character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
