"""What of a delivery, of reports and of maps may stand in a store: exercises have their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.model.exercise_stores import ExerciseMark, require_belongs
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.model.reports import OperatorReport

_PROBLEM = "EXERCISE, and this store is of the real sky: an exercise has a store of its own"
_FIELD = "DATA_MODE"


def entering(mark: ExerciseMark | None) -> Reality:
    """Return the reality that whatever enters a store has at least."""
    return Reality.REAL if mark is None else Reality.EXERCISE


def admitted(reading: Reading, mark: ExerciseMark | None, *, source: str) -> Reading:
    """Return a reading without the element sets of exercises, which are refused with the reason.

    In the store of an exercise all of it stays, as readers mark it EXERCISE.
    """
    sets = reading.element_sets
    refused = _of_exercises(sets.provenances, sets.provenance_index)
    if mark is not None or not refused.any():
        return reading
    rejections = tuple(
        Rejection(source, 0, _FIELD, f"{sets.norad_id[row]}: {_PROBLEM}", b"")
        for row in np.flatnonzero(refused).tolist()
    )
    kept = sets.take(~refused)
    used, index = np.unique(kept.provenance_index, return_inverse=True)
    kept = replace(
        kept,
        provenance_index=index.astype(np.int32),
        provenances=tuple(kept.provenances[k] for k in used),
    )
    return replace(reading, element_sets=kept, rejections=(*reading.rejections, *rejections))


@dataclass(frozen=True, slots=True, eq=False)
class AdmittedPicture:
    """A picture as a store may show it, and what was left out."""

    picture: Picture
    notes: tuple[str, ...] = ()


def admitted_picture(picture: Picture, mark: ExerciseMark | None) -> AdmittedPicture:
    """Return a picture for a store: all EXERCISE for one of an exercise, else none of it.

    What is laid beside the facts of the real sky and is of an exercise (reports, maps) is left out
    and told of: one of them would make the whole board an exercise.

    Raises:
        ReleaseError: the element sets are of an exercise, and the store is not.
    """
    if mark is not None:
        return AdmittedPicture(as_exercise(picture))
    require_belongs(picture.history.reality, mark, "this sky")
    reports = _real_reports(picture.reports)
    maps, rows = picture.integrity, 0
    without = len(picture.reports) - len(reports)
    if maps is not None:
        of_exercises = _of_exercises(maps.provenances, maps.provenance_index)
        rows = int(np.count_nonzero(of_exercises))
        maps = _without(maps, of_exercises)
    receivers = tuple(s for s in picture.receivers if s.reality is not Reality.EXERCISE)
    notes = []
    if len(receivers) < len(picture.receivers):
        notes.append(f"{len(picture.receivers) - len(receivers):,} receivers left out: {_PROBLEM}")
    signals = tuple(s for s in picture.signals if s.reality is not Reality.EXERCISE)
    if len(signals) < len(picture.signals):
        notes.append(f"{len(picture.signals) - len(signals):,} signals left out: {_PROBLEM}")
    flights = picture.passages
    if flights is not None and flights.reality is Reality.EXERCISE:
        notes.append(f"{len(flights):,} passages of aircraft were left out: {_PROBLEM}")
        flights = None
    if without:
        notes.append(f"{without:,} reports were left out: {_PROBLEM}")
    if rows:
        notes.append(f"{rows:,} rows of integrity maps were left out: {_PROBLEM}")
    if not notes:
        return AdmittedPicture(picture)
    return AdmittedPicture(
        replace(
            picture,
            reports=reports,
            integrity=maps,
            receivers=receivers,
            passages=flights,
            signals=signals,
        ),
        tuple(notes),
    )


def _real_reports(reports: Sequence[OperatorReport]) -> tuple[OperatorReport, ...]:
    return tuple(report for report in reports if report.reality is not Reality.EXERCISE)


def _without(maps: IntegrityCells, rows: npt.NDArray[np.bool_]) -> IntegrityCells | None:
    if not rows.any():
        return maps
    kept = maps.take(~rows)
    return kept if len(kept) else None


def _of_exercises(
    provenances: Sequence[Provenance], index: npt.NDArray[np.int32]
) -> npt.NDArray[np.bool_]:
    """Return which rows are of exercises."""
    of_source = np.array([p.reality is Reality.EXERCISE for p in provenances] or [False])
    return np.asarray(of_source[index])
