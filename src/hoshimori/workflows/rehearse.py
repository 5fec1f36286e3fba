"""Play a script with a machine alone, as fast as it goes: what it sees, and its score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from hoshimori.assessment.calibration import brier_score
from hoshimori.dossier.language import Language
from hoshimori.dossier.never_said import never_said
from hoshimori.errors import SettingsError
from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.carried_on import Air, Habits, carried_on, habits_of
from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.cell_scoring import cell_scores, timeline_of
from hoshimori.exercise.injecting import air_of, played, tape_of
from hoshimori.exercise.pasts import with_pasts
from hoshimori.exercise.scoring import forecasts_of, score_of
from hoshimori.exercise.silent_feeds import weather_known_by
from hoshimori.model.assessments import Assessment
from hoshimori.model.detector import Detector
from hoshimori.model.elements import concatenate
from hoshimori.model.incidents import Incident
from hoshimori.model.injects import Storm
from hoshimori.model.markings import Marking
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.rehearsals import AfterAction, Look, Rehearsal, Score
from hoshimori.model.scenarios import Scenario
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.model.tapes import Cast, Tape
from hoshimori.settings import Settings, marking_of_exercises
from hoshimori.workflows.assessment_model import assessment_model
from hoshimori.workflows.inquiry import (
    EVERY_DETECTOR,
    Inquiry,
    Surroundings,
    assessment_of,
    inquire,
)
from hoshimori.workflows.known_failures import known_failures
from hoshimori.workflows.rehearsal_looks import (
    Findings,
    OfTheSky,
    event_to_the_second,
    look_of,
    to_the_second,
)
from hoshimori.workflows.reports import marking_of_picture

Asked = Callable[[Picture, Sequence[Detector]], Inquiry]
"""Asks detectors about a picture, and groups what they find."""
Progress = Callable[[str, int, int], None]
"""Called with a script's id, how many looks are done, and of how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A script on a sky, ready to be looked at at any moment."""

    scenario: Scenario
    cast: Cast
    sky: Picture
    """The sky with what it gets by itself until the end, through the storms of the script."""
    calm: Picture
    """The same without any storm."""
    tape: Tape
    pasts: tuple[int, ...]
    """Who has a past, made where the sky tells of none."""
    settings: Settings

    def at(self, moment_utc: datetime) -> Picture:
        """Return what is known at a moment of the exercise; its assets are those of the script."""
        return self._watched(played(self.sky, self.tape, as_column_time(moment_utc)))

    def without(self, moment_utc: datetime) -> Picture:
        """Return what is known at a moment of the same sky, had nothing been injected."""
        return self._watched(played(self.calm, Tape(), as_column_time(moment_utc)))

    def weather_at(self, moment_utc: datetime) -> SpaceWeather | None:
        """Return the space weather that is known at a moment; None where none is told."""
        tape = self.tape
        if tape.weather is None:
            return None
        return weather_known_by(tape.weather, tape.silences, as_column_time(moment_utc))

    @property
    def marking(self) -> Marking:
        """Of all that is known from the start to the end."""
        start = starts_utc(self.scenario, self.sky)
        end = start + timedelta(hours=self.scenario.pace.length_h)
        return self.marking_of(self.at(start)).join(self.marking_of(self.at(end)))

    def marking_of(self, picture: Picture) -> Marking:
        """Return the marking of what is known at a moment; the least is that of exercises."""
        least = marking_of_exercises(self.settings)
        return marking_of_picture(picture, self.settings).join(least)

    def _watched(self, picture: Picture) -> Picture:
        return replace(picture, assets=self.cast.assets or picture.assets)


def staged(
    scenario: Scenario,
    picture: Picture,
    *,
    settings: Settings,
    habits: Habits | None = None,
    before: Stage | None = None,
) -> Stage:
    """Return a script worked out on a sky that goes on until its end.

    `settings` say how sources are marked; `habits` are those of the picture, where they are at
    hand already; `before` is the same script with less in it on the same picture: where its storms
    are the same, so is how the sky goes on. What is added has no past that nobody saw before.

    Raises:
        SettingsError: the script does not fit the sky; part and constraint are named.
    """
    start = as_exercise(picture)
    known = habits or habits_of(start)
    try:
        cast = cast_of(scenario, start, habits=known)
        pasts = tuple(cast.numbers.values()) if before is None else before.pasts
        start = with_pasts(start, pasts, known, scenario.seed)
        end = as_column_time(starts_utc(scenario, start)) + _span(scenario.pace.length_h)
        if before is not None and _storms(before.scenario) == _storms(scenario):
            sky, calm = before.sky, before.calm
        else:
            air = air_of(scenario, start)
            sky = calm = _gone_on(start, end, scenario.seed, known, air)
            if air is not None:
                calm = _gone_on(start, end, scenario.seed, known, None)
        least = marking_of_exercises(settings)
        tape = tape_of(scenario, cast, sky, habits=known, marking=least)
    except ValueError as error:
        problem = f"{scenario.scenario_id} does not fit this sky: {error}"
        raise SettingsError(problem) from error
    return Stage(scenario, cast, sky, calm, tape, pasts, settings)


