"""Parquet and Arrow: OMM columns and the dialects of public mirrors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.tle_writing import write_tle
from hoshimori.model.elements import ElementSets
from hoshimori.model.rejections import Reading

Read = Callable[[bytes], Reading]
Make = Callable[..., ElementSets]

OMM: dict[str, Any] = {
    "NORAD_CAT_ID": [25544],
    "OBJECT_NAME": ["TEST STATION"],
    "EPOCH": [np.datetime64("2026-11-22T12:42:37.141056", "us")],
    "MEAN_MOTION": [15.49309239],
    "ECCENTRICITY": [0.0006703],
    "INCLINATION": [51.6416],
    "RA_OF_ASC_NODE": [247.4627],
    "ARG_OF_PERICENTER": [130.536],
    "MEAN_ANOMALY": [325.0288],
    "BSTAR": [1.027e-4],
}
MIRROR = {
    "norad": "NORAD_CAT_ID", "name": "OBJECT_NAME", "epoch": "EPOCH", "n": "MEAN_MOTION",
    "ecc": "ECCENTRICITY", "inc": "INCLINATION", "raan": "RA_OF_ASC_NODE",
    "argp": "ARG_OF_PERICENTER", "ma": "MEAN_ANOMALY", "bstar": "BSTAR",
}  # fmt: skip


def _parquet(columns: dict[str, Any]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()


def _assert_is_the_record(sets: ElementSets) -> None:
    assert sets.norad_id.tolist() == [25544]
    assert list(sets.epoch_utc) == OMM["EPOCH"]
    assert sets.mean_motion_rev_day.tolist() == OMM["MEAN_MOTION"]
    assert sets.raan_deg.tolist() == OMM["RA_OF_ASC_NODE"]
    assert sets.bstar_per_er.tolist() == OMM["BSTAR"]


@pytest.mark.parametrize(
    "types",
    [
        {},
        {"EPOCH": pa.timestamp("ns")},
        {"EPOCH": pa.timestamp("us", "UTC"), "NORAD_CAT_ID": pa.float64()},
        {"EPOCH": pa.timestamp("us", "Asia/Tokyo"), "NORAD_CAT_ID": pa.uint32()},
        {"OBJECT_NAME": pa.dictionary(pa.int16(), pa.string()), "INCLINATION": pa.string()},
        {"OBJECT_NAME": pa.large_string(), "MEAN_MOTION": pa.decimal128(20, 8)},
    ],
)
def test_omm_columns_of_any_sensible_type(types: dict[str, Any], read: Read) -> None:
    columns = {name: pa.array(values) for name, values in OMM.items()}
    for name, kind in types.items():
        if pa.types.is_timestamp(kind) and kind.tz:
            columns[name] = columns[name].cast(pa.timestamp("us", "UTC"))
        columns[name] = columns[name].cast(kind)
    reading = read(_parquet(columns))
    assert reading.rejections == ()
    _assert_is_the_record(reading.element_sets)


def test_mirror_columns(read: Read) -> None:
    columns = {mine: OMM[keyword] for mine, keyword in MIRROR.items()}
    sets = read(_parquet(columns | {"intl": ["98067A"], "ndot": [-2.182e-5]})).element_sets
    _assert_is_the_record(sets)
    assert sets.object_id.tolist() == ["1998-067A"]
    assert sets.mean_motion_dot_rev_day2.tolist() == [-2.182e-5]


def test_lines_and_radians(read: Read, make: Make) -> None:
    """Rows with TLE lines are read from them, rows without from radians per minute."""
    _, line_1, line_2 = write_tle(make(25544)).decode().splitlines()
    days = (np.datetime64("2026-11-22T12:42:37.141056") - np.datetime64("1970-01-01")).astype(int)
    jd = 2_440_587.5 + days / 86_400e6
    columns = {
        "norad_id": [25544, 25544, 7],
        "name": ["ONE", "TWO", "THREE"],
        "tle_line1": [line_1, None, line_1],
        "tle_line2": [line_2, None, line_2],
        "epoch_jd1": [jd] * 3,
        "epoch_jd2": [0.0] * 3,
        "n0": [15.49309239 * 2 * np.pi / 1440] * 3,
        "e0": [0.0006703] * 3,
        "i0": [np.radians(51.6416)] * 3,
        "node0": [np.radians(247.4627)] * 3,
        "omega0": [np.radians(130.536)] * 3,
        "m0": [np.radians(325.0288)] * 3,
        "bstar": [1.027e-4] * 3,
        "rms": [None, 0.1, None],
    }
    reading = read(_parquet(columns))
    sets = reading.element_sets
    assert sets.object_name.tolist() == ["ONE", "TWO"]
    for name in ("mean_motion_rev_day", "inclination_deg", "raan_deg", "mean_anomaly_deg"):
        column = getattr(sets, name)
        assert column[0] == column[1], name  # the digits published come back from radians
    julian_day_resolution = np.timedelta64(41, "us")  # of one double
    assert abs(sets.epoch_utc[0] - sets.epoch_utc[1]) <= julian_day_resolution
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.field) == (3, "norad_id")


def test_nulls_and_nonsense_refuse_their_row(read: Read) -> None:
    columns = {name: values * 4 for name, values in OMM.items()}
    columns["NORAD_CAT_ID"] = [25544, None, 5, 6]
    columns["BSTAR"] = [0.0, 0.0, None, float("nan")]
    reading = read(_parquet(columns))
    assert len(reading.element_sets) == 1
    places = [(r.line, r.field) for r in reading.rejections]
    assert sorted(places) == [(2, "NORAD_CAT_ID"), (3, "BSTAR"), (4, "BSTAR")]
    assert all(b"TEST STATION" in r.raw for r in reading.rejections)


def test_a_table_of_something_else_is_one_error(read: Read) -> None:
    with pytest.raises(FormatError, match="no column NORAD_CAT_ID"):
        read(_parquet({"a": [1]}))
    with pytest.raises(FormatError, match="file:EPOCH: values of type list"):
        read(_parquet(OMM | {"EPOCH": [[1]]}))
    with pytest.raises(FormatError, match="rows without TLE lines need"):
        read(_parquet({"norad_id": [5], "tle_line1": [None], "tle_line2": [None]}))


class TestVimpel:
    LINE_1 = "1      V 12104    25007.20347222 +.00000000 +00000+0 +00000-0 0 49990"
    LINE_2 = "2       064.8350 009.7330 1627170 165.9900 359.1946 12.12185514 00010"

    def test_own_numbers_get_their_namespace_and_norad_numbers_stay(self, read: Read) -> None:
        known = (self.LINE_1[:2] + "36109" + self.LINE_1[7:], "2 36109" + self.LINE_2[7:])
        pairs = [(self.LINE_1, self.LINE_2), known, (self.LINE_1, "2" + self.LINE_2[2:])]
        records = [{"TLE1": one, "TLE2": two, "vmag": 14} for one, two in pairs]
        reading = read(json.dumps(records).encode())
        sets = reading.element_sets
        assert sets.norad_id.tolist() == [2_000_012_104, 36109]
        assert sets.object_name.tolist() == ["VIMPEL 12104", ""]
        assert sets.inclination_deg.tolist() == [64.835, 64.835]
        assert [r.line for r in reading.rejections] == [3]
