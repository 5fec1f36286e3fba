"""OEM in XML: one ``oem``; a document type declaration is refused at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from hoshimori.errors import FormatError
from hoshimori.formats.oem_segments import Row, Segment
from hoshimori.formats.omm_message import Statement

_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_COVARIANCE = tuple(f"C{row}_{_AXES[k]}" for n, row in enumerate(_AXES) for k in range(n + 1))
_STATE = (*_AXES, "X_DDOT", "Y_DDOT", "Z_DDOT")
_ROWS = {"stateVector": _STATE, "covarianceMatrix": _COVARIANCE}
_UNITS = {"X": "km", "Y": "km", "Z": "km"} | {
    name: "km/s" if name.endswith("_DOT") else "km/s**2" for name in _STATE[3:]
}
_GROUPS = ("oem", "header", "body", "segment", "metadata", "data", *_ROWS)


def read_xml(data: bytes, source: str) -> tuple[list[Statement], list[Segment]]:
    """Return the header and the segments; raise `FormatError` where the XML is unsound."""
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
        raise FormatError(problem, source=source, line=parser.CurrentLineNumber) from error
    return document.header, document.segments


@dataclass(slots=True)
class _Document:
    """What the parser has met so far."""

    source: str
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    header: list[Statement] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    row: dict[str, str] = field(default_factory=dict)
    text: str = ""
    unit: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        line = self.parser.CurrentLineNumber
        if (not self.path) != (name == "oem"):
            self._refuse(f"<{name[:40]}> does not belong here: expected one <oem>")
        if self.path and self.path[-1] not in _GROUPS:
            self._refuse(f"<{name[:40]}> inside <{self.path[-1][:40]}>")
        if name == "oem":
            version = attributes.get("version", "").strip()
            self.header.append(Statement("CCSDS_OEM_VERS", version, "", line))
        elif name == "segment":
            self.segments.append(Segment(self.source, line))
        elif name in _ROWS:
            self.row = {}
        self.path.append(name)
        self.text, self.unit = "", attributes.get("units", "")

    def end(self, name: str) -> None:
        name = self.path.pop()
        if name in _ROWS and self.segments:
            self._close_row(name)
        elif name not in (*_GROUPS, "COMMENT"):
            self._take(name, self.path[-1])
        self.text = ""

    def take_text(self, text: str) -> None:
        if self.path[-1] in _GROUPS and text.strip():
            self._refuse(f"text {text.strip()[:40]!r} between elements")
        self.text += text

    def refuse_doctype(self, *_: object) -> None:
        self._refuse("a document type declaration: expected a plain OEM without one")

    def _take(self, name: str, group: str) -> None:
        statement = Statement(name, self.text.strip(), "", self.parser.CurrentLineNumber)
        if group == "header":
            self.header.append(statement)
        elif group == "metadata" and self.segments:
            self.segments[-1].metadata.append(statement)
        elif group in _ROWS and name not in self.row:
            expected = _UNITS.get(name, "")
            if expected and self.unit and self.unit.strip().lower() != expected:
                self._refuse(f"unit [{self.unit[:20]}] of {name}: expected [{expected}]")
            self.row[name] = statement.value
        else:
            self._refuse(f"<{name[:40]}> does not belong here")

    def _close_row(self, group: str) -> None:
        epoch, frame = self.row.pop("EPOCH", ""), self.row.pop("COV_REF_FRAME", "")
        names = _ROWS[group][: len(self.row)]
        if set(names) != set(self.row):
            self._refuse(f"<{group}> with gaps or unknown elements")
        row = Row(epoch, [self.row[n] for n in names], self.parser.CurrentLineNumber, frame)
        segment = self.segments[-1]
        (segment.states if group == "stateVector" else segment.covariances).append(row)

    def _refuse(self, problem: str) -> None:
        raise FormatError(problem, source=self.source, line=self.parser.CurrentLineNumber)
