"""A store that is of an exercise, and what may stand in it: the real and the made never mix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.errors import ReleaseError
from hoshimori.model.provenance import Reality


@dataclass(frozen=True, slots=True)
class ExerciseMark:
    """That a store is of an exercise: written when it is made, and never undone."""

    name: str
    """Of the exercise, as people call it."""
    begun_utc: datetime


def require_asked(reality: Reality, *, exercise: bool, what: str) -> None:
    """Refuse to let out what is of an exercise where nobody asked for an exercise.

    `what` begins the sentence, as in *this dossier*. What is asked for bears EXERCISE on every
    page and record.

    Raises:
        ReleaseError: it is of an exercise, and nobody asked for one.
    """
    if reality is Reality.EXERCISE and not exercise:
        raise ReleaseError(
            f"{what} is EXERCISE and leaves only where that is asked for: --exercise"
        )


def belongs(reality: Reality, mark: ExerciseMark | None) -> bool:
    """Tell whether something may stand in a store: in one of an exercise, what is EXERCISE alone.

    What is simulated or a test may stand beside what is real: it is marked, and its results are.

    >>> belongs(Reality.EXERCISE, None), belongs(Reality.SIMULATED, None)
    (False, True)
    """
    return (reality is Reality.EXERCISE) == (mark is not None)


def require_belongs(reality: Reality, mark: ExerciseMark | None, what: str) -> None:
    """Refuse what may not stand in a store; `what` begins the sentence, as in *this board*.

    Raises:
        ReleaseError: it is of an exercise and the store is not, or the other way round.
    """
    if belongs(reality, mark):
        return
    if mark is None:
        raise ReleaseError(
            f"{what} is EXERCISE and this store is of the real sky: an exercise has a store of "
            "its own"
        )
    raise ReleaseError(
        f"{what} is {reality.value} and this store is of the exercise {mark.name}: nothing but "
        "EXERCISE stands in it"
    )
