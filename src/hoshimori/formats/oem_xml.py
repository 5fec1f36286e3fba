"""OEM in XML: one ``oem``, or several in an ``ndm``."""

from __future__ import annotations

from hoshimori.formats.kvn import HEADER
from hoshimori.formats.oem_segments import Row, Segment
from hoshimori.formats.statements import COMMENT, Block
from hoshimori.formats.xml_tree import Element, statement_of, statements_of, version_of

_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_COVARIANCE = tuple(f"C{row}_{_AXES[k]}" for n, row in enumerate(_AXES) for k in range(n + 1))
_STATE = (*_AXES, "X_DDOT", "Y_DDOT", "Z_DDOT")
_ROWS = {"stateVector": _STATE, "covarianceMatrix": _COVARIANCE}
_UNITS = {"X": "km", "Y": "km", "Z": "km"} | {
    name: "km/s" if name.endswith("_DOT") else "km/s**2" for name in _STATE[3:]
}


def segments_of(element: Element, source: str) -> tuple[Block, list[Segment]]:
    """Return header and segments of one ``oem``; `FormatError` where elements do not belong."""
    header = Block(HEADER, source, element.line, [version_of(element)])
    segments: list[Segment] = []
    for child in element.children:
        if child.name == "header":
            header.statements += statements_of(child, (), source)
        elif child.name == "body":
            segments += [_segment(inside, source) for inside in child.children]
        else:
            raise child.refuse("does not belong in an <oem>", source)
    return header, segments


def _segment(element: Element, source: str) -> Segment:
    if element.name != "segment":
        raise element.refuse("expected <segment>", source)
    segment = Segment(Block("META", source, element.line))
    for child in element.children:
        if child.name == "metadata":
            segment.metadata.statements += statements_of(child, (), source)
        elif child.name == "data":
            for row in child.children:
                _take_row(segment, row, source)
        else:
            raise child.refuse("does not belong in a <segment>", source)
    return segment


def _take_row(segment: Segment, element: Element, source: str) -> None:
    if element.name == COMMENT:
        return
    if element.name not in _ROWS:
        raise element.refuse("does not belong in <data>", source)
    row: dict[str, str] = {}
    for child in element.children:
        statement = statement_of(child, source)
        expected = _UNITS.get(statement.keyword, "")
        if expected and statement.unit and statement.unit.lower() != expected:
            statement.refuse(f"unit [{statement.unit[:20]}]: expected [{expected}]", source)
        if statement.keyword in row:
            statement.refuse("is there twice: expected once", source)
        if statement.keyword != COMMENT:
            row[statement.keyword] = statement.value
    epoch, frame = row.pop("EPOCH", ""), row.pop("COV_REF_FRAME", "")
    names = _ROWS[element.name][: len(row)]
    if set(names) != set(row):
        raise element.refuse("has gaps or unknown elements", source)
    found = Row(epoch, [row[name] for name in names], element.line, frame)
    (segment.states if element.name == "stateVector" else segment.covariances).append(found)
