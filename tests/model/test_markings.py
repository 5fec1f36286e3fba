"""The laws of the lattice of markings; without them a joined marking could let something out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.markings import OPEN, Level, Marking, joined

CODES = ("USA", "JPN", "AUS", "NATO", "ACME-OPS")
CAVEATS = ("ORCON", "SOURCE TERMS", "EMBARGO")
SETS = st.frozensets(st.sampled_from(CODES))
MARKINGS = st.builds(
    Marking,
    st.sampled_from(Level),
    st.none() | SETS,
    st.frozensets(st.sampled_from(CAVEATS)),
)
CLOSED = Marking(Level.RED, frozenset(), frozenset(CAVEATS))
"""The strictest of all markings with these caveats."""


@given(MARKINGS, MARKINGS)
def test_join_and_meet_do_not_depend_on_the_order(one: Marking, other: Marking) -> None:
    assert one.join(other) == other.join(one)
    assert one.meet(other) == other.meet(one)


@given(MARKINGS, MARKINGS, MARKINGS)
def test_join_and_meet_do_not_depend_on_the_grouping(a: Marking, b: Marking, c: Marking) -> None:
    assert a.join(b).join(c) == a.join(b.join(c)) == joined((a, b, c))
    assert a.meet(b).meet(c) == a.meet(b.meet(c))


@given(MARKINGS, MARKINGS, MARKINGS)
def test_join_and_meet_distribute(a: Marking, b: Marking, c: Marking) -> None:
    assert a.join(b.meet(c)) == a.join(b).meet(a.join(c))
    assert a.meet(b.join(c)) == a.meet(b).join(a.meet(c))


@given(MARKINGS)
def test_joining_or_meeting_oneself_changes_nothing(one: Marking) -> None:
    assert one.join(one) == one == one.meet(one)


@given(MARKINGS, MARKINGS)
def test_join_and_meet_absorb_each_other(one: Marking, other: Marking) -> None:
    assert one.join(one.meet(other)) == one == one.meet(one.join(other))


@given(MARKINGS)
def test_the_open_marking_is_the_bottom_and_a_closed_one_the_top(one: Marking) -> None:
    assert one.join(OPEN) == one
    assert one.meet(OPEN) == OPEN
    assert one.join(CLOSED) == CLOSED
    assert one.meet(CLOSED) == one
    assert OPEN.is_within(one)
    assert one.is_within(CLOSED)


@given(MARKINGS, MARKINGS)
def test_to_be_within_is_an_order_that_agrees_with_join_and_meet(a: Marking, b: Marking) -> None:
    assert a.is_within(a)
    assert a.is_within(b) == (a.join(b) == b) == (a.meet(b) == a)
    if a.is_within(b) and b.is_within(a):
        assert a == b
    assert a.is_within(a.join(b))
    assert a.meet(b).is_within(a)


@given(MARKINGS, MARKINGS, MARKINGS)
def test_to_be_within_is_passed_on(a: Marking, b: Marking, c: Marking) -> None:
    assert a.meet(b).is_within(b.join(c))
    if a.is_within(b) and b.is_within(c):
        assert a.is_within(c)


@given(MARKINGS, MARKINGS, SETS, SETS)
def test_the_stricter_and_the_more_partners_the_less_may_go(
    a: Marking, b: Marking, some: frozenset[str], more: frozenset[str]
) -> None:
    if a.join(b).may_go_to(some):
        assert a.may_go_to(some)
        assert b.may_go_to(some)
    if a.may_go_to(some | more):
        assert a.may_go_to(some)
    assert a.join(b).may_go_to(some) == (a.may_go_to(some) and b.may_go_to(some))


def test_a_marking_of_disjoint_partners_lets_nobody_have_it() -> None:
    both = Marking(releasable_to=frozenset({"JPN"})).join(Marking(releasable_to=frozenset({"USA"})))
    assert not both.may_go_to(["JPN"])
    assert not both.may_go_to(["USA"])
    assert str(both) == "TLP:CLEAR//REL TO NOBODY"


def test_nothing_joined_is_open() -> None:
    assert joined(()) == OPEN
