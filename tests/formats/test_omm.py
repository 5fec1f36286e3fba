"""OMM in its four syntaxes and two providers' dialects."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.omm_writing import (
    write_omm_csv,
    write_omm_json,
    write_omm_kvn,
    write_omm_xml,
)
from hoshimori.model.elements import NOT_STATED, ElementSets
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading

Read = Callable[[bytes], Reading]
Make = Callable[..., ElementSets]

CELESTRAK: dict[str, Any] = {
    "OBJECT_NAME": "TEST STATION",
    "OBJECT_ID": "1998-067A",
    "EPOCH": "2026-11-22T12:42:37.141056",
    "MEAN_MOTION": "15.49309239",
    "ECCENTRICITY": ".0006703",
    "INCLINATION": "51.6416",
    "RA_OF_ASC_NODE": "247.4627",
    "ARG_OF_PERICENTER": "130.5360",
    "MEAN_ANOMALY": "325.0288",
    "EPHEMERIS_TYPE": "0",
    "CLASSIFICATION_TYPE": "U",
    "NORAD_CAT_ID": "25544",
    "ELEMENT_SET_NO": "292",
    "REV_AT_EPOCH": "56353",
    "BSTAR": ".1027E-3",
    "MEAN_MOTION_DOT": "-.2182E-4",
    "MEAN_MOTION_DDOT": "0",
}
SPACE_TRACK = CELESTRAK | {
    "CCSDS_OMM_VERS": "3.0",
    "COMMENT": "GENERATED VIA SPACE-TRACK.ORG API",
    "CREATION_DATE": "2026-11-22T18:26:15",
    "ORIGINATOR": "18 SPCS",
    "CENTER_NAME": "EARTH",
    "REF_FRAME": "TEME",
    "TIME_SYSTEM": "UTC",
    "MEAN_ELEMENT_THEORY": "SGP4",
    "SEMIMAJOR_AXIS": "6796.0",
    "DECAY_DATE": None,
    "TLE_LINE0": "0 TEST STATION",
}


def _csv(*records: dict[str, Any], quoted: bool = False) -> bytes:
    mark = '"' if quoted else ""
    rows = [list(records[0]), *([value or "" for value in r.values()] for r in records)]
    return "".join(",".join(f"{mark}{c}{mark}" for c in row) + "\r\n" for row in rows).encode()


def _kvn(record: dict[str, Any]) -> str:
    constants = {
        "CENTER_NAME": "EARTH", "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC",
        "MEAN_ELEMENT_THEORY": "SGP/SGP4",
    }  # fmt: skip
    message = {"CCSDS_OMM_VERS": "2.0", "CREATION_DATE": "", "ORIGINATOR": ""}
    message |= {key: record.get(key, "") for key in ("OBJECT_NAME", "OBJECT_ID")}
    return "".join(f"{key} = {value}\n" for key, value in (message | constants | record).items())


def _forms(record: dict[str, Any]) -> dict[str, bytes]:
    """Give one record in every syntax that can say it."""
    return {
        "csv": _csv(record),
        "quoted csv": _csv(record, quoted=True),
        "json of texts": json.dumps([record]).encode(),
        "one json object": json.dumps(record).encode(),
        "json of numbers": json.dumps([{k: _number(v) for k, v in record.items()}]).encode(),
        "kvn": _kvn(record).encode(),
    }


def _number(value: Any) -> Any:
    try:
        return float(value) if "." in value else int(value)
    except (TypeError, ValueError):
        return value


@pytest.mark.parametrize("form", _forms(CELESTRAK))
def test_celestrak_dialect(form: str, read: Read, make: Make, assert_same: Any) -> None:
    reading = read(_forms(CELESTRAK)[form])
    assert reading.rejections == ()
    assert_same(reading.element_sets, make(25544))


@pytest.mark.parametrize("form", ["csv", "quoted csv", "json of texts", "json of numbers"])
def test_space_track_dialect_says_when_it_was_known(form: str, read: Read) -> None:
    reading = read(_forms(SPACE_TRACK)[form])
    assert reading.rejections == ()
    assert reading.element_sets.known_utc[0] == np.datetime64("2026-11-22T18:26:15")


def test_space_track_xml_with_user_defined_parameters(read: Read) -> None:
    xml = write_omm_xml(read(_csv(CELESTRAK)).element_sets).replace(
        b'<USER_DEFINED parameter="DATA_MODE">',
        b'<USER_DEFINED parameter="TLE_LINE0">0 X</USER_DEFINED>'
        b'<USER_DEFINED parameter="DATA_MODE">',
    )
    assert len(read(xml).element_sets) == 1


@pytest.mark.parametrize("norad_id", [1, 69_999, 100_000, 270_291, 339_999, 340_000, 999_999_999])
def test_every_catalogue_number_is_read_in_every_syntax(norad_id: int, read: Read) -> None:
    for form, data in _forms(CELESTRAK | {"NORAD_CAT_ID": str(norad_id)}).items():
        assert read(data).element_sets.norad_id.tolist() == [norad_id], form


def test_optional_values_may_be_missing(read: Read) -> None:
    optional = (
        "OBJECT_NAME", "OBJECT_ID", "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "ELEMENT_SET_NO",
        "REV_AT_EPOCH", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
    )  # fmt: skip
    without = {key: value for key, value in CELESTRAK.items() if key not in optional}
    empty = CELESTRAK | dict.fromkeys(optional, "")
    for data in (_csv(without), json.dumps([without]).encode(), _csv(empty)):
        sets = read(data).element_sets
        assert len(sets) == 1
        assert (sets.object_name[0], sets.object_id[0], sets.classification[0]) == ("", "", "")
        assert sets.mean_motion_dot_rev_day2[0] == 0.0
        assert sets.ephemeris_type[0] == sets.element_set_no[0] == NOT_STATED


@pytest.mark.parametrize(
    ("keyword", "value", "problem"),
    [
        ("NORAD_CAT_ID", "A0000", "expected a whole number"),
        ("NORAD_CAT_ID", "1000000000", "0 to 999,999,999|up to nine digits"),
        ("NORAD_CAT_ID", "25544.0", "expected a whole number"),
        ("NORAD_CAT_ID", "0", "1 to 999,999,999"),
        ("NORAD_CAT_ID", "-5", "expected a whole number"),
        ("NORAD_CAT_ID", "2000012104", "0 to 999,999,999|up to nine digits"),
        ("EPOCH", "2026-11-22 12:42:37", "expected YYYY-MM-DDThh:mm:ss"),
        ("EPOCH", "2028-01-01T00:00:00", "60 days after receipt"),
        ("EPOCH", "1956-12-31T00:00:00", "from 1957"),
        ("EPOCH", "", "expected YYYY"),
        ("MEAN_MOTION", "0", "above 0"),
        ("MEAN_MOTION", "-15.1", "above 0"),
        ("MEAN_MOTION", "fast", "expected a number"),
        ("MEAN_MOTION", "1_5.0", "expected a number"),
        ("MEAN_MOTION", "1e999", "above 0"),
        ("ECCENTRICITY", "1.0", "0 <= eccentricity < 1"),
        ("ECCENTRICITY", "-0.1", "0 <= eccentricity < 1"),
        ("ECCENTRICITY", "nan", "expected a number"),
        ("INCLINATION", "180.1", "0 to 180"),
        ("RA_OF_ASC_NODE", "361", "0 to 360"),
        ("BSTAR", "inf", "expected a number"),
        ("BSTAR", "1E400", "finite"),
        ("BSTAR", "", "expected a number"),
        ("MEAN_MOTION_DOT", "x", "expected a number"),
        ("EPHEMERIS_TYPE", "4", "SGP4-XP"),
        ("EPHEMERIS_TYPE", "9", "unknown theory"),
        ("CLASSIFICATION_TYPE", "UN", "one character"),
        ("REV_AT_EPOCH", "99999999999", "expected a whole number"),
        ("REF_FRAME", "EME2000", "expected TEME"),
        ("TIME_SYSTEM", "TAI", "expected UTC"),
        ("CENTER_NAME", "MARS", "expected EARTH"),
        ("MEAN_ELEMENT_THEORY", "SGP4-XP", "'SGP4-XP' is not supported"),
        ("MEAN_ELEMENT_THEORY", "DSST", "'DSST' is not supported"),
        ("CREATION_DATE", "yesterday", "expected YYYY"),
        ("CCSDS_OMM_VERS", "1.0", "expected 2.0 or 3.0"),
    ],
)  # fmt: skip
def test_a_bad_record_is_refused_alone_and_named(
    keyword: str, value: str, problem: str, read: Read
) -> None:
    full = SPACE_TRACK | {"DECAY_DATE": "", "CCSDS_OMM_VERS": "2.0"}
    full = {key: item for key, item in full.items() if key not in ("COMMENT", "SEMIMAJOR_AXIS")}
    records = [full, full | {keyword: value}, full]
    plain = {key for key in full if not key.startswith(("DECAY", "TLE_"))}
    kvn = "\n".join(_kvn({k: r[k] for k in r if k in plain}) for r in records)
    files = {2: json.dumps(records).encode(), 3: _csv(*records), 27: kvn.encode()}
    for line, data in files.items():
        reading = read(data)
        assert len(reading.element_sets) == 2
        (rejection,) = reading.rejections
        assert rejection.line == line or (line == 27 and 24 <= rejection.line <= 48)
        assert rejection.field == keyword
        assert any(part in rejection.problem for part in problem.split("|")), rejection
        assert rejection.raw
        assert str(rejection).startswith(f"file:{rejection.line}:{keyword}: ")


def test_the_line_of_a_bad_cell_in_a_message_is_the_line_it_stands_on(read: Read) -> None:
    data = _kvn(CELESTRAK) + _kvn(CELESTRAK | {"INCLINATION": "200"})
    (rejection,) = read(data.encode()).rejections
    assert data.splitlines()[rejection.line - 1] == "INCLINATION = 200"


class TestCsv:
    def test_unknown_columns_and_order_do_not_matter(self, read: Read) -> None:
        turned = dict(reversed((CELESTRAK | {"RMS": "0.2", "DATA_SOURCE": "X-E"}).items()))
        assert len(read(_csv(turned)).element_sets) == 1

    def test_quotes_hold_commas(self, read: Read) -> None:
        data = _csv(CELESTRAK | {"OBJECT_NAME": '"A, ""B"""'})
        assert read(data).element_sets.object_name.tolist() == ['A, "B"']

    def test_a_torn_line_spoils_only_itself(self, read: Read) -> None:
        header, row, *_ = _csv(CELESTRAK).splitlines(keepends=True)
        reading = read(header + row + row[:80] + b"\r\n" + b'"' + row + row[:-4])
        assert len(reading.element_sets) == 1
        assert [r.line for r in reading.rejections] == [3, 4, 5]
        assert "expected 17" in reading.rejections[0].problem

    def test_a_missing_or_repeated_column_is_one_error(self, read: Read) -> None:
        without = {key: value for key, value in CELESTRAK.items() if key != "BSTAR"}
        with pytest.raises(FormatError, match="file:1: no column BSTAR"):
            read(_csv(without))
        with pytest.raises(FormatError, match="EPOCH is there twice"):
            read(_csv(CELESTRAK).replace(b"OBJECT_NAME", b"EPOCH", 1))

    def test_a_header_alone_is_an_empty_catalogue(self, read: Read) -> None:
        assert len(read(_csv(CELESTRAK).splitlines()[0]).element_sets) == 0


