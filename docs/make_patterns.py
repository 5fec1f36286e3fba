"""Write the page on patterns of life and on orbits that end, and its figure.

Run: ``python docs/make_patterns.py``; a test checks that page and results agree. The figures come
from the results of the benchmarks, the picture from made satellites.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from hoshimori.exercise.belt_histories import belt_histories
from hoshimori.model.pattern import Aspect, Mode, NodeKind
from hoshimori.numerics.belt_pattern import belt_pattern

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
PAGE = DOCS / "explain" / "patterns.md"
FIGURE = DOCS / "images" / "patterns.svg"
HEAD = """# Patterns of life, and orbits that end

What an object always does, whether it still does it, and when an orbit is over.
This page is written by `docs/make_patterns.py` from what `benchmarks/accuracy_pattern.py`,
`accuracy_decay.py` and `accuracy_sinking.py` measured; none of the figures was typed by hand.

## Take nature away, and see who steers

A satellite of the geostationary belt is never at rest.
The Earth is not round, so its drift along the belt changes by up to 0.002 degrees a day, every
day; Moon and Sun turn its plane by 0.75 to 0.95 degrees a year.
Both are known well enough to be taken away.
What remains is plain:

![The remainder of three made satellites](../images/patterns.svg)

- **Level**: nobody steers. The object drifts (*NK*), wherever it may be.
- **A staircase**: burns, days to weeks apart, take back at once what nature did meanwhile:
  chemical keeping (*CK*).
- **A ramp** against nature: small corrections nearly every day: electric keeping (*EK*).
- One direction this way and one that way: a hybrid (*HK*).

The remainder is cut into straight pieces by exact dynamic programming, a break costing as much as
noise could not pay.
A step between two pieces is a burn; its size is a velocity.
A level piece longer than any cycle, or a drift that leaves the slot, is free.
The moments at which the mode changes are the *nodes*, in SPLID's labels: *SS* start, *ID* drift
begins, *AD* drift adjusted, *IK* keeping begins, *ES* end.

In low orbits nature is the air, which nobody knows in advance.
There the burns are those of the manoeuvre detector.
Saw teeth that give back at least half of what the air takes keep a height; where the place along
the orbit also follows a clock, within 1.5 degrees over two months, they keep a *phase*, as for a
ground track.
An orbit below about 600 km that does not sink although air must be pulling is kept as well.
Where the air is too thin to tell, an orbit without burns is *inert*, kept or not.

## Departures

An object is compared with its own past, never with an owner's habits.
Three things are reported: a mode of another kind than before, a burn that is overdue, a burn that
came early.
A burn is overdue only if nature, too, has since taken as much as it usually takes between two
burns: where the element stands as it does after a burn, one came that the sets did not show.
The *surprise* is the share of the object's own past that departs as much: how far it went in as
long a time, or how long its intervals were (Student's t of their logarithms, from the last
twenty).
Over thousands of objects small shares come by chance, so what is reported is what keeps the
expected share of false ones below a tenth (Benjamini and Hochberg), and each finding says how
many objects were compared.

## Orbits that end

The fall under the air is reckoned with the mean atmosphere and scaled so that the orbit sinks now
as it is seen to sink: neither area nor mass nor solar activity need be known, and all three are
taken to stay.

How fast it sinks is told from its own element sets.
An orbit sinks ever faster, so the slope of a week ago says too little of today, and an average
over two weeks is late just when it matters.
Therefore each stretch is divided by what the air of its own height takes and multiplied by what
the air of the present height takes: then slopes of different days, also those before and after a
burn, can be compared.
Spans of two, three and five days are tried; longer ones, up to fifteen, where noise leaves more
than a tenth uncertain.
A longer span counts only as far as all shorter ones agree with it, so that after a sail has opened
or a tumble has begun the new rate serves after two to three days, and the finding says that the
rate was another before.
Jumps, which are burns or bad sets, are taken out; enough sets after one tell by themselves.
Who rose in the last fifteen days is judged by all of them, burns included: what sinks only between
the burns that take it back does not come down.

The window is a factor on the time that remains: 1.4 for some days, more for months, and more where
few or noisy sets leave the rate itself uncertain, or where it was seen in thinner air than the
present: how fast the air thins out with height is known to a fifth.
It holds for what only the air moves; who burns can end sooner or later.

```python
import numpy as np
from hoshimori.numerics.reentry import days_to_reentry, reentry_factor

axis_km, sinking_km_day = np.array([6378.1 + 250.0]), np.array([-2.0])
(days,) = days_to_reentry(axis_km, np.zeros(1), sinking_km_day)
assert 15.0 < days < 25.0
assert 1.3 < reentry_factor(days) < 1.6
assert reentry_factor(days, 0.3) > reentry_factor(days)
```

