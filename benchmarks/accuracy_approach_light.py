"""Count how many neighbours in the belt chance shows to one another in good light when nearest.

Run: ``python benchmarks/accuracy_approach_light.py [DATA_FOLDER]`` (some minutes)

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds the catalogues
of ``catalogue/snapshots``. Every satellite of the belt is taken for an asset; neighbours that
belong together are left out. Whoever comes to look is among those that remain, but a handful: what
is counted is chance, and how satellites are kept. Pairs count twice, each as the one looked at, so
that intervals are those of half as many.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import keep

from hoshimori.assessment.approach_light import approach_light, told_by_light
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.model.findings import GeoMotion, Relation
from hoshimori.model.picture import Picture
from hoshimori.numerics.lighting import Lighting
from hoshimori.numerics.rates import share_interval
from hoshimori.workflows.deliveries import assets_from
from hoshimori.workflows.skies import sky_of_files

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
CATALOGUES = ("spacetrack_2025-03-03.3le.gz", "spacetrack_2025-05-23.3le.gz")
NOT_SATELLITES = ("DEB", "R/B")


def belt(path: Path) -> Picture:
    """Return the newest sets of a catalogue with all satellites of the belt as assets."""
    sky = sky_of_files([path])
    newest = sky.picture(assets=(), days_ahead=2.0).newest
    kept = (abs(newest.mean_motion_rev_day - 1.0027) < 0.01) & (newest.inclination_deg < 3.0)
    rows = zip(newest.norad_id[kept], newest.object_name[kept], strict=True)
    ids = [int(i) for i, name in rows if not any(part in str(name) for part in NOT_SATELLITES)]
    return sky.picture(assets=assets_from(",".join(map(str, ids))), days_ahead=2.0)


def lights(picture: Picture) -> Iterator[tuple[GeoMotion, Lighting | None]]:
    """Yield the light of each pair that does not belong together, when it is nearest."""
    for found in GeoNeighbourDetector().detect(picture):
        if found.relation is Relation.UNRELATED:
            yield found.motion, approach_light(found, picture)


def counted(told: list[Lighting | None]) -> dict[str, Any]:
    """Return how many are told, and the share of these in good light."""
    known = [light for light in told if light is not None]
    good = sum(told_by_light(light)[0] == "lit_approach" for light in known)
    low, _, high = share_interval(good // 2, max(len(known) // 2, 1))
    return {
        "neighbours": len(told),
        "with a sharp nearest moment": len(known),
        "in good light": good,
        "share": round(good / max(len(known), 1), 3),
        "interval": f"{low:.3f} to {high:.3f}",
    }


def main() -> None:
    """Measure and keep."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HOSHIMORI_DATA", BESIDE))
    figures: dict[str, Any] = {}
    every: list[Lighting | None] = []
    for name in CATALOGUES:
        found = list(lights(belt(folder / "catalogue" / "snapshots" / name)))
        figures[name] = counted([light for _, light in found])
        for motion in GeoMotion:
            of_kind = [light for kind, light in found if kind is motion]
            if of_kind:
                figures[name][motion.value] = counted(of_kind)["share"]
        every += [light for _, light in found]
    figures["all"] = counted(every)
    keep("accuracy_approach_light", figures)


if __name__ == "__main__":
    main()
