"""Rows of receiver series: each judged by itself, then put together by receiver and moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from hoshimori.formats.receiver_columns import (
    BAND,
    BEARING,
    LATITUDE,
    LINK,
    NUMBERS,
    OBJECT,
    PLACES,
    POLARISATION,
    RECEIVED,
    RECEIVER,
    SAMPLE_NAMES,
    SATELLITE,
    TIME,
    TIME_UNIX,
)
from hoshimori.formats.receiver_names import named_receiver
from hoshimori.formats.receiver_restarts import later_times, restarts_in
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Provenance
from hoshimori.model.receiver_readings import ReceiverReading, SampleRestart
from hoshimori.model.receivers import (
    PLACE_OF,
    Floats,
    Moments,
    Quantity,
    Receiver,
    ReceiverSeries,
)
from hoshimori.model.rejections import Rejection

_FIRST, _LAST = np.datetime64("1980-01-06", "us"), np.datetime64("2100-01-01", "us")
_AHEAD = np.timedelta64(300, "s")
_NAT = np.datetime64("NaT", "us")
_MOST_SATELLITES = 400
Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SampleClock:
    """When the first sample of a file was taken, and how far apart they are."""

    start_utc: np.datetime64
    step_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows as they stand: by column, texts (None where missing), numbers or moments."""

    columns: Mapping[str, Any]
    line: npt.NDArray[np.int64]
    raw: Sequence[bytes] | None
    torn: Bools
    """Rows that hold nothing to judge: with other cells than the header, of no known property."""
    torn_field: str = ""
    torn_because: str = "another number of cells than the header has"

    def __len__(self) -> int:
        return len(self.line)


@dataclass(slots=True)
class _Judge:
    """Collects what is wrong; of each row the first thing."""

    rows: Rows
    source: str
    refused: Bools
    rejections: list[Rejection] = field(default_factory=list)

    def refuse(self, name: str, problem: str, wrong: Bools) -> None:
        """Refuse rows that have not been refused yet."""
        for row in np.flatnonzero(wrong & ~self.refused).tolist():
            line = int(self.rows.line[row])
            self.rejections.append(Rejection(self.source, line, name, problem, self._raw(row)))
        self.refused |= wrong

    def _raw(self, row: int) -> bytes:
        if self.rows.raw is not None:
            return self.rows.raw[row]
        return ",".join(str(column[row]) for column in self.rows.columns.values()).encode()


def judged(
    rows: Rows, provenance: Provenance, source: str, clock: SampleClock | None
) -> ReceiverReading:
    """Return the series in rows, and the rows refused."""
    judge = _Judge(rows, source, np.zeros(len(rows), dtype=np.bool_))
    judge.refuse(rows.torn_field, rows.torn_because, rows.torn)
    moments = _times(rows, clock, judge)
    known = _received(rows, moments, judge)
    numbers = {name: _numbers(rows, name, judge) for name in rows.columns if name in NUMBERS}
    _used_share(numbers, judge)
    places = _places(rows, judge)
    receivers, whose = _receivers(rows, source, judge)
    satellites = _texts(rows, SATELLITE)
    kept = np.flatnonzero(~judge.refused)
    series, repeated, restarts = [], 0, []
    for number, receiver in enumerate(receivers):
        own = kept[whose[kept] == number]
        if not len(own):
            continue
        if clock is not None and _is_numbered(rows):
            begins = _restarts(rows, own, satellites, numbers)
            moments[own] = later_times(moments[own], begins, _step(clock))
            known = moments
            restarts += [_restart(rows, source, receiver, own, k, moments) for k in begins]
        one = _series(receiver, own, moments, known, numbers, satellites, places, provenance)
        repeated += one[1]
        series.append(one[0])
    rejections = sorted(judge.rejections, key=lambda r: r.line)
    restarts.sort(key=lambda one: one.line)
    return ReceiverReading(tuple(series), tuple(rejections), repeated, tuple(restarts))


def _is_numbered(rows: Rows) -> bool:
    """Tell whether nothing but numbers says when samples were taken or received."""
    return not {TIME, TIME_UNIX, RECEIVED} & set(rows.columns)


def _sample_name(rows: Rows) -> str:
    return next(name for name in SAMPLE_NAMES if name in rows.columns)


def _step(clock: SampleClock) -> np.timedelta64:
    return np.timedelta64(round(clock.step_s * 1e6), "us")


