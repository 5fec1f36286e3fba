"""The list that comes with the program: whole, sourced, and found by make in real catalogues."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hoshimori.model.known_failures import failures_of
from hoshimori.workflows.known_failures import known_failures

LIST = known_failures()
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def found(name: str, norad_id: int = 99, at: datetime = NOW) -> list[str]:
    got = failures_of(LIST, norad_id, name, "", moment_utc=at, as_of_utc=at)
    return [failure.key for failure in got]


@pytest.mark.parametrize("make", LIST, ids=lambda make: make.key)
def test_every_failure_has_a_source_and_the_counts_grow(make: object) -> None:
    counts = [f.so_far for f in make.failures]  # type: ignore[attr-defined]
    assert counts == sorted(counts)
    assert all(len(f.source) > 10 for f in make.failures)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        # Names as Space-Track and CelesTrak write them in 2024 and 2025.
        ("INTELSAT 33E", "boeing-702mp"),
        ("INTELSAT 35E (IS-35E)", "boeing-702mp"),
        ("DMSP 5D-2 F13", "tiros-bus"),
        ("NOAA 15", "tiros-bus"),
        ("NOAA 15 [B]", "tiros-bus"),
        ("CZ-6A R/B", "cz-6a-stage"),
        ("BREEZE-M DEB (TANK)", "breeze-m"),
        ("BREEZE-M DEB [TANK]", "breeze-m"),
        ("SL-12 R/B(AUX MOTOR)", "soz-motor"),
        ("SL-14 R/B", "tsyklon-3-stage"),
        ("FREGAT DEB [TANK]", "fregat-tank"),
        ("ATLAS 5 CENTAUR R/B", "atlas-5-centaur"),
        ("DELTA 1 R/B(1)", "delta-second-stage"),
        ("TITAN 3C TRANSTAGE R/B", "titan-transtage"),
        ("ORBCOMM FM 16", "orbcomm-1"),
        ("COSMOS 2499", "cosmos-2491-and-2499"),
    ],
)
def test_makes_are_found_by_name(name: str, key: str) -> None:
    assert found(name) == [key]


@pytest.mark.parametrize(
    "name",
    ["CZ-6A DEB", "INTELSAT 33E DEB", "NOAA 16 DEB", "INTELSAT 39", "CZ-6 R/B", "SL-12 R/B(2)",
     "BREEZE-M DEB", "STARLINK-1095", "FREGAT R/B", "NOAA 20 (JPSS-1)", "",
     "FENGYUN 1C", "COSMOS 1408", "IRIDIUM 33", "COSMOS 2251", "RESURS P1"],
)  # fmt: skip
def test_others_and_debris_are_not(name: str) -> None:
    assert found(name) == []


def test_only_what_was_known_by_then_counts() -> None:
    assert found("INTELSAT 33E", at=datetime(2019, 4, 10, tzinfo=UTC)) == []
    assert found("INTELSAT 33E", at=datetime(2024, 10, 19, 4, 30, tzinfo=UTC)) == ["boeing-702mp"]


def test_what_is_asked_about_is_no_precedent_of_itself() -> None:
    """Asked years later about the break-up of 2019, nothing had failed before it."""
    then = datetime(2019, 4, 7, 12, tzinfo=UTC)
    assert failures_of(LIST, 41308, "INTELSAT 29E", "", moment_utc=then, as_of_utc=NOW) == ()
    (known,) = failures_of(
        LIST,
        41748,
        "INTELSAT 33E",
        "",
        moment_utc=datetime(2024, 10, 19, tzinfo=UTC),
        as_of_utc=NOW,
    )
    assert [f.example for f in known.failures] == ["Intelsat 29e"]
