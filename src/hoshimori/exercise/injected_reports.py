"""What a script has people state: operators, partners, the press; true or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hoshimori.model.digest import report_digest
from hoshimori.model.injects import StatedReport
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import NOT_COUNTED, OperatorReport
from hoshimori.model.scenarios import Cell

DETECTOR = "operator_reports/1"
"""As reports are called that are read from files: the board shows no difference."""


def stated_report(
    inject: StatedReport,
    *,
    numbers: Mapping[str, int],
    cells: Sequence[Cell],
    starts_utc: datetime,
) -> OperatorReport:
    """Return the report that an inject states, EXERCISE, known from when the inject begins.

    `numbers` are the catalogue numbers of the parts. A report for some cells may be released to
    their partners alone. Whether it is true stays with the script.

    Raises:
        ValueError: it names a part or a cell that there is not.
    """
    known_utc = starts_utc + timedelta(hours=inject.at_h)
    begins_utc = starts_utc + timedelta(hours=inject.begins_h)
    objects = tuple(_number(name, inject, numbers) for name in inject.parts)
    digest = report_digest(
        statement=inject.statement,
        objects=objects,
        moments_utc=(begins_utc, max(begins_utc, known_utc), known_utc),
        source=inject.source,
        source_chain=inject.source,
        grade=inject.grade,
        text=inject.text,
        reference="",
        reality=Reality.EXERCISE,
    )
    return OperatorReport(
        finding_id=digest,
        detector=DETECTOR,
        objects=objects,
        start_utc=begins_utc,
        # What was announced for later ends when it begins; what happened, when it was told.
        end_utc=max(begins_utc, known_utc),
        base_rate=NOT_COUNTED,
        confidence=inject.grade.confidence(),
        confidence_because=f"stated, not measured; graded {inject.grade}",
        basis=(digest,),
        reality=Reality.EXERCISE,
        statement=inject.statement,
        source=inject.source,
        source_chain=inject.source,
        grade=inject.grade,
        text=inject.text,
        known_utc=known_utc,
        marking=_marking(inject, cells),
    )


def _number(name: str, inject: StatedReport, numbers: Mapping[str, int]) -> int:
    if name not in numbers:
        raise ValueError(f"{inject.inject_id}: no part is called {name}")
    return numbers[name]


def _marking(inject: StatedReport, cells: Sequence[Cell]) -> Marking:
    """Return for whom a report is: everybody, or the partners that the named cells play."""
    if not inject.for_cells:
        return OPEN
    partners = {cell.name: cell.partner for cell in cells}
    unknown = [name for name in inject.for_cells if name not in partners]
    if unknown:
        raise ValueError(f"{inject.inject_id}: no cell is called {unknown[0]}")
    # The house sees all that is in its own store: a cell that plays it needs no code.
    codes = frozenset(partners[name] for name in inject.for_cells if partners[name])
    return Marking(releasable_to=codes)
