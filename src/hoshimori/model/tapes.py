"""What an exercise adds to a sky and hides of it, and the truth about it, before it is played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from hoshimori.model.aircraft_reports import AircraftReports
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets
from hoshimori.model.injects import FeedKind
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.objects import SpaceObject
from hoshimori.model.reports import OperatorReport
from hoshimori.model.space_weather import SpaceWeather


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays the parts of a script."""

    numbers: Mapping[str, int]
    """Catalogue number of each part, of parts that an inject brings into being too."""
    assets: tuple[Asset, ...]
    """Those that somebody protects, in the order of the script."""

    def part_of(self, norad_id: int) -> str:
        """Return the name of the part that an object plays, empty where it plays none."""
        return next((part for part, number in self.numbers.items() if number == norad_id), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueEvent:
    """What really happened by one inject; for the white cell and the score alone."""

    inject_id: str
    kind: str
    """The inject's kind as scripts name it, for example ``burn``."""
    objects: tuple[int, ...]
    """Catalogue numbers, who does something first; pieces of a break-up after their parent."""
    from_utc: datetime
    to_utc: datetime
    measures: Mapping[str, float]
    """True numbers by name with its unit, for example ``delta_v_m_s``."""
    observable_utc: datetime
    """When physics began to show it."""
    public_utc: datetime | None
    """When the first published fact that shows it became known; None where none does."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A span in which a feed delivers nothing; `late` is by how much later it does, None: never."""

    feed: FeedKind
    from_utc: datetime
    until_utc: datetime
    late: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """A script worked out on a sky: facts with the moments at which they become known."""

    element_sets: ElementSets = NO_ELEMENT_SETS
    """Marked EXERCISE, ordered by object, then epoch."""
    replaced: Mapping[int, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """Objects whose own sets of an epoch at this moment or later are not shown."""
    reports: tuple[OperatorReport, ...] = ()
    integrity: IntegrityCells | None = None
    flights: AircraftReports | None = None
    """Reports of aircraft, each known when it was sent."""
    weather: SpaceWeather | None = None
    objects: Mapping[int, SpaceObject] = field(default_factory=lambda: MappingProxyType({}))
    """What catalogues say of objects that an inject brings into being, or renames."""
    silences: tuple[Silence, ...] = ()
    """Spans in which maps, flights, indices or reports do not come.

    Element sets have delays of their own.
    """
    truth: tuple[TrueEvent, ...] = ()
    """In the order of the injects."""
