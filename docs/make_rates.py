"""Write what the cards say of false alarms from what the benchmarks keep; a test checks it.

Run: ``python docs/make_rates.py``
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
MODULE = ROOT / "src" / "hoshimori" / "model" / "measured_rates.py"
HEAD = '''"""What was measured of each detector; written by ``docs/make_rates.py``."""

from __future__ import annotations

MEASURED_RATES: dict[str, str] = {
'''


def module() -> str:
    """Return the module of measured rates."""
    entries = []
    for name, told in rates().items():
        lines = textwrap.wrap(told, 84, drop_whitespace=False)
        body = "\n".join(f"        {json.dumps(line, ensure_ascii=False)}" for line in lines)
        entries.append(f'    "{name}": (\n{body}\n    ),\n')
    return HEAD + "".join(entries) + "}\n"


def rates() -> dict[str, str]:
    """Return what each card says, by detector."""
    return {"manoeuvre": _manoeuvre(_figures("accuracy_manoeuvres"))}


def _figures(name: str) -> Any:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))["figures"]


def _manoeuvre(figures: dict[str, Any]) -> str:
    told = [
        f"{', '.join(group['satellites'])}: {_score(group['pooled'])}"
        for group in figures.values()
        if "satellites" in group
    ]
    return (
        "Logged burns of ten satellites (Shorten et al., times corrected), one setting for all, "
        "95 % intervals. " + "; ".join(told) + ". Burns above 2 cm/s are off by "
        f"{100 * figures['LEO, complete logs']['pooled']['dv_median_relative_error']:.0f} % at the "
        "median."
    )


def _score(pooled: dict[str, Any]) -> str:
    return (
        f"precision {_interval(pooled['precision_95'])}, recall {_interval(pooled['recall_95'])}, "
        f"{pooled['false_alarms_per_satellite_year']:g} false alarms a satellite-year, dates off "
        f"by {pooled['date_median_error_h']:g} h at the median"
    )


def _interval(interval: list[float]) -> str:
    low, best, high = interval
    return f"{best:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8")
