"""Thinning kept boards: which may go, so that those of years do not fill a disk.

Every board of the last days stays; of those before, the first of each hour; of those before that,
the first of each day. Boards that told of something, or on which somebody relied, stay for ever.
Facts and journal are never thinned: the picture of any moment can be made again from them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoshimori.model.floor import KeptBoard
from hoshimori.model.incident_life import Change, ChangeKind, Life
from hoshimori.store import Boards, DossierShelf, Journal

SpanOf = Callable[[datetime], datetime]
"""Gives the beginning of the hour or day in which a moment lies."""

_SMALL_CHANGES = {ChangeKind.UPDATED, ChangeKind.CONTINUED}
"""Of these only a change of attention tells of something."""


@dataclass(frozen=True, slots=True)
class ThinningRule:
    """How long boards stay, counted back from now."""

    whole_days: float = 7.0
    """All of them."""
    hourly_days: float = 90.0
    """The first of each hour (UTC); of what is older, the first of each day."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """What keeps a board for ever."""

    told_utc: frozenset[datetime] = frozenset()
    """Moments of boards that showed an incident opening, changing its attention or ending."""
    relied_utc: frozenset[datetime] = frozenset()
    """When somebody decided, or ordered a dossier: by the board that was the newest then."""


def boards_to_drop(
    boards: Iterable[KeptBoard], rule: ThinningRule, lasting: Lasting, now_utc: datetime
) -> tuple[KeptBoard, ...]:
    """Return the boards that may go, of each audience by itself; its newest never does.

    Whoever thins each day ends with the same boards as whoever thins once: what stays is the
    first of its hour or day, whatever was dropped before.
    """
    of_audience: dict[str, list[KeptBoard]] = {}
    for board in boards:
        of_audience.setdefault(board.audience, []).append(board)
    return tuple(
        board
        for own in of_audience.values()
        for board in _to_drop(sorted(own, key=_moment), rule, lasting, now_utc)
    )


def _to_drop(
    boards: Sequence[KeptBoard], rule: ThinningRule, lasting: Lasting, now_utc: datetime
) -> Iterator[KeptBoard]:
    relied = _newest_by(boards, lasting.relied_utc)
    whole_from_utc = now_utc - timedelta(days=rule.whole_days)
    hourly_from_utc = now_utc - timedelta(days=rule.hourly_days)
    first_of_hour = _firsts(boards, lambda at: at.replace(minute=0, second=0, microsecond=0))
    first_of_day = _firsts(boards, lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0))
    for board in boards[:-1]:
        at = board.as_of_utc
        first = first_of_hour if at >= hourly_from_utc else first_of_day
        is_young = at >= whole_from_utc
        if not (is_young or board in first or board in relied or at in lasting.told_utc):
            yield board


def _firsts(boards: Sequence[KeptBoard], span_of: SpanOf) -> set[KeptBoard]:
    first: dict[datetime, KeptBoard] = {}
    for board in boards:
        first.setdefault(span_of(board.as_of_utc), board)
    return set(first.values())


def _newest_by(boards: Sequence[KeptBoard], moments: Collection[datetime]) -> set[KeptBoard]:
    made = sorted(boards, key=lambda board: board.made_utc)
    places = (bisect_right(made, moment, key=lambda board: board.made_utc) for moment in moments)
    return {made[place - 1] for place in places if place}


def _moment(board: KeptBoard) -> datetime:
    return board.as_of_utc


def lasting_of(journal: Journal, shelf: DossierShelf) -> Lasting:
    """Return what keeps boards for ever: changes and decisions of the journal, and dossiers.

    Raises:
        StoreError: the journal is damaged, or another process writes to it for long.
    """
    orders = [composed.order for composed in shelf.records()]
    return Lasting(
        told_utc=frozenset(
            (*_telling(journal.recorded_changes()), *(order.as_of_utc for order in orders))
        ),
        relied_utc=frozenset(
            (*journal.decided_utc(), *(order.ordered_utc for order in orders))
        ),
    )  # fmt: skip


def _telling(recorded: Iterable[tuple[datetime, Change]]) -> Iterator[datetime]:
    """Yield when changes were recorded that people would look for: the moments of their boards."""
    before: dict[str, Life] = {}
    for recorded_utc, change in recorded:
        earlier = before.get(change.life.incident_id)
        before[change.life.incident_id] = change.life
        is_small = change.kind in _SMALL_CHANGES
        if not is_small or earlier is None or earlier.attention is not change.life.attention:
            yield recorded_utc


def thin_boards(
    boards: Boards, rule: ThinningRule, lasting: Lasting, now_utc: datetime
) -> tuple[KeptBoard, ...]:
    """Drop what may go, in one step, and return it; that each was there stays written.

    Raises:
        StoreError: the file is damaged, the disk is full, or another process writes for long.
    """
    dropped = boards_to_drop(boards.every_one(), rule, lasting, now_utc)
    boards.thin([board.view_id for board in dropped], thinned_utc=now_utc)
    return dropped
