"""What has to hold in the questions of a script."""

from __future__ import annotations

from hoshimori.formats.scenario_rows import Script, hours
from hoshimori.formats.toml_tables import Row
from hoshimori.model.scenarios import CellKind, QuestionKind

_WITH_SPAN = (QuestionKind.NUMBER, QuestionKind.TIME)


def check_questions(script: Script) -> None:
    """Note what is wrong with times, cells and right answers of questions."""
    for row in script.rows("questions"):
        _check_times(script, row)
        _check_cells(script, row)
        kind = row.get("kind")
        if kind is not None:
            _check_choices(script, row, kind)
            _check_right(script, row, kind)
            _check_span(script, row, kind)


def _check_times(script: Script, row: Row) -> None:
    asked, due, length_h = row.get("asked_h"), row.get("due_h"), script.length_h
    if asked is not None and due is not None and due <= asked:
        problem = f"{hours(due)} is not after it is asked, {hours(asked)}: give time to answer"
        script.tell(row, "due_h", problem)
    for attribute, moment in (("asked_h", asked), ("due_h", due)):
        if moment is not None and length_h is not None and not 0.0 <= moment <= length_h:
            problem = f"{hours(moment)}: expected within 0 to {hours(length_h)}"
            script.tell(row, attribute, problem)
        for start, end in (script.pace.get("jumps_h") or ()) if script.pace else ():
            if moment is not None and start < moment < end:
                problem = f"{hours(moment)} is jumped over, {hours(start)} to {hours(end)}"
                script.tell(row, attribute, f"{problem}: nobody is there, move it")


def _check_cells(script: Script, row: Row) -> None:
    if not script.cells:
        script.tell(row, "cells", "nobody is there to answer: give the script a [[cell]]")
    for n, name in enumerate(row.get("cells") or ()):
        cell = script.cells.get(name)
        if cell is None:
            problem = f"there is no cell {name}: expected {script.cell_names}"
            script.tell(row, "cells", problem, n)
        elif cell.get("kind") is CellKind.WHITE:
            problem = f"{name} is the white cell, which knows the answers: ask national cells"
            script.tell(row, "cells", problem, n)


def _check_choices(script: Script, row: Row, kind: QuestionKind) -> None:
    choices = row.get("choices")
    if choices is None:
        return
    if kind is QuestionKind.CHOICE and len(choices) < 2:
        script.tell(row, "choices", f"{len(choices)} given: expected 2 choices or more")
    if kind is not QuestionKind.CHOICE and choices:
        script.tell(row, "choices", f"a question of kind {kind.value} has none: leave them out")


def _check_right(script: Script, row: Row, kind: QuestionKind) -> None:
    right = row.get("right")
    if right is None:
        return
    if kind is QuestionKind.CHOICE:
        known = [str(n) for n in range(1, len(row.get("choices") or ()) + 1)]
        wanted = f"a number of a choice, 1 to {len(known)}"
    elif kind is QuestionKind.PART:
        known, wanted = list(script.parts), f"a part, {script.part_names}"
    else:
        if right:
            script.tell(row, "right", f"a question of kind {kind.value} has none: leave it out")
        return
    if not right:
        script.tell(row, "right", f"no right answer: expected {wanted}")
    for n, answer in enumerate(right):
        if known and answer not in known:
            script.tell(row, "right", f"{answer}: expected {wanted}", n)


def _check_span(script: Script, row: Row, kind: QuestionKind) -> None:
    if "span" not in row.values:
        return
    span = row.get("span")
    if kind in _WITH_SPAN and span is None:
        script.tell(row, "span", "no span of right answers: expected [low, high]")
    if kind not in _WITH_SPAN and span is not None:
        script.tell(row, "span", f"a question of kind {kind.value} has none: leave it out")
