"""The gpconf conformance kit, all of it that runs without asking CelesTrak.

The kit's other cases read files that are CelesTrak's to give; `gpconf fetch` brings them once, and
from then on this test runs those cases too.  By hand, from this folder:
``gpconf run --adapter test_gpconf:Adapter``.
"""

from __future__ import annotations

import json
import warnings
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from gpconf.runner import Runner

from hoshimori.errors import FormatError
from hoshimori.formats.alpha5 import decode_alpha5, encode_alpha5
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.epochs import parse_epoch
from hoshimori.formats.namespaces import LARGEST_NORAD_ID
from hoshimori.formats.tle_writing import checksum, write_tle
from hoshimori.model.elements import NOT_STATED, ElementSets

SHIPPED = {
    "alpha5-encoding-vectors",
    "alpha5-tle-derived",
    "corrupt-input",
    "kvn-syntax-variants",
    "tle-writer-alpha5",
}
"""Cases whose files are in the kit: these must run and pass, every item of them."""

NEEDS = {
    "not-fetched": "its files are CelesTrak's and come with `gpconf fetch`",
    "not-available": "it reads a launch-window capture that nobody can fetch any more",
    "not-exercised": "it checks the kit's own data, no parser",
}
"""Why any other case may not have run."""

# The kit holds two-digit years up to 56, so nothing may count as too far in the future.
RECEIVED_UTC = np.datetime64("2057-01-01T00:00:00", "us")

FIELDS = {
    "norad_cat_id": "norad_id",
    "epoch": "epoch_utc",
    "mean_motion": "mean_motion_rev_day",
    "eccentricity": "eccentricity",
    "inclination": "inclination_deg",
    "ra_of_asc_node": "raan_deg",
    "arg_of_pericenter": "arg_of_pericenter_deg",
    "mean_anomaly": "mean_anomaly_deg",
    "bstar": "bstar_per_er",
    "mean_motion_dot": "mean_motion_dot_rev_day2",
    "mean_motion_ddot": "mean_motion_ddot_rev_day3",
    "object_name": "object_name",
    "object_id": "object_id",
    "classification_type": "classification",
    "ephemeris_type": "ephemeris_type",
    "element_set_no": "element_set_no",
    "rev_at_epoch": "rev_at_epoch",
}
CORE = ("bstar", "mean_motion_dot", "mean_motion_ddot")
CSV_HEADER = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    "ARG_OF_PERICENTER,MEAN_ANOMALY,NORAD_CAT_ID,BSTAR"
)


class Adapter:
    """What the kit calls; it reports what Hoshimori does and decides nothing."""

    def parse(self, raw: bytes, fmt: str) -> list[dict[str, Any]]:
        reading = read_catalogue(raw, source=f"kit.{fmt}", received_utc=RECEIVED_UTC)
        refused = [
            {"_refused": str(r), "_field": _field(raw, r.raw), "_input": r.raw.decode()}
            for r in reading.rejections
        ]
        return [{"_adapter": {"refusals": True}}, *_records(reading.element_sets), *refused]

    def write_tle(self, record: dict[str, Any]) -> str:
        omm = {
            key.upper(): value
            for key, value in record.items()
            if key in FIELDS and value is not None
        }
        return write_tle(_only(_json(omm)), with_names=False).decode()

    def alpha5_decode(self, field: str) -> int:
        return decode_alpha5(field)

    def alpha5_encode(self, n: int) -> str:
        return encode_alpha5(n)

    def two_digit_year(self, yy: str) -> int:
        line_1 = f"1 25544U 98067A   {yy}001.00000000  .00000000  00000+0  00000+0 0    1"
        line_2 = "2 25544  51.5908 168.3788 0125362  86.4185 359.7454 16.05064833    0"
        lines = "\n".join(f"{line}{checksum(line)}" for line in (line_1, line_2))
        return _records(_only(lines.encode()))[0]["epoch"].year

    def parse_epoch(self, text: str) -> datetime:
        return parse_epoch(text).item()

    def parse_catalog_id(self, text: str) -> int:
        row = f"ISS,,2026-01-01T00:00:00,15.5,.001,51.6,1,2,3,{text},0"
        return int(_only(f"{CSV_HEADER}\n{row}\n".encode()).norad_id[0])


def _json(omm: dict[str, Any]) -> bytes:
    return json.dumps([omm]).encode()


def _only(data: bytes) -> ElementSets:
    """Read a file of one record; a refusal is raised."""
    reading = read_catalogue(data, source="kit", received_utc=RECEIVED_UTC)
    if reading.rejections:
        raise FormatError(str(reading.rejections[0]))
    return reading.element_sets


def _records(sets: ElementSets) -> list[dict[str, Any]]:
    columns = {field: getattr(sets, name).tolist() for field, name in FIELDS.items()}
    rows = zip(*columns.values(), strict=True)
    return [_reported(dict(zip(columns, row, strict=True))) for row in rows]


def _reported(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the record does not state; a key of another namespace is no NORAD number."""
    if row["norad_cat_id"] > LARGEST_NORAD_ID:
        row["norad_cat_id"] = None
    return {k: v for k, v in row.items() if v not in ("", NOT_STATED) or k in CORE}


def _field(file: bytes, raw: bytes) -> str:
    """Give the catalogue number of a refused record as it stands in the file."""
    record = raw.decode()
    lines = [line for line in record.splitlines() if line.startswith(("1 ", "2 "))]
    if lines:
        return lines[0][2:7]
    header = file.decode().splitlines()[0].split(",")
    if "NORAD_CAT_ID" in header:
        return record.split(",")[header.index("NORAD_CAT_ID")]
    return ""


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the kit leaves its files to be closed
        return {result.case_id: result for result in Runner(Adapter()).run()}


@pytest.mark.parametrize("case", sorted(SHIPPED))
def test_what_ships_with_the_kit_passes_whole(case: str, results: dict[str, Any]) -> None:
    result = results[case]
    good = ("pass", "pass-tolerance", "info")
    wrong = [item.detail for item in result.items if item.status not in good]
    assert result.status == "pass"
    assert not wrong


def test_no_case_fails_or_is_skipped(results: dict[str, Any]) -> None:
    assert len(results) >= 18
    allowed = {"pass", "pass-tolerance", *NEEDS}
    assert {case: r.status for case, r in results.items() if r.status not in allowed} == {}
