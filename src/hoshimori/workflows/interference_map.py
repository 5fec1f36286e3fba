"""The interference map: what each cell showed on a day, and since when, as polygons to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.disturbed_areas import AirPicture, air_picture
from hoshimori.model.findings import AnyFinding, Interference
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.moments import as_column_time
from hoshimori.model.passages import daily_counts
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import (
    Cells,
    cell_of_text,
    cell_text,
    centres_deg,
    coarser,
    outline_deg,
    outlines_deg,
)
from hoshimori.numerics.interference import DisturbanceRule

MOST_CELLS = 1_500
"""Of a state, drawn one by one; more with too few aircraft are joined, of more disturbed ones the
worst are drawn."""
MOST_JOINED = 8_000
"""Cells whose common outline is told as it is; more are joined by coarser cells."""
_COARSE = 2
_MAP = 4
_MARGIN_DEG = 2.0
_LEAST_HEIGHT_DEG = 7.0
_WIDTH_OF_HEIGHT = 2.2
"""How much wider than high the part around an area is, on the ground."""


class CellState(Enum):
    """What a cell showed on a day."""

    DISTURBED = "disturbed"
    """More aircraft with low integrity than faulty receivers explain."""
    QUIET = "quiet"
    """Enough aircraft, and nothing beyond faults."""
    INSUFFICIENT = "insufficient data"
    """Too few aircraft to tell; never drawn as quiet."""


@dataclass(frozen=True, slots=True)
class MapEdges:
    """The edges of the part shown, in degrees; whole where it spans all longitudes."""

    south_deg: float = -90.0
    north_deg: float = 90.0
    west_deg: float = -180.0
    east_deg: float = 180.0

    @property
    def is_whole(self) -> bool:
        """Whether all longitudes are shown."""
        return self.east_deg - self.west_deg >= 360.0

    def holds(self, points_deg: Floats) -> np.ndarray:
        """Return which points (latitude, longitude) lie inside."""
        latitude, longitude = points_deg[:, 0], points_deg[:, 1]
        inside = (latitude >= self.south_deg) & (latitude <= self.north_deg)
        if self.is_whole:
            return np.asarray(inside)
        across = (longitude - self.west_deg) % 360.0
        return np.asarray(inside & (across <= self.east_deg - self.west_deg))


@dataclass(frozen=True, slots=True, eq=False)
class MapCell:
    """One cell on a day."""

    cell: str
    """As H3 writes it."""
    state: CellState
    ring_deg: Floats
    """Corners, latitude and longitude, shape (k, 2); longitudes continuous."""
    good: int
    bad: int
    onset_utc: date | None
    """First disturbed day of the episode that it belongs to; None outside one."""
    days_disturbed: int
    """Of the episode, up to this day."""


@dataclass(frozen=True, slots=True, eq=False)
class JoinedCells:
    """Many cells of one state, joined: only their outline is told."""

    state: CellState
    rings_deg: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InterferenceMap:
    """Integrity by cell on one day: disturbed cells one by one, quiet ones by their outline."""

    day_utc: date
    days_utc: tuple[date, ...]
    """Days with counts around it, that may be asked for too."""
    edges: MapEdges
    cells: tuple[MapCell, ...]
    joined: tuple[JoinedCells, ...]
    findings: tuple[Interference, ...]
    """Areas whose episode holds the day, inside the edges."""
    disturbed: int
    quiet: int
    insufficient: int
    left_out: int
    """Disturbed cells that are not drawn, because there are too many."""


def interference_map(
    picture: Picture,
    findings: Sequence[AnyFinding],
    *,
    day_utc: date | None = None,
    edges: MapEdges | None = None,
) -> InterferenceMap:
    """Return the map of a day, by default the peak of the first area found, else the last day.

    `edges` are by default those around the areas found; the whole Earth where there is none.

    Raises:
        CoverageError: the picture holds no counts, or none of that day.
    """
    cells = _counts(picture)
    areas = tuple(f for f in findings if isinstance(f, Interference))
    days = np.unique(cells.day_utc).tolist()
    day = day_utc or (areas[0].peak_day_utc if areas else days[-1])
    if day not in days:
        raise CoverageError(f"no counts of {day}; there are some from {days[0]} to {days[-1]}")
    view = edges or edges_around(areas)
    air = air_picture(cells, DisturbanceRule())
    rows = np.flatnonzero(air.days.day == _number(day))
    rows = rows[view.holds(centres_deg(air.cells.cell[rows]))]
    states = _states(air, rows)
    shown, joined = _drawn(air, rows, states)
    episodes = _episodes(areas, day)
    return InterferenceMap(
        day_utc=day,
        days_utc=tuple(days),
        edges=view,
        cells=tuple(
            _cell(air, int(row), _STATES[state], episodes)
            for row, state in zip(rows[shown], states[shown], strict=True)
        ),
        joined=joined,
        findings=tuple(f for f in areas if _is_in(f, day, view)),
        disturbed=int(np.count_nonzero(states == 0)),
        quiet=int(np.count_nonzero(states == 1)),
        insufficient=int(np.count_nonzero(states == 2)),
        left_out=int(np.count_nonzero((states == 0) & ~shown)),
    )


def _counts(picture: Picture) -> IntegrityCells:
    """Return the counts of maps, or where there are none those of single flights by day."""
    if picture.integrity is not None and len(picture.integrity):
        return picture.integrity.known_by(as_column_time(picture.as_of_utc)).in_order()
    if picture.passages is not None and len(picture.passages):
        return daily_counts(picture.passages).in_order()
    raise CoverageError("no integrity maps in this picture: give them with --integrity")


def edges_around(areas: Sequence[Interference]) -> MapEdges:
    """Return edges that hold the first area with a margin; the whole Earth where there is none."""
    if not areas:
        return MapEdges()
    area = areas[0]
    points = np.concatenate([outline_deg(cell_of_text(cell)) for cell in area.cells])
    across = (points[:, 1] - area.longitude_deg + 180.0) % 360.0 - 180.0
    stretch = 1.0 / max(float(np.cos(np.radians(area.latitude_deg))), 0.2)
    half = float(np.abs(points[:, 0] - area.latitude_deg).max())
    half = max(half + _MARGIN_DEG, _LEAST_HEIGHT_DEG / 2)
    half_lon = max(float(np.abs(across).max()) + _MARGIN_DEG, half * _WIDTH_OF_HEIGHT * stretch)
    half = max(half, half_lon / stretch / _WIDTH_OF_HEIGHT)
    return MapEdges(
        max(-90.0, area.latitude_deg - half),
        min(90.0, area.latitude_deg + half),
        area.longitude_deg - half_lon,
        area.longitude_deg + half_lon,
    )


_STATES = tuple(CellState)


def _states(air: AirPicture, rows: np.ndarray) -> np.ndarray:
    """Return the place of each row's state among `CellState`."""
    disturbed, tested = air.judged.disturbed[rows], air.judged.tested[rows]
    return np.select([disturbed, tested], [0, 1], 2)


