"""How the Sun lit an object at the closest moment of an approach, and what chance gives (I5)."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from hoshimori.assessment.natural_scene import nearest_set
from hoshimori.model.finding import Finding
from hoshimori.model.findings import Conjunction, GeoNeighbour, Proximity
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import period_min
from hoshimori.numerics.lighting import Lighting, lighting_at
from hoshimori.numerics.sgp4 import initialise


def approach_light(finding: Finding, picture: Picture) -> Lighting | None:
    """Return the light on the first object as the second sees it when both are closest.

    None where the finding is no approach, or elements of either are more than a week off. One
    approach in good light says little: the share of moments with light as good is its base rate.
    """
    closest_utc = _closest_utc(finding)
    if closest_utc is None:
        return None
    at_utc = as_column_time(closest_utc)
    target, observer = (
        nearest_set(picture.history.of_object(i), at_utc) for i in finding.objects[:2]
    )
    if target is None or observer is None:
        return None
    revolution_s = 60.0 * float(period_min(target.mean_elements())[0])
    light = lighting_at(
        initialise(observer.mean_elements()),
        initialise(target.mean_elements()),
        at_utc,
        revolution_s=revolution_s,
    )
    return light if np.isfinite(light.phase_deg) else None


def _closest_utc(finding: Finding) -> datetime | None:
    if isinstance(finding, Conjunction):
        return finding.tca_utc
    if isinstance(finding, Proximity | GeoNeighbour):
        return finding.range_utc
    return None
