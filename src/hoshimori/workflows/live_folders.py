"""Folders of live exercises: one is begun in an empty folder, and goes on in it after a restart."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.formats.scenarios import scenario_of, write_scenario
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.live_exercises import ExerciseMoment
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.scenarios import Scenario
from hoshimori.settings import Settings, store_folder
from hoshimori.store.exercise_mark import exercise_of
from hoshimori.store.exercise_record import open_exercise_record
from hoshimori.workflows.deliveries import now_utc
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky
from hoshimori.workflows.live_exercise import FASTEST, LiveExercise
from hoshimori.workflows.live_scores import keep_played
from hoshimori.workflows.live_stage import LiveStage
from hoshimori.workflows.stores import begin_exercise_store

_COLUMNS = ("norad_id", "epoch_utc", "known_utc", "mean_motion_rev_day", "mean_anomaly_deg")
_RECORD = "exercise.sqlite"


@dataclass(frozen=True, slots=True)
class LiveAsked:
    """Which exercise is to be played; what is None stays as it was begun."""

    scenario: Scenario
    sky: SkyAsked
    name: str = ""
    """What everybody reads on every page; it should tell nothing of the script."""
    speed: float | None = None
    is_paused: bool = False
    """Whether the clock stands until somebody lets it go."""


def exercise_folder(settings: Settings, scenario_id: str) -> Path:
    """Return where an exercise is kept of which nobody says where: beside the store."""
    return store_folder(settings) / "exercises" / scenario_id


def opened_exercise(
    settings: Settings,
    folder: Path,
    asked: LiveAsked | None,
    *,
    steady: Callable[[], float] = time.monotonic,
) -> LiveExercise:
    """Begin an exercise in an empty folder, or go on with the one that it holds; close it after.

    Raises:
        SettingsError: the script does not fit the sky, the folder holds another exercise, or the
            sky that it began on is no longer there.
        FormatError: what the folder holds cannot be read.
        StoreError: the folder holds something else, or its files are damaged or busy.
    """
    if (folder / _RECORD).is_file():
        return _gone_on(settings, folder, asked, steady)
    if asked is None:
        raise SettingsError(f"{folder}: no exercise was begun here: name a script")
    return _begun(settings, folder, asked, steady)


def _begun(
    settings: Settings, folder: Path, asked: LiveAsked, steady: Callable[[], float]
) -> LiveExercise:
    scenario = asked.scenario
    speed = asked.speed if asked.speed is not None else scenario.pace.speed
    if not 0.0 < speed <= FASTEST:
        raise SettingsError(f"--speed {speed:g}: expected more than 0, to {FASTEST:,.0f}")
    sky = exercise_sky(asked.sky, settings, seed=scenario.seed)
    stage = LiveStage(scenario, sky)
    kept = replace(
        asked.sky,
        seed=asked.sky.seed if asked.sky.seed is not None else scenario.seed,
        as_of_utc=as_column_time(sky.picture.as_of_utc),
    )
    name = asked.name or f"Exercise {stage.starts_utc:%Y-%m-%d}"
    begin_exercise_store(folder, ExerciseMark(name, as_datetime(now_utc())))
    is_paused = asked.is_paused or 0.0 in scenario.pace.pauses_h
    record = open_exercise_record(folder)
    record.begin(
        write_scenario(scenario).decode(),
        json.dumps(_sky_value(kept, sky.picture), ensure_ascii=False),
        ExerciseMoment(stage.starts_utc, speed, is_paused),
    )
    limit_s = settings.floor.detector_limit_s
    live = LiveExercise(name, record, stage, detector_limit_s=limit_s, steady=steady)
    return _keeping(live, folder)


def _gone_on(
    settings: Settings, folder: Path, asked: LiveAsked | None, steady: Callable[[], float]
) -> LiveExercise:
    mark = exercise_of(folder)
    record = open_exercise_record(folder, create=False)
    try:
        held = record.begun()
        if held is None or mark is None:
            raise SettingsError(f"{folder}: the exercise was not begun whole: take another folder")
        script, stated = held
        scenario = scenario_of(script.encode(), source=str(record.path))
        if asked is not None and asked.scenario != scenario:
            problem = f"{folder} holds the exercise {mark.name} of the script"
            do = "name another folder with --folder, or no script to go on with it"
            raise SettingsError(f"{problem} {scenario.scenario_id}: {do}")
        value = json.loads(stated)
        sky = exercise_sky(_sky_of(value), settings, seed=scenario.seed)
        if _digest(sky.picture) != value["digest"]:
            raise SettingsError(f"{folder}: the sky that this exercise began on has changed since")
        stage = LiveStage(scenario, sky, record.additions())
        limit_s = settings.floor.detector_limit_s
        live = LiveExercise(mark.name, record, stage, detector_limit_s=limit_s, steady=steady)
        _keeping(live, folder)
        if asked is not None and asked.speed is not None and not live.is_over:
            live.set_clock(speed=asked.speed)
        return live
    except BaseException:
        record.close()
        raise


def _keeping(live: LiveExercise, folder: Path) -> LiveExercise:
    """Have what came of an exercise written into its folder once all of it is there."""

    def keep() -> None:
        keep_played(live, folder)

    live.on_whole = keep
    return live


def _sky_value(asked: SkyAsked, picture: Picture) -> dict[str, Any]:
    return {
        "catalogues": [str(path.absolute()) for path in asked.catalogues],
        "store": str(asked.store.absolute()) if asked.store is not None else None,
        "objects": asked.objects,
        "seed": asked.seed,
        "as_of_utc": str(asked.as_of_utc),
        "days_ahead": asked.days_ahead,
        "digest": _digest(picture),
    }


def _sky_of(value: dict[str, Any]) -> SkyAsked:
    return SkyAsked(
        catalogues=tuple(map(Path, value["catalogues"])),
        store=Path(value["store"]) if value["store"] is not None else None,
        objects=int(value["objects"]),
        seed=int(value["seed"]),
        as_of_utc=np.datetime64(value["as_of_utc"], "us"),
        days_ahead=float(value["days_ahead"]),
    )


def _digest(picture: Picture) -> str:
    """Return what tells two skies apart: their element sets, and when they were known."""
    total = hashlib.sha256()
    for name in _COLUMNS:
        total.update(np.ascontiguousarray(getattr(picture.history, name)).tobytes())
    return total.hexdigest()
