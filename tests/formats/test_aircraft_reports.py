"""Aircraft states of decoders and networks: what is read, what is not taken, what is refused."""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.aircraft_reports import (
    is_aircraft_reports,
    read_aircraft_reports,
    write_aircraft_reports,
)
from hoshimori.formats.integrity import read_integrity
from hoshimori.model.aircraft_reports import AircraftReading, Emitter
from hoshimori.model.provenance import Reality

# Shape and names of readsb's aircraft.json, as its README describes; values made.
AIRCRAFT: dict[str, Any] = {
    "now": 1772323200.5,
    "messages": 12,
    "aircraft": [
        {"hex": "3c6444", "type": "adsb_icao", "alt_baro": 36000, "gs": 450.0, "track": 90.0,
         "lat": 50.1, "lon": 14.2, "nic": 8, "nac_p": 9, "version": 2, "seen_pos": 2.5},
        {"hex": "3c6445", "type": "adsb_icao", "alt_baro": "ground", "lat": 50.1, "lon": 14.3,
         "nic": 8, "nac_p": 9, "version": 2, "seen_pos": 0.1},
        {"hex": "~2a0001", "type": "tisb_other", "alt_baro": 5000, "lat": 50.2, "lon": 14.3},
        {"hex": "3c6446", "type": "adsb_icao_nt", "category": "C1", "lat": 50.1, "lon": 14.26},
        {"hex": "3c6447", "type": "mode_s", "alt_baro": 30000},
        {"hex": "3c6448", "type": "adsb_icao", "alt_baro": 20000, "lat": 50.4, "lon": 14.9,
         "mlat": ["lat", "lon"], "version": 2},
        {"hex": "3c6449", "type": "adsb_icao", "lat": 51.0, "lon": 14.0, "seen_pos": 300.0},
        {"hex": "~abcdef", "type": "adsb_other", "lat": 51.0, "lon": 14.0, "alt_baro": 9000},
    ],
}  # fmt: skip


def read(data: bytes | Any, source: str = "a.json") -> AircraftReading:
    payload = data if isinstance(data, bytes) else json.dumps(data).encode()
    assert is_aircraft_reports(payload, source=source)
    return read_aircraft_reports(payload, source=source)


def test_aircraft_json_is_read_with_units_times_and_what_each_is_from() -> None:
    reading = read(AIRCRAFT)
    own = reading.reports.take(reading.reports.emitter == Emitter.AIRCRAFT)
    assert [f"{a:06x}" for a in own.address.tolist()] == ["3c6444"]
    assert own.time_utc[0] == np.datetime64("2026-03-01T00:00:00.500") - np.timedelta64(2500, "ms")
    assert own.altitude_m[0] == pytest.approx(36_000 * 0.3048)
    assert own.speed_m_s[0] == pytest.approx(450.0 * 1852.0 / 3600.0)
    assert (own.nic[0], own.nacp[0], own.version[0]) == (8, 9, 2)
    kinds = [Emitter(k) for k in reading.reports.emitter.tolist()]
    assert kinds == [
        Emitter.AIRCRAFT, Emitter.ON_GROUND, Emitter.MEASURED, Emitter.ON_GROUND,
        Emitter.MEASURED, Emitter.ANONYMOUS,
    ]  # fmt: skip
    assert reading.without_position == 1
    assert reading.rejected == 0


def test_packed_and_line_by_line_are_the_same() -> None:
    lines = b"\n".join(json.dumps(AIRCRAFT).encode() for _ in range(2))
    assert len(read(lines).reports) == 2 * len(read(AIRCRAFT).reports)
    assert len(read(gzip.compress(json.dumps(AIRCRAFT).encode())).reports) == 6


def test_a_trace_gives_integrity_only_where_it_is_told() -> None:
    detail = {"type": "adsb_icao", "nic": 5, "nac_p": 4, "version": 2}
    trace = {
        "icao": "0d8300",
        "timestamp": 1772323200.0,
        "trace": [
            [0.0, 30.4, -86.5, 30000, 420.7, 0.0, 0, 0, detail, "adsb_icao"],
            [10.0, 30.5, -86.5, 30000, 420.7, 0.0, 0, 0, None, "adsb_icao"],
            [20.0, 30.6, -86.5, "ground", 20.7, 0.0, 0, 0, None, "adsb_icao"],
            [30.0, 30.6, -86.5, 30000, 420.0, 0.0, 0, 0, None, "mlat"],
            [40.0, 30.6],
        ],
    }
    reading = read(trace)
    assert reading.reports.nic.tolist() == [5, -1, -1, -1]
    assert reading.reports.version.tolist() == [2, -1, -1, -1]
    assert reading.reports.emitter.tolist() == [
        Emitter.AIRCRAFT, Emitter.AIRCRAFT, Emitter.ON_GROUND, Emitter.MEASURED,
    ]  # fmt: skip
    assert reading.rejected == 1
    assert reading.reports.time_utc[1] == np.datetime64("2026-03-01T00:00:10")


