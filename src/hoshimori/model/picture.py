"""Everything known as of one moment: what a detector sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.objects import SpaceObject
from hoshimori.model.passages import Passages
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import ReceiverSeries
from hoshimori.model.reports import OperatorReport
from hoshimori.model.signals import HeardSignal


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Every fact known as of `as_of_utc`, the assets, and how far ahead to look; immutable."""

    as_of_utc: datetime
    newest: ElementSets
    """The newest element set of every object whose elements still tell where it is."""
    history: ElementSets
    """All element sets at hand, the newest included, ordered by object, then epoch."""
    assets: tuple[Asset, ...]
    days_ahead: float
    objects: Mapping[int, SpaceObject] = field(default_factory=lambda: MappingProxyType({}))
    integrity: IntegrityCells | None = None
    """How well aircraft knew where they were, of the days that were over; None where not asked."""
    reports: tuple[OperatorReport, ...] = ()
    """What had been stated by then."""
    passages: Passages | None = None
    """Flights through cells by steps of time, as known by then; None where not asked."""
    receivers: tuple[ReceiverSeries, ...] = ()
    """What receivers had measured of their own reception by then, one series each."""
    signals: tuple[HeardSignal, ...] = ()
    """Signals whose emitters are sought, as measured by then."""

    @property
    def beside(self) -> tuple[Provenance, ...]:
        """Return where all that comes from that lies beside the element sets, but reports."""
        maps = () if self.integrity is None else self.integrity.provenances
        flights = () if self.passages is None else self.passages.provenances
        series = (p for one in self.receivers for p in one.provenances)
        signals = (p for one in self.signals for p in one.provenances)
        return (*maps, *flights, *series, *signals)

    @property
    def reality_beside(self) -> tuple[Reality, ...]:
        """Return the realities of maps, flights, receivers and signals."""
        maps = () if self.integrity is None else (self.integrity.reality,)
        flights = () if self.passages is None else (self.passages.reality,)
        series = (one.reality for one in self.receivers)
        return (*maps, *flights, *series, *(one.reality for one in self.signals))
