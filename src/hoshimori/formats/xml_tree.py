"""XML of the CCSDS family as a tree of elements; an NDM container is opened.

An element holds either text or other elements, never both.  A document type declaration is refused
at once, so that no entity can be defined or fetched; so is a tree deeper than any message.  Name
spaces are dropped.

Source: CCSDS 505.0-B-3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from hoshimori.errors import FormatError
from hoshimori.formats.encodings import as_utf8
from hoshimori.formats.statements import HEADER, USER_DEFINED, Block, Statement

_DEEPEST = 12
_HEAD_BYTES = 256
_BREAK = re.compile(r" *[\t\r\n]\s*")
_OF_SEGMENT = ("metadata", "data")
_OF_CONTAINER = ("COMMENT", "MESSAGE_ID", "CREATION_DATE", "ORIGINATOR")


class Element(NamedTuple):
    """One element: its children, or its text with line breaks folded into spaces."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list[Element]
    pieces: list[str]
    span: list[int]
    """Where it begins and ends in the bytes."""

    @property
    def text(self) -> str:
        """Return the text of an element without children."""
        return _BREAK.sub(" ", "".join(self.pieces).strip())

    def refuse(self, problem: str, source: str) -> FormatError:
        """Return the error for this element."""
        return FormatError(problem, source=source, line=self.line, field=self.name[:40])


def is_xml(data: bytes) -> bool:
    """Tell whether a file, in whatever encoding, begins as XML does."""
    return as_utf8(data[:_HEAD_BYTES], "").lstrip().startswith(b"<")


def parse_xml(data: bytes, source: str) -> Element:
    """Return the root of a document; raise `FormatError` where the XML is unsound."""
    document = _Document(source)
    parser = document.parser
    parser.buffer_text = True
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.take_text
    parser.StartDoctypeDeclHandler = document.refuse_doctype
    try:
        parser.Parse(data, True)
    except FormatError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        problem = f"the XML breaks off here: {error}"
        raise document.fault(problem) from error
    return document.top[0]


def messages_in(root: Element, source: str) -> Iterator[Element]:
    """Give the root, or what an NDM container holds."""
    if root.name != "ndm":
        yield root
        return
    for child in root.children:
        if child.name not in _OF_CONTAINER:
            yield child


def xml_messages(data: bytes, source: str, kind: str) -> list[Element]:
    """Return the messages of one kind, such as cdm; raise `FormatError` where there is another."""
    found = list(messages_in(parse_xml(as_utf8(data, source), source), source))
    for element in found:
        if element.name != kind:
            raise element.refuse(f"an XML element <{element.name[:40]}>: expected <{kind}>", source)
    return found


def header_and_parts(element: Element, source: str) -> tuple[Block, list[Element]]:
    """Return the header of a message, and metadata and data of each segment, in their order.

    Raises `FormatError` where another element stands among them.
    """
    header = Block(HEADER, source, element.line, [version_of(element)])
    parts = list(_parts(element, source))
    for part in parts:
        if part.name == "header":
            header.statements += statements_of(part, (), source)
    return header, [part for part in parts if part.name != "header"]


def _parts(element: Element, source: str) -> Iterator[Element]:
    inside = {element.name: ("header", "body"), "body": ("segment",), "segment": _OF_SEGMENT}
    for child in element.children:
        if child.name not in inside[element.name]:
            expected = " or ".join(f"<{name}>" for name in inside[element.name])
            raise child.refuse(f"does not belong here: expected {expected}", source)
        if child.name in inside:
            yield from _parts(child, source)
        else:
            yield child


def statements_of(
    element: Element, groups: Collection[str], source: str, *, once: Collection[str] = ()
) -> Iterator[Statement]:
    """Give the statements of an element in their order, those of its groups included.

    `once` are groups that may stand only once. Raises `FormatError` where an element that is no
    group holds others, or a group text.
    """
    seen: set[str] = set()
    for child in element.children:
        if child.name in once and child.name in seen:
            raise child.refuse(f"<{child.name}> is there twice: expected once", source)
        seen.add(child.name)
        if child.name in groups:
            if child.text:
                raise child.refuse(f"text {child.text[:40]!r} in <{child.name}>", source)
            yield from statements_of(child, groups, source, once=once)
        else:
            yield statement_of(child, source)


def statement_of(element: Element, source: str) -> Statement:
    """Return the statement that an element makes."""
    if element.children:
        inside = element.children[0].name[:40]
        raise element.refuse(f"<{inside}> inside <{element.name[:40]}>", source)
    keyword = element.name
    if keyword == "USER_DEFINED":
        keyword = USER_DEFINED + element.attributes.get("parameter", "")
    unit = element.attributes.get("units", "").strip()
    return Statement(keyword, element.text, unit, element.line)


def version_of(element: Element) -> Statement:
    """Return the statement of the version, which XML writes as an attribute."""
    version = element.attributes.get("version", "").strip()
    return Statement(f"CCSDS_{element.name.upper()}_VERS", version, "", element.line)


@dataclass(slots=True)
class _Document:
    """What the parser has met so far."""

    source: str
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    path: list[Element] = field(default_factory=list)
    top: list[Element] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line, begin = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
        element = Element(name.rpartition(":")[2], line, attributes, [], [], [begin, begin])
        siblings = self.path[-1].children if self.path else self.top
        siblings.append(element)
        self.path.append(element)
        if len(self.path) > _DEEPEST:
            raise self.fault(f"elements inside one another more than {_DEEPEST} deep")
        self._check_text(self.path[-2:-1])

    def end(self, _: str) -> None:
        element = self.path.pop()
        element.span[1] = self.parser.CurrentByteIndex
        self._check_text([element])

    def take_text(self, text: str) -> None:
        if text.strip() or not self.path[-1].children:
            self.path[-1].pieces.append(text)

    def refuse_doctype(self, *_: object) -> None:
        raise self.fault("a document type declaration: expected none", "DOCTYPE")

    def _check_text(self, elements: list[Element]) -> None:
        for element in elements:
            if element.children and element.text:
                raise self.fault(f"text {element.text[:40]!r} between the elements", element.name)

    def fault(self, problem: str, name: str = "") -> FormatError:
        """Return the error for the place that the parser has reached."""
        field = name or (self.path[-1].name if self.path else "XML")
        line = self.parser.CurrentLineNumber
        return FormatError(problem, source=self.source, line=line, field=field[:40])
