"""Lines of the log: one JSON object each, without secrets.

Two nets, one behind the other: values that are known to be secret, wherever they stand; and what
looks like a secret: user information in addresses, headers, cookies, assignments, keys in PEM,
tokens. What is taken out is replaced by ``[withheld]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from hoshimori.model.happenings import Happening

WITHHELD: Final = "[withheld]"
_SHORTEST: Final = 6
"""Shorter values would be taken out of common words."""
_LONGEST: Final = 8_000
_UNRESERVED: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

_NAMES: Final = (
    r"(?:[\w.-]{0,40}(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|credential|cookie|session|"
    r"signature|authori[sz]ation|csrf)[\w.-]{0,40}|pwd|key|code|state|sig|identity)"
)
_PATTERNS: Final = tuple(
    (re.compile(pattern, flags), replacement)
    for pattern, flags, replacement in (
        (r"-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\Z)", re.S, WITHHELD),
        # RFC 3986: what stands before the last @ of the authority.
        (r"(?<=://)[^\s/?#\"'<>]*@", 0, f"{WITHHELD}@"),
        # RFC 9110 11.6.2 and RFC 6265: the rest of the line is the secret.
        (
            r"((?:proxy-)?authorization|(?:set-)?cookie|x-csrf-token|x-api-key)"
            r"(['\"]?\s*[:=]\s*)[^\r\n]+",
            re.I,
            rf"\1\2{WITHHELD}",
        ),
        (r"\b(bearer|basic|digest|token)(\s+)[^\s,;'\"]+", re.I, rf"\1\2{WITHHELD}"),
        (
            rf"\b({_NAMES}['\"]?\s*[=:]\s*)(?:\"[^\"]*\"|'[^']*'|[^\s&;,'\"\]}})]+)",
            re.I,
            rf"\1{WITHHELD}",
        ),
        (r"\bhoshimori_[\w-]{16,}", 0, WITHHELD),
        (r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*", 0, WITHHELD),
        # 256 random bits in URL-safe base64; digests are hexadecimal and stay.
        (r"(?<![\w-])(?=[\w-]*[G-Zg-z_-])[\w-]{40,}(?![\w-])", 0, WITHHELD),
    )
)


def log_line(happening: Happening, secrets: Collection[str] = ()) -> str:
    """Return what happened as one line of JSON; `secrets` are values that must not stand in it."""
    took_s = (happening.ended_utc - happening.begun_utc).total_seconds()
    told: dict[str, Any] = {
        "at": _moment(happening.ended_utc),
        "level": "error" if happening.problem else "info",
        "what": happening.what,
        "about": happening.about,
        "outcome": happening.outcome,
        "seconds": round(took_s, 6),
        "problem": happening.problem,
        **happening.details,
    }
    kept = {key: value for key, value in told.items() if value != ""}
    if happening.parts:
        kept["parts"] = [_part(part, secrets) for part in happening.parts]
    return json.dumps(_clean(kept, secrets), ensure_ascii=False, separators=(",", ":"))


def without_secrets(text: str, secrets: Collection[str] = ()) -> str:
    """Return a text without known secrets and without what looks like one.

    >>> without_secrets("GET https://sato:pa55@watch.example/x?token=abc&days=3 failed")
    'GET https://[withheld]@watch.example/x?token=[withheld]&days=3 failed'
    """
    for form in _forms(secrets):
        text = text.replace(form, WITHHELD)
    text = text[: 8 * _LONGEST]
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text[:_LONGEST]


def _forms(secrets: Collection[str]) -> Iterator[str]:
    """Yield each secret as it may stand in a text: plain, in addresses, in quotes."""
    found = set()
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            found |= {secret, _percent(secret, "/"), _percent(secret), _percent(secret, " ")}
            found |= {form.replace(" ", "+") for form in found}
            found |= {repr(secret)[1:-1], json.dumps(secret)[1:-1]}
    yield from sorted(found, key=lambda form: (-len(form), form))


def _percent(text: str, kept: str = "") -> str:
    """Return a text as it stands in an address (RFC 3986, 2.1 and 2.3)."""
    plain = set(_UNRESERVED + kept)
    return "".join(
        chr(byte) if chr(byte) in plain else f"%{byte:02X}" for byte in text.encode("utf-8")
    )


def _part(part: Happening, secrets: Collection[str]) -> dict[str, Any]:
    took_s = (part.ended_utc - part.begun_utc).total_seconds()
    told = {"about": part.about, "seconds": round(took_s, 6), "problem": part.problem}
    return {key: value for key, value in {**told, **part.details}.items() if value != ""}


def _clean(value: Any, secrets: Collection[str]) -> Any:
    if isinstance(value, str):
        return without_secrets(value, secrets)
    if isinstance(value, dict):
        return {key: _clean(one, secrets) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one, secrets) for one in value]
    return value


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
