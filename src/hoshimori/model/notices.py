"""A short notice to space operators: marks, title, what to know, section by section."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeSection:
    """One numbered part of a notice."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in one language, before it is laid out as lines."""

    marks: tuple[str, ...]
    """Marking, reality and the limit of this tool: the first lines and the last."""
    title: str
    """Kind of event, catalogue number, name, deep space or near Earth."""
    particulars: tuple[tuple[str, str], ...]
    """Label and value: the lasting id of the event, when it was written."""
    sections: tuple[NoticeSection, ...]
