"""Which incidents a report belongs to: what is stated goes with what was measured."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping

from hoshimori.model.findings import AnyFinding, OperatorReport
from hoshimori.model.reports import EFFECTS

Pair = tuple[tuple[int, ...], tuple[int, ...]]


def join_reports(
    groups: MutableMapping[Pair, list[AnyFinding]],
    reports: Iterable[OperatorReport],
    asset_ids: frozenset[int],
) -> None:
    """Add reports to the groups of findings (assets and other objects) that they belong to.

    A report joins every group in which all of its objects take part, else the meetings that are
    among its objects, else it stands alone. One about a single asset also stands alone, so that
    it is seen once where it joins many. Reports without objects stand together.
    """
    for report in sorted(reports, key=lambda r: (-len(r.objects), r.finding_id)):
        own = _own_pair(report, asset_ids)
        about = frozenset(report.objects)
        around = [pair for pair in groups if about and about <= _objects(pair)]
        if not around:
            around = [p for p in groups if len(_objects(p)) > 1 and _objects(p) <= about]
        if not around or not own[1]:
            around = list(dict.fromkeys((*around, own)))
        for pair in around:
            groups[pair].append(report)


def asks_for_watching(report: OperatorReport, pair: Pair) -> bool:
    """Tell whether a report makes an incident worth watching: an effect on all that it is about."""
    return report.statement in EFFECTS and _objects(pair) <= frozenset(report.objects)


def _objects(pair: Pair) -> frozenset[int]:
    return frozenset(pair[0] + pair[1])


def _own_pair(report: OperatorReport, asset_ids: frozenset[int]) -> Pair:
    about = sorted(report.objects)
    return (
        tuple(i for i in about if i in asset_ids),
        tuple(i for i in about if i not in asset_ids),
    )
