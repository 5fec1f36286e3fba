"""OEM in XML: one ``oem``, or several in an ``ndm``."""

from __future__ import annotations

from hoshimori.formats.oem_segments import Row, Segment
from hoshimori.formats.statements import COMMENT, Block
from hoshimori.formats.xml_tree import Element, header_and_parts, statement_of, statements_of

_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_COVARIANCE = tuple(f"C{row}_{_AXES[k]}" for n, row in enumerate(_AXES) for k in range(n + 1))
_STATE = (*_AXES, "X_DDOT", "Y_DDOT", "Z_DDOT")
_ROWS = {"stateVector": _STATE, "covarianceMatrix": _COVARIANCE}
_UNITS = {"X": "km", "Y": "km", "Z": "km"} | {
    name: "km/s" if name.endswith("_DOT") else "km/s**2" for name in _STATE[3:]
}


def segments_of(element: Element, source: str) -> tuple[Block, list[Segment]]:
    """Return header and segments of one ``oem``; `FormatError` where elements do not belong."""
    header, parts = header_and_parts(element, source)
    segments: list[Segment] = []
    for part in parts:
        if part.name == "metadata":
            statements = list(statements_of(part, (), source))
            segments.append(Segment(Block("META", source, part.line, statements)))
        elif not segments:
            raise part.refuse("expected <metadata> before it", source)
        else:
            for row in part.children:
                _take_row(segments[-1], row, source)
    return header, segments


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
