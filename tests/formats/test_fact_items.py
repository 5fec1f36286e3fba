"""Facts go into single JSON values and come back the same, to the last digit."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.exercise.synthetic_sky import synthetic_sky
from hoshimori.formats.fact_items import (
    asset_from,
    asset_value,
    element_set_values,
    element_sets_from,
    object_from,
    object_value,
)
from hoshimori.model.assets import Asset, Importance
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.objects import ObjectType, SpaceObject


def _sky() -> ElementSets:
    random = np.random.Generator(np.random.PCG64(5))
    return synthetic_sky(np.datetime64("2026-05-01"), random, objects=300).element_sets


def test_element_sets_come_back_to_the_last_digit() -> None:
    sets = _sky()
    text = json.dumps(element_set_values(sets), allow_nan=False)
    back = element_sets_from(json.loads(text))
    for name in COLUMNS:
        if name != "provenance_index":
            np.testing.assert_array_equal(getattr(back, name), getattr(sets, name))
    assert back.reality is sets.reality
    used = set(sets.provenance_index.tolist())
    assert set(back.provenances) == {sets.provenances[k] for k in used}


def test_no_rows_come_back_as_none() -> None:
    assert len(element_sets_from([])) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"norad_id": "25544"},
        {"norad_id": 1.5},
        {"epoch_utc": "2026-05-01T00:00:00"},
        {"epoch_utc": 7},
        {"mean_motion_rev_day": "fast"},
        {"object_name": None},
        {"reality": "REALLY"},
    ],
)
def test_what_is_no_element_set_is_refused(change: dict[str, object]) -> None:
    value = element_set_values(_sky())[0]
    with pytest.raises(FormatError, match="not an element set"):
        element_sets_from([value | change], "package")
    for name in value:
        with pytest.raises(FormatError):
            element_sets_from([{k: v for k, v in value.items() if k != name}])


@given(
    st.builds(
        Asset,
        norad_id=st.integers(1, 999_999_999),
        name=st.text(max_size=20),
        importance=st.sampled_from(Importance),
        can_manoeuvre=st.none() | st.booleans(),
        slot_deg_east=st.none() | st.floats(-180, 360),
    )
)
def test_assets_come_back(asset: Asset) -> None:
    assert asset_from(json.loads(json.dumps(asset_value(asset)))) == asset


@given(
    st.builds(
        SpaceObject,
        norad_id=st.integers(1, 999_999_999),
        name=st.text(max_size=20),
        object_type=st.sampled_from(ObjectType),
        launch_date=st.none() | st.dates(),
        sources=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    )
)
def test_descriptions_come_back(described: SpaceObject) -> None:
    assert object_from(json.loads(json.dumps(object_value(described)))) == described
    assert set(object_value(described)) == {f.name for f in fields(SpaceObject)}


def test_strangers_are_refused() -> None:
    with pytest.raises(FormatError, match="not an asset"):
        asset_from({"norad_id": 1})
    with pytest.raises(FormatError, match="not a description"):
        object_from({"norad_id": 1, "colour": "red"})
