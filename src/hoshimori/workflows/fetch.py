"""Ask a source for its newest catalogue, and keep what it sends."""

from __future__ import annotations

from dataclasses import replace

from hoshimori.errors import SettingsError
from hoshimori.model.moments import as_column_time
from hoshimori.settings import Settings, cache_folder
from hoshimori.sources.celestrak import LINE as CELESTRAK_LINE
from hoshimori.sources.celestrak import CelesTrak
from hoshimori.sources.delivery import Delivery
from hoshimori.sources.polite import Line
from hoshimori.sources.spacetrack import LINE as SPACETRACK_LINE
from hoshimori.sources.spacetrack import SpaceTrack, find_credentials
from hoshimori.store import Store
from hoshimori.workflows.ingest import Ingested, ingest_payload


def fetch_newest(store: Store, source: str, settings: Settings) -> Ingested:
    """Append the newest catalogue of a source to the store.

    Raises:
        SourceError: the source refused, could not be reached, or may not be asked yet.
        SettingsError: the source is not known, or needs credentials that are not there.
        FormatError: what it sent is no catalogue.
    """
    delivery = _newest(source, settings)
    return ingest_payload(
        store,
        delivery.payload,
        source=delivery.source,
        received_utc=as_column_time(delivery.received_utc),
    )


def _newest(source: str, settings: Settings) -> Delivery:
    folder = cache_folder(settings)
    match source:
        case "celestrak":
            line = _patient(CELESTRAK_LINE, settings)
            with CelesTrak(folder, line) as celestrak:
                return celestrak.group(settings.sources.celestrak_group)
        case "spacetrack":
            line = _patient(SPACETRACK_LINE, settings)
            with SpaceTrack(find_credentials(), folder, line) as spacetrack:
                return spacetrack.gp()
        case _:
            raise SettingsError(f"{source}: not a source; expected celestrak or spacetrack")


def _patient(line: Line, settings: Settings) -> Line:
    return replace(line, timeout_s=settings.sources.timeout_s)
