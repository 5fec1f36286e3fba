"""Sweeps: cut-down looks equal whole ones, and rows hang on nothing but seed and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.slices import ALL_CASES, whole_only

from hoshimori.errors import SettingsError
from hoshimori.exercise.drawn_scripts import draw
from hoshimori.model.rehearsals import SeenFinding
from hoshimori.model.sweeps import DrawKind
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_skies import ExerciseSky, SkyAsked, exercise_sky
from hoshimori.workflows.sweep import Prepared, SweepPlan, sweep
from hoshimori.workflows.sweep_looks import Drawn, Fared, cut_sight, drawn_on, fared, whole_sight
from hoshimori.workflows.sweep_places import Place, Row, Task, Worker, here, in_processes
from hoshimori.workflows.sweep_sky import SweepSky

SEED = 1
PLAN = SweepPlan(seed=SEED, number=4, only=(DrawKind.LOSS, DrawKind.BURN), controls=1)


@pytest.fixture(scope="module")
def start() -> ExerciseSky:
    return exercise_sky(SkyAsked(objects=900), Settings(), seed=7)


@pytest.fixture(scope="module")
def sky(start: ExerciseSky) -> SweepSky:
    return SweepSky.of(start, SEED)


def drawn_of(sky: SweepSky, kind: DrawKind) -> list[Drawn]:
    """Return draws of a kind that fit a small sky, one of each regime at most."""
    found: dict[str, Drawn] = {}
    for number in range(6):
        one = draw(SEED, number, (kind,))
        if one.regime.value not in found:
            try:
                found[one.regime.value] = drawn_on(sky, one)
            except ValueError:
                continue
    return list(found.values())


def seen(drawn: Drawn, told: Fared) -> list[tuple[SeenFinding, float]]:
    """Return what was seen of the objects that a draw touches, with how rare it is."""
    touched = {*drawn.cast.numbers.values(), *drawn.truth.objects}
    return [
        (finding, told.rarities[finding.finding_id])
        for look in told.rehearsal.looks
        for finding in look.findings
        if set(finding.objects) & touched and not finding.is_of_the_sky
    ]


@pytest.mark.parametrize("kind", list(DrawKind))
def test_a_cut_down_look_shows_what_a_whole_one_shows(sky: SweepSky, kind: DrawKind) -> None:
    every = drawn_of(sky, kind)
    assert every
    for drawn in every[: 2 if ALL_CASES else 1]:
        cut, whole = fared(drawn, cut_sight(drawn)), fared(drawn, whole_sight(drawn))
        assert len(cut.rehearsal.looks) == len(whole.rehearsal.looks)
        assert seen(drawn, cut) == seen(drawn, whole)
        assert cut.score == whole.score


@pytest.fixture(scope="module")
def computed(sky: SweepSky) -> Place:
    """A place where every row of the plan is computed once for all tests."""
    work = Prepared(PLAN).on(sky)
    rows = {task: work(task) for task in PLAN.tasks()}

    def place(sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]) -> Iterator[Row]:
        yield from (rows[task] for task in tasks)

    return place


@whole_only
def test_rows_are_the_same_whoever_computes_them() -> None:
    small, few = exercise_sky(SkyAsked(objects=200), Settings(), seed=7), replace(PLAN, number=3)
    alone = sweep(small, few, place=here)
    assert alone.fitting >= 2
    assert sweep(small, few, place=in_processes(2)) == alone


def test_a_sweep_goes_on_where_its_file_ends(
    start: ExerciseSky, computed: Place, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    whole = sweep(start, PLAN, place=computed, file=file)
    text = file.read_text(encoding="utf-8")
    kept = text[: text.rfind("\n", 0, len(text) - 40) + 20]
    file.write_text(kept, encoding="utf-8")
    shown: list[tuple[int, int]] = []
    again = sweep(
        start,
        PLAN,
        place=computed,
        file=file,
        on_progress=lambda done, of: shown.append((done, of)),
    )
    assert again == whole
    assert shown == [(5, 5)]
    assert sorted(file.read_text("utf-8").splitlines()) == sorted(text.splitlines())
    assert sweep(start, PLAN, place=_nowhere, file=file) == whole


def test_more_draws_go_on_in_the_same_file(
    start: ExerciseSky, computed: Place, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    few = replace(PLAN, number=2)
    sweep(start, few, place=computed, file=file)
    again = sweep(start, PLAN, place=computed, file=file)
    assert again == sweep(start, PLAN, place=computed)
    assert sweep(start, few, place=_nowhere, file=file).rows == 2


def test_another_sweep_does_not_go_on_in_a_file(start: ExerciseSky, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    sweep(start, replace(PLAN, number=0, controls=0), place=here, file=file)
    with pytest.raises(SettingsError, match="holds another sweep"):
        sweep(start, replace(PLAN, seed=2), place=here, file=file)


def test_a_draw_that_does_not_fit_its_sky_is_a_row_with_its_problem(sky: SweepSky) -> None:
    nobody = replace(sky.candidates, with_history=sky.candidates.with_history[:0])
    bare = replace(
        sky,
        candidates=replace(
            nobody,
            sets=nobody.sets.take(slice(0, 0)),
            elements=nobody.elements.take(slice(0, 0)),
            types=(),
            is_quiet=nobody.is_quiet[:0],
        ),
    )
    work = Prepared(PLAN).on(bare)
    row = work(Task(number=0))
    assert "no object of this sky fits" in getattr(row, "problem", "")


def _nowhere(sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]) -> Iterator[Row]:
    raise AssertionError("nothing is left to compute")
