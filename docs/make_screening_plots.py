"""Write the page about screening and its figure from the results that the benchmarks keep.

Run: ``python docs/make_screening_plots.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
PAGE = DOCS / "explain" / "screening.md"
FIGURE = DOCS / "images" / "screening-scaling.svg"

HEAD = """# Screening everything against everything

Which objects come close to which, when, and how close: for a whole catalogue at once.
This page is written by `docs/make_screening_plots.py` from the figures that
`benchmarks/accuracy_screen.py`, `speed_screen.py` and `speed_screen_gpu.py` keep; none was typed by
hand.

## What counts

- An *encounter* is a local minimum of range at or below the threshold. Each counts once.
- Where a pair is below the threshold at the start of the window and receding, or at the end and
  approaching, that moment is a row of its own, marked as lying at the edge.
- A pair is *fast* if it passes at more than 10 m/s, else *slow*. A slow pair may stay below the
  threshold for hours and have many minima: its *stays* are listed too.
- Pairs that share one element set are *docked*: their range is always zero, which is no encounter.

## How it is judged

The truth is brute force with the reference `sgp4` package, in `benchmarks/screen_truth.py`: every
pair at samples ten seconds apart, slow pairs every second, and every minimum of the sampled
positions solved. It shares nothing with the search but the lines of the catalogue.
Rows are matched one to one, by pair and within a second.
"""
MISSING = "Not measured yet: run `python benchmarks/{name}.py`.\n"
CLASSES = ("fast", "slow", "edges")
PANELS = (
    ("objects", "objects", True),
    ("days", "days", False),
    ("threshold_km", "threshold, km", False),
    ("threads", "threads", False),
)
SIDES = {"hoshimori": "Hoshimori", "astroz": "astroz"}


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    speed = _result("speed_screen")
    if speed:
        draw(speed["figures"]["scaling"], FIGURE)


def page() -> str:
    """Return the page as Markdown."""
    parts = (
        _recall(_result("accuracy_screen")),
        _speed(_result("speed_screen")),
        _device(_result("speed_screen_gpu")),
    )
    return "\n".join([HEAD, *(line for part in parts for line in part)])


def _result(name: str) -> dict[str, Any]:
    path = RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


# Recall


def _recall(result: dict[str, Any]) -> Iterator[str]:
    yield "## What is found\n"
    if not result:
        yield MISSING.format(name="accuracy_screen")
        return
    figures = result["figures"]
    asked, truth = figures["question"], figures["truth"]
    objects = f"{asked['objects']:,} objects" if asked["objects"] else "all objects"
    yield (
        f"Catalogue `{asked['snapshot']}`, {objects}, {asked['hours']:g} h from {asked['t0_utc']}, "
        f"{asked['threshold_km']:g} km. The truth holds {truth['fast_events']:,} fast and "
        f"{truth['slow_events']:,} slow encounters, {truth['edge_start'] + truth['edge_end']:,} "
        f"rows at the edges, {truth['docked']:,} docked pairs and {truth['stays']:,} stays.\n"
    )
    head = [
        "",
        "class",
        "true",
        "found",
        "recall",
        *(f"time {q}, s" for q in ("p50", "p99", "max")),
    ]
    yield _table([*head, *(f"miss {q}, m" for q in ("p50", "p99", "max"))], _recall_rows(figures))
    yield "Rows that match nothing, by what explains them:\n"
    sides = [side for side in SIDES if side in figures]
    reasons = list(figures[sides[0]]["unmatched"])
    yield _table(
        ["", "rows", *(reason.replace("_", " ") for reason in reasons)],
        [
            [
                SIDES[side],
                f"{figures[side]['rows']:,}",
                *(f"{figures[side]['unmatched'][reason]:,}" for reason in reasons),
            ]
            for side in sides
        ],
    )
    for side in sides:
        yield _misses(SIDES[side], figures[side])


def _recall_rows(figures: dict[str, Any]) -> Iterator[list[str]]:
    for side in (side for side in SIDES if side in figures):
        for name in CLASSES:
            of = figures[side][name]
            yield [
                SIDES[side],
                name,
                f"{of['true']:,}",
                f"{of['found']:,}",
                "" if of["recall"] is None else f"{of['recall']:.5f}",
                *_quantiles(of["tca_difference_s"]),
                *_quantiles(of["miss_difference_m"]),
            ]


def _quantiles(of: dict[str, float]) -> list[str]:
    return [f"{of[name]:.2g}" if name in of else "" for name in ("p50", "p99", "max")]


def _misses(side: str, of: dict[str, Any]) -> str:
    listed = of["missed"]
    missed = sum(of[name]["true"] - of[name]["found"] for name in CLASSES)
    if not missed:
        return f"{side} missed none.\n"
    generous = f"{of['slow_within_a_minute']:,} of {of['slow']['true']:,}"
    head = f"{side} missed {missed:,}; within a minute it finds {generous} slow ones.\n"
    more = [f"- and {missed - len(listed):,} more"] if listed and missed > len(listed) else []
    return "\n".join([head, *(f"- {row}" for row in listed), *more, *([""] if listed else [])])


# Speed


def _speed(result: dict[str, Any]) -> Iterator[str]:
    yield "## How long it takes\n"
    if not result:
        yield MISSING.format(name="speed_screen")
        return
    machine, figures = result["machine"], result["figures"]
    beside = figures["side_by_side"]
    yield (
        f"From parsed elements to the table sorted by time, on {machine['processor']} with "
        f"{machine['cores']} cores; medians, the first run left out.\n"
    )
    cases = [beside[side] for side in SIDES if side in beside] + [figures["week"]]
    yield _table(
        ["", "objects", "days", "km", "rows", "wall s", "CPU s", "peak MiB"],
        ([SIDES[case["side"]], f"{case['objects']:,}", *_case(case)] for case in cases),
    )
    if "astroz" in beside:
        yield _ratios(beside)
    yield "## How it grows\n"
    yield f"![Seconds against objects, days, threshold and threads](../images/{FIGURE.name})\n"
    for name, label, _ in PANELS:
        yield _table(
            [label, "rows", "wall s", "CPU s", "peak MiB"],
            ([f"{case[name]:,g}", *_case(case)[2:]] for case in figures["scaling"][name].values()),
        )
    yield (
        "Beyond the catalogue the sky is made from it: rows drawn again by a seed, with the node, "
        "the argument of perigee and the mean anomaly drawn anew, and the other elements "
        "jittered.\n"
    )


def _device(result: dict[str, Any]) -> Iterator[str]:
    yield "## On a GPU\n"
    if not result:
        yield MISSING.format(name="speed_screen_gpu")
        return
    figures = result["figures"]
    yield (
        f"The same steps, questions and rows on {figures['device']['device']}, with the CPU's own "
        f"SGP4 source ({result['machine']['cores']} cores beside it, which solve the slow pairs). "
        f"Compilation, {figures['compilation_s']:.0f} s, comes first and is not counted. *Found* "
        "are the rows of the CPU engine that the device gives too.\n"
    )
    measured = {name: case for name, case in figures.items() if isinstance(case, dict)}
    yield _table(
        ["sky, days, step", "on the device s", "end to end s", "rows", "found", "others"],
        (
            [
                name,
                f"{case['stages']['on_device_s']:.2f}",
                f"{case['end_to_end_s']:.2f}",
                f"{case['rows']:,}",
                *_found(measured.get(f"{name}: CPU")),
            ]
            for name, case in measured.items()
            if "stages" in case
        ),
    )
    yield (
        "*Filled up* is the catalogue with copies of its orbits, other nodes and anomalies. It "
        "needs an NVIDIA driver and `pip install 'hoshimori[cuda]'`, then `--device cuda`.\n"
    )


def _found(beside: dict[str, Any] | None) -> list[str]:
    if beside is None:
        return ["", ""]
    matched = beside["fast_matched"] + beside["slow_matched"]
    return [f"{matched:,} of {beside['rows_expected']:,}", f"{beside['unmatched_found']:,}"]


def _ratios(beside: dict[str, Any]) -> str:
    cpu, wall, peer = beside["times_less_cpu"], beside["times_less_wall"], beside["astroz"]
    return (
        f"astroz {peer['version']} at its best step ({peer['step_min']:g} min), "
        f"{beside['rounds']} alternations: Hoshimori takes {cpu['median']:.1f} times less CPU "
        f"({cpu['least']:.1f} to {cpu['most']:.1f}) and {wall['median']:.1f} times less wall time "
        f"({wall['least']:.1f} to {wall['most']:.1f}).\n"
    )


def _case(case: dict[str, Any]) -> list[str]:
    seconds = [f"{case[name]:.3g}" for name in ("wall_s", "cpu_s")]
    days, threshold = f"{case['days']:g}", f"{case['threshold_km']:g}"
    return [days, threshold, f"{case['rows']:,}", *seconds, f"{case['peak_memory_mib']:.0f}"]


def _table(head: list[str], rows: Iterator[list[str]] | list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


# Figure


def draw(scaling: dict[str, dict[str, dict[str, Any]]], path: Path) -> None:
    """Draw CPU and wall seconds against each quantity that was varied."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.hashsalt": "hoshimori", "svg.fonttype": "none", "font.size": 9})
        figure = Figure(figsize=(8.0, 5.6), layout="constrained")
        for axes, (name, label, is_log) in zip(figure.subplots(2, 2).flat, PANELS, strict=True):
            cases = list(scaling[name].values())
            _panel(axes, cases, name)
            axes.set_xlabel(label)
            if is_log:
                axes.loglog()
            else:
                axes.set_xticks([case[name] for case in cases])
                axes.set_ylim(bottom=0.0)
        figure.axes[0].legend(frameon=False)
        path.parent.mkdir(exist_ok=True)
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(path, metadata=nothing)


def _panel(axes: Axes, cases: list[dict[str, Any]], name: str) -> None:
    x = [case[name] for case in cases]
    axes.plot(x, [case["cpu_s"] for case in cases], "o-", color="#1f5fa8", ms=4, label="CPU")
    axes.plot(x, [case["wall_s"] for case in cases], "s--", color="#b5651d", ms=4, label="wall")
    axes.set_ylabel("seconds")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#dddddd", linewidth=0.5)


if __name__ == "__main__":
    main()
