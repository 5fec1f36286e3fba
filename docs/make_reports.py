"""Write the page of reports from the statements and default grades; a test checks that they agree.

Run: ``python docs/make_reports.py``
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from hoshimori.assessment.grades import (
    AGREEING_OBSERVERS,
    DEFAULT_GRADES,
    STALE_DAYS,
    STALE_ELEMENT_SETS,
    SourceKind,
)
from hoshimori.dossier.language import Language, say
from hoshimori.formats.report_fields import REQUIRED
from hoshimori.model.reports import EFFECTS, Credibility, Reliability, Statement

_PAGE = Path(__file__).parent / "explain" / "reports.md"
_EXAMPLE = Path(__file__).parents[1] / "examples" / "reports.toml"

HEAD = """# Reports: what people state

<!-- Written by docs/make_reports.py from the statements and default grades; do not edit. -->

Much of what matters is in no orbit: an operator lost a service, a mission was announced, a government protested.
Such a statement is a *report*.
It is kept as said, with who says it and how it is graded, and it is never shown as measured.

```console
$ hoshimori watch --catalogue today.csv --assets 44476 --reports examples/reports.toml
```

## A file of reports

TOML with one `[[report]]` each, or a JSON list of objects with the same fields; also in gzip or zip.

```toml
"""  # noqa: E501 - one sentence a line

FIELDS = {
    "statement": "one of the statements below, by its name",
    "objects": "catalogue numbers, the asset first; none where it is about a service or an area",
    "start_utc": "when it was true, or began to be: ISO 8601 in UTC",
    "end_utc": "until when; the start where left out",
    "known_utc": "when it could be known: a replay of an earlier moment does not see it",
    "source": "who says it, as written",
    "source_chain": (
        "reports of one chain repeat one another, and only different chains are independent; "
        "the source itself where left out"
    ),
    "grade": "Admiralty code, as in `B2`; `F6`, not judged, where left out",
    "text": "what was said, quoted or in short, never machine-translated",
    "reference": "where it can be read",
    "marking": (
        "[who may see it](markings.md); where left out, `markings.file` of the "
        "[settings](../settings.md)"
    ),
    "reality": (
        "`REAL` where left out; `EXERCISE`, `SIMULATED` and `TEST` mark every result that rests "
        "on it"
    ),
    "radio": "a table about radio interference, below; with statements about a link or service",
}
RADIO = {
    "frequency_mhz": "where the interference was seen",
    "bandwidth_khz": "how wide it was",
    "polarisation": "as observed: `RHCP`, `LHCP`, `H`, `V`",
    "link": "which link was disturbed: `uplink`, `downlink`, `crosslink`, `navigation`",
    "beam": "of the satellite, as its operator names it",
    "level_over_noise_db": "how strong it was",
    "modulation": "class of emission or modulation seen, as in `36M0G7W` or `swept carrier`",
    "telemetry_start_utc": "from when telemetry shows it (UTC; GPS time is 18 s ahead since 2017)",
    "telemetry_end_utc": "until when",
    "effect": "on the service",
    "steps": "taken so far",
}
"""The fields of `radio`."""
RADIO_HEAD = """
### Radio interference

What forms of operators ask for stands in a table of its own; all of it is optional.
It is checked field by field, shown with the report, and fills the form of Appendix 10 of the Radio Regulations (`hoshimori export --as appendix10`).

```toml
radio.frequency_mhz = 14125.5
radio.bandwidth_khz = 36000
radio.link = "uplink"
radio.beam = "EU-3"
radio.level_over_noise_db = 9.5
radio.modulation = "swept carrier"
radio.steps = "carrier moved to another transponder"
```

| field | what it holds |
| --- | --- |
"""  # noqa: E501 - one sentence a line


AFTER_FIELDS = """
A record that cannot be read is refused alone: the message names file, line and field and what was expected.
The others are read.

## What becomes of a report

It joins the [incidents](../glossary.md) in which all of its objects take part, else those between objects that it names, else it stands alone.
One about a single asset also stands alone, so that it is seen once.

It carries no base rate: nobody has counted how often such things are stated.
So it never asks for a look, and never leads an incident in which something measured asks for attention.
A report of an *effect* makes an incident that would only be logged one to watch ([decision 003](../decisions/003-attention-from-rarity-and-time.md)).
How sure it is follows from its grade alone: high for A1 and B1, moderate for A2 and B2, else low.

## Statements

The list is closed: an assessment knows how to weigh each of these and no other.
"""  # noqa: E501 - one sentence a line

GRADES = """
## Grades

The source and what it says are judged apart (Admiralty code).

| source | | content | |
| --- | --- | --- | --- |
"""

DEFAULTS = """
Defaults by kind of source, where nobody has judged:

| kind of source | grade |
| --- | --- |
"""

FOOT = f"""
Element sets older than {STALE_DAYS:g} days, or from before a manoeuvre, are {STALE_ELEMENT_SETS}.
Commercial observers of whom two agree are {AGREEING_OBSERVERS}.
What is derived has the worst grade of its inputs, for source and content apart.
"""


def page() -> str:
    """Return the page as Markdown."""
    example = _EXAMPLE.read_text(encoding="utf-8")
    first = example[example.index("\n[[report]]") + 1 :].split("\n\n")[0]
    tables = (*_statements(), GRADES, *_grades(), DEFAULTS, *_defaults())
    refused, becomes = AFTER_FIELDS.split("\n## ", 1)
    told = (*_fields(), refused, *_radio(), f"\n## {becomes}")
    return "".join((HEAD, first, "\n```\n", *told, *tables, FOOT))


