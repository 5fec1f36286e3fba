"""How long warning times take: 50 assets against a made sky, two velocity changes, 30 days.

Run: ``python benchmarks/speed_reach.py [10000 27000]``
"""

from __future__ import annotations

import sys

import numpy as np
from measuring import keep, peak_memory_mib, timed

from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.model.assets import Asset
from hoshimori.model.moments import as_column_time
from hoshimori.numerics.reach import reach_times
from hoshimori.workflows.reach import reach
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
ASSETS = 50
DAYS = 30.0


def figures(objects: int) -> dict[str, float]:
    sky = made_sky(seed=1, objects=objects, as_of_utc=AS_OF)
    ids = sky.parts[0].newest().norad_id
    chosen = ids[:: max(1, len(ids) // ASSETS)][:ASSETS]
    picture = sky.picture(assets=tuple(Asset(int(i)) for i in chosen), days_ahead=DAYS)
    sets = picture.newest.sorted_by_object()
    rows, mean = np.flatnonzero(np.isin(sets.norad_id, chosen)), sets.mean_elements()

    def times_alone() -> object:
        return reach_times(
            mean,
            rows,
            as_column_time(picture.as_of_utc),
            within_km=50.0,
            horizon_days=DAYS,
            delta_v_m_s=200.0,
        )

    alone = timed(times_alone)
    whole, shadow = (
        timed(lambda: reach(picture)),
        timed(lambda: ShadowingDetector().detect(picture)),
    )
    return {
        "pairs": float(len(rows) * len(sets)),
        **{f"times_alone_{name}": value for name, value in alone.items()},
        **{f"outlook_{name}": value for name, value in whole.items()},
        **{f"shadowing_{name}": value for name, value in shadow.items()},
        "peak_memory_mib": peak_memory_mib(),
    }


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 27_000]
    keep("speed_reach", {str(size): figures(size) for size in sizes})


if __name__ == "__main__":
    main()
