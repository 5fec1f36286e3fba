"""What a probability supports: one rule for messages and screenings."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.collision_conclusion import (
    ACT_PROBABILITY,
    Conclusion,
    ProbabilityType,
    conclusion_of,
    conclusions,
)

NUMBERS = st.floats(0.0, 1.0) | st.just(float("nan")) | st.just(ACT_PROBABILITY)


@given(NUMBERS, st.sampled_from(ProbabilityType), st.booleans())
def test_what_follows_from_a_number(pc: float, kind: ProbabilityType, is_relief: bool) -> None:
    found = conclusion_of(pc, kind, is_relief=is_relief)
    warns = kind in (ProbabilityType.COMPUTED, ProbabilityType.REPORTED) and pc >= ACT_PROBABILITY
    assert (found is Conclusion.ABOVE_THRESHOLD) == warns
    if found is Conclusion.BELOW_THRESHOLD:
        assert is_relief
        assert pc < ACT_PROBABILITY
        assert kind in (ProbabilityType.COMPUTED, ProbabilityType.MAXIMUM)
    if kind is ProbabilityType.NONE:
        assert found is Conclusion.NO_CONCLUSION


@given(st.lists(st.tuples(NUMBERS, st.sampled_from(ProbabilityType), st.booleans()), max_size=20))
def test_columns_follow_the_rule_of_single_numbers(
    rows: list[tuple[float, ProbabilityType, bool]],
) -> None:
    pc, kinds, relief = (np.array([row[k] for row in rows]) for k in range(3))
    found = conclusions(pc, kinds, is_relief=relief)
    assert found.tolist() == [conclusion_of(p, k, is_relief=r) for p, k, r in rows]