def _restarts(
    rows: Rows,
    own: npt.NDArray[Any],
    satellites: Sequence[str] | None,
    numbers: Mapping[str, Floats],
) -> list[int]:
    """Return at which of one receiver's rows the numbers of its samples begin anew."""
    number = _as_numbers(rows.columns[_sample_name(rows)])[0][own]
    if not (np.diff(number) < 0.0).any():
        return []
    names = [satellites[row] for row in own] if satellites else [""] * len(own)
    satellite = np.unique(names, return_inverse=True)[1].astype(np.int64)
    return restarts_in(number, satellite, np.stack([c[own] for c in numbers.values()], axis=1))


def _restart(
    rows: Rows, source: str, receiver: Receiver, own: npt.NDArray[Any], at: int, moments: Moments
) -> SampleRestart:
    name = _sample_name(rows)
    last, first = (int(float(rows.columns[name][row])) for row in own[at - 1 : at + 1])
    row = int(own[at])
    since = as_datetime(moments[row])
    return SampleRestart(source, int(rows.line[row]), name, receiver.name, last, first, since)


def _times(rows: Rows, clock: SampleClock | None, judge: _Judge) -> Moments:
    expected = "expected a moment in UTC from 1980 on, as in 2026-03-01T12:00:00Z"
    if TIME in rows.columns:
        name, moments = TIME, _moments(rows.columns[TIME])
    elif TIME_UNIX in rows.columns:
        name, seconds = TIME_UNIX, _as_numbers(rows.columns[TIME_UNIX])[0]
        moments = _after(np.datetime64(0, "us"), seconds)
    else:
        name = next(n for n in SAMPLE_NAMES if n in rows.columns)
        expected = "expected the number of a sample, 0 or more"
        number, _ = _as_numbers(rows.columns[name])
        number[(number < 0) | (number != np.round(number))] = np.nan
        assert clock is not None  # the reader asks for it
        moments = _after(clock.start_utc.astype("datetime64[us]"), number * clock.step_s)
    judge.refuse(name, expected, np.isnat(moments) | (moments < _FIRST) | (moments > _LAST))
    return moments


def _after(start: np.datetime64, seconds: Floats) -> Moments:
    moments = np.full(len(seconds), _NAT)
    fits = np.isfinite(seconds) & (np.abs(seconds) < 1e11)
    moments[fits] = start + np.round(seconds[fits] * 1e6).astype("timedelta64[us]")
    return moments


def _received(rows: Rows, moments: Moments, judge: _Judge) -> Moments:
    if RECEIVED not in rows.columns:
        return moments
    known = _moments(rows.columns[RECEIVED])
    empty = _is_empty(rows.columns[RECEIVED])
    judge.refuse(RECEIVED, "expected a moment in UTC, or nothing", np.isnat(known) & ~empty)
    known = np.where(np.isnat(known), moments, known)
    ahead = known + _AHEAD < moments
    judge.refuse(TIME, "later than when it was received: the receiver's clock is ahead", ahead)
    return np.maximum(known, moments)


def _places(rows: Rows, judge: _Judge) -> Floats:
    """Return latitude and longitude of each row, NaN where not stated."""
    told = np.full((len(rows), 2), np.nan)
    for k, name in enumerate(PLACES):
        if name in rows.columns:
            told[:, k] = _numbers(rows, name, judge)
    half = np.isnan(told[:, 0]) != np.isnan(told[:, 1])
    judge.refuse(LATITUDE, "expected latitude and longitude, or neither", half)
    return told


def _numbers(rows: Rows, name: str, judge: _Judge) -> Floats:
    column = PLACES.get(name) or NUMBERS[name]
    values, broken = _as_numbers(rows.columns[name])
    expected = f"expected {column.low:g} to {column.high:g} {column.unit}"
    judge.refuse(name, f"not a number; {expected}", broken)
    judge.refuse(name, expected, (values < column.low) | (values > column.high))
    return values


def _used_share(numbers: dict[str, Floats], judge: _Judge) -> None:
    """Put the share of satellites used in the place of how many are used and in view."""
    used, seen = numbers.pop("satellites_used", None), numbers.pop("satellites_in_view", None)
    if used is None or seen is None:
        return
    judge.refuse("satellites_used", "more than are in view", used > seen)
    share = np.divide(used, seen, out=np.full(len(used), np.nan), where=seen > 0.0)
    numbers.setdefault("used_percent", 100.0 * share)


