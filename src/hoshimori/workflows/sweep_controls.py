"""What the untouched sky of a sweep shows by itself: the false alarms of its detectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.detectors.decay import DecayDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.detectors.separation import SeparationDetector
from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.exercise.drawn_scripts import HEIGHTS_KM
from hoshimori.exercise.injecting import played
from hoshimori.exercise.streams import stream
from hoshimori.model.assets import Asset
from hoshimori.model.detector import Detector
from hoshimori.model.finding import kind_of
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import ObjectType
from hoshimori.model.picture import Picture
from hoshimori.model.sweeps import ControlRow, DrawRegime
from hoshimori.model.tapes import Tape
from hoshimori.numerics.elements import (
    OrbitRegime,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
)
from hoshimori.workflows.rehearsal_looks import told_apart_by
from hoshimori.workflows.sweep_looks import rarity_of
from hoshimori.workflows.sweep_sky import SweepSky
from hoshimori.workflows.watch import run_detector

ASSETS = 80
"""Of one batch."""
_LOOKS = (0, 4, 8, 13)
"""What the first of these shows was there before."""
_DETECTORS: tuple[Detector, ...] = (
    ManoeuvreDetector(),
    ProximityDetector(),
    ShadowingDetector(),
    GeoNeighbourDetector(),
    OverdueDetector(),
    DecayDetector(),
    BreakupDetector(),
    SeparationDetector(),
)


def control_of(sky: SweepSky, batch: int) -> ControlRow:
    """Return what comes up about some assets of the untouched sky, by looks with nothing left out.

    A finding counts once however many looks show it, and not where the first look shows it.
    """
    regime = tuple(DrawRegime)[batch % len(DrawRegime)]
    assets = _assets(sky, regime, batch)
    before: set[object] = set()
    rarities: dict[str, list[float]] = {}
    for place, look in enumerate(_LOOKS):
        for key, kind, rarity in _seen(_picture(sky, assets, look)):
            if key not in before and place:
                rarities.setdefault(kind, []).append(float(f"{rarity:.6g}"))
            before.add(key)
    span = sky.moments[_LOOKS[-1]] - sky.moments[_LOOKS[0]]
    return ControlRow(
        batch=batch,
        regime=regime,
        assets=len(assets),
        days=span.total_seconds() / 86400.0,
        rarities={kind: tuple(sorted(found)) for kind, found in sorted(rarities.items())},
    )


def _seen(picture: Picture) -> Iterator[tuple[object, str, float]]:
    for detector in _DETECTORS:
        for finding in run_detector(detector, picture)[0]:
            yield told_apart_by(finding), kind_of(finding), rarity_of(finding)


def _picture(sky: SweepSky, assets: tuple[Asset, ...], look: int) -> Picture:
    known = played(sky.whole, Tape(), as_column_time(sky.moments[look]))
    return replace(known, assets=assets)


def _assets(sky: SweepSky, regime: DrawRegime, batch: int) -> tuple[Asset, ...]:
    """Return payloads of a regime as draws take them, each batch others by chance."""
    candidates = sky.candidates
    elements, kind = candidates.elements, orbit_regime(candidates.elements)
    fits = np.array([one is ObjectType.PAYLOAD for one in candidates.types], np.bool_)
    fits &= candidates.is_quiet
    if regime is DrawRegime.BELT:
        fits &= kind == OrbitRegime.GEO
    else:
        low, high = HEIGHTS_KM[regime]
        fits &= (perigee_altitude_km(elements) >= low) & (apogee_altitude_km(elements) <= high)
    rows = np.flatnonzero(fits)
    random = stream(sky.seed, f"control {batch}")
    chosen = np.sort(random.choice(rows, min(ASSETS, len(rows)), replace=False))
    sets = candidates.sets.take(chosen)
    return tuple(
        Asset(norad_id=number, name=name, owner="", can_manoeuvre=True)
        for number, name in zip(sets.norad_id.tolist(), sets.object_name.tolist(), strict=True)
    )
