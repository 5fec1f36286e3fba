"""Two-line element sets: what is read, what is refused, and where the refusal points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.tle_columns import designator
from hoshimori.formats.tle_writing import checksum, write_tle
from hoshimori.model.elements import NOT_STATED, ElementSets
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading

Read = Callable[[bytes], Reading]

NAME = "TEST STATION"
LINE_1 = "1 25544U 98067A   26326.52959654 -.00002182  11563-4 -11606-4 0  2927"
LINE_2 = "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.49309239563537"


def _line(text: str) -> str:
    """Give a line of 68 columns its checksum."""
    return f"{text[:68]}{checksum(text)}"


def _file(*lines: str) -> bytes:
    return "\n".join(lines).encode() + b"\n"


def _with(line: str, start: int, text: str) -> str:
    return _line(line[:start] + text + line[start + len(text) :])


def test_every_field_is_read_as_published(read: Read) -> None:
    sets = read(_file(NAME, _line(LINE_1), _line(LINE_2))).element_sets
    row = {name: getattr(sets, name)[0] for name in ("object_name", "object_id", "classification")}
    assert row == {"object_name": NAME, "object_id": "1998-067A", "classification": "U"}
    assert sets.norad_id[0] == 25544
    assert sets.epoch_utc[0] == np.datetime64("2026-11-22T12:42:37.141056")
    assert sets.mean_motion_rev_day[0] == 15.49309239
    assert sets.eccentricity[0] == 0.0006703
    assert sets.inclination_deg[0] == 51.6416
    assert sets.raan_deg[0] == 247.4627
    assert sets.arg_of_pericenter_deg[0] == 130.536
    assert sets.mean_anomaly_deg[0] == 325.0288
    assert sets.bstar_per_er[0] == -0.11606e-4
    assert sets.mean_motion_dot_rev_day2[0] == -0.00002182
    assert sets.mean_motion_ddot_rev_day3[0] == 0.11563e-4
    assert (sets.ephemeris_type[0], sets.element_set_no[0], sets.rev_at_epoch[0]) == (0, 292, 56353)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (" 00000-0", 0.0),
        (" 00000+0", 0.0),
        ("+00000+0", 0.0),
        ("        ", 0.0),
        (" 12345-3", 0.12345e-3),
        ("-12345-9", -0.12345e-9),
        (" 12345+1", 1.2345),
        ("+12345+2", 12.345),
        (" 12345-0", 0.12345),
        ("    45-3", 0.00045e-3),
    ],
)
def test_implied_decimal_exponents(field: str, value: float, read: Read) -> None:
    sets = read(_file(_with(LINE_1, 53, field), _line(LINE_2))).element_sets
    assert sets.bstar_per_er.tolist() == [value]


@pytest.mark.parametrize(
    ("two_digits", "year"), [("57", 1957), ("99", 1999), ("00", 2000), ("26", 2026)]
)
def test_two_digit_years(two_digits: str, year: int, read: Read) -> None:
    line_1 = _with(LINE_1, 18, f"{two_digits}001.00000000")
    sets = read(_file(line_1, _line(LINE_2))).element_sets
    assert sets.epoch_utc[0] == np.datetime64(f"{year}-01-01")


def test_names_blank_lines_comments_and_line_endings(read: Read) -> None:
    pair = (_line(LINE_1), _line(LINE_2))
    lines = ("# made by hand", "", "0 " + NAME, *pair, "  ", NAME + "   ", *pair, *pair, "0", *pair)
    for ending in ("\n", "\r\n", "\r"):
        reading = read(ending.join(lines).encode())
        assert reading.rejections == ()
        assert reading.element_sets.object_name.tolist() == [NAME, NAME, "", ""]


def test_a_name_may_look_like_an_element_line(read: Read) -> None:
    sets = read(_file("1 HOPSAT", _line(LINE_1), _line(LINE_2))).element_sets
    assert sets.object_name.tolist() == ["1 HOPSAT"]


def test_celestrak_blanks_alpha5_and_blank_fields(read: Read) -> None:
    blank_1 = _with(_with(_with(LINE_1, 2, "   11"), 9, "        "), 62, "      ")
    blank_2 = _with(_with(LINE_2, 2, "   11"), 63, "     ")
    alpha_1, alpha_2 = _with(LINE_1, 2, "T0438"), _with(LINE_2, 2, "T0438")
    sets = read(_file(blank_1, blank_2, alpha_1, alpha_2)).element_sets
    assert sets.norad_id.tolist() == [11, 270_438]
    assert sets.object_id.tolist() == ["", "1998-067A"]
    for name in ("ephemeris_type", "element_set_no", "rev_at_epoch"):
        assert getattr(sets, name)[0] == NOT_STATED


@pytest.mark.parametrize(
    ("line_1", "line_2", "line", "field", "problem"),
    [
        (LINE_1[:68] + "0", LINE_2, 5, "checksum (line 1", "expected 3"),
        (LINE_1, LINE_2[:68] + "0", 6, "checksum (line 2", "expected 6"),
        (LINE_1, LINE_2[:29] + LINE_2[30:], 6, "line 2", "68 characters: expected 69"),
        (LINE_1[:20], LINE_2, 5, "line 1", "20 characters: expected 69"),
        (_with(LINE_1, 18, "26326.5295965O"), LINE_2, 5, "epoch", "expected YYDDD.DDDDDDDD"),
        (_with(LINE_1, 18, "25366.50000000"), LINE_2, 5, "epoch", "expected YYDDD"),
        (_with(LINE_1, 18, "28001.50000000"), LINE_2, 5, "epoch", "60 days after receipt"),
        (_with(LINE_1, 2, "I5544"), LINE_2, 5, "catalogue number", "other than I and O"),
        (_with(LINE_1, 2, "t5544"), LINE_2, 5, "catalogue number", "Alpha-5"),
        (_with(LINE_1, 2, "00000"), _with(LINE_2, 2, "00000"), 5, "catalogue number", "1 to 999"),
        (LINE_1, _with(LINE_2, 2, "25545"), 6, "catalogue number (line 2", "that of line 1"),
        (LINE_1, _with(LINE_2, 8, " 5x.6416"), 6, "inclination", "expected NNN.NNNN"),
        (LINE_1, _with(LINE_2, 8, "181.6416"), 6, "inclination", "0 to 180 degrees"),
        (LINE_1, _with(LINE_2, 17, "361.0000"), 6, "ascending node", "0 to 360"),
        (LINE_1, _with(LINE_2, 26, "00 6703"), 6, "eccentricity", "seven digits"),
        (LINE_1, _with(LINE_2, 52, " 0.00000000"), 6, "mean motion", "above 0"),
        (LINE_1, _with(LINE_2, 52, "15.4930923 "), 6, "mean motion", "expected NN.NNNNNNNN"),
        (_with(LINE_1, 33, " 0.0000218"), LINE_2, 5, "first derivative", "expected ±.NNNNNNNN"),
        (_with(LINE_1, 53, "+0153801"), LINE_2, 5, "B*", "a decimal point implied"),
        (_with(LINE_1, 62, "4"), LINE_2, 5, "ephemeris type", "SGP4-XP"),
        (_with(LINE_1, 17, "x"), LINE_2, 5, "line 1", "expected blanks in columns"),
    ],
)  # fmt: skip
def test_a_bad_set_is_refused_alone_and_named(
    line_1: str, line_2: str, line: int, field: str, problem: str, read: Read
) -> None:
    sound = (NAME, _line(LINE_1), _line(LINE_2))
    bad = (
        line_1 if line_1 != LINE_1 else _line(LINE_1),
        line_2 if line_2 != LINE_2 else _line(LINE_2),
    )
    reading = read(_file(*sound, "THE BAD ONE", *bad, *sound))
    assert len(reading.element_sets) == 2
    (rejection,) = reading.rejections
    assert (rejection.source, rejection.line) == ("file", line)
    assert rejection.field.startswith(field)
    assert problem in rejection.problem
    assert rejection.raw == "\n".join(("THE BAD ONE", *bad)).encode()


def test_lines_that_belong_to_no_set_are_refused(read: Read) -> None:
    one, two = _line(LINE_1), _line(LINE_2)
    reading = read(_file(one, NAME, one, two, two, "no set follows", "name", one))
    assert len(reading.element_sets) == 1
    assert [(r.line, r.problem.split(":")[0]) for r in reading.rejections] == [
        (1, "a line 1 with no line 2 after it"),
        (5, "a line 2 with no line 1 before it"),
        (6, "neither a name nor a line of an element set"),
        (8, "a line 1 with no line 2 after it"),
    ]


def test_a_name_that_is_not_text_spoils_its_own_set(read: Read) -> None:
    pair = _file(_line(LINE_1), _line(LINE_2))
    reading = read(b"CAF\xe9\n" + pair + "ほしもり\n".encode() + pair)
    assert reading.element_sets.object_name.tolist() == ["ほしもり"]
    assert reading.rejections[0].line == 2
    assert reading.rejections[0].field == "name"


def test_designators() -> None:
    assert designator("00001ABC") == "2000-001ABC"
    assert designator("56001A") == "2056-001A"
    assert designator("57001A") == "1957-001A"
    assert designator("12104   ") == "12104"


class TestWriting:
    def test_the_published_lines_come_back(self, read: Read) -> None:
        published = _file("0 " + NAME, _line(LINE_1), _line(LINE_2))
        assert write_tle(read(published).element_sets) == published

    @pytest.mark.parametrize("norad_id", [340_000, 999_999_999, 2_000_012_104])
    def test_a_number_beyond_a_tle_is_refused_with_advice(
        self, norad_id: int, make: Callable[..., ElementSets]
    ) -> None:
        with pytest.raises(FormatError, match="write OMM"):
            write_tle(make(norad_id))

    def test_what_is_not_real_is_refused(self, make: Callable[..., ElementSets]) -> None:
        with pytest.raises(FormatError, match="EXERCISE"):
            write_tle(make(25544, reality=Reality.EXERCISE))

    @pytest.mark.parametrize(
        "values",
        [
            {"epoch_utc": "2057-01-01"},
            {"epoch_utc": "1956-12-31"},
            {"epoch_utc": "2056-12-31T23:59:59.9999"},
            {"eccentricity": 0.99999996},
            {"mean_motion_dot_rev_day2": 1.0},
            {"bstar_per_er": 1e9},
            {"mean_motion_rev_day": 100.0},
            {"object_name": "A\nB"},
        ],
    )
    def test_what_does_not_fit_is_refused(
        self, values: dict[str, object], make: Callable[..., ElementSets]
    ) -> None:
        with pytest.raises(FormatError, match=r"does not fit a TLE|control characters"):
            write_tle(make(25544, **values))

    def test_rounding_carries_over(self, make: Callable[..., ElementSets], read: Read) -> None:
        sets = make(
            25544,
            epoch_utc="2025-12-31T23:59:59.9999",
            raan_deg=359.99996,
            bstar_per_er=0.0999999,
            mean_anomaly_deg=-0.00004,
        )
        again = read(write_tle(sets)).element_sets
        assert again.epoch_utc[0] == np.datetime64("2026-01-01")
        assert (again.raan_deg[0], again.mean_anomaly_deg[0]) == (0.0, 0.0)
        assert again.bstar_per_er[0] == 0.1
