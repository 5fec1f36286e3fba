"""Nouns as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from hoshimori.formats.json_document import as_json_value, write_json
from hoshimori.model.assets import Asset
from hoshimori.model.findings import GeoMotion, Interval
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality


def test_values_of_every_sort() -> None:
    assert as_json_value(GeoMotion.DRIFTS_IN) == "drifts_in"
    assert as_json_value(Reality.EXERCISE) == "EXERCISE"
    assert as_json_value(datetime(2025, 3, 3, 12, tzinfo=UTC)) == "2025-03-03T12:00:00.000Z"
    assert as_json_value(date(2025, 3, 3)) == "2025-03-03"
    assert as_json_value((float("nan"), float("inf"), 1.5, None, True)) == [
        None,
        None,
        1.5,
        None,
        True,
    ]
    assert as_json_value(Marking(Level.AMBER_STRICT, frozenset({"USA", "JPN"}))) == {
        "level": "amber_strict",
        "releasable_to": ["JPN", "USA"],
        "caveats": [],
    }
    assert as_json_value({5: Interval(0.0, 1.0, 2.0)}) == {
        "5": {"low": 0.0, "best": 1.0, "high": 2.0}
    }


def test_a_document_keeps_the_order_of_fields_and_any_script() -> None:
    document = write_json(Asset(42917, "みちびき3号"))
    assert "みちびき3号" in document
    assert list(json.loads(document))[:2] == ["norad_id", "name"]


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no JSON form"):
        as_json_value({1, 2})
