"""Write what the cards of detectors quote of the sweep from the result of its benchmark.

Run: ``python docs/make_card_curves.py``; a test checks that cards and result agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hoshimori.model.quoted_sweeps import SIZE_OF
from hoshimori.model.sweeps import DrawKind, DrawRegime

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "accuracy_sweep.json"
MODULE = ROOT / "src" / "hoshimori" / "model" / "measured_curves.py"
WIDTH = 100
HEAD = '''"""What the cards of detectors quote of the sweep.

Written by docs/make_card_curves.py from the result of the benchmark; not edited by hand.
"""

from __future__ import annotations

from datetime import date

from hoshimori.model.finding import Interval
from hoshimori.model.quoted_sweeps import QuotedCurve, QuotedShare, QuotedSweep
from hoshimori.model.sweeps import DrawKind
'''
SLICES = {"": "", "belt": "[-1:]", "low orbits": "[1:3]"}
"""Curves of a kind are of all, low orbits, those from 700 km on, and the belt, where it is drawn.
"""
RTN = ("radial", "in-track", "cross-track")
"""Of burns the direction tells more than the orbit."""
TESTED = {
    "MANOEUVRE": (("manoeuvre",), {"burn": "", "slow-thrust": ""}),
    "PROXIMITY": (("proximity",), {"shadow": "", "inspect": "", "fly-by": ""}),
    "GEO_NEIGHBOUR": (
        ("geo_neighbour",),
        {"shadow": "belt", "inspect": "belt", "fly-by": "belt"},
    ),
    "SHADOWING": (("shadowing",), {"shadow": "low orbits", "launch": ""}),
    "BREAKUP": (("breakup", "separation"), {"release": "", "break-up": ""}),
    "DECAY": (("decay",), {"re-entry": ""}),
    "OVERDUE": (("anomaly",), {"loss": ""}),
}
"""Of the card of each detector: kinds of its findings, and draws that test it, with where."""


def module() -> str:
    """Return the module as source text."""
    document = json.loads(RESULT.read_text(encoding="utf-8"))
    told = document["figures"]["sweep"]
    day = date.fromisoformat(document["measured_utc"][:10])
    kinds = "".join(f"_{_enum(kind.value)} = {_tuple(_curves(kind, told))}\n" for kind in DrawKind)
    return f"{HEAD}\n{kinds}" + "".join(_constant(name, told, day) for name in TESTED)


def _curves(kind: DrawKind, told: dict[str, Any]) -> list[str]:
    regimes = tuple(regime.value for regime in DrawRegime)
    traits = RTN if kind is DrawKind.BURN else ()
    groups = ("", *regimes, *(f"{regime} {trait}" for regime in regimes for trait in traits))
    return [
        _curve(one)
        for group in groups
        for one in told["curves"]
        if (one["kind"], one["group"], one["measure"]) == (kind.value, group, SIZE_OF[kind])
    ]


def _constant(name: str, told: dict[str, Any], day: date) -> str:
    findings, kinds = TESTED[name]
    curves = [f"*_{_enum(kind)}{SLICES[where]}" for kind, where in kinds.items()]
    shares = [
        _share(one)
        for one in told["operating"]
        if one["kind"] in kinds and one["finding"] in findings
    ]
    listed = f"({', '.join(curves)}{',' if len(curves) == 1 else ''})"
    return (
        f"\n{name} = QuotedSweep(\n    {json.dumps(told['sky'])},\n    {told['objects']},\n"
        f"    date({day.year}, {day.month}, {day.day}),\n"
        f"    {listed},\n    {_tuple(shares, 4)},\n)\n"
    )


def _curve(one: dict[str, Any]) -> str:
    fit = one["fit"] or {"half": None, "ninety": None}
    parts = (
        f"DrawKind.{_enum(one['kind'])}",
        json.dumps(one["group"]),
        _digits(one["bins"][0]["low"]),
        _digits(one["bins"][-1]["high"]),
        str(one["count"]),
        str(one["found"]),
        _interval(fit["half"]),
        _interval(fit["ninety"]),
    )
    return f"QuotedCurve({', '.join(parts)})"


def _share(one: dict[str, Any]) -> str:
    last = one["points"][-1]
    shown = round(last["found"]["best"] * one["count"])
    kind = f"DrawKind.{_enum(one['kind'])}"
    parts = (kind, str(one["count"]), str(shown), _interval(last["per_asset_month"]))
    return f"QuotedShare({', '.join(parts)})"


def _enum(value: str) -> str:
    return value.upper().replace("-", "_")


def _interval(told: dict[str, float] | None) -> str:
    if told is None:
        return "None"
    return f"Interval({', '.join(_digits(told[end]) for end in ('low', 'best', 'high'))})"


def _digits(value: float) -> str:
    """Return a number to the two digits that cards show."""
    return repr(float(f"{value:.2g}"))


def _tuple(calls: Sequence[str], indent: int = 0) -> str:
    """Return a tuple as the formatter lays it out."""
    if len(calls) == 1 and len(calls[0]) + indent + 4 <= WIDTH:
        return f"({calls[0]},)"
    lines = "".join(_call(call, indent + 4) for call in calls)
    return f"(\n{lines}{' ' * indent})"


def _call(call: str, indent: int) -> str:
    margin = " " * indent
    if len(call) + indent + 1 <= WIDTH:
        return f"{margin}{call},\n"
    name, _, rest = call.partition("(")
    inside = rest[:-1]
    if len(inside) + indent + 4 <= WIDTH:
        return f"{margin}{name}(\n{margin}    {inside}\n{margin}),\n"
    parts = re.split(r", (?![^(]*\))", inside)
    lines = "".join(f"{margin}    {part},\n" for part in parts)
    return f"{margin}{name}(\n{lines}{margin}),\n"


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8")
