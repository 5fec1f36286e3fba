"""Scripts worked out on a sky: what they change, what they leave, and when it is known."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.exercise.approaching import relative_rtn_km
from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.injecting import inject, played, tape_of
from hoshimori.exercise.refit import rows_of, states_at
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.finding import Interval
from hoshimori.model.injects import (
    AnyInject,
    Approach,
    ApproachKind,
    Burn,
    CrossTag,
    Docking,
    Fragmentation,
    FragmentationKind,
    Lateness,
    Launch,
    Loss,
    Reentry,
    Release,
    SlowThrust,
    Storm,
    Tow,
    inject_kind,
)
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.scenarios import Choice, Pace, Part, Scenario, SkyKind
from hoshimori.model.tapes import Cast, Tape, TrueEvent
from hoshimori.numerics.elements import perigee_altitude_km, semi_major_axis_km

LENGTH_H = 120.0
HOUR = np.timedelta64(1, "h")
LOW = Choice(height_km=Interval(480.0, 600.0, 900.0))
PARTS = (
    Part(name="asset", choice=LOW, is_asset=True),
    Part(name="visitor", choice=Choice(near="asset", height_km=Interval(400.0, 600.0, 1000.0))),
    Part(name="bystander", choice=LOW),
    Part(name="low", choice=Choice(kind="", height_km=Interval(200.0, 400.0, 480.0), quiet=False)),
    Part(name="host", choice=Choice(belt_deg_east=Interval(0.0, 180.0, 359.9), quiet=False)),
    Part(name="guest", choice=Choice(near="host", quiet=False)),
    Part(name="let-go"),
    Part(name="launched"),
    Part(name="rock"),
)
INJECTS: dict[str, AnyInject] = {
    "burn": Burn(inject_id="burn", at_h=8.0, part="asset", delta_v_rtn_m_s=(0.0, 0.8, 0.0)),
    "thrust": SlowThrust(
        inject_id="thrust", at_h=2.0, part="asset", acceleration_m_s2=2e-6, lasts_h=60.0
    ),
    "shadow": Approach(
        inject_id="shadow", at_h=6.0, part="visitor", target="asset", how=ApproachKind.SHADOW,
        takes_h=36.0, range_km=40.0, stays_h=60.0,
    ),
    "dock": Docking(inject_id="dock", at_h=24.0, part="guest", target="host", lasts_h=48.0),
    "release": Release(
        inject_id="release", at_h=10.0, part="asset", released="let-go",
        delta_v_rtn_m_s=(0.0, 0.3, 0.1), catalogued_after_h=20.0,
    ),
    "struck": Fragmentation(
        inject_id="struck", at_h=12.0, part="bystander", how=FragmentationKind.STRUCK, pieces=40,
        catalogued_after_h=12.0, catalogued_over_h=36.0,
    ),
    "collision": Fragmentation(
        inject_id="collision", at_h=30.0, part="bystander", how=FragmentationKind.COLLISION,
        other="rock", pieces=21, catalogued_after_h=12.0, catalogued_over_h=36.0,
    ),
    "loss": Loss(inject_id="loss", at_h=20.0, part="bystander"),
    "fall": Reentry(inject_id="fall", at_h=0.0, part="low", lasts_h=72.0),
    "launch": Launch(
        inject_id="launch", at_h=5.0, launched="launched", into_plane_of="asset",
        plane_offset_deg=0.3, height_km=520.0, catalogued_after_h=12.0,
    ),
    "swap": CrossTag(inject_id="swap", at_h=40.0, part="asset", other="bystander", lasts_h=24.0),
    "late": Lateness(inject_id="late", at_h=24.0, parts=("asset",), late_h=30.0, lasts_h=48.0),
}  # fmt: skip


def script(*injects: AnyInject, seed: int = 5) -> Scenario:
    return Scenario(
        scenario_id="test", title={}, story={}, objectives=(), source="", seed=seed,
        sky=SkyKind.ANY, pace=Pace(length_h=LENGTH_H), starts_utc=None, parts=PARTS, cells=(),
        injects=injects, expected=(), questions=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def cast(small_picture: Picture) -> Cast:
    return cast_of(script(), small_picture)


@pytest.fixture(scope="module")
def quiet(small_picture: Picture, cast: Cast) -> Tape:
    return tape_of(script(), cast, small_picture)


def tape_with(name: str, small_picture: Picture, cast: Cast) -> tuple[Tape, TrueEvent]:
    tape = tape_of(script(INJECTS[name]), cast, small_picture)
    return tape, tape.truth[0]


def equal(one: ElementSets, other: ElementSets) -> bool:
    names = [name for name in COLUMNS if name != "provenance_index"]
    sources = [[s.provenances[k] for k in s.provenance_index] for s in (one, other)]
    same = all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)
    return same and sources[0] == sources[1]


@pytest.mark.parametrize("name", INJECTS)
def test_an_inject_changes_only_what_it_is_about(
    name: str, small_picture: Picture, cast: Cast, quiet: Tape
) -> None:
    tape, event = tape_with(name, small_picture, cast)
    others = [n for n in cast.numbers.values() if n not in event.objects]
    for number in others:
        assert equal(tape.element_sets.of_object(number), quiet.element_sets.of_object(number))
    assert any(
        not equal(tape.element_sets.of_object(n), quiet.element_sets.of_object(n))
        for n in event.objects
    )
    assert event.kind == inject_kind(INJECTS[name])
    assert event.public_utc is None or event.public_utc > event.from_utc
    assert not np.isnan(tape.element_sets.mean_motion_rev_day).any()


def test_the_same_seed_gives_the_same_bytes(small_picture: Picture, cast: Cast) -> None:
    chosen = [INJECTS[n] for n in ("burn", "shadow", "struck", "collision", "release", "launch")]
    one, other = (tape_of(script(*chosen), cast, small_picture) for _ in range(2))
    assert equal(one.element_sets, other.element_sets)
    assert one.element_sets.provenances == other.element_sets.provenances
    assert (one.truth, one.replaced) == (other.truth, other.replaced)
    another = tape_of(script(*chosen, seed=6), cast, small_picture)
    assert not equal(one.element_sets, another.element_sets)


def test_one_more_inject_leaves_the_others_as_they_were(small_picture: Picture, cast: Cast) -> None:
    fewer = tape_of(script(INJECTS["burn"], INJECTS["struck"]), cast, small_picture)
    more = tape_of(
        script(INJECTS["release"], INJECTS["fall"], INJECTS["burn"], INJECTS["struck"]),
        cast,
        small_picture,
    )
    kept = {e.inject_id: e for e in more.truth}
    for event in fewer.truth:
        assert kept[event.inject_id] == event
        for number in event.objects:
            first, second = (t.element_sets.of_object(number) for t in (fewer, more))
            assert equal(first, second)


def test_a_picture_holds_what_is_known_and_all_of_it_is_exercise(
    small_picture: Picture, cast: Cast
) -> None:
    tape, event = tape_with("struck", small_picture, cast)
    moment = as_column_time(small_picture.as_of_utc) + 36 * HOUR
    picture = played(small_picture, tape, moment)
    assert picture.newest.reality is picture.history.reality is Reality.EXERCISE
    assert all(p.reality is Reality.EXERCISE for p in picture.history.provenances)
    assert picture.history.known_utc.max() <= moment
    pieces = set(event.objects[1:])
    known = pieces & set(picture.newest.norad_id.tolist())
    assert 0 < len(known) < len(pieces)
    labels = {picture.objects[n].name for n in known}
    assert labels == {"TBA - TO BE ASSIGNED"}
    assert {picture.objects[n].object_id for n in known} == {""}


def test_objects_without_a_part_stay_as_they_are(small_picture: Picture, cast: Cast) -> None:
    tape, _ = tape_with("struck", small_picture, cast)
    picture = played(small_picture, tape, as_column_time(small_picture.as_of_utc))
    inside = np.isin(picture.history.norad_id, list(cast.numbers.values()))
    before = ~np.isin(small_picture.history.norad_id, list(cast.numbers.values()))
    one, other = picture.history.take(~inside), small_picture.history.take(before)
    for name in COLUMNS:
        if name != "provenance_index":
            assert np.array_equal(getattr(one, name), getattr(other, name))


def test_inject_gives_a_picture_of_its_own_moment(small_picture: Picture) -> None:
    before = Burn(inject_id="b", at_h=-60.0, part="asset", delta_v_rtn_m_s=(0.0, 0.8, 0.0))
    picture = inject(small_picture, script(before))
    assert picture.as_of_utc == small_picture.as_of_utc
    assert picture.history.reality is Reality.EXERCISE


def test_a_burn_is_found_with_its_size(small_picture: Picture, cast: Cast) -> None:
    tape, event = tape_with("burn", small_picture, cast)
    moment = as_column_time(small_picture.as_of_utc) + int(LENGTH_H) * HOUR
    picture = played(small_picture, tape, moment)
    number = cast.numbers["asset"]
    mine = tuple(a for a in cast.assets if a.norad_id == number)
    found = ManoeuvreDetector().detect(
        Picture(picture.as_of_utc, picture.newest, picture.history.of_object(number), mine, 7.0)
    )
    (burn,) = [f for f in found if f.end_utc > event.from_utc]
    assert burn.delta_v_m_s.low <= 0.8 <= burn.delta_v_m_s.high
    assert event.measures["delta_v_m_s"] == pytest.approx(0.8)


def test_slow_thrust_raises_the_axis_by_what_it_spends(
    small_picture: Picture, cast: Cast, quiet: Tape
) -> None:
    tape, event = tape_with("thrust", small_picture, cast)
    number = cast.numbers["asset"]
    axis = [semi_major_axis_km(t.element_sets.of_object(number).mean_elements())[-1]
            for t in (quiet, tape)]  # fmt: skip
    speed_m_s = 1e3 * np.sqrt(398600.8 / axis[0])
    expected_km = 2.0 * axis[0] * event.measures["delta_v_m_s"] / speed_m_s
    assert axis[1] - axis[0] == pytest.approx(expected_km, rel=0.02)


def test_who_comes_is_as_far_away_as_asked_while_it_stays(
    small_picture: Picture, cast: Cast
) -> None:
    tape, event = tape_with("shadow", small_picture, cast)
    visitor, asset = (tape.element_sets.of_object(n) for n in event.objects)
    there = visitor.take(visitor.epoch_utc > as_column_time(event.to_utc) - 30 * HOUR)
    elements, target = there.mean_elements(), asset.mean_elements()
    for row in range(len(elements)):
        at = elements.epoch_utc[[row]]
        near = int(np.argmin(np.abs(target.epoch_utc - at)))
        apart = relative_rtn_km(
            rows_of(target, np.array([near])), rows_of(elements, np.array([row])), at
        )
        assert np.linalg.norm(apart) == pytest.approx(40.0, abs=3.0)
    assert event.measures["range_km"] == pytest.approx(40.0, abs=0.5)


def test_docked_objects_share_their_sets_and_part_again(small_picture: Picture, cast: Cast) -> None:
    dock = INJECTS["dock"]
    tow = Tow(
        inject_id="tow", at_h=30.0, part="guest", target="host", delta_v_rtn_m_s=(0.0, 3.0, 0.0)
    )
    tape = tape_of(script(dock, tow), cast, small_picture)
    start = as_column_time(small_picture.as_of_utc)
    guest, host = (tape.element_sets.of_object(cast.numbers[n]) for n in ("guest", "host"))
    inside = [s.take((s.epoch_utc >= start + 24 * HOUR) & (s.epoch_utc < start + 72 * HOUR))
              for s in (guest, host)]  # fmt: skip
    assert len(inside[0])
    assert np.array_equal(inside[0].epoch_utc, inside[1].epoch_utc)
    assert np.array_equal(inside[0].mean_anomaly_deg, inside[1].mean_anomaly_deg)
    with pytest.raises(ValueError, match="tow: guest tows host, which is not docked"):
        tape_of(script(tow), cast, small_picture)


def test_all_pieces_come_from_one_point(small_picture: Picture, cast: Cast) -> None:
    tape, event = tape_with("collision", small_picture, cast)
    assert len(event.objects) == 2 + 21
    first = [tape.element_sets.of_object(n).take(slice(0, 1)) for n in event.objects[2:]]
    met = np.array([as_column_time(event.from_utc)])
    rock = tape.element_sets.of_object(cast.numbers["rock"])
    assert np.count_nonzero(rock.known_utc < met[0]) > 20
    places = np.array([states_at(s.mean_elements(), met)[0][0] for s in first])
    middle = np.median(places, axis=0)
    # Rounding of published digits, carried back a day or two.
    assert np.median(np.linalg.norm(places - middle, axis=1)) < 15.0


def test_what_falls_is_gone_in_time(small_picture: Picture, cast: Cast) -> None:
    tape, event = tape_with("fall", small_picture, cast)
    own = tape.element_sets.of_object(cast.numbers["low"])
    heights = perigee_altitude_km(own.mean_elements())
    assert own.epoch_utc.max() < as_column_time(event.to_utc)
    assert (np.diff(heights) < 2.0).all()
    assert heights[-1] < heights[0] - 20.0


def test_who_is_lost_has_no_more_sets(small_picture: Picture, cast: Cast) -> None:
    tape, event = tape_with("loss", small_picture, cast)
    own = tape.element_sets.of_object(cast.numbers["bystander"])
    assert not len(own) or own.epoch_utc.max() < as_column_time(event.from_utc)
    assert event.public_utc is not None


def test_swapped_numbers_come_back(small_picture: Picture, cast: Cast, quiet: Tape) -> None:
    tape, event = tape_with("swap", small_picture, cast)
    start, stop = as_column_time(event.from_utc), as_column_time(event.to_utc)
    one, other = (tape.element_sets.of_object(n) for n in event.objects)
    true_one, true_other = (quiet.element_sets.of_object(n) for n in event.objects)

    def inside(sets: ElementSets) -> list[datetime]:
        return sets.epoch_utc[(sets.epoch_utc >= start) & (sets.epoch_utc < stop)].tolist()

    assert inside(one) == inside(true_other)
    assert inside(other) == inside(true_one)
    back, own = (s.take(s.epoch_utc >= stop) for s in (one, true_one))
    assert len(back)
    assert np.array_equal(back.mean_anomaly_deg, own.mean_anomaly_deg)
    assert np.array_equal(back.known_utc, own.known_utc)


def test_late_sets_are_the_same_sets_later(small_picture: Picture, cast: Cast, quiet: Tape) -> None:
    tape, _ = tape_with("late", small_picture, cast)
    number = cast.numbers["asset"]
    one, other = (t.element_sets.of_object(number) for t in (tape, quiet))
    later = one.known_utc - other.known_utc
    assert np.array_equal(one.epoch_utc, other.epoch_utc)
    assert set((later / HOUR).tolist()) == {0.0, 30.0}


def test_a_storm_lets_low_objects_sink(small_picture: Picture, cast: Cast, quiet: Tape) -> None:
    storm = Storm(inject_id="storm", at_h=0.0, kp=8.0, f107=180.0, lasts_h=48.0)
    tape = tape_of(script(storm), cast, small_picture)
    number = cast.numbers["low"]
    motion = [t.element_sets.of_object(number).mean_motion_rev_day[-1] for t in (quiet, tape)]
    assert motion[1] > motion[0]
    assert tape.weather is not None
    assert tape.truth[0].from_utc == datetime(2026, 11, 23, tzinfo=UTC)