class TestJson:
    def test_a_cut_array_keeps_its_records_and_says_so(self, read: Read) -> None:
        data = json.dumps([CELESTRAK, CELESTRAK]).encode()
        for cut in (data[:-1], data[:-40]):
            reading = read(cut)
            assert len(reading.element_sets) + len(reading.rejections) in (2, 3)
            assert reading.rejections[-1].raw in cut

    def test_a_broken_record_spoils_only_itself(self, read: Read) -> None:
        good = json.dumps(CELESTRAK)
        reading = read(f"[{good}, {good[:-9]}}}, {good}, 7]".encode())
        assert len(reading.element_sets) == 2
        assert [r.line for r in reading.rejections] == [2, 4]

    def test_a_key_twice_is_refused(self, read: Read) -> None:
        good = json.dumps(CELESTRAK)
        twice = good[:-1] + ', "EPOCH": "2026-01-01T00:00:00"}'
        (rejection,) = read(f"[{good}, {twice}]".encode()).rejections
        assert (rejection.line, rejection.field) == (2, "EPOCH")

    def test_digits_are_not_lost_on_the_way(self, read: Read) -> None:
        data = json.dumps([CELESTRAK]).replace('"15.49309239"', "15.493092390000001")
        assert read(data.encode()).element_sets.mean_motion_rev_day[0] == 15.493092390000001


