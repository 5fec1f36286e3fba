"""The made years of the belt, told back from their element sets at several densities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.exercise.belt_years import (
    CLIENT,
    DERELICT,
    HOLDERS,
    MOVER,
    SERVICER,
    START_UTC,
    TUG,
    VISITOR,
    Life,
    belt_lives,
)
from hoshimori.model.assets import Asset
from hoshimori.model.belt import BeltHistory, StayRole
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.findings import (
    Arrival,
    Company,
    CompanyKind,
    Confidence,
    ProximityMotion,
    Relation,
)
from hoshimori.model.picture import Picture

Sets = Callable[[float], ElementSets]
START = datetime(2020, 1, 1, tzinfo=UTC)
DENSITIES = [6.0, 30.0]


@pytest.fixture(scope="module")
def told(years_of_belt: Sets) -> dict[float, BeltHistory]:
    return {d: BeltHistoryDetector().history(years_of_belt(d)) for d in DENSITIES}


def of_pair(history: BeltHistory, one: int, other: int) -> list[Company]:
    return [c for c in history.company if set(c.objects) == {one, other}]


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize("every_days", DENSITIES)
def test_visits_have_their_neighbours_and_dates(
    told: dict[float, BeltHistory], every_days: float
) -> None:
    history = told[every_days]
    truth = {HOLDERS[0]: (430, 560), HOLDERS[1]: (590, 700)}
    for holder, (begun, ended) in truth.items():
        (visit,) = of_pair(history, holder, VISITOR)
        assert visit.objects == (holder, VISITOR)
        assert visit.arrival is Arrival.CONTROLLED
        assert visit.began_after_utc is not None
        assert visit.began_after_utc - timedelta(days=3) <= day(begun)
        assert visit.ended_before_utc is not None
        assert visit.ended_before_utc + timedelta(days=3) >= day(ended)
        assert day(begun - 1) <= visit.seen_from_utc <= visit.seen_until_utc <= day(ended + 1)
        assert visit.dwell_days.low <= ended - begun + 1
        assert visit.dwell_days.high >= ended - begun - 1


@pytest.mark.parametrize("every_days", DENSITIES)
def test_a_pair_that_meets_again_is_counted(
    told: dict[float, BeltHistory], every_days: float
) -> None:
    visits = of_pair(told[every_days], HOLDERS[2], VISITOR)
    assert [(c.visit, c.visits) for c in visits] == [(1, 2), (2, 2)]
    # By then it stood at more than three slots in five years: restless.
    assert visits[1].kind is CompanyKind.VISIT


@pytest.mark.parametrize("every_days", DENSITIES)
def test_docked_and_moved_together_is_servicing_at_any_density(
    told: dict[float, BeltHistory], every_days: float
) -> None:
    (pair,) = of_pair(told[every_days], CLIENT, SERVICER)
    assert pair.kind is CompanyKind.MOVED_TOGETHER
    assert pair.identical_looks >= 2
    assert pair.objects == (CLIENT, SERVICER)
    assert pair.ended_before_utc is None


@pytest.mark.parametrize("every_days", DENSITIES)
def test_a_free_object_that_moves_after_a_meeting_was_towed(
    told: dict[float, BeltHistory], every_days: float
) -> None:
    (pair,) = of_pair(told[every_days], DERELICT, TUG)
    assert pair.kind is CompanyKind.TOWED
    assert pair.objects == (DERELICT, TUG)
    assert pair.alike_looks >= 1


def test_a_tug_that_lets_go_without_moving_anything_towed_nothing() -> None:
    from hoshimori.exercise.belt_years import free_orbit  # noqa: PLC0415
    from hoshimori.exercise.refit import moved_to  # noqa: PLC0415

    orbit, away = (free_orbit(START_UTC, deg, -0.2, 6.0) for deg in (150.0, 130.0))
    later = moved_to(orbit, np.array([START_UTC + np.timedelta64(330, "D")]))
    faster = replace(later, mean_motion_kozai_rad_min=later.mean_motion_kozai_rad_min * 1.001)
    lives = (
        Life(1, "SIM DERELICT", "2005-001A", orbits=((0.0, orbit),)),
        Life(2, "SIM TUG", "2018-002A", orbits=((0.0, away), (300.0, orbit), (330.0, faster))),
    )
    history = BeltHistoryDetector().history(belt_lives(lives, START_UTC, 500.0, every_days=10.0))
    (pair,) = of_pair(history, 1, 2)
    assert pair.kind is not CompanyKind.TOWED


@pytest.mark.parametrize("every_days", DENSITIES)
def test_dwell_table(told: dict[float, BeltHistory], every_days: float) -> None:
    stays = [s for s in told[every_days].stays if s.norad_id == MOVER]
    assert [round(s.slot_deg_east) for s in stays] == [80, 90]
    assert [s.role for s in stays] == [StayRole.USUAL, StayRole.USUAL]
    visits = [s for s in told[every_days].stays if s.norad_id == VISITOR]
    assert [round(s.slot_deg_east) for s in visits] == [12, 30, 41, 55, 20, 25, 55, 5]
    assert [[n.norad_id for n in s.neighbours] for s in visits[1:4]] == [[h] for h in HOLDERS]
    assert not visits[1].neighbours[0].came


def test_sparse_data_say_less_and_nothing_else(told: dict[float, BeltHistory]) -> None:
    dense, sparse = (of_pair(told[d], HOLDERS[0], VISITOR)[0] for d in DENSITIES)
    assert sparse.dwell_days.low <= dense.dwell_days.low
    assert dense.dwell_days.high <= sparse.dwell_days.high
    assert sparse.closest_km.low == 0.0  # a month unseen: nothing excludes a nearer pass
    assert dense.closest_km.low > 0.0
    assert sparse.closest_km.low <= dense.closest_km.best <= sparse.closest_km.high


def test_two_sets_two_months_apart_are_too_sparse_to_tell() -> None:
    life = Life(1, "SIM", "2010-001A", ((0.0, 10.0), (60.0, 20.0), (90.0, 20.0), (150.0, 40.0)))
    history = BeltHistoryDetector().history(belt_lives([life], START_UTC, 150.0, every_days=75.0))
    (stay,) = [s for s in history.stays if round(s.slot_deg_east) == 20]
    assert stay.too_sparse
    assert stay.dwell_days.low == 0.0


def test_a_short_history_does_not_tell_who_came() -> None:
    lives = [
        Life(k, f"SIM {k}", f"20{k:02d}-00{k}A", ((0.0, 10.0 + 0.1 * k), (9.0, 10.0 + 0.1 * k)))
        for k in (1, 2)
    ]
    history = BeltHistoryDetector().history(belt_lives(lives, START_UTC, 9.0, every_days=1.0))
    (pair,) = history.company
    assert pair.kind is CompanyKind.NOT_TOLD
    assert pair.arrival is Arrival.NOT_SEEN
    assert {s.role for s in history.stays} == {StayRole.NOT_TOLD}


def test_one_launch_is_a_kind_of_its_own(years_of_belt: Sets) -> None:
    sets = years_of_belt(30.0)
    launch = np.where(np.isin(sets.norad_id, HOLDERS), "2014-504B", sets.object_id.astype("U12"))
    history = BeltHistoryDetector().history(replace(sets, object_id=launch.astype(TEXT)))
    assert {c.kind for h in HOLDERS for c in of_pair(history, h, VISITOR)} == {
        CompanyKind.SAME_LAUNCH
    }


def test_every_company_carries_its_base_rate(told: dict[float, BeltHistory]) -> None:
    history = told[30.0]
    for one in history.company:
        assert one.base_rate.compared == 9
        assert 0.0 < one.base_rate.share.best <= 1.0
    (year,) = [y for y in history.years if y.year == 2021]
    assert year.surely[CompanyKind.RELOCATION.value] == 2
    assert year.surely[CompanyKind.MOVED_TOGETHER.value] == 1


def test_names_of_owners_change_no_number(
    years_of_belt: Sets, told: dict[float, BeltHistory]
) -> None:
    sets = years_of_belt(30.0)
    renamed = replace(sets, object_name=np.full(len(sets), "X", TEXT))
    other = BeltHistoryDetector().history(renamed)
    assert [replace(s, name="", neighbours=()) for s in other.stays] == [
        replace(s, name="", neighbours=()) for s in told[30.0].stays
    ]
    assert other.company == told[30.0].company


def test_nothing_is_told_of_nothing() -> None:
    from hoshimori.model.elements import NO_ELEMENT_SETS  # noqa: PLC0415

    history = BeltHistoryDetector().history(NO_ELEMENT_SETS)
    assert (history.objects, history.stays, history.company) == (0, (), ())


def test_findings_of_an_asset(years_of_belt: Sets, told: dict[float, BeltHistory]) -> None:
    sets = years_of_belt(30.0)
    as_of = datetime(2025, 1, 1, tzinfo=UTC)
    picture = Picture(as_of, sets.newest(), sets, (Asset(CLIENT), Asset(HOLDERS[2])), 5.0)
    found = BeltHistoryDetector().detect(picture)
    assert [f.objects for f in found] == [(CLIENT, SERVICER), *[(HOLDERS[2], VISITOR)] * 2]
    assert len({f.finding_id for f in found}) == 3
    docked, first, _ = found
    assert (docked.motion, docked.relation) == (ProximityMotion.DOCKED, Relation.DOCKED)
    assert (first.motion, first.relation) == (ProximityMotion.STAY, Relation.UNRELATED)
    assert first.company in told[30.0].company
    assert first.confidence is Confidence.LOW
    assert first.dwell_h == 24.0 * first.company.dwell_days.low
    # The visitor stands 0.06 degrees, 44 km, ahead.
    assert np.median(first.track.in_track_km) == pytest.approx(44.0, abs=15.0)
    assert BeltHistoryDetector().detect(replace(picture, assets=(Asset(77),))) == ()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**31), share=st.floats(0.05, 0.6))
def test_what_any_part_of_the_sets_tells_holds_in_the_whole(
    years_of_belt: Sets, seed: int, share: float
) -> None:
    """Whatever is missing, what is surely seen is true, and what is possible holds the truth."""
    sets = years_of_belt(6.0)
    kept = sets.take(np.random.Generator(np.random.PCG64(seed)).random(len(sets)) < share)
    history = BeltHistoryDetector().history(kept)
    truth = {HOLDERS[0]: (430, 560), HOLDERS[1]: (590, 700)}
    for holder, (begun, ended) in truth.items():
        for visit in of_pair(history, holder, VISITOR):
            assert day(begun - 3) <= visit.seen_from_utc <= visit.seen_until_utc <= day(ended + 3)
            assert (visit.began_after_utc or day(0)) <= day(begun + 3)
            assert (visit.ended_before_utc or day(2000)) >= day(ended - 3)
            assert visit.closest_km.low <= visit.closest_km.best <= visit.closest_km.high
    for stay in history.stays:
        assert stay.dwell_days.low <= stay.dwell_days.best <= stay.dwell_days.high


def test_numbers_of_objects_are_labels(years_of_belt: Sets, told: dict[float, BeltHistory]) -> None:
    sets = years_of_belt(30.0)
    other = {int(i): 99_000 - int(i) % 1000 for i in np.unique(sets.norad_id)}
    renamed = replace(sets, norad_id=np.array([other[int(i)] for i in sets.norad_id]))

    def of(history: BeltHistory, names: dict[int, int]) -> set[tuple[object, ...]]:
        return {
            (names[c.objects[0]], names[c.objects[1]], c.kind, c.arrival, c.seen_from_utc)
            for c in history.company
        }

    same = {i: i for i in other.values()}
    assert of(told[30.0], other) == of(BeltHistoryDetector().history(renamed), same)
