"""`pattern`: from arguments to patterns of life on the screen or in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.pattern_wording import (
    aspect_text,
    cycle_text,
    mode_text,
    next_burn_text,
)
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import headline, name_of
from hoshimori.formats.json_document import write_json
from hoshimori.model.pattern import Aspect, NodeKind, ObjectPattern
from hoshimori.settings import load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.pattern import PatternsOfLife, pattern

_OBJECTS = 12
"""As many objects as one screen holds."""


@dataclass(frozen=True, slots=True)
class PatternArguments:
    """What the user asked to see."""

    histories: tuple[Path, ...]
    objects: str
    as_of: str
    language: str | None
    settings: Path | None


def run_pattern(arguments: PatternArguments, *, everything: bool, as_json: bool) -> None:
    """Read histories and print what they show."""
    tree = load_settings(arguments.settings)
    asked = assets_from(arguments.objects, option="--objects") if arguments.objects else ()
    found = pattern(
        arguments.histories,
        objects=[one.norad_id for one in asked],
        as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
    )
    if as_json:
        print(write_json(found))
        return
    language = Language(arguments.language or tree.watch.language)
    Console().print(pattern_view(found, language, everything=everything))


def pattern_view(
    found: PatternsOfLife, language: Language, *, everything: bool = False
) -> RenderableType:
    """Return patterns of life as Rich draws them: departures first, then each object."""
    counted = say_count(language, "pattern.title.objects", len(found.patterns))
    moment = utc_text(found.as_of_utc)
    title = say(language, "pattern.title", objects=counted, moment=moment)
    parts: list[RenderableType] = [Text(title, style="bold")]
    if found.too_short:
        number = f"{len(found.too_short):,}"
        parts.append(Text(say(language, "pattern.too_short", number=number), style="dim"))
    parts += _departures(found, language)
    shown = found.patterns if everything else found.patterns[:_OBJECTS]
    if len(found.patterns) > len(shown):
        parts += [Text(say(language, "pattern.counts")), _counts(found.patterns, language)]
    if shown:
        parts.append(Padding(_objects(shown, language), (1, 0, 0, 0)))
    further = len(found.patterns) - len(shown)
    if further:
        parts.append(Text(say_count(language, "pattern.further", further), style="dim"))
    return Group(*parts)


def _departures(found: PatternsOfLife, language: Language) -> list[RenderableType]:
    compared = f"{found.compared:,}"
    if not found.findings:
        return [Text(say(language, "pattern.nothing", compared=compared))]
    names = {one.norad_id: one.name for one in found.patterns}
    lines = [Text(say(language, "pattern.departures", compared=compared))]
    for finding in found.findings:
        lines.append(Text(f"▲ {headline(finding, names, language)}", style="yellow"))
    return list(lines)


def _counts(patterns: Sequence[ObjectPattern], language: Language) -> Table:
    counts = Counter(
        (aspect, mode)
        for one in patterns
        for aspect in Aspect
        if (mode := one.mode(aspect)) is not None
    )
    table = _table(("aspect", "mode", "number"), language)
    for (aspect, mode), number in sorted(
        counts.items(), key=lambda item: (list(Aspect).index(item[0][0]), -item[1])
    ):
        table.add_row(aspect_text(aspect, language), mode_text(mode, language), f"{number:,}")
    return table


def _objects(patterns: Sequence[ObjectPattern], language: Language) -> Table:
    table = _table(("object", "aspect", "mode", "since", "nodes", "cycle", "next"), language)
    for one in patterns:
        name = escape(name_of(one.norad_id, {one.norad_id: one.name}, language))
        for aspect in Aspect:
            own = [s for s in one.segments if s.aspect is aspect]
            if own:
                table.add_row(name, *_row(one, aspect, language))
                name = ""
    return table


def _row(one: ObjectPattern, aspect: Aspect, language: Language) -> tuple[str, ...]:
    newest = [s for s in one.segments if s.aspect is aspect][-1]
    inner = [
        f"{n.kind.value} {n.at_utc:%Y-%m-%d}"
        for n in one.nodes
        if n.aspect is aspect and n.kind not in (NodeKind.START, NodeKind.END)
    ]
    cycle = next((c for c in one.cycles if c.aspect is aspect), None)
    return (
        aspect_text(aspect, language),
        mode_text(newest.mode, language),
        f"{newest.start_utc:%Y-%m-%d}",
        "\n".join(inner[-3:]) or "–",
        cycle_text(cycle, language) if cycle else "–",
        next_burn_text(cycle, language) if cycle else "–",
    )


def _table(columns: Sequence[str], language: Language) -> Table:
    table = Table(header_style="bold")
    for column in columns:
        justify = "right" if column == "number" else "left"
        table.add_column(
            say(language, f"pattern.column.{column}"), justify=justify, overflow="fold"
        )
    return table
