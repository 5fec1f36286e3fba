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

    @property
    def beside(self) -> tuple[Provenance, ...]:
        """Return where maps, flights and receivers come from that lie beside the element sets."""
        maps = () if self.integrity is None else self.integrity.provenances
        flights = () if self.passages is None else self.passages.provenances
        return (*maps, *flights, *(p for series in self.receivers for p in series.provenances))

    @property
    def reality_beside(self) -> tuple[Reality, ...]:
        """Return the realities of maps, flights and receivers."""
        maps = () if self.integrity is None else (self.integrity.reality,)
        flights = () if self.passages is None else (self.passages.reality,)
        return (*maps, *flights, *(series.reality for series in self.receivers))
