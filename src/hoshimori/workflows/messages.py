"""Conjunction messages from files to events: read, grouped, compared, checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from hoshimori.assessment.conjunction_events import DEFAULT_RULE, EventRule, events_of
from hoshimori.assessment.message_probability import Progress
from hoshimori.dossier.message_rows import EventRow, event_row
from hoshimori.errors import FormatError
from hoshimori.formats.messages import read_each_message
from hoshimori.formats.packing import unpacked
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.incidents import Attention
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.numerics.collision_choice import Drawing
from hoshimori.workflows.deliveries import catalogue_files, now_utc, read_bytes


@dataclass(frozen=True, slots=True)
class MessageReport:
    """What became of the files, and the events that their messages speak of."""

    as_of_utc: datetime
    files: int
    """Files read or refused, those inside archives counted one by one."""
    messages: int
    """Conjunction messages made by `as_of_utc`, copies included."""
    copies: int
    not_yet_known: int
    """Messages made after `as_of_utc`, left out."""
    other_messages: int
    """Messages of other kinds, such as ephemerides."""
    rejections: tuple[str, ...]
    """Messages and files that could not be read, each with file, line, field and reason."""
    reality: Reality
    events: tuple[EventRow, ...]


@dataclass(slots=True)
class _Found:
    """What the files held."""

    files: int = 0
    other: int = 0
    messages: list[ConjunctionMessage] = field(default_factory=list)
    refused: list[FormatError] = field(default_factory=list)


def conjunction_events(
    paths: Iterable[Path],
    *,
    as_of_utc: np.datetime64 | None = None,
    rule: EventRule = DEFAULT_RULE,
    draw: int = 0,
    seed: int = 1,
    progress: Progress | None = None,
) -> MessageReport:
    """Return the events of the messages in files, folders and archives, the most urgent first.

    Only what was made by `as_of_utc` (None for now) is seen. A message or file that cannot be read
    is refused alone. With `draw` above zero so many pairs of orbits are drawn where no other method
    may compute a probability, from `seed`. `progress` is told of how many messages that is done.

    Raises:
        SettingsError: a path does not exist, or a folder holds no file.
        FormatError: no file could be read, or none holds a conjunction message.
    """
    moment = now_utc() if as_of_utc is None else as_of_utc
    found = _read(paths, moment)
    if not found.messages:
        if found.refused:
            raise found.refused[0]
        raise FormatError(f"no conjunction message in {found.files} files: expected CDM")
    drawing = Drawing(draw, np.random.default_rng(seed)) if draw else None
    events = events_of(
        found.messages, as_of_utc=moment, rule=rule, drawing=drawing, progress=progress
    )
    rows = tuple(map(event_row, events))
    return MessageReport(
        as_of_utc=as_datetime(moment),
        files=found.files,
        messages=sum(bool(m.created_utc <= moment) for m in found.messages),
        copies=sum(row.copies for row in rows),
        not_yet_known=sum(bool(m.created_utc > moment) for m in found.messages),
        other_messages=found.other,
        rejections=tuple(map(str, found.refused)),
        reality=combined_reality(row.reality for row in rows),
        events=rows,
    )


def most_urgent(report: MessageReport) -> Attention:
    """Return the highest degree of attention that an event asks for.

    >>> from hoshimori.model.moments import as_datetime
    >>> moment = as_datetime(np.datetime64("2026-11-27"))
    >>> most_urgent(MessageReport(moment, 0, 0, 0, 0, 0, (), Reality.REAL, ())).value
    'log'
    """
    asked = {row.attention for row in report.events}
    return next((a for a in (Attention.LOOK, Attention.WATCH) if a in asked), Attention.LOG)


def _read(paths: Iterable[Path], received_utc: np.datetime64) -> _Found:
    found = _Found()
    for path in catalogue_files(paths):
        for source, data in _members(path, found):
            found.files += 1
            reading = read_each_message(data, source=source, received_utc=received_utc)
            found.refused += reading.refused
            for message in reading.messages:
                if isinstance(message, ConjunctionMessage):
                    found.messages.append(message)
                else:
                    found.other += 1
    return found


def _members(path: Path, found: _Found) -> Iterator[tuple[str, bytes]]:
    """Give each file of an archive; one that cannot be opened is noted."""
    try:
        yield from unpacked(read_bytes(path), source=path.name)
    except FormatError as error:
        found.files += 1
        found.refused.append(error)
