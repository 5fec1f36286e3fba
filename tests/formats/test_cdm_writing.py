"""CDM written in three notations come back as the same nouns, one or several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.cdm_writing import write_cdms_json, write_cdms_kvn, write_cdms_xml
from hoshimori.formats.messages import read_messages
from hoshimori.model.provenance import Reality

Make = Callable[..., Any]
NOTATIONS = (write_cdms_kvn, write_cdms_xml, write_cdms_json)


@pytest.mark.parametrize("write", NOTATIONS)
@pytest.mark.parametrize("number", [1, 3])
def test_messages_come_back(make_cdm: Make, write: Callable[..., bytes], number: int) -> None:
    messages = tuple(
        make_cdm(miss_km=0.1 + k, reality=Reality.EXERCISE, comments=("one", "two & <three>"))
        for k in range(number)
    )
    assert read_messages(write(messages), source="made") == messages


@given(
    st.floats(0.001, 1e4),
    st.floats(1e-4, 1e3),
    st.sampled_from(Reality),
    st.integers(0, 10**12),
)
def test_json_keeps_every_digit(
    make_cdm: Make, miss_km: float, sigma_km: float, reality: Reality, microseconds: int
) -> None:
    moment = np.datetime64("2000-01-01", "us") + np.timedelta64(microseconds, "us")
    made = replace(make_cdm(miss_km=miss_km, sigma_km=sigma_km, reality=reality), tca_utc=moment)
    assert read_messages(write_cdms_json((made,)), source="made") == (made,)
