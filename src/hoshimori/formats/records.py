"""What the readers of all formats share: where a record came from, what is wrong with it, and the
physical limits that every element set must keep.

A row with a fault becomes a `Rejection` with its line, field, expected form and raw bytes; all
other rows become `ElementSets`.  Refused here, whatever the format: numbers that are not finite,
catalogue numbers outside 1 to 999,999,999 (and the namespaces of
`hoshimori.formats.namespaces`),
eccentricity outside [0, 1), mean motion not above zero, inclination outside [0, 180] degrees,
angles outside [-360, 360] degrees, epochs before 1957 or more than sixty days after the file was
received, and ephemeris types other than SGP4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hoshimori.formats.namespaces import LARGEST_NORAD_ID, Mask, is_object_id
from hoshimori.model.elements import NO_ELEMENT_SETS, NOT_STATED, TEXT, Column, ElementSets
from hoshimori.model.elements import concatenate as concatenate_sets
from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.model.rejections import Reading, Rejection

EARLIEST_EPOCH_UTC = np.datetime64("1957-01-01T00:00:00", "us")
LATEST_EPOCH_AHEAD = np.timedelta64(60, "D")
"""Nominal launches and operators' predictions reach some days ahead; years ahead are invented."""

LABELS = ("object_name", "object_id", "classification")
"""The columns that hold text."""

Place = Callable[[int, str], tuple[int, bytes]]
"""Gives, for a row and a field, the line of the file (from 1) and the raw bytes of the record."""

_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff\ud800-\udfff]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_THEORIES = {1: "SGP", 3: "SDP4 or PPT3", 4: "SGP4-XP", 5: "SDP8", 6: "special perturbations"}
_SGP4_TYPES = (NOT_STATED, 0, 2)
_NOT_TEXT_PROBLEM = "control characters, or bytes that are not UTF-8: expected printable text"


@dataclass(frozen=True, slots=True)
class Origin:
    """The bytes that are being read."""

    source: str
    payload_sha256: str
    received_utc: np.datetime64
    reality: Reality = Reality.REAL


@dataclass(frozen=True, slots=True)
class Faults:
    """The first thing wrong with each row that has something wrong with it."""

    first: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, rows: Iterable[Any], name: str, problem: str | Callable[[int], str]) -> None:
        """Note a problem with the field of that name in these rows."""
        for row in map(int, rows):
            if row not in self.first:
                self.first[row] = (name, problem if isinstance(problem, str) else problem(row))


def reading(
    columns: Mapping[str, Column],
    realities: Sequence[Reality] | None,
    faults: Faults,
    place: Place,
    origin: Origin,
    names: Mapping[str, str],
) -> Reading:
    """Return the sound rows as element sets and the others as rejections.

    `columns` are those of `ElementSets` except the provenance; `realities` holds what each row
    states of its own reality; `names` says what the format calls a column.
    """
    _check_physics(columns, faults, origin, names)
    _check_text(columns, faults, names)
    sound = np.ones(len(columns["norad_id"]), dtype=bool)
    sound[list(faults.first)] = False
    index, provenances = _provenances(realities, len(sound), origin)
    kept = {name: columns[name][sound] for name in columns} if faults.first else dict(columns)
    sets = ElementSets(**kept, provenance_index=index[sound], provenances=provenances)
    return Reading(sets, tuple(_rejection(row, faults, place, origin) for row in faults.first))


def joined(readings: Sequence[Reading]) -> Reading:
    """Return the records of several readings as one."""
    sets = concatenate_sets([r.element_sets for r in readings]) if readings else NO_ELEMENT_SETS
    return Reading(sets, tuple(rejection for r in readings for rejection in r.rejections))


def texts(values: Sequence[str]) -> Column:
    """Return texts as a column; half characters become U+FFFD, which `reading` refuses."""
    try:
        return np.array(values, dtype=TEXT)
    except UnicodeEncodeError:
        return np.array([_HALF_CHARACTER.sub("\ufffd", value) for value in values], dtype=TEXT)


