"""The mark of a store of an exercise: there from the first moment, and never undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoshimori.errors import ReleaseError, StoreError
from hoshimori.model.elements import ElementSets
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading
from hoshimori.store import exercise_of, open_alerts, open_boards, open_journal, open_store
from hoshimori.store.exercise_mark import FILE, write_beside

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MARK = ExerciseMark("Autumn Sky 秋", NOON)

MakeSets = Callable[..., ElementSets]


def keep(folder: Path, sets: ElementSets, reality: Reality) -> int:
    with open_store(folder) as store:
        return store.append(
            Reading(sets, ()), payload=b"made", source="made", received_utc=NOON, reality=reality
        ).new


def test_a_store_bears_the_mark_from_when_it_is_made(tmp_path: Path) -> None:
    with open_store(tmp_path, exercise=MARK) as store:
        assert store.exercise == MARK
        with store.beside() as other:
            assert other.exercise == MARK
    assert exercise_of(tmp_path) == MARK
    with open_store(tmp_path) as store:
        assert store.exercise == MARK
    with open_store(tmp_path, read_only=True) as store:
        assert store.exercise == MARK


def test_a_store_of_the_real_sky_has_none_and_becomes_none(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert store.exercise is None
    assert exercise_of(tmp_path) is None
    with pytest.raises(StoreError, match="holds the real sky: an exercise begins in a folder"):
        open_store(tmp_path, exercise=MARK)
    with open_store(tmp_path) as store:
        assert store.exercise is None


def test_a_store_of_one_exercise_becomes_none_of_another(tmp_path: Path) -> None:
    open_store(tmp_path, exercise=MARK).close()
    open_store(tmp_path, exercise=ExerciseMark(MARK.name, datetime.now(UTC))).close()
    with pytest.raises(StoreError, match="is of the exercise Autumn Sky 秋"):
        open_store(tmp_path, exercise=ExerciseMark("Another", NOON))


def test_taking_the_sign_away_does_not_undo_it(tmp_path: Path) -> None:
    open_store(tmp_path, exercise=MARK).close()
    (tmp_path / FILE).unlink()
    with open_store(tmp_path) as store:
        assert store.exercise == MARK
    assert exercise_of(tmp_path) == MARK


def test_a_sign_beside_a_store_of_the_real_sky_opens_nothing(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    write_beside(tmp_path, MARK)
    with pytest.raises(StoreError, match="find out which of them was moved here"):
        open_store(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"exercise": "x", "begun_utc": "soon"}', "\xff"])
def test_a_damaged_sign_is_not_taken_for_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="latin-1")
    with pytest.raises(StoreError, match="the mark of an exercise cannot be read"):
        exercise_of(tmp_path)


def test_every_file_of_the_store_knows_it(tmp_path: Path) -> None:
    open_store(tmp_path, exercise=MARK).close()
    with open_journal(tmp_path) as journal, open_alerts(tmp_path) as book:
        assert journal.exercise == book.exercise == MARK
    with open_boards(tmp_path) as boards:
        assert boards.exercise == MARK


@pytest.mark.parametrize("reality", [Reality.REAL, Reality.SIMULATED, Reality.TEST])
def test_facts_of_an_exercise_and_others_never_meet(
    tmp_path: Path, make_sets: MakeSets, reality: Reality
) -> None:
    open_store(tmp_path / "drill", exercise=MARK).close()
    made, other = (make_sets([1], [0.0], reality=r) for r in (Reality.EXERCISE, reality))
    assert keep(tmp_path / "drill", made, Reality.EXERCISE) == 1
    assert keep(tmp_path / "real", other, reality) == 1
    refusals = (
        ("drill", other, reality, "of the exercise Autumn Sky"),
        ("real", made, Reality.EXERCISE, "of the real sky"),
        # Neither the delivery nor a row in it may be of the other kind.
        ("drill", other, Reality.EXERCISE, "of the exercise Autumn Sky"),
        ("real", made, Reality.REAL, "of the real sky"),
    )
    for folder, sets, stated, why in refusals:
        with pytest.raises(ReleaseError, match=why):
            keep(tmp_path / folder, sets, stated)
    for folder in ("drill", "real"):
        with open_store(tmp_path / folder) as store:
            assert len(store.receipts()) == 1
