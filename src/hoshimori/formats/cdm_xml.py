"""CDM in XML: one ``cdm``, or several in an ``ndm``, with or without a namespace.

A document type declaration is refused at once, so that no entity can be defined or fetched; so is
any message of another kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from hoshimori.errors import FormatError
from hoshimori.formats.cdm_keywords import COMMENT, SECTIONS, USER_DEFINED
from hoshimori.formats.cdm_statements import Statements

_GROUPS = {
    "ndm", "cdm", "body", "segment", "data", "relativeStateVector", "userDefinedParameters",
    *SECTIONS,
}  # fmt: skip
_BREAK = re.compile(r" *[\t\r\n]\s*")
_NDM_TEXTS = (COMMENT, "MESSAGE_ID")


def xml_messages(data: bytes, source: str) -> list[Statements]:
    """Return the statements of each message; raise `FormatError` where the XML is unsound."""
    document = _Document(source)
    document.listen()
    try:
        document.parser.Parse(data, True)
    except FormatError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FormatError(
            f"the XML breaks off here: {error}",
            source=source,
            line=document.parser.CurrentLineNumber,
        ) from error
    return document.messages


@dataclass(slots=True)
class _Document:
    """What the parser has met so far."""

    source: str
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    messages: list[Statements] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def listen(self) -> None:
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.take_text
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        inside = self.path[-1] if self.path else ""
        if inside in ("", "ndm"):
            self._begin(name, inside, attributes)
        elif inside not in _GROUPS:
            self._refuse(f"<{name[:40]}> inside <{inside[:40]}>")
        elif name in ("ndm", "cdm"):
            self._refuse(f"<{name}> inside <{inside}>")
        elif name == "segment":
            self.messages[-1].begin_part(self.parser.CurrentLineNumber)
        self.path.append(name)
        self.text, self.attributes = "", attributes

    def end(self, name: str) -> None:
        name = self.path.pop()
        if name not in _GROUPS and self.path != ["ndm"]:
            keyword = name
            if name == "USER_DEFINED":
                keyword = USER_DEFINED + self.attributes.get("parameter", "")
            unit = self.attributes.get("units", "").strip()
            line = self.parser.CurrentLineNumber
            value = _BREAK.sub(" ", self.text.strip())
            self.messages[-1].add(keyword, value, unit, line)
        self.text = ""

    def take_text(self, text: str) -> None:
        if self.path[-1] in _GROUPS and text.strip():
            self._refuse(f"text {text.strip()[:40]!r} between elements of <{self.path[-1]}>")
        self.text += text

    def refuse_doctype(self, *_: object) -> None:
        self._refuse("a document type declaration: expected a plain CDM without one")

    def _begin(self, name: str, inside: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if name == "cdm":
            message = Statements(self.source, line)
            message.add("CCSDS_CDM_VERS", attributes.get("version", "").strip(), "", line)
            self.messages.append(message)
        elif not (name == "ndm" and not inside) and not (inside and name in _NDM_TEXTS):
            self._refuse(f"an XML element <{name[:40]}>: expected <cdm>")

    def _refuse(self, problem: str) -> None:
        raise FormatError(problem, source=self.source, line=self.parser.CurrentLineNumber)
