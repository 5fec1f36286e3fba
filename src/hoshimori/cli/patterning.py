"""`pattern`: from arguments to patterns of life on the screen or in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.pattern_wording import (
    aspect_text,
    cycle_text,
    mode_text,
    next_burn_text,
    node_text,
)
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import headline, name_of
from hoshimori.formats.json_document import write_json
from hoshimori.model.pattern import Aspect, NodeKind, ObjectPattern
from hoshimori.model.provenance import combined_reality
from hoshimori.settings import load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.pattern import PatternsOfLife, pattern

_OBJECTS = 12
"""As many objects as one screen holds."""
_LEAST_TABLE_WIDTH = 130
_COLUMNS = ("object", "aspect", "mode", "since", "nodes", "cycle", "next")
_NONE = "–"


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
    realities = (*(p.reality for p in found.patterns), *(f.reality for f in found.findings))
    parts = banner(None, combined_reality(realities), language)
    parts.append(Text(title, style="bold"))
    if found.too_short:
        number = f"{len(found.too_short):,}"
        parts.append(Text(say(language, "pattern.too_short", number=number), style="dim"))
    parts += _departures(found, language)
    shown = found.patterns if everything else found.patterns[:_OBJECTS]
    if len(found.patterns) > len(shown):
        parts += [Text(say(language, "pattern.counts")), _counts(found.patterns, language)]
    if shown:
        parts.append(Padding(_Objects(shown, language), (1, 0, 0, 0)))
    legend = _legend(shown, language)
    if legend:
        parts.append(Text(legend, style="dim"))
    further = len(found.patterns) - len(shown)
    if further:
        parts.append(Text(say_count(language, "pattern.further", further), style="dim"))
    return Group(*parts)


def _legend(shown: Sequence[ObjectPattern], language: Language) -> str:
    """Return what the labels of the changes mean that are shown."""
    kinds = {n.kind for one in shown for n in one.nodes} - {NodeKind.START, NodeKind.END}
    return " · ".join(node_text(kind, language) for kind in NodeKind if kind in kinds)


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


@dataclass(frozen=True, slots=True)
class _Objects:
    """Objects as a table, or one below the other where the screen is narrow."""

    patterns: Sequence[ObjectPattern]
    language: Language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _LEAST_TABLE_WIDTH
        yield self._wide() if wide else self._narrow()

    def _wide(self) -> Table:
        table = _table(_COLUMNS, self.language)
        for one in self.patterns:
            name = escape(_name(one, self.language))
            for aspect in _aspects(one):
                table.add_row(name, *map(escape, _row(one, aspect, self.language)))
                name = ""
        return table

    def _narrow(self) -> Group:
        told: list[RenderableType] = []
        for one in self.patterns:
            told.append(Text(_name(one, self.language), style="bold"))
            for aspect in _aspects(one):
                named, mode, since, nodes, cycle, due = _row(one, aspect, self.language)
                lines = [f"{named}: {mode} · {since}"]
                lines += [nodes.replace("\n", " · ")] if nodes != _NONE else []
                lines += [cycle, f"→ {due}"] if cycle != _NONE else []
                told += [Padding(Text(line), (0, 0, 0, 2)) for line in lines]
        return Group(*told)


def _name(one: ObjectPattern, language: Language) -> str:
    return name_of(one.norad_id, {one.norad_id: one.name}, language)


def _aspects(one: ObjectPattern) -> list[Aspect]:
    return [aspect for aspect in Aspect if one.mode(aspect) is not None]


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
        "\n".join(inner[-3:]) or _NONE,
        cycle_text(cycle, language) if cycle else _NONE,
        next_burn_text(cycle, language) if cycle else _NONE,
    )


def _table(columns: Sequence[str], language: Language) -> Table:
    table = Table(header_style="bold")
    for column in columns:
        words = say(language, f"pattern.column.{column}")
        table.add_column(words, justify="right" if column == "number" else "left", overflow="fold")
    return table
