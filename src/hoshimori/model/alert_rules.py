"""Rules of alerts: what is told to whom, how often, and when not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, tzinfo

from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.markings import Level


@dataclass(frozen=True, slots=True)
class Channel:
    """A way out to people: its name, what they read, and what may go there.

    The address is a secret: it stands in the environment or in a keyring, never here.
    """

    name: str
    language: str = "en"
    takes_exercises: bool = False
    """Whether what is not real may go there; nothing of the kind goes anywhere else."""
    level: Level = Level.AMBER_STRICT
    """What is marked more strictly is announced there without its content."""
    partners: frozenset[str] = frozenset()
    """Whose channel it is; nobody but the own house where empty."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of the day in which alerts wait, but for what is urgent."""

    start: time
    end: time
    """Where earlier than the start, it is that of the next morning."""
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who is told when nobody has acknowledged an alert for some time."""

    after_min: float
    """Since the alert was due."""
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertRule:
    """Which incidents are told to whom; an empty set leaves nothing out."""

    name: str
    attention: Attention
    """At least this."""
    kinds: frozenset[str] = frozenset()
    """Kinds of finding, as in ``conjunction``; one of them is enough."""
    assets: frozenset[int] = frozenset()
    directions: frozenset[Direction] = frozenset()
    channels: tuple[str, ...] = ()
    """None: the alert is listed, and sent nowhere."""
    quiet: QuietHours | None = None
    escalation: tuple[EscalationStep, ...] = ()
    """In the order of their times."""


@dataclass(frozen=True, slots=True)
class AlertBudget:
    """How many alerts people are ready to read."""

    per_asset_month: float
    """Over all assets together, in any stretch of `BUDGET_DAYS`."""
    most_per_asset: int
    """In the same time, of any one asset, so that one does not use up the budget of all."""


BUDGET_DAYS = 30.4375
"""A month: a twelfth of a Julian year."""


@dataclass(frozen=True, slots=True)
class AlertRules:
    """Everything that decides about alerts."""

    version: str
    rules: tuple[AlertRule, ...]
    """The first that fits an incident decides."""
    channels: tuple[Channel, ...]
    budget: AlertBudget
    urgent_h: float = 24.0
    """What asks for a look now and comes within this time breaks quiet hours and the budget."""
    steps_h: tuple[float, ...] = (72.0, 24.0, 6.0)
    """Time left that is worth telling again; falling."""
    back_after_days: float = 7.0
    """What comes again after so long away is told again."""

    def channel(self, name: str) -> Channel:
        """Return the channel of a name.

        Raises:
            KeyError: there is none.
        """
        return next(c for c in self.channels if c.name == name)
