"""Heard signals in JSON: the same again, and nothing else passes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.signals import read_signals, write_signals
from hoshimori.model.geolocation import (
    ArrivalDifference,
    ArrivalKind,
    DisturbedLink,
    GeolocationCase,
    GroundSite,
    ObservingSatellite,
    StateSource,
)
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation
from hoshimori.model.signals import HeardSignal, ObserverStates, signal_digest
from hoshimori.numerics.emitter_fit import SatelliteErrors

AT = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)


def made(value: float = -1.5e-4, title: str = "a signal") -> HeardSignal:
    case = GeolocationCase(
        title=title,
        reality=Reality.TEST,
        disturbed=DisturbedLink(
            norad_id=44476, receivers=("t 3",), link=Link.UPLINK, band="Ku",
            polarisation=Polarisation.HORIZONTAL, bearing=Bearing.TO_SPACE,
        ),
        satellites=(ObservingSatellite(name="A", position_sigma_m=(1.0, 2.0, 3.0)),),
        references=(GroundSite(name="R", latitude_deg=52.0, longitude_deg=13),),
        tdoa_sigma_s=1e-7,
        measurements=(
            ArrivalDifference(
                time_utc=AT, kind=ArrivalKind.TDOA, first="A", second="B", value=value,
                received_utc=AT, place="m.csv:2",
            ),
            ArrivalDifference(
                time_utc=AT, kind=ArrivalKind.FDOA, first="A", second="B", value=2.0, emitter="R"
            ),
        ),
    )  # fmt: skip
    position = np.full((2, 2, 3), 7_000.1)
    position[1] = np.nan
    errors = SatelliteErrors(np.ones((2, 3)), np.zeros((2, 3)), np.full(2, 1e-6), np.ones(2))
    states = ObserverStates(
        np.array([[0, 1], [0, 1]]), position, np.full((2, 2, 3), 1.0 / 3.0), errors,
        (StateSource("A", "ephemeris", None, 3.0), StateSource("B", "element sets", 0.5, 1.0)),
    )  # fmt: skip
    return HeardSignal(case, states, (Provenance("m.csv", "0" * 64, Reality.REAL),), ("refused",))


@settings(max_examples=20, deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", 'a "signal"', "信号 7", "\x00\u2028"]),
)
def test_what_is_written_is_read_again(value: float, title: str) -> None:
    signal = made(value, title)
    (read,) = read_signals(write_signals([signal]), source="signals.json")
    assert read.case == signal.case
    assert read.refused == signal.refused
    assert signal_digest(read) == signal_digest(signal)
    assert np.isnan(read.states.position_km[1]).all()
    assert (read.reality, read.provenances[0].source) == (Reality.TEST, "signals.json")


def without(*path: Any) -> bytes:
    document = json.loads(write_signals([made()]))
    held = document
    for name in path[:-1]:
        held = held[name]
    del held[path[-1]]
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 10_000,
        without("form"),
        without("signals", 0, "case", "disturbed"),
        without("signals", 0, "states", "sources", 1),
        without("signals", 0, "states", "position_km", 1),
        write_signals([made()]).replace(b'"kind":"tdoa"', b'"kind":"toa"'),
        write_signals([made()]).replace(b'"version":1', b'"version":2'),
        write_signals([made()]).replace(b'"title"', b'"titel"'),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_its_source(data: bytes) -> None:
    with pytest.raises(FormatError, match="signals cannot be read"):
        read_signals(data, source="signals.json")
