"""CelesTrak: element sets by group, number or list, operators' own sets, and the SATCAT."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from hoshimori.sources.delivery import Delivery
from hoshimori.sources.ledger import Pace
from hoshimori.sources.polite import Line, PoliteClient

# The usage policy asks for this very name and for two hours between requests for the same data,
# and for a stop at any answer but 200. Source: celestrak.org usage policy, May 2026.
LINE = Line("https://celestrak.org")
_EVERY = timedelta(hours=2)


class CelesTrak:
    """Asks CelesTrak, at most once in two hours for the same thing; payloads are OMM CSV.

    Every method raises SourceError where CelesTrak refuses or may not be asked yet.
    """

    def __init__(self, folder: Path, line: Line = LINE) -> None:
        self._client = PoliteClient("celestrak", line, folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def group(self, name: str) -> Delivery:
        """Return the newest element sets of a group, for example ``active`` or ``geo``."""
        return self._get("/NORAD/elements/gp.php", GROUP=name)

    def catalogue_number(self, norad_id: int) -> Delivery:
        """Return the newest element set of one object."""
        return self._get("/NORAD/elements/gp.php", CATNR=str(norad_id))

    def special(self, name: str) -> Delivery:
        """Return a special list: ``gpz`` and ``gpz-plus`` (GEO), ``decaying``."""
        return self._get("/NORAD/elements/gp.php", SPECIAL=name)

    def supplemental(self, name: str) -> Delivery:
        """Return element sets fitted to operators' own data, for example ``starlink``."""
        return self._get("/NORAD/elements/supplemental/sup-gp.php", FILE=name)

    def satcat(self) -> Delivery:
        """Return the whole satellite catalogue: names, owners, launch and decay dates (CSV)."""
        return self._client.get("/pub/satcat.csv", Pace("/pub/satcat.csv", _EVERY))

    def _get(self, path: str, **query: str) -> Delivery:
        address = f"{path}?{urlencode(query | {'FORMAT': 'CSV'})}"
        return self._client.get(address, Pace(address, _EVERY))
