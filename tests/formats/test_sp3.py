"""Precise orbits in SP3: what is read, in which time, and what is refused."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import CoverageError, FormatError
from hoshimori.formats.sp3 import read_sp3
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.time import LeapSeconds
from hoshimori.sources.earth_orientation import read_leap_seconds

DAMAGES = 600
LEAPS = LeapSeconds(
    np.array(["2015-07-01", "2017-01-01"], "datetime64[us]"), np.array([36.0, 37.0])
)

# Made up after example 1 of the description of SP3-c; velocities in dm/s as there.
SP3 = b"""\
#cV2018 12 24 21 56  0.00000000       3 ORBIT ITRF  FIT TEST
## 2033 165360.00000000    60.00000000 58476 0.9138888888889
+    2   L74G 5  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
%c M  cc TAI ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
%c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
%f  1.2500000  1.025000000  0.00000000000  0.000000000000000
%i    0    0    0    0      0      0      0      0         0
/* made up
*  2018 12 24 21 56  0.00000000
PL74  -4380.408826    769.413868  -5647.173482 999999.999999
VL74  59518.998110  11168.857706 -44673.836982 999999.999999
PG 5  15000.000000   1000.000000  20000.000000    -12.345678
*  2018 12 24 21 57  0.00000000
PL74  -4014.845710    833.323197  -5904.141461 999999.999999
VL74  62294.733828  10123.435083 -40954.849613 999999.999999
PG 5      0.000000      0.000000      0.000000 999999.999999
*  2018 12 24 21 58  0.50000000
PL74  -3633.000000    891.000000  -6138.000000
VL74  64800.000000   9010.000000 -37070.000000
PG 5  15010.000000   1010.000000  19990.000000
EOF
"""


def read(data: bytes, leaps: LeapSeconds = LEAPS) -> tuple[Ephemeris, ...]:
    return read_sp3(data, source="file", leap_seconds=leaps, limit_bytes=50_000_000)


def test_states_in_kilometres_and_utc() -> None:
    first, *others = read(SP3)
    assert (first.object_id, first.frame, first.centre) == ("L74", "ITRF", "EARTH")
    assert first.time_system == "UTC"
    # TAI was 37 s ahead.
    assert [str(t) for t in first.times] == [
        "2018-12-24T21:55:23.000000", "2018-12-24T21:56:23.000000", "2018-12-24T21:57:23.500000",
    ]  # fmt: skip
    np.testing.assert_array_equal(first.position_km[0], [-4380.408826, 769.413868, -5647.173482])
    np.testing.assert_allclose(first.velocity_km_s[0], [5.951899811, 1.1168857706, -4.4673836982])
    assert (first.usable_start, first.usable_stop) == (first.times[0], first.times[-1])
    # A blank in a number of a satellite stands for zero, and zeros break the span.
    assert [(o.object_id, len(o)) for o in others] == [("G05", 1), ("G05", 1)]
    assert np.isnan(others[0].velocity_km_s).all()
    with pytest.raises(ValueError, match="read-only"):
        first.position_km[0, 0] = 0


@pytest.mark.parametrize(
    ("system", "behind_s"),
    [("UTC", 0), ("GLO", 0), ("TAI", 37), ("GPS", 18), ("GAL", 18), ("QZS", 18), ("IRN", 18),
     ("BDT", 4)],
)  # fmt: skip
def test_time_systems(system: str, behind_s: int) -> None:
    found = read(SP3.replace(b"TAI", system.encode()))
    expected = np.datetime64("2018-12-24T21:56:00", "us") - np.timedelta64(behind_s, "s")
    assert found[0].times[0] == expected


def test_leap_seconds_count_from_each_epoch() -> None:
    around = SP3.replace(b"2018 12 24 21 56", b"2017  1  1  0  0")
    around = around.replace(b"2018 12 24 21 57", b"2017  1  1  0  1").replace(
        b"2018 12 24 21 58", b"2017  1  1  0  2"
    )
    times = read(around)[0].times
    # 2017-01-01 00:00:00 TAI is before the leap second: 36 s.
    assert [str(t)[11:19] for t in times] == ["23:59:24", "00:00:23", "00:01:23"]
    with pytest.raises(CoverageError, match="leap seconds"):
        read(SP3.replace(b"*  2018", b"*  2009"))


def test_velocities_in_other_units_than_the_standard_are_not_taken_for_true() -> None:
    spoiled = SP3.replace(
        b"VL74  59518.998110  11168.857706 -44673.836982",
        b"VL74   5951.899811   1116.885771  -4467.383698",
    )
    spoiled = spoiled.replace(
        b"VL74  62294.733828  10123.435083 -40954.849613",
        b"VL74   6229.473383   1012.343508  -4095.484961",
    )
    spoiled = spoiled.replace(
        b"VL74  64800.000000   9010.000000 -37070.000000",
        b"VL74   6480.000000    901.000000  -3707.000000",
    )
    first = read(spoiled)[0]
    assert np.isnan(first.velocity_km_s).all()
    assert np.isfinite(first.position_km).all()


def test_packed_files_are_unpacked_and_eof_may_miss_where_the_count_is_right() -> None:
    assert len(read(gzip.compress(SP3))) == 3
    assert len(read(SP3.replace(b"EOF\n", b""))) == 3


@pytest.mark.parametrize(
    ("was", "becomes", "line", "problem"),
    [
        (b"#cV", b"#aV", 1, "expected '#c' or '#d'"),
        (b" TAI ", b" XYZ ", None, "expected one of UTC"),
        (b"   3 ORBIT", b"   4 ORBIT", None, ""),
        (b"EOF\n", b"EOF\nmore\n", 23, "after EOF"),
        (b"21 57  0.0", b"21 56  0.0", 14, "expected a later epoch"),
        (b"21 57  0.0", b"21 77  0.0", 14, "no such moment"),
        (b"2018 12 24 21 57", b"2018 13 24 21 57", 14, "no such day"),
        (b"21 57  0.00000000", b"21 57", 14, "expected year month day"),
        (b"PL74  -4014", b"PL75  -4014", 15, "expected one of the header"),
        (b"   833.323197", b"   833x323197", 15, "three numbers"),
        (b"PG 5      0", b"QG 5      0", 17, "no record of SP3"),
        (b"VL74  62294", b"PL74  62294", 16, "second position"),
    ],
)
def test_errors_say_what_and_where(
    was: bytes, becomes: bytes, line: int | None, problem: str
) -> None:
    data = SP3.replace(was, becomes, 1)
    if not problem:
        data, problem, line = data.replace(b"EOF\n", b""), "breaks off", 21
    with pytest.raises(FormatError) as error:
        read(data)
    assert problem in str(error.value)
    assert (error.value.source, error.value.line) == ("file", line)


@given(
    st.lists(
        st.tuples(*[st.floats(-50000.0, 50000.0).map(lambda x: round(x, 6))] * 3),
        min_size=1, max_size=20,
    )
)  # fmt: skip
def test_positions_come_back_to_the_last_digit(places: list[tuple[float, float, float]]) -> None:
    head = "\n".join(SP3.decode().splitlines()[:9]).replace("TAI", "UTC") + "\n"
    body = "".join(
        f"*  2018 12 24 {k:2d}  0  0.00000000\nPL74{x:14.6f}{y:14.6f}{z:14.6f}\n"
        for k, (x, y, z) in enumerate(places)
    )
    found = read((head + body + "EOF\n").encode())
    stated = [place for place in places if any(place)]
    assert [list(row) for one in found for row in one.position_km] == [list(p) for p in stated]


def test_damaged_files_are_refused_or_read_never_worse() -> None:
    dice = random.Random("sp3")
    refused = 0
    for _ in range(DAMAGES):
        spoiled = bytearray(SP3)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(spoiled))
            spoiled[place : place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 2))
        try:
            found = read(bytes(spoiled))
        except (FormatError, CoverageError):
            refused += 1
        else:
            assert all(np.isfinite(one.position_km).all() for one in found)
    assert 0 < refused < DAMAGES


def test_real_files_of_six_centres_are_read(shared_data: Path) -> None:
    folder = shared_data / "ephemerides" / "sp3"
    counts: dict[str, int] = {}
    for path in sorted(folder.glob("*.gz")):
        found = read(path.read_bytes(), read_leap_seconds())
        counts[path.name[:3]] = counts.get(path.name[:3], 0) + len({o.object_id for o in found})
        radius = np.linalg.norm(np.concatenate([o.position_km for o in found]), axis=1)
        assert radius.min() > 6500.0
        assert radius.max() < 46000.0  # QZS-1 at its apogee is 45,300 km away
    # 107 + 108 + 111 navigation satellites; two of the six others begin with "ssa".
    assert counts == {"WUM": 326, "asi": 1, "grg": 1, "ilr": 1, "nsg": 1, "ssa": 2}
