"""Tables of text, one record a line: what the catalogues of objects have in common."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date

from hoshimori.errors import FormatError
from hoshimori.formats.namespaces import LARGEST_NORAD_ID
from hoshimori.formats.packing import unpacked
from hoshimori.model.objects import SpaceObject
from hoshimori.model.rejections import ObjectReading, Rejection

Cells = dict[str, str]


class FieldError(ValueError):
    """A field of one record cannot be read; becomes a `Rejection` and never leaves this room."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        super().__init__(problem)


def read_table(
    data: bytes,
    *,
    source: str,
    delimiter: str,
    needs: tuple[str, ...],
    take: Callable[[Cells], SpaceObject | None],
) -> ObjectReading:
    """Return the objects that `take` makes of the lines of a table; None passes a line over.

    Raises `FormatError` where the header lacks what the table needs.
    """
    objects: list[SpaceObject] = []
    rejections: list[Rejection] = []
    for line, text, cells in _lines(only_file(data, source), source, delimiter, needs):
        try:
            if cells is None:
                raise FieldError("", "another number of cells than the header has")
            found = take(cells)
        except FieldError as error:
            raw = text.encode("utf-8", "replace")
            rejections.append(Rejection(source, line, error.field, str(error), raw))
        else:
            if found is not None:
                objects.append(found)
    return ObjectReading(tuple(objects), tuple(rejections))


def only_file(data: bytes, source: str) -> bytes:
    """Return the single file in what may be gzip or zip; raises `FormatError` for several."""
    files = [content for _, content in unpacked(data, source=source)]
    if len(files) != 1:
        raise FormatError(f"{len(files)} files in an archive: expected one", source=source)
    return files[0]


def norad_id(cells: Cells, field: str) -> int:
    """Return a catalogue number, 1 to 999,999,999."""
    text = cells[field].strip()
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:12]) <= LARGEST_NORAD_ID):
        raise FieldError(field, f"{text[:40]!r}: expected a catalogue number")
    return int(text)


def number(cells: Cells, field: str, *, decimal_comma: bool = False) -> float | None:
    """Return a positive number, or None where the cell is empty or says "N/A"."""
    text = cells.get(field, "").strip()
    if text in ("", "-", "N/A"):
        return None
    try:
        value = float(text.replace(",", ".") if decimal_comma else text)
    except ValueError:
        value = float("nan")
    if not 0 <= value < float("inf"):
        raise FieldError(field, f"{text[:40]!r}: expected a number, 0 or above")
    return value or None


def day(cells: Cells, field: str) -> date | None:
    """Return a day written YYYY-MM-DD, or None where the cell is empty."""
    text = cells.get(field, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldError(field, f"{text[:40]!r}: expected YYYY-MM-DD") from error


def _lines(
    data: bytes, source: str, delimiter: str, needs: tuple[str, ...]
) -> Iterator[tuple[int, str, Cells | None]]:
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    header: list[str] | None = None
    for line, row in enumerate(text.split("\n"), 1):
        if not row.strip() or row.startswith("# "):
            continue
        cells = _cells(row, delimiter)
        if header is None:
            header = [cell.strip() for cell in cells]
            if missing := [name for name in needs if name not in header]:
                raise FormatError(
                    f"no column {', '.join(missing)}: expected a table with {', '.join(needs)}",
                    source=source,
                    line=line,
                )
        else:
            fits = len(cells) == len(header)
            yield line, row, dict(zip(header, cells, strict=True)) if fits else None
    if header is None:
        raise FormatError(f"an empty file: expected {', '.join(needs)}", source=source)


def _cells(row: str, delimiter: str) -> list[str]:
    if '"' not in row:
        return row.split(delimiter)
    try:
        return next(csv.reader([row], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return []
