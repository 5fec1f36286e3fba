"""The Gabbard plot of a break-up: heights of its pieces over their periods, then and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import AnyFinding, Breakup
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.constants import TWO_PI, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import (
    Floats,
    apogee_altitude_km,
    perigee_altitude_km,
)

MOST_PIECES = 2_000
_ARM_POINTS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """Period, apogee and perigee of orbits, columns of shape (n,); NaN where not known."""

    norad_id: np.ndarray
    period_min: Floats
    apogee_km: Floats
    perigee_km: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Gabbard:
    """A break-up in heights over periods."""

    finding: Breakup
    first: Heights
    """The pieces at their first element sets."""
    newest: Heights
    """The same pieces, in the same order, at their newest element sets."""
    delta_v_rtn_m_s: Floats
    """Velocity changes of the pieces, shape (n, 3)."""
    parents: Heights
    """Candidates for the parent, at their last element sets before, likeliest first."""
    arm_period_min: Floats
    arm_apogee_km: Floats
    arm_perigee_km: Floats
    """Where pieces of a circular orbit at the height of the event lie that were thrown forward
    or back along the track: one of both heights remains."""
    left_out: int
    """Pieces beyond the most that are drawn."""


def gabbard(picture: Picture, findings: Sequence[AnyFinding], finding_id: str = "") -> Gabbard:
    """Return the plot of a break-up among findings: the one of an id, else the first.

    Source: Johnson and McKnight 1987, Artificial Space Debris, section 2.2.

    Raises:
        CoverageError: there is none.
    """
    finding = breakup_finding(findings, finding_id)
    cloud = finding.cloud
    shown = slice(0, MOST_PIECES)
    ids = np.array(cloud.norad_id[shown], dtype=np.int64)
    first = Heights(
        ids,
        np.array(cloud.period_min[shown]),
        np.array(cloud.apogee_km[shown]),
        np.array(cloud.perigee_km[shown]),
    )
    period, apogee, perigee = _arms(finding, first.period_min)
    return Gabbard(
        finding=finding,
        first=first,
        newest=_heights_of(picture.newest, ids),
        delta_v_rtn_m_s=np.array(cloud.delta_v_rtn_m_s[shown]).reshape(-1, 3),
        parents=_parents(picture, finding),
        arm_period_min=period,
        arm_apogee_km=apogee,
        arm_perigee_km=perigee,
        left_out=max(0, len(cloud.norad_id) - MOST_PIECES),
    )


def breakup_finding(findings: Sequence[AnyFinding], finding_id: str = "") -> Breakup:
    """Return the break-up of an id, else the first that there is.

    Raises:
        CoverageError: there is none.
    """
    for finding in findings:
        if isinstance(finding, Breakup) and finding_id in ("", finding.finding_id):
            return finding
    raise CoverageError("no break-up among these findings")


def _heights_of(sets: ElementSets, ids: np.ndarray) -> Heights:
    """Return the heights of objects in the order asked for; NaN where a set is not there."""
    own = sets.take(np.isin(sets.norad_id, ids)).newest()
    columns = np.full((3, len(ids)), np.nan)
    if len(own):
        place = np.minimum(np.searchsorted(own.norad_id, ids), len(own) - 1)
        found = own.norad_id[place] == ids
        elements = own.mean_elements()
        for row, values in enumerate(
            (
                1440.0 / own.mean_motion_rev_day,
                apogee_altitude_km(elements),
                perigee_altitude_km(elements),
            )
        ):
            columns[row, found] = values[place[found]]
    return Heights(ids, *columns)


def _parents(picture: Picture, finding: Breakup) -> Heights:
    ids = np.array([c.norad_id for c in finding.candidates], dtype=np.int64)
    own = picture.history.take(np.isin(picture.history.norad_id, ids))
    before = own.take(own.epoch_utc <= as_column_time(finding.event_utc))
    return _heights_of(before, ids)


def _arms(finding: Breakup, period_min: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the two lines on which pieces thrown along the track of a circular orbit lie."""
    known = period_min[np.isfinite(period_min)]
    if not len(known):
        return np.empty(0), np.empty(0), np.empty(0)
    period = np.linspace(known.min(), known.max(), _ARM_POINTS)
    motion = TWO_PI / (60.0 * period)
    axis_km = np.cbrt(WGS72_MU_KM3_S2 / motion**2)
    other = 2.0 * (axis_km - WGS72_RADIUS_KM) - finding.altitude_km
    return (
        period,
        np.maximum(other, finding.altitude_km),
        np.minimum(other, finding.altitude_km),
    )
