"""Write the page about warning times and its figure from the results that the benchmarks keep.

Run: ``python docs/make_reach.py``; a test checks that page and results agree. The figure is of a
made sky.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hoshimori.model.constellations import NO_FAMILY, families
from hoshimori.model.elements import ElementSets
from hoshimori.numerics.elements import MeanElements, OrbitRegime, orbit_regime
from hoshimori.numerics.reach import reach_times
from hoshimori.workflows.skies import made_sky

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
PAGE = DOCS / "explain" / "reach.md"
FIGURE = DOCS / "images" / "warning-times.svg"
MISSING = "Not measured yet: run `python benchmarks/{name}.py`.\n"
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
SPEEDS_M_S = np.geomspace(5.0, 400.0, 60)
RANKS = (1, 5, 25)

HEAD = """# How soon somebody could be alongside

A collision is over in a moment; company is not. An object that wants to be near a satellite, to
look, to listen or to serve, has to match its orbit, and that takes time. How much at the very
least is the *warning time*: it tells an operator how long there is to notice, and which satellites
have little of it. `hoshimori reach` computes it for every asset against a whole catalogue.
This page is written by `docs/make_reach.py` from the figures that `benchmarks/accuracy_reach.py`
and `speed_reach.py` keep; none was typed by hand.

![Warning time against velocity change, for two made satellites](../images/warning-times.svg)

*Two satellites of the made sky: the soonest, the fifth and the twenty-fifth object that could come
alongside, over the velocity change allowed. In GEO the way along the belt decides, and time falls
as one over the velocity. In LEO whole planes have to drift together; where the velocity suffices
to change the plane at once, weeks become hours.*

## What is asked

- *Alongside* is within a range (50 km if nobody says otherwise) and moving along: for a revolution
  the object stays that near. Crossing at kilometres a second is not company; `screen` finds it.
- The object may change its velocity by so much in total, there and stopping. Nobody outside knows
  what is left in its tanks: 50 and 200 m/s are asked by default, and all payloads taken as able.
- What comes out is a time. No burn, direction or moment of one is computed on the way, returned or
  written; a test looks for them. It is a measure of warning and cannot serve as a plan.

## Why it is a lower bound

A warning time that is too long is worse than none. So each step takes what nothing can undercut.

1. **Shape, height, tilt.** One impulse changes the energy by at most its size times the speed, the
   angular momentum by its size times the radius, the eccentricity by twice its size over mu/h, the
   plane by its size over the speed at apogee. What these cost at least is due in any case.
2. **The node** turns by J2 at a rate that depends on height and inclination (500 km, 97.4 degrees:
   10 km higher is 0.005 degrees a day less). Impulses *u* before and *w* after a drift of time *T*
   must make up the change *b*: `u + w + T (k·u) e = b`. The least `|u| + |w|` is a convex problem;
   its dual has a closed form, `|b_yz|^2 + min_q (b_x - q T k·b)^2 / (1 + q (1 - q) T^2 k^2)`, so
   bisection finds the first day on which it is allowed.
3. **The way along the orbit** closes at the rate by which a changed period differs, at best three
   times the velocity: in GEO 2.84 m/s, at either end, for a degree a day.
4. The warning time is the later of both, as the plane leaves velocity for the way.