def test_states_of_opensky_have_metres_and_no_integrity() -> None:
    state = ["4240ec", "UTA394 ", "somewhere", 1772323190, 1772323199, 21.99, 54.9, 8404.86, False,
             225.19, 84.89, 9.1, None, 8397.24, "7674", False, 0, 0]  # fmt: skip
    grounded, measured, silent = list(state), list(state), list(state)
    grounded[8], measured[16] = True, 2
    silent[5] = silent[6] = None
    reading = read({"time": 1772323200, "states": [state, grounded, measured, silent]})
    reports = reading.reports
    assert reports.emitter.tolist() == [Emitter.AIRCRAFT, Emitter.ON_GROUND, Emitter.MEASURED]
    assert reports.altitude_m[0] == pytest.approx(8404.86)
    assert reports.speed_m_s[0] == pytest.approx(225.19)
    assert reports.time_utc[0] == np.datetime64("2026-02-28T23:59:50")
    assert reports.nic.tolist() == [-1, -1, -1]
    assert reading.without_position == 1
    assert len(read({"time": 1, "states": None}).reports) == 0


CSV = b"""time,icao24,lat,lon,velocity,heading,onground,baroaltitude,lastposupdate
1772323200,4240ec,54.9,21.9,225.1,84.8,false,8404.8,1772323198.5
1772323200,4240ed,54.9,21.9,,,true,,1772323198.5
"""


def test_csv_and_parquet_of_published_columns() -> None:
    reading = read(CSV, "states.csv")
    assert reading.reports.time_utc[0] == np.datetime64("2026-02-28T23:59:58.500")
    assert reading.reports.emitter.tolist() == [Emitter.AIRCRAFT, Emitter.ON_GROUND]
    sink = pa.BufferOutputStream()
    table = pa.table(
        {"timestamp": pa.array([1772323200000], pa.timestamp("ms")), "icao24": ["4240ec"],
         "latitude": [54.9], "longitude": [21.9], "altitude": [30000], "nic": [7], "nacp": [8]}
    )  # fmt: skip
    pq.write_table(table, sink)
    (one,) = [read(sink.getvalue().to_pybytes(), "a.parquet").reports]
    assert one.altitude_m[0] == pytest.approx(9144.0)
    assert one.version[0] == 2, "no column tells a version: they are what they are called"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hex": "xyz"}, "address"), ({"hex": "000000"}, "address"), ({"hex": None}, "address"),
        ({"lat": 0.0, "lon": 0.0}, "position"), ({"lat": 90.0}, "position"),
        ({"lat": -89.95}, "position"), ({"lat": 123.0}, "position"), ({"lon": 999.0}, "position"),
        ({"lat": "north"}, "position"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_alone(change: dict[str, Any], field: str) -> None:
    good = AIRCRAFT["aircraft"][0]
    reading = read({"now": 1772323200, "aircraft": [good, {**good, **change}, good]})
    assert len(reading.reports) == 2
    assert reading.rejected == 1
    assert [r.field for r in reading.rejections] == [field]


@pytest.mark.parametrize("now", [None, "soon", 12.0, -5, 1e300, 5e9])
def test_a_document_without_a_time_that_can_be_is_refused_row_by_row(now: Any) -> None:
    reading = read({"now": now, "aircraft": [AIRCRAFT["aircraft"][0]]})
    assert (len(reading.reports), reading.rejected) == (0, 1)
    assert reading.rejections[0].field == "time"


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"alt_baro": 0}, "altitude_m", np.nan),
        ({"alt_baro": None}, "altitude_m", np.nan),
        ({"alt_baro": 500_000}, "altitude_m", np.nan),
        ({"alt_baro": "high"}, "altitude_m", np.nan),
        ({"nic": 12}, "nic", -1), ({"nic": -3}, "nic", -1), ({"nic": 7.5}, "nic", -1),
        ({"nac_p": 15}, "nacp", -1), ({"nac_p": "x"}, "nacp", -1), ({"version": 7}, "version", -1),
    ],
)  # fmt: skip
def test_absurd_values_are_not_stated_and_the_report_stays(
    change: dict[str, Any], name: str, value: float
) -> None:
    row = {**AIRCRAFT["aircraft"][0], **change}
    reading = read({"now": 1772323200, "aircraft": [row]})
    np.testing.assert_equal(float(getattr(reading.reports, name)[0]), float(value))
    stated = next(iter(change.values()))
    assert reading.absurd == int(isinstance(stated, int | float))


