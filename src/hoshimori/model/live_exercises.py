"""An exercise that people play live: who sits where, and what is kept of it as it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.access import Permission, Viewer
from hoshimori.model.rehearsals import CellAct
from hoshimori.model.scenarios import Cell, CellKind


@dataclass(frozen=True, slots=True)
class ExerciseMoment:
    """Where the clock of an exercise stands, as it is kept over restarts."""

    now_utc: datetime
    speed: float
    """Seconds of the exercise to one on the wall."""
    is_paused: bool
    is_ended: bool = False
    """Whether the white cell ended it, or its time is over."""


@dataclass(frozen=True, slots=True)
class KeptAct:
    """One thing that a cell did, with its number: numbers rise."""

    number: int
    act: CellAct
    by: str
    """Who of the cell: the name of an account."""
    objects: tuple[int, ...] = ()
    """Of the incident that it is about, as the cell saw it then."""


@dataclass(frozen=True, slots=True)
class KeptAddition:
    """What the white cell added to the script while it was played."""

    number: int
    at_utc: datetime
    """Of the exercise, when it was added."""
    toml: str
    """As in a script: injects, parts that they bring, expectations, questions."""
    by: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits in an exercise."""

    cell: str | None
    """None: in no cell; such a one looks on."""
    is_director: bool
    """Whether it is of the white cell, which sees the script."""
    plays_all: bool = False
    """Whether it is alone at the server, and may act for any cell."""


def seat_of(cells: Sequence[Cell], viewer: Viewer) -> Seat:
    """Return where a viewer sits: who may direct in the white cell, others by their partner."""
    if viewer.may(Permission.DIRECT_EXERCISES):
        white = next((cell.name for cell in cells if cell.kind is CellKind.WHITE), None)
        return Seat(white, is_director=True, plays_all=viewer.is_local)
    partner = viewer.audience.partner or ""
    national = (cell for cell in cells if cell.kind is CellKind.NATIONAL)
    cell = next((cell.name for cell in national if cell.partner == partner), None)
    return Seat(cell, is_director=False)
