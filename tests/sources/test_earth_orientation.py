"""The tables of IERS, against values published elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.sources.earth_orientation import read_earth_orientation, read_leap_seconds

TENTH_MS_S = 1e-4
MILLI_ARC_SECOND_RAD = np.radians(1e-3 / 3600.0)


def test_leap_seconds_of_bulletin_c() -> None:
    table = read_leap_seconds()
    # Bulletin C 52 (2016-07-06): TAI-UTC is 37 s from 2017-01-01 on; 10 s when UTC began in 1972.
    assert table.at_utc(np.array(["2016-12-31", "2017-01-01"], "datetime64[us]")).tolist() == [
        36.0,
        37.0,
    ]
    assert table.since_utc[0] == np.datetime64("1972-01-01")
    assert table.tai_minus_utc_s[0] == 10.0


def test_earth_orientation_of_vallado_2006() -> None:
    # Vallado et al. 2006, AIAA 2006-6753, appendix C, takes the row of 2004-04-06 0 h UTC for its
    # example: UT1-UTC -0.4399619 s, x -0.140682 arc seconds, y 0.333309 arc seconds.
    now = read_earth_orientation().at(np.array(["2004-04-06"], "datetime64[us]"))
    assert now.ut1_minus_utc_s == pytest.approx(-0.4399619, abs=TENTH_MS_S)
    arc_second = np.radians(1.0 / 3600.0)
    assert now.pole_x_rad == pytest.approx(-0.140682 * arc_second, abs=MILLI_ARC_SECOND_RAD)
    assert now.pole_y_rad == pytest.approx(0.333309 * arc_second, abs=MILLI_ARC_SECOND_RAD)


def test_it_reaches_from_1973_into_the_time_of_its_making() -> None:
    table = read_earth_orientation()
    assert table.utc[0] == np.datetime64("1973-01-02")
    assert table.utc[-1] > np.datetime64("2026-10-01")
    assert np.all(np.diff(table.utc) == np.timedelta64(1, "D"))


@pytest.mark.parametrize("text", ["", "<html>moved</html>\n" * 9, "x" * 200 + "\n"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "table"
    file.write_text(text)
    with pytest.raises(FormatError, match=r"not the table finals2000A"):
        read_earth_orientation(file)
    with pytest.raises(FormatError, match=r"not the table Leap_Second\.dat"):
        read_leap_seconds(file)
