"""What goes to a partner: never more than its audience may see, and less of what is others'."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_letters import made_letter, made_partner, made_partners
from tests.model.test_markings import CAVEATS, MARKINGS

from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.letters import ReplyContent
from hoshimori.model.markings import Level, Marking
from hoshimori.model.partners import Withheld, is_meant_for, keys_of, withheld
from hoshimori.model.provenance import Reality

LIMITS = st.builds(
    Marking,
    st.sampled_from([Level.CLEAR, Level.GREEN, Level.AMBER]),
    st.none(),
    st.frozensets(st.sampled_from(CAVEATS)),
)
EXERCISE = ExerciseMark("Autumn Sky", datetime(2026, 11, 1, tzinfo=UTC))
TEXT = ReplyContent("No.")


@given(MARKINGS, LIMITS, st.sampled_from(("JPN", "USA", "AUS")), st.sampled_from(Reality))
@settings(deadline=None)
def test_what_goes_may_be_seen_and_is_meant_for_the_partner(
    marking: Marking, limit: Marking, origin: str, reality: Reality
) -> None:
    partner = made_partner("USA", limit)
    letter = made_letter(TEXT, origin, marking=marking, reality=reality)
    why = withheld(letter, partner, "JPN", None)
    if why is None:
        assert partner.audience.may_see(marking)
        assert is_meant_for(marking, "USA")
        assert marking.level <= Level.AMBER
        assert marking.caveats <= limit.caveats
        assert reality is not Reality.EXERCISE
        if origin == "AUS":
            assert "ORCON" not in marking.caveats
            assert marking.level <= Level.GREEN or "USA" in (marking.releasable_to or ())
    elif why in (Withheld.LEVEL, Withheld.NOT_RELEASABLE, Withheld.CAVEAT):
        assert not partner.audience.may_see(marking)


@given(MARKINGS, LIMITS, LIMITS)
@settings(deadline=None)
def test_a_lower_limit_lets_out_no_more(marking: Marking, one: Marking, other: Marking) -> None:
    letter = made_letter(TEXT, marking=marking)
    lower = Marking(min(one.level, other.level), None, one.caveats & other.caveats)
    if withheld(letter, made_partner("USA", lower), "JPN", None) is None:
        assert withheld(letter, made_partner("USA", one), "JPN", None) is None


@pytest.mark.parametrize(
    ("marking", "origin", "why"),
    [
        ("TLP:RED", "JPN", Withheld.LEVEL),
        ("TLP:AMBER+STRICT//REL TO USA", "JPN", Withheld.LEVEL),
        ("TLP:GREEN//REL TO AUS", "JPN", Withheld.NOT_RELEASABLE),
        ("TLP:GREEN//REL TO NOBODY", "JPN", Withheld.NOT_RELEASABLE),
        ("TLP:GREEN//EMBARGO", "JPN", Withheld.CAVEAT),
        ("TLP:GREEN//ORCON", "AUS", Withheld.ORIGINATOR),
        ("TLP:GREEN//ORCON", "JPN", None),
        ("TLP:AMBER", "AUS", Withheld.NOT_NAMED),
        ("TLP:AMBER//REL TO JPN, USA", "AUS", None),
        ("TLP:AMBER", "JPN", None),
        ("TLP:GREEN", "AUS", None),
    ],
)
def test_each_rule(marking: str, origin: str, why: Withheld | None) -> None:
    from hoshimori.formats.markings import parse_marking  # noqa: PLC0415

    partner = made_partner("USA", Marking(Level.AMBER, None, frozenset({"ORCON"})))
    letter = made_letter(TEXT, origin, marking=parse_marking(marking))
    assert withheld(letter, partner, "JPN", None) is why


def test_exercise_and_real_sky_never_mix() -> None:
    partner = made_partner("USA")
    played = made_letter(TEXT, reality=Reality.EXERCISE)
    assert withheld(played, partner, "JPN", None) is Withheld.REALITY
    assert withheld(made_letter(TEXT), partner, "JPN", EXERCISE) is Withheld.REALITY
    assert withheld(played, partner, "JPN", EXERCISE) is None
    assert withheld(made_letter(TEXT, reality=Reality.SIMULATED), partner, "JPN", None) is None


def test_keys_are_known_by_origin() -> None:
    known = keys_of(made_partners("JPN", made_partner("USA")))
    assert set(known) == {"JPN", "USA"}
    assert len(known["USA"]) == 1
