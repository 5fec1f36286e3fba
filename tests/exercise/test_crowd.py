import numpy as np
import pytest

from hoshimori.exercise.crowd import Crowd, crowd_of, piece_letters, populations
from hoshimori.model.objects import launch_of


@pytest.fixture(scope="module")
def crowd(as_of_utc: np.datetime64) -> Crowd:
    return crowd_of(populations(()), 3_000, as_of_utc, np.random.default_rng(5))


def test_a_crowd_has_exactly_the_size_asked_for(as_of_utc: np.datetime64) -> None:
    for count in (1, 47, 1_001):
        few = crowd_of(populations(()), count, as_of_utc, np.random.default_rng(5))
        assert len(few) == len(few.elements) == len(set(few.object_ids)) == count


def test_populations_keep_their_shares(crowd: Crowd) -> None:
    shares = {kind.name: 0 for kind in populations(())}
    for kind in populations(()):
        shares[kind.name] += kind.count
    total = sum(shares.values())
    for name, count in shares.items():
        found = sum(text.rsplit(" ", 1)[0] == name for text in crowd.names)
        assert found == pytest.approx(count / total * 3_000, abs=8)


def test_objects_of_one_launch_have_one_launch_day(crowd: Crowd) -> None:
    days: dict[str, set[str]] = {}
    for object_id, day in zip(crowd.object_ids, crowd.launch_utc.astype(str), strict=True):
        days.setdefault(launch_of(object_id), set()).add(day)
    assert all(len(found) == 1 for found in days.values())
    assert all(next(iter(found)).startswith(launch[:4]) for launch, found in days.items())


def test_nothing_in_a_crowd_grazes_the_air(crowd: Crowd) -> None:
    rate_rad_s = crowd.elements.mean_motion_kozai_rad_min / 60.0
    axis_km = (398600.8 / rate_rad_s**2) ** (1.0 / 3.0)
    assert (axis_km * (1.0 - crowd.elements.eccentricity) - 6378.135).min() > 225.0


def test_more_launches_than_designators_are_refused(as_of_utc: np.datetime64) -> None:
    one = next(kind for kind in populations(()) if kind.name == "SIM-LEO-CONST-C")
    single = type(one)(
        one.name, one.object_type, 1, one.orbits, one.source, per_launch=1.0, years=(2025, 2025)
    )
    with pytest.raises(ValueError, match="more than 500 launches in 2025"):
        crowd_of([single], 1_100, as_of_utc, np.random.default_rng(5))


def test_piece_letters_are_those_of_the_designators() -> None:
    letters = [piece_letters(k) for k in range(24 + 24 * 24 + 24**3)]
    assert len(set(letters)) == len(letters)
    assert not set("".join(letters)) & set("IO")
    assert letters[-1] == "ZZZ"
