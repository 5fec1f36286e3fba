"""The timeline: what was and what comes, by lanes; boards kept and alerts among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import assert_never

from hoshimori.model.alerts import Alert
from hoshimori.model.board import WatchBoard
from hoshimori.model.finding import Confidence, kind_of
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    Breakup,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    OperatorReport,
    PatternChange,
    Proximity,
    ReceiverInterference,
    Separation,
    Shadowing,
)
from hoshimori.model.incidents import Attention, Incident

MOST_MARKS = 1_000
"""In one answer; where there are more, the least urgent are counted and left out."""
_RANK = {Attention.LOOK: 0, Attention.WATCH: 1, Attention.LOG: 2}


class Lane(Enum):
    """A row of the timeline."""

    CONJUNCTION = "conjunction"
    PROXIMITY = "proximity"
    MANOEUVRE = "manoeuvre"
    BREAKUP = "breakup"
    INTERFERENCE = "interference"
    REPORT = "report"
    ALERT = "alert"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on a lane: a moment, or a span with the moment that matters most in it."""

    lane: Lane
    start_utc: datetime
    end_utc: datetime
    moment_utc: datetime
    attention: Attention
    """Of its incident."""
    confidence: Confidence | None
    kind: str
    """Kind of the finding, as in ``geo_neighbour``; ``alert`` and ``board`` beside these."""
    objects: tuple[int, ...] = ()
    incident_id: str = ""
    finding_id: str = ""
    alert_id: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Marks by lane and time, and how many of each lane were left out."""

    as_of_utc: datetime
    since_utc: datetime
    until_utc: datetime
    marks: tuple[Mark, ...]
    left_out: Mapping[Lane, int]


def timeline(
    board: WatchBoard,
    *,
    since_utc: datetime,
    alerts: Iterable[Mark] = (),
    boards: Iterable[datetime] = (),
) -> Timeline:
    """Return what a board holds since a moment, with alerts and the moments of boards kept."""
    until = board.as_of_utc + timedelta(days=board.days_ahead)
    marks = [m for m in _marks(board) if m.end_utc >= since_utc]
    marks += [m for m in alerts if m.end_utc >= since_utc]
    marks.sort(key=lambda m: (_RANK[m.attention], m.moment_utc, m.finding_id))
    kept, left = marks[:MOST_MARKS], marks[MOST_MARKS:]
    kept += [board_mark(moment) for moment in _spread(boards, since_utc)]
    return Timeline(
        as_of_utc=board.as_of_utc,
        since_utc=since_utc,
        until_utc=until,
        marks=tuple(sorted(kept, key=_place)),
        left_out={lane: sum(m.lane is lane for m in left) for lane in Lane},
    )


def board_mark(moment: datetime) -> Mark:
    """Return the mark of a board that is kept."""
    return Mark(Lane.BOARD, moment, moment, moment, Attention.LOG, None, "board")


def alert_marks(alerts: Iterable[Alert], as_of_utc: datetime) -> tuple[Mark, ...]:
    """Return the marks of alerts that were made by a moment: each until it was over or is now."""
    marks = []
    for alert in alerts:
        begun = alert.first_told_utc or alert.made_utc
        if begun > as_of_utc:
            continue
        ended = min(alert.over_utc or as_of_utc, as_of_utc)
        marks.append(
            Mark(
                lane=Lane.ALERT,
                start_utc=begun,
                end_utc=max(ended, begun),
                moment_utc=begun,
                attention=alert.attention,
                confidence=None,
                kind="alert",
                objects=alert.assets,
                incident_id=alert.incident_id,
                alert_id=alert.alert_id,
            )
        )
    return tuple(marks)


def lane_of(finding: AnyFinding) -> Lane:
    """Return the lane that a finding belongs on."""
    match finding:
        case Conjunction():
            return Lane.CONJUNCTION
        case Proximity() | GeoNeighbour() | Shadowing():
            return Lane.PROXIMITY
        case Manoeuvre() | PatternChange():
            return Lane.MANOEUVRE
        case Breakup() | Separation() | Decay() | Anomaly():
            return Lane.BREAKUP
        case Interference() | ReceiverInterference() | EmitterInterference():
            return Lane.INTERFERENCE
        case OperatorReport():
            return Lane.REPORT
        case _ as never:
            assert_never(never)


def moment_on_lane(finding: AnyFinding) -> datetime:
    """Return the moment that matters most in a finding: its start where no other does."""
    match finding:
        case Conjunction():
            return finding.tca_utc
        case Proximity() | GeoNeighbour():
            return finding.range_utc
        case Manoeuvre():
            return finding.burn_utc
        case Breakup():
            return finding.event_utc
        case Decay():
            return finding.reentry_utc
        case _:
            return finding.start_utc


def _marks(board: WatchBoard) -> Iterable[Mark]:
    by_id = {f.finding_id: f for f in board.findings}
    for incident in board.incidents:
        for finding_id in incident.finding_ids:
            if finding_id in by_id:
                yield _mark(by_id[finding_id], incident)


def _mark(finding: AnyFinding, incident: Incident) -> Mark:
    moment = moment_on_lane(finding)
    return Mark(
        lane=lane_of(finding),
        start_utc=min(finding.start_utc, moment),
        end_utc=max(finding.end_utc, moment),
        moment_utc=moment,
        attention=incident.attention,
        confidence=finding.confidence,
        kind=kind_of(finding),
        objects=finding.objects,
        incident_id=incident.incident_id,
        finding_id=finding.finding_id,
    )


_MOST_BOARDS = 400


def _spread(boards: Iterable[datetime], since_utc: datetime) -> Sequence[datetime]:
    """Return moments since one, thinned evenly to so many; the newest always."""
    moments = sorted(m for m in boards if m >= since_utc)
    step = max(1, -(-len(moments) // _MOST_BOARDS))
    return moments[::-1][::step][::-1]


def _place(mark: Mark) -> tuple[int, datetime, str]:
    return list(Lane).index(mark.lane), mark.moment_utc, mark.finding_id
