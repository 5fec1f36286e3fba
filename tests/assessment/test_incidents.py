"""Findings become incidents; attention follows rarity and time left, nothing else."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.assessment.incidents import incidents_of
from hoshimori.model.findings import (
    Anomaly,
    BaseRate,
    BurnDirection,
    Confidence,
    Conjunction,
    Interval,
    Manoeuvre,
    ParentCandidate,
    Phenomenon,
    Proximity,
    ProximityMotion,
    Relation,
    RelativeTrack,
    Separation,
    Thrust,
)
from hoshimori.model.incidents import Attention, Direction, NextStep
from hoshimori.model.provenance import Reality

NOW = datetime(2025, 3, 3, tzinfo=UTC)
ASSET, OTHER = 44476, 55841


def _common(share: float, hours: float, objects: tuple[int, ...]) -> dict[str, object]:
    start = NOW + timedelta(hours=hours)
    return {
        "finding_id": f"{objects}-{share}-{hours}",
        "detector": "made/1",
        "objects": objects,
        "start_utc": start,
        "end_utc": start + timedelta(hours=1),
        "base_rate": BaseRate("GEO", 1000, Interval(share / 2, share, min(1.0, 2 * share))),
        "confidence": Confidence.MODERATE,
        "confidence_because": "made",
        "basis": ("a", "b"),
        "reality": Reality.REAL,
    }


def conjunction(share: float, hours: float, other: int = OTHER) -> Conjunction:
    return Conjunction(
        **_common(share, hours, (ASSET, other)),  # type: ignore[arg-type]
        tca_utc=NOW + timedelta(hours=hours),
        miss_km=Interval(0.0, 1.0, 3.0),
        speed_km_s=10.0,
        miss_rtn_km=(1.0, 0.0, 0.0),
        at_window_edge=False,
    )


def proximity(share: float, hours: float, relation: Relation) -> Proximity:
    return Proximity(
        **_common(share, hours, (ASSET, OTHER)),  # type: ignore[arg-type]
        motion=ProximityMotion.STAY,
        relation=relation,
        range_km=Interval(30.0, 40.0, 50.0),
        range_utc=NOW,
        median_range_km=45.0,
        dwell_h=100.0,
        plane_angle_deg=0.03,
        drift_km_day=-1.0,
        track=RelativeTrack((), (), (), ()),
    )


def manoeuvre(objects: tuple[int, ...]) -> Manoeuvre:
    return Manoeuvre(
        **_common(0.02, -24.0, objects),  # type: ignore[arg-type]
        delta_v_m_s=Interval(0.1, 0.2, 0.3),
        components_rtn_m_s=(0.0, 0.2, 0.0),
        direction=BurnDirection.IN_TRACK,
        p_value=0.001,
        thrust=Thrust.IMPULSIVE,
        burn_utc=NOW,
        burn_sigma_h=2.0,
    )


def _incidents(*findings: object) -> tuple:  # type: ignore[type-arg]
    return incidents_of(findings, asset_ids=frozenset({ASSET}), as_of_utc=NOW)  # type: ignore[arg-type]


def test_one_pair_is_one_incident_and_its_rarest_finding_leads() -> None:
    common, rare = conjunction(0.5, 10), proximity(0.005, 1, Relation.UNRELATED)
    (incident,) = _incidents(common, rare)
    assert incident.assets == (ASSET,)
    assert incident.others == (OTHER,)
    assert incident.direction is Direction.WITHIN
    assert incident.finding_ids == (rare.finding_id, common.finding_id)
    assert incident.rarity == rare.base_rate.share
    assert incident.attention is Attention.LOOK
    assert incident.next_step is NextStep.USE_OWN_EPHEMERIS


def test_the_id_depends_on_the_pair_alone() -> None:
    (first,) = _incidents(conjunction(0.5, 10))
    (later,) = _incidents(conjunction(0.001, 90), proximity(0.2, 5, Relation.UNRELATED))
    (elsewhere,) = _incidents(conjunction(0.5, 10, other=99999))
    assert first.incident_id == later.incident_id != elsewhere.incident_id


def test_the_steering_of_a_constellation_is_logged_not_shouted() -> None:
    rare = replace(
        manoeuvre((ASSET,)), base_rate=BaseRate("LEO", 1000, Interval(0.0, 0.001, 0.002))
    )
    (alone,) = incidents_of([rare], asset_ids=frozenset({ASSET}), as_of_utc=NOW)
    assert alone.attention is not Attention.LOG
    (one_of_many,) = incidents_of(
        [replace(rare, in_constellation=True)], asset_ids=frozenset({ASSET}), as_of_utc=NOW
    )
    assert one_of_many.attention is Attention.LOG


def test_docked_and_same_launch_companions_are_logged_not_shouted() -> None:
    for relation in (Relation.DOCKED, Relation.SAME_LAUNCH):
        (incident,) = _incidents(proximity(0.0001, 1, relation))
        assert incident.attention is Attention.LOG
        assert incident.next_step is NextStep.KEEP_WATCHING


def test_rare_but_far_ahead_is_watched_and_common_is_logged() -> None:
    assert _incidents(conjunction(0.001, 100))[0].attention is Attention.WATCH
    assert _incidents(conjunction(0.001, 10))[0].attention is Attention.LOOK
    assert _incidents(conjunction(0.3, 10))[0].attention is Attention.LOG


def test_low_confidence_never_asks_for_a_look_now() -> None:
    doubtful = replace(conjunction(0.0001, 1), confidence=Confidence.LOW)
    (incident,) = _incidents(doubtful)
    assert incident.attention is Attention.WATCH
    assert incident.next_step is NextStep.WAIT_FOR_ELEMENTS


def test_a_neighbours_manoeuvre_joins_the_incident_with_that_neighbour() -> None:
    own, others = manoeuvre((ASSET,)), manoeuvre((OTHER,))
    pair = conjunction(0.5, 10)
    by_pair = {(i.assets, i.others): i for i in _incidents(pair, own, others)}
    both = by_pair[(ASSET,), (OTHER,)]
    assert both.finding_ids == (pair.finding_id, others.finding_id)  # the rarer does not lead
    assert by_pair[(ASSET,), ()].finding_ids == (own.finding_id,)


def test_two_assets_share_one_incident_from_whichever_side_it_was_found() -> None:
    seen = conjunction(0.5, 10)
    seen_back = replace(seen, objects=(OTHER, ASSET), finding_id="back")
    (incident,) = incidents_of(
        [seen, seen_back], asset_ids=frozenset({ASSET, OTHER}), as_of_utc=NOW
    )
    assert incident.assets == (ASSET, OTHER)
    assert incident.others == ()
    assert len(incident.finding_ids) == 2


def test_overdue_elements_ask_for_an_observation() -> None:
    overdue = Anomaly(
        **_common(0.01, -1, (ASSET,)),  # type: ignore[arg-type]
        phenomenon=Phenomenon.ELEMENTS_OVERDUE,
        age_days=9.0,
        usual_days=0.5,
    )
    assert _incidents(overdue)[0].next_step is NextStep.ASK_FOR_OBSERVATION


def test_an_exercise_finding_makes_an_exercise_incident() -> None:
    made = replace(conjunction(0.5, 10), reality=Reality.EXERCISE)
    real = proximity(0.5, 10, Relation.UNRELATED)
    assert _incidents(real, made)[0].reality is Reality.EXERCISE


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(-100, 100), st.integers(1, 4)), max_size=12),
    st.randoms(),
)
def test_the_order_of_findings_changes_nothing(
    made: list[tuple[float, float, int]], shuffle: random.Random
) -> None:
    findings = list(
        {conjunction(s, h, o).finding_id: conjunction(s, h, o) for s, h, o in made}.values()
    )
    shuffled = findings.copy()
    shuffle.shuffle(shuffled)
    assert _incidents(*findings) == _incidents(*shuffled)
    assert sum(len(i.finding_ids) for i in _incidents(*findings)) == len(findings)


def separation(share: float, confidence: Confidence) -> Separation:
    return Separation(
        **{**_common(share, -24.0, (ASSET, OTHER)), "confidence": confidence},  # type: ignore[arg-type]
        candidates=(ParentCandidate(ASSET, 0.6, (0.0, 0.0, 0.0), Relation.SAME_LAUNCH, True),),
        relative_speed_m_s=Interval(0.1, 1.0, 2.0),
    )


def test_what_parted_from_an_asset_asks_for_observation() -> None:
    (incident,) = _incidents(separation(0.001, Confidence.MODERATE))
    assert incident.attention is Attention.LOOK
    assert incident.next_step is NextStep.ASK_FOR_OBSERVATION


def test_a_loose_separation_is_logged() -> None:
    (incident,) = _incidents(separation(0.001, Confidence.LOW))
    assert incident.attention is Attention.LOG
