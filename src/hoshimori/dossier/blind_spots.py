"""What a watch could not have seen, in sentences; without them its silence means nothing."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import duration_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.board import WatchBoard

_ALWAYS = ("coverage.accuracy", "coverage.future", "coverage.unseen")


def failures(board: WatchBoard, language: Language) -> tuple[str, ...]:
    """Return one sentence for each detector that failed or was not asked."""
    return tuple(
        say(
            language,
            "coverage.failed" if run.is_asked else "coverage.not_asked",
            detector=run.detector,
            problem=run.problem,
        )
        for run in board.runs
        if run.problem
    )


def blind_spots(board: WatchBoard, language: Language) -> tuple[str, ...]:
    """Return what limits the watch: objects, ages, assets, history, accuracy, the unpublished."""
    if not board.coverage.objects:
        return (say(language, "coverage.no_orbits"), *_left_out(board, language))
    return (
        _refused(board, language),
        *_left_out(board, language),
        *_ages(board, language),
        _without_elements(board, language),
        _history(board, language),
        _errors(board, language),
        *(say(language, key) for key in _ALWAYS),
    )


def _refused(board: WatchBoard, language: Language) -> str:
    number, total = board.coverage.not_propagated, f"{board.coverage.objects:,}"
    if number == 0:
        return say(language, "coverage.all_propagated", total=total)
    return say_count(language, "coverage.not_propagated", number, total=total)


def _left_out(board: WatchBoard, language: Language) -> tuple[str, ...]:
    number = board.coverage.left_out
    return (say_count(language, "coverage.left_out", number),) if number else ()


def _ages(board: WatchBoard, language: Language) -> tuple[str, ...]:
    coverage = board.coverage
    median, p90 = coverage.element_age_days_median, coverage.element_age_days_p90
    if median is None or p90 is None:
        return ()
    told = say(
        language,
        "coverage.ages",
        median=duration_text(median * 24.0, language),
        p90=duration_text(p90 * 24.0, language),
        old=f"{coverage.older_than_five_days:,}",
    )
    return (told,)


def _without_elements(board: WatchBoard, language: Language) -> str:
    missing = [
        name_of(asset.norad_id, board.names, language)
        for asset in board.coverage.assets
        if asset.element_age_days is None
    ]
    if not missing:
        return say(language, "coverage.all_elements")
    names = say(language, "list.gap").join(missing)
    return say(language, "coverage.no_elements", assets=names)


def _errors(board: WatchBoard, language: Language) -> str:
    own, objects = board.coverage.errors_of_own_history, board.coverage.objects_on_board
    return say(language, "coverage.errors", own=f"{own:,}", objects=f"{objects:,}")


def _history(board: WatchBoard, language: Language) -> str:
    coverage = board.coverage
    if coverage.element_sets <= coverage.objects:
        return say(language, "coverage.no_history")
    sets, objects = f"{coverage.element_sets:,}", f"{coverage.objects:,}"
    return say(language, "coverage.history", sets=sets, objects=objects)
