"""What one audience sees at one moment: a picture, the board made of it, and its marking."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from hoshimori.formats.json_document import write_json
from hoshimori.model.access import Audience
from hoshimori.model.board import WatchBoard
from hoshimori.model.incident_life import LifeState
from hoshimori.model.markings import Marking
from hoshimori.model.picture import Picture


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What one audience sees at one moment; immutable, so that every answer about it agrees."""

    view_id: str
    """Digest of audience and board (24 hexadecimal digits): changes where anything shown does."""
    audience: Audience
    picture: Picture
    """Only what the audience may see was ever in it."""
    board: WatchBoard
    marking: Marking
    """Of everything in it together."""
    made_utc: datetime
    is_replay: bool = False
    """Whether it was asked for as known at a past moment, and not the newest of its time."""
    notes: tuple[str, ...] = ()
    """What people should know of how it was made."""
    states: Mapping[str, LifeState] = field(default_factory=dict)
    """Where in its life each incident is, by id; empty where no journal tells, as of the past."""


def view_of(
    picture: Picture,
    board: WatchBoard,
    *,
    audience: Audience,
    marking: Marking,
    made_utc: datetime,
    is_replay: bool = False,
    notes: tuple[str, ...] = (),
    board_json: str = "",
    states: Mapping[str, LifeState] = MappingProxyType({}),
) -> View:
    """Return the view of a board, under the id that follows from what is shown to whom.

    `board_json` is the board as `write_json` gives it, where that is at hand.
    """
    return View(
        view_id=view_id_of(board_json or write_json(board), audience),
        audience=audience,
        picture=picture,
        board=board,
        marking=marking,
        made_utc=made_utc,
        is_replay=is_replay,
        notes=notes,
        states=states,
    )


def view_id_of(board_json: str, audience: Audience) -> str:
    """Return the id of a view: a digest of the board's JSON document and the audience."""
    content = f"{audience}\n{board_json}".encode()
    return hashlib.sha256(content).hexdigest()[:24]
