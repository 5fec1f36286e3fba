"""The frame of every page that is renewed from results: its marked parts, and their tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_BLOCK = re.compile(r"<!-- ([a-z_]+) -->\n(?:.*?\n)?<!-- end -->", re.S)


def renewed(page: Path, blocks: Mapping[str, str]) -> str:
    """Return a page with what stands between its marks renewed; the words stay as written.

    Raises ValueError where marks and blocks differ.
    """
    written = page.read_text(encoding="utf-8")
    if differing := set(blocks) ^ set(_BLOCK.findall(written)):
        raise ValueError(f"{page.name}: marks and blocks differ: {sorted(differing)}")
    return _BLOCK.sub(lambda m: f"<!-- {m[1]} -->\n{blocks[m[1]]}\n<!-- end -->", written)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """Return a table in Markdown."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
