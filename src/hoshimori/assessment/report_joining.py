"""Which incidents a report belongs to: what is stated goes with what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from hoshimori.model.findings import AnyFinding, OperatorReport
from hoshimori.model.reports import EFFECTS


def places_of(
    report: OperatorReport,
    objects_of: Sequence[frozenset[int]],
) -> list[int]:
    """Return the numbers of the groups, given by their objects, that a report joins.

    A report joins every group in which all of its objects take part, else the meetings that are
    among its objects; none is left where it stands alone.
    """
    about = frozenset(report.objects)
    if not about:
        return []
    around = [i for i, objects in enumerate(objects_of) if about <= objects]
    meetings = [i for i, objects in enumerate(objects_of) if len(objects) > 1 and objects <= about]
    return around or meetings


def stands_alone(report: OperatorReport, joined: int, asset_ids: frozenset[int]) -> bool:
    """Tell whether a report also makes an incident of its own.

    One about assets only does, so that it is seen once where it joins many.
    """
    return not joined or asset_ids >= frozenset(report.objects)


def apart_in_time(report: OperatorReport, findings: Iterable[AnyFinding]) -> timedelta:
    """Return how far a report is from the span of findings; zero where it is within."""
    spans = [(f.start_utc, f.end_utc) for f in findings]
    before = min(start for start, _ in spans) - report.end_utc
    after = report.start_utc - max(end for _, end in spans)
    return max(before, after, timedelta(0))


def asks_for_watching(report: OperatorReport, objects: frozenset[int]) -> bool:
    """Tell whether a report makes an incident worth watching: an effect on all that it is about."""
    return report.statement in EFFECTS and objects <= frozenset(report.objects)
