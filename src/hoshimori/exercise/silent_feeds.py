"""Feeds that fall silent by a script: what they would have brought comes later, or never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from hoshimori.model.aircraft_reports import AircraftReports
from hoshimori.model.digest import report_digest
from hoshimori.model.injects import FeedKind, Outage
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.passages import Passages
from hoshimori.model.reports import OperatorReport
from hoshimori.model.space_weather import PERIODS_PER_DAY, SpaceWeather
from hoshimori.model.tapes import Silence
from hoshimori.numerics.elements import Times

_DAY = np.timedelta64(86_400_000_000, "us")
_PERIOD = _DAY // PERIODS_PER_DAY
_NEVER = np.datetime64("2262-01-01", "us")


def silence_of(outage: Outage, starts_utc: datetime) -> Silence:
    """Return the span in which a feed is silent, and by how much later it delivers."""
    from_utc = starts_utc + timedelta(hours=outage.at_h)
    late = None if outage.late_h is None else timedelta(hours=outage.late_h)
    return Silence(outage.feed, from_utc, from_utc + timedelta(hours=outage.lasts_h), late)


def air_known_by(
    cells: IntegrityCells, silences: Sequence[Silence], as_of_utc: np.datetime64
) -> IntegrityCells:
    """Return the days of a map that had been delivered by a moment.

    Without silence that is when a day is over.
    """
    over = (cells.day_utc + np.timedelta64(1, "D")).astype("datetime64[us]")
    return cells.take(_delivered(over, silences, FeedKind.NAVIGATION) <= as_of_utc)


def flights_known_by(
    reports: AircraftReports, silences: Sequence[Silence], as_of_utc: np.datetime64
) -> AircraftReports:
    """Return the reports of aircraft that had been delivered by a moment.

    Without silence that is when they were sent.
    """
    sent = reports.time_utc.astype("datetime64[us]")
    return reports.take(_delivered(sent, silences, FeedKind.NAVIGATION) <= as_of_utc)


def passages_known_by(
    passages: Passages, silences: Sequence[Silence], as_of_utc: np.datetime64
) -> Passages:
    """Return the passages of which all that shows them had been delivered by a moment."""
    last = passages.last_utc.astype("datetime64[us]")
    return passages.take(_delivered(last, silences, FeedKind.NAVIGATION) <= as_of_utc)


def weather_known_by(
    weather: SpaceWeather, silences: Sequence[Silence], as_of_utc: np.datetime64
) -> SpaceWeather:
    """Return the indices that had been delivered by a moment; NaN where they had not.

    Without silence that is when three hours, or of the solar flux a day, are over.
    """
    known = weather.known_by(as_of_utc)
    ends = known.day_utc[:, None] + _PERIOD * np.arange(1, PERIODS_PER_DAY + 1)
    came = _delivered(ends.reshape(-1), silences, FeedKind.SPACE_WEATHER).reshape(ends.shape)
    there = came <= as_of_utc
    whole = there[:, -1] if len(known) else np.empty(0, np.bool_)
    return replace(
        known,
        kp=np.where(there, known.kp, np.nan),
        ap=np.where(there, known.ap, np.nan),
        f107_observed=np.where(whole, known.f107_observed, np.nan),
        f107_adjusted=np.where(whole, known.f107_adjusted, np.nan),
    )


def reports_with(
    reports: Sequence[OperatorReport], silences: Sequence[Silence]
) -> tuple[OperatorReport, ...]:
    """Return reports with the moments at which they come; without those that never do."""
    if not silences:
        return tuple(reports)
    moments = np.array([as_column_time(r.known_utc) for r in reports], "datetime64[us]")
    came = _delivered(moments, silences, FeedKind.REPORTS)
    return tuple(
        report if moment == before else _known_from(report, as_datetime(moment))
        for report, before, moment in zip(reports, moments, came, strict=True)
        if moment < _NEVER
    )


def _delivered(moments_utc: Times, silences: Sequence[Silence], feed: FeedKind) -> Times:
    """Return when what would have come at some moments comes; `_NEVER` where it does not."""
    came = moments_utc.copy()
    for silence in silences:
        if silence.feed is not feed:
            continue
        kept: npt.NDArray[np.bool_] = (moments_utc >= as_column_time(silence.from_utc)) & (
            moments_utc < as_column_time(silence.until_utc)
        )
        came[kept] = np.maximum(came[kept], _later(moments_utc[kept], silence))
    return came


def _later(moments_utc: Times, silence: Silence) -> Times:
    if silence.late is None:
        return np.full(len(moments_utc), _NEVER)
    return moments_utc + np.timedelta64(round(silence.late.total_seconds() * 1e6), "us")


def _known_from(report: OperatorReport, moment: datetime) -> OperatorReport:
    """Return a report that is known from another moment on, under the name that it then has."""
    digest = report_digest(
        statement=report.statement,
        objects=report.objects,
        moments_utc=(report.start_utc, report.end_utc, moment),
        source=report.source,
        source_chain=report.source_chain,
        grade=report.grade,
        text=report.text,
        reference=report.reference,
        radio=report.radio,
        reality=report.reality,
    )
    return replace(report, known_utc=moment, finding_id=digest, basis=(digest,))
