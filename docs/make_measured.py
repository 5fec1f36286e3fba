"""Write the page of measured figures from the results that the benchmarks keep.

Run: ``python docs/make_measured.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
PAGES_OF_TABLES = {
    "accuracy_covariance": "explain/uncertainty.md",
    "accuracy_reach": "explain/reach.md",
    "accuracy_proximity": "explain/belt.md",
    "accuracy_breakups": "explain/breakups.md",
    "accuracy_interference": "explain/interference.md",
    "accuracy_geolocation": "explain/geolocation.md",
    "accuracy_rehearsals": "explain/exercise-scores.md",
    "accuracy_sweep": "explain/exercise-sweeps.md",
}
"""Where the figures under "tables" are shown instead: too many for a list."""
HEAD = """# Measured

Every figure on this page was written by a benchmark in `benchmarks/` and copied here by
`docs/make_measured.py`; none was typed by hand.
Wall times depend on the machine that is named; ratios and counts travel better.
`make bench` measures all of them again.
"""


def page() -> str:
    """Return the page as Markdown."""
    sections = [_section(path) for path in sorted(RESULTS.glob("*.json"))]
    return "\n".join([HEAD, *sections])


def _section(path: Path) -> str:
    document = json.loads(path.read_text(encoding="utf-8"))
    lines = [f"## {path.stem}", ""]
    machine = document.get("machine") if isinstance(document, dict) else None
    if isinstance(machine, dict):
        lines += [f"Machine: {', '.join(f'{k} {v}' for k, v in machine.items() if v)}.", ""]
    lines += [f"Run: `python benchmarks/{path.stem}.py`", "", "| figure | value |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in _figures(document, ())]
    if path.stem in PAGES_OF_TABLES:
        lines += ["", f"Tables: [{path.stem}]({PAGES_OF_TABLES[path.stem]})."]
    return "\n".join(lines) + "\n"


def _figures(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "tables":
                continue
            if key not in ("machine", "benchmark", "figures") or path:
                yield from _figures(inner, (*path, str(key)))
            elif key == "figures":
                yield from _figures(inner, path)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _figures(inner, (*path, _label(inner, index)))
    else:
        yield (
            " · ".join(path).replace("_", " "),
            f"{value:.4g}" if isinstance(value, float) else str(value),
        )


def _label(entry: Any, index: int) -> str:
    if not isinstance(entry, dict):
        return str(index + 1)
    named = [str(entry[key]) for key in ("format", "records", "objects") if key in entry]
    return " ".join(named) or str(index + 1)


if __name__ == "__main__":
    (DOCS / "measured.md").write_text(page(), encoding="utf-8")
