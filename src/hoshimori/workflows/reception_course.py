"""The course of a disturbed receiver: every quantity that it measured, before, during and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoshimori.detectors.receivers import Judged, ReceiverRule
from hoshimori.errors import CoverageError
from hoshimori.model.findings import ReceiverInterference
from hoshimori.model.findings_of_receivers import QuantityChange, Reception
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.receivers import PLACE_OF, Floats, Moments, Quantity, ReceiverSeries
from hoshimori.numerics.reception import Bools

_MOST_POINTS = 360
"""Of each curve; of more samples medians are drawn."""
_LEAST_PART = 40
"""Points before and after, however short the disturbance; samples where there are fewer."""
_MOST_CURVES = 5


@dataclass(frozen=True, slots=True, eq=False)
class ReceptionCurve:
    """One quantity over time, against what is usual."""

    quantity: Quantity
    satellite: str
    """Of which signal it is; empty where it is of the whole."""
    values: Floats
    """At the times of the course; NaN where nothing is known. Bit errors are powers of ten."""
    change: QuantityChange | None
    """None where the finding states no usual value of it."""


@dataclass(frozen=True, slots=True, eq=False)
class ReceptionCourse:
    """A disturbance of reception with what lies about it, for drawing."""

    finding: ReceiverInterference
    times_utc: Moments
    disturbed: Bools
    """Which points lie in the disturbance."""
    curves: tuple[ReceptionCurve, ...]
    """What changed most first."""
    left_out: int
    """Quantities that are measured and not drawn."""


def reception_course(picture: Picture, finding: ReceiverInterference) -> ReceptionCourse:
    """Return what the receiver of a finding measured, before, during and after.

    As many samples are shown before and after as there are in between, and some at least.

    Raises:
        CoverageError: the samples of that receiver are not in this picture.
    """
    judged = Judged(_series_of(picture, finding), ReceiverRule())
    parts, disturbed = _parts(judged.series, finding)
    rows = np.concatenate(parts)
    moments = judged.series.time_utc
    curves = [
        ReceptionCurve(quantity, satellite, _medians(values, parts), change)
        for quantity, satellite, values, change in _measured(judged, finding)
        if np.isfinite(values[rows]).any()
    ]
    return ReceptionCourse(
        finding=finding,
        times_utc=np.array([moments[part[len(part) // 2]] for part in parts], "datetime64[us]"),
        disturbed=disturbed,
        curves=tuple(curves[:_MOST_CURVES]),
        left_out=max(len(curves) - _MOST_CURVES, 0),
    )


def _series_of(picture: Picture, finding: ReceiverInterference) -> ReceiverSeries:
    at = as_column_time(picture.as_of_utc)
    wanted = (finding.receiver, finding.link, finding.band, finding.polarisation)
    for series in picture.receivers:
        one = series.receiver
        if (one.name, one.link, one.band, one.polarisation) == wanted:
            known = series.known_by(at)
            if len(known):
                return known
    raise CoverageError(f"no samples of {finding.receiver} in this picture")


def _parts(series: ReceiverSeries, finding: ReceiverInterference) -> tuple[list[np.ndarray], Bools]:
    """Return the rows of each point, and whether it lies in the disturbance: none lies in both."""
    first = int(np.searchsorted(series.time_utc, as_column_time(finding.start_utc)))
    last = int(np.searchsorted(series.time_utc, as_column_time(finding.end_utc), "right"))
    about = max(last - first, _LEAST_PART)
    spans = ((max(0, first - about), first), (first, last), (last, min(len(series), last + about)))
    count = sum(until - since for since, until in spans)
    parts: list[np.ndarray] = []
    inside: list[bool] = []
    for place, (since, until) in enumerate(spans):
        rows = np.arange(since, until)
        points = min(len(rows), max(_LEAST_PART, _MOST_POINTS * len(rows) // max(count, 1)))
        cut = np.array_split(rows, points) if points else []
        parts += cut
        inside += [place == 1] * len(cut)
    return parts, np.array(inside, dtype=np.bool_)


def _measured(
    judged: Judged, finding: ReceiverInterference
) -> list[tuple[Quantity, str, Floats, QuantityChange | None]]:
    """Return what is drawn, what changed most first: of single satellites those that fell."""
    told: list[tuple[Quantity, str, Floats, QuantityChange | None]] = []
    if finding.reception is Reception.ONE_SATELLITE:
        series = judged.series
        told = [
            (Quantity.CN0, name, series.cn0_dbhz[:, series.satellites.index(name)], None)
            for name in finding.fallen
            if name in series.satellites
        ]
    changes = {change.quantity: change for change in finding.changes}
    order = dict.fromkeys((finding.leading, *changes, *Quantity))
    for quantity in order:
        told.append((quantity, "", judged.values[:, PLACE_OF[quantity]], changes.get(quantity)))
    return told


def _medians(values: Floats, parts: Sequence[np.ndarray]) -> Floats:
    def middle(part: np.ndarray) -> float:
        known = values[part][np.isfinite(values[part])]
        return float(np.median(known)) if len(known) else float("nan")

    return np.array([middle(part) for part in parts])
