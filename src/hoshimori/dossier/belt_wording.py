"""The history of the belt in words: rows for tables on a terminal or a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import duration_text, longitude_text, number_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.belt import BeltHistory, Neighbour, Reversal, Stay
from hoshimori.model.findings import Company, CompanyKind, Interval

_MOST_NEIGHBOURS = 3
_YEARS = 6
_TOLD_KINDS = (CompanyKind.TOWED, CompanyKind.VISIT)
"""Kinds that no known relation, launch or usual slot explains; the others are counted."""
_LEAST_DAYS = 7.0
_CLOSE_KM = 100.0


@dataclass(frozen=True, slots=True)
class VisitRow:
    """An episode of company as people read it; fields are columns."""

    came: str
    beside: str
    slot: str
    seen: str
    possible: str
    days: str
    closest: str
    kind: str
    arrival: str
    slots: str
    rarity: str


@dataclass(frozen=True, slots=True)
class DwellRow:
    """A stay as people read it; fields are columns."""

    slot: str
    seen: str
    possible: str
    days: str
    role: str
    neighbours: str
    drift: str


@dataclass(frozen=True, slots=True)
class ReversalRow:
    """A reversal of a drift as people read it; fields are columns."""

    slot: str
    turned: str
    before: str
    after: str
    cause: str


def header(history: BeltHistory, language: Language) -> tuple[str, ...]:
    """Return what was looked at and how much was found, in sentences."""
    scope = say(
        language,
        "belt.scope",
        objects=f"{history.objects:,}",
        sets=f"{history.element_sets:,}",
        since=_date(history.since_utc),
        until=_date(history.until_utc),
        gap=duration_text(24.0 * history.median_gap_days, language),
    )
    counts = say(
        language,
        "belt.counts",
        stays=f"{len(history.stays):,}",
        company=f"{len(history.company):,}",
        reversals=f"{len(history.reversals):,}",
    )
    return scope, counts


def visits_of(history: BeltHistory) -> tuple[Company, ...]:
    """Return company worth a line: unexplained, near, perhaps a week or more; newest first."""
    told = [
        c
        for c in history.company
        if c.kind is CompanyKind.TOWED
        or (
            c.kind in _TOLD_KINDS
            and c.dwell_days.high >= _LEAST_DAYS
            and c.closest_km.best <= _CLOSE_KM
        )
    ]
    return tuple(sorted(told, key=lambda c: (c.seen_until_utc, c.seen_from_utc), reverse=True))


def visit_row(one: Company, names: Mapping[int, str], language: Language) -> VisitRow:
    """Return an episode of company as people read it."""
    beside, came = (name_of(i, names, language) for i in one.objects)
    kind = _word("belt.kind", one.kind, language)
    if one.visits > 1:
        visit, visits = str(one.visit), str(one.visits)
        kind = say(language, "belt.visit.again", kind=kind, visit=visit, visits=visits)
    return VisitRow(
        came=came,
        beside=beside,
        slot="–" if one.mean_deg_east is None else longitude_text(one.mean_deg_east, language),
        seen=_span(one.seen_from_utc, one.seen_until_utc, language),
        possible=_span(one.began_after_utc, one.ended_before_utc, language, one.seen_from_utc),
        days=_days(one.dwell_days, language),
        closest=closest_text(one.closest_km, language),
        kind=kind,
        arrival=_word("belt.arrival", one.arrival, language),
        slots="–" if one.slots_before is None else str(one.slots_before),
        rarity=say(language, "belt.rarity", share=number_text(100.0 * one.base_rate.share.best)),
    )


def dwell_row(stay: Stay, language: Language) -> DwellRow:
    """Return a stay as people read it."""
    role = _word("belt.role", stay.role, language)
    if stay.too_sparse:
        role += f"\n{say(language, 'belt.sparse')}"
    drifts = (stay.drift_in_deg_day, stay.drift_out_deg_day)
    return DwellRow(
        slot=longitude_text(stay.slot_deg_east, language),
        seen=_span(stay.seen_from_utc, stay.seen_until_utc, language),
        possible=_span(stay.began_after_utc, stay.ended_before_utc, language, stay.seen_from_utc),
        days=_days(stay.dwell_days, language),
        role=role,
        neighbours=_neighbours(stay.neighbours, language),
        drift=" / ".join("–" if drift is None else f"{drift:+.2f}" for drift in drifts),
    )


def reversal_row(one: Reversal, language: Language) -> ReversalRow:
    """Return a reversal as people read it."""
    cause = "natural" if one.is_natural else "controlled"
    return ReversalRow(
        slot=longitude_text(one.deg_east, language),
        turned=_span(one.after_utc, one.before_utc, language),
        before=f"{one.drift_before_deg_day:+.2f}",
        after=f"{one.drift_after_deg_day:+.2f}",
        cause=say(language, f"belt.reversal.{cause}"),
    )


def year_table(history: BeltHistory, language: Language) -> tuple[tuple[str, ...], ...]:
    """Return the background: a row of years, then a row for each kind that occurs in them."""
    years = history.years[-_YEARS:]
    rows = [("", *(str(y.year) for y in years))]
    for kind in CompanyKind:
        counts = [(y.surely[kind.value], y.perhaps[kind.value]) for y in years]
        if any(map(any, counts)):
            cells = (_count(*count, language) for count in counts)
            rows.append((_word("belt.kind", kind, language), *cells))
    return tuple(rows)


def closest_text(closest_km: Interval, language: Language) -> str:
    """Return the closest range seen, with the interval of what it may have been.

    >>> closest_text(Interval(0.0, 7.04, 47.9), Language.EN)
    '7 (0–48)'
    """
    low, best, high = (f"{v:.0f}" for v in (closest_km.low, closest_km.best, closest_km.high))
    return say(language, "belt.closest", best=best, low=low, high=high)


def _neighbours(neighbours: Sequence[Neighbour], language: Language) -> str:
    known = [n for n in neighbours if n.kind is not CompanyKind.FREE_PASSING]
    if not known:
        return say(language, "belt.nobody")
    lines = [
        say(
            language,
            "belt.neighbour",
            name=name_of(n.norad_id, {n.norad_id: n.name}, language),
            closest=closest_text(n.closest_km, language),
        )
        for n in known[:_MOST_NEIGHBOURS]
    ]
    if len(known) > _MOST_NEIGHBOURS:
        more = str(len(known) - _MOST_NEIGHBOURS)
        lines.append(say(language, "belt.neighbours.more", number=more))
    return "\n".join(lines)


def _count(surely: int, perhaps: int, language: Language) -> str:
    if not perhaps:
        return f"{surely:,}" if surely else "–"
    return say(language, "belt.count", surely=f"{surely:,}", perhaps=f"{perhaps:,}")


def _span(
    start: datetime | None, end: datetime | None, language: Language, seen: datetime | None = None
) -> str:
    """Return a span of days; without a start it is open before what was seen."""
    begun = _date(start) if start else say(language, "belt.start", moment=_date(seen or end))
    ended = _date(end) if end else say(language, "belt.end")
    return begun if begun == ended else say(language, "belt.span", start=begun, end=ended)


def _days(days: Interval, language: Language) -> str:
    low, high = f"{days.low:,.0f}", f"{days.high:,.0f}"
    return low if low == high else say(language, "belt.days", low=low, high=high)


def _date(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d") if moment else "–"


def _word(prefix: str, choice: Enum, language: Language) -> str:
    return say(language, f"{prefix}.{re.sub(r'[^a-z]', '_', str(choice.value))}")
