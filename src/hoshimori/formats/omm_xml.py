"""OMM in XML: one ``omm``, or several in an ``ndm``, with or without a namespace.

Accepted: CCSDS 2.0 and 3.0, CelesTrak's empty CREATION_DATE and ORIGINATOR, Space-Track's
userDefinedParameters.  Other messages in an ``ndm`` are refused one by one.  A document type declaration is refused at once, so that no entity can be
defined or fetched.  Where the document breaks off, the messages before the break are kept and the
break is reported.  `hoshimori.formats.omm_message` says what makes a message,
`hoshimori.formats.omm` what its values may be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from hoshimori.errors import FormatError
from hoshimori.formats.omm_kvn import read_messages
from hoshimori.formats.omm_message import USER_DEFINED, Message, Statement
from hoshimori.formats.records import Origin
from hoshimori.model.rejections import Reading

_ROOTS = ("omm", "ndm")
_GROUPS = (
    "header", "body", "segment", "metadata", "data", "meanElements", "spacecraftParameters",
    "tleParameters", "covarianceMatrix", "userDefinedParameters",
)  # fmt: skip
_NDM_TEXTS = ("COMMENT", "MESSAGE_ID")
_ONCE = ("header", "body", "segment", "metadata", "data")


def read_omm_xml(data: bytes, origin: Origin) -> Reading:
    """Return the records of an XML document.

    Raises `FormatError` where the root is neither ``omm`` nor ``ndm``, where the document declares
    a document type, and where it breaks off before the first message is complete.
    """
    document = _Document(data, origin)
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
        document.break_off(error)
    return read_messages(document.messages, origin)


@dataclass(slots=True)
class _Document:
    """What the parser has met so far."""

    data: bytes
    origin: Origin
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    messages: list[Message] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    begun: tuple[int, int] = (0, 1)
    problem: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self.path and name not in _ROOTS:
            raise FormatError(
                f"an XML document of <{name[:40]}>: expected <omm> or <ndm>",
                source=self.origin.source,
                line=self.parser.CurrentLineNumber,
            )
        if name == "omm":
            self._begin(attributes)
        elif self.path == ["ndm"]:
            self.begun = (self.parser.CurrentByteIndex, self.parser.CurrentLineNumber)
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
            line = self.parser.CurrentLineNumber
            self.statements.append(Statement(keyword, self.text.strip(), unit, line))
        self.text = ""

    def take_text(self, text: str) -> None:
        self.text += text

    def refuse_doctype(self, *_: object) -> None:
        raise FormatError(
            "an XML document with a document type declaration: expected plain OMM without one",
            source=self.origin.source,
            line=self.parser.CurrentLineNumber,
        )

    def break_off(self, error: Exception) -> None:
        """Note where the document is no longer XML, as a message that cannot be read."""
        line = self.parser.ErrorLineNumber
        problem = f"the XML breaks off here: {error}"
        if not self.messages:
            raise FormatError(problem, source=self.origin.source, line=line) from error
        place = self.begun[0] if "omm" in self.path else max(self.parser.ErrorByteIndex, 0)
        self.messages.append(Message((), line, self.data[place:], problem))

    def _begin(self, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.begun = (self.parser.CurrentByteIndex, line)
        self.problem = "<omm> inside <omm>" if "omm" in self.path else ""
        self.groups = []
        version = attributes.get("version", "")
        self.statements = [Statement("CCSDS_OMM_VERS", version, "", line)]

    def _finish(self) -> None:
        place, line = self.begun
        end = self.data.find(b">", self.parser.CurrentByteIndex) + 1
        twice = next((group for group in _ONCE if self.groups.count(group) > 1), "")
        problem = self.problem or (f"<{twice}> is there twice" if twice else "")
        raw = self.data[place : end or len(self.data)]
        self.messages.append(Message(tuple(self.statements), line, raw, problem))
