"""Epochs as CCSDS messages write them: calendar or day-of-year form, UTC, with an optional Z.

Exact to the microsecond; further digits are rounded half to even.  A leap second (23:59:60) is
read as the first second of the next day, which is what a count of 86,400-second days can hold.

Source: CCSDS 502.0-B-3, 7.5.10.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from hoshimori.errors import FormatError

EXPECTED_EPOCH = "expected YYYY-MM-DDThh:mm:ss[.d…][Z] or YYYY-DDDThh:mm:ss[.d…][Z], UTC"

_EPOCH = re.compile(
    r"(\d{4})-(?:(\d{2})-(\d{2})|(\d{3}))T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,30}))?Z?", re.ASCII
)
_WIDTH = 26  # of YYYY-MM-DDThh:mm:ss.ffffff, the form that nearly all files use
_SHORTEST = 19
_DIGITS = np.array([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 25])
_MARKS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":", 19: "."}

Instants = npt.NDArray[np.datetime64]
Rows = npt.NDArray[np.intp]


def parse_epoch(text: str) -> np.datetime64:
    """Return the moment that a CCSDS epoch names, in microseconds.

    Raises `FormatError` where the text is not such an epoch.

    >>> parse_epoch("2020-064T10:34:41.4264")
    np.datetime64('2020-03-04T10:34:41.426400')
    """
    found = _EPOCH.fullmatch(text)
    if not found:
        raise FormatError(f"{text!r}: {EXPECTED_EPOCH}")
    year, month, day, day_of_year, hour, minute, second, fraction = found.groups(default="")
    try:
        on = _calendar_day(int(year), month, day, day_of_year)
    except (ValueError, OverflowError) as error:
        raise FormatError(f"{text!r} is no day of the calendar: {EXPECTED_EPOCH}") from error
    leap = (hour, minute, second) == ("23", "59", "60")
    if not (int(hour) < 24 and int(minute) < 60 and (int(second) < 60 or leap)):
        raise FormatError(f"{text!r} is no time of day: {EXPECTED_EPOCH}")
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second)
    beyond = Fraction(int(fraction or 0), 10 ** len(fraction)) * 1_000_000
    return np.datetime64(on, "us") + np.timedelta64(seconds * 1_000_000 + round(beyond), "us")


def parse_epochs(texts: Sequence[str]) -> tuple[Instants, Rows]:
    """Return the moments (datetime64[us], NaT where unreadable) and the rows that are unreadable.

    Same rules as `parse_epoch`; the usual calendar form is read for all rows at once.
    """
    moments, regular = _read_regular(texts)
    unreadable = []
    for row in np.flatnonzero(~regular).tolist():
        try:
            moments[row] = parse_epoch(texts[row].strip())
        except FormatError:
            unreadable.append(row)
    moments[unreadable] = np.datetime64("NaT")
    return moments, np.array(unreadable, dtype=np.intp)


def format_epochs(moments: Instants) -> list[str]:
    """Return moments as YYYY-MM-DDThh:mm:ss.ffffff, UTC."""
    written: list[str] = np.datetime_as_string(moments, unit="us").tolist()
    return written


def _calendar_day(year: int, month: str, day: str, day_of_year: str) -> date:
    if not day_of_year:
        return date(year, int(month), int(day))
    on = date(year, 1, 1) + timedelta(days=int(day_of_year) - 1)
    if on.year != year:
        raise ValueError("no such day of the year")
    return on


def _read_regular(texts: Sequence[str]) -> tuple[Instants, npt.NDArray[np.bool_]]:
    """Read rows of the form YYYY-MM-DDThh:mm:ss[.f to .ffffff] and tell which they are."""
    length = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    cells = np.array(texts, dtype=f"U{_WIDTH}").view(np.uint32).reshape(len(texts), _WIDTH)
    cells[length == _SHORTEST, _SHORTEST] = ord(".")
    cells[:, _SHORTEST + 1 :][cells[:, _SHORTEST + 1 :] == 0] = ord("0")
    regular = (length >= _SHORTEST) & (length <= _WIDTH) & (length != _SHORTEST + 1)
    for place, mark in _MARKS.items():
        regular &= cells[:, place] == ord(mark)
    digits = cells[:, _DIGITS].astype(np.int64) - ord("0")
    regular &= ((digits >= 0) & (digits <= 9)).all(axis=1)
    digits[~regular] = 0
    return _assembled(digits, regular)


def _assembled(
    digits: npt.NDArray[np.int64], regular: npt.NDArray[np.bool_]
) -> tuple[Instants, npt.NDArray[np.bool_]]:
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month, day, hour, minute, second = (digits[:, 4:14:2] * 10 + digits[:, 5:14:2]).T
    micros = digits[:, 14:] @ 10 ** np.arange(5, -1, -1)
    months = ((year - 1970) * 12 + month - 1).view("datetime64[M]")
    first = months.astype("datetime64[D]")
    month_days = (months + 1).astype("datetime64[D]") - first
    regular &= (year >= 1) & (month >= 1) & (month <= 12)
    regular &= (day >= 1) & (day <= month_days.astype(np.int64))
    regular &= (hour < 24) & (minute < 60) & (second < 60)
    seconds = ((day - 1) * 24 + hour) * 3600 + minute * 60 + second
    return first.astype("datetime64[us]") + (seconds * 1_000_000 + micros), regular
