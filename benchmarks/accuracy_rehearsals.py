"""Play the whole library of scripts with the machine alone, and keep how it fared.

Usage: python benchmarks/accuracy_rehearsals.py [FOLDER]

FOLDER holds rehearsals that ``hoshimori rehearse run --all --every 24 --output FOLDER`` kept;
without one the library is played here just so: made skies of 3,000 objects, each of the seed of its
script, a look a day.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from hoshimori.model.rehearsals import AfterAction, EventScore, Verdict
from hoshimori.numerics.rates import rate_interval, share_interval
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_library import library
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky
from hoshimori.workflows.rehearsal_folders import KeptRehearsal, keep_rehearsal, kept_rehearsal
from hoshimori.workflows.rehearse import brier_of, rehearse

sys.path.insert(0, str(Path(__file__).parent))
from measuring import keep

OBJECTS, EVERY_H = 3_000, 24.0
QUIET = (Verdict.SILENT, Verdict.RAISED)
SEEN = (Verdict.FOUND, Verdict.LATE, Verdict.PARTIAL, Verdict.WRONG_PARENT)


def main() -> None:
    """Measure and keep the figures."""
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        keep("accuracy_rehearsals", measured(folder))
        return
    with tempfile.TemporaryDirectory() as made:
        played(Path(made))
        keep("accuracy_rehearsals", measured(Path(made)))


def played(folder: Path) -> None:
    """Play the library into a folder."""
    for script in library():
        sky = exercise_sky(SkyAsked(objects=OBJECTS), Settings(), seed=script.seed)
        rehearsal = rehearse(
            script,
            sky.picture,
            sky=sky.origin,
            settings=Settings(),
            every_h=EVERY_H,
            habits=sky.habits,
        )
        keep_rehearsal(folder / script.scenario_id, KeptRehearsal(script, rehearsal))


def measured(folder: Path) -> dict[str, Any]:
    """Return the figures over all kept rehearsals, and a table of every expectation."""
    places = sorted(place for place in folder.iterdir() if (place / "scenario.toml").is_file())
    kept = [kept_rehearsal(place) for place in places]
    told = [one.told for one in kept]
    skies = sorted({re.sub(r", seed.*", "", one.rehearsal.sky) for one in told})
    return {"sky": "; ".join(skies), "scripts": len(told), **figures(told), "tables": {
        one.score.scenario_id: [_row(event) for event in one.score.events] for one in told
    }}  # fmt: skip


def figures(told: list[AfterAction]) -> dict[str, Any]:
    """Return shares, rates, delays and the Brier score over several rehearsals."""
    events = [event for one in told for event in one.score.events]
    due = [e for e in events if e.verdict not in (*QUIET, Verdict.NOT_DUE)]
    quiet = [e for e in events if e.verdict in QUIET]
    delays = sorted(e.delay_public_h for e in due if e.delay_public_h is not None)
    labelled = [e for e in events if e.is_label_right is not None and e.verdict not in QUIET]
    ranked = [e for e in events if e.group_rank is not None]
    alarms = [alarm for one in told for alarm in one.score.false_alarms]
    months = sum(one.score.asset_months for one in told)
    extra = sum(not alarm.is_of_the_sky for alarm in alarms)
    return {
        "looks": sum(len(one.rehearsal.looks) for one in told),
        "due": len(due),
        "found": _share(sum(e.verdict is Verdict.FOUND for e in due), len(due)),
        "seen_at_all": _share(sum(e.verdict in SEEN for e in due), len(due)),
        "silent": _share(sum(e.verdict is Verdict.SILENT for e in quiet), len(quiet)),
        "delay_h_median": delays[len(delays) // 2] if delays else None,
        "delay_h_worst": delays[-1] if delays else None,
        "false_alarms": extra,
        "asset_months": round(months, 2),
        "false_per_asset_month": [round(end, 3) for end in rate_interval(extra, months)],
        "sky_per_asset_month": [
            round(end, 3) for end in rate_interval(len(alarms) - extra, months)
        ],
        "label_right": _share(sum(bool(e.is_label_right) for e in labelled), len(labelled)),
        "true_group_first": _share(sum(e.group_rank == 1 for e in ranked), len(ranked)),
        "true_group_open": _share(sum(bool(e.is_group_open) for e in ranked), len(ranked)),
        "brier": _rounded(brier_of(one.score for one in told)),
        "wording": sum(one.score.wording for one in told),
        "failed_detectors": sorted({name for one in told for name in one.score.failed}),
    }


def _share(count: int, total: int) -> dict[str, Any]:
    low, best, high = share_interval(count, total)
    ends = {"low": round(low, 3), "best": round(best, 3), "high": round(high, 3)}
    return {"count": count, "of": total, **ends}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _row(event: EventScore) -> dict[str, Any]:
    return {
        "event": event.inject_id,
        "kind": event.kind,
        "verdict": event.verdict.value,
        "delay_h": _rounded(event.delay_public_h),
        "label": event.label.value if event.label else None,
        "label_right": event.is_label_right,
        "group": event.group,
        "rank": event.group_rank,
        "open": event.is_group_open,
    }


if __name__ == "__main__":
    main()
