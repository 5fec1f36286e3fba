"""Areas of disturbed cells: their days, past, middle and extent, from judged counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hoshimori.model.findings_of_interference import Persistence
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.interference_report import Place
from hoshimori.model.moments import as_datetime
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import (
    Bools,
    areas_km2,
    base_cell_of,
    cell_text,
    centres_deg,
    coarser,
    distances_km,
    middle_deg,
)
from hoshimori.numerics.interference import (
    CellDays,
    DisturbanceRule,
    Judgement,
    Whole,
    fault_rate,
    judge,
)

_WIDTH_KM = 45.0
"""Between the middles of neighbouring cells of resolution 4."""
_KEY_RESOLUTION = 1


@dataclass(frozen=True, slots=True)
class PersistenceRule:
    """How often disturbed makes an area new, recurrent or permanent."""

    usual_share: float = 0.15
    """Cells disturbed on more of their past days are known for it."""
    usual_days: float = 2.0
    new_share: float = 0.05
    permanent_share: float = 0.5
    fewest_past_days: float = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class AirPicture:
    """Counts in order of cell and day, each judged."""

    cells: IntegrityCells
    days: CellDays
    judged: Judgement
    edges: Whole
    """Where each cell's rows begin, and the end."""
    fault_rate: float

    def usually_disturbed(self, rule: PersistenceRule) -> Bools:
        """Return the rows whose cell was disturbed so often before that it is known for it."""
        past, disturbed = self.judged.past_days, self.judged.past_disturbed
        return (disturbed >= rule.usual_share * past) & (disturbed >= rule.usual_days)

    def counts(self, rows: Whole) -> tuple[int, int, int]:
        """Return good and bad aircraft, and how many bad ones are spared: one a cell and day."""
        bad = self.days.bad[rows]
        spare = int(np.count_nonzero(bad))
        return int(np.sum(self.days.aircraft[rows] - bad)), int(np.sum(bad)), spare

    def disturbed_of(self, rows: Whole) -> tuple[int, int]:
        """Return how many rows are disturbed, of how many that can tell."""
        return (
            int(np.count_nonzero(self.judged.disturbed[rows])),
            int(np.count_nonzero(self.judged.tested[rows])),
        )

    def lies_within(self, place: Place) -> Bools:
        """Return the rows whose cell has its middle within a circle."""
        middles = centres_deg(self.cells.cell[self.edges[:-1]])
        middle = np.array((place.latitude_deg, place.longitude_deg))
        near = distances_km(middle, middles) <= place.radius_km
        return np.asarray(near[self.days.cell_index])


def air_picture(cells: IntegrityCells, rule: DisturbanceRule) -> AirPicture:
    """Return counts (in order of cell and day, each once) with what each day of a cell shows."""
    new = np.ones(len(cells), dtype=np.bool_)
    new[1:] = cells.cell[1:] != cells.cell[:-1]
    starts = np.flatnonzero(new)
    days = CellDays(
        cell_index=np.cumsum(new) - 1,
        day=cells.day_utc.astype(np.int64),
        aircraft=np.ascontiguousarray(cells.aircraft),
        bad=np.ascontiguousarray(cells.bad),
    )
    rate = fault_rate(days.aircraft, days.bad, base_cell_of(cells.cell))
    return AirPicture(
        cells, days, judge(days, rate, rule), np.append(starts, len(cells)).astype(np.int64), rate
    )


def core_cells(air: AirPicture, rows: Whole, since: int, rule: PersistenceRule) -> Bools:
    """Return which rows are of cells that are disturbed usually since a day, not now and then."""
    recent = air.days.day >= since
    count = len(air.edges) - 1
    seen = np.bincount(air.days.cell_index[recent & air.judged.tested], minlength=count)
    disturbed = np.bincount(air.days.cell_index[rows], minlength=count)
    return np.asarray((disturbed >= rule.usual_share * seen)[air.days.cell_index[rows]])


