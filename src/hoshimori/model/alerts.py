"""Alerts: what people were told of incidents, who took note, and what is on its way to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.finding import Interval
from hoshimori.model.incident_life import Life
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality


class AlertState(Enum):
    """Where an alert is; the closed list."""

    HELD = "held back"
    """Nobody was told, and the list says why."""
    OPEN = "open"
    """Told, and nobody has acknowledged it."""
    ACKNOWLEDGED = "acknowledged"
    OVER = "over"
    """Its incident is no longer on the board."""
    MERGED = "merged"
    """Another alert goes on for it, since their incidents are one."""


class HeldBecause(Enum):
    """Why nobody was told."""

    BUDGET = "the budget of alerts is used up"
    EXERCISE = "it is not real, and the rule has no channel for exercises"


class AlertCause(Enum):
    """Why a message goes out; the closed list of what changes what a person would do."""

    NEW = "new"
    ATTENTION_ROSE = "attention rose"
    DIRECTION_CHANGED = "direction changed"
    LEAD_CHANGED = "another finding leads"
    """Of a kind that was not told yet; newer numbers of the same kind are no news."""
    TIME_SHRANK = "less time is left"
    CAME_BACK = "came back"
    """On the board again after a long time away."""
    ESCALATED = "not acknowledged"
    TEST = "test"


class AlertStep(Enum):
    """What happened to an alert."""

    RAISED = "raised"
    """Told for the first time, or let go after it was held back."""
    HELD = "held back"
    UPDATED = "updated"
    """Told again, since it changes what a person would do."""
    FOLLOWED = "followed"
    """It changed, but nothing that a person must be told."""
    WENT_OVER = "over"
    CAME_BACK = "on the board again"
    MERGED = "merged"
    TOOK_OVER = "took over"
    """It goes on for an incident that its own became part of, or for another alert."""
    PARTED = "parted"
    """Its incident was part of another one that was told, and is its own now."""
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a board or the journal shows of an incident, as far as alerts look at it."""

    life: Life
    lead: str
    """Kind of the finding that decides the attention."""
    moment_utc: datetime
    """The moment that makes it urgent: of a conjunction the closest approach."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the people who read the last message know."""

    attention: Attention
    """The highest that they were told."""
    direction: Direction
    leads: frozenset[str]
    """Every kind of finding that led when they were told."""
    step: int
    """How many of the rule's steps of time left had passed."""
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """What the budget counts: that an alert was told, and of which assets it was then."""

    at_utc: datetime
    assets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlertText:
    """An alert in one language."""

    language: str
    first_line: str
    """What, which asset, how soon: also the subject of a mail."""
    plain_line: str
    """The first line without marks of what is not real."""
    body: str
    pointer: str
    """What may be said where the marking allows no content: that there is something to read."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is known of one incident's alert as of its last step."""

    alert_id: str
    """Never changes, and is never given again."""
    incident_id: str
    """The one that it is about now."""
    rule: str
    state: AlertState
    reality: Reality
    assets: tuple[int, ...]
    attention: Attention
    direction: Direction
    lead: str
    moment_utc: datetime
    seen_utc: datetime
    """The moment of the picture that it was last changed by."""
    made_utc: datetime
    told: Told | None = None
    """None: nobody was told anything."""
    first_told_utc: datetime | None = None
    """The moment of the picture by which it was told first."""
    counted: tuple[Counted, ...] = ()
    """Once for when it was told first, and for each time that it came back."""
    held_because: HeldBecause | None = None
    is_urgent: bool = False
    """It breaks quiet hours and the budget: it asks for a look now, and soon."""
    over_budget: bool = False
    """Told although the budget was used up, since it is urgent."""
    waits_since_utc: datetime | None = None
    """Since when an acknowledgement is waited for; None where none is."""
    escalated: int = 0
    """How many steps of its rule were taken since then."""
    acknowledged_by: str = ""
    acknowledged_utc: datetime | None = None
    note: str = ""
    """What they said who acknowledged it."""
    over_utc: datetime | None = None
    """The moment of the first picture without it."""
    merged_into: str = ""
    """The alert that goes on for it."""
    took_over: tuple[str, ...] = ()
    """Incidents that it was about before, and incidents of alerts that it goes on for."""
    texts: tuple[AlertText, ...] = ()
    """Of the last message."""
    marking: Marking | None = None
    """Of the texts; None where nobody states one."""

    @property
    def is_real(self) -> bool:
        """Whether it is about the world, and no test, simulation or exercise."""
        return self.reality is Reality.REAL


@dataclass(frozen=True, slots=True)
class AlertChange:
    """One step of an alert."""

    step: AlertStep
    at_utc: datetime
    alert: Alert
    """As it is after the step."""
    causes: tuple[AlertCause, ...] = ()
    """Why people are told; empty where they are not."""


class SendingState(Enum):
    """Where one message is on its way."""

    WAITING = "waiting"
    TRYING = "trying"
    """Handed over; whether it arrived is not known yet, or never will be."""
    SENT = "sent"
    FAILED = "failed"
    """It is tried again."""
    GIVEN_UP = "given up"
    REPLACED = "replaced"
    """A newer message about the same alert goes in its place."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One message to one channel: kept before it is sent, so that nothing is lost or repeated."""

    key: str
    """In the message itself: the same key twice is the same message twice."""
    alert_id: str
    """Empty for a test."""
    channel: str
    causes: tuple[AlertCause, ...]
    subject: str
    body: str
    reality: Reality
    made_utc: datetime
    not_before_utc: datetime
    """Later than made where it waits for the end of quiet hours."""


@dataclass(frozen=True, slots=True)
class SendingStep:
    """What became of a message; the last one counts."""

    key: str
    state: SendingState
    at_utc: datetime
    attempts: int = 0
    again_utc: datetime | None = None
    """Before this nobody tries it (again)."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A message and where it is."""

    sending: Sending
    last: SendingStep


@dataclass(frozen=True, slots=True)
class AlertTally:
    """How alerts fared against their budget; stands on the board."""

    since_utc: datetime
    until_utc: datetime
    asset_months: float
    told: int
    """Alerts that were told first in this time."""
    per_asset_month: Interval
    """The achieved rate."""
    budget_per_asset_month: float
    held: tuple[str, ...]
    """Incidents of alerts that are held back now."""
    held_because: Mapping[str, HeldBecause]
    over_budget: int
    """Alerts told although the budget was used up."""
    unacknowledged: int
    problems: tuple[str, ...] = ()
    """Of channels, in a line each; never with an address."""
