"""Markings, partners and routes, all with all: nothing goes where its marking does not let it."""

from __future__ import annotations

import itertools
from collections import Counter

from tests.made_letters import GREEN, made_letter, made_partner

from hoshimori.model.letters import ReplyContent
from hoshimori.model.markings import Level, Marking
from hoshimori.model.partners import Partner, held_marking, is_meant_for, withheld

CODES = ("JPN", "USA", "AUS", "ACME-OPS")
CAVEATS = (frozenset[str](), frozenset({"ORCON"}), frozenset({"SOURCE TERMS"}))
RELEASES = (
    None,
    frozenset[str](),
    frozenset({"USA"}),
    frozenset({"JPN", "USA"}),
    frozenset({"JPN", "AUS"}),
    frozenset({"JPN", "USA", "AUS"}),
)
MARKINGS = [
    Marking(level, to, caveats) for level in Level for to in RELEASES for caveats in CAVEATS
]
LIMITS = [
    Marking(level, None, accepted)
    for level in (Level.CLEAR, Level.GREEN, Level.AMBER)
    for accepted in (frozenset[str](), frozenset({"ORCON"}), frozenset({"ORCON", "SOURCE TERMS"}))
]
TEXT = ReplyContent("Secret.")


def may_have(marking: Marking, partner: Partner) -> bool:
    """Say who may have what, by the words of docs/explain/share.md and not by the code."""
    named = marking.releasable_to is None or partner.code in marking.releasable_to
    low = marking.level <= min(partner.limit.level, Level.AMBER)
    return named and low and all(c in partner.limit.caveats for c in marking.caveats)


def may_pass_on(marking: Marking, partner: Partner) -> bool:
    named = marking.releasable_to is not None and partner.code in marking.releasable_to
    return "ORCON" not in marking.caveats and (marking.level <= Level.GREEN or named)


def test_nothing_goes_where_it_may_not_on_any_route() -> None:
    """From its origin, from the partner that it came to, and from there to a third."""
    routes: Counter[str] = Counter()
    for marking, limit in itertools.product(MARKINGS, LIMITS):
        letter = made_letter(TEXT, "JPN", marking=marking)
        for code in CODES[1:]:
            partner = made_partner(code, limit)
            goes = withheld(letter, partner, "JPN", None) is None
            assert goes == may_have(marking, partner), (str(marking), str(limit), code)
            routes["from its origin"] += 1
            if goes:
                assert is_meant_for(marking, code)
            for third in CODES[1:]:
                if third == code:
                    continue
                far = made_partner(third, limit)
                relayed = goes and withheld(letter, far, code, None) is None
                expected = goes and may_have(marking, far) and may_pass_on(marking, far)
                assert relayed == expected, (str(marking), str(limit), code, third)
                routes["passed on"] += 1
                # What rests on it once it stands in the picture goes no further than itself.
                told = made_letter(TEXT, code, marking=held_marking(letter, code))
                rested = goes and withheld(told, far, code, None) is None
                assert not rested or relayed or third == "JPN", (str(marking), code, third)
                routes["resting on it"] += 1
    assert sum(routes.values()) > 10_000


def test_the_matrix_holds_cases_that_go_and_cases_that_stay() -> None:
    partner = made_partner("USA", Marking(Level.AMBER, None, frozenset({"ORCON"})))
    why = Counter(
        withheld(made_letter(TEXT, marking=marking), partner, "JPN", None) for marking in MARKINGS
    )
    assert len(why) >= 4
    assert why[None] > 10
    assert withheld(made_letter(TEXT, marking=GREEN), partner, "JPN", None) is None
