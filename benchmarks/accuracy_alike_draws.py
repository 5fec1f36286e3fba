"""Compare how the same draws of a sweep fare on a real catalogue and on a made sky.

Usage: python benchmarks/accuracy_alike_draws.py REAL_ROWS MADE_ROWS

The rows are files of ``hoshimori rehearse sweep --output``, or of ``accuracy_sweep.py ROWS`` and
``accuracy_sweep.py ROWS --made``, with one seed. A pair is one draw on both skies: the same story,
sizes and moments, played by other objects. Draws that do not fit a sky or whose last look comes too
soon are left out. By kind: exact test of McNemar, held to one error in twenty over all kinds (Holm
1979, Scandinavian Journal of Statistics 6, 65), and delays as in ``accuracy_alike.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hoshimori.formats.sweeps import SweepFile, read_sweep
from hoshimori.model.rehearsals import Verdict
from hoshimori.model.sweeps import DrawKind, SweepRow

sys.path.insert(0, str(Path(__file__).parent))
from accuracy_alike import agreeing, differing
from measuring import keep

Pair = tuple[SweepRow, SweepRow]
"""A draw on the real sky, and on the made one."""
UNTOLD = ("", Verdict.NOT_DUE.value)


def main() -> None:
    """Compare, and keep the figures."""
    real, made = (opened(Path(name)) for name in sys.argv[1:3])
    if real.head.seed != made.head.seed or real.head.only != made.head.only:
        raise SystemExit("these are not the same draws: seed or kinds differ")
    keep("accuracy_alike_draws", compared(real, made))


def opened(path: Path) -> SweepFile:
    """Return the rows of a file."""
    return read_sweep(path.read_text(encoding="utf-8").splitlines(keepends=True), source=str(path))


def compared(real: SweepFile, made: SweepFile) -> dict[str, Any]:
    """Return how alike the same draws fare on two skies, by kind and together."""
    theirs = {row.number: row for row in made.rows}
    both = [(row, theirs[row.number]) for row in real.rows if row.number in theirs]
    told = [pair for pair in both if not any(row.verdict in UNTOLD for row in pair)]
    kinds = {
        kind.value: of_pairs([pair for pair in told if pair[0].kind is kind]) for kind in DrawKind
    }
    return {
        "real": real.head.sky,
        "made": made.head.sky,
        "objects": [real.head.objects, made.head.objects],
        "seed": real.head.seed,
        "draws": len(both),
        "told": len(told),
        "together": of_pairs(told),
        "kinds": kinds,
        "apart_by_holm": holm({name: one["found"]["mcnemar_p"] for name, one in kinds.items()}),
    }


def of_pairs(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return in how many pairs the draw is found on both skies, and how the delays differ."""
    found = Verdict.FOUND.value
    delays = [
        a.delay_h - b.delay_h
        for a, b in pairs
        if a.verdict == b.verdict == found and a.delay_h is not None and b.delay_h is not None
    ]
    return {
        "found": agreeing([(a.verdict == found, b.verdict == found) for a, b in pairs]),
        "parent_right": agreeing([(a.is_parent_right, b.is_parent_right) for a, b in pairs]),
        "delay_h": differing(delays),
    }


def holm(values: Mapping[str, float], level: float = 0.05) -> list[str]:
    """Return the names whose p stands out with at most one error in twenty over all."""
    out: list[str] = []
    for place, (name, p) in enumerate(sorted(values.items(), key=lambda item: item[1])):
        if p > level / (len(values) - place):
            break
        out.append(name)
    return out


if __name__ == "__main__":
    main()