@dataclass(frozen=True, eq=False)
class DisturbedArea:
    """Disturbed days of cells that belong together."""

    air: AirPicture
    disturbed: Whole
    """Rows of the air picture."""
    is_usual: bool
    """Of cells known to be disturbed; then the area has no onset of its own."""

    @property
    def disturbed_rows(self) -> int:
        """How many days of cells are disturbed."""
        return len(self.disturbed)

    @cached_property
    def cell_index(self) -> Whole:
        """Numbers of the area's cells."""
        return np.unique(self.air.days.cell_index[self.disturbed])

    @cached_property
    def cells(self) -> npt.NDArray[np.uint64]:
        """Indices of the area's cells."""
        return self.air.cells.cell[self.air.edges[self.cell_index]]

    @cached_property
    def first_day(self) -> int:
        """The first disturbed day."""
        return int(self.air.days.day[self.disturbed].min())

    @cached_property
    def last_day(self) -> int:
        """The last disturbed day."""
        return int(self.air.days.day[self.disturbed].max())

    @property
    def start_utc(self) -> datetime:
        """The beginning of the first disturbed day."""
        return as_datetime(np.datetime64(self.first_day, "D"))

    @property
    def end_utc(self) -> datetime:
        """The end of the last disturbed day."""
        return as_datetime(np.datetime64(self.last_day, "D")) + timedelta(days=1)

    @cached_property
    def _cells_by_day(self) -> tuple[Whole, Whole]:
        days, counts = np.unique(self.air.days.day[self.disturbed], return_counts=True)
        return days, counts.astype(np.int64)

    def most_cells(self) -> int:
        """Return how many cells are disturbed on the day of the most."""
        return int(self._cells_by_day[1].max())

    @cached_property
    def peak_day(self) -> int:
        """The first day on which most cells are disturbed."""
        days, counts = self._cells_by_day
        return int(days[np.argmax(counts)])

    @cached_property
    def all_rows(self) -> Whole:
        """All rows of the area's cells, whatever the day."""
        edges = self.air.edges
        parts = [np.arange(edges[k], edges[k + 1]) for k in self.cell_index.tolist()]
        return np.concatenate(parts)

    def rows(self, margin_days: int = 0) -> Whole:
        """Return the rows of the area's cells in the episode and so many days about it."""
        day = self.air.days.day[self.all_rows]
        inside = (day >= self.first_day - margin_days) & (day <= self.last_day + margin_days)
        chosen: Whole = self.all_rows[inside]
        return chosen

    def past_rows(self) -> Whole:
        """Return the rows before the episode; before its last day where the area is known."""
        until = self.last_day if self.is_usual else self.first_day
        return self.all_rows[self.air.days.day[self.all_rows] < until]

    def peak_rows(self) -> Whole:
        """Return the rows of the area's cells on the peak day."""
        chosen: Whole = self.all_rows[self.air.days.day[self.all_rows] == self.peak_day]
        return chosen

    def daily_shares(self) -> tuple[Whole, Floats]:
        """Return the days until its last, and the share of bad aircraft on each, spares off."""
        rows = self.all_rows[self.air.days.day[self.all_rows] <= self.last_day]
        days, place = np.unique(self.air.days.day[rows], return_inverse=True)
        bad = self.air.days.bad[rows]
        spared = np.bincount(place, weights=bad - (bad > 0))
        shares: Floats = spared / np.bincount(place, weights=self.air.days.aircraft[rows])
        return days, shares

    def past_days(self) -> float:
        """Return on how many days before the episode any of the cells was seen."""
        return float(len(np.unique(self.air.days.day[self.past_rows()])))

    def persistence(self, rule: PersistenceRule) -> Persistence:
        """Return how the area looks against its own past."""
        if self.past_days() < rule.fewest_past_days:
            return Persistence.UNKNOWN
        day = self.last_day if self.is_usual else self.first_day
        rows = self.all_rows[self.air.days.day[self.all_rows] == day]
        judged = self.air.judged
        share = judged.past_disturbed[rows].sum() / max(judged.past_days[rows].sum(), 1.0)
        if share >= rule.permanent_share:
            return Persistence.PERMANENT
        return Persistence.RECURRENT if share >= rule.new_share else Persistence.NEW

    @cached_property
    def centres(self) -> Floats:
        """Middles of the cells, latitude and longitude in degrees."""
        return centres_deg(self.cells)

    @cached_property
    def middle_deg(self) -> tuple[float, float]:
        """The middle of the cells, weighted by bad aircraft."""
        return middle_deg(self.centres, self._weights().astype(np.float64))

    def _weights(self) -> Whole:
        place = np.searchsorted(self.cell_index, self.air.days.cell_index[self.disturbed])
        bad = self.air.days.bad[self.disturbed].astype(np.float64)
        return np.bincount(place, weights=bad, minlength=len(self.cell_index)).astype(np.int64)

    @property
    def radius_km(self) -> float:
        """From the middle to that of the farthest cell."""
        return float(distances_km(np.array(self.middle_deg), self.centres).max())

    @property
    def area_km2(self) -> float:
        """The area of all cells."""
        return float(areas_km2(self.cells).sum())

    def centres_on(self, day: int) -> Floats:
        """Return the middles of the cells that are disturbed on a day."""
        rows = self.disturbed[self.air.days.day[self.disturbed] == day]
        place = np.searchsorted(self.cell_index, self.air.days.cell_index[rows])
        chosen: Floats = self.centres[place]
        return chosen

    def farthest_km(self, day: int) -> float:
        """Return how far from the middle the farthest cell is that is disturbed on a day."""
        return float(distances_km(np.array(self.middle_deg), self.centres_on(day)).max())

    def cells_crossed(self) -> float:
        """Return how many of the area's cells an aircraft crosses: from edge to edge."""
        return max(1.0, 2.0 * self.radius_km / _WIDTH_KM)

    def cell_texts(self) -> tuple[str, ...]:
        """Return the cells as H3 writes them."""
        return tuple(cell_text(int(cell)) for cell in self.cells)

    def key(self) -> str:
        """Return a name that stays while the episode goes on, or as long as the area is known.

        A new area is named by its first day and the cell that was worst on it, a known one by
        the region of its worst cell.
        """
        days = self.air.days
        if self.is_usual:
            worst = self.cells[np.argmax(self._weights())]
            return cell_text(coarser(int(worst), _KEY_RESOLUTION))
        first = self.disturbed[days.day[self.disturbed] == self.first_day]
        worst = self.air.cells.cell[first[np.argmax(days.bad[first])]]
        return f"{cell_text(int(worst))}/{as_date(self.first_day).isoformat()}"


def as_date(day: int) -> date:
    """Return a day that is counted from 1970-01-01."""
    return date(1970, 1, 1) + timedelta(days=day)
