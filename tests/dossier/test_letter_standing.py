"""What counts is a function of the set of letters: not of their order, number or moments."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_letters import (
    NOW,
    made_fingerprint,
    made_incident,
    made_letter,
    made_public_key,
    made_sets,
    made_signed,
    numbered,
)

from hoshimori.dossier.letter_standing import (
    Disagreement,
    OriginKeys,
    believed_keys,
    disagreements,
    letter_states,
)
from hoshimori.model.letters import (
    CorrectionContent,
    FactsContent,
    KeysContent,
    LetterState,
    ReplyContent,
    RevocationContent,
    RevocationReason,
    SignedLetter,
)

TOLD = {code: OriginKeys(frozenset({made_fingerprint(code)})) for code in ("JPN", "USA", "AUS")}


def about(one: SignedLetter, content: object, origin: str = "JPN", key: str = "") -> SignedLetter:
    return made_signed(made_letter(content, origin, about=one.letter_id), key)  # type: ignore[arg-type]


def correction(
    one: SignedLetter, text: str = "Two hours later.", origin: str = "JPN"
) -> SignedLetter:
    return about(one, CorrectionContent(text), origin)


def revocation(one: SignedLetter, origin: str = "JPN", key: str = "") -> SignedLetter:
    return about(one, RevocationContent(RevocationReason.WRONG), origin, key)


def states(*letters: SignedLetter) -> list[LetterState]:
    found = letter_states(letters, TOLD, NOW)
    return [found[one.letter_id] for one in letters]


C, X, R, E, U = (
    LetterState.COUNTS,
    LetterState.CORRECTED,
    LetterState.REVOKED,
    LetterState.EXPIRED,
    LetterState.UNVOUCHED,
)
(FIRST,) = numbered(1)


def test_only_its_origin_corrects_or_revokes_a_letter() -> None:
    assert states(FIRST, correction(FIRST)) == [X, C]
    assert states(FIRST, revocation(FIRST)) == [R, C]
    assert states(FIRST, correction(FIRST, origin="USA")) == [C, C]
    assert states(FIRST, revocation(FIRST, "USA")) == [C, C]
    assert states(FIRST, about(FIRST, ReplyContent("We did not."), "USA")) == [C, C]


def test_a_correction_that_does_not_count_corrects_nothing() -> None:
    one = correction(FIRST)
    assert states(FIRST, one, revocation(one)) == [C, R, C]
    again = correction(one, "Three hours later.")
    assert states(FIRST, one, again) == [X, X, C]


def test_what_is_revoked_stays_revoked() -> None:
    one = revocation(FIRST)
    assert states(FIRST, one, revocation(one)) == [R, R, C]


def test_letters_expire_by_the_readers_moment_alone() -> None:
    brief = made_signed(made_letter(expires_utc=NOW + timedelta(hours=1)))
    for moment, state in ((NOW, C), (NOW + timedelta(hours=1), E)):
        assert letter_states([brief], TOLD, moment)[brief.letter_id] is state


@pytest.mark.parametrize("minutes", [-10, 0, 10])
def test_a_clock_that_is_wrong_changes_nothing(minutes: int) -> None:
    moment = NOW + timedelta(minutes=minutes)
    late = made_signed(
        made_letter(CorrectionContent("Later."), about=FIRST.letter_id, stated_utc=moment)
    )
    assert states(FIRST, late) == [X, C]


def test_two_corrections_stand_side_by_side() -> None:
    one, other = correction(FIRST), correction(FIRST, "One hour later.")
    letters = [FIRST, one, other]
    found = disagreements(letters, letter_states(letters, TOLD, NOW))
    assert found == (
        Disagreement(FIRST.letter_id, tuple(sorted((one.letter_id, other.letter_id)))),
    )


def test_two_origins_about_the_same_stand_side_by_side() -> None:
    ours = made_signed(made_letter(made_incident()))
    theirs = made_signed(made_letter(made_incident((44476,)), "USA"))
    others = made_signed(made_letter(made_incident((7,)), "AUS"))
    letters = [ours, theirs, others]
    found = disagreements(letters, letter_states(letters, TOLD, NOW))
    assert [set(one.letters) for one in found] == [{ours.letter_id, theirs.letter_id}]
    assert found[0].about == "44476"


def test_facts_that_agree_are_one_and_others_stand_side_by_side() -> None:
    ours = made_signed(made_letter(FactsContent(made_sets())))
    same = made_signed(made_letter(FactsContent(made_sets(source="space-track")), "USA"))
    other = made_signed(made_letter(FactsContent(made_sets(inclination_deg=51.7)), "AUS"))
    for letters, count in (([ours, same], 0), ([ours, same, other], 2)):
        assert len(disagreements(letters, letter_states(letters, TOLD, NOW))) == count


def keys(
    *, key: str, new: str = "", revoked: tuple[str, ...] = (), vouched: tuple[str, ...] = ()
) -> SignedLetter:
    content = KeysContent(
        made_public_key(new) if new else None, tuple(map(made_fingerprint, revoked)), vouched
    )
    return made_signed(made_letter(content), key)


def test_a_key_speaks_where_one_before_it_brought_it() -> None:
    second = made_signed(made_letter(ReplyContent("By the new key."), about="a" * 64), "second")
    assert states(second) == [U]
    assert states(second, keys(key="JPN", new="second")) == [C, C]
    assert states(second, keys(key="stranger", new="second")) == [U, U]
    believed = believed_keys(TOLD["JPN"], [keys(key="JPN", new="second")])
    assert believed.public_keys == {made_fingerprint("second"): made_public_key("second")}


BOTH = OriginKeys(frozenset(map(made_fingerprint, ("JPN", "second"))))
"""The new key was compared by hand after the old one was lost."""


def states_by(told: OriginKeys, *letters: SignedLetter) -> list[LetterState]:
    found = letter_states(letters, {"JPN": told}, NOW)
    return [found[one.letter_id] for one in letters]


def test_letters_of_a_revoked_key_count_where_their_origin_stands_by_them() -> None:
    forged = numbered(2)[1]
    lost = keys(key="second", revoked=("JPN",), vouched=(FIRST.letter_id,))
    assert states_by(BOTH, FIRST, forged, lost) == [C, U, C]


def test_a_lost_key_brings_no_key_and_vouches_for_nothing() -> None:
    # Whoever found the key brings one of his own with it, and vouches for his letters.
    forged = numbered(2)[1]
    his = keys(key="JPN", new="his")
    vouching = keys(key="his", vouched=(forged.letter_id, his.letter_id))
    lost = keys(key="second", revoked=("JPN",), vouched=(FIRST.letter_id,))
    assert states_by(BOTH, FIRST, forged, his, vouching, lost) == [C, U, U, U, C]


def test_after_a_loss_only_a_key_told_by_hand_is_believed() -> None:
    # The house and the thief both hold the old key and can both name a new one: by letters alone
    # nobody can tell them apart.
    turn = keys(key="JPN", new="second")
    lost = keys(key="second", revoked=("JPN",), vouched=(FIRST.letter_id, turn.letter_id))
    assert states(FIRST, turn, lost) == [U, U, U]
    assert states_by(BOTH, FIRST, turn, lost) == [C, C, C]
    assert believed_keys(TOLD["JPN"], [turn, lost]).trusted == frozenset()


def test_a_key_that_this_house_does_not_believe_signs_nothing() -> None:
    by_hand = OriginKeys(TOLD["JPN"].told, frozenset({made_fingerprint("JPN")}))
    assert states_by(by_hand, FIRST) == [U]


def test_an_unknown_origin_counts_for_nothing() -> None:
    assert letter_states([FIRST], {}, NOW) == {FIRST.letter_id: U}


def tangle() -> list[SignedLetter]:
    """Return letters of all kinds about one another."""
    letters = numbered(4) + numbered(2, "USA")
    letters += [correction(letters[0]), correction(letters[0], "Other."), revocation(letters[1])]
    letters.append(correction(letters[6], "Again."))
    letters.append(revocation(letters[4], "USA"))
    letters.append(about(letters[2], ReplyContent("No."), "USA"))
    turn = keys(key="JPN", new="second")
    letters += [turn, revocation(letters[3], key="second")]
    letters.append(
        keys(key="second", revoked=("JPN",), vouched=(letters[0].letter_id, turn.letter_id))
    )
    letters += [
        made_signed(made_letter(made_incident())),
        made_signed(made_letter(made_incident(), "USA")),
    ]
    return letters


TANGLE = tangle()
BY_HAND = {**TOLD, "JPN": BOTH}


@given(st.randoms(use_true_random=False), st.lists(st.integers(0, len(TANGLE) - 1), max_size=8))
@settings(max_examples=60, deadline=None)
def test_order_and_repetition_change_nothing(shuffled: random.Random, twice: list[int]) -> None:
    letters = TANGLE + [TANGLE[k] for k in twice]
    shuffled.shuffle(letters)
    expected = letter_states(TANGLE, BY_HAND, NOW)
    found = letter_states(letters, BY_HAND, NOW)
    assert found == expected
    unique = list({one.letter_id: one for one in letters}.values())
    assert disagreements(unique, found) == disagreements(TANGLE, expected)
    assert set(expected.values()) == {C, R, U}


@given(st.sets(st.integers(0, len(TANGLE) - 1)))
@settings(max_examples=60, deadline=None)
def test_what_is_revoked_in_a_part_is_revoked_in_the_whole(part: set[int]) -> None:
    held = letter_states([TANGLE[k] for k in sorted(part)], BY_HAND, NOW)
    whole = letter_states(TANGLE, BY_HAND, NOW)
    assert all(whole[one] is R for one, state in held.items() if state is R)
