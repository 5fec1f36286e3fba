"""A document as the source of a paper in Typst: what is said stands in string literals only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import assert_never

from hoshimori.dossier.document import (
    Block,
    Bullets,
    Document,
    Exhibit,
    FirstPage,
    Grid,
    Pairs,
    Paragraph,
    Part,
    Ratings,
    Subheading,
    Summary,
    Tone,
)
from hoshimori.dossier.exhibit_files import standalone
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.paper_letters import printable
from hoshimori.dossier.paper_style import PAPER_STYLE
from hoshimori.dossier.quantities import unbroken

_FULL_WIDTH = 691.0
"""Width of a drawing, in its own points, that fills the paper; narrower ones stay narrower."""


def dossier_paper(document: Document, composed_utc: datetime) -> str:
    """Return the source of the paper; the same document gives the same source.

    Letters that the fonts lack are shown by the printers' stand-in.
    """
    pieces = (
        PAPER_STYLE,
        _opening(document, composed_utc),
        _call("fitted", _first_page(document)),
        _contents(document),
        *(_part(number, part, document) for number, part in enumerate(document.parts, start=1)),
        f"#minor({quoted(document.foot)})",
    )
    return "\n".join(pieces) + "\n"


def quoted(text: str) -> str:
    r"""Return text as a string literal of Typst.

    >>> quoted('#import "x" \\ done')
    '"#import \\"x\\" \\\\ done"'
    """
    escaped = unbroken(printable(text)).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _call(name: str, body: str) -> str:
    return f"#{name}[\n{body}\n]"


def _array(values: Iterable[str]) -> str:
    told = ", ".join(values)
    return f"({told},)" if told else "()"


def _strings(texts: Iterable[str]) -> str:
    return _array(map(quoted, texts))


def _opening(document: Document, composed_utc: datetime) -> str:
    page = say(document.language, "document.page", page="\0", pages="\1")
    before, rest = page.split("\0")
    between, after = rest.split("\1")
    counted = (
        f"(page, pages) => {quoted(before)} + page + {quoted(between)} + pages + {quoted(after)}"
    )
    reality = quoted(document.reality.name)
    head = ", ".join(
        (
            reality,
            *map(
                quoted,
                (document.reality_word, document.banner, document.meaning, document.name),
            ),
        )
    )
    moment = (
        f"datetime(year: {composed_utc.year}, month: {composed_utc.month}, day: {composed_utc.day})"
    )
    arguments = (
        quoted(f"{document.first.title} · {document.incident_id}"),
        quoted("Hoshimori"),
        quoted(document.language.value),
        moment,
        f"running-head({head})",
        f"running-foot({quoted(document.issue)}, {quoted(document.banner)}, {counted})",
        f"watermark({reality}, {quoted(document.reality_word)})",
    )
    return f"#show: body => dossier({', '.join(arguments)}, body)"


def _first_page(document: Document) -> str:
    first, language = document.first, document.language
    if isinstance(first, Summary):
        lines = (f"#block(spacing: .7em, {quoted(line)})" for line in first.lines)
        chart = _exhibit(first.chart, None, language, framed=True)
        return "\n".join((*_head(first), "#block(above: .4em, [])", *lines, chart))
    gap = say(language, "sentence.gap")
    pieces = (
        *_head(first),
        *_released(first),
        f"#block(above: 1em, text(size: 1.06em, {quoted(gap.join(first.seen))}))",
        f"#small-head({quoted(first.likelihood_heading)})",
        *(f"#block(spacing: .5em, {quoted(one)})" for one in first.likelihood),
        _exhibit(first.chart, None, language, framed=True),
        f"#small-head({quoted(first.confidence_heading)})",
        f"#block({quoted(first.confidence)})",
        f"#in-two({{ small-head({quoted(first.unknown_heading)}); "
        f"block(spacing: .5em, minor({quoted(say(language, 'document.unknown.lead'))})); "
        f"points({_strings(first.unknown)}, size: .94em) }}, "
        f"{{ small-head({quoted(first.change_heading)}); "
        f"points({_strings(first.change)}, size: .94em) }})",
        f"#small-head({quoted(first.gates_heading)})",
        f"#gates({_array(_gates(first))})",
        f"#block(above: .9em, minor({quoted(gap.join(first.limits))}))",
    )
    return "\n".join(pieces)


def _head(first: FirstPage | Summary) -> tuple[str, ...]:
    return (
        f"#eyebrow({quoted('星守 Hoshimori · ' + first.kicker)})",
        f"#block(above: .7em, below: .8em, {{ set par(leading: .42em); "
        f"show heading: set text(size: title-size); "
        f"heading(level: 1, outlined: false, {quoted(first.title)}) }})",
        f"#pairs-in-columns(2, {_array(_strings(pair) for pair in first.facts)})",
    )


def _gates(first: FirstPage) -> Iterator[str]:
    for gate in first.gates:
        texts = ", ".join(map(quoted, (gate.gate, gate.name, gate.state)))
        yield f"({texts}, {'true' if gate.opened else 'false'})"


def _released(first: FirstPage) -> Iterator[str]:
    if first.released:
        head, *lines = first.released
        yield (
            f"#block(width: 100%, stroke: 1.2pt + blue, inset: 6pt, radius: 3pt, "
            f"{{ strong({quoted(head)}); parbreak(); points({_strings(lines)}, size: .94em) }})"
        )


def _contents(document: Document) -> str:
    headings = [f"{n}  {part.heading}" for n, part in enumerate(document.parts, start=1)]
    half = -(-len(headings) // 2)
    columns = (
        "stack(spacing: .55em, " + ", ".join(map(quoted, some)) + ")"
        for some in (headings[:half], headings[half:])
    )
    return (
        "#pagebreak()\n"
        f"#block(below: .8em, eyebrow({quoted(document.contents_heading)}))\n"
        f"#in-two({', '.join(columns)})"
    )


def _part(number: int, part: Part, document: Document) -> str:
    heading = f"#heading(level: 1, {quoted(f'{number}  {part.heading}')})"
    return "\n".join((heading, *(_block(block, document) for block in part.blocks)))


def _block(block: Block, document: Document) -> str:
    match block:
        case Paragraph(tone=Tone.NOTE):
            return f"#note({quoted(block.text)})"
        case Paragraph():
            return f"#block({quoted(block.text)})"
        case Subheading():
            return f"#heading(level: 2, outlined: false, {quoted(block.text)})"
        case Bullets():
            return f"#points({_strings(block.lines)})"
        case Grid():
            return _grid(block)
        case Ratings():
            return _ratings(block)
        case Pairs():
            return f"#pairs({_array(_strings(row) for row in block.rows)})"
        case Exhibit():
            return _exhibit(block, document.exhibits.index(block), document.language)
        case _:
            assert_never(block)


def _grid(grid: Grid) -> str:
    shares = _array(f"{share:g}" for share in grid.shares)
    rows = _array(_strings(row) for row in grid.rows)
    return f"#sheet-of({_strings(grid.head)}, {shares}, {rows})"


def _ratings(ratings: Ratings) -> str:
    rows = _array(f"({_strings(texts)}, {_strings(rated)})" for texts, rated in ratings.rows)
    return f"#ratings({_strings(ratings.head)}, {_strings(ratings.heads_of_ratings)}, {rows})"


def _exhibit(
    exhibit: Exhibit, number: int | None, language: Language, *, framed: bool = False
) -> str:
    caption = exhibit.caption
    if number is not None:
        caption = f"{say(language, 'document.exhibit', number=str(number))} · {caption}"
    share = 100.0 if framed else min(100.0, 100.0 * _width(exhibit) / _FULL_WIDTH)
    drawn = (
        f'image(bytes({quoted(standalone(exhibit.svg))}), format: "svg", width: {share:.0f}%, '
        f"alt: {quoted(exhibit.spoken)})"
    )
    arguments: Sequence[str] = (drawn, quoted(caption), quoted(exhibit.key))
    return f"#exhibit({', '.join(arguments)}, framed: {'true' if framed else 'false'})"


def _width(exhibit: Exhibit) -> float:
    return float(exhibit.svg.split('viewBox="', 1)[1].split('"', 1)[0].split()[2])