def _as_numbers(column: Any) -> tuple[Floats, Bools]:
    """Return numbers, NaN where there is none, and where something is that is none."""
    if isinstance(column, np.ndarray) and column.dtype.kind == "f":
        return column.copy(), np.asarray(np.isinf(column))
    values, broken = np.full(len(column), np.nan), np.zeros(len(column), dtype=np.bool_)
    for row, text in enumerate(column):
        text = "" if text is None else str(text).strip()
        if text.lower() in ("", "nan", "null"):
            continue
        try:
            # Python also reads 1_000 as a number.
            values[row] = float(text) if "_" not in text else np.inf
        except ValueError:
            values[row] = np.inf
        if np.isinf(values[row]):
            values[row], broken[row] = np.nan, True
    return values, broken


def _moments(column: Any) -> Moments:
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        return column.astype("datetime64[us]")
    return np.array([_moment(text) for text in column], dtype="datetime64[us]")


def _moment(text: Any) -> np.datetime64:
    """Return a moment in UTC; not-a-time where the text is none or of another time zone."""
    try:
        moment = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return _NAT
    if moment.tzinfo is not None and moment.utcoffset():
        return _NAT
    return np.datetime64(moment.replace(tzinfo=None), "us")


def _is_empty(column: Any) -> Bools:
    if isinstance(column, np.ndarray):
        return np.asarray(np.isnat(column) if column.dtype.kind == "M" else np.isnan(column))
    return np.array([not str(text or "").strip() for text in column], dtype=np.bool_)


def _texts(rows: Rows, name: str) -> list[str] | None:
    if name not in rows.columns:
        return None
    column = rows.columns[name]
    if isinstance(column, np.ndarray):
        return ["" if np.isnan(v) else f"{v:.15g}" for v in column]
    return [str(text or "").strip() for text in column]


def _receivers(rows: Rows, source: str, judge: _Judge) -> tuple[list[Receiver], Whole]:
    """Return the receivers, and which of them each row is of; -1 where words are not known."""
    names = (RECEIVER, LINK, BAND, POLARISATION, OBJECT, BEARING)
    columns = [_texts(rows, name) or [""] * len(rows) for name in names]
    codes: dict[tuple[str, ...], int] = {}
    code = np.array(
        [codes.setdefault(words, len(codes)) for words in zip(*columns, strict=True)],
        dtype=np.int64,
    )
    receivers: dict[Receiver, int] = {}
    place = np.full(len(codes), -1)
    for words, number in codes.items():
        found = named_receiver(words, source)
        if isinstance(found, Receiver):
            place[number] = receivers.setdefault(found, len(receivers))
        else:
            judge.refuse(*found, code == number)
    return list(receivers), place[code]


def _series(
    receiver: Receiver,
    own: npt.NDArray[Any],
    moments: Moments,
    known: Moments,
    numbers: Mapping[str, Floats],
    satellites: Sequence[str] | None,
    places: Floats,
    provenance: Provenance,
) -> tuple[ReceiverSeries, int]:
    """Return the series of some rows, and how many of them another one repeats or corrects."""
    # By time, then by when it was known, then as written: what comes last counts.
    order = own[np.lexsort((np.arange(len(own)), known[own], moments[own]))]
    times, sample = np.unique(moments[order], return_inverse=True)
    names = np.array([satellites[row] for row in order] if satellites else [""] * len(order))
    known_names, code = np.unique(names, return_inverse=True)
    # The whole, which has no name, stands before every satellite.
    if known_names[0]:
        known_names, code = np.append("", known_names), code + 1
    distinct = known_names[1 : 1 + _MOST_SATELLITES].tolist()
    of_one = code > 0
    cn0 = np.full((len(times), len(distinct)), np.nan)
    values = np.full((len(times), len(Quantity)), np.nan)
    for name, column in numbers.items():
        quantity, told = NUMBERS[name].quantity, column[order] * NUMBERS[name].factor
        assert quantity is not None
        stated = np.isfinite(told)
        if quantity is Quantity.CN0:
            of_known = stated & of_one & (code <= len(distinct))
            # Of several the last counts, as it does in an assignment.
            cn0[sample[of_known], code[of_known] - 1] = told[of_known]
            stated &= ~of_one
        values[sample[stated], PLACE_OF[quantity]] = told[stated]
    place = np.full((len(times), 2), np.nan)
    placed = np.isfinite(places[order, 0])
    place[sample[placed]] = places[order[placed]]
    latest = np.full(len(times), np.datetime64("1970-01-01", "us"))
    np.maximum.at(latest, sample, known[order])
    pairs = len(np.unique(sample * np.int64(len(known_names)) + code))
    series = ReceiverSeries(
        receiver, times, latest, values, tuple(distinct), cn0,
        np.zeros(len(times), dtype=np.int32), (provenance,), place,
    )  # fmt: skip
    return series, len(order) - pairs
