"""Files of reports: TOML with one ``[[report]]`` each, or a JSON list, also in gzip or zip.

Fields: ``statement`` (a name of `Statement` in small letters, or its words), ``objects``
(catalogue numbers, the asset first), ``start_utc``, ``end_utc`` (the same where left out),
``known_utc``, ``source``, ``source_chain`` (the source where left out), ``grade`` (``B2``; ``F6``,
not judged, where left out), ``text``, ``reference``, ``marking``, ``reality``. Needed are
statement, start, known, source and text. A bad record is refused alone.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.radio_fields import RADIO
from hoshimori.formats.report_fields import REQUIRED, report_of, report_value
from hoshimori.formats.tables import FieldError, only_file
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Rejection, ReportReading
from hoshimori.model.reports import OperatorReport

_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*report[ \t]*\]\]", re.M)
_PLACE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")
_MUST_BE_ESCAPED = re.compile("[\x7f-\x9f]")
_EXPECTED = "expected TOML with one [[report]] for each report, or a JSON list of them"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record as it stands in its file; `values` is None where it cannot be read."""

    line: int
    raw: str
    values: Mapping[str, Any] | None
    problem: str = ""


def read_reports(
    data: bytes, *, source: str, marking: Marking = OPEN, reality: Reality = Reality.REAL
) -> ReportReading:
    """Return the reports of a file and the records that were refused.

    `marking` is that of records that state none; `reality` that of the file, which a record
    cannot undo.

    Raises:
        FormatError: the bytes are no file of reports at all.
    """
    content = only_file(data, source)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise FormatError(problem, source=source) from None
    is_json = text.lstrip()[:1] in ("[", "{") and not _HEAD.match(text.lstrip())
    records = _json_records(text, source) if is_json else _toml_records(text, source)
    reports: dict[str, OperatorReport] = {}
    rejections = []
    for record in records:
        try:
            report = _report(record, marking, reality)
            if report.finding_id in reports:
                raise FieldError("", "the same report stands above; list each once")
        except FieldError as error:
            line = record.line if is_json else record.line + _lines_before(record.raw, error.field)
            raw = record.raw.encode()
            rejections.append(Rejection(source, line, error.field, str(error), raw))
        else:
            reports[report.finding_id] = report
    return ReportReading(tuple(reports.values()), tuple(rejections))


def write_reports(reports: Iterable[OperatorReport]) -> bytes:
    """Return reports as TOML that `read_reports` reads back.

    Raises:
        FormatError: a marking cannot be written.
    """
    return ("\n".join(map(_written, reports)) or "report = []\n").encode()


def _report(record: _Record, marking: Marking, reality: Reality) -> OperatorReport:
    if record.values is None:
        raise FieldError("", record.problem)
    return report_of(record.values, marking=marking, reality=reality)


def _lines_before(raw: str, field: str) -> int:
    """Return how many lines of a record stand before a field, also one within a table."""
    within = re.escape(field.rpartition(".")[2])
    name = rf"(?:{re.escape(field)}|[\"']?{within}[\"']?)"
    found = re.search(rf"^[ \t]*{name}[ \t]*=", raw, re.M)
    return raw.count("\n", 0, found.start()) if field and found else 0


def _json_records(text: str, source: str) -> Iterator[_Record]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}; {_EXPECTED}", source=source) from None
    listed = document.get("report") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise FormatError(f"no list of reports; {_EXPECTED}", source=source)
    for number, values in enumerate(listed, 1):
        raw = json.dumps(values)
        if isinstance(values, dict):
            yield _Record(number, raw, values)
        else:
            yield _Record(number, raw, None, f"expected an object with {', '.join(REQUIRED)}")


def _toml_records(text: str, source: str) -> Iterator[_Record]:
    """Read each record by itself where the whole cannot be read: a fault stays alone."""
    starts = [found.start() for found in _HEAD.finditer(text)]
    pieces = [text[a:b] for a, b in zip(starts, [*starts, len(text)][1:], strict=True)]
    lines = [1 + text.count("\n", 0, start) for start in starts]
    try:
        listed = _tables(text)
    except FormatError as whole:
        if not pieces:
            raise FormatError(f"{whole.problem}; {_EXPECTED}", source=source) from None
        yield from map(_alone, lines, pieces)
        return
    if len(listed) != len(pieces):  # written inline, or a head stands inside a text
        lines, pieces = [1] * len(listed), [repr(values) for values in listed]
    yield from map(_Record, lines, pieces, listed)


def _alone(line: int, piece: str) -> _Record:
    try:
        (values,) = _tables(piece)
    except FormatError as error:
        return _Record(line + (error.line or 1) - 1, piece, None, error.problem)
    return _Record(line, piece, values)


def _tables(text: str) -> list[Mapping[str, Any]]:
    """Return the tables of reports in a TOML text; raise `FormatError` where there are none."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else None
        raise FormatError(f"not TOML: {_PLACE.sub('', str(error))}", line=line) from None
    if extra := sorted(set(document) - {"report"}):
        raise FormatError(f"{extra[0]}: stands outside a [[report]]")
    listed = document.get("report")
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise FormatError("no [[report]] found")
    return listed


def _written(report: OperatorReport) -> str:
    plain = report_value(report)
    radio = plain.pop(RADIO, {})
    named = plain | {f"{RADIO}.{name}": value for name, value in radio.items()}
    lines = [f"{name} = {_toml(name, value)}" for name, value in named.items()]
    return "\n".join(("[[report]]", *lines, ""))


def _toml(name: str, value: Any) -> str:
    if isinstance(value, list | float):
        return str(value)
    return str(value) if name.endswith("_utc") else _quoted(value)


def _quoted(text: str) -> str:
    """Return a TOML basic string: as in JSON, and the other control characters escaped as well."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _MUST_BE_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
