"""`rehearse serve`: from arguments to a server on which people play a script."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from hoshimori.cli.serving import Opened, ServeArguments, serve_floor
from hoshimori.dossier.language import Language
from hoshimori.dossier.rehearsal_rows import unseen_sentences
from hoshimori.errors import SettingsError
from hoshimori.exercise.unseen import unseen
from hoshimori.model.happenings import Witness
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.exercise_library import script_named
from hoshimori.workflows.exercise_skies import SkyAsked
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.live_exercise import LiveExercise, settings_of_exercise
from hoshimori.workflows.live_folders import LiveAsked, exercise_folder, opened_exercise


@dataclass(frozen=True, slots=True)
class PlayArguments:
    """Which script is to be played, on what, and where it is kept."""

    script: str | None
    """None: the exercise that the folder holds goes on."""
    sky: SkyAsked
    folder: Path | None
    name: str
    speed: float | None
    is_paused: bool
    serve: ServeArguments
    """Where it is served; `store` is not looked at."""


def run_play(arguments: PlayArguments) -> int:
    """Serve an exercise until the process is told to end; return the exit status.

    Raises:
        SettingsError: the script does not fit the sky, the folder holds another exercise, or the
            arguments contradict one another.
        StoreError: another process serves it.
    """
    house = load_settings(arguments.serve.settings)
    asked = _asked(arguments)
    folder = _folder(arguments, asked, house)
    tree = settings_of_exercise(house, folder)
    serve = replace(arguments.serve, synthetic_seed=None, store=folder)

    def opened(stack: contextlib.ExitStack, witness: Witness) -> Opened:
        exercise = stack.enter_context(opened_exercise(tree, folder, asked))
        floor = Floor(tree, folder, replace(exercise.parts(), witness=witness))
        exercise.attach(floor)
        _hint(exercise, Language(house.watch.language))
        return Opened(floor, exercise)

    return serve_floor(serve, tree, opened)


def _hint(exercise: LiveExercise, language: Language) -> None:
    """Tell who directs what nobody can find, on the terminal that cells do not see."""
    stage = exercise.stage
    events = unseen(stage.scenario, stage.stage.tape.truth, stage.ends_utc)
    for line in unseen_sentences(events, stage.ends_utc, language):
        print(f"hoshimori: {line}", file=sys.stderr)


def _asked(arguments: PlayArguments) -> LiveAsked | None:
    if arguments.script is None:
        return None
    return LiveAsked(
        scenario=script_named(arguments.script),
        sky=arguments.sky,
        name=arguments.name,
        speed=arguments.speed,
        is_paused=arguments.is_paused,
    )


def _folder(arguments: PlayArguments, asked: LiveAsked | None, tree: Settings) -> Path:
    if arguments.folder is not None:
        return arguments.folder
    if asked is None:
        raise SettingsError("name a script, or with --folder the exercise that is to go on")
    return exercise_folder(tree, asked.scenario.scenario_id)
