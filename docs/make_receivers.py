"""Renew the table of the page on receivers from what its benchmark keeps.

Run: ``python docs/make_receivers.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from page_blocks import renewed

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_receivers.json"
PAGE = DOCS / "explain" / "receivers.md"


def page() -> str:
    """Return the page with its table renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    return renewed(PAGE, {"labelled": _table(figures)})


def _table(figures: Mapping[str, Any]) -> str:
    quiet = figures["quiet driving"]
    told = quiet["told a day"]
    lines = [
        "A labelled tracker in a vehicle (bluebird-id/jammer-detection): its jammed samples and "
        "those in blank spots, laid in stretches into its own quiet driving; all are found.",
        "Intervals are 95 %; a sample is ten seconds.",
        "",
        "| stretches of | part of the set | jammed | blank spots | jammed: precision | recall | "
        "blank spots: precision | recall |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for lasting in ("one minute", "five minutes"):
        for part in ("training", "testing", "all"):
            one = figures[lasting][part]
            numbers = [str(n) for n in one["stretches"].values()]
            scores = [
                _interval(one["by stretch"][label][name])
                for label in ("Jammed", "Blank Spot")
                for name in ("precision", "recall")
            ]
            lines.append(f"| {' | '.join([lasting, part, *numbers, *scores])} |")
    late = figures["one minute"]["all"]["onset s"]["within 20 s"]
    lines += [
        "",
        f"The onset is right within 20 s in {_interval(late)} of the stretches of a minute.",
        f"In {quiet['days']:.1f} days of quiet driving, a day: "
        f"{_interval(told['ALL_FELL'])} told as power from outside, "
        f"{_interval(told['BLANK_SPOT'])} as shut out, "
        f"{_interval(told['UNCLEAR'])} as not told apart.",
    ]
    lines += _as_it_lies(figures["as it lies"])
    made = dict(figures["made reception"])
    quiet_made = made.pop("quiet reception, told a day")
    lines += [
        "",
        "In made reception with known truth (eight satellites or one link, 9 to 25 dB, five "
        "minutes to an hour):",
        "",
        "| cause | told as it was | other findings |",
        "| --- | --- | --- |",
        *(
            f"| {name} | {_interval(one['told as it was'])} | {one['else']} |"
            for name, one in made.items()
        ),
        "",
        f"Quiet made reception is told of {_interval(quiet_made)} times a day; the interval of the "
        "depth of power from outside holds it in "
        f"{_interval(made['power from outside']['depth in its interval'])}.",
    ]  # fmt: skip
    return "\n".join(lines)


def _as_it_lies(figures: Mapping[str, Any]) -> list[str]:
    by, quiet = figures["by sample"], figures["quiet driving, told a day"]
    parts = ", ".join(
        f"{_interval(share)} of {part.lower()}" for part, share in figures["stretches told"].items()
    )
    return [
        "",
        "The file as it lies, by the command alone (`--start 2024-01-01T00:00:00Z --step 10`): its "
        f"{1 + len(figures['restarts'])} parts are numbered from 0 each, and are read as one "
        "receiver's samples in the order of the file.",
        "By sample: "
        + "; ".join(
            f"{label.lower()}: precision {_interval(by[label]['precision'])}, "
            f"recall {_interval(by[label]['recall'])}"
            for label in by
        )
        + ".",
        f"Told as labelled: {parts}.",
        "Both testing parts stand before any quiet sample and are judged by those after.",
        f"Of the quiet driving, a day: {_interval(quiet['ALL_FELL'])} told as power from outside, "
        f"{_interval(quiet['BLANK_SPOT'])} as shut out, {_interval(quiet['UNCLEAR'])} as not told "
        "apart.",
        "Intervals take samples for independent, which those of one part are not.",
    ]


def _interval(values: list[float]) -> str:
    low, best, high = values
    return f"{best:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