def _radio() -> Iterator[str]:
    yield RADIO_HEAD
    for name, meaning in RADIO.items():
        yield f"| `{name}` | {meaning} |\n"


def _fields() -> Iterator[str]:
    yield "\n| field | what it holds | |\n| --- | --- | --- |\n"
    for name, meaning in FIELDS.items():
        yield f"| `{name}` | {meaning} | {'needed' if name in REQUIRED else ''} |\n"


def _statements() -> Iterator[str]:
    meanings = _meanings()
    for heading, names in _groups():
        yield f"\n### {heading}\n\n| statement | meaning |\n| --- | --- |\n"
        for name in names:
            effect = " *(effect)*" if Statement[name] in EFFECTS else ""
            yield f"| `{name.lower()}` | {meanings[name]}{effect} |\n"


def _meanings() -> dict[str, str]:
    """Return the words that stand under each member of the enumeration."""
    tree = ast.parse(inspect.getsource(Statement)).body[0]
    assert isinstance(tree, ast.ClassDef)
    told = {}
    for stated, below in zip(tree.body, tree.body[1:], strict=False):
        match stated, below:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                told[name] = " ".join(words.split())
    return told


def _groups() -> Iterator[tuple[str, list[str]]]:
    """Return the members under each comment that heads some of them."""
    heading, names = "", []
    for line in inspect.getsource(Statement).splitlines():
        text = line.strip()
        if text.startswith("# "):
            if names:
                yield heading, names
            heading, names = text.removeprefix("# ").rstrip("."), []
        elif text.split(" = ")[0] in Statement.__members__:
            names.append(text.split(" = ")[0])
    yield heading, names


def _grades() -> Iterator[str]:
    for source, content in zip(Reliability, Credibility, strict=True):
        reliability = say(Language.EN, f"reliability.{source.name.lower()}")
        credibility = say(Language.EN, f"credibility.{content.name.lower()}")
        yield f"| {source.value} | {reliability} | {content.value} | {credibility} |\n"


def _defaults() -> Iterator[str]:
    for kind in SourceKind:
        yield f"| {kind.value} | {DEFAULT_GRADES[kind]} |\n"


if __name__ == "__main__":
    _PAGE.write_text(page(), encoding="utf-8")
