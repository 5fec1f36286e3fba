"""Records in the shape of the Unified Data Library: names, units, and what must be stated."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.udl import REQUIRED, UdlHeader, write_udl
from hoshimori.model.exports import GroundArea
from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import Link

Make = Callable[..., Any]
HEADER = UdlHeader(classification_marking="U", source="TESTER")


def test_required_fields_are_those_of_the_library() -> None:
    """Source: ``Required`` fields of the create parameters of udl-sdk 0.1.0a37 (November 2026)."""
    shared = {"classificationMarking", "dataMode", "source"}
    assert {service: set(names) - shared for service, names in REQUIRED.items()} == {
        "conjunction": {"tca"},
        "closelyspacedobjects": {"csoState", "eventStartTime", "eventType"},
        "maneuver": {"eventStartTime"},
        "onorbitevent": {"eventTime"},
        "emireport": {
            "isr", "reportId", "reportTime", "reportType", "requestAssist", "startTime",
        },
    }  # fmt: skip
    assert all(shared <= set(names) for names in REQUIRED.values())


def test_a_conjunction_is_in_metres_and_a_manoeuvre_in_km_s(make_export: Make) -> None:
    records = json.loads(write_udl(make_export(), HEADER))
    (conjunction,), (manoeuvre,) = records["conjunction"], records["maneuver"]
    assert (conjunction["satNo1"], conjunction["satNo2"]) == (25544, 270291)
    assert conjunction["missDistance"] == pytest.approx(400.0)
    assert conjunction["relVelMag"] == pytest.approx(12_500.0)
    assert conjunction["relPosT"] == pytest.approx(-200.0)
    assert conjunction["tca"] == "2026-11-27T01:00:00.000Z"
    assert manoeuvre["deltaVel"] == pytest.approx(0.0007)
    assert manoeuvre["deltaVelU"] == pytest.approx(0.0001)
    assert manoeuvre["deltaVelV"] == pytest.approx(0.0007)


@pytest.mark.parametrize("reality", Reality)
def test_the_data_mode_is_the_reality(make_export: Make, reality: Reality) -> None:
    made = make_export(reality)
    moment = made.as_of_utc
    ring = ((32.0, -98.0), (32.0, -96.0), (34.0, -96.0))
    area = GroundArea("a made area", "interference", "i1", moment, moment, (ring,))
    services = json.loads(write_udl(replace(made, areas=(area,)), HEADER))
    assert set(services) == {"conjunction", "maneuver", "emireport"}
    for service, records in services.items():
        for record in records:
            assert set(REQUIRED[service]) <= set(record)
            assert record["dataMode"] == reality.value
            text = record.get("comments") or record.get("description")
            assert text.startswith(f"{reality.value}. ")
            assert "TLP:CLEAR//NOT FOR CLASSIFIED DATA" in text


@given(st.text(" \t\n", max_size=3), st.sampled_from(["classification_marking", "source"]))
def test_blank_headers_are_refused(make_export: Make, blank: str, name: str) -> None:
    field = {"classification_marking": "classificationMarking", "source": "source"}[name]
    with pytest.raises(FormatError, match=field):
        write_udl(make_export(), replace(HEADER, **{name: blank}))


def test_a_disturbed_link_is_a_report_of_interference(make_export: Make) -> None:
    samples = runpy.run_path(str(Path(__file__).parents[1] / "assessment" / "evidence_samples.py"))
    made = make_export(Reality.REAL)
    link = samples["reception"]()
    mast = samples["reception"](link=Link.NAVIGATION, objects=(), receiver="mast", name="mast")
    what = replace(made, findings=(link, mast))
    records = json.loads(write_udl(what, HEADER))["emireport"]
    assert [one["reportType"] for one in records] == ["SATCOM", "GPS"]
    assert records[0]["startTime"] == "2025-03-03T00:00:00.000Z"
    assert len({one["reportId"] for one in records}) == 2
