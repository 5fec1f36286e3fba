"""Facts are kept once and read as they were known: in a file, a database, and at a server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, ElementSets
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import IngestCounts, StoreContract, open_store

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1000)

MakeSets = Callable[..., ElementSets]
Take = Callable[..., IngestCounts]
FreshStore = Callable[[], contextlib.AbstractContextManager[StoreContract]]


def same(one: ElementSets, other: ElementSets) -> bool:
    columns = [name for name in COLUMNS if name != "provenance_index"]
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in columns)


def test_rows_come_back_as_they_went_in(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    rows = make_sets([999_999_999, 1], [2.5, -3.25], [3.0, -3.0], [1.0, 2.0])
    assert take(store, rows) == IngestCounts(new=2, duplicate=0, rejected=0)
    assert same(store.newest_as_known_at(LATER), rows.sorted_by_object())
    assert same(store.history_of(None, as_known_at_utc=LATER), rows.sorted_by_object())
    assert store.newest_as_known_at(LATER).provenances == rows.provenances
    assert store.newest_as_known_at(LATER).reality is Reality.REAL


def test_the_same_payload_again_adds_nothing(store: StoreContract, make_sets: MakeSets) -> None:
    refused = Rejection("a.csv", 3, "EPOCH", "not a moment", b"bad,\xff\x00row")
    reading = Reading(make_sets([1, 2, 2], [0.0, 0.0, 0.0]), (refused,))
    first = store.append(reading, payload=b"made", source="made", received_utc=NOON)
    receipts = store.receipts()
    again = store.append(reading, payload=b"made", source="made", received_utc=NOON)
    assert first == IngestCounts(new=2, duplicate=1, rejected=1)
    assert again == IngestCounts(new=0, duplicate=3, rejected=1)
    assert store.receipts() == receipts
    assert store.rejections() == (refused,)


def test_a_receipt_tells_what_came(store: StoreContract, make_sets: MakeSets, take: Take) -> None:
    take(store, make_sets([1], [0.0], source="celestrak", reality=Reality.SIMULATED), b"four")
    (receipt,) = store.receipts()
    # SHA-256 of b"four", by `printf four | sha256sum`.
    digest = "04efaf080f5a3e74e1c29d1ca6a48569382cbbcd324e8d59d2b83ef21c039f00"
    assert receipt.provenance == Provenance("celestrak", digest, Reality.SIMULATED)
    assert receipt.byte_count == 4
    assert receipt.counts == IngestCounts(1, 0, 0)


def test_nothing_in_nothing_out(store: StoreContract) -> None:
    assert len(store.newest_as_known_at(LATER)) == 0
    assert len(store.history_of([1], as_known_at_utc=LATER)) == 0
    counts = store.append(Reading(NO_ELEMENT_SETS), payload=b"", source="", received_utc=NOON)
    assert counts == IngestCounts(0, 0, 0)


def test_the_past_is_read_as_it_was_known(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([7, 7], [0.0, 1.0], [0.5, 2.0]))
    assert len(store.newest_as_known_at(NOON)) == 0
    at_day_1 = store.newest_as_known_at(NOON + timedelta(days=1))
    assert at_day_1.epoch_utc[0] == np.datetime64("2026-11-01T12:00:00")
    at_day_2 = store.newest_as_known_at(NOON + timedelta(days=2))
    assert at_day_2.epoch_utc[0] == np.datetime64("2026-11-02T12:00:00")


def test_the_earliest_moment_of_knowing_counts(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([7], [0.0], [5.0], source="celestrak"))
    earlier = take(store, make_sets([7], [0.0], [1.0], source="space-track"))
    later = take(store, make_sets([7], [0.0], [9.0], source="late"))
    assert earlier == later == IngestCounts(new=0, duplicate=1, rejected=0)
    known = store.history_of([7], as_known_at_utc=NOON + timedelta(days=2))
    assert [p.source for p in known.provenances] == ["space-track"]
    assert same(known, store.history_of([7], as_known_at_utc=LATER))


def test_a_later_claim_of_an_old_set_does_not_hide_its_correction(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    # Epochs agree; the second set corrects the first; then the first is proved still earlier.
    take(store, make_sets([7], [0.0], [5.0], [10.0]))
    take(store, make_sets([7], [0.0], [4.0], [20.0]))
    assert store.newest_as_known_at(LATER).raan_deg == [10.0]
    take(store, make_sets([7], [0.0], [3.0], [10.0]))
    assert store.newest_as_known_at(LATER).raan_deg == [20.0]


def test_docked_objects_with_one_element_set_are_two_facts(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    assert take(store, make_sets([46113, 28358], [0.0, 0.0])).new == 2
    assert len(store.newest_as_known_at(LATER)) == 2


def test_an_exercise_never_stands_in_for_the_world(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([7], [0.0], reality=Reality.SIMULATED))
    assert take(store, make_sets([7], [0.0])).new == 1
    both = store.history_of([7], as_known_at_utc=LATER)
    assert {p.reality for p in both.provenances} == {Reality.SIMULATED, Reality.REAL}


def test_objects_long_silent_are_found_beside_fresh_ones(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([1, 2, 2], [-400.0, -500.0, 0.0]))
    newest = store.newest_as_known_at(LATER)
    assert newest.norad_id.tolist() == [1, 2]
    assert newest.epoch_utc[1] == np.datetime64("2026-11-01T12:00:00")


def test_history_is_limited_to_objects_and_time(
    store: StoreContract, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([1, 1, 2, 3], [0.0, 5.0, 5.0, 5.0]))
    found = store.history_of(
        np.array([1, 2]), as_known_at_utc=LATER, since_utc=NOON + timedelta(days=1)
    )
    assert found.norad_id.tolist() == [1, 2]


def test_moments_need_a_time_zone(store: StoreContract) -> None:
    without = datetime(2026, 11, 1)  # noqa: DTZ001
    for ask in (
        lambda: store.newest_as_known_at(without),
        lambda: store.history_of(None, as_known_at_utc=LATER, since_utc=without),
        lambda: store.objects_as_known_at(without),
        lambda: store.append_objects([], source="s", known_utc=without),
        lambda: store.append(
            Reading(NO_ELEMENT_SETS), payload=b"", source="", received_utc=without
        ),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            ask()


def test_catalogues_contradict_one_another_and_all_is_kept(store: StoreContract) -> None:
    luch = SpaceObject(55841, "LUCH (OLYMP) 2", "2023-031A", owner="CIS")
    renamed = SpaceObject(55841, "LUCH-5X", object_type=ObjectType.PAYLOAD, mass_kg=3000.0)
    launch = SpaceObject(55841, launch_date=date(2023, 3, 12))
    day = timedelta(days=1)
    assert store.append_objects([luch], source="satcat", known_utc=NOON) == 1
    assert store.append_objects([renamed], source="satcat", known_utc=NOON + day) == 1
    assert store.append_objects([launch], source="gcat", known_utc=NOON + day) == 1
    assert store.objects_as_known_at(NOON)[55841].name == "LUCH (OLYMP) 2"
    assert store.objects_as_known_at(LATER)[55841] == SpaceObject(
        55841,
        "LUCH-5X",
        "2023-031A",
        ObjectType.PAYLOAD,
        "CIS",
        launch_date=date(2023, 3, 12),
        mass_kg=3000.0,
        sources=("gcat", "satcat"),
    )


def test_saying_the_same_again_adds_nothing(store: StoreContract) -> None:
    one, two = SpaceObject(1, "ONE"), SpaceObject(1, "UNO")
    day = timedelta(days=1)
    assert store.append_objects([one], source="s", known_utc=NOON) == 1
    assert store.append_objects([two], source="s", known_utc=NOON + day) == 1
    assert store.append_objects([one], source="s", known_utc=NOON) == 0
    assert store.append_objects([two], source="s", known_utc=NOON + 2 * day) == 0
    assert store.append_objects([one], source="s", known_utc=NOON + 3 * day) == 1
    assert store.objects_as_known_at(LATER)[1].name == "ONE"


# -- random deliveries against a brute-force reckoning --------------------------------------------

Row = tuple[int, int, int, float]
Fact = tuple[int, int, float, Reality]
"""Object, epoch (days), one element and reality."""

FEW_DAYS = st.integers(0, 2)
ROW = st.tuples(
    st.integers(1, 3), st.sampled_from([-40, 0, 1]), FEW_DAYS, st.sampled_from([0.0, -0.0, 1.0])
)
BATCH = st.tuples(st.lists(ROW, max_size=8), st.sampled_from([Reality.REAL, Reality.TEST]))


def reckoned(batches: list[tuple[list[Row], Reality]], as_of_day: int) -> dict[Fact, tuple]:
    """Return the facts known at a day, each with its earliest claim: known day and arrival."""
    claims: dict[Fact, tuple[int, int]] = {}
    arrival = 0
    for rows, reality in batches:
        for norad_id, epoch, known, raan in rows:
            fact = (norad_id, epoch, raan + 0.0, reality)
            claims[fact] = min(claims.get(fact, (known, arrival)), (known, arrival))
            arrival += 1
    return {fact: claim for fact, claim in claims.items() if claim[0] <= as_of_day}


def facts_in(sets: ElementSets) -> dict[Fact, int]:
    """Return the facts among rows, each with the day it was known."""
    day = np.timedelta64(1, "D")
    noon = np.datetime64(NOON.replace(tzinfo=None), "us")
    epochs, known = (sets.epoch_utc - noon) // day, (sets.known_utc - noon) // day
    realities = [sets.provenances[i].reality for i in sets.provenance_index]
    facts = zip(sets.norad_id, epochs, sets.raan_deg + 0.0, realities, strict=True)
    return dict(zip(facts, known.tolist(), strict=True))


def agrees_with_the_reckoning(
    open_fresh: FreshStore,
    make_sets: MakeSets,
    take: Take,
    batches: list[tuple[list[Row], Reality]],
    as_of_day: int,
) -> None:
    as_of = NOON + timedelta(days=as_of_day)
    new = 0
    with open_fresh() as store:
        for rows, reality in batches:
            columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
            counts = take(store, make_sets(*columns, reality=reality))
            assert counts.new + counts.duplicate == len(rows)
            new += counts.new
        newest = store.newest_as_known_at(as_of)
        history = store.history_of(None, as_known_at_utc=as_of)
    known = reckoned(batches, as_of_day)
    best: dict[int, Fact] = {}
    for fact in sorted(known, key=lambda fact: (fact[1], known[fact])):
        best[fact[0]] = fact
    assert new == len(reckoned(batches, 2))
    assert len(history) == len(known)
    assert facts_in(history) == {fact: claim[0] for fact, claim in known.items()}
    assert newest.norad_id.tolist() == sorted(best)
    assert set(facts_in(newest)) == set(best.values())


MORE = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
FEWER = settings(MORE, max_examples=8)


@MORE
@given(batches=st.lists(BATCH, max_size=4), again=st.integers(0, 3), as_of_day=FEW_DAYS)
def test_any_deliveries_agree_with_a_brute_force_reckoning(
    make_sets: MakeSets,
    take: Take,
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[tuple[list[Row], Reality]],
    again: int,
    as_of_day: int,
) -> None:
    def fresh() -> contextlib.AbstractContextManager[StoreContract]:
        return open_store(tmp_path_factory.mktemp("any"))

    agrees_with_the_reckoning(fresh, make_sets, take, batches + batches[:again], as_of_day)


@FEWER
@given(batches=st.lists(BATCH, max_size=4), as_of_day=FEW_DAYS)
def test_deliveries_to_a_server_agree_with_a_brute_force_reckoning(
    make_sets: MakeSets,
    take: Take,
    fact_server: Any,
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[tuple[list[Row], Reality]],
    as_of_day: int,
) -> None:
    def fresh() -> contextlib.AbstractContextManager[StoreContract]:
        return fact_server.fresh_store(tmp_path_factory.mktemp("any"))

    agrees_with_the_reckoning(fresh, make_sets, take, batches, as_of_day)


@pytest.mark.xdist_group("postgres")
@FEWER
@given(batches=st.lists(BATCH, max_size=4), again=st.integers(0, 3), as_of_day=FEW_DAYS)
def test_deliveries_to_a_database_agree_with_a_brute_force_reckoning(
    make_sets: MakeSets,
    take: Take,
    postgres: Any,
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[tuple[list[Row], Reality]],
    again: int,
    as_of_day: int,
) -> None:
    def fresh() -> contextlib.AbstractContextManager[StoreContract]:
        return open_store(postgres.fresh_place(tmp_path_factory.mktemp("any")))

    agrees_with_the_reckoning(fresh, make_sets, take, batches + batches[:again], as_of_day)
