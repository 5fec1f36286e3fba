"""A document before it is laid out: parts and blocks of text, the same for page and paper.

What a document says, and in which order, is settled here once; a page and a paper only differ in
how it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from hoshimori.dossier.language import Language
from hoshimori.dossier.markup import Html
from hoshimori.model.provenance import Reality


class Tone(Enum):
    """How loud a paragraph is."""

    LEAD = "lead"
    PLAIN = "plain"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Subheading:
    """The head of a passage within a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines that stand for themselves."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `shares` says how much of the width each column gets on paper."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ratings:
    """A table of evidence whose last columns hold ratings, under heads that stand upright."""

    head: tuple[str, ...]
    heads_of_ratings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Of each row its texts and its ratings (``CC``, ``C``, ``N``, ``I``, ``II``)."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A drawing with its number, what it shows, how to read it, and the same in words."""

    name: str
    """Of its file, without ending."""
    svg: Html
    caption: str
    key: str
    spoken: str


Block: TypeAlias = Paragraph | Subheading | Bullets | Grid | Ratings | Pairs | Exhibit


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of the document."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate on the first page: its name, and who opened it."""

    gate: str
    name: str
    state: str
    opened: bool


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What somebody who reads one page only must know."""

    kicker: str
    title: str
    facts: tuple[tuple[str, str], ...]
    released: tuple[str, ...]
    """Of a release: for whom it is, and what it has otherwise than the original."""
    seen_heading: str
    seen: tuple[str, ...]
    """Sentences: what was seen."""
    likelihood_heading: str
    likelihood: tuple[str, ...]
    """Sentences: the best benign explanation, then the leading one."""
    chart: Exhibit
    confidence_heading: str
    confidence: str
    unknown_heading: str
    unknown: tuple[str, ...]
    change_heading: str
    change: tuple[str, ...]
    gates_heading: str
    gates: tuple[GateState, ...]
    limits: tuple[str, ...]
    """What nobody should read into it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page of a paper that weighs nothing: facts, sentences, one drawing."""

    kicker: str
    title: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    chart: Exhibit


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language."""

    language: Language
    name: str
    """What kind of paper it is."""
    banner: str
    """Marking, reality and limit: at the head of every page."""
    reality: Reality
    reality_word: str
    meaning: str
    """What a reality that is not real means; empty for what is real."""
    incident_id: str
    """Incident, or script of an exercise."""
    issue: str
    """Incident and moments, at the foot of every page."""
    first: FirstPage | Summary
    contents_heading: str
    parts: tuple[Part, ...]
    foot: str

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every drawing, in order."""
        inside = (b for part in self.parts for b in part.blocks if isinstance(b, Exhibit))
        return (self.first.chart, *inside)
