"""The columns of the two lines of an element set, read for many sets at once.

Each line is a row of a matrix of bytes.  Numbers are assembled from their digits as whole numbers
and divided by a power of ten once, which gives the floating-point number nearest to the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from hoshimori.formats.alpha5 import ALPHA5_LETTERS
from hoshimori.formats.namespaces import Mask
from hoshimori.formats.records import Faults, texts
from hoshimori.model.elements import NOT_STATED, Column

WIDTH = 69

NAMES = {
    "norad_id": "catalogue number (columns 3-7)",
    "object_name": "name",
    "object_id": "designator (columns 10-17)",
    "epoch_utc": "epoch (columns 19-32)",
    "mean_motion_rev_day": "mean motion (line 2, columns 53-63)",
    "eccentricity": "eccentricity (line 2, columns 27-33)",
    "inclination_deg": "inclination (line 2, columns 9-16)",
    "raan_deg": "ascending node (line 2, columns 18-25)",
    "arg_of_pericenter_deg": "argument of perigee (line 2, columns 35-42)",
    "mean_anomaly_deg": "mean anomaly (line 2, columns 44-51)",
    "bstar_per_er": "B* (columns 54-61)",
    "mean_motion_dot_rev_day2": "first derivative (columns 34-43)",
    "mean_motion_ddot_rev_day3": "second derivative (columns 45-52)",
    "ephemeris_type": "ephemeris type (column 63)",
    "classification": "classification (column 8)",
    "element_set_no": "element set number (columns 65-68)",
    "rev_at_epoch": "revolution number (line 2, columns 64-68)",
    "known_utc": "received",
}
"""What messages call each column."""

LINE_2 = "line 2"
"""Stands in the name of every field of the second line."""

Bytes = npt.NDArray[np.uint8]
Read = tuple[Column, Mask]
"""The values of a field and whether each could be read."""

_BLANK, _ZERO, _POINT, _MINUS, _PLUS = (ord(c) for c in " 0.-+")
_BLANKS_1 = (1, 8, 17, 32, 43, 52, 61, 63)
_BLANKS_2 = (1, 7, 16, 25, 33, 42, 51)
_DAY_UNITS_US = 864  # a hundred-millionth of a day in microseconds
_FIXED = {
    "inclination_deg": (8, 16),
    "raan_deg": (17, 25),
    "arg_of_pericenter_deg": (34, 42),
    "mean_anomaly_deg": (43, 51),
    "mean_motion_rev_day": (52, 63),
}
_INITIALS = np.full(256, -1, dtype=np.int64)
_INITIALS[[ord(c) for c in " 0123456789"]] = [0, *range(10)]
_INITIALS[[ord(c) for c in ALPHA5_LETTERS]] = np.arange(10, 34)


def read_lines(
    lines_1: Sequence[bytes], lines_2: Sequence[bytes], faults: Faults, *, foreign: bool = False
) -> dict[str, Column]:
    """Return the columns of element sets, all but names and receipt, from their two lines.

    A foreign set may leave the catalogue number blank (it is then 0) and has no checksums.
    """
    columns: dict[str, Column] = {}
    _check_lengths(lines_1, "line 1", faults)
    _check_lengths(lines_2, "line 2", faults)
    first, second = _matrix(lines_1), _matrix(lines_2)
    for name, values, sound, cells, expected in _fields(first, second, foreign):
        columns[name] = values
        faults.add(
            np.flatnonzero(~sound),
            NAMES[name],
            _shown(cells, expected),
        )
    _check_layout(first, _BLANKS_1, "line 1", faults)
    _check_layout(second, _BLANKS_2, "line 2", faults)
    _check_same_object(columns["norad_id"], second, faults)
    if not foreign:
        _check_sums(first, "line 1", faults)
        _check_sums(second, "line 2", faults)
    columns["object_id"] = texts([designator(text) for text in _texts(first[:, 9:17])])
    columns["classification"] = texts([text.strip() for text in _texts(first[:, 7:8])])
    return columns


def designator(text: str) -> str:
    """Return an international designator in full (YYYY-NNNAAA); anything else stays as it is.

    >>> designator("98067A"), designator("")
    ('1998-067A', '')
    """
    short = text.strip()
    if 6 <= len(short) <= 8 and short[:5].isdecimal() and short.isascii() and short[5:].isalpha():
        return f"{19 if int(short[:2]) >= 57 else 20}{short[:2]}-{short[2:]}"
    return short


def _fields(
    first: Bytes, second: Bytes, foreign: bool
) -> Iterator[tuple[str, Column, Mask, Bytes, str]]:
    """Give each number of the two lines: column, values, which are sound, cells, what is due."""
    cells = first[:, 2:7]
    expected = "expected five digits, or Alpha-5 (a capital letter other than I and O, four digits)"
    yield "norad_id", *_catalogue_number(cells, foreign), cells, expected
    yield "epoch_utc", *_epoch(first[:, 18:32]), first[:, 18:32], "expected YYDDD.DDDDDDDD"
    for name, (start, stop) in _FIXED.items():
        point = 2 if name == "mean_motion_rev_day" else 3
        cells = second[:, start:stop]
        layout = "NN.NNNNNNNN" if point == 2 else "NNN.NNNN"
        yield name, *_fixed(cells, point), cells, f"expected {layout}"
    whole, sound = _whole(second[:, 26:33])
    yield "eccentricity", whole / 1e7, sound, second[:, 26:33], "expected seven digits"
    cells = first[:, 33:43]
    yield "mean_motion_dot_rev_day2", *_derivative(cells), cells, "expected ±.NNNNNNNN"
    for name, start in (("mean_motion_ddot_rev_day3", 44), ("bstar_per_er", 53)):
        cells = first[:, start : start + 8]
        yield name, *_exponential(cells), cells, "expected ±NNNNN±N, a decimal point implied"
    for name, cells in (
        ("ephemeris_type", first[:, 62:63]),
        ("element_set_no", first[:, 64:68]),
        ("rev_at_epoch", second[:, 63:68]),
    ):
        yield name, *_counter(cells), cells, "expected a whole number"


def _matrix(lines: Sequence[bytes]) -> Bytes:
    even = b"".join(line.ljust(WIDTH)[:WIDTH] for line in lines)
    return np.frombuffer(even, dtype=np.uint8).reshape(len(lines), WIDTH)


def _text(cells: Bytes) -> str:
    return cells.tobytes().decode("ascii", "replace")


def _texts(cells: Bytes) -> list[str]:
    width = cells.shape[1]
    whole = _text(cells)
    return [whole[place : place + width] for place in range(0, len(whole), width)]


def _shown(cells: Bytes, expected: str) -> Callable[[int], str]:
    return lambda row: f"{_text(cells[row])!r}: {expected}"


def _check_lengths(lines: Sequence[bytes], name: str, faults: Faults) -> None:
    wrong = [row for row, line in enumerate(lines) if len(line) != WIDTH]
    faults.add(wrong, name, lambda row: f"{len(lines[row])} characters: expected {WIDTH}")


def _check_layout(cells: Bytes, blanks: Sequence[int], name: str, faults: Faults) -> None:
    shifted = np.flatnonzero((cells[:, blanks] != _BLANK).any(axis=1))
    between = ", ".join(str(column + 1) for column in blanks)
    faults.add(shifted, name, lambda row: f"expected blanks in columns {between}")


def _check_same_object(norad_id: Column, second: Bytes, faults: Faults) -> None:
    other, sound = _catalogue_number(second[:, 2:7], True)
    strangers = np.flatnonzero(~sound | (other != norad_id))
    faults.add(
        strangers,
        "catalogue number (line 2, columns 3-7)",
        lambda row: f"{_text(second[row, 2:7])!r}: expected that of line 1 ({norad_id[row]})",
    )


def _check_sums(cells: Bytes, name: str, faults: Faults) -> None:
    digit = (cells >= _ZERO) & (cells <= _ZERO + 9)
    values = np.where(digit, cells - _ZERO, 0) + (cells == _MINUS)
    due = values[:, :-1].sum(axis=1, dtype=np.int64) % 10
    wrong = np.flatnonzero(~digit[:, -1] | (values[:, -1] != due))
    faults.add(
        wrong,
        f"checksum ({name}, column 69)",
        lambda row: f"{_text(cells[row, -1:])!r}: expected {due[row]} from the digits of the line",
    )


def _whole(cells: Bytes) -> Read:
    """Read digits with leading blanks; the last place must be a digit."""
    digit = (cells >= _ZERO) & (cells <= _ZERO + 9)
    blank = cells == _BLANK
    sound = (digit | blank).all(axis=1) & digit[:, -1]
    sound &= ~(digit[:, :-1] & blank[:, 1:]).any(axis=1)
    powers = 10 ** np.arange(cells.shape[1] - 1, -1, -1, dtype=np.int64)
    values = np.where(digit, cells - _ZERO, 0).astype(np.int64) @ powers
    return values, sound


def _counter(cells: Bytes) -> Read:
    values, sound = _whole(cells)
    blank = (cells == _BLANK).all(axis=1)
    return np.where(blank, NOT_STATED, values), sound | blank


def _fixed(cells: Bytes, point: int) -> Read:
    """Read a number whose decimal point stands in a given place."""
    whole = np.concatenate([cells[:, :point], cells[:, point + 1 :]], axis=1)
    values, sound = _whole(whole)
    decimals = cells[:, point + 1 :]
    sound &= (cells[:, point] == _POINT) & (decimals != _BLANK).all(axis=1)
    return values / 10.0 ** decimals.shape[1], sound


def _sign(cells: Bytes) -> Read:
    sound = (cells == _BLANK) | (cells == _PLUS) | (cells == _MINUS)
    return np.where(cells == _MINUS, -1, 1), sound


def _derivative(cells: Bytes) -> Read:
    sign, sign_sound = _sign(cells[:, 0])
    values, sound = _fixed(cells[:, 1:], 0)
    blank = (cells == _BLANK).all(axis=1)
    return np.where(blank, 0.0, sign * values), (sound & sign_sound) | blank


def _exponential(cells: Bytes) -> Read:
    """Read ±NNNNN±N as ±0.NNNNN × 10^±N."""
    sign, sign_sound = _sign(cells[:, 0])
    mantissa, sound = _whole(cells[:, 1:6])
    size, size_sound = _whole(cells[:, 7:8])
    down = cells[:, 6] == _MINUS
    sound &= sign_sound & size_sound & (down | (cells[:, 6] == _PLUS))
    power = np.where(down, -size, size) - 5
    values = mantissa * 10.0 ** np.maximum(power, 0) / 10.0 ** np.maximum(-power, 0)
    blank = (cells == _BLANK).all(axis=1)
    return np.where(blank, 0.0, sign * values), sound | blank


def _catalogue_number(cells: Bytes, foreign: bool) -> Read:
    initial = _INITIALS[cells[:, 0]]
    rest, sound = _whole(cells[:, 1:])
    lettered = initial >= 10
    sound &= (initial >= 0) & ~(lettered & (cells[:, 1:] == _BLANK).any(axis=1))
    sound &= ~((cells[:, 0] != _BLANK) & (cells[:, 1] == _BLANK))
    blank = (cells == _BLANK).all(axis=1) & foreign
    return np.where(blank, 0, initial * 10_000 + rest), sound | blank


def _epoch(cells: Bytes) -> Read:
    """Read YYDDD.DDDDDDDD; a hundred-millionth of a day is 864 microseconds exactly."""
    two_digits, year_sound = _whole(cells[:, :2])
    day, day_sound = _whole(cells[:, 2:5])
    fraction, fraction_sound = _whole(cells[:, 6:])
    year = np.where(two_digits >= 57, 1900, 2000) + two_digits
    january = (year - 1970).view("datetime64[Y]").astype("datetime64[D]")
    days = ((year - 1969).view("datetime64[Y]").astype("datetime64[D]") - january).astype(np.int64)
    sound = year_sound & day_sound & fraction_sound & (cells[:, 5] == _POINT)
    sound &= (cells[:, 0] != _BLANK) & (cells[:, 6] != _BLANK) & (day >= 1) & (day <= days)
    micros = (day - 1) * 86_400_000_000 + fraction * _DAY_UNITS_US
    return january.astype("datetime64[us]") + micros, sound
