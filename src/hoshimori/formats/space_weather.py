"""Space weather in the CSV of CSSI and CelesTrak (``SW-All.csv``, ``SW-Last5Years.csv``).

Source: CelesTrak, Space Weather Data Documentation; Vallado and Kelso 2005, AAS 05-258. Planetary
indices stand as ten times their value (3+ is 33), which is rounded: they are read in thirds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.packing import unpacked
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Rejection
from hoshimori.model.space_weather import (
    PERIODS_PER_DAY,
    DayKind,
    SpaceWeather,
    SpaceWeatherReading,
)

LARGEST_BYTES = 64_000_000
"""Ten times what a century of days takes."""
_KINDS = {
    "OBS": DayKind.OBSERVED,
    "INT": DayKind.INTERPOLATED,
    "PRD": DayKind.PREDICTED,
    "PRM": DayKind.PREDICTED_MONTHLY,
}
_KP = tuple(f"KP{i}" for i in range(1, PERIODS_PER_DAY + 1))
_AP = tuple(f"AP{i}" for i in range(1, PERIODS_PER_DAY + 1))
_FLUX = ("F10.7_OBS", "F10.7_ADJ", "F10.7_OBS_LAST81")
_KIND = "F10.7_DATA_TYPE"
_NEEDED = ("DATE", *_KP, *_AP, *_FLUX, _KIND)
_HIGHEST_AP, _HIGHEST_FLUX = 400.0, 1000.0


def read_space_weather(data: bytes, provenance: Provenance) -> SpaceWeatherReading:
    """Read a file of daily indices, also gzip or zip; a bad row is refused alone.

    Of two rows of one day the first counts, and the other is refused.

    Raises:
        FormatError: the bytes are not such a file, or hold no day that can be read.
    """
    source = provenance.source
    members = list(unpacked(data, source=source, limit_bytes=LARGEST_BYTES))
    if len(members) != 1:
        raise FormatError(f"{len(members)} files in one: expected one table", source=source)
    try:
        text = members[0][1].decode("ascii")
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {error.start} is not ASCII", source=source) from None
    lines = text.splitlines()
    header = [cell.strip() for cell in lines[0].split(",")] if lines else []
    if missing := [name for name in _NEEDED if name not in header]:
        raise FormatError(
            f"not a table of space weather of CSSI: no column {', '.join(missing[:3])}",
            source=source,
            line=1,
        )
    days: dict[date, _Day] = {}
    rejections: list[Rejection] = []
    for number, line, cells in _rows(lines):
        try:
            day = _day(header, cells)
            if day.day in days:
                raise _BadCellError("DATE", "a second row of this day")
            days[day.day] = day
        except _BadCellError as error:
            raw = line.encode()
            rejections.append(Rejection(source, number, error.field, str(error), raw))
    if not days:
        raise FormatError("no day that can be read", source=source)
    ordered = [days[key] for key in sorted(days)]
    return SpaceWeatherReading(_columns(ordered, provenance), tuple(rejections))


def write_space_weather(weather: SpaceWeather) -> bytes:
    """Return indices as a table that `read_space_weather` reads; what is unknown stays empty."""
    words = {kind: word for word, kind in _KINDS.items()}
    lines = [",".join(_NEEDED)]
    for row in range(len(weather.day_utc)):
        flux = (weather.f107_observed, weather.f107_adjusted, weather.f107_observed_81_day)
        cells = [
            str(weather.day_utc[row].astype("datetime64[D]")),
            *(_cell(10.0 * kp, 0) for kp in weather.kp[row]),
            *(_cell(ap, 0) for ap in weather.ap[row]),
            *(_cell(column[row], 1) for column in flux),
            words[DayKind(int(weather.kind[row]))],
        ]
        lines.append(",".join(cells))
    return ("\n".join(lines) + "\n").encode()


def _cell(value: float, digits: int) -> str:
    return f"{value:.{digits}f}" if np.isfinite(value) else ""


class _BadCellError(ValueError):
    """One cell is not what its column holds."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    kp: tuple[float, ...]
    ap: tuple[float, ...]
    flux: tuple[float, ...]
    kind: DayKind


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, str, list[str]]]:
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            yield number, line, next(csv.reader(io.StringIO(line)), [])


def _day(header: Sequence[str], cells: Sequence[str]) -> _Day:
    if len(cells) != len(header):
        raise _BadCellError("", f"{len(cells)} cells, expected {len(header)} as in the header")
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if row[_KIND] not in _KINDS:
        raise _BadCellError(_KIND, f"expected one of {', '.join(_KINDS)}, got {row[_KIND]!r}")
    kp = tuple(round(_number(row, name, 90.0) * 0.3) / 3.0 if row[name] else np.nan for name in _KP)
    ap = tuple(_number(row, name, _HIGHEST_AP) for name in _AP)
    flux = tuple(_number(row, name, _HIGHEST_FLUX) for name in _FLUX)
    return _Day(_date(row["DATE"]), kp, ap, flux, _KINDS[row[_KIND]])


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _BadCellError("DATE", f"expected YYYY-MM-DD, got {text!r}") from None


def _number(row: dict[str, str], name: str, highest: float) -> float:
    """Return a cell as a number, NaN for an empty one."""
    if not row[name]:
        return np.nan
    try:
        value = float(row[name])
    except ValueError:
        value = np.nan
    if not 0.0 <= value <= highest:
        raise _BadCellError(name, f"expected a number from 0 to {highest:g}, got {row[name]!r}")
    return value


def _columns(days: Sequence[_Day], provenance: Provenance) -> SpaceWeather:
    flux = np.array([day.flux for day in days], np.float64)
    return SpaceWeather(
        day_utc=np.array([day.day for day in days], "datetime64[us]"),
        kp=np.array([day.kp for day in days], np.float64),
        ap=np.array([day.ap for day in days], np.float64),
        f107_observed=flux[:, 0],
        f107_adjusted=flux[:, 1],
        f107_observed_81_day=flux[:, 2],
        kind=np.array([day.kind for day in days], np.uint8),
        provenance=provenance,
    )
