"""Play scripts on a real catalogue and on made skies, and compare how they are detected.

Usage: python benchmarks/accuracy_alike.py [--catalogue FILE] [--belt FILE] [--objects N]
       [--every H] [--keep FOLDER] [SCRIPT ...]

The catalogue is a whole one, one set an object (default:
../shared/data/catalogue/snapshots/spacetrack_2025-03-31.3le.gz beside the repository). Scripts that
play in the belt alone are played on real histories of the belt (default: celestrak_groups_2026-05/
geo.parquet there: 574 satellites, a week of all their sets); --belt none plays them on the
catalogue. Made skies have N objects (default 27,000, about as many) and the seed of their script.
Without names the library is played, but for scripts that play on made skies alone. Rehearsals are
kept in FOLDER, and those that are there are not played again: a run that is stopped goes on where
it was.

A pair is an expectation of a script on the one sky and on the other. The cast is another one, as
the objects are others: what is compared is how the same story fares, not the same orbits. Verdicts:
exact test of McNemar, and the difference of the shares with its 95 % interval (Agresti and Min
2005, Statistics in Medicine 24, 729). Delays: the median of the differences with the 95 % interval
of the sign test (Conover 1999, Practical Nonparametric Statistics, 3.4), of what is found whole on
both. Numbers: found over true, on each sky.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scipy.stats import binom, binomtest

from hoshimori.model.rehearsals import AfterAction, EventScore, Verdict
from hoshimori.model.scenarios import Scenario, SkyKind
from hoshimori.numerics.rates import rate_interval, share_interval
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_library import library, script_named
from hoshimori.workflows.exercise_skies import ExerciseSky, SkyAsked, exercise_sky
from hoshimori.workflows.rehearsal_folders import KeptRehearsal, keep_rehearsal, kept_rehearsal
from hoshimori.workflows.rehearse import rehearse

sys.path.insert(0, str(Path(__file__).parent))
from measuring import keep

SNAPSHOT = "catalogue/snapshots/spacetrack_2025-03-31.3le.gz"
BELT = "catalogue/celestrak_groups_2026-05/geo.parquet"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SKIES = ("real", "made")
SEEN = (Verdict.FOUND, Verdict.LATE, Verdict.PARTIAL, Verdict.WRONG_PARENT)
Good = Callable[[EventScore], bool | None]
Pair = tuple[EventScore, EventScore]
"""An expectation on the real sky, and on the made one."""


def main() -> None:
    """Play what is asked for, compare, and keep the figures."""
    asked = _asked()
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
        keep("accuracy_alike", _measured(asked, asked.keep))
        return
    with tempfile.TemporaryDirectory() as made:
        keep("accuracy_alike", _measured(asked, Path(made)))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    data = Path(os.environ.get("HOSHIMORI_DATA", DATA))
    parser.add_argument("--catalogue", type=Path, default=data / SNAPSHOT)
    parser.add_argument("--belt", type=Path, default=data / BELT)
    parser.add_argument("--objects", type=int, default=27_000)
    parser.add_argument("--every", type=float, default=24.0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("scripts", nargs="*")
    return parser.parse_args()


def _measured(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    named = [script_named(name) for name in asked.scripts] or library()
    scripts = [script for script in named if script.sky is not SkyKind.MADE]
    real: dict[Path, ExerciseSky] = {}
    for script in scripts:
        for sky in SKIES:
            place = folder / sky / script.scenario_id
            if not (place / "score.json").is_file():
                _play(script, sky, asked, place, real)
    told = {sky: [_kept(folder / sky / script.scenario_id) for script in scripts] for sky in SKIES}
    both = [(one, other) for one, other in zip(*told.values(), strict=True) if one and other]
    return {
        "catalogue": asked.catalogue.name,
        "belt": asked.belt.name,
        "objects_made": asked.objects,
        "every_h": asked.every,
        "unfit": [s.scenario_id for s, *pair in zip(scripts, *told.values(), strict=True)
                  if not all(pair)],
        **compared(both),
    }  # fmt: skip


def _play(
    script: Scenario,
    sky: str,
    asked: argparse.Namespace,
    place: Path,
    real: dict[Path, ExerciseSky],
) -> None:
    """Play a script on a sky and keep it; one that does not fit its sky is told and left out."""
    begun = time.perf_counter()
    try:
        own = _real(script, asked, real) if sky == "real" else exercise_sky(
            SkyAsked(objects=asked.objects), Settings(), seed=script.seed
        )  # fmt: skip
        rehearsal = rehearse(
            script,
            own.picture,
            sky=own.origin,
            settings=Settings(),
            every_h=asked.every,
            habits=own.habits,
        )
        keep_rehearsal(place, KeptRehearsal(script, rehearsal))
        problem = ""
    except Exception as error:  # a script that fails leaves the others to be compared
        problem = f": {error}"
    took_s = time.perf_counter() - begun
    print(f"{script.scenario_id} {sky} {took_s:.0f} s{problem}", file=sys.stderr, flush=True)


def _real(
    script: Scenario, asked: argparse.Namespace, skies: dict[Path, ExerciseSky]
) -> ExerciseSky:
    """Return the real sky of a script, opened once: of the belt for those that play there alone."""
    choices = [part.choice for part in script.parts if part.choice]
    in_belt = any(one.belt_deg_east for one in choices)
    in_belt &= not any(one.height_km for one in choices) and asked.belt.name != "none"
    path = asked.belt if in_belt else asked.catalogue
    if path not in skies:
        skies[path] = exercise_sky(SkyAsked(catalogues=(path,)), Settings(), seed=0)
    return skies[path]


def _kept(place: Path) -> AfterAction | None:
    return kept_rehearsal(place).told if (place / "score.json").is_file() else None


def compared(both: Sequence[tuple[AfterAction, AfterAction]]) -> dict[str, Any]:
    """Return how alike the same scripts fare on two skies."""
    pairs = [pair for one, other in both for pair in _pairs(one, other)]
    counted = [
        pair for pair in pairs if not any(event.verdict is Verdict.NOT_DUE for event in pair)
    ]
    return {
        "scripts": len(both),
        "expectations": len(pairs),
        "not_due": len(pairs) - len(counted),
        "as_expected": paired(counted, _as_expected),
        "seen_at_all": paired(counted, _seen),
        "label_right": paired(counted, lambda event: event.is_label_right),
        "true_group_first": paired(
            counted, lambda event: None if event.group_rank is None else event.group_rank == 1
        ),
        "same_verdict": _share(sum(a.verdict is b.verdict for a, b in counted), len(counted)),
        "delay_h": differing(
            [
                a.delay_public_h - b.delay_public_h
                for a, b in counted
                if a.verdict is b.verdict is Verdict.FOUND
                and a.delay_public_h is not None
                and b.delay_public_h is not None
            ]
        ),
        "numbers": _numbers(both),
        "false_per_asset_month": {
            sky: _rate([pair[k] for pair in both]) for k, sky in enumerate(SKIES)
        },
        "apart": [
            {"script": one.score.scenario_id, "event": a.inject_id,
             "real": a.verdict.value, "made": b.verdict.value}
            for one, other in both for a, b in _pairs(one, other) if a.verdict is not b.verdict
        ],
    }  # fmt: skip


def paired(pairs: Sequence[Pair], good: Good) -> dict[str, Any]:
    """Return in how many pairs something holds on both skies, on one alone, and on neither."""
    return agreeing([(good(a), good(b)) for a, b in pairs])


def agreeing(told: Sequence[tuple[bool | None, bool | None]]) -> dict[str, Any]:
    """Return on how many pairs two skies agree, where both tell, and whether they differ."""
    known = [(bool(a), bool(b)) for a, b in told if a is not None and b is not None]
    real, made = known.count((True, False)), known.count((False, True))
    apart, total = real + made, len(known) + 2
    best = (real - made) / total
    half = 1.96 * math.sqrt(max(apart + 1 - (real - made) ** 2 / total, 0.0)) / total
    return {
        "pairs": len(known),
        "both": known.count((True, True)),
        "real_alone": real,
        "made_alone": made,
        "neither": known.count((False, False)),
        "mcnemar_p": round(float(binomtest(real, apart).pvalue), 3) if apart else 1.0,
        "real_minus_made": {
            "low": round(best - half, 3),
            "best": round(best, 3),
            "high": round(best + half, 3),
        },
    }


def differing(differences: Sequence[float]) -> dict[str, Any]:
    """Return the median of paired differences with its 95 % interval; None where too few tell."""
    ordered = sorted(differences)
    count = len(ordered)
    if not count:
        return {"pairs": 0}
    middle = 0.5 * (ordered[(count - 1) // 2] + ordered[count // 2])
    left = int(binom.ppf(0.025, count, 0.5))
    is_told = left > 0
    return {
        "pairs": count,
        "low": round(ordered[left - 1], 2) if is_told else None,
        "median": round(middle, 2),
        "high": round(ordered[count - left], 2) if is_told else None,
    }


def _pairs(one: AfterAction, other: AfterAction) -> list[Pair]:
    theirs = {event.inject_id: event for event in other.score.events}
    return [(event, theirs[event.inject_id]) for event in one.score.events]


def _as_expected(event: EventScore) -> bool:
    return event.verdict in (Verdict.FOUND, Verdict.SILENT)


def _seen(event: EventScore) -> bool | None:
    quiet = event.verdict in (Verdict.SILENT, Verdict.RAISED)
    return None if quiet else event.verdict in SEEN


def _numbers(both: Sequence[tuple[AfterAction, AfterAction]]) -> dict[str, Any]:
    """Return found over true of each number that the truth tells, on each sky."""
    return {
        sky: differing(
            [
                measure.found.best / truth[measure.name]
                for pair in both
                for event in pair[k].score.events
                for truth in [_truth(pair[k], event)]
                for measure in event.measures
                if measure.found is not None and truth.get(measure.name)
            ]
        )
        for k, sky in enumerate(SKIES)
    }


def _truth(told: AfterAction, event: EventScore) -> dict[str, float]:
    own = next(one for one in told.rehearsal.truth if one.inject_id == event.inject_id)
    return dict(own.measures)


def _rate(told: Sequence[AfterAction]) -> dict[str, Any]:
    months = sum(one.score.asset_months for one in told)
    alarms = [alarm for one in told for alarm in one.score.false_alarms]
    extra = sum(not alarm.is_of_the_sky for alarm in alarms)
    return {
        "asset_months": round(months, 2),
        "extra": extra,
        "rate": [round(end, 3) for end in rate_interval(extra, months)],
        "of_the_sky": len(alarms) - extra,
    }


def _share(count: int, total: int) -> dict[str, Any]:
    low, best, high = share_interval(count, total)
    ends = {"low": round(low, 3), "best": round(best, 3), "high": round(high, 3)}
    return {"count": count, "of": total, **ends}


if __name__ == "__main__":
    main()
