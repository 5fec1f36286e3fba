"""Documents written as TOML: tables in sections, small ones in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile('[\\\\"\x00-\x1f\x7f]')
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_toml(document: Mapping[str, Any]) -> str:
    """Return a document as TOML; what `tomllib` reads of it equals the document.

    >>> print(write_toml({"seed": 7, "part": [{"name": "a"}]}))
    seed = 7
    <BLANKLINE>
    [[part]]
    name = "a"
    <BLANKLINE>
    """
    return "\n".join([*_table(document, ""), ""])


def _table(table: Mapping[str, Any], prefix: str) -> list[str]:
    """Return the lines of a table: what fits in a line first, then the sections."""
    lines = [f"{_key(k)} = {_value(v)}" for k, v in table.items() if not _is_section(v)]
    for key, value in table.items():
        if not _is_section(value):
            continue
        name = f"{prefix}{_key(key)}"
        for one in value if isinstance(value, list) else [value]:
            header = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            lines += ["", header, *_table(one, f"{name}.")]
    return lines


def _is_section(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, Mapping) for one in value)
    return isinstance(value, Mapping)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case list():
            return f"[{', '.join(_value(one) for one in value)}]"
        case _:
            return _text(value)


def _text(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _NAMED.get(found[0], f"\\u{ord(found[0]):04x}")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)
