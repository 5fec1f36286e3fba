"""A screening in words: what was screened, what was found, what could not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import duration_text, number_text, utc_text
from hoshimori.dossier.wording import conclusion_text, name_of, relation_text
from hoshimori.model.findings import Relation
from hoshimori.model.screening import ClosePass, ScreenSummary
from hoshimori.numerics.collision_conclusion import ACT_PROBABILITY, Conclusion, ProbabilityType

_ABOVE = Conclusion.ABOVE_THRESHOLD.name.lower()
_LEAST_PC = 1e-10
"""Smaller numbers say nothing that errors by class could carry."""


@dataclass(frozen=True, slots=True)
class PassRow:
    """The closest pass of a pair as people read it."""

    objects: str
    when: str
    miss: str
    sigma: str
    speed: str
    pc: str
    conclusion: str
    passes: str


def header(summary: ScreenSummary, language: Language) -> tuple[str, ...]:
    """Return what was screened and what was found, in sentences."""
    counts = summary.counts
    found = say(
        language,
        "screen.found",
        conjunctions=say_count(language, "screen.conjunctions", counts.conjunctions),
        pairs=say_count(language, "screen.pairs", counts.pairs),
        stays=say_count(language, "screen.stays", counts.stays),
        docked=say_count(language, "screen.docked", counts.docked),
    )
    edge, above = counts.at_window_edge, counts.by_conclusion[_ABOVE]
    threshold = f"{ACT_PROBABILITY:.0e}"
    return (
        _scope(summary, language),
        found,
        *((say_count(language, "screen.above", above, threshold=threshold),) if above else ()),
        *((say_count(language, "screen.edge", edge),) if edge else ()),
    )


def _scope(summary: ScreenSummary, language: Language) -> str:
    values = {
        "objects": say_count(language, "screen.objects", summary.coverage.screened),
        "start": utc_text(summary.start_utc),
        "end": utc_text(summary.end_utc),
        "threshold": f"{summary.threshold_km:g}",
    }
    if summary.primaries is None:
        return say(language, "screen.scope.all", **values)
    primaries = say_count(language, "screen.primaries", summary.primaries)
    return say(language, "screen.scope.some", primaries=primaries, **values)


def class_rows(summary: ScreenSummary, language: Language) -> list[tuple[str, ...]]:
    """Return class, conjunctions, pairs and stays of each relation that occurs."""
    rows: list[tuple[str, ...]] = []
    for relation in Relation:
        count = summary.counts.by_relation[relation.value.replace(" ", "_")]
        if relation is Relation.DOCKED:
            if summary.docked:
                pairs = f"{summary.counts.docked:,}"
                rows.append((say(language, "screen.class.docked"), "–", pairs, "–"))
        elif count.conjunctions or count.stays or relation is Relation.UNRELATED:
            numbers = (count.conjunctions, count.pairs, count.stays)
            rows.append((class_text(relation, language), *(f"{n:,}" for n in numbers)))
    return rows


def class_text(relation: Relation, language: Language) -> str:
    """Return the name of a class of pairs."""
    if relation is Relation.UNRELATED:
        return say(language, "screen.class.unrelated")
    return relation_text(relation, language)


def pass_row(closest: ClosePass, language: Language) -> PassRow:
    """Return the closest pass of a pair as people read it."""
    names = {closest.object_1: closest.name_1, closest.object_2: closest.name_2}
    objects = "\n".join(name_of(i, names, language) for i in names)
    if closest.relation is not Relation.UNRELATED:
        objects += f"\n{class_text(closest.relation, language)}"
    when = closest.tca_utc.strftime("%Y-%m-%d %H:%M:%S")
    return PassRow(
        objects=objects,
        when=say(language, "screen.edge.mark", moment=when) if closest.at_window_edge else when,
        miss=f"{closest.miss_km:.3f}",
        sigma=number_text(closest.sigma_km),
        speed=number_text(closest.speed_km_s, 3),
        pc=_pc(closest, language),
        conclusion=conclusion_text(closest.conclusion, language),
        passes=f"{closest.passes:,}",
    )


def _pc(closest: ClosePass, language: Language) -> str:
    if closest.pc is None:
        return say(language, "screen.pc.none")
    if closest.pc < _LEAST_PC:
        return say(language, "screen.pc.below")
    form = "maximum" if closest.pc_type is ProbabilityType.MAXIMUM else "computed"
    return say(language, f"screen.pc.{form}", pc=f"{closest.pc:.1e}")


def unseen(summary: ScreenSummary, language: Language) -> tuple[str, ...]:
    """Return what could not be screened and what limits what was, in sentences."""
    coverage = summary.coverage
    counts: Mapping[str, int] = {
        "screen.coverage.too_old": coverage.too_old,
        "screen.coverage.refused": coverage.refused,
        "screen.coverage.decaying": coverage.decaying,
        "screen.coverage.rejected": coverage.rejected,
    }
    left_out = [say_count(language, key, number) for key, number in counts.items() if number]
    if coverage.primaries_missing:
        ids = say(language, "list.gap").join(map(str, coverage.primaries_missing))
        left_out.append(say(language, "screen.coverage.missing", ids=ids))
    return (
        *(left_out or [say(language, "screen.coverage.all")]),
        say(
            language,
            "screen.coverage.ages",
            median=duration_text(24.0 * coverage.element_age_days_median, language),
            p90=duration_text(24.0 * coverage.element_age_days_p90, language),
            old=f"{coverage.older_than_five_days:,}",
        ),
        say(
            language,
            "screen.coverage.errors",
            own=f"{coverage.errors_of_own_history:,}",
            objects=f"{coverage.objects_with_rows:,}",
        ),
    )
