"""The stage of a live exercise: what is known at each moment, also of what the white cell adds."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.scenario_additions import AdditionReading, read_addition
from hoshimori.model.live_exercises import KeptAddition
from hoshimori.model.picture import Picture
from hoshimori.model.scenarios import Scenario
from hoshimori.settings import Settings
from hoshimori.store import OwnStore
from hoshimori.workflows.exercise_skies import ExerciseSky
from hoshimori.workflows.rehearse import Stage, staged, starts_utc

_COLUMNS = ("norad_id", "epoch_utc", "known_utc", "mean_motion_rev_day", "mean_anomaly_deg")


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A script with an addition, worked out and not yet played."""

    stage: Stage
    toml: str


class LiveStage:
    """A script on its sky, to which things are added as it is played; threads may share it."""

    def __init__(
        self,
        scenario: Scenario,
        sky: ExerciseSky,
        settings: Settings,
        additions: Sequence[KeptAddition] = (),
    ) -> None:
        """Work it out with what was added before.

        Raises:
            SettingsError: the script does not fit the sky.
            FormatError: what was added can no longer be read.
        """
        self.sky = sky
        self._settings = settings
        self._stage = staged(scenario, sky.picture, settings=settings, habits=sky.habits)
        for addition in additions:
            scenario = _whole(read_addition(addition.toml.encode(), scenario))
            self._stage = self._with(scenario)
        self.starts_utc = starts_utc(scenario, sky.picture)
        self.ends_utc = self.starts_utc + timedelta(hours=scenario.pace.length_h)
        self._changing = threading.Lock()

    @property
    def stage(self) -> Stage:
        """The stage as it is now."""
        return self._stage

    @property
    def scenario(self) -> Scenario:
        """The script with all that was added."""
        return self._stage.scenario

    def sky_at(self, store: OwnStore, moment_utc: datetime) -> Picture:
        """Return what is known at a moment, for a floor."""
        return self._stage.at(max(moment_utc, self.starts_utc))

    def hour(self, moment_utc: datetime) -> float:
        """Return a moment in hours from the start."""
        return (moment_utc - self.starts_utc) / timedelta(hours=1)

    def moment(self, at_h: float) -> datetime:
        """Return the moment of an hour from the start."""
        return self.starts_utc + timedelta(hours=at_h)

    def mistakes(self, data: bytes, now_utc: datetime) -> tuple[FormatError, ...]:
        """Return all that is wrong with an addition as it is written, by line and field."""
        return read_addition(data, self.scenario, now_h=self.hour(now_utc)).mistakes

    def prepared(self, data: bytes, now_utc: datetime) -> Prepared:
        """Return the stage with an addition; the one that is played stays as it is.

        Raises:
            FormatError: for the first mistake, with its line and field.
            SettingsError: it does not fit the sky, or would change what is known already.
        """
        reading = read_addition(data, self.scenario, now_h=self.hour(now_utc))
        scenario = _whole(reading)
        stage = self._with(scenario)
        if not _is_same_until(self._stage, stage, now_utc):
            raise SettingsError("it would change what is known already: choose other parts for it")
        return Prepared(stage, reading.toml)

    def play(self, prepared: Prepared) -> None:
        """Play what was prepared from now on."""
        self._stage = prepared.stage

    def _with(self, scenario: Scenario) -> Stage:
        return staged(
            scenario,
            self.sky.picture,
            settings=self._settings,
            habits=self.sky.habits,
            before=self._stage,
        )


def _whole(reading: AdditionReading) -> Scenario:
    if reading.scenario is not None:
        return reading.scenario
    first, *others = reading.mistakes
    more = f" (and {len(others)} more)" if others else ""
    raise FormatError(f"{first.problem}{more}", line=first.line, field=first.field)


def _is_same_until(before: Stage, after: Stage, moment_utc: datetime) -> bool:
    """Tell whether two stages are the same as far as anybody can know at a moment."""
    cast = {part: after.cast.numbers.get(part) for part in before.cast.numbers}
    if cast != before.cast.numbers:
        return False
    old, new = before.at(moment_utc), after.at(moment_utc)
    if not {r.finding_id for r in old.reports} <= {r.finding_id for r in new.reports}:
        return False
    return all(
        np.array_equal(getattr(old.history, name), getattr(new.history, name)) for name in _COLUMNS
    )
