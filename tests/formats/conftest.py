"""Element sets and files for the tests of the formats; all values are made up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.omm_writing import (
    write_omm_csv,
    write_omm_json,
    write_omm_kvn,
    write_omm_xml,
)
from hoshimori.formats.parquet import write_parquet
from hoshimori.formats.tle_writing import write_tle
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading

Read = Callable[[bytes], Reading]
Make = Callable[..., ElementSets]
Write = Callable[[ElementSets], bytes]

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")
VALUES = {
    "norad_id": 25544,
    "object_name": "TEST STATION",
    "object_id": "1998-067A",
    "epoch_utc": "2026-11-22T12:42:37.141056",
    "mean_motion_rev_day": 15.49309239,
    "eccentricity": 0.0006703,
    "inclination_deg": 51.6416,
    "raan_deg": 247.4627,
    "arg_of_pericenter_deg": 130.536,
    "mean_anomaly_deg": 325.0288,
    "bstar_per_er": 1.027e-4,
    "mean_motion_dot_rev_day2": -2.182e-5,
    "mean_motion_ddot_rev_day3": 0.0,
    "ephemeris_type": 0,
    "classification": "U",
    "element_set_no": 292,
    "rev_at_epoch": 56353,
    "known_utc": RECEIVED_UTC,
    "provenance_index": 0,
}


@pytest.fixture(scope="session")
def read() -> Read:
    """Read bytes as a catalogue file called "file", received on 23 November 2026."""

    def read_file(data: bytes) -> Reading:
        return read_catalogue(data, source="file", received_utc=RECEIVED_UTC)

    return read_file


@pytest.fixture(scope="session")
def make() -> Make:
    """Make one element set for each catalogue number, alike but for what is given."""

    def make_sets(
        *norad_ids: int, reality: Reality = Reality.REAL, **values: object
    ) -> ElementSets:
        columns = {
            name: np.array([(VALUES | values)[name]] * len(norad_ids), dtype=dtype)
            for name, dtype in COLUMNS.items()
        }
        columns["norad_id"] = np.array(norad_ids, dtype=np.int64)
        return ElementSets(**columns, provenances=(Provenance("test", "0" * 64, reality),))

    return make_sets


@pytest.fixture(scope="session")
def writers() -> dict[str, Write]:
    """Every writer by the name of its format."""
    return {
        "csv": write_omm_csv,
        "json": write_omm_json,
        "kvn": write_omm_kvn,
        "xml": write_omm_xml,
        "parquet": write_parquet,
        "tle": write_tle,
    }


@pytest.fixture(scope="session")
def assert_same() -> Callable[[ElementSets, ElementSets], None]:
    """Compare every column but the provenance, and the reality of every row."""

    def compare(left: ElementSets, right: ElementSets) -> None:
        assert len(left) == len(right)
        for name in COLUMNS:
            if name != "provenance_index":
                np.testing.assert_array_equal(getattr(left, name), getattr(right, name), name)
        assert _realities(left) == _realities(right)

    return compare


def _realities(sets: ElementSets) -> list[Reality]:
    return [sets.provenances[index].reality for index in sets.provenance_index]
