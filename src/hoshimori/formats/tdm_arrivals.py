"""Differences of arrival in Tracking Data Messages: which segments hold them, and what they say.

A segment counts where its mode is SINGLE_DIFF and its two paths begin at one participant, the
emitter, each then pass one satellite, and perhaps end at one station that both relay to. The
standard's value is that of PATH_2 minus that of PATH_1, so the first satellite of ours is that of
PATH_2.

=========================== ====== ==============================================================
keyword                     kind   how
=========================== ====== ==============================================================
VLBI_DELAY, DOR             TDOA   seconds as they are
RANGE                       TDOA   km over the velocity of light, or seconds
RECEIVE_FREQ                FDOA   hertz as they are
DOPPLER_INSTANTANEOUS       FDOA   km/s: minus the carrier times this over the velocity of light
TRANSMIT_FREQ_n             --     the carrier, of the participant n that is the emitter
=========================== ====== ==============================================================

A TDM has no place for sigmas, for where a reference emitter or a station stands, or for errors of
orbits: those are told in a case beside it, in which emitters and stations have the same names. An
emitter that the case does not name is the one that is sought. An observation could be known at the
CREATION_DATE.

Source: CCSDS 503.0-B-2, table 3-3 (MODE, PATH_1, PATH_2) and sections 3.5.2, 3.5.3 (differenced
data).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.arrivals_csv import ArrivalReading
from hoshimori.model.geolocation import ArrivalDifference, ArrivalKind
from hoshimori.model.moments import as_datetime
from hoshimori.model.rejections import Rejection
from hoshimori.model.tracking_data import TrackingData
from hoshimori.numerics.constants import LIGHT_KM_S
from hoshimori.numerics.elements import Times

_TIMES = ("VLBI_DELAY", "DOR", "RANGE")
_FREQUENCIES = ("RECEIVE_FREQ", "DOPPLER_INSTANTANEOUS")


@dataclass(frozen=True, slots=True)
class _Route:
    """Who takes part in a differenced segment."""

    emitter: str
    emitter_index: int
    first: str
    second: str
    station: str


def arrivals_of_segment(
    segment: TrackingData, times_utc: Times, *, source: str, references: frozenset[str]
) -> ArrivalReading:
    """Return the differences of one segment; `times_utc` are its times in UTC.

    `references` are the names of known emitters; every other emitter is the one that is sought.
    Observations of other kinds are passed over; one without its carrier is refused alone.

    Raises:
        FormatError: the segment is not differenced, or its paths are none of one emitter by way of
            two satellites.
    """
    route = _route(segment, source)
    carrier_hz = _carrier(segment, route.emitter_index)
    created = segment.header.created_utc
    received_utc = None if np.isnat(created) else as_datetime(created)
    found: list[ArrivalDifference] = []
    refused: list[Rejection] = []
    columns = zip(
        times_utc, segment.keywords.tolist(), segment.values.tolist(), segment.units.tolist(),
        strict=True,
    )  # fmt: skip
    for number, (time, keyword, value, unit) in enumerate(columns, 1):
        if keyword not in (*_TIMES, *_FREQUENCIES):
            continue
        told = _value(keyword, value, unit, carrier_hz)
        if isinstance(told, str):
            raw = f"{keyword} = {time} {value!r}".encode()
            refused.append(Rejection(source, number, keyword, told, raw))
            continue
        found.append(
            ArrivalDifference(
                time_utc=as_datetime(time),
                kind=ArrivalKind.TDOA if keyword in _TIMES else ArrivalKind.FDOA,
                first=route.first,
                second=route.second,
                value=told,
                emitter=route.emitter if route.emitter in references else "",
                station=route.station,
                carrier_hz=carrier_hz,
                received_utc=received_utc,
                place=f"{source}:{keyword} {number}",
            )
        )
    return ArrivalReading(tuple(found), tuple(refused))


def _route(segment: TrackingData, source: str) -> _Route:
    if segment.mode != "SINGLE_DIFF" or len(segment.paths) != 2:
        raise FormatError(
            f"mode {segment.mode or 'not stated'}: expected SINGLE_DIFF with PATH_1 and PATH_2; "
            "differences of two undifferenced segments go into CSV",
            source=source,
            field="MODE",
        )
    one, two = segment.paths
    is_one_signal = one[0] == two[0] and one[2:] == two[2:] and one[1] != two[1]
    if len(one) not in (2, 3) or not is_one_signal:
        raise FormatError(
            f"paths {one} and {two}: expected one emitter, two satellites and perhaps one station, "
            "as in 1,2 and 1,3 or 1,2,4 and 1,3,4",
            source=source,
            field="PATH_1",
        )
    name = [participant.strip() for participant in segment.participants]
    return _Route(
        emitter=name[one[0] - 1],
        emitter_index=one[0],
        first=name[two[1] - 1],
        second=name[one[1] - 1],
        station=name[one[2] - 1] if len(one) == 3 else "",
    )


def _carrier(segment: TrackingData, emitter_index: int) -> float | None:
    """Return the middle of the stated frequencies of the emission; None where none is."""
    stated = segment.values[segment.keywords == f"TRANSMIT_FREQ_{emitter_index}"]
    return float(np.median(stated)) if len(stated) else None


def _value(keyword: str, value: float, unit: str, carrier_hz: float | None) -> float | str:
    """Return seconds or hertz, or what is wrong."""
    if keyword == "RANGE":
        if unit == "RU":
            return "range units have no size here: expected RANGE_UNITS km or s"
        return value / LIGHT_KM_S if unit == "km" else value
    if keyword == "DOPPLER_INSTANTANEOUS":
        if carrier_hz is None:
            return "no carrier: state TRANSMIT_FREQ of the emitter, or send RECEIVE_FREQ"
        return -carrier_hz * value / LIGHT_KM_S
    return value
