"""What is written reads back as the same element sets, whatever they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.omm_writing import write_omm_kvn, write_omm_xml
from hoshimori.formats.parquet import write_parquet
from hoshimori.formats.tle_writing import write_tle
from hoshimori.model.elements import COLUMNS, MICROSECONDS, NOT_STATED, ElementSets
from hoshimori.model.provenance import Provenance, Reality

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")

# Half a unit in the last place of each field of a TLE.
TLE_HALF_UNITS = {
    "mean_motion_rev_day": 0.5e-8,
    "eccentricity": 0.5e-7,
    "inclination_deg": 0.5e-4,
    "raan_deg": 0.5e-4,
    "arg_of_pericenter_deg": 0.5e-4,
    "mean_anomaly_deg": 0.5e-4,
    "mean_motion_dot_rev_day2": 0.5e-8,
}
TLE_HALF_UNIT_OF_EPOCH = np.timedelta64(432, "us")
TLE_RELATIVE_HALF_UNIT = 0.5e-4  # five digits, the first not zero
ROUNDING = 1e-12  # of binary numbers when half units are compared


def _numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def _moments(first: str, last: str) -> st.SearchStrategy[np.datetime64]:
    low, high = (int(np.datetime64(day, "us").astype(np.int64)) for day in (first, last))
    return st.integers(low, high).map(lambda us: np.datetime64(us, "us"))


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")),
    max_size=24,
).map(lambda text: text.replace("\ufffd", "").strip())
_IDS = st.one_of(st.integers(1, 99_999), st.integers(100_000, 339_999))
_RECORD: dict[str, st.SearchStrategy[Any]] = {
    "norad_id": st.one_of(_IDS, st.integers(340_000, 999_999_999)),
    "object_name": _NAMES,
    "object_id": st.one_of(
        st.just(""), st.from_regex(r"(19[6-9]|20[0-4])[0-9]-[0-9]{3}[A-Z]{1,3}", fullmatch=True)
    ),
    "epoch_utc": _moments("1957-01-02", "2026-12-31"),
    "mean_motion_rev_day": _numbers(0.01, 17.0),
    "eccentricity": _numbers(0.0, 0.9999999),
    "inclination_deg": _numbers(0.0, 180.0),
    "raan_deg": _numbers(0.0, 359.9999),
    "arg_of_pericenter_deg": _numbers(0.0, 359.9999),
    "mean_anomaly_deg": _numbers(0.0, 359.9999),
    "bstar_per_er": _numbers(-100.0, 100.0),
    "mean_motion_dot_rev_day2": _numbers(-0.99, 0.99),
    "mean_motion_ddot_rev_day3": _numbers(-0.99, 0.99),
    "ephemeris_type": st.sampled_from([NOT_STATED, 0, 2]),
    "classification": st.sampled_from(["", "U", "C", "S"]),
    "element_set_no": st.integers(NOT_STATED, 2**31 - 1),
    "rev_at_epoch": st.integers(NOT_STATED, 2**31 - 1),
    "known_utc": _moments("1957-01-02", "2026-12-31"),
    "provenance_index": st.integers(0, len(Reality) - 1),
}


def _sets(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[ElementSets]:
    records = st.lists(st.fixed_dictionaries(_RECORD | fixed), max_size=4)
    return records.map(_columns)


def _columns(records: list[dict[str, Any]]) -> ElementSets:
    columns = {
        name: np.array([record[name] for record in records], dtype=dtype)
        for name, dtype in COLUMNS.items()
    }
    return ElementSets(
        **columns, provenances=tuple(Provenance("made", "0" * 64, reality) for reality in Reality)
    )


def _read(data: bytes) -> ElementSets:
    reading = read_catalogue(data, source="written", received_utc=RECEIVED_UTC)
    assert reading.rejections == ()
    return reading.element_sets


@pytest.mark.parametrize("kind", ["csv", "json", "kvn", "xml", "parquet"])
@settings(max_examples=60, deadline=None)
@given(sets=_sets())
def test_omm_and_parquet_give_back_every_bit(
    kind: str, sets: ElementSets, writers: dict[str, Any], assert_same: Callable[..., None]
) -> None:
    written = writers[kind](sets)
    if kind == "kvn" and len(sets) == 0:
        assert written == b""
    else:
        assert_same(_read(written), sets)


@settings(max_examples=60, deadline=None)
@given(sets=_sets(norad_id=_IDS, provenance_index=st.just(0)), with_names=st.booleans())
def test_tle_gives_back_what_its_columns_hold(sets: ElementSets, with_names: bool) -> None:
    written = write_tle(sets, with_names=with_names)
    if len(sets) == 0:
        assert written == b""
        return
    got = _read(written)
    np.testing.assert_array_equal(got.norad_id, sets.norad_id)
    np.testing.assert_array_equal(got.object_id, sets.object_id)
    np.testing.assert_array_equal(got.object_name, sets.object_name if with_names else "")
    np.testing.assert_array_equal(got.element_set_no, np.maximum(sets.element_set_no, 0) % 10_000)
    np.testing.assert_array_equal(got.rev_at_epoch, np.maximum(sets.rev_at_epoch, 0) % 100_000)
    assert (np.abs(got.epoch_utc - sets.epoch_utc) <= TLE_HALF_UNIT_OF_EPOCH).all()
    for name, half_unit in TLE_HALF_UNITS.items():
        miss = np.abs(getattr(got, name) - getattr(sets, name))
        assert (miss <= half_unit + ROUNDING).all(), name
    for name in ("bstar_per_er", "mean_motion_ddot_rev_day3"):
        exact = getattr(sets, name)
        allowed = np.maximum(np.abs(exact) * TLE_RELATIVE_HALF_UNIT, 0.5e-14)
        assert (np.abs(getattr(got, name) - exact) <= allowed + ROUNDING).all(), name
    assert write_tle(got, with_names=with_names) == written


@settings(max_examples=10, deadline=None)
@given(sets=_sets(norad_id=st.just(10_000_020_001), object_id=st.just("1957-001A")))
def test_messages_carry_objects_known_by_designator_alone(sets: ElementSets) -> None:
    for write in (write_omm_xml, write_omm_kvn):
        if len(sets):
            assert b"NORAD_CAT_ID" not in write(sets)
            np.testing.assert_array_equal(_read(write(sets)).norad_id, sets.norad_id)


def test_parquet_carries_foreign_keys(make: Callable[..., ElementSets]) -> None:
    sets = make(2_000_012_104)
    np.testing.assert_array_equal(_read(write_parquet(sets)).norad_id, sets.norad_id)


def test_times_are_microseconds() -> None:
    assert COLUMNS["epoch_utc"] == MICROSECONDS
