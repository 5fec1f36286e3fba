"""Which incidents a located emitter belongs to: those of the links and areas that it disturbs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hoshimori.model.findings import (
    AnyFinding,
    EmitterInterference,
    Interference,
    ReceiverInterference,
    Reception,
)
from hoshimori.model.receivers import Link
from hoshimori.numerics.outlines import apart_km

FROM_OUTSIDE = (Reception.ALL_FELL, Reception.STRONGER_ALIKE, Reception.UNCLEAR)
"""Disturbances that neither place, weather, age nor one satellite would explain."""
_EDGES = timedelta(minutes=10)
"""Onsets and ends are no sharper than this."""
_NAVIGATION_HZ = (1.16e9, 1.62e9)
"""Carriers of satellite navigation lie between these (ITU-R M.1787)."""


def belongs(emitter: EmitterInterference, findings: Iterable[AnyFinding]) -> bool:
    """Tell whether an emitter belongs to an incident: disturbs what one of its findings tells."""
    return any(
        measured_from(emitter, finding)
        if isinstance(finding, ReceiverInterference)
        else isinstance(finding, Interference) and stands_in(emitter, finding)
        for finding in findings
    )


def measured_from(emitter: EmitterInterference, finding: ReceiverInterference) -> bool:
    """Tell whether an emitter disturbs a link or receiver: the same one, at one time, in one band.

    What is not stated of either contradicts nothing.
    """
    is_named = finding.receiver in emitter.receivers
    is_object = bool(finding.objects) and finding.objects == emitter.objects
    return (
        (is_named or is_object)
        and finding.reception in FROM_OUTSIDE
        and emitter.link in (None, finding.link)
        and _one_band(emitter.band, finding.band)
        and _at_one_time(emitter, finding)
    )


def stands_in(emitter: EmitterInterference, finding: Interference) -> bool:
    """Tell whether an emitter can be that of an area of lost navigation: by time, band and ground.

    An area that has no ground for a single emitter is joined by none.
    """
    within_km = finding.emitter_within_km
    if within_km is None or not _navigates(emitter) or not _at_one_time(emitter, finding):
        return False
    middle = (finding.latitude_deg, finding.longitude_deg)
    return any(apart_km(area.ring_deg, middle) <= within_km for area in emitter.areas)


def _navigates(emitter: EmitterInterference) -> bool:
    if emitter.link is not None:
        return emitter.link is Link.NAVIGATION
    low, high = _NAVIGATION_HZ
    return emitter.carrier_hz is not None and low <= emitter.carrier_hz <= high


def _one_band(one: str, other: str) -> bool:
    plain = {text.strip().casefold() for text in (one, other)} - {""}
    return len(plain) < 2


def _at_one_time(emitter: EmitterInterference, finding: AnyFinding) -> bool:
    begins_before = emitter.start_utc <= finding.end_utc + _EDGES
    return begins_before and finding.start_utc <= emitter.end_utc + _EDGES