class TestReality:
    @pytest.mark.parametrize("write", [write_omm_csv, write_omm_json, write_omm_kvn, write_omm_xml])
    def test_an_exercise_stays_one_through_every_export(
        self, write: Callable[[ElementSets], bytes], read: Read, make: Make
    ) -> None:
        written = write(make(5, 6, reality=Reality.EXERCISE))
        assert b"EXERCISE" in written
        assert read(written).element_sets.reality is Reality.EXERCISE

    def test_records_may_differ_and_unknown_words_are_refused(self, read: Read) -> None:
        modes = ("REAL", "TEST", "", "PRETENDED")
        reading = read(_csv(*(CELESTRAK | {"DATA_MODE": mode} for mode in modes)))
        sets = reading.element_sets
        kinds = [sets.provenances[k].reality for k in sets.provenance_index]
        assert kinds == [Reality.REAL, Reality.TEST, Reality.REAL]
        assert reading.rejections[0].field == "DATA_MODE"


class TestWriting:
    @pytest.mark.parametrize("write", [write_omm_csv, write_omm_json, write_omm_kvn, write_omm_xml])
    @pytest.mark.parametrize("values", [{"object_name": "A\nB"}, {"object_id": "\x00"}])
    def test_control_characters_are_refused(
        self, write: Callable[[ElementSets], bytes], values: dict[str, str], make: Make
    ) -> None:
        with pytest.raises(FormatError, match="control characters"):
            write(make(5, **values))

    @pytest.mark.parametrize("write", [write_omm_csv, write_omm_json, write_omm_kvn, write_omm_xml])
    def test_foreign_keys_are_refused_with_advice(
        self, write: Callable[[ElementSets], bytes], make: Make
    ) -> None:
        with pytest.raises(FormatError, match="write Parquet"):
            write(make(2_000_012_104))

    def test_xml_escapes_what_it_must(self, read: Read, make: Make) -> None:
        sets = make(5, object_name="<A> & B]]>")
        assert read(write_omm_xml(sets)).element_sets.object_name.tolist() == ["<A> & B]]>"]
