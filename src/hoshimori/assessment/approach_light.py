"""How the Sun lit an object at the closest moment of an approach, and what chance gives (I5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import numpy as np

from hoshimori.assessment.evidence_of_nearness import Told, told_by_nearness
from hoshimori.assessment.natural_scene import nearest_set
from hoshimori.model.elements import ElementSets
from hoshimori.model.finding import Finding
from hoshimori.model.findings import Conjunction, GeoNeighbour, Proximity
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import period_min
from hoshimori.numerics.lighting import Lighting, lighting_at
from hoshimori.numerics.sgp4 import initialise, propagate

GOOD_SHARE = 0.25
"""Light is good that so few moments around it match; the model's weights rest on this share."""
_APPROACHES = frozenset(
    {
        "pass_slow",
        "passes_by",
        "comes_to_slot",
        "stays_beside",
        "arrived_and_stopped",
        "company_visit",
    }
)
"""Kinds of evidence that tell of one object near another for its own time, not at speed."""
_FARTHER = 1.5
"""So many times farther apart a quarter of a revolution before and after: else the closest moment
is none that could have been chosen, because every light comes in turn while they are as near."""


def approach_lights(findings: Iterable[Finding], picture: Picture) -> Mapping[str, Lighting]:
    """Return the light of the nearest approach of an incident, by its finding's id.

    One alone, the one with the least range, so that the best light of many is not picked. Empty
    where nothing approached by the moment of the picture, or no light can be told.
    """
    past = [
        f
        for f in findings
        if isinstance(f, Conjunction | Proximity | GeoNeighbour)
        and _closest_utc(f) <= picture.as_of_utc
        and any(kind in _APPROACHES for kind, _ in told_by_nearness(f))
    ]
    nearest = min(past, key=lambda f: (_range_km(f), f.finding_id), default=None)
    light = None if nearest is None else approach_light(nearest, picture)
    return {} if nearest is None or light is None else {nearest.finding_id: light}


def told_by_light(light: Lighting) -> Told:
    """Return what the light of an approach says: good light, or light as chance gives it."""
    low, share, high = light.share_as_good
    is_good = light.is_lit and share <= GOOD_SHARE
    values = {"phase_deg": light.phase_deg, "light_low": low, "light_high": high}
    return ("lit_approach" if is_good else "ordinary_light", values)


def approach_light(finding: Finding, picture: Picture) -> Lighting | None:
    """Return the light on the first object as the second sees it when both are closest.

    None where the finding is no approach, elements of either are more than a week off, or they
    stay as near for half a revolution. One approach in good light says little: the share of
    moments with light as good is its base rate.
    """
    if not isinstance(finding, Conjunction | Proximity | GeoNeighbour):
        return None
    at_utc = as_column_time(_closest_utc(finding))
    target, observer = (
        nearest_set(picture.history.of_object(i), at_utc) for i in finding.objects[:2]
    )
    if target is None or observer is None:
        return None
    revolution_s = 60.0 * float(period_min(target.mean_elements())[0])
    if not _is_sharp(observer, target, at_utc, revolution_s):
        return None
    light = lighting_at(
        initialise(observer.mean_elements()),
        initialise(target.mean_elements()),
        at_utc,
        revolution_s=revolution_s,
    )
    return light if np.isfinite(light.phase_deg) else None


def _is_sharp(
    observer: ElementSets, target: ElementSets, at_utc: np.datetime64, revolution_s: float
) -> bool:
    """Tell whether they are clearly farther apart a quarter of a revolution to both sides."""
    t_s = np.array([-0.25, 0.0, 0.25]) * revolution_s
    here, there = (
        propagate(initialise(one.mean_elements()), at_utc, t_s).position_teme_km[0]
        for one in (observer, target)
    )
    before, closest, after = np.linalg.norm(there - here, axis=1)
    return bool(min(before, after) >= _FARTHER * closest)


def _closest_utc(finding: Conjunction | Proximity | GeoNeighbour) -> datetime:
    return finding.tca_utc if isinstance(finding, Conjunction) else finding.range_utc


def _range_km(finding: Conjunction | Proximity | GeoNeighbour) -> float:
    return finding.miss_km.best if isinstance(finding, Conjunction) else finding.range_km.best
