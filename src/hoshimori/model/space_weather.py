"""The space weather of every day: geomagnetic and solar indices, observed or predicted."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Rejection
from hoshimori.numerics.elements import Floats, Times

PERIODS_PER_DAY = 8
_PERIOD = np.timedelta64(3 * 3600 * 1_000_000, "us")


class DayKind(IntEnum):
    """What the values of a day are (column F10.7_DATA_TYPE of CSSI)."""

    OBSERVED = 0
    INTERPOLATED = 1
    """The solar flux was not measured on this day; the geomagnetic indices were."""
    PREDICTED = 2
    """For each of the coming 45 days."""
    PREDICTED_MONTHLY = 3
    """Of one day for each month; the solar flux alone."""


@dataclass(frozen=True, slots=True, eq=False)
class SpaceWeather:
    """Indices of *n* days in ascending order, read-only; NaN where the source gives none."""

    day_utc: Times
    """Start of the day (datetime64[us]), shape (n,)."""
    kp: Floats
    """Planetary index of each three hours, 0 to 9 in thirds, shape (n, 8)."""
    ap: Floats
    """Its equivalent amplitude [2 nT], shape (n, 8)."""
    f107_observed: Floats
    """Solar radio flux at 10.7 cm as measured at 20 UTC [solar flux units]."""
    f107_adjusted: Floats
    """The same at one astronomical unit."""
    f107_observed_81_day: Floats
    """Mean of the last 81 days of the observed flux."""
    kind: npt.NDArray[np.uint8]
    """Codes of `DayKind`."""
    provenance: Provenance

    def __post_init__(self) -> None:
        days = len(self.day_utc)
        for column in fields(self)[:-1]:
            values = np.asarray(getattr(self, column.name)).view()
            wide = column.name in ("kp", "ap")
            if values.shape != ((days, PERIODS_PER_DAY) if wide else (days,)):
                raise ValueError(f"{column.name} has shape {values.shape} for {days} days")
            values.flags.writeable = False
            object.__setattr__(self, column.name, values)

    def __len__(self) -> int:
        return len(self.day_utc)

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Self:
        """Return the chosen days."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)[:-1]})

    def observed(self) -> Self:
        """Return the days on which the geomagnetic indices were observed."""
        return self.take(self.kind <= DayKind.INTERPOLATED)

    def known_by(self, as_of_utc: np.datetime64) -> Self:
        """Return what had been observed at a moment; a period counts from its end on.

        Definitive values replace the quick ones of the first days later, by a third or two.
        """
        past = self.take((self.kind <= DayKind.INTERPOLATED) & (self.day_utc <= as_of_utc))
        ends = past.day_utc[:, None] + _PERIOD * np.arange(1, PERIODS_PER_DAY + 1)
        known = ends <= as_of_utc
        whole = known[:, -1] if len(past) else np.empty(0, np.bool_)
        return replace(
            past,
            kp=np.where(known, past.kp, np.nan),
            ap=np.where(known, past.ap, np.nan),
            f107_observed=np.where(whole, past.f107_observed, np.nan),
            f107_adjusted=np.where(whole, past.f107_adjusted, np.nan),
        )

    def periods(self) -> tuple[Times, Floats]:
        """Return start and planetary index of every three hours, both of shape (8 n,)."""
        starts = self.day_utc[:, None] + _PERIOD * np.arange(PERIODS_PER_DAY)
        return starts.reshape(-1), self.kp.reshape(-1)

    @property
    def observed_until_utc(self) -> np.datetime64 | None:
        """End of the last three hours whose planetary index was observed; None for none."""
        starts, kp = self.observed().periods()
        known = np.flatnonzero(np.isfinite(kp))
        return starts[known[-1]] + _PERIOD if len(known) else None


@dataclass(frozen=True, slots=True)
class SpaceWeatherReading:
    """What a file of space weather held: the days that were read, and the rows refused."""

    weather: SpaceWeather
    rejections: tuple[Rejection, ...] = ()
