"""Ask a source for its newest catalogue, and keep what it sends."""

from __future__ import annotations

from dataclasses import replace

from hoshimori.errors import ReleaseError, SettingsError
from hoshimori.model.moments import as_column_time
from hoshimori.settings import Settings, cache_folder
from hoshimori.sources.celestrak import CelesTrak
from hoshimori.sources.delivery import Delivery
from hoshimori.sources.polite import Line
from hoshimori.sources.spacetrack import LINE as SPACETRACK_LINE
from hoshimori.sources.spacetrack import SpaceTrack, find_credentials
from hoshimori.store import StoreContract
from hoshimori.workflows.ingest import Ingested, ingest_payload


def fetch_newest(store: StoreContract, source: str, settings: Settings) -> Ingested:
    """Append the newest catalogue of a source to the store.

    Raises:
        ReleaseError: the store is of an exercise, which plays apart from real sources.
        SourceError: the source refused, could not be reached, or may not be asked yet.
        SettingsError: the source is not known, or needs credentials that are not there.
        FormatError: what it sent is no catalogue.
    """
    if store.exercise is not None:
        raise ReleaseError(
            f"this store is of the exercise {store.exercise.name}: it asks no real source"
        )
    delivery = newest_delivery(source, settings)
    return ingest_payload(
        store,
        delivery.payload,
        source=delivery.source,
        received_utc=as_column_time(delivery.received_utc),
    )


def newest_delivery(source: str, settings: Settings) -> Delivery:
    """Return the newest catalogue of a source as it sends it; raises as `fetch_newest`."""
    folder, patience = cache_folder(settings), settings.sources.timeout_s
    match source:
        case "celestrak":
            url = settings.sources.celestrak_url
            with CelesTrak(folder, Line(url, timeout_s=patience)) as celestrak:
                return celestrak.group(settings.sources.celestrak_group)
        case "spacetrack":
            line = replace(SPACETRACK_LINE, timeout_s=patience)
            with SpaceTrack(find_credentials(), folder, line) as spacetrack:
                return spacetrack.gp()
        case _:
            raise SettingsError(f"{source}: not a source; expected celestrak or spacetrack")
