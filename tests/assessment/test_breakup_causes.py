"""Causes stand side by side, each sign on the side where it belongs, and nothing is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hoshimori.assessment.breakup_causes import causes_of, same_event
from hoshimori.model.breakup_causes import Cause, CauseKind, PassesAtPoint, Sign
from hoshimori.model.findings import (
    BaseRate,
    Breakup,
    Confidence,
    EnergyClass,
    FragmentCloud,
    Interval,
)
from hoshimori.model.provenance import Reality

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
QUIET = PassesAtPoint((), 0.2, 20.0, 2.0)


def breakup(**changes: Any) -> Breakup:
    made = Breakup(
        finding_id="b", detector="breakup/1", objects=(40001,), start_utc=START,
        end_utc=START + timedelta(hours=3), base_rate=BaseRate("LEO", 100, Interval(0, 0.01, 0.05)),
        confidence=Confidence.HIGH, confidence_because="", basis=(), reality=Reality.SIMULATED,
        event_utc=START + timedelta(hours=1), event_by_pieces_utc=START + timedelta(hours=1),
        event_sigma_s=2700.0, is_resolved=True, pieces=2, candidates=(), altitude_km=800.0,
        latitude_deg=50.0, pinch_km=(1.0, 1.0), spread_rtn_m_s=(20.0, 20.0, 20.0),
        posigrade_share=Interval(0.35, 0.5, 0.65), energy=EnergyClass.MODERATE, energy_j_per_g=0.3,
        cloud=FragmentCloud(
            (1, 2), (100.0, 101.0), (810.0, 900.0), (700.0, 790.0),
            ((20.0, 25.0, 10.0), (-15.0, -30.0, 12.0)),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def by_kind(causes: tuple[Cause, ...]) -> dict[CauseKind, tuple[set[Sign], set[Sign]]]:
    return {
        c.kind: ({e.sign for e in c.speaks_for}, {e.sign for e in c.speaks_against}) for c in causes
    }


def test_all_causes_are_always_shown() -> None:
    assert set(by_kind(causes_of(breakup(), [], None, new_launch=False))) == set(CauseKind)


def test_an_even_slow_cloud_speaks_for_a_rupture_and_against_an_impact() -> None:
    causes = by_kind(causes_of(breakup(), [], QUIET, new_launch=True))
    speaks_for, _ = causes[CauseKind.EXPLOSION]
    assert {Sign.EVEN, Sign.SPEEDS_OF_EXPLOSIONS, Sign.NEW_LAUNCH} <= speaks_for
    _, against = causes[CauseKind.TEST]
    assert {Sign.EVEN, Sign.SPEEDS_OF_EXPLOSIONS} <= against


def test_a_one_sided_fast_cloud_turns_the_signs() -> None:
    fast = breakup(
        posigrade_share=Interval(0.6, 0.7, 0.8),
        energy=EnergyClass.HIGH,
        cloud=FragmentCloud((1,), (100.0,), (900.0,), (700.0,), ((100.0, 150.0, 60.0),)),
    )
    causes = by_kind(causes_of(fast, [], QUIET, new_launch=False))
    assert {Sign.ONE_SIDED, Sign.SPEEDS_OF_COLLISIONS, Sign.HIGH_ENERGY} <= causes[CauseKind.TEST][
        0
    ]
    assert {Sign.ONE_SIDED, Sign.SPEEDS_OF_COLLISIONS} <= causes[CauseKind.EXPLOSION][1]


def test_a_second_cloud_at_the_point_speaks_for_a_collision_and_against_the_rest() -> None:
    one, other = breakup(), breakup(objects=(30002,))
    assert same_event(one, other)
    causes = by_kind(causes_of(one, [one, other], QUIET, new_launch=False))
    assert Sign.OTHER_CLOUD in causes[CauseKind.CONJUNCTION][0]
    assert Sign.OTHER_CLOUD in causes[CauseKind.EXPLOSION][1]
    assert Sign.OTHER_CLOUD in causes[CauseKind.TEST][1]


@pytest.mark.parametrize(
    "changes",
    [
        {"altitude_km": 1000.0},
        {"latitude_deg": -50.0},
        {"start_utc": START + timedelta(days=3), "end_utc": START + timedelta(days=4)},
    ],
)
def test_clouds_elsewhere_or_at_other_times_are_other_events(changes: dict[str, Any]) -> None:
    assert not same_event(breakup(), breakup(**changes))


def test_passes_count_against_what_chance_puts_there() -> None:
    few = PassesAtPoint((1, 2), 5.0, 20.0, 2.0)
    many = PassesAtPoint((1, 2, 3, 4), 0.1, 20.0, 2.0)
    for passes, side in ((few, 1), (many, 0)):
        signs = by_kind(causes_of(breakup(), [], passes, new_launch=False))[CauseKind.CONJUNCTION]
        assert (Sign.NO_PASS, Sign.PASSES)[side == 0] in signs[side]


def test_an_unknown_moment_says_that_passes_were_not_looked_for() -> None:
    signs = by_kind(causes_of(breakup(), [], None, new_launch=False))[CauseKind.CONJUNCTION]
    assert Sign.NOT_RESOLVED in signs[1]