Where that is less than three days, the page also shows by when two impulses alone would do
(Lambert's problem after Izzo 2015, up to four revolutions): the true time lies between.
"""

LIMITS = """## What limits it

- Drag, the Moon, the Sun and the uneven equator are free rides that the bound leaves out: low
  objects sink without burning, and the poles of idle GEO satellites wander by up to a degree a
  year. Low thrust is slower than impulses, so the bound holds for it.
- Within one revolution the bound is loose (the cases of less than a day show it): it says minutes
  where hours are needed. The second time, by two impulses, is the one to read there.
- A crossing at speed is no company and has no warning time here.
- Elements err by kilometres, and nobody announces a burn: what moved since is not in them.
- The base rate says how common such a warning time is. In GEO dozens of satellites could be beside
  any other within a day or two, and almost none ever is.

## Who goes in an asset's plane

The detector *shadowing* looks for objects of other launches in an asset's plane at nearly its
height. Planes in sun-synchronous orbit share their drift by design, so a match there says little;
what counts is how many of the 300 objects nearest in inclination show as close a match, and whether
free drift explains it. With a history the angle at each element set stands beside the one that free
drift would have made: *kept*, *came together*, *launched into*.

Known kinds raise nothing: one launch, one constellation, one series of names at one height, docked
pairs, formations within 10 km. GEO is left to the watch of slots, where longitude tells.
"""


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    draw(FIGURE)


def page() -> str:
    """Return the page as Markdown."""
    accuracy, speed = _result("accuracy_reach"), _result("speed_reach")
    parts = (
        _made(accuracy.get("made")),
        _within(accuracy.get("within")),
        _real(accuracy.get("real")),
        [LIMITS],
        _shadowing(accuracy.get("shadowing")),
        _planes(accuracy.get("planes")),
        _speed(speed),
    )
    return "\n".join([HEAD, *(line for part in parts for line in part)])


def _result(name: str) -> dict[str, Any]:
    path = RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["figures"]) if path.exists() else {}


def _made(figures: dict[str, Any] | None) -> Iterator[str]:
    yield "## Against optimised transfers\n"
    if not figures:
        yield MISSING.format(name="accuracy_reach")
        return
    yield (
        "Made pairs, to within 10 m. The truth (`benchmarks/reach_truth.py`) shares no code with "
        "the bound: a linear programme over impulses at many moments starts a search in full "
        "dynamics (gravity and J2, integrated), which must end on the other object's state. "
        "*Least at the bound* is what that search needs for arriving at the bound: it must be no "
        "less than what was allowed (half a per cent is given for the search's own tolerance). "
        "Searches may miss the best way, so optimised times are late themselves, above all where "
        "planes drift for weeks. "
        f"In {figures['bound_later_than_optimised']} of {figures['all']} cases it was less. "
        f"Median ratio of bound to optimised time {figures['bound_over_optimised_median']}, "
        f"least {figures['bound_over_optimised_least']}.\n"
    )
    head = ["case", "bound, d", "by", "least at the bound, m/s", "optimised, d", "ratio"]
    yield _table(
        head,
        [
            [
                name,
                f"{of['bound_days']:g}",
                of["limit"],
                f"{of['least_m_s_at_bound']:g}",
                f"{of['optimised_days']:g}",
                f"{of['bound_over_optimised']:g}",
            ]
            for name, of in figures["tables"].items()
        ],
    )


def _within(figures: dict[str, Any] | None) -> Iterator[str]:
    if not figures:
        return
    yield (
        f"Where coming within {figures['within_km']:g} km is enough, plane, height and place may "
        "be left off by as much. There the linear programme alone is the judge: for arriving at "
        f"the bound it needs less than allowed in {figures['bound_later_than_optimised']} of "
        f"{figures['all']} cases. Of what is allowed it needs "
        f"{figures['least_over_allowed_median']} times in the median, "
        f"{figures['least_over_allowed_least']} at least.\n"
    )


def _real(figures: dict[str, Any] | None) -> Iterator[str]:
    yield "## Against what happened\n"
    if not figures:
        yield MISSING.format(name="accuracy_reach")
        return
    yield (
        "Objects that moved along the belt and stopped beside others in their plane, from a "
        "history with a set every few weeks. *Spent* is what successive sets show at least; the "
        "bound for that must be no later than the set that shows the object there. It was later "
        f"in {figures['bound_later_than_arrival']} of {figures['all']} moves. Median ratio of "
        f"bound to arrival {figures['bound_over_arrival_median']}, most "
        f"{figures['bound_over_arrival_most']} (nobody has to hurry, and the sets are weeks "
        "apart).\n"
    )
    head = ["object", "moves", "spent, m/s, median", "ratio, median", "ratio, most"]
    yield _table(
        head,
        [
            [
                name,
                str(of["moves"]),
                f"{of['spent_at_least_m_s_median']:g}",
                f"{of['bound_over_arrival_median']:g}",
                f"{of['bound_over_arrival_most']:g}",
            ]
            for name, of in figures["tables"].items()
        ],
    )


def _shadowing(figures: dict[str, Any] | None) -> Iterator[str]:
    if not figures:
        yield MISSING.format(name="accuracy_reach")
        return
    yield "Every satellite outside GEO that is no constellation's taken as an asset:\n"
    head = ["catalogue", "assets", "with a finding, per 1,000", "95 %", "held, per 1,000", "kinds"]
    yield _table(
        head,
        [
            [
                name,
                f"{of['assets']:,}",
                f"{of['assets_with_one_per_1000']:g}",
                "–".join(f"{end:g}" for end in of["interval_per_1000"]),
                f"{of['assets_with_a_held_one_per_1000']:g}",
                ", ".join(f"{kind} {number}" for kind, number in of["by_hold"].items()),
            ]
            for name, of in figures.items()
        ],
    )
    yield (
        "*Held* are those that free drift does not explain, stated with moderate confidence. "
        "Nothing in these catalogues says which of them are meant; most matched ones are fleets "
        "under several names and dead satellites of one old series.\n"
    )


def _planes(figures: dict[str, Any] | None) -> Iterator[str]:
    yield "## How well free drift foretells planes\n"
    if not figures:
        yield MISSING.format(name="accuracy_reach")
        return
    yield "Random pairs, the angle foretold from one catalogue against that of a later one:\n"
    head = ["pairs", "error, deg, half below", "95 % below", "slow pairs, half below", "95 % below"]
    names = ("error_deg_p50", "error_deg_p95", "slow_error_deg_p50", "slow_error_deg_p95")
    yield _table(head, [[k, *(f"{of[n]:g}" for n in names)] for k, of in figures.items()])
    yield "*Slow* pairs turn against one another by less than 0.05 degrees a day.\n"


def _speed(figures: dict[str, Any]) -> Iterator[str]:
    yield "## How long it takes\n"
    if not figures:
        yield MISSING.format(name="speed_reach")
        return
    yield "Fifty assets against a made sky, thirty days; the first run, which compiles, left out.\n"
    head = ["objects", "pairs", "bounds alone, s", "outlook, s", "shadowing, s", "peak MiB"]
    names = ("times_alone_wall_s", "outlook_wall_s", "shadowing_wall_s")
    yield _table(
        head,
        [
            [
                f"{int(objects):,}",
                f"{of['pairs']:,.0f}",
                *(f"{of[name]:.2g}" for name in names),
                f"{of['peak_memory_mib']:.0f}",
            ]
            for objects, of in figures.items()
        ],
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def draw(path: Path) -> None:
    """Draw warning times over the velocity change for a GEO and a LEO satellite of a made sky."""
    sets = made_sky(seed=1, objects=20_000, as_of_utc=AS_OF).parts[0].newest()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.hashsalt": "hoshimori", "svg.fonttype": "none", "font.size": 9})
        figure = Figure(figsize=(8.0, 3.2), layout="constrained")
        panels = figure.subplots(1, 2, sharey=True)
        for axes, regime in zip(panels, (OrbitRegime.GEO, OrbitRegime.LEO), strict=True):
            _panel(axes, sets, regime)
        panels[0].set_ylim(bottom=0.01)
        panels[0].set_ylabel("days, at the very least")
        panels[1].legend(frameon=False, title="object in order")
        path.parent.mkdir(exist_ok=True)
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(path, metadata=nothing)


def _panel(axes: Axes, sets: ElementSets, regime: OrbitRegime) -> None:
    mean = sets.mean_elements()
    own = np.flatnonzero((orbit_regime(mean) == regime) & (families(sets.object_name) == NO_FAMILY))
    # The first that nobody accompanies and 25 could reach.
    slow, fast = (_days(mean, own[::20], speed) for speed in SPEEDS_M_S[[0, -1]])
    lonely = (slow[:, 0] > 1.0) & np.isfinite(fast[:, max(RANKS) - 1])
    row = own[::20][lonely][:1]
    lines = [_days(mean, row, speed)[0] for speed in SPEEDS_M_S]
    for rank, colour in zip(RANKS, ("#1f5fa8", "#b5651d", "#4d7c4d"), strict=True):
        axes.loglog(SPEEDS_M_S, [line[rank - 1] for line in lines], color=colour, label=str(rank))
    axes.set_title(f"{regime.name} satellite {sets.norad_id[row[0]]} (simulated)", fontsize=9)
    axes.set_xlabel("velocity change allowed, m/s")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#dddddd", linewidth=0.5)


def _days(mean: MeanElements, rows: np.ndarray, speed_m_s: float) -> np.ndarray:
    """Return the soonest times to each row, in order."""
    found = reach_times(
        mean, rows, AS_OF, within_km=50.0, horizon_days=120.0, delta_v_m_s=float(speed_m_s)
    )
    return np.sort(found.days, axis=1)[:, : max(RANKS)]


if __name__ == "__main__":
    main()
