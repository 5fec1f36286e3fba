"""CZML: the rules of the CZML Guide, and marks on every packet."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.czml import DEGREE, write_czml
from hoshimori.model.provenance import Reality

Make = Callable[..., Any]


def packets_of(what: Any) -> list[dict[str, Any]]:
    packets: list[dict[str, Any]] = json.loads(write_czml(what))
    return packets


def span(interval: str) -> tuple[datetime, datetime]:
    start, stop = map(datetime.fromisoformat, interval.split("/"))
    return start, stop


def check_czml(packets: list[dict[str, Any]]) -> None:
    """Raise where a rule is broken. Source: CZML Guide, "CZML Structure" and "CZML Content"."""
    assert packets[0]["id"] == "document"
    assert packets[0]["version"] == "1.0"
    ids = [packet["id"] for packet in packets]
    assert len(set(ids)) == len(ids)
    start, stop = span(packets[0]["clock"]["interval"])
    assert start <= datetime.fromisoformat(packets[0]["clock"]["currentTime"]) <= stop
    for packet in packets[1:]:
        begins, ends = span(packet["availability"])
        assert start <= begins < ends <= stop
        if "position" in packet:
            check_position(packet["position"], begins, ends)
        for reference in packet.get("polyline", {}).get("positions", {}).get("references", ()):
            assert reference.split("#")[0] in ids
            assert reference.split("#")[1] == "position"


def check_position(position: dict[str, Any], begins: datetime, ends: datetime) -> None:
    assert position["referenceFrame"] in {"FIXED", "INERTIAL"}
    assert position["interpolationAlgorithm"] in {"LINEAR", "LAGRANGE", "HERMITE"}
    samples = position["cartesian"]
    assert len(samples) % 4 == 0
    seconds = samples[::4]
    assert all(a < b for a, b in pairwise(seconds))
    assert len(seconds) > position["interpolationDegree"]
    epoch = datetime.fromisoformat(position["epoch"])
    assert (begins - epoch).total_seconds() >= seconds[0]
    assert (ends - epoch).total_seconds() <= seconds[-1]


def test_a_document_keeps_the_rules(make_export: Make) -> None:
    packets = packets_of(make_export())
    check_czml(packets)
    assert [p["id"] for p in packets] == [
        "document", "object-25544", "object-270291", "range-25544-270291",
    ]  # fmt: skip


def test_positions_are_inertial_metres(make_export: Make) -> None:
    position = packets_of(make_export())[1]["position"]
    assert position["referenceFrame"] == "INERTIAL"
    assert position["interpolationDegree"] == DEGREE
    assert position["cartesian"][:5] == [0.0, 6790000.0, 0.0, 0.0, 80.0]
    turned = np.radians(5.0)
    metres = [6790000.0 * np.cos(turned), 6790000.0 * np.sin(turned), 0.0]
    assert position["cartesian"][5:8] == pytest.approx(metres, abs=1e-3)


@pytest.mark.parametrize("reality", [r for r in Reality if r is not Reality.REAL])
def test_reality_and_marking_stand_in_every_packet(make_export: Make, reality: Reality) -> None:
    packets = packets_of(make_export(reality))
    for packet in packets:
        assert packet["name"].startswith(f"{reality.value} · ")
        assert packet["properties"]["reality"] == {"string": reality.value}
        assert packet["properties"]["marking"]["string"].startswith("TLP:CLEAR//")
    for packet in packets[:3]:
        assert f"{reality.value} — TLP:CLEAR" in packet["description"]
    assert packets[1]["label"]["text"].startswith(reality.value)


def test_a_real_incident_has_no_prefix_but_says_that_it_is_real(make_export: Make) -> None:
    packets = packets_of(make_export())
    assert packets[0]["name"] == "INC-0123456789"
    assert {p["properties"]["reality"]["string"] for p in packets} == {"REAL"}


def test_names_cannot_bring_markup(make_export: Make) -> None:
    made = make_export(names={25544: "<script>x</script>"})
    described = packets_of(made)[1]["description"]
    assert "<script>" not in described
    assert "&lt;script&gt;" in described


def test_two_assets_have_a_range_between_them(make_export: Make) -> None:
    made = make_export()
    both = tuple(replace(orbit, is_asset=True) for orbit in made.orbits)
    assert packets_of(replace(made, orbits=both))[-1]["id"] == "range-25544-270291"


def test_nothing_to_draw_is_refused(make_export: Make) -> None:
    with pytest.raises(FormatError, match="nothing to draw"):
        write_czml(make_export(orbits=()))
