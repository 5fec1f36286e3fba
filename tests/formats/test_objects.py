"""Lists of objects: what each states, and how several become one."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.objects import merge_objects, read_objects
from hoshimori.model.objects import ObjectType, SpaceObject

# The columns are those of CelesTrak's SATCAT Format Documentation; the rows are made up.
SATCAT = (
    "OBJECT_NAME,OBJECT_ID,NORAD_CAT_ID,OBJECT_TYPE,OPS_STATUS_CODE,OWNER,LAUNCH_DATE,"
    "LAUNCH_SITE,DECAY_DATE,PERIOD,INCLINATION,APOGEE,PERIGEE,RCS,DATA_STATUS_CODE,"
    "ORBIT_CENTER,ORBIT_TYPE\n"
    "TEST STATION,1998-067A,25544,PAY,+,ISS,1998-11-20,TTMTR,,92.9,51.64,423,416,399.0524,,EA,ORB\n"
    'ROCKET "A",2026-101B,100001,R/B,,JPN,2026-07-12,TAJVC,2026-08-01,,,,,,NCE,EA,IMP\n'
    "BROKEN,2026-101C,1000000000,DEB,,JPN,2026-07-12,TAJVC,,,,,,,,EA,ORB\n"
    "BROKEN,2026-101D,100003,THING,,JPN,2026-07-12,TAJVC,,,,,,,,EA,ORB\n"
    "BROKEN,2026-101E,100004,DEB,,JPN,12 July,TAJVC,,,,,,,,EA,ORB\n"
    "BROKEN,2026-101F,100005,DEB\n"
)


def test_celestrak_satcat() -> None:
    found = read_objects(gzip.compress(SATCAT.encode()), source="satcat")
    station, rocket = found.objects
    assert station == SpaceObject(
        norad_id=25544,
        name="TEST STATION",
        object_id="1998-067A",
        object_type=ObjectType.PAYLOAD,
        owner="ISS",
        operational_status="+",
        launch_date=date(1998, 11, 20),
        radar_cross_section_m2=399.0524,
        sources=("satcat",),
    )
    assert (rocket.norad_id, rocket.object_type) == (100_001, ObjectType.ROCKET_BODY)
    assert rocket.decay_date == date(2026, 8, 1)
    places = [(r.line, r.field) for r in found.rejections]
    assert places == [(4, "NORAD_CAT_ID"), (5, "OBJECT_TYPE"), (6, "LAUNCH_DATE"), (7, "")]
    assert found.rejections[0].raw.startswith(b"BROKEN,2026-101C")


def test_space_track_satcat() -> None:
    record = {
        "NORAD_CAT_ID": "25544", "OBJECT_TYPE": "ROCKET BODY", "SATNAME": "TEST", "COUNTRY": "ISS",
        "LAUNCH": "1998-11-20", "DECAY": None, "OBJECT_NAME": "OLD", "OBJECT_ID": "1998-067A",
        "RCSVALUE": "0",
    }  # fmt: skip
    found = read_objects(json.dumps([record, {"NORAD_CAT_ID": "x"}]).encode(), source="st")
    (item,) = found.objects
    assert (item.name, item.owner, item.object_type) == ("TEST", "ISS", ObjectType.ROCKET_BODY)
    assert item.launch_date == date(1998, 11, 20)
    assert item.radar_cross_section_m2 is None
    assert [(r.line, r.field) for r in found.rejections] == [(2, "NORAD_CAT_ID")]


def test_gcat() -> None:
    data = (
        "#JCAT\tPiece\tName\tLDate\tUNState\n# Updated 2025 Apr  7\n"
        "S00002\t1957 ALP 2\tFirst\t1957 Oct  4\tSU\n"
        "S63512\t2025-071AA\tSecond\t2025 Apr  7\t[US]\n"
        "A10001\t2025-071\tNever catalogued\t2025 Apr\t-\n"
        "S00009\t2025-072A\tThird\t2025 Apr?\t-\n"
    )
    first, second, third = read_objects(data.encode(), source="gcat").objects
    assert (first.norad_id, first.object_id, first.owner) == (2, "", "SU")
    assert first.launch_date == date(1957, 10, 4)
    assert (second.object_id, second.owner) == ("2025-071AA", "US")
    assert (third.launch_date, third.owner) == (None, "")


def test_ucs() -> None:
    data = (
        "\ufeffCurrent Official Name of Satellite;Operator/Owner;Launch Mass (kg.);Date of Launch;"
        "COSPAR Number;NORAD Number;;\n"
        "Test-1 ;An Operator;1 140,5;23/06/2017;2017-036L;42775;;\n"
        "Test-2;An Operator;;;2012-048G;2012-048G;;\n"
        ";;;;;;;\n"
    )
    found = read_objects(data.encode(), source="ucs")
    (item,) = found.objects
    assert (item.name, item.mass_kg, item.launch_date) == ("Test-1", 1140.5, date(2017, 6, 23))
    assert [(r.line, r.field) for r in found.rejections] == [(3, "NORAD Number")]


def test_cara_defaults_say_nothing_of_an_object() -> None:
    header = b"ObjectID,HBR,HBRSource,Mass,MassSource\n"
    rows = b"51,0.96,SFK RCS Estimate,68.6,x\n74,3.7,Default,,x\n"
    measured, unknown = read_objects(header + rows, source="cara").objects
    assert (measured.hard_body_radius_m, measured.mass_kg) == (0.96, 68.6)
    assert (unknown.hard_body_radius_m, unknown.mass_kg) == (None, None)


def test_merged_table() -> None:
    table = pa.table(
        {
            "norad": [25544, 0],
            "name": ["TEST", "NOBODY"],
            "intl": ["98067A", None],
            "object_type": ["PAYLOAD", "DEBRIS"],
            "un_state": [None, None],
            "ucs_country": ["Japan", None],
            "launch_date": ["1998 Nov 20", None],
            "hbr_m": [66.1, None],
            "hbr_source": ["CARA Override", None],
        }
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    found = read_objects(sink.getvalue().to_pybytes(), source="table")
    (item,) = found.objects
    assert (item.object_id, item.owner, item.hard_body_radius_m) == ("1998-067A", "Japan", 66.1)
    assert [(r.line, r.field) for r in found.rejections] == [(2, "norad")]


@pytest.mark.parametrize("data", [b"", b"hello", b"[1]", b"PAR1", b"NORAD_CAT_ID,X\n1,2\n"])
def test_anything_else_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(FormatError, match="file"):
        read_objects(data, source="file")


def test_the_first_statement_counts_and_gaps_are_filled() -> None:
    merged = merge_objects(
        [
            SpaceObject(5, name="A", sources=("one",)),
            SpaceObject(5, name="B", mass_kg=2.0, object_type=ObjectType.DEBRIS, sources=("two",)),
            SpaceObject(6, sources=("two",)),
        ]
    )
    assert merged[5] == SpaceObject(
        5, name="A", mass_kg=2.0, object_type=ObjectType.DEBRIS, sources=("one", "two")
    )
    assert set(merged) == {5, 6}


def test_real_lists(shared_data: Path) -> None:
    """Counts are those of the folder's own README; a few UCS rows hold no catalogue number."""
    counts = {}
    for file in sorted((shared_data / "catalogue" / "metadata").iterdir()):
        found = read_objects(file.read_bytes(), source=file.name)
        counts[file.name.split("_")[0]] = (len(found.objects), len(found.rejections))
    assert counts["object"] == (44_201, 0)
    assert counts["gcat"] == (21_808, 0)
    assert counts["cara"] == (23_805, 0)
    assert sum(counts["ucs"]) == 7_560
