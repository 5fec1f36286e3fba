"""Which findings on the ground are of one event: areas of lost navigation, and receivers in them.

Areas of maps and areas of flights come from what aircraft broadcast; receivers on the ground hear
for themselves. What lies near in space and time is told together; nothing here says that one
emitter does it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

import numpy as np

from hoshimori.model.findings import AnyFinding, Interference, ReceiverInterference, Reception
from hoshimori.model.receivers import Link
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import cell_of_text, centres_deg, distances_km

NEAR_KM = 90.0
"""Two cells of resolution 4: disturbed cells so near one another are one area."""
NEAR_TIME = timedelta(days=1)
"""Days with one other between them are one episode."""
_CELL_KM = 45.0
_FROM_OUTSIDE = (Reception.ALL_FELL, Reception.STRONGER_ALIKE)


def own_place(finding: AnyFinding) -> str:
    """Return what tells findings without objects apart: their area, or their receiver."""
    match finding:
        case Interference():
            return finding.area_key
        case ReceiverInterference() if not finding.objects:
            return f"receiver {finding.receiver}"
        case _:
            return ""


def joined_places(findings: Iterable[AnyFinding]) -> Mapping[str, str]:
    """Return, by finding id, the place of each area and receiver that is told with another area.

    An area of flights goes with the area of maps that it shares most with, a receiver with
    satellite navigation from outside its own (power, foreign signals) with the nearest area of
    either: one each, so that what maps tell apart, such as new beside permanent, stays apart.
    """
    ordered = sorted(findings, key=lambda f: f.finding_id)
    areas = [f for f in ordered if isinstance(f, Interference)]
    flights = [f for f in areas if f.aircraft is not None]
    maps = [f for f in areas if f.aircraft is None]
    receivers = [f for f in ordered if isinstance(f, ReceiverInterference) and _is_placed(f)]
    found: dict[str, str] = {}
    if not flights and not receivers:
        return found
    middles = {area.finding_id: _middles_of(area) for area in areas}
    for flight in flights:
        host = _nearest(flight, middles[flight.finding_id], maps, middles, _of_area(flight))
        if host is not None:
            found[flight.finding_id] = host.area_key
    for receiver in receivers:
        host = _nearest(receiver, _place_of(receiver), areas, middles, _of_receiver)
        if host is not None:
            found[receiver.finding_id] = found.get(host.finding_id, host.area_key)
    return found


def _middles_of(area: Interference) -> Floats:
    return centres_deg(np.array([cell_of_text(cell) for cell in area.cells], dtype=np.uint64))


_Order = Callable[[Interference, float], tuple[object, ...]]


def _of_area(flight: Interference) -> _Order:
    """Order by whole cells between, then by whether it is as usual, then by distance."""
    return lambda host, km: (round(km / _CELL_KM), host.persistence is not flight.persistence, km)


def _of_receiver(host: Interference, km: float) -> tuple[object, ...]:
    """Order by distance; of areas as near those of maps first."""
    return (km, host.aircraft is not None)


def _nearest(
    finding: AnyFinding,
    points_deg: Floats,
    hosts: Sequence[Interference],
    middles: Mapping[str, Floats],
    order: _Order,
) -> Interference | None:
    """Return the area near a finding in space and time that stands first; None for none."""
    near: dict[tuple[object, ...], Interference] = {}
    for host in hosts:
        if not _near_in_time(finding, host):
            continue
        reach = host.radius_km + NEAR_KM
        middle = np.array((host.latitude_deg, host.longitude_deg))
        if distances_km(middle, points_deg).min() > reach:
            continue
        km = _least_km(points_deg, middles[host.finding_id])
        if km <= NEAR_KM:
            near[*order(host, km), host.area_key, host.finding_id] = host
    return near[min(near)] if near else None


def _least_km(one: Floats, other: Floats) -> float:
    return float(distances_km(one[:, None, :], other[None, :, :]).min())


def _near_in_time(one: AnyFinding, other: AnyFinding) -> bool:
    starts, ends = other.start_utc - NEAR_TIME, other.end_utc + NEAR_TIME
    return one.start_utc <= ends and starts <= one.end_utc


def _is_placed(finding: ReceiverInterference) -> bool:
    """Tell whether a receiver on the ground says where it stands, and that power came to it."""
    stated = finding.latitude_deg is not None and finding.longitude_deg is not None
    on_ground = not finding.objects and finding.link is Link.NAVIGATION
    return stated and on_ground and finding.reception in _FROM_OUTSIDE


def _place_of(finding: ReceiverInterference) -> Floats:
    return np.array([[finding.latitude_deg, finding.longitude_deg]], dtype=np.float64)