def unprintable_rows(values: Column) -> list[int]:
    """Return the rows whose text holds control or replacement characters."""
    cells = values.tolist()
    if not _NOT_TEXT.search("".join(cells)):
        return []
    return [row for row, cell in enumerate(cells) if _NOT_TEXT.search(cell)]


def _rejection(row: int, faults: Faults, place: Place, origin: Origin) -> Rejection:
    name, problem = faults.first[row]
    line, raw = place(row, name)
    return Rejection(origin.source, line, name, problem, raw)


def _provenances(
    realities: Sequence[Reality] | None, length: int, origin: Origin
) -> tuple[Column, tuple[Provenance, ...]]:
    """Number the provenances; what a record states of its reality cannot undo the file's."""
    if not realities:
        only = Provenance(origin.source, origin.payload_sha256, origin.reality)
        return np.zeros(length, dtype=np.int32), (only,)
    marked = {r: combined_reality((r, origin.reality)) for r in Reality}
    kinds = list(dict.fromkeys(marked[r] for r in realities))
    number = {r: kinds.index(marked[r]) for r in dict.fromkeys(realities)}
    index = np.array([number[r] for r in realities], dtype=np.int32)
    return index, tuple(Provenance(origin.source, origin.payload_sha256, k) for k in kinds)


def _check_physics(
    columns: Mapping[str, Column], faults: Faults, origin: Origin, names: Mapping[str, str]
) -> None:
    for column, holds, expected in _limits(origin):
        values = columns[column]
        with np.errstate(invalid="ignore"):
            broken = np.flatnonzero(~holds(values))
        faults.add(broken, names[column], _shown(values, expected))
    types = columns["ephemeris_type"]
    broken = np.flatnonzero(~np.isin(types, _SGP4_TYPES))
    faults.add(broken, names["ephemeris_type"], lambda row: theory_problem(int(types[row])))


def _shown(values: Column, expected: str) -> Callable[[int], str]:
    return lambda row: f"{values[row]}: {expected}"


def theory_problem(ephemeris_type: int) -> str:
    """Say why element sets of this type cannot be used."""
    theory = _THEORIES.get(ephemeris_type, "an unknown theory")
    return f"type {ephemeris_type} means {theory}: expected 0 (SGP4), the only theory supported"


def _limits(origin: Origin) -> Iterator[tuple[str, Callable[[Column], Mask], str]]:
    """Give the columns with what must hold of their values and how to say it."""
    latest = origin.received_utc.astype("datetime64[us]") + LATEST_EPOCH_AHEAD
    yield "norad_id", is_object_id, f"expected a catalogue number, 1 to {LARGEST_NORAD_ID:,}"
    yield (
        "epoch_utc",
        lambda v: (v >= EARLIEST_EPOCH_UTC) & (v <= latest),
        f"expected an epoch from 1957 to {latest.astype('datetime64[s]')}Z (60 days after receipt)",
    )
    yield "mean_motion_rev_day", lambda v: np.isfinite(v) & (v > 0), "expected rev/day above 0"
    yield "eccentricity", lambda v: (v >= 0) & (v < 1), "expected 0 <= eccentricity < 1"
    yield "inclination_deg", lambda v: (v >= 0) & (v <= 180), "expected 0 to 180 degrees"
    for angle in ("raan_deg", "arg_of_pericenter_deg", "mean_anomaly_deg"):
        yield angle, lambda v: np.abs(v) <= 360, "expected an angle in degrees, 0 to 360"
    for rate in ("bstar_per_er", "mean_motion_dot_rev_day2", "mean_motion_ddot_rev_day3"):
        yield rate, np.isfinite, "expected a finite number"


def _check_text(columns: Mapping[str, Column], faults: Faults, names: Mapping[str, str]) -> None:
    for column in LABELS:
        faults.add(unprintable_rows(columns[column]), names[column], _NOT_TEXT_PROBLEM)
