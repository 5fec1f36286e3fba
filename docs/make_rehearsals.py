"""Renew what `docs/explain/exercise-scores.md` takes from the results of a benchmark.

By hand: ``python docs/make_rehearsals.py``. A test compares.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "explain" / "exercise-scores.md"
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "accuracy_rehearsals.json"
_RIGHT = ("found", "silent")


def page() -> str:
    """Return the page with its part of measured figures renewed."""
    text = PAGE.read_text(encoding="utf-8")
    made = measured(json.loads(RESULTS.read_text(encoding="utf-8"))["figures"])
    return re.sub(r"(## Measured\n\n).*?(?=\n## |\Z)", lambda m: m[1] + made, text, flags=re.S)


def measured(figures: dict[str, Any]) -> str:
    """Return the summary and the table of every script."""
    low, best, high = figures["false_per_asset_month"]
    lines = [
        f"The library of {figures['scripts']} scripts, each on a {figures['sky']} of the script's "
        f"seed, {figures['looks']} looks (`benchmarks/accuracy_rehearsals.py`); 95 % intervals.",
        "No detector was tuned on it. Reports are found as they come; a look a day adds up to a "
        "day to each delay.",
        "",
        "| | |",
        "| --- | --- |",
        f"| found in time and whole | {_share(figures['found'])} |",
        f"| seen at all | {_share(figures['seen_at_all'])} |",
        f"| rightly silent | {_share(figures['silent'])} |",
        f"| from publication to finding | median {_hours(figures['delay_h_median'])}, "
        f"worst {_hours(figures['delay_h_worst'])} |",
        f"| false alarms that ask for a look, over those of the sky | {figures['false_alarms']} in "
        f"{figures['asset_months']} asset-months: {best} a month ({low} to {high}) |",
        f"| filed under a label of the script | {_share(figures['label_right'])} |",
        f"| true explanation first | {_share(figures['true_group_first'])} |",
        f"| true explanation not ruled out | {_share(figures['true_group_open'])} |",
        f"| Brier score (0 to 2) | {figures['brier']} |",
        f"| words that must never stand in a text | {figures['wording']} |",
        "",
        "| script | event | how it went | after publication | filed under | true explanation |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for script, rows in figures["tables"].items():
        lines += [_row(script, row) for row in rows] or [f"| `{script}` | nothing | | | | |"]
    return "\n".join(lines) + "\n"


def _row(script: str, row: dict[str, Any]) -> str:
    verdict = row["verdict"] if row["verdict"] in _RIGHT else f"**{row['verdict']}**"
    label = row["label"] or ""
    if row["label_right"] is False:
        label = f"**{label}**"
    rank = "" if row["rank"] is None else f"{row['rank']}{'' if row['open'] else ', ruled out'}"
    delay = "" if row["delay_h"] is None else _hours(row["delay_h"])
    return f"| `{script}` | `{row['event']}` | {verdict} | {delay} | {label} | {rank} |"


def _share(share: dict[str, Any]) -> str:
    low, best, high = (f"{100.0 * share[end]:.0f}" for end in ("low", "best", "high"))
    return f"{share['count']} of {share['of']}: {best} % ({low} to {high} %)"


def _hours(hours: float | None) -> str:
    return "–" if hours is None else f"{hours:.1f} h"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
