"""The sky that an exercise begins on: a made one, files, or what the store holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.carried_on import Habits, habits_of
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings
from hoshimori.workflows.skies import Sky, made_sky, sky_of_files
from hoshimori.workflows.stores import opened_store, sky_of_store

MADE_FROM_UTC = np.datetime64("2026-01-01T00:00:00", "us")
"""Made skies of exercises begin at one moment, so that a seed gives the same result for ever."""
FEWEST_MADE = 100


@dataclass(frozen=True, slots=True)
class SkyAsked:
    """Which sky a script is to be played on."""

    catalogues: tuple[Path, ...] = ()
    store: Path | None = None
    objects: int = 3000
    """Of a made sky."""
    seed: int | None = None
    """Of a made sky; None: that of the script."""
    as_of_utc: np.datetime64 | None = None
    days_ahead: float = 7.0

    @property
    def is_made(self) -> bool:
        """Whether a sky is made for it."""
        return not self.catalogues and self.store is None


@dataclass(frozen=True, slots=True, eq=False)
class ExerciseSky:
    """A sky ready to be played on."""

    picture: Picture
    origin: str
    habits: Habits


def exercise_sky(asked: SkyAsked, settings: Settings, *, seed: int) -> ExerciseSky:
    """Return the sky that is asked for; `seed` is that of a made one where none is named.

    Raises:
        SettingsError: the store knows nothing, or a made sky is too small to hold its stories.
    """
    sky = _sky(asked, settings, asked.seed if asked.seed is not None else seed)
    picture = as_exercise(
        sky.picture(assets=sky.assets, days_ahead=asked.days_ahead, as_of_utc=asked.as_of_utc)
    )
    return ExerciseSky(picture, sky.origin, habits_of(picture))


def _sky(asked: SkyAsked, settings: Settings, seed: int) -> Sky:
    if asked.catalogues:
        return sky_of_files(asked.catalogues)
    if asked.store is not None:
        history_days = settings.watch.history_days
        with opened_store(settings, asked.store) as store:
            sky = sky_of_store(store, as_of_utc=asked.as_of_utc, history_days=history_days)
        if sky is None:
            raise SettingsError("the store holds nothing: see `hoshimori ingest`")
        return sky
    if asked.objects < FEWEST_MADE:
        raise SettingsError(f"--objects {asked.objects}: a made sky needs {FEWEST_MADE} or more")
    moment = MADE_FROM_UTC if asked.as_of_utc is None else asked.as_of_utc
    return made_sky(seed=seed, objects=asked.objects, as_of_utc=moment)
