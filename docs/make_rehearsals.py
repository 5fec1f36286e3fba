"""Renew what `docs/explain/exercise-scores.md` takes from the results of a benchmark.

By hand: ``python docs/make_rehearsals.py``. A test compares.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "explain" / "exercise-scores.md"
KEPT = Path(__file__).parents[1] / "benchmarks" / "results"
_RIGHT = ("found", "silent")


def page() -> str:
    """Return the page with its part of measured figures renewed."""
    text = PAGE.read_text(encoding="utf-8")
    parts = {
        "Measured": measured(_figures("accuracy_rehearsals")),
        "The same on real skies": alike(_figures("accuracy_alike_draws")),
        "The same again": repeated(_figures("accuracy_repeats")),
    }
    for title, made in parts.items():
        text = _renewed(text, title, made)
    return text


def _renewed(text: str, title: str, made: str) -> str:
    place = re.compile(rf"(## {title}\n\n).*?(?=\n## |\Z)", re.S)
    return place.sub(lambda found: found[1] + made, text)


def _figures(name: str) -> Any:
    return json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))["figures"]


def alike(figures: dict[str, Any]) -> str:
    """Return how the same draws fare on a real catalogue and on a made sky."""
    apart = figures["apart_by_holm"]
    lines = [
        f"The same draws of a [sweep](exercise-sweeps.md) on {figures['real']} and on a "
        f"{figures['made']} (`benchmarks/accuracy_alike_draws.py`): the same stories, sizes and "
        "moments, played by other objects. p is that of McNemar's test: whether one sky shows "
        f"more. Held to one error in twenty over all kinds (Holm), "
        f"{', '.join(apart) if apart else 'no kind'} differs.",
        "",
        "| what happens | pairs | found on both | on the real alone | on the made alone | "
        "real less made | p | delay, real less made |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    rows = {**figures["kinds"], "together": figures["together"]}
    lines += [_pair(name, row) for name, row in rows.items()]
    more = (
        "`benchmarks/accuracy_alike.py` plays whole scripts on a real catalogue (those of the belt "
        "on real histories) and on made skies, and compares verdicts, delays, labels and numbers."
    )
    return "\n".join([*lines, "", more]) + "\n"


def _pair(name: str, row: dict[str, Any]) -> str:
    found, delay = row["found"], row["delay_h"]
    low, best, high = (100.0 * found["real_minus_made"][end] for end in ("low", "best", "high"))
    told = f"{delay['median']:+.1f} h"
    if delay["low"] is not None:
        told += f" ({delay['low']:+.1f} to {delay['high']:+.1f})"
    return (
        f"| {name} | {found['pairs']} | {found['both']} | {found['real_alone']} | "
        f"{found['made_alone']} | {best:+.1f} % ({low:+.1f} to {high:+.1f}) | "
        f"{found['mcnemar_p']} | {told} |"
    )


def repeated(figures: dict[str, Any]) -> str:
    """Return how the library fares when it is played twice."""
    return (
        f"The library played twice, in processes that differ in hashes, threads, time zone and "
        f"locale (`benchmarks/accuracy_repeats.py`): {figures['the_same']} of {figures['scripts']} "
        f"scripts are the same in every byte of {figures['files']} files "
        f"({figures['bytes'] / 1e6:.1f} MB).\n"
    )


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
