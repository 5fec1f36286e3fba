"""A short script for three cells on a small made sky, played by hand: no wall clock runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.formats.scenarios import scenario_of
from hoshimori.model.scenarios import Scenario
from hoshimori.settings import Settings
from hoshimori.workflows import live_folders
from hoshimori.workflows.exercise_skies import ExerciseSky, SkyAsked, exercise_sky
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.live_exercise import LiveExercise, settings_of_exercise
from hoshimori.workflows.live_folders import LiveAsked, opened_exercise

DETECTORS = (OperatorReportDetector(), ProximityDetector())
TREE = settings_of_exercise(Settings())
TURN_S = 60.0
SCRIPT = """
id = "canary-script"
kind = "drill"
source = "CANARYSOURCE"
seed = 3
sky = "any"
title = { en = "CANARYTITLE", ja = "訳CANARYTITLE" }
story = { en = "CANARYSTORY", ja = "訳CANARYSTORY" }
read_ahead = { en = "READAHEAD", ja = "訳READAHEAD" }
[[objective]]
en = "CANARYOBJECTIVE"
ja = "訳CANARYOBJECTIVE"
[pace]
length_h = 24
speed = 60
watch_every_h = 6
pauses_h = [12]
jumps_h = [[14, 20]]
[[part]]
name = "canary-one"
is_asset = true
[part.choice]
kind = "payload"
[[part]]
name = "canary-two"
[part.choice]
kind = "payload"
[[cell]]
name = "control"
kind = "white"
task = { en = "CANARYWHITE", ja = "訳CANARYWHITE" }
[[cell]]
name = "blue"
kind = "national"
partner = "JPN"
task = { en = "TASKBLUE", ja = "訳TASKBLUE" }
[[cell]]
name = "green"
kind = "national"
partner = "USA"
task = { en = "TASKGREEN", ja = "訳TASKGREEN" }
[[cell]]
name = "house"
kind = "national"
task = { en = "TASKHOUSE", ja = "訳TASKHOUSE" }
[[inject]]
id = "canary-burn"
kind = "burn"
at_h = 2
part = "canary-two"
delta_v_rtn_m_s = [0.0, 1.5, 0.0]
[[inject]]
id = "canary-for-blue"
kind = "report"
at_h = 5
statement = "no_answer"
parts = ["canary-one"]
source = "an operator"
grade = "B2"
text = "REPORTBLUE"
begins_h = 1
is_true = false
for_cells = ["blue"]
[[inject]]
id = "canary-later"
kind = "report"
at_h = 21
statement = "no_answer"
parts = ["canary-one"]
source = "an operator"
grade = "B2"
text = "REPORTLATER"
begins_h = 1
is_true = true
[[expected]]
inject = "canary-later"
findings = ["operator_report"]
within_h = 12
[[question]]
id = "part-q"
cells = ["blue"]
asked_h = 3
due_h = 9
kind = "part"
text = { en = "QUESTIONBLUE", ja = "訳QUESTIONBLUE" }
right = ["canary-two"]
[[question]]
id = "words-q"
asked_h = 4
due_h = 8
kind = "words"
text = { en = "QUESTIONALL", ja = "訳QUESTIONALL" }
points = 5
[[question]]
id = "time-q"
cells = ["green"]
asked_h = 4
due_h = 24
kind = "time"
text = { en = "QUESTIONGREEN", ja = "訳QUESTIONGREEN" }
span = [1.0, 3.0]
[[question]]
id = "later-q"
asked_h = 21
due_h = 23
kind = "choice"
text = { en = "QUESTIONLATER", ja = "訳QUESTIONLATER" }
choices = [{ en = "a", ja = "訳a" }, { en = "CANARYCHOICE", ja = "訳CANARYCHOICE" }]
right = [2]
"""


@cache
def _sky(asked: SkyAsked, settings: Settings, *, seed: int) -> ExerciseSky:
    return exercise_sky(asked, settings, seed=seed)


def script() -> Scenario:
    """Return the script."""
    return scenario_of(SCRIPT.encode(), source="script")


@dataclass
class Play:
    """An exercise with its floor; the wall's clock goes on by `turn` alone."""

    live: LiveExercise
    floor: Floor
    wall: list[float]

    @property
    def at_h(self) -> float:
        return self.live.stage.hour(self.live.clock.now_utc())

    def turn(self, seconds: float = 0.0) -> None:
        """Let seconds pass on the wall, and do what is due then."""
        self.wall[0] += seconds
        for _ in range(3):
            self.live.conductor.step()
            self.floor.step()
        self.live.conductor.step()

    def until(self, at_h: float) -> None:
        """Play until an hour, going on after pauses of the script."""
        self.turn()
        while self.at_h < at_h and not self.live.is_over:
            if self.live.clock.moment().is_paused:
                self.live.set_clock(paused=False)
            left_h = at_h - self.at_h
            self.turn(min(TURN_S, left_h * 3600.0 / self.live.clock.moment().speed + 1e-5))


@contextmanager
def playing(
    folder: Path,
    asked: LiveAsked | None = None,
    *,
    change: Callable[[Scenario], Scenario] = lambda script: script,
    goes_on: bool = False,
) -> Iterator[Play]:
    """Begin, or go on with, an exercise in a folder."""
    wall = [0.0]
    if asked is None and not goes_on:
        asked = LiveAsked(change(script()), SkyAsked(objects=150), "Autumn Sky")
    with ExitStack() as stack:
        # The same small sky serves all of them.
        stack.enter_context(patch.object(live_folders, "exercise_sky", _sky))
        live = opened_exercise(TREE, folder, asked, steady=lambda: wall[0])
        stack.enter_context(live)
        parts = replace(live.parts(), detectors=DETECTORS, every_detector=DETECTORS)
        tree = settings_of_exercise(Settings(), folder)
        with Floor(tree, folder, parts) as floor:
            live.attach(floor)
            yield Play(live, floor, wall)
