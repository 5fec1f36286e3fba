"""`rehearse run`, `score`, `debrief`: a machine plays scripts alone, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.status import Status
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.rehearsal_rows import (
    EventRow,
    ScriptScoreRow,
    answer_lines,
    event_row,
    problem_row,
    score_sentences,
    script_score_row,
    unseen_sentences,
)
from hoshimori.dossier.wording import reality_text
from hoshimori.errors import SettingsError
from hoshimori.exercise.unseen import unseen
from hoshimori.formats.json_document import write_json
from hoshimori.formats.markings import write_marking
from hoshimori.model.markings import joined
from hoshimori.model.provenance import Reality
from hoshimori.model.rehearsals import AfterAction
from hoshimori.model.scenarios import Scenario, SkyKind
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.debriefing import debrief
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.exercise_library import library, script_named
from hoshimori.workflows.exercise_skies import ExerciseSky, SkyAsked, exercise_sky
from hoshimori.workflows.rehearsal_folders import KeptRehearsal, keep_rehearsal, kept_rehearsal
from hoshimori.workflows.rehearse import brier_of, rehearse
from hoshimori.workflows.sealing import write_whole


@dataclass(frozen=True, slots=True)
class RunArguments:
    """What is to be played, on what, and where it is kept."""

    names: tuple[str, ...]
    every_script: bool
    sky: SkyAsked
    every_h: float | None
    output: Path | None
    language: str | None
    settings: Path | None


@dataclass(frozen=True, slots=True)
class _Played:
    """One script of a run."""

    script: str
    kept: KeptRehearsal | None
    problem: str = ""
    """Why it does not fit its sky."""


def sky_asked_for(
    *,
    synthetic: bool,
    objects: int,
    seed: int | None,
    catalogue: Sequence[Path] | None,
    store: Path | None,
    as_of: str,
) -> SkyAsked:
    """Return the sky that options name: a made one where they name none.

    Raises:
        SettingsError: they name more than one.
    """
    if sum((synthetic, bool(catalogue), store is not None)) > 1:
        raise SettingsError("choose one of --synthetic, --catalogue and --store")
    return SkyAsked(
        catalogues=tuple(catalogue or ()),
        store=store,
        objects=objects,
        seed=seed,
        as_of_utc=moment_from(as_of) if as_of else None,
    )


def run_rehearsals(arguments: RunArguments, *, as_json: bool) -> None:
    """Play scripts with the machine alone and print the score."""
    tree = load_settings(arguments.settings)
    chosen = Language(arguments.language or tree.watch.language)
    scripts = _scripts(arguments)
    played = []
    for one in _played(scripts, arguments, tree):
        played.append(one)
        if one.kept is None and len(scripts) == 1:
            raise SettingsError(one.problem)
        if one.kept is not None and arguments.output is not None:
            _keep(one.kept, arguments.output, many=len(scripts) > 1, language=chosen)
        if one.kept is not None:
            _hint(one.kept, chosen)
    told = {one.script: one.kept.told for one in played if one.kept is not None}
    if as_json:
        print(write_json(_value(played, told)))
    elif len(scripts) == 1:
        _print_one(scripts[0], told[scripts[0].scenario_id], chosen)
    else:
        _print_many(played, told, chosen)


def run_score(folder: Path, language: str | None, settings: Path | None, *, as_json: bool) -> None:
    """Score a kept rehearsal again, with what people did."""
    chosen = Language(language or load_settings(settings).watch.language)
    kept = kept_rehearsal(folder)
    told = kept.told
    if as_json:
        print(write_json(_told_value(told)))
        return
    _print_one(kept.scenario, told, chosen)


def run_debrief(
    folder: Path, paper: str, output: Path | None, language: str | None, settings: Path | None
) -> None:
    """Write the after-action report of a kept rehearsal."""
    chosen = Language(language or load_settings(settings).watch.language)
    kept = kept_rehearsal(folder)
    made = debrief(kept.scenario, kept.told, chosen, paper)
    path = output or folder / made.name
    write_whole(path, made.data)
    print(path)


def _scripts(arguments: RunArguments) -> tuple[Scenario, ...]:
    if arguments.every_script and arguments.names:
        raise SettingsError("name scripts, or ask for --all of them")
    if arguments.every_script:
        return library()
    if not arguments.names:
        raise SettingsError("name a script, or --all; `hoshimori rehearse list` names the library")
    return tuple(map(script_named, arguments.names))


def _played(
    scripts: Sequence[Scenario], arguments: RunArguments, tree: Settings
) -> Iterator[_Played]:
    """Yield scripts as they are played; those that share a sky share it."""
    skies: dict[int, ExerciseSky] = {}
    with Console(stderr=True).status("") as status:
        for script in scripts:
            status.update(script.scenario_id)
            seed = arguments.sky.seed if arguments.sky.seed is not None else script.seed
            key = seed if arguments.sky.is_made else 0
            if key not in skies:
                # One sky at a time: a full one is large.
                skies = {key: exercise_sky(arguments.sky, tree, seed=seed)}
            yield _one(script, skies[key], arguments, tree, status)


def _one(
    script: Scenario, sky: ExerciseSky, arguments: RunArguments, tree: Settings, status: Status
) -> _Played:
    if script.sky is SkyKind.MADE and not arguments.sky.is_made:
        problem = f"{script.scenario_id} plays on a made sky alone: leave the catalogue out"
        return _Played(script.scenario_id, None, problem)

    def show(name: str, done: int, of: int) -> None:
        status.update(f"{name} {done}/{of}")

    try:
        rehearsal = rehearse(
            script,
            sky.picture,
            sky=sky.origin,
            settings=tree,
            every_h=arguments.every_h,
            habits=sky.habits,
            on_progress=show,
        )
    except SettingsError as error:
        return _Played(script.scenario_id, None, str(error))
    return _Played(script.scenario_id, KeptRehearsal(script, rehearsal))


def _keep(kept: KeptRehearsal, output: Path, *, many: bool, language: Language) -> None:
    folder = output / kept.scenario.scenario_id if many else output
    keep_rehearsal(folder, kept)
    print(f"hoshimori: {say(language, 'rehearsal.written', file=str(folder))}", file=sys.stderr)


def _hint(kept: KeptRehearsal, language: Language) -> None:
    rehearsal = kept.rehearsal
    ends_utc = rehearsal.starts_utc + timedelta(hours=kept.scenario.pace.length_h)
    events = unseen(kept.scenario, rehearsal.truth, ends_utc)
    for line in unseen_sentences(events, ends_utc, language):
        print(f"hoshimori: {kept.scenario.scenario_id}: {line}", file=sys.stderr)


def _value(played: Sequence[_Played], told: dict[str, AfterAction]) -> dict[str, Any]:
    return {
        "reality": "EXERCISE",
        "marking": write_marking(joined(one.rehearsal.marking for one in told.values())),
        "rehearsals": [_told_value(one) for one in told.values()],
        "brier": brier_of(one.score for one in told.values()),
        "problems": [
            {"scenario_id": one.script, "problem": one.problem} for one in played if one.problem
        ],
    }


def _told_value(told: AfterAction) -> dict[str, Any]:
    rehearsal = told.rehearsal
    return {
        "reality": "EXERCISE",
        "marking": write_marking(rehearsal.marking),
        "scenario_id": rehearsal.scenario_id,
        "sky": rehearsal.sky,
        "starts_utc": rehearsal.starts_utc,
        "looks": len(rehearsal.looks),
        "cast": rehearsal.numbers,
        "score": told.score,
        "cells": told.cells,
        "timeline": told.timeline,
    }


def _print_one(script: Scenario, told: AfterAction, language: Language) -> None:
    console = Console()
    title = say(language, "rehearsal.title", title=script.title[language.value])
    console.print(*banner(told.rehearsal.marking, Reality.EXERCISE, language), sep="\n")
    console.print(Text(f"[{_exercise(language)}] {title}", style="bold"))
    rows = [event_row(event, language) for event in told.score.events]
    if rows:
        console.print(Rows(EventRow, rows, "rehearsal", language))
    for line in score_sentences(told.score, language):
        console.print(Text(line), soft_wrap=True, highlight=False)
    for cell in told.cells:
        points = say(
            language, "rehearsal.cell.points", points=f"{cell.points:g}", of=f"{cell.of:g}"
        )
        if told.rehearsal.acts:
            line = say(language, "rehearsal.note", name=cell.cell, verdict=points)
            for told_line in (line, *answer_lines(script, cell, language)):
                console.print(Text(told_line), soft_wrap=True, highlight=False)


def _print_many(
    played: Sequence[_Played], told: dict[str, AfterAction], language: Language
) -> None:
    console = Console()
    played_so = say_count(language, "rehearsal.all", len(told))
    marking = joined(one.rehearsal.marking for one in told.values())
    console.print(*banner(marking, Reality.EXERCISE, language), sep="\n")
    console.print(Text(f"[{_exercise(language)}] {played_so}", style="bold"))
    rows = [
        script_score_row(told[one.script].score, language)
        if one.script in told
        else problem_row(one.script, one.problem, language)
        for one in played
    ]
    console.print(Rows(ScriptScoreRow, rows, "rehearsal", language))


def _exercise(language: Language) -> str:
    return reality_text(Reality.EXERCISE, language)
