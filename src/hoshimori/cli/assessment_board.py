"""An assessment on a terminal: benign first, likelihoods as bars, what would tell."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.dossier.assessment_rows import (
    AssessmentText,
    ExplanationRow,
    FactorRow,
    GateRow,
    IndicatorRow,
)
from hoshimori.dossier.language import Language, say
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality

_BAR_WIDTH = 40


def assessment_view(
    text: AssessmentText,
    marking: Marking,
    reality: Reality,
    language: Language,
    *,
    everything: bool,
) -> RenderableType:
    """Return an assessment as Rich draws it; the matrix, indicators and all rows on request."""
    parts: list[RenderableType] = list(banner(marking, reality, language))
    parts += [Text(text.title, style="bold"), Text(text.scope, style="dim")]
    parts.append(Padding(Text("\n".join(text.summary)), (1, 0, 0, 0)))
    parts.append(Text(text.attribution, style="dim"))
    parts += _titled("assess.nature_first", _checks(text, everything=everything), language)
    parts += _titled("assess.explanations", _explanations(text, language), language)
    parts.append(Text(text.agreement))
    parts += _titled("assess.evidence", _evidence(text, language, everything=everything), language)
    parts += _titled("assess.factors", _factors(text.factors, language), language)
    parts += _titled("assess.gates", _gates(text.gates, language), language)
    if everything:
        parts += _titled("assess.indicators", _indicators(text.indicators, language), language)
    parts += _titled("assess.drivers", Text("\n".join(text.drivers)), language)
    parts += _titled("assess.milestones", Text("\n".join(text.milestones)), language)
    dissent = "\n".join(text.dissent) or say(language, "assess.dissent.none")
    parts += _titled("assess.dissent", Text(dissent), language)
    return Group(*parts)


def _titled(key: str, body: RenderableType, language: Language) -> list[RenderableType]:
    title = Text(say(language, key), style="bold #fff27a")
    return [Padding(title, (1, 0, 0, 0)), Padding(body, (0, 0, 0, 2))]


def _checks(text: AssessmentText, *, everything: bool) -> RenderableType:
    lines = [row.sentence for row in text.checks]
    return Text("\n".join(lines if everything else dict.fromkeys(lines)))


def _explanations(text: AssessmentText, language: Language) -> Group:
    """Return the explanations one below the other, each with its interval on one scale."""
    lines: list[RenderableType] = [Text(f"{'0':<{_BAR_WIDTH // 2 - 1}}50{'100 %':>19}")]
    before = say(language, "assess.column.before")
    against = say(language, "assess.column.against")
    for row in text.explanations:
        lines.append(Text(row.name, style="bold"))
        likelihood = Text.assemble((_bar(row), "#2f9bff"), f"  {row.words} ({row.interval})")
        lines.append(likelihood)
        note = f"{before}: {row.before}; {against}: {row.against}"
        lines.append(Padding(Text(note, style="dim"), (0, 0, 0, 2)))
        if row.decision:
            lines.append(Padding(Text(row.decision), (0, 0, 0, 2)))
    return Group(*lines)


def _bar(row: ExplanationRow) -> str:
    """Return an interval as a bar; nothing in it is preferred, so nothing in it stands out."""
    low = round(row.likelihood.low * _BAR_WIDTH)
    high = max(low + 1, round(row.likelihood.high * _BAR_WIDTH))
    return "·" * min(low, _BAR_WIDTH - 1) + "━" * (high - low) + "·" * (_BAR_WIDTH - high)


def _evidence(text: AssessmentText, language: Language, *, everything: bool) -> Table:
    table = _table(language, "evidence", "source")
    if everything:
        for name in text.short_names:
            table.add_column(name, justify="center")
    for row in text.evidence:
        sentence = f"{row.sentence}\n{row.numbers}" if row.numbers else row.sentence
        ratings = row.ratings if everything else ()
        table.add_row(escape(sentence), escape(row.source), *ratings)
    return table


def _factors(rows: tuple[FactorRow, ...], language: Language) -> Table:
    table = _table(language, "factor", "value", "because")
    for row in rows:
        value = f"{row.decision}\n({say(language, 'assess.proposed')}: {row.value})"
        table.add_row(
            escape(f"{row.factor} {row.name}"),
            escape(value if row.decision else row.value),
            escape(row.because),
        )
    return table


def _gates(rows: tuple[GateRow, ...], language: Language) -> Table:
    table = _table(language, "gate", "value", "unmet")
    for row in rows:
        table.add_row(escape(f"{row.gate} {row.name}"), escape(row.decision), escape(row.unmet))
    return table


def _indicators(rows: tuple[IndicatorRow, ...], language: Language) -> Table:
    table = _table(language, "indicator", "answer", "evidence")
    for row in rows:
        table.add_row(f"{row.indicator} {row.name}", row.answer, row.evidence)
    return table


def _table(language: Language, *columns: str) -> Table:
    table = Table(header_style="bold")
    for column in columns:
        table.add_column(say(language, f"assess.column.{column}"), overflow="fold")
    return table