def test_version_0_keeps_its_version_and_so_is_not_mixed() -> None:
    row = {**AIRCRAFT["aircraft"][0], "version": 0}
    assert read({"now": 1772323200, "aircraft": [row]}).reports.version.tolist() == [0]


def test_damaged_rows_of_csv_are_counted() -> None:
    assert read(CSV + b"1772323200,4240ee,54.9\n", "a.csv").rejected == 1


@pytest.mark.parametrize(
    "data", [b"{", b"[1,", b'{"a": 1}', b"PAR1 broken", b"a,b\n1,2\n", b"\xff\xfe\x00"]
)
def test_what_holds_no_aircraft_is_no_report(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_aircraft_reports(data, source="x")


def test_maps_are_told_from_reports_by_content() -> None:
    rows = b"hex,count_good_aircraft,count_bad_aircraft\n8401059ffffffff,1,0\n"
    assert not is_aircraft_reports(rows, source="2022-10-18-h3_4.csv")
    assert len(read_integrity(rows, source="2022-10-18-h3_4.csv").cells) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 0xFFFFFF), st.integers(1_000_000_000, 1_900_000_000),
            st.floats(-89.0, 89.0).filter(lambda x: abs(x) > 0.1), st.floats(-180.0, 180.0),
            st.one_of(st.none(), st.integers(1, 45_000)), st.integers(-1, 11),
            st.integers(-1, 11), st.integers(-1, 2),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_written_states_are_read_again(rows: list[tuple[Any, ...]]) -> None:
    document = [
        {"hex": f"{a:06x}", "time": t, "lat": lat, "lon": lon, "alt_baro": alt, "nic": nic,
         "nac_p": nacp, "version": version, "type": "adsb_icao"}
        for a, t, lat, lon, alt, nic, nacp, version in rows
    ]  # fmt: skip
    first = read(document).reports
    again = read_aircraft_reports(write_aircraft_reports(first), source="x.parquet").reports
    for name in ("address", "time_utc", "latitude_deg", "longitude_deg", "altitude_m", "nic",
                 "nacp", "version", "emitter"):  # fmt: skip
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))


def test_made_states_say_that_they_are_made() -> None:
    reading = read_aircraft_reports(
        json.dumps(AIRCRAFT).encode(), source="x", reality=Reality.SIMULATED
    )
    again = read_aircraft_reports(write_aircraft_reports(reading.reports), source="y.parquet")
    assert again.reports.reality is Reality.SIMULATED


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6),
    st.lists(st.integers(), max_size=2), st.just("now"), st.just(10**400),
)  # fmt: skip
NAMES = st.sampled_from(
    ["hex", "lat", "lon", "alt_baro", "nic", "nac_p", "version", "type", "seen_pos", "mlat", "time"]
)
ROWS = st.lists(st.one_of(VALUES, st.dictionaries(NAMES, VALUES, max_size=8)), max_size=4)
DOCUMENTS = st.one_of(
    ROWS,
    st.fixed_dictionaries({"now": VALUES, "aircraft": ROWS}),
    st.fixed_dictionaries({"icao": VALUES, "timestamp": VALUES, "trace": st.lists(
        st.lists(VALUES, max_size=11), max_size=3)}),
    st.fixed_dictionaries({"time": VALUES, "states": st.one_of(VALUES, st.lists(
        st.lists(VALUES, max_size=18), max_size=3))}),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(DOCUMENTS.map(lambda d: json.dumps(d).encode()), st.binary(max_size=60)))
def test_whatever_comes_only_a_format_error_goes_out(data: bytes) -> None:
    try:
        reading = read_aircraft_reports(data, source="x")
    except FormatError:
        return
    assert np.isfinite(reading.reports.latitude_deg).all()
    assert not np.isnat(reading.reports.time_utc).any()


@pytest.mark.parametrize("text", ["now", "today", "2026-13-01", "yesterday", "1e9", ""])
def test_moments_are_never_those_of_the_clock(text: str) -> None:
    data = f"time,icao24,lat,lon\n{text},4240ec,54.9,21.9\n2026-03-01T00:00:00Z,4240ec,54.9,21.9\n"
    reading = read(data.encode(), "a.csv")
    assert reading.reports.time_utc.tolist() == [np.datetime64("2026-03-01", "ms").item()]


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(FormatError):
        read_aircraft_reports(b"[" * 200_000, source="x")


def test_a_column_of_lists_is_refused() -> None:
    sink = pa.BufferOutputStream()
    table = pa.table({"icao24": ["4240ec"], "time": [[1]], "lat": [54.9], "lon": [[21.9]]})
    pq.write_table(table, sink)
    with pytest.raises(FormatError, match="column"):
        read_aircraft_reports(sink.getvalue().to_pybytes(), source="x")
