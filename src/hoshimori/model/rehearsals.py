"""What came of an exercise: what the machine saw, what people did, and the score of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.assessments import Label
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Attention
from hoshimori.model.tapes import TrueEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFinding:
    """As much of a finding as a score needs."""

    finding_id: str
    kind: str
    """As `hoshimori watch --json` names it, for example ``geo_neighbour``."""
    objects: tuple[int, ...]
    start_utc: datetime
    end_utc: datetime
    trait: str
    """What tells findings of one kind about the same objects apart: motion, phenomenon, shift."""
    parents: tuple[int, ...]
    """Candidates for the object that something came from, the most probable first."""
    measures: Mapping[str, Interval]
    is_of_the_sky: bool
    """Whether the same sky shows it without the injects too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenIncident:
    """As much of an incident as a score needs; assessed where it concerns the cast."""

    incident_id: str
    objects: tuple[int, ...]
    finding_ids: tuple[str, ...]
    """The one that decides the attention first."""
    attention: Attention
    label: Label | None
    """None where it was not assessed."""
    groups: Mapping[str, Interval]
    """Probability of each `TruthGroup` by its value; empty where it was not assessed."""
    wording: tuple[str, ...]
    """Words in what was written of it that must never stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the machine saw at one moment, of all that concerns the cast or asks for a human."""

    as_of_utc: datetime
    findings: tuple[SeenFinding, ...]
    incidents: tuple[SeenIncident, ...]
    failed: tuple[str, ...]
    """Detectors that failed, with why."""


class ActKind(Enum):
    """What people of a cell do that counts."""

    ANSWER = "answer"
    """To a question; the last one before the deadline counts."""
    DECISION = "decision"
    GATE = "gate"
    MESSAGE = "message"
    ACKNOWLEDGEMENT = "acknowledgement"
    """Of an alert about an incident."""
    POINTS = "points"
    """What the white cell gives for an answer in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAct:
    """One thing that a cell did."""

    cell: str
    """Who did it; of points, who gets them."""
    kind: ActKind
    at_utc: datetime
    subject: str
    """Question, incident, or to whom a message went."""
    value: str
    """The answer, what was decided, the text, the number of points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """One run of a script, with all that its score is computed from."""

    scenario_id: str
    sky: str
    """Where the sky came from, for people."""
    starts_utc: datetime
    every_h: float
    numbers: Mapping[str, int]
    """Catalogue number of each part."""
    assets: tuple[int, ...]
    truth: tuple[TrueEvent, ...]
    looks: tuple[Look, ...]
    acts: tuple[CellAct, ...] = ()


class Verdict(Enum):
    """How an expectation fared."""

    FOUND = "found"
    LATE = "late"
    """Found whole, after the time that the script gives."""
    PARTIAL = "partial"
    """A finding of the right kind names some of the objects, not all, or no number fits."""
    WRONG_PARENT = "wrong parent"
    MISSED = "missed"
    NOT_DUE = "not due"
    """The exercise ended before it had to be found."""
    SILENT = "silent"
    """Nothing should have been raised, and nothing was."""
    RAISED = "raised"
    """Nothing should have been raised, and a human was asked to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureScore:
    """A number that was expected, and the nearest that was found."""

    name: str
    expected: Interval
    found: Interval | None
    """None where no fitting finding carries it."""
    is_within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScore:
    """How one expectation of a script fared."""

    inject_id: str
    kind: str
    verdict: Verdict
    finding_ids: tuple[str, ...]
    """At the first look that shows all that is asked, or else anything of it."""
    incident_ids: tuple[str, ...]
    first_seen_utc: datetime | None
    """When the first finding that touches it was seen; None: never."""
    found_utc: datetime | None
    """When all that is asked was found."""
    due_utc: datetime
    delay_observable_h: float | None
    """Until it was found, or else first seen, from when physics showed it."""
    delay_public_h: float | None
    """The same from when the first published fact that shows it became known."""
    are_objects_right: bool | None
    is_parent_right: bool | None
    """None where nothing came from anything, or nothing was seen."""
    measures: tuple[MeasureScore, ...]
    label: Label | None
    """Of its incident, at the last look that shows it."""
    is_label_right: bool | None
    group: str
    """The group of explanations that is the truth; empty where accounts do not tell."""
    groups: Mapping[str, Interval]
    """What was said of each group at that look."""
    group_rank: int | None
    """From 1: where the true group stands among all."""
    is_group_open: bool | None
    """Whether its interval reaches the low end of the likeliest: it was not ruled out."""
    attention: Attention | None
    """The loudest that it was given."""
    wording: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarm:
    """An incident that asked for a human and that no truth explains."""

    first_seen_utc: datetime
    kind: str
    objects: tuple[int, ...]
    is_of_the_sky: bool
    """Whether the same sky raises it without the injects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a machine fared that played alone."""

    scenario_id: str
    events: tuple[EventScore, ...]
    detection: Interval | None
    """Share of what should be found that was, in time and whole; None where nothing should be."""
    noticed: Interval | None
    """Share of which anything was seen at all."""
    silence: Interval | None
    """Share of what should raise nothing that raised nothing."""
    false_alarms: tuple[FalseAlarm, ...]
    asset_months: float
    false_per_asset_month: Interval
    """Over and above what the same sky raises without the injects."""
    sky_per_asset_month: Interval
    """What the same sky raises without them."""
    median_delay_h: float | None
    """From the first published fact."""
    worst_delay_h: float | None
    brier: float | None
    """Over all groups of events whose truth is known (0 to 2); None where there are none."""
    wording: int
    failed: tuple[str, ...]
    """Detectors that failed at any look."""


class AnswerVerdict(Enum):
    """How an answer fared."""

    RIGHT = "right"
    WRONG = "wrong"
    LATE = "late"
    MISSING = "missing"
    JUDGED = "judged"
    """In words: the white cell gave points."""
    WAITING = "waiting"
    """In words: the white cell has not given points yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerScore:
    """How one cell answered one question."""

    question_id: str
    verdict: AnswerVerdict
    value: str
    after_h: float | None
    """From when it was asked."""
    points: float
    of: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CellScore:
    """How one cell fared."""

    cell: str
    answers: tuple[AnswerScore, ...]
    points: float
    of: float
    decisions: int
    gates: int
    messages: int
    first_act_h: float | None
    """From the start."""
    median_answer_h: float | None
    wording: int
    """Words in what it wrote that must never stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One event: what truly happened, and when who knew."""

    inject_id: str
    kind: str
    happened_utc: datetime
    ended_utc: datetime
    observable_utc: datetime
    public_utc: datetime | None
    seen_utc: datetime | None
    """By the machine, the first time."""
    found_utc: datetime | None
    acted: Mapping[str, datetime]
    """By cell, the first act about an incident that holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterAction:
    """Everything that is told when an exercise is over."""

    rehearsal: Rehearsal
    score: Score
    cells: tuple[CellScore, ...]
    timeline: tuple[TimelineRow, ...]
