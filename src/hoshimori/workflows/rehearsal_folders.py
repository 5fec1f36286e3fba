"""Rehearsals in folders: the script, the looks and what people did, to be scored again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.markings import write_marking
from hoshimori.formats.rehearsals import read_acts, read_rehearsal, write_rehearsal
from hoshimori.formats.scenarios import scenario_of, write_scenario
from hoshimori.model.rehearsals import AfterAction, Rehearsal
from hoshimori.model.scenarios import Scenario
from hoshimori.workflows.rehearse import after_action
from hoshimori.workflows.sealing import write_whole

SCRIPT, LOOKS, ACTS, SCORE = "scenario.toml", "rehearsal.json", "acts.json", "score.json"


@dataclass(frozen=True, slots=True, eq=False)
class KeptRehearsal:
    """A script with what came of it."""

    scenario: Scenario
    rehearsal: Rehearsal

    @property
    def told(self) -> AfterAction:
        """All that is told of it, scored anew."""
        return after_action(self.scenario, self.rehearsal)


def keep_rehearsal(folder: Path, kept: KeptRehearsal) -> tuple[Path, ...]:
    """Write a rehearsal and its score into a folder, made where it is not there; return the files.

    Raises:
        SettingsError: it cannot be written, or the folder holds a rehearsal of another script.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder}: {error.strerror or error}") from None
    there = folder / SCRIPT
    if there.is_file():
        other = scenario_of(there.read_bytes(), source=str(there)).scenario_id
        if other != kept.scenario.scenario_id:
            raise SettingsError(f"{folder} holds a rehearsal of {other}: name another folder")
    files = {
        SCRIPT: write_scenario(kept.scenario),
        LOOKS: write_rehearsal(kept.rehearsal),
        SCORE: score_document(kept.told),
    }
    for name, data in files.items():
        write_whole(folder / name, data)
    return tuple(folder / name for name in files)


def kept_rehearsal(folder: Path) -> KeptRehearsal:
    """Return the rehearsal of a folder, with what people did where ``acts.json`` tells of it.

    Raises:
        SettingsError: the folder holds none.
        FormatError: a file in it is not as it should be.
    """
    scenario = scenario_of(_bytes(folder / SCRIPT), source=str(folder / SCRIPT))
    rehearsal = read_rehearsal(_bytes(folder / LOOKS), source=str(folder / LOOKS))
    acts = folder / ACTS
    if acts.is_file():
        more = read_acts(acts.read_bytes(), source=str(acts))
        rehearsal = replace(rehearsal, acts=(*rehearsal.acts, *more))
    return KeptRehearsal(scenario, rehearsal)


def score_document(told: AfterAction) -> bytes:
    """Return the score of machine and people as JSON, marked EXERCISE."""
    document = {
        "reality": "EXERCISE",
        "marking": write_marking(told.rehearsal.marking),
        "score": told.score,
        "cells": told.cells,
        "timeline": told.timeline,
    }
    return (write_json(document) + "\n").encode()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"{path}: {error.strerror or error}"
        raise SettingsError(f"{problem}; `hoshimori rehearse run --output` makes it") from None