def _storms(scenario: Scenario) -> list[Storm]:
    return [inject for inject in scenario.injects if isinstance(inject, Storm)]


def _gone_on(
    start: Picture, end: np.datetime64, seed: int, habits: Habits, air: Air | None
) -> Picture:
    on = carried_on(start, end, seed, air=air, habits=habits)
    return replace(start, history=concatenate([start.history, on]).sorted_by_object())


def rehearse(
    scenario: Scenario,
    picture: Picture,
    *,
    sky: str,
    settings: Settings,
    every_h: float | None = None,
    habits: Habits | None = None,
    on_progress: Progress = lambda script, done, of: None,
) -> Rehearsal:
    """Play a script on a sky with a machine alone; the same seed and sky give the same looks.

    `sky` says where the picture comes from, `settings` how its sources are marked, `every_h` how
    often the machine looks, by default as the script says.

    Raises:
        SettingsError: the script does not fit the sky.
    """
    stage = staged(scenario, picture, settings=settings, habits=habits)
    every = every_h or scenario.pace.watch_every_h
    moments = list(moments_of(scenario, stage.sky, every))
    of_the_sky = OfTheSky()
    looks: list[Look] = []
    for done, moment in enumerate(moments):
        on_progress(scenario.scenario_id, done, len(moments))
        looks.append(look_at(stage, moment, of_the_sky))
    on_progress(scenario.scenario_id, len(moments), len(moments))
    return rehearsal_of(stage, looks, sky=sky, every_h=every)


def rehearsal_of(stage: Stage, looks: Iterable[Look], *, sky: str, every_h: float) -> Rehearsal:
    """Return the rehearsal that looks at a stage make, before people did anything."""
    assets = stage.cast.assets or stage.sky.assets
    return Rehearsal(
        scenario_id=stage.scenario.scenario_id,
        sky=sky,
        marking=stage.marking,
        starts_utc=starts_utc(stage.scenario, stage.sky),
        every_h=every_h,
        numbers=stage.cast.numbers,
        assets=tuple(asset.norad_id for asset in assets),
        truth=tuple(event_to_the_second(event) for event in stage.tape.truth),
        looks=tuple(looks),
    )


def scored(scenario: Scenario, rehearsal: Rehearsal) -> Score:
    """Return the score of a rehearsal, with the Brier score of what was said of explanations."""
    score = score_of(scenario, rehearsal)
    forecasts = forecasts_of(score)
    return replace(score, brier=brier_score(forecasts) if forecasts else None)


def after_action(scenario: Scenario, rehearsal: Rehearsal) -> AfterAction:
    """Return all that is told when an exercise is over, of machine and people."""
    score = scored(scenario, rehearsal)
    return AfterAction(
        rehearsal=rehearsal,
        score=score,
        cells=cell_scores(scenario, rehearsal, _never_said),
        timeline=timeline_of(rehearsal, score),
    )


def brier_of(scores: Iterable[Score]) -> float | None:
    """Return the Brier score over the events of several scripts; None where no truth is known."""
    forecasts = [forecast for score in scores for forecast in forecasts_of(score)]
    return brier_score(forecasts) if forecasts else None


def starts_utc(scenario: Scenario, picture: Picture) -> datetime:
    """Return when a script starts on a sky."""
    return to_the_second(scenario.starts_utc or picture.as_of_utc)


def moments_of(scenario: Scenario, picture: Picture, every_h: float) -> Iterator[datetime]:
    """Yield the moments at which a machine looks; the last is the end."""
    start, length = starts_utc(scenario, picture), scenario.pace.length_h
    number = 1
    while number * every_h < length:
        yield start + timedelta(hours=number * every_h)
        number += 1
    yield start + timedelta(hours=length)


def look_at(stage: Stage, moment: datetime, of_the_sky: OfTheSky, asked: Asked = inquire) -> Look:
    """Return what a machine sees of a stage at a moment, of all that concerns its parts."""
    tape, picture = stage.tape, stage.at(moment)
    concern = frozenset(stage.cast.numbers.values()) | {o for e in tape.truth for o in e.objects}
    around = Surroundings(stage.weather_at(moment), known_failures())
    marking = stage.marking_of(picture)
    model = assessment_model()

    def assessed(inquiry: Inquiry, incident: Incident) -> Assessment:
        return assessment_of(inquiry, incident, model=model, surroundings=around, marking=marking)

    def asked_without(detectors: frozenset[str]) -> Findings:
        chosen = [d for d in EVERY_DETECTOR if f"{d.card.name}/{d.card.version}" in detectors]
        return asked(stage.without(moment), chosen).findings

    return look_of(
        asked(picture, EVERY_DETECTOR),
        concern,
        of_the_sky,
        asked_without=asked_without,
        assessed=assessed,
    )


def _never_said(text: str) -> tuple[str, ...]:
    return tuple(word for language in Language for word in never_said(text, language))


def _span(hours: float) -> np.timedelta64:
    return np.timedelta64(round(hours * 3600.0), "s")