def _drawn(
    air: AirPicture, rows: np.ndarray, states: np.ndarray
) -> tuple[np.ndarray, tuple[JoinedCells, ...]]:
    """Return which rows are drawn one by one, and the outlines of the others."""
    shown = states == 0
    if np.count_nonzero(shown) > MOST_CELLS:
        share = air.days.bad[rows] / np.maximum(air.days.aircraft[rows], 1)
        worst = np.argsort(-np.where(shown, share, -1.0), kind="stable")[:MOST_CELLS]
        shown = np.isin(np.arange(len(rows)), worst)
    if len(rows) > MOST_JOINED:
        return shown, _joined_coarsely(air.cells.cell[rows], states)
    joined = [(CellState.QUIET, states == 1)]
    few = states == 2
    if np.count_nonzero(few) <= MOST_CELLS:
        shown = shown | few
    else:
        joined.append((CellState.INSUFFICIENT, few))
    return shown, tuple(_joined(state, air.cells.cell[rows[chosen]]) for state, chosen in joined)


def _joined(state: CellState, cells: Cells) -> JoinedCells:
    return JoinedCells(state, tuple(outlines_deg(cells)) if len(cells) else ())


def _joined_coarsely(cells: Cells, states: np.ndarray) -> tuple[JoinedCells, ...]:
    """Return coarse cells joined by what most of the cells in them show; disturbed ones count."""
    parents = np.array([coarser(int(cell), _COARSE) for cell in cells], dtype=np.uint64)
    different, inverse = np.unique(parents, return_inverse=True)
    tells = np.bincount(inverse, weights=states != 2)
    most_tell = tells >= 0.5 * np.bincount(inverse)
    parts = ((CellState.QUIET, most_tell), (CellState.INSUFFICIENT, ~most_tell))
    return tuple(_joined(state, different[chosen]) for state, chosen in parts)


def _episodes(areas: Sequence[Interference], day: date) -> dict[int, Interference]:
    """Return the area of each cell that belongs to an episode of the day."""
    return {
        coarser(cell_of_text(cell), _MAP): area for area in reversed(areas) if _lasts(area, day)
        for cell in area.cells
    }  # fmt: skip


def _lasts(area: Interference, day: date) -> bool:
    """Return whether an episode, which ends with a whole day, holds a day."""
    return area.start_utc.date() <= day <= (area.end_utc - timedelta(seconds=1)).date()


def _is_in(area: Interference, day: date, view: MapEdges) -> bool:
    middle = np.array([[area.latitude_deg, area.longitude_deg]])
    return _lasts(area, day) and bool(view.holds(middle)[0])


def _cell(
    air: AirPicture, row: int, state: CellState, episodes: dict[int, Interference]
) -> MapCell:
    cell = int(air.cells.cell[row])
    place = int(air.days.cell_index[row])
    onset, count = None, 0
    area = episodes.get(cell)
    if area is not None:
        own = slice(int(air.edges[place]), row + 1)
        since = _number(area.start_utc.date())
        days = air.days.day[own][air.judged.disturbed[own] & (air.days.day[own] >= since)]
        onset = _date(int(days[0])) if len(days) else None
        count = len(days)
    bad = int(air.days.bad[row])
    return MapCell(
        cell=cell_text(cell),
        state=state,
        ring_deg=_continuous(outline_deg(cell)),
        good=int(air.days.aircraft[row]) - bad,
        bad=bad,
        onset_utc=onset,
        days_disturbed=count,
    )


def _continuous(ring_deg: Floats) -> Floats:
    """Return a ring without a jump where it crosses the antimeridian."""
    whole = ring_deg.copy()
    whole[:, 1] = np.unwrap(ring_deg[:, 1], period=360.0)
    return whole


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _date(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)
