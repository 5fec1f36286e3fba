"""Documents written as TOML: tables in sections, small ones in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_WIDTH = 96
_BREAK = re.compile(r"[^\s。、]*(?:[。、]+|\s+|$)")
"""What stays in one line of a long text: a word, or a Japanese clause."""
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
    lines = [line for k, v in table.items() if not _is_section(v) for line in _line(k, v)]
    for key, value in table.items():
        if not _is_section(value):
            continue
        name = f"{prefix}{_key(key)}"
        for one in value if isinstance(value, list) else [value]:
            header = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            lines += ["", header, *_table(one, f"{name}.")]
    return lines


def _line(key: str, value: Any) -> list[str]:
    """Return a key with its value; a long text goes over several lines, which reading joins."""
    if not isinstance(value, str) or len(value) <= _WIDTH or value[0].isspace():
        return [f"{_key(key)} = {_value(value)}"]
    broken = [_escaped(part) + "\\" for part in _wrapped(value)]
    return [f'{_key(key)} = """\\', *broken, '"""']


def _wrapped(text: str) -> list[str]:
    """Return a text in pieces of one line each; none but the first begins with a blank."""
    pieces = [""]
    for found in _BREAK.finditer(text):
        if pieces[-1] and len(pieces[-1]) + len(found[0].rstrip()) > _WIDTH:
            pieces.append("")
        pieces[-1] += found[0]
    return [piece for piece in pieces if piece]


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
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return _NAMED.get(found[0], f"\\u{ord(found[0]):04x}")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)
