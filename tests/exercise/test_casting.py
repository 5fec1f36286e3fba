"""Parts go to objects that are as the script asks, the same ones for the same seed."""

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.exercise.carried_on import habits_of
from hoshimori.exercise.casting import cast_of
from hoshimori.model.finding import Interval
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import launch_of
from hoshimori.model.picture import Picture
from hoshimori.model.scenarios import Choice, Pace, Part, Scenario, SkyKind
from hoshimori.numerics.elements import apogee_altitude_km, perigee_altitude_km, plane_angle_rad


def script(*parts: Part, seed: int = 5) -> Scenario:
    return Scenario(
        scenario_id="test", title={}, story={}, objectives=(), source="", seed=seed,
        sky=SkyKind.ANY, pace=Pace(length_h=48.0), starts_utc=None, parts=parts, cells=(),
        injects=(), expected=(), questions=(),
    )  # fmt: skip


LOW = Choice(height_km=Interval(500.0, 600.0, 750.0), inclination_deg=Interval(90.0, 97.0, 100.0))


def test_who_is_chosen_is_as_asked(small_picture: Picture) -> None:
    cast = cast_of(script(Part(name="a", choice=LOW, is_asset=True)), small_picture)
    own = small_picture.newest.of_object(cast.numbers["a"])
    elements = own.mean_elements()
    assert 480.0 < perigee_altitude_km(elements)[0] <= apogee_altitude_km(elements)[0] < 770.0
    assert 90.0 <= own.inclination_deg[0] <= 100.0
    assert [a.norad_id for a in cast.assets] == [cast.numbers["a"]]
    assert len(small_picture.history.of_object(cast.numbers["a"])) > 15


def test_seeds_choose_and_other_parts_do_not(small_picture: Picture) -> None:
    part = Part(name="a", choice=LOW)
    first = cast_of(script(part), small_picture).numbers["a"]
    more = Part(name="b", choice=LOW)
    assert cast_of(script(part, more), small_picture).numbers["a"] == first
    assert len({cast_of(script(part, seed=s), small_picture).numbers["a"] for s in range(8)}) > 2


def test_who_is_near_is_nearest_in_its_plane(small_picture: Picture) -> None:
    parts = Part(name="b", choice=Choice(near="a", quiet=False)), Part(name="a", choice=LOW)
    cast = cast_of(script(*parts), small_picture)
    rows = [small_picture.newest.of_object(cast.numbers[n]).mean_elements() for n in "ab"]
    angle = plane_angle_rad(
        rows[0].inclination_rad, rows[0].raan_rad, rows[1].inclination_rad, rows[1].raan_rad
    )
    assert np.degrees(angle[0]) < 15.0


def test_the_belt_is_chosen_by_longitude_across_the_date_line(small_picture: Picture) -> None:
    choice = Choice(belt_deg_east=Interval(170.0, 180.0, 200.0), quiet=False)
    number = cast_of(script(Part(name="g", choice=choice)), small_picture).numbers["g"]
    assert 0.9 < small_picture.newest.of_object(number).mean_motion_rev_day[0] < 1.1


def test_new_parts_get_numbers_of_their_own(small_picture: Picture) -> None:
    numbers = cast_of(script(Part(name="n"), Part(name="m")), small_picture).numbers
    assert len(set(numbers.values())) == 2
    assert not set(numbers.values()) & set(small_picture.newest.norad_id.tolist())


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (Part(name="a", norad_id=25544), "part a: object 25544 is not in this sky"),
        (Part(name="a", choice=Choice(near="a")), "near another that is not chosen"),
        (
            Part(name="a", choice=replace(LOW, height_km=Interval(3000.0, 3001.0, 3002.0))),
            "part a: no object of this sky fits height_km 3000 to 3002",
        ),
    ],
    ids=["absent", "circle", "nobody"],
)
def test_who_cannot_be_cast_is_named_with_the_reason(
    part: Part, message: str, small_picture: Picture
) -> None:
    with pytest.raises(ValueError, match=message):
        cast_of(script(part), small_picture)


def test_who_is_near_is_of_another_launch_unless_the_script_wants_kin(
    small_picture: Picture,
) -> None:
    """Together, objects of one launch are a known kind, and no detector makes much of them."""
    habits = habits_of(small_picture)
    moment = as_column_time(small_picture.as_of_utc)
    newest = small_picture.newest
    sets = newest.take(newest.epoch_utc > moment - np.timedelta64(4, "D"))
    ids, counts = np.unique([launch_of(i) for i in sets.object_id.tolist()], return_counts=True)
    crowded = set(ids[counts >= 3].tolist()) - {""}
    numbers = [n for n, i in zip(sets.norad_id, sets.object_id, strict=True) if i[:8] in crowded]
    found = []
    for number in numbers[:20]:
        parts = [Part(name="a", norad_id=int(number))]
        for kin in (True, False):
            choice = Choice(kind="", near="a", quiet=False, other_launch=not kin)
            parts.append(Part(name=f"kin-{kin}", choice=choice))
        cast = cast_of(script(*parts), small_picture, habits=habits)
        launches = {
            name: launch_of(str(newest.of_object(of).object_id[0]))
            for name, of in cast.numbers.items()
        }
        assert launches["kin-False"] != launches["a"]
        found.append(launches["kin-True"] == launches["a"])
    assert any(found)


def test_who_has_to_be_in_the_plane_of_another_is_and_others_are_drawn_until_one_is(
    small_picture: Picture,
) -> None:
    habits = habits_of(small_picture)
    free = (Part(name="a", choice=LOW), Part(name="b", choice=Choice(near="a")))
    bound = (free[0], Part(name="b", choice=Choice(near="a", plane_deg=1.0)))
    angles = {}
    for name, parts in (("free", free), ("bound", bound)):
        of_seeds = []
        for seed in range(5):
            cast = cast_of(replace(script(*parts), seed=seed), small_picture, habits=habits)
            sets = [
                small_picture.newest.of_object(n).mean_elements() for n in cast.numbers.values()
            ]
            turns = [(s.inclination_rad[0], s.raan_rad[0]) for s in sets]
            of_seeds.append(np.degrees(plane_angle_rad(*turns[0], *turns[1])))
        angles[name] = of_seeds
    # Sets of some days: the planes have turned since.
    assert max(angles["bound"]) < 4.0 < max(angles["free"])
    never = (free[0], Part(name="b", choice=Choice(near="a", plane_deg=1e-9)))
    with pytest.raises(ValueError, match="part b: no object of this sky fits plane_deg 1e-09 of a"):
        cast_of(script(*never), small_picture, habits=habits)
