"""Who may see what an exercise makes: sources are kept, and nothing hidden shows in what is seen.

The last two tests change what one source says of objects, as nobody without that source could
know it, and look for the change in all that does not bear the source.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exercise.test_injecting import INJECTS, script

from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.carried_on import carried_on, habits_of
from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.injecting import played, tape_of
from hoshimori.exercise.origins import Origins, origins_by_object, origins_of
from hoshimori.model.access import Audience
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.injects import AnyInject, CrossTag, Tow
from hoshimori.model.markings import Level, Marking
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import EXERCISE_SCRIPT, Provenance, Reality, source_following
from hoshimori.model.tapes import Cast
from hoshimori.settings import marking_of, settings_from
from hoshimori.workflows.audience import permitted

OPEN, HIDDEN = "celestrak", "operator.csv"
SETTINGS = settings_from(
    {"markings": {"sources": {HIDDEN: "TLP:AMBER+STRICT//REL TO JPN"}}}, origin="here"
)
DAYS = np.timedelta64(4, "D")
ALL = {
    **INJECTS,
    "tow": Tow(
        inject_id="tow", at_h=40.0, part="guest", target="host", delta_v_rtn_m_s=(0.0, 1.5, 0.0)
    ),
}
COMBINED: dict[str, tuple[AnyInject, ...]] = {
    **{name: (one,) for name, one in INJECTS.items()},
    "docked and towed": (ALL["dock"], ALL["tow"]),
    "released, then struck": (ALL["release"], ALL["struck"]),
    "swapped, then burned": (replace(_swap, at_h=4.0), ALL["burn"])
    if isinstance(_swap := INJECTS["swap"], CrossTag)
    else (),
}


def sourced(sets: ElementSets, hidden: frozenset[int]) -> ElementSets:
    """Return sets of two sources: one for those of some objects, one for all others."""
    provenances = tuple(Provenance(source, "1" * 64, Reality.EXERCISE) for source in (OPEN, HIDDEN))
    index = np.isin(sets.norad_id, list(hidden)).astype(np.int32)
    return replace(sets, provenance_index=index, provenances=provenances)


def of_two_sources(picture: Picture, hidden: frozenset[int]) -> Picture:
    history = sourced(picture.history, hidden)
    return as_exercise(replace(picture, history=history, newest=sourced(picture.newest, hidden)))


def changed(picture: Picture, hidden: frozenset[int]) -> Picture:
    """Return a picture in which some objects are elsewhere and were seen otherwise."""

    def other(sets: ElementSets) -> ElementSets:
        rows = np.isin(sets.norad_id, list(hidden))
        turned = np.where(rows, (sets.mean_anomaly_deg + 0.37) % 360.0, sets.mean_anomaly_deg)
        higher = np.where(rows, sets.mean_motion_rev_day * (1.0 + 2e-6), sets.mean_motion_rev_day)
        later = sets.epoch_utc + rows * np.timedelta64(61, "s")
        return replace(sets, mean_anomaly_deg=turned, mean_motion_rev_day=higher, epoch_utc=later)

    return replace(picture, history=other(picture.history), newest=other(picture.newest))


def visible(sets: ElementSets) -> ElementSets:
    """Return the sets that nobody who may not see the hidden source is kept from."""
    open_to_all = [HIDDEN not in one.source for one in sets.provenances]
    return sets.take(np.array(open_to_all or [False])[sets.provenance_index])


def equal(one: ElementSets, other: ElementSets) -> bool:
    names = [name for name in COLUMNS if name != "provenance_index"]
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)


@pytest.fixture(scope="module")
def cast(small_picture: Picture) -> Cast:
    return cast_of(script(), small_picture)


@given(st.lists(st.text(max_size=6), max_size=4), st.lists(st.text(max_size=6), max_size=4))
def test_what_follows_from_sources_has_the_markings_of_all_of_them(
    one: list[str], other: list[str]
) -> None:
    both = source_following([source_following(one), *other])
    assert both == source_following([*other, *one])
    made = Provenance(both, "1" * 64, Reality.EXERCISE)
    whole = marking_of(made, SETTINGS)
    for source in (*one, *other):
        own = marking_of(Provenance(source, "1" * 64, Reality.EXERCISE), SETTINGS)
        assert own.is_within(whole)


def test_hidden_sources_stay_hidden_in_what_follows_from_them() -> None:
    for sources in ([HIDDEN], [OPEN, HIDDEN], [HIDDEN, "synthetic sky, seed 1"]):
        made = Provenance(source_following(sources), "1" * 64, Reality.EXERCISE)
        assert str(marking_of(made, SETTINGS)) == "TLP:AMBER+STRICT//REL TO JPN"
    assert str(marking_of(Provenance(OPEN, "1" * 64, Reality.EXERCISE), SETTINGS)) == "TLP:CLEAR"


def test_what_is_of_the_script_alone_has_the_marking_of_exercises_and_others_no_less() -> None:
    least = settings_from({"markings": {"exercise": "TLP:GREEN//REL TO JPN, USA"}}, origin="here")
    of_script = Provenance(EXERCISE_SCRIPT, "1" * 64, Reality.EXERCISE)
    assert str(marking_of(of_script, SETTINGS)) == "TLP:CLEAR"
    assert str(marking_of(of_script, least)) == "TLP:GREEN//REL TO USA, JPN"
    fact = Provenance(OPEN, "1" * 64, Reality.EXERCISE)
    assert str(marking_of(fact, least)) == "TLP:GREEN//REL TO USA, JPN"
    assert str(marking_of(replace(fact, reality=Reality.REAL), least)) == "TLP:CLEAR"


def test_objects_that_go_on_keep_their_own_source(small_picture: Picture) -> None:
    ids = small_picture.newest.norad_id
    hidden = frozenset(ids[::3].tolist())
    picture = of_two_sources(small_picture, hidden)
    on = carried_on(picture, as_column_time(picture.as_of_utc) + DAYS, 3)
    for number, origins in origins_by_object(on).items():
        assert origins == {HIDDEN if number in hidden else OPEN}
    plain = carried_on(small_picture, as_column_time(picture.as_of_utc) + DAYS, 3)
    assert origins_of(plain) == origins_of(small_picture.newest)


def test_an_object_of_both_sources_goes_on_with_both(small_picture: Picture) -> None:
    habits = habits_of(small_picture)
    number = next(iter(habits.own))
    picture = of_two_sources(small_picture, frozenset())
    rows = np.flatnonzero(picture.history.norad_id == number)[:3]
    index = picture.history.provenance_index.copy()
    index[rows] = 1
    picture = replace(picture, history=replace(picture.history, provenance_index=index))
    on = carried_on(picture, as_column_time(picture.as_of_utc) + DAYS, 3)
    assert origins_of(on.of_object(number)) == {OPEN, HIDDEN}
    others = on.take(on.norad_id != number)
    assert origins_of(others) == {OPEN}


def test_every_part_keeps_its_source_and_new_ones_have_that_of_their_parent(
    small_picture: Picture, cast: Cast
) -> None:
    """Each of the cast has a source of its own; what follows names every one it follows from."""
    numbers = [n for n in cast.numbers.values() if n in small_picture.newest.norad_id]
    own = {n: f"of {n}.csv" for n in numbers}
    history = small_picture.history
    labels = [OPEN, *own.values()]
    index = np.zeros(len(history), np.int32)
    for place, number in enumerate(numbers, start=1):
        index[history.norad_id == number] = place
    provenances = tuple(Provenance(label, "1" * 64, Reality.EXERCISE) for label in labels)
    history = replace(history, provenance_index=index, provenances=provenances)
    picture = replace(small_picture, history=history, newest=history.newest())
    habits = habits_of(picture)
    for injects in COMBINED.values():
        tape = tape_of(script(*injects), cast, picture, habits=habits)
        found = origins_by_object(tape.element_sets)
        for number in found.keys() & own.keys():
            assert own[number] in found[number]
        for event in tape.truth:
            parents: Origins = frozenset(own[n] for n in event.objects if n in own)
            for number in found.keys() & set(event.objects) - own.keys():
                assert found[number] & parents
                assert found[number] <= parents
                if number in tape.objects:
                    assert {*tape.objects[number].sources} == found[number]


def test_nothing_hidden_shows_in_what_goes_on_in_the_open(small_picture: Picture) -> None:
    hidden = frozenset(small_picture.newest.norad_id[::3].tolist())
    picture = of_two_sources(small_picture, hidden)
    until_utc = as_column_time(picture.as_of_utc) + DAYS
    one, other = (carried_on(sky, until_utc, 3) for sky in (picture, changed(picture, hidden)))
    assert len(visible(one))
    assert not equal(one, other)
    assert equal(visible(one), visible(other))


@pytest.mark.parametrize("who", ["asset", "bystander", "host"])
def test_nothing_hidden_shows_in_what_an_inject_makes_in_the_open(
    who: str, small_picture: Picture, cast: Cast
) -> None:
    hidden = frozenset({cast.numbers[who]})
    picture = of_two_sources(small_picture, hidden)
    skies = [(sky, habits_of(sky)) for sky in (picture, changed(picture, hidden))]
    for name, injects in COMBINED.items():
        one, other = (
            visible(tape_of(script(*injects), cast, sky, habits=habits).element_sets)
            for sky, habits in skies
        )
        assert equal(one, other), name


def test_a_partner_sees_nothing_that_follows_from_what_it_may_not_see(
    small_picture: Picture, cast: Cast
) -> None:
    """The asset's orbit is its operator's: who is let go by it or comes to it follows from it."""
    numbers = cast.numbers
    picture = of_two_sources(small_picture, frozenset({numbers["asset"]}))
    injects = [INJECTS[name] for name in ("release", "shadow", "struck", "launch")]
    tape = tape_of(script(*injects), cast, picture)
    end = as_column_time(picture.as_of_utc) + np.timedelta64(120, "h")
    known = played(picture, tape, end)
    shown = permitted(known, Audience("GBR", Marking(Level.GREEN)), SETTINGS)
    hidden = {numbers[name] for name in ("asset", "let-go", "launched")}
    assert hidden <= set(known.history.norad_id.tolist())
    assert not hidden & set(shown.history.norad_id.tolist())
    assert not hidden & shown.objects.keys()
    comes = next(event for event in tape.truth if event.inject_id == "shadow")
    visitor = shown.history.of_object(numbers["visitor"])
    assert visitor.epoch_utc.max() < as_column_time(comes.from_utc)
    pieces = next(event for event in tape.truth if event.inject_id == "struck").objects
    assert set(pieces) <= set(shown.history.norad_id.tolist())
    assert HIDDEN not in "".join(one.source for one in shown.history.provenances)
