"""The store of this machine, opened."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from hoshimori.errors import CoverageError, SourceError, StoreError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.settings import Settings, store_folder
from hoshimori.store import OwnStore, StoreContract, exercise_of, open_store
from hoshimori.store.connection import ServerLine
from hoshimori.store.doorstep import address_at
from hoshimori.store.remote import open_remote_store
from hoshimori.workflows.deliveries import now_utc
from hoshimori.workflows.fetch import fetch_newest
from hoshimori.workflows.running import is_being_copied, running_server
from hoshimori.workflows.server_key import find_key, named_server
from hoshimori.workflows.skies import Sky, made_sky, sky_of_files

_LONGEST_COPY_S = 600.0
_LOOK_AGAIN_S = 0.2


def opened_store(settings: Settings, folder: Path | None = None) -> StoreContract:
    """Open the store in a folder, by default that of the settings; close it after use.

    Where a server keeps it, what is opened is the server's store, over the network; likewise where
    the settings or ``HOSHIMORI_SERVER`` name an organisation's server and no folder is given.

    Raises:
        StoreError: another process has it open; it is damaged or of a newer version; the server
            refuses, cannot be reached, or is of another version.
    """
    if folder is None and (address := named_server(settings)):
        return _store_of_organisation(address, settings)
    place = folder or store_folder(settings)
    server = running_server(place)
    if server is None:
        return open_store(place)
    line = ServerLine(server.url, server.token, settings.store.server_certificate)
    if (store := open_remote_store(line)) is not None:
        return store
    try:
        return open_store(place)
    except StoreError as error:
        raise StoreError(
            f"the server at {server.url} (pid {server.pid}) does not answer: wait until it does, "
            f"or end it ({error})"
        ) from error


def own_store(settings: Settings, folder: Path | None = None) -> OwnStore:
    """Open the file itself, as the server does that keeps it; close it after use.

    A backup that copies it is waited for.

    Raises:
        StoreError: another process has it open, or it is damaged or of a newer version.
    """
    place = folder or store_folder(settings)
    give_up_at = time.monotonic() + _LONGEST_COPY_S
    while True:
        try:
            return open_store(place)
        except StoreError:
            if not is_being_copied(place) or time.monotonic() > give_up_at:
                raise
        time.sleep(_LOOK_AGAIN_S)


def named_place(folder: Path) -> str:
    """Return how people call the place of a store: its folder, or the address of its database."""
    address = address_at(folder)
    return str(folder) if address is None else address.text


def begin_exercise_store(folder: Path, mark: ExerciseMark) -> None:
    """Make the store of an exercise in a folder, or see that it is there already.

    From the first moment on it says what it is of, and nothing undoes that.

    Raises:
        StoreError: the folder holds something else, or the store of another exercise.
    """
    is_folder = address_at(folder) is None
    if is_folder and folder.exists() and exercise_of(folder) is None and any(folder.iterdir()):
        raise StoreError(f"{folder}: holds something already: an exercise begins in an empty one")
    open_store(folder, exercise=mark).close()


def _store_of_organisation(address: str, settings: Settings) -> StoreContract:
    line = ServerLine(address, find_key(address), settings.store.server_certificate)
    store = open_remote_store(line)
    if store is None:
        raise StoreError(
            f"no server of Hoshimori answers at {address}: is it running, and the network up?"
        )
    return store


def sky_of_store(
    store: StoreContract, *, as_of_utc: np.datetime64 | None, history_days: float
) -> Sky | None:
    """Return what the store knew at a moment, by default now; None where it knew nothing.

    The newest element set of every object, and the history of the last days before the moment;
    each element set once.
    """
    moment = as_of_utc if as_of_utc is not None else now_utc()
    known_at = as_datetime(moment)
    newest = store.newest_as_known_at(known_at)
    if not len(newest):
        return None
    since = known_at - timedelta(days=history_days)
    # The newest sets of most objects are in the history, too: with them it would be copied.
    older = newest.take(newest.epoch_utc < as_column_time(since))
    kept_by = f"the server at {store.server}" if store.server else "the store"
    if store.exercise is not None:
        kept_by += f" of the exercise {store.exercise.name}"
    recent = store.history_of(None, as_known_at_utc=known_at, since_utc=since)
    return Sky(
        parts=(older, recent) if len(older) else (recent,),
        origin=f"{kept_by}: {len(newest):,} objects, {len(recent):,} recent element sets",
        objects=store.objects_as_known_at(known_at),
        as_of_utc=moment,
    )


def newest_sky(
    store: StoreContract,
    settings: Settings,
    *,
    source: str | None,
    as_of_utc: np.datetime64 | None,
    fallback_seed: int,
    history_days: float,
) -> Sky:
    """Return the newest sky that can be had, and say in its notes how it was had.

    With the element sets of the last `history_days` of the store.

    A named `source` must answer. Without one, and without a past moment, CelesTrak is asked
    (politely: at most every two hours) and what the store holds serves where it cannot be
    reached; a server asks by itself, so that beside one nothing is asked. With an empty store the
    made sky of `fallback_seed` stands in, marked SIMULATED.

    Raises:
        SourceError: the named source refused or could not be reached.
    """
    notes: tuple[str, ...] = ()
    if source is not None:
        fetch_newest(store, source, settings)
    elif as_of_utc is None and not store.server and store.exercise is None:
        try:
            fetch_newest(store, "celestrak", settings)
        except SourceError as error:
            notes = (str(error),)
    kept = sky_of_store(store, as_of_utc=as_of_utc, history_days=history_days)
    if kept is not None:
        return replace(kept, notes=notes)
    if as_of_utc is not None:
        raise CoverageError(f"the store knew nothing at {as_of_utc}Z; see `hoshimori ingest`")
    return replace(made_sky(seed=fallback_seed), notes=notes)


def sky_asked(
    catalogues: Sequence[Path],
    settings: Settings,
    *,
    store_folder: Path | None,
    as_of_utc: np.datetime64 | None,
    history_days: float,
) -> Sky:
    """Return the sky of catalogue files, or of the store where none are named.

    Raises:
        SettingsError: a path does not exist or holds no file.
        StoreError: another process has the store open, or it is damaged or of a newer version.
    """
    if catalogues:
        return sky_of_files(catalogues)
    with opened_store(settings, store_folder) as store:
        return newest_sky(
            store,
            settings,
            source=None,
            as_of_utc=as_of_utc,
            fallback_seed=1,
            history_days=history_days,
        )
