"""Flights under an emitter by a script: made reports of aircraft, as a feed of them would bring."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from hoshimori.exercise.aircraft_traffic import (
    FIRST_ADDRESS,
    Effect,
    MadeTraffic,
    PlantedEmitter,
    aircraft_traffic,
)
from hoshimori.exercise.injected_air import StreamOf
from hoshimori.model.aircraft_reports import AircraftReports, joined_reports
from hoshimori.model.flights import passages_from
from hoshimori.model.injects import DisturbedFlights, FlightEffect
from hoshimori.model.moments import as_column_time
from hoshimori.model.passages import Passages, joined_passages
from hoshimori.model.provenance import EXERCISE_SCRIPT, Provenance, Reality
from hoshimori.numerics.hexagons import resolution_of

_OWN_ADDRESS = 0xB00000
"""The first of a block that no state has (ICAO Annex 10, volume III, table 9-1)."""
_MARGIN_KM = 100.0
"""Flights are made so far beyond the reach of an emitter: where nothing disturbs them."""
_LEAST_HALF_WIDTH_KM = 200.0
_REPORT_EVERY_S = 30.0
_PAST_DAYS = 12
"""Days before with flights: two more than it takes to call anything new."""
_PAST_H = 3.0
"""Of each of them, at the emitter's time of day: so much tells what is usual, and is made fast."""
_STREAM = "flights"


def flight_reports(
    injects: Sequence[DisturbedFlights],
    *,
    starts_utc: datetime,
    ends_utc: datetime,
    stream_of: StreamOf,
) -> AircraftReports | None:
    """Return the reports of flights about every emitter, all EXERCISE; None where there is none.

    They come from the start of an exercise to its end, so that their coming gives nothing away,
    and some hours a day on the days before, so that what is usual can be told. Every emitter has
    flights of its own, in the order of the injects: one that is added changes none before it.
    """
    parts: list[AircraftReports] = []
    first = _OWN_ADDRESS
    for inject in injects:
        for name, begins, hours in _spans(inject, starts_utc, ends_utc):
            random = stream_of(f"{inject.inject_id}/{_STREAM}{name}")
            made = aircraft_traffic(_traffic(inject, starts_utc, begins, hours), random)
            if len(made):
                own = made.address - np.uint32(FIRST_ADDRESS) + np.uint32(first)
                parts.append(replace(made, address=own))
                first = int(own.max()) + 1
    return _as_exercise(joined_reports(parts)) if parts else None


def with_flights(
    real: Passages | None, reports: AircraftReports | None, as_of_utc: np.datetime64
) -> Passages | None:
    """Return passages at hand with those that reports known at a moment show beside them."""
    if reports is None:
        return real
    if real is None or not len(real):
        return passages_from(reports, as_of_utc=as_of_utc)
    made = passages_from(
        reports,
        as_of_utc=as_of_utc,
        step_s=real.step_s,
        resolution=int(resolution_of(real.cell[:1])[0]),
    )
    return joined_passages([real, made])


def _spans(
    inject: DisturbedFlights, starts_utc: datetime, ends_utc: datetime
) -> Iterator[tuple[str, datetime, float]]:
    """Yield the spans in which flights are made: a name, the beginning, how many hours."""
    begins = starts_utc + timedelta(hours=inject.at_h)
    first = min(starts_utc, begins)
    yield "", first, (ends_utc - first) / timedelta(hours=1)
    hours = min(inject.lasts_h, _PAST_H)
    nearest = math.ceil((begins + timedelta(hours=hours) - first) / timedelta(days=1))
    for day in range(nearest, nearest + _PAST_DAYS):
        yield f"/{day}", begins - timedelta(days=day), hours


def _traffic(
    inject: DisturbedFlights, starts_utc: datetime, begins: datetime, hours: float
) -> MadeTraffic:
    return MadeTraffic(
        latitude_deg=inject.latitude_deg,
        longitude_deg=inject.longitude_deg,
        half_width_km=max(inject.reach_km + _MARGIN_KM, _LEAST_HALF_WIDTH_KM),
        start_utc=as_column_time(begins).astype("datetime64[ms]"),
        hours=hours,
        flights_an_hour=inject.flights_an_hour,
        report_every_s=_REPORT_EVERY_S,
        planted=(_planted(inject, starts_utc, begins),),
    )


def _planted(inject: DisturbedFlights, starts_utc: datetime, begins: datetime) -> PlantedEmitter:
    from_s = (starts_utc - begins).total_seconds() + 3600.0 * inject.at_h
    return PlantedEmitter(
        latitude_deg=inject.latitude_deg,
        longitude_deg=inject.longitude_deg,
        reach_km=inject.reach_km,
        from_s=from_s,
        until_s=from_s + 3600.0 * inject.lasts_h,
        effect=Effect.DROWNS if inject.how is FlightEffect.JAMMED else Effect.DISPLACES,
        susceptible=inject.share,
        shown_deg=(inject.shown_latitude_deg or 0.0, inject.shown_longitude_deg or 0.0),
    )


def _as_exercise(reports: AircraftReports) -> AircraftReports:
    """Return reports under one provenance, EXERCISE; the digest is that of these rows."""
    digest = hashlib.sha256()
    for column in (reports.address, reports.time_utc.astype(np.int64), reports.nic, reports.nacp,
                   reports.latitude_deg, reports.longitude_deg, reports.altitude_m):  # fmt: skip
        digest.update(column.astype(column.dtype.newbyteorder("<")).tobytes())
    made = Provenance(EXERCISE_SCRIPT, digest.hexdigest(), Reality.EXERCISE)
    index = np.zeros(len(reports), np.int32)
    return replace(reports, provenance_index=index, provenances=(made,))
