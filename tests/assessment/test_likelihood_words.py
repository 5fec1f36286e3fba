"""Words of ICD 203: every probability has one, a span has all that it reaches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.assessment.likelihood_words import words_for
from hoshimori.model.assessments import Span, Words

ORDER = list(Words)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_span_has_neighbouring_words_from_its_low_to_its_high_end(
    one: float, other: float
) -> None:
    low, high = min(one, other), max(one, other)
    words = words_for(Span(low, high))
    places = [ORDER.index(word) for word in words]
    assert places == list(range(places[0], places[-1] + 1))
    assert words_for(Span(low, low)) == words[:1]
    assert words_for(Span(high, high)) == words[-1:]


def test_every_word_can_be_reached() -> None:
    assert words_for(Span(0.0, 1.0)) == tuple(Words)
