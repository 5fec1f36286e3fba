"""OMM in CSV, as CelesTrak and Space-Track serve it: a line of keywords, then one record a line.

Accepted: columns in any order, quoted or not, with unknown columns (RMS, DATA_SOURCE, TLE_LINE1…)
passed over; any line ending.  A line with too few or too many cells is refused alone, so a file
cut short keeps its complete records.  `hoshimori.formats.omm` says what the values may be.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from hoshimori.errors import FormatError
from hoshimori.formats.omm import USED, read_columns, require_keywords
from hoshimori.formats.records import Faults, Origin, joined
from hoshimori.model.rejections import Reading

_BLOCK_BYTES = 1_000_000  # what the processor's cache holds


def read_omm_csv(data: bytes, origin: Origin) -> Reading:
    """Return the records of an OMM CSV file.

    Raises `FormatError` where the header lacks a keyword that every record must state.
    """
    readings = []
    keywords: list[str] | None = None
    line = 0
    for block in _blocks(data):
        lines = _decoded(block).split("\n")
        numbered = [(number, text) for number, text in enumerate(lines, line + 1) if text.strip()]
        line += len(lines) - 1
        if keywords is None and numbered:
            keywords = _header(numbered.pop(0), origin)
        if keywords is not None and numbered:
            readings.append(_read_block(keywords, numbered, origin))
    return joined(readings)


def _blocks(data: bytes) -> Iterator[bytes]:
    """Cut the file into pieces that end with a line, so that memory stays bounded."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _BLOCK_BYTES) + 1 or len(data)
        yield data[start:end]
        start = end


def _decoded(block: bytes) -> str:
    """Decode; bytes that are not UTF-8 become U+FFFD and spoil only their own record."""
    return block.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _header(numbered: tuple[int, str], origin: Origin) -> list[str]:
    line, text = numbered
    keywords = [cell.strip().upper() for cell in _cells(text)]
    require_keywords(keywords, origin, line)
    twice = {keyword for keyword in keywords if keyword and keywords.count(keyword) > 1}
    if twice & set(USED):
        raise FormatError(f"column {min(twice)} is there twice", source=origin.source, line=line)
    return keywords


def _cells(line: str) -> list[str]:
    if '"' not in line:
        return line.split(",")
    quotes, borders = line.count('"'), line.count('","')
    if line[0] == line[-1] == '"' and quotes == 2 * (borders + 1):
        return line[1:-1].split('","')  # every cell quoted and none with a quote inside
    try:
        return next(csv.reader([line], strict=True))
    except (csv.Error, StopIteration):
        return []


def _read_block(
    keywords: Sequence[str], numbered: Sequence[tuple[int, str]], origin: Origin
) -> Reading:
    faults = Faults()
    rows = [_cells(text) for _, text in numbered]
    width = len(keywords)
    ragged = [row for row, cells in enumerate(rows) if len(cells) != width]
    counts = {row: len(rows[row]) for row in ragged}
    faults.add(ragged, "", lambda row: f"{counts[row]} cells: expected {width}, as in the header")
    for row in ragged:
        rows[row] = [""] * width
    cells = dict(zip(keywords, zip(*rows, strict=True), strict=True))
    columns = {keyword: cells[keyword] for keyword in USED if keyword in cells}
    return read_columns(columns, len(rows), faults, lambda row, _: _place(numbered[row]), origin)


def _place(numbered: tuple[int, str]) -> tuple[int, bytes]:
    line, text = numbered
    return line, text.encode("utf-8", "surrogatepass")
