"""Never more visible than the label; never more allowed than role and audience both say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.access import (
    HOME,
    LIMITED_PERMISSIONS,
    ROLE_PERMISSIONS,
    Audience,
    Permission,
    Role,
    Viewer,
    is_account_name,
)
from hoshimori.model.markings import OPEN, Level, Marking

CODES = ("JPN", "USA", "AUS", "ACME")
MARKINGS = st.builds(
    Marking,
    st.sampled_from(Level),
    st.none() | st.frozensets(st.sampled_from(CODES)),
    st.frozensets(st.sampled_from(("ORCON", "SOURCE TERMS"))),
)
LIMITS = st.builds(
    Marking,
    st.sampled_from([level for level in Level if level <= Level.AMBER]),
    st.none(),
    st.frozensets(st.sampled_from(("ORCON", "SOURCE TERMS"))),
)
PARTNERS = st.builds(Audience, st.sampled_from(CODES), LIMITS)
AUDIENCES = PARTNERS | st.builds(Audience, st.none(), st.none() | MARKINGS)


@given(PARTNERS, MARKINGS)
def test_a_partner_never_sees_more_than_the_label_and_the_limit(
    audience: Audience, marking: Marking
) -> None:
    assert audience.limit is not None
    if audience.may_see(marking):
        assert marking.may_go_to([audience.partner or ""])
        assert marking.level <= audience.limit.level
        assert marking.caveats <= audience.limit.caveats
        assert marking.level <= Level.AMBER


@given(AUDIENCES, MARKINGS, MARKINGS)
def test_what_holds_a_hidden_part_is_hidden(
    audience: Audience, one: Marking, other: Marking
) -> None:
    both = audience.may_see(one) and audience.may_see(other)
    assert audience.may_see(one.join(other)) == both


@given(AUDIENCES)
def test_what_is_open_is_shown_to_everybody(audience: Audience) -> None:
    assert audience.may_see(OPEN)


@given(MARKINGS)
def test_the_house_sees_everything(marking: Marking) -> None:
    assert HOME.may_see(marking)


@given(MARKINGS, MARKINGS)
def test_a_limit_within_the_house_is_one_of_level_and_caveats(
    marking: Marking, limit: Marking
) -> None:
    seen = Audience(None, limit).may_see(marking)
    assert seen == (marking.level <= limit.level and marking.caveats <= limit.caveats)


def test_what_is_for_one_organisation_is_never_shown_to_another() -> None:
    audience = Audience("USA", Marking(Level.AMBER))
    for level in (Level.AMBER_STRICT, Level.RED):
        assert not audience.may_see(Marking(level, frozenset({"USA"})))
        with pytest.raises(ValueError, match="at most"):
            Audience("USA", Marking(level))


def test_a_partner_without_a_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="state one"):
        Audience("USA")


@given(st.sampled_from(Role), AUDIENCES, st.sampled_from(Permission))
def test_role_and_audience_must_both_allow(
    role: Role, audience: Audience, permission: Permission
) -> None:
    if Viewer("x", role, audience).may(permission):
        assert permission in ROLE_PERMISSIONS[role]
        assert audience.sees_the_whole_house or permission in LIMITED_PERMISSIONS


def test_records_and_doings_are_of_the_house_alone() -> None:
    partner = Viewer("x", Role.ADMINISTRATOR, Audience("USA", Marking(Level.AMBER)))
    assert partner.permissions == {
        Permission.SEE, Permission.ASK, Permission.DOWNLOAD, Permission.TAKE_PART,
    }  # fmt: skip


def test_every_role_sees_and_only_the_administrator_keeps_accounts() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    for role, permissions in ROLE_PERMISSIONS.items():
        assert Permission.SEE in permissions
        assert (Permission.ADMINISTER in permissions) == (role is Role.ADMINISTRATOR)
        assert (Permission.DECIDE in permissions) == (role in (Role.DECIDER, Role.ADMINISTRATOR))


@given(AUDIENCES, AUDIENCES)
def test_audiences_in_words_are_told_apart(one: Audience, other: Audience) -> None:
    assert (str(one) == str(other)) == (one == other)


def test_names_of_accounts() -> None:
    assert all(map(is_account_name, ("sato", "m.sato@example.org", "佐藤", "a" * 64)))
    assert not any(map(is_account_name, ("", "a b", "-a", "a" * 65, "a\n", "a/b", "a<b")))


def test_viewers_are_values() -> None:
    assert replace(Viewer("x", Role.VIEWER, HOME), name="y") == Viewer("y", Role.VIEWER, HOME)
