"""Renew what `docs/explain/exercises.md` takes from the code: kinds of inject, script, library.

By hand: ``python docs/make_exercises.py``. A test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

from hoshimori.formats.scenario_injects import INJECT
from hoshimori.model.injects import INJECT_KINDS
from hoshimori.workflows.exercise_library import TEMPLATE, library

PAGE = Path(__file__).parent / "explain" / "exercises.md"
_KINDS = {"replay": "documented case", "look-alike": "benign look-alike"}


def page() -> str:
    """Return the page with its parts renewed."""
    text = PAGE.read_text(encoding="utf-8")
    for heading, made in (
        ("What can happen", injects()),
        ("A whole script", example()),
        ("The library", scripts()),
    ):
        text = re.sub(
            rf"(## {heading}\n\n).*?(?=\n## |\Z)", lambda m, new=made: m[1] + new, text, flags=re.S
        )
    return text


def injects() -> str:
    """Return the table of the kinds of inject with their keys."""
    rows = ["| kind | what it is | keys beside `id` and `at_h` |", "| --- | --- | --- |"]
    for table in INJECT.tables:
        kind = table.tag[1] if table.tag else ""
        said = (INJECT_KINDS[kind].__doc__ or "").partition("\n")[0].rstrip(".")
        optional = table.defaults()
        keys = [
            f"`{key.name}`" + (" (may be left out)" if key.of in optional else "")
            for key in table.keys
            if key.name not in ("id", "at_h")
        ]
        rows.append(f"| `{kind}` | {said} | {', '.join(keys)} |")
    return "\n".join(rows) + "\n"


def example() -> str:
    """Return the script that `new` writes."""
    text = TEMPLATE.read_text(encoding="utf-8")
    return f"It is what `hoshimori rehearse new` writes.\n\n```toml\n{text}```\n"


def scripts() -> str:
    """Return the table of the library."""
    rows = [
        "Nobody is named as the one behind anything: parts are called by what they do.",
        "",
        "| script | title | kind | days | after |",
        "| --- | --- | --- | --- | --- |",
    ]
    for script in library():
        kind = _KINDS.get(script.kind.value, script.kind.value)
        days = f"{script.pace.length_h / 24.0:.3g}"
        rows.append(
            f"| `{script.scenario_id}` | {script.title['en']} | {kind} | {days} | {script.source} |"
        )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
