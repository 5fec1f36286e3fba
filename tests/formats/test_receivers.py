"""Receiver series from CSV, Parquet and SensorThings: columns, bad rows alone, round trips."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.receiver_columns import NUMBERS
from hoshimori.formats.receiver_rows import SampleClock
from hoshimori.formats.receivers import read_receivers, write_receivers
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receiver_readings import ReceiverReading
from hoshimori.model.receivers import (
    Bearing,
    Link,
    Polarisation,
    Quantity,
    Receiver,
    ReceiverSeries,
    joined_series,
    series_digest,
)

CLOCK = SampleClock(np.datetime64("2024-01-01T00:00:00", "us"), 10.0)


def read(text: str | bytes, name: str = "station.csv", **more: Any) -> ReceiverReading:
    data = text.encode() if isinstance(text, str) else text
    return read_receivers(data, source=name, **more)


def rows(*lines: str, head: str = "time_utc,cn0_dbhz") -> str:
    return "\n".join((head, *lines)) + "\n"


def test_a_table_becomes_one_series_for_each_receiver() -> None:
    head = "time_utc,receiver,link,object,band,polarisation,bearing,cn0_dbhz,noise_floor_dbm,note"
    told = read(
        rows(
            "2026-03-01T00:00:10Z,dish,downlink,44476,Ku,H,from,12.5,-98.5,x",
            "2026-03-01T00:00:00Z,dish,downlink,44476,Ku,H,from,13,,x",
            "2026-03-01T00:00:00Z,mast,,,L1,RHCP,,45,-100,x",
            head=head,
        )
    )
    assert told.rejections == ()
    dish, mast = told.series
    assert dish.receiver == Receiver(
        "dish", Link.DOWNLINK, "Ku", Polarisation.HORIZONTAL, 44476, Bearing.FROM_SPACE
    )
    assert mast.receiver == Receiver("mast", band="L1", polarisation=Polarisation.RIGHT)
    assert dish.of(Quantity.CN0).tolist() == [13.0, 12.5]
    assert np.isnan(dish.of(Quantity.NOISE_FLOOR)[0])
    assert dish.reality is Reality.REAL


def test_satellites_told_apart_share_a_sample() -> None:
    head = "time_utc,satellite,cn0_dbhz,agc_gain_db"
    told = read(
        rows(
            "2026-03-01T00:00:00Z,G05,45,",
            "2026-03-01T00:00:00Z,G12,38,",
            "2026-03-01T00:00:00Z,,,30",
            "2026-03-01T00:00:30Z,G12,37.5,",
            head=head,
        )
    )
    (one,) = told.series
    assert one.satellites == ("G05", "G12")
    assert one.cn0_dbhz.tolist()[0] == [45.0, 38.0]
    assert np.isnan(one.cn0_dbhz[1, 0])
    assert one.of(Quantity.GAIN_CONTROL)[0] == -30.0
    assert np.isnan(one.of(Quantity.CN0)).all()
    assert told.repeated == 0
    assert one.receiver.name == "station.csv"


def test_the_columns_of_a_vehicle_tracker_need_start_and_step() -> None:
    text = rows("0,69,31,42", "1,73,0,36", head="idx,lteRSSI,signalToNoise,satelliteUsedPerView")
    (one,) = read(gzip.compress(text.encode()), clock=CLOCK).series
    assert one.time_utc.tolist() == [
        np.datetime64("2024-01-01T00:00:00", "us").item(),
        np.datetime64("2024-01-01T00:00:10", "us").item(),
    ]
    assert one.of(Quantity.OTHER_RSSI).tolist() == [-69.0, -73.0]
    assert one.of(Quantity.USED).tolist() == [0.42, 0.36]
    with pytest.raises(FormatError, match="give the start and the step"):
        read(text)


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("2026-03-01T00:00:00Z,70.5", "cn0_dbhz", "expected 0 to 70 dB-Hz"),
        ("2026-03-01T00:00:00Z,-1", "cn0_dbhz", "expected 0 to 70 dB-Hz"),
        ("2026-03-01T00:00:00Z,inf", "cn0_dbhz", "not a number"),
        ("2026-03-01T00:00:00Z,4_5", "cn0_dbhz", "not a number"),
        ("2026-03-01T00:00:00Z,strong", "cn0_dbhz", "not a number"),
        ("yesterday,45", "time_utc", "expected a moment in UTC"),
        (",45", "time_utc", "expected a moment in UTC"),
        ("1970-01-01T00:00:00Z,45", "time_utc", "from 1980 on"),
        ("2126-03-01T00:00:00Z,45", "time_utc", "from 1980 on"),
        ("2026-03-01T00:00:00+02:00,45", "time_utc", "expected a moment in UTC"),
        ("2026-03-01T00:00:00Z", "", "another number of cells"),
        ("2026-03-01T00:00:00Z,45,1", "", "another number of cells"),
    ],
)
def test_a_bad_row_is_refused_alone(line: str, field: str, expected: str) -> None:
    told = read(rows("2026-03-01T00:00:30Z,44", line, "2026-03-01T00:01:00Z,43"))
    (refused,) = told.rejections
    assert (refused.source, refused.line, refused.field) == ("station.csv", 3, field)
    assert expected in refused.problem
    assert refused.raw.decode() == line
    assert told.series[0].of(Quantity.CN0).tolist() == [44.0, 43.0]


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("ber", "1.5", "ber"),
        ("ber", "-0.1", "ber"),
        ("agc_level_db", "900", "agc_level_db"),
        ("noise_floor_dbm", "90", "noise_floor_dbm"),
        ("used_percent", "101", "used_percent"),
        ("link", "sidelink", "link"),
        ("polarisation", "diagonal", "polarisation"),
        ("bearing", "north", "bearing"),
        ("object", "0", "object"),
        ("object", "ISS", "object"),
        ("receiver", "a\x07b", "receiver"),
        ("received_utc", "later", "received_utc"),
        ("received_utc", "2026-02-28T23:00:00Z", "time_utc"),
    ],
)
def test_absurd_values_and_clocks_that_are_ahead_are_refused(
    column: str, value: str, name: str
) -> None:
    good = "2026-03-01T00:00:00Z,40,"
    told = read(rows(good, f"2026-03-01T00:01:00Z,41,{value}", head=f"time_utc,cn0_dbhz,{column}"))
    (refused,) = told.rejections
    assert (refused.line, refused.field) == (3, name)
    assert len(told.series[0]) == 1


def test_more_used_than_in_view_is_refused_and_the_share_is_told() -> None:
    head = "time_utc,satellites_used,satellites_in_view,cn0_dbhz"
    told = read(rows("2026-03-01T00:00:00Z,9,8,40", "2026-03-01T00:00:30Z,6,8,40", head=head))
    assert [r.field for r in told.rejections] == ["satellites_used"]
    assert told.series[0].of(Quantity.USED).tolist() == [0.75]


def test_of_two_rows_of_one_moment_the_one_known_last_counts() -> None:
    head = "time_utc,received_utc,cn0_dbhz"
    told = read(
        rows(
            "2026-03-01T00:00:00Z,2026-03-01T06:00:00Z,41",
            "2026-03-01T00:00:00Z,2026-03-01T00:00:01Z,20",
            "2026-03-01T00:00:30Z,,42",
            "2026-03-01T00:00:30Z,,42",
            head=head,
        )
    )
    (one,) = told.series
    assert one.of(Quantity.CN0).tolist() == [41.0, 42.0]
    assert told.repeated == 2
    assert one.known_utc[0] == np.datetime64("2026-03-01T06:00:00", "us")
    assert len(one.known_by(np.datetime64("2026-03-01T05:00:00", "us"))) == 1


def test_files_that_hold_no_series_are_refused_whole() -> None:
    for text in ("", "a,b\n1,2\n", "time_utc,note\n2026-03-01T00:00:00Z,x\n", "{}", "[1]", "PAR1"):
        with pytest.raises(FormatError):
            read(text)
    with pytest.raises(FormatError, match="two columns of this name"):
        read(rows("2026-03-01T00:00:00Z,1,2", head="time_utc,cn0_dbhz,cn0_dbhz"))


def test_parquet_with_numbers_and_moments_reads_as_csv_does() -> None:
    table = pa.table(
        {
            "time_utc": pa.array(
                [np.datetime64("2026-03-01T00:00:00", "ms"), None], pa.timestamp("ms")
            ),
            "cn0_dbhz": pa.array([45.5, 44.0], pa.float32()),
            "satellites_used": pa.array([7, 8]),
            "satellites_in_view": pa.array([10, 10]),
        }
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    told = read(sink.getvalue().to_pybytes(), "station.parquet")
    assert [(r.line, r.field) for r in told.rejections] == [(2, "time_utc")]
    assert told.series[0].of(Quantity.CN0).tolist() == [45.5]
    assert told.series[0].of(Quantity.USED) == pytest.approx([0.7])


def observation(value: Any, moment: str = "2026-03-01T00:00:00Z", **more: Any) -> dict[str, Any]:
    return {"phenomenonTime": moment, "result": value} | more


STREAM = {
    "name": "noise of the dish",
    "unitOfMeasurement": {"symbol": "dB-Hz"},
    "ObservedProperty": {"name": "cn0_dbhz"},
    "Thing": {"name": "dish", "properties": {"link": "downlink", "object": 44476}},
    "properties": {"band": "Ku"},
}


def test_sensorthings_observations_in_their_three_shapes() -> None:
    expanded = {
        "value": [
            observation(12.0, Datastream=STREAM, resultTime="2026-03-01T00:05:00Z"),
            observation(11.5, "2026-02-28T23:59:00Z/2026-03-01T00:00:30Z", Datastream=STREAM),
        ]
    }
    nested = {**STREAM, "Observations": [observation(12.0), observation(11.5)]}
    array = {
        **STREAM,
        "components": ["phenomenonTime", "result"],
        "dataArray": [["2026-03-01T00:00:00Z", 12.0], ["2026-03-01T00:00:30Z", 11.5]],
    }
    thing = {
        "name": "mast",
        "Datastreams": [
            {
                "name": "cn0_dbhz",
                "unitOfMeasurement": {},
                "Observations": [observation(45.0, parameters={"satellite": "G05"})],
            }
        ],
    }
    (one,) = read(json.dumps(expanded), "feed.json").series
    assert one.receiver == Receiver("dish", Link.DOWNLINK, "Ku", norad_id=44476)
    assert one.of(Quantity.CN0).tolist() == [12.0, 11.5]
    assert one.known_utc[0] == np.datetime64("2026-03-01T00:05:00", "us")
    assert len(read(json.dumps(nested), "feed.json").series[0]) == 1
    assert read(json.dumps(array), "feed.json").series[0].of(Quantity.CN0).tolist() == [12.0, 11.5]
    (mast,) = read(json.dumps(thing), "feed.json").series
    assert (mast.receiver.name, mast.satellites) == ("mast", ("G05",))


def test_sensorthings_refuses_single_observations() -> None:
    strange = {**STREAM, "ObservedProperty": {"name": "temperature"}}
    told = read(
        json.dumps(
            [
                observation(12.0, Datastream=STREAM),
                observation(99.0, Datastream=STREAM),
                observation(3.0, Datastream=strange),
                observation(11.0, "", Datastream=STREAM),
            ]
        ),
        "feed.json",
    )
    assert [(r.line, r.field) for r in told.rejections] == [
        (2, "cn0_dbhz"), (3, "ObservedProperty"), (4, "time_utc"),
    ]  # fmt: skip
    with pytest.raises(FormatError, match="no observation of a known property"):
        read(json.dumps([observation(3.0, Datastream=strange)]), "feed.json")


NAMES = st.text("abcXYZ 雨-", min_size=1, max_size=8).filter(lambda t: t.strip() == t)


@st.composite
def made_series(draw: st.DrawFn) -> ReceiverSeries:
    count = draw(st.integers(1, 6))
    seconds = np.cumsum(draw(st.lists(st.integers(1, 10_000), min_size=count, max_size=count)))
    start = np.datetime64("2026-03-01T00:00:00", "us")
    times = start + (seconds * 1_000_000).astype("timedelta64[us]")
    values = np.full((count, len(Quantity)), np.nan)
    for place, quantity in enumerate(Quantity):
        # Of the column with factor 1 where there are several.
        own = [c for c in NUMBERS.values() if c.quantity is quantity]
        numbers = st.floats(own[0].low, own[0].high, allow_subnormal=False)
        told = st.lists(st.none() | numbers, min_size=count, max_size=count)
        values[:, place] = [np.nan if v is None else v * own[0].factor for v in draw(told)]
    satellites = tuple(sorted(draw(st.sets(st.sampled_from(["G01", "G02", "E11"])))))
    cn0 = np.round(draw(st.floats(0.0, 70.0)) * np.ones((count, len(satellites))), 3)
    receiver = Receiver(
        draw(NAMES), draw(st.sampled_from(Link)), draw(st.just("") | NAMES),
        draw(st.sampled_from(Polarisation)), draw(st.none() | st.integers(1, 69_999)),
        draw(st.sampled_from(Bearing)),
    )  # fmt: skip
    return ReceiverSeries(
        receiver, times, times, values, satellites, cn0,
        np.zeros(count, np.int32), (Provenance("made", "0" * 64, Reality.EXERCISE),),
    )  # fmt: skip


def test_a_catalogue_number_of_nine_digits_is_kept() -> None:
    own = read(rows("2026-03-01T00:00:00Z,41")).series[0]
    link = replace(own, receiver=Receiver("link", Link.UPLINK, norad_id=800_000_001))
    told = read(write_receivers([own, link]), "receivers.parquet")
    assert told.rejections == ()
    assert [one.receiver.norad_id for one in told.series] == [800_000_001, None]


@settings(max_examples=25, deadline=None)
@given(st.lists(made_series(), min_size=1, max_size=2))
def test_what_is_written_reads_back(made: Sequence[ReceiverSeries]) -> None:
    series = joined_series(made)
    told = read(write_receivers(series), "receivers.parquet")
    assert told.rejections == ()
    assert [one.receiver for one in told.series] == [one.receiver for one in series]
    for mine, back in zip(series, told.series, strict=True):
        assert back.time_utc.tolist() == mine.time_utc.tolist()
        np.testing.assert_allclose(back.values, mine.values, rtol=1e-12)
        assert back.reality is Reality.EXERCISE
        if mine.satellites == back.satellites:
            assert np.array_equal(back.cn0_dbhz, mine.cn0_dbhz, equal_nan=True)
    again = read(write_receivers(told.series), "receivers.parquet").series
    assert [series_digest(s) for s in again] == [series_digest(s) for s in told.series]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    try:
        read(data, clock=CLOCK)
    except FormatError:
        return


def test_the_place_of_a_receiver_is_read_and_written_or_refused_by_halves() -> None:
    head = "time_utc,cn0_dbhz,latitude_deg,longitude_deg"
    told = read(
        rows(
            "2026-03-01T00:00:00Z,45,54.7,20.5",
            "2026-03-01T00:00:10Z,45,,",
            "2026-03-01T00:00:20Z,45,54.7,",
            "2026-03-01T00:00:30Z,45,91,20.5",
            head=head,
        )
    )
    assert [(r.line, r.field) for r in told.rejections] == [
        (4, "latitude_deg"), (5, "latitude_deg"),
    ]  # fmt: skip
    (one,) = told.series
    assert one.place_deg[0].tolist() == [54.7, 20.5]
    assert np.isnan(one.place_deg[1]).all()
    (again,) = read(write_receivers([one]), "s.parquet").series
    np.testing.assert_array_equal(again.place_deg, one.place_deg)
    (late,) = read(rows("2026-03-01T01:00:00Z,45,54.8,20.5", head=head)).series
    (joined,) = joined_series([late, one])
    assert joined.place_deg[[0, -1], 0].tolist() == [54.7, 54.8]
    assert series_digest(one) != series_digest(replace(one, place_deg=np.empty((0, 2))))
