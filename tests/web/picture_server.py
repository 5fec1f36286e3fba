"""A server of a made sky with all that can be drawn: pairs, belt, break-up, navigation, links."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import uvicorn

from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.formats.integrity import write_integrity
from hoshimori.formats.receivers import write_receivers
from hoshimori.formats.space_weather import write_space_weather
from hoshimori.model.integrity import IntegrityCells, joined_integrity
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import Link, Receiver
from hoshimori.model.space_weather import DayKind, SpaceWeather
from hoshimori.numerics.breakup_model import Fragmentation
from hoshimori.settings import FloorSettings, Settings, SourceSettings
from hoshimori.store import Store
from hoshimori.web.app import make_app
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.floor import Floor, FloorParts
from hoshimori.workflows.skies import Sky, made_sky

MOMENT = datetime(2026, 3, 24, 6, tzinfo=UTC)
"""The moment at which the clock of the server stands."""
_NOW = np.datetime64("2026-03-24T06:00", "us")
_BEFORE, _AFTER = np.datetime64("2026-03-18T12:00", "us"), np.datetime64("2026-03-24T00:00", "us")
_BREAKUP = BreakupScene(
    np.datetime64("2026-03-20T10:00", "us"), pieces=90, kind=Fragmentation.COLLISION,
    latitude_argument_deg=60.0, drag_share=0.0, first_piece_id=800_900_001,
)  # fmt: skip
_DISTURBED = PlantedDisturbance(35.5, 137.5, 190.0, first_day=20, last_day=22, share=0.4)
_FIRST_DAY = np.datetime64("2026-01-23", "D")
_USUAL = (
    PlantedDisturbance(33.5, 127.0, 170.0, first_day=0, last_day=59, share=0.25),
    PlantedDisturbance(33.5, 127.0, 170.0, first_day=45, last_day=59, share=0.6),
)
"""An area that is disturbed all the time, and more for two weeks."""
_UPLINK = MadeReceiver(
    Receiver("transponder 3", Link.UPLINK, "14.2 GHz", norad_id=800_000_001),
    datetime(2026, 3, 23, 17, tzinfo=UTC), satellites=0, swing_db=0.3,
    planted=(MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 1_300, 60, 14.0),),
)  # fmt: skip
_HARBOUR = MadeReceiver(
    Receiver("harbour", band="L1"), datetime(2026, 3, 23, 17, tzinfo=UTC),
    planted=(MadeDisturbance(MadeCause.ONE_SATELLITE, 1_200, 30, 16.0),),
)  # fmt: skip


@cache
def whole_sky() -> Sky:
    """Return a made sky with a break-up of four days ago; its crowd was known before that."""
    sky = made_sky(seed=1, objects=900, as_of_utc=_NOW)
    (made,) = sky.parts
    _, place, count = np.unique(made.norad_id, return_inverse=True, return_counts=True)
    crowd = count[place] == 1
    made = replace(made, known_utc=np.where(crowd, _BEFORE, made.known_utc))
    pieces = (
        catalogue_before(_BREAKUP, _BEFORE),
        catalogue_before(_BREAKUP, _AFTER),
        catalogue_after(_BREAKUP, _AFTER, np.random.default_rng(5)),
    )
    return replace(sky, parts=(made, *pieces))


def made_weather() -> SpaceWeather:
    """Return a quiet year with one storm on the day before the moment."""
    days = np.datetime64("2026-03-24", "D") + np.arange(-400, 1)
    kp = np.full((len(days), 8), 1.0) + np.arange(len(days))[:, None] % 7 / 3.0
    kp[-2, 4:] = 8.0
    flux = 120.0 + np.arange(len(days)) % 30
    return SpaceWeather(
        day_utc=days.astype("datetime64[us]"),
        kp=kp,
        ap=np.round(kp**2.5),
        f107_observed=flux,
        f107_adjusted=flux,
        f107_observed_81_day=flux,
        kind=np.full(len(days), DayKind.OBSERVED, np.uint8),
        provenance=Provenance("made", "0" * 64, Reality.SIMULATED),
    )


def _sky_at(store: Store, moment: datetime) -> Sky | None:
    return replace(whole_sky(), as_of_utc=np.datetime64(moment.replace(tzinfo=None), "us"))


def _air() -> IntegrityCells:
    new = MadeAir(planted=(_DISTURBED,))
    usual = MadeAir(33.5, 127.0, rings=7, first_day_utc=_FIRST_DAY, days=60, planted=_USUAL)
    return joined_integrity(
        [disturbed_air(air, np.random.Generator(np.random.PCG64(1))) for air in (new, usual)]
    )


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Floor]]:
    """Give the address of the running server, and its floor, until the `with` statement ends."""
    maps, receivers = folder / "integrity.parquet", folder / "receivers.parquet"
    maps.write_bytes(write_integrity(_air()))
    series = [disturbed_reception(one, np.random.default_rng(3)) for one in (_UPLINK, _HARBOUR)]
    receivers.write_bytes(write_receivers(series))
    weather = folder / "weather.csv"
    weather.write_bytes(write_space_weather(made_weather()))
    settings = Settings(
        floor=FloorSettings(integrity=(str(maps),), receivers=(str(receivers),)),
        sources=SourceSettings(space_weather=str(weather), cache_folder=str(folder / "cache")),
    )
    parts = FloorParts(clock=MadeClock(MOMENT), sky_at=_sky_at, sources={})
    with Floor(settings, folder, parts) as floor:
        floor.step()
        app = make_app(floor)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="warning", lifespan="off",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, name="picture-server", daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}", floor
        finally:
            app.state.desk.listeners.close()
            server.should_exit = True
            thread.join(timeout=30.0)
