"""OMM in XML: one ``omm``, or several in an ``ndm``, with or without a namespace.

Accepted: CCSDS 2.0 and 3.0, CelesTrak's empty CREATION_DATE and ORIGINATOR, Space-Track's
userDefinedParameters.  Other messages in an ``ndm`` are refused one by one.  A document type
declaration is refused at once, so that no entity can be defined or fetched.  A message that is not
XML is refused alone.  `hoshimori.formats.omm_message` says what makes a message,
`hoshimori.formats.omm` what its values may be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from hoshimori.errors import FormatError
from hoshimori.formats.omm_kvn import BATCH, read_messages
from hoshimori.formats.omm_message import Message
from hoshimori.formats.records import Origin, joined
from hoshimori.formats.statements import USER_DEFINED, Statement
from hoshimori.model.rejections import Reading

_ROOTS = ("omm", "ndm")
_GROUPS = (
    "header", "body", "segment", "metadata", "data", "meanElements", "spacecraftParameters",
    "tleParameters", "covarianceMatrix", "userDefinedParameters",
)  # fmt: skip
_NDM_TEXTS = ("COMMENT", "MESSAGE_ID")
_NEXT_MESSAGE = re.compile(rb"<(?:[A-Za-z0-9_.]{1,20}:)?omm[\s>]")
_OPENING = b"<ndm>"
_PIECE = 1 << 20
_MOST_BREAKS = 1000
_ONCE = ("header", "body", "segment", "metadata", "data")


def read_omm_xml(data: bytes, origin: Origin) -> Reading:
    """Return the records of an XML document.

    Raises `FormatError` where the root is neither ``omm`` nor ``ndm``, where the document declares
    a document type, and where no message in it is whole.
    """
    document = _Document(data, origin)
    place: int | None = 0
    while place is not None:
        place = document.parse_from(place)
    if document.breaks and document.breaks == len(document.messages) and not document.readings:
        first = document.messages[0]
        raise FormatError(first.problem, source=origin.source, line=first.line)
    return joined([*document.readings, read_messages(document.messages, origin)])


@dataclass(slots=True)
class _Document:
    """What the parser has met so far; it starts again after a place that is not XML."""

    data: bytes
    origin: Origin
    messages: list[Message] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    breaks: int = 0
    encoding: str | None = None
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    offset: int = 0
    line_offset: int = 0
    path: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    begun: tuple[int, int] = (0, 1)
    problem: str = ""

    def parse_from(self, start: int) -> int | None:
        """Read on from a place in the file; return the next message after a break, else None."""
        self._prepare(start)
        try:
            if start:
                self.parser.Parse(_OPENING, False)
            for piece in range(start, len(self.data), _PIECE):
                self.parser.Parse(self.data[piece : piece + _PIECE], False)
            self.parser.Parse(b"", True)
        except FormatError:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            return self._break_off(error)
        return None

    def _prepare(self, start: int) -> None:
        self.parser = expat.ParserCreate(self.encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.take_text
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.XmlDeclHandler = self.take_declaration
        self.offset = start - len(_OPENING) if start else 0
        self.line_offset = self.data.count(b"\n", 0, start)
        self.path, self.text = [], ""

    def _here(self) -> tuple[int, int]:
        line = self.line_offset + self.parser.CurrentLineNumber
        return self.offset + self.parser.CurrentByteIndex, line

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self.path and name not in _ROOTS:
            raise FormatError(
                f"an XML document of <{name[:40]}>: expected <omm> or <ndm>",
                source=self.origin.source,
                line=self._here()[1],
            )
        if name == "omm":
            self._begin(attributes)
        elif self.path == ["ndm"]:
            self.begun = self._here()
        elif name in _GROUPS:
            self.groups.append(name)
        elif self.path and self.path[-1] not in (*_GROUPS, "ndm"):
            self.problem = self.problem or f"<{name[:40]}> inside <{self.path[-1][:40]}>"
        self.path.append(name)
        self.text, self.attributes = "", attributes

    def end(self, name: str) -> None:
        name = self.path.pop()
        if name == "omm":
            self._finish()
        elif self.path == ["ndm"] and name not in _NDM_TEXTS:
            self.problem = f"a message of another kind, <{name[:40]}>: expected <omm>"
            self.statements = []
            self._finish()
        elif name not in (*_GROUPS, *_ROOTS, "COMMENT") and "omm" in self.path:
            keyword = name
            if name == "USER_DEFINED":
                keyword = USER_DEFINED + self.attributes.get("parameter", "")
            unit = self.attributes.get("units", "")
            line = self.line_offset + self.parser.CurrentLineNumber
            self.statements.append(Statement(keyword, self.text.strip(), unit, line))
        self.text = ""

    def take_text(self, text: str) -> None:
        self.text += text

    def refuse_doctype(self, *_: object) -> None:
        raise FormatError(
            "an XML document with a document type declaration: expected plain OMM without one",
            source=self.origin.source,
            line=self._here()[1],
        )

    def take_declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding

    def _break_off(self, error: Exception) -> int | None:
        """Note a message that is not XML; return where the next one begins, if there is one."""
        place = self.offset + max(self.parser.ErrorByteIndex, 0)
        line = self.line_offset + self.parser.ErrorLineNumber
        start = self.begun[0] if "omm" in self.path else place
        found = _NEXT_MESSAGE.search(self.data, max(place, start + 1))
        after = found.start() if found and self.breaks < _MOST_BREAKS else None
        raw = self.data[start:after]
        self.messages.append(Message((), line, raw, f"the XML breaks off here: {error}"))
        self.breaks += 1
        return after

    def _begin(self, attributes: dict[str, str]) -> None:
        self.begun = self._here()
        self.problem = "<omm> inside <omm>" if "omm" in self.path else ""
        self.groups = []
        version = attributes.get("version", "")
        self.statements = [Statement("CCSDS_OMM_VERS", version, "", self.begun[1])]

    def _finish(self) -> None:
        place, line = self.begun
        end = self.data.find(b">", self._here()[0]) + 1
        twice = next((group for group in _ONCE if self.groups.count(group) > 1), "")
        problem = self.problem or (f"<{twice}> is there twice" if twice else "")
        raw = self.data[place : end or len(self.data)]
        self.messages.append(Message(tuple(self.statements), line, raw, problem))
        if len(self.messages) >= BATCH:
            self.readings.append(read_messages(self.messages, self.origin))
            self.messages = []