What is no longer updated is *overdue*; *presumed decayed* if its last elements let it re-enter
before now, *lost* after two weeks and ten usual intervals.
"""
STATION = "the station, weekly over five years"
PANELS = (
    (Mode.NOT_KEPT, "NK: nobody steers, level"),
    (Mode.CHEMICAL_KEEPING, "CK: burns, a staircase"),
    (Mode.ELECTRIC_KEEPING, "EK: nearly every day, a ramp"),
)


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    draw(FIGURE)


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([HEAD, *_made(), *_real(), *_burns(), *_departures(), *_ends()])


def _made() -> Iterator[str]:
    yield "## How well nodes are found\n"
    yield (
        "Made belts (`exercise/belt_histories`) hold satellites whose nodes are known: kept by "
        "chemical, electric or hybrid engines or abandoned, some moving, arriving or retiring. "
        "A node counts with its kind and its mode, within the tolerance. Their forces are simpler "
        "than those the reader assumes, their noise is heavy-tailed and as large as that of real "
        "element sets; their plans are simpler than real ones, and SPLID's own data are not at "
        "hand.\n"
    )
    yield "| element sets | tolerance, h | nodes | precision | recall | F2 | SS | ID | AD | IK |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for cadence, belt in _figures("accuracy_pattern")["made_belt"].items():
        kinds = belt["f2_by_node"]
        cells = [
            cadence.replace("_", " "), f"{belt['tolerance_h']:g}", belt["nodes"],
            belt["precision"], belt["recall"], f"**{belt['f2']}**",
            *(kinds[k] for k in ("SS", "ID", "AD", "IK")),
        ]  # fmt: skip
        yield _row(cells)
    yield ""


def _real() -> Iterator[str]:
    yield "## What real histories show\n"
    yield (
        "Shares of the objects judged. A week or a month is too short to see the cycle of many, "
        "which are *unknown*; at monthly samples *kept* and *not kept* alone can be told.\n"
    )
    yield "| histories | judged | aspect | modes | same mode in both halves |"
    yield "| --- | --- | --- | --- | --- |"
    for name, told in _figures("accuracy_pattern")["modes"].items():
        for aspect in Aspect:
            if aspect.value not in told:
                continue
            modes = ", ".join(f"{m} {100 * s:.0f} %" for m, s in told[aspect.value].items())
            halves = told.get(f"{aspect.value} same in both halves")
            same = _percent(halves["same_mode"]) if halves else "too short"
            yield _row([name, told["judged"], aspect.value, modes, same])
    yield ""


def _burns() -> Iterator[str]:
    burns = _figures("accuracy_pattern")["next_burn_90_percent"]
    yield "## How often the interval for the next burn holds it\n"
    yield (
        "Intervals of 90 % from the burns before (at least five), for every burn that followed, "
        "by satellite. They are wide where the plans are irregular: the middle one of the logged "
        f"reaches over a factor of {burns['logged']['median_high_over_low']:g}.\n"
    )
    yield "| burns | held | of |"
    yield "| --- | --- | --- |"
    for source, held in burns.items():
        for name, share in held.items():
            if isinstance(share, list):
                words = f"{source.replace('_', ' ')}: {name}"
                yield _row([f"**{words}**" if name == "all" else words, _percent(share), share[3]])
    yield ""


def _departures() -> Iterator[str]:
    figures = _figures("accuracy_pattern")
    past = figures["departures_of_labelled_satellites"]
    yield "## How often objects are said to depart\n"
    yield (
        f"Ten labelled satellites over {past['satellite_years']} satellite-years, looked at every "
        f"30 days: {past['findings']} departures, {past['per_satellite_year']} a satellite-year. "
        f"Of the {past['overdue_or_early']} that call a burn overdue or early the logs agree with "
        f"{past['of_them_as_logged']}; the others are changed modes, of which the logs do not "
        "speak.\n"
    )
    yield "| group of May 2026 | compared | departures | per 1,000 objects and week (95 %) |"
    yield "| --- | --- | --- | --- |"
    for name, told in figures["departures_in_a_quiet_week"].items():
        low, best, high = told["per_1000_objects_and_week"]
        yield _row([name, told["objects_compared"], told["findings"], f"{best} ({low}–{high})"])
    yield ""


def _ends() -> Iterator[str]:
    figures = _figures("accuracy_decay")
    yield "## How well ends are foretold\n"
    yield (
        f"From each of {figures['catalogues']} past catalogues the windows of all objects were "
        "reckoned with what that catalogue alone tells. Where the last element set of an object "
        "leaves it less than four days, its end is known to about a day.\n"
    )
    yield (
        "| objects | predicted | cases | inside the window (90 %) | median error of the remaining "
        "time | nine in ten within |"
    )
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, told in figures["ends_known_to_a_day"].items():
        for when, window in told.items():
            if window["cases"]:
                yield _row([
                    name, when.removeprefix("predicted "), window["cases"],
                    _percent(window["inside_the_90_percent_window"]),
                    f"{window['median_error_percent_of_remaining_time']:+g} %",
                    f"{window['nine_in_ten_within_percent']:g} %",
                ])  # fmt: skip
    after = figures["seen_after_the_window"]
    yield (
        f"\nSeen again after the whole window had passed: {_percent(after['all but Starlink'])} of "
        f"{after['all but Starlink'][3]:,} windows of all but Starlink, "
        f"{_percent(after['Starlink'])} of {after['Starlink'][3]:,} Starlink. Whoever burns can "
        "outlive a window.\n"
    )
    yield from _falls()
    yield "## Late, lost, or presumed decayed\n"
    yield (
        "On the same catalogues, one element set of each object, so that the cadence of its regime "
        "stands in for its own:\n"
    )
    yield "| called | per 1,000 objects | seen again later (95 %) | findings |"
    yield "| --- | --- | --- | --- |"
    yield from _called(figures["overdue_on_catalogues"])
    yield ""


def _falls() -> Iterator[str]:
    yield "## How well ends are foretold from histories\n"
    yield (
        "Falls are made in air that heats and cools as measured since 1997 (another model of the "
        "air than the one foretold with), with sets every 0.2 to 1.2 days, noise of heavy tails, "
        "bad sets, and burns smeared over fits. Settings were found on one half of the objects; "
        "this is the other: made ones of a seed that nobody looked at before, and real ones that "
        "were looked at twice, with a rule made between.\n"
    )
    yield (
        "| what happens | looked at | looks | found of those due in 60 days | inside the window "
        "(90 %) | median error of the remaining time | nine in ten within |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    half = _figures("accuracy_sinking")["held out"]
    stays = {name: told for name, told in half["made"].items() if "false_alarms" in told}
    for name, told in half["made"].items():
        for when, score in told.items() if name not in stays else ():
            if "median_error_percent" in score and not when.startswith("foretold"):
                yield _row([
                    name, when, score["looks"], f"{100.0 * score['found_of_those_due'][1]:.0f} %",
                    _percent(score["inside_the_90_percent_window"]),
                    f"{score['median_error_percent']:+g} %",
                    f"{score['nine_in_ten_within_percent']:g} %",
                ])  # fmt: skip
    yield "\n| what does not come down | looks | said to end within 60 days |"
    yield "| --- | --- | --- |"
    for name, told in stays.items():
        yield _row([name, told["false_alarms"][3], _percent(told["false_alarms"])])
    station = _figures("accuracy_sinking")["development"]["real"][STATION]["false_alarms"]
    yield _row([f"real: {STATION}", station[3], _percent(station)])
    week = half["real"]["starlink"]
    held = week["of_known_ends_inside_the_90_percent_window"]
    outlived = week["seen_after_the_window"]
    yield (
        f"\nReal falls of a week (Starlink, May 2026): of {held[3]} windows whose end is known "
        f"{_percent(held)} held it; {_percent(outlived)} of {outlived[3]:,} windows were "
        "outlived.\n"
    )


def _called(told: Mapping[str, Any]) -> Iterator[str]:
    for name, kind in told.items():
        if isinstance(kind, dict):
            seen = kind["seen_again_later"]
            yield _row([name, kind["per_1000"], _percent(seen), seen[3]])


def _row(cells: list[Any]) -> str:
    return "| " + " | ".join(f"{c:,}" if isinstance(c, int) else str(c) for c in cells) + " |"


def _percent(share: list[float]) -> str:
    low, best, high = (100.0 * x for x in share[:3])
    return f"{best:.3g} % ({low:.3g}–{high:.3g})"


def _figures(name: str) -> dict[str, Any]:
    document = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    figures: dict[str, Any] = document["figures"]
    return figures


def draw(path: Path) -> None:
    """Draw the drift of three made satellites and what remains of it without nature's part."""
    belt = belt_histories(np.random.Generator(np.random.PCG64(11)), 60, every_days=1.0)
    first = {
        nodes[0].mode: norad_id
        for norad_id, nodes in reversed(list(zip(belt.norad_ids, belt.nodes, strict=True)))
        if not any(n.kind is NodeKind.INITIATE_DRIFT for n in nodes)
        and not any(n.kind is NodeKind.INITIATE_KEEPING for n in nodes)
    }
    mpl.rcParams.update({"svg.hashsalt": "hoshimori", "font.size": 9})
    figure = Figure(figsize=(9.6, 3.2), layout="constrained")
    for axes, (mode, title) in zip(figure.subplots(1, 3), PANELS, strict=True):
        sets = belt.element_sets.of_object(first[mode])
        days = (sets.epoch_utc - sets.epoch_utc[0]) / np.timedelta64(1, "D")
        pattern = belt_pattern(sets.mean_elements(), days)
        drift, level = pattern.drift_deg_day, pattern.east_west.remainder
        axes.plot(days, drift - drift[0], color="#9aa7b8", lw=0.9, label="drift")
        axes.plot(days, level - level[0], color="#0b7a75", lw=1.6, label="without nature's part")
        axes.set_title(title, loc="left")
        axes.set_xlabel("days")
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].set_ylabel("deg/day, from the first day on")
    figure.axes[0].legend(frameon=False, loc="best")
    figure.suptitle("Made satellites (SIMULATED)", x=0.995, ha="right", fontsize=8, color="#667")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
