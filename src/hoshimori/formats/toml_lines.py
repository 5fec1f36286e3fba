"""In which line of a TOML file a key stands, so that messages can name it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TABLE = re.compile(r"\[\s*(?P<name>[^\[\]]+?)\s*\]\s*(#.*)?")
_KEY = re.compile(r"""(?P<name>"[^"]*"|'[^']*'|[\w.-]+)\s*=""")


def lines_of_keys(text: str) -> Mapping[str, int]:
    """Return the line of each table and key, by its whole name without quotes.

    It is for messages alone: a line of a text over several lines that looks like a key counts as
    one where there is no such key above.

    >>> lines_of_keys('[watch]\\ndays = 3\\n[markings.sources]\\n"a.csv" = "TLP:RED"')
    {'watch': 1, 'watch.days': 2, 'markings.sources': 3, 'markings.sources.a.csv': 4}
    """
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if found := _TABLE.fullmatch(stripped):
            table = _plain(found["name"]) + "."
            lines.setdefault(table[:-1], number)
        elif found := _KEY.match(stripped):
            lines.setdefault(table + _plain(found["name"]), number)
    return lines


def _plain(name: str) -> str:
    return name.replace('"', "").replace("'", "")
