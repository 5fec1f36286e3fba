"""Facts on their way between a server and its clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.elements import ElementSets
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading


@dataclass(frozen=True, slots=True, eq=False)
class FactPage:
    """Element sets of whole objects, and after which object the next page begins."""

    element_sets: ElementSets
    next_after: int | None
    """The last object of this page; None where nothing follows."""


@dataclass(frozen=True, slots=True)
class SentReading:
    """A reading on its way to a store that another process keeps; its bytes stay behind."""

    reading: Reading
    provenance: Provenance
    """The bytes that it was read from."""
    byte_count: int
    received_utc: datetime
