"""Scores against worked examples and identities; folds that never hold a family on both sides."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.assessment.calibration import (
    BIN_EDGES,
    bins_of,
    brier_parts,
    brier_score,
    by_family,
    calibration_of,
    fitted_temperature,
    gain_of,
    held_out,
    log_loss,
    share_of,
)
from hoshimori.model.assessments import TruthGroup
from hoshimori.model.cases import Forecast
from hoshimori.model.finding import Interval

MIDDLES = st.floats(0.0, 1.0)
PAIRS = st.lists(st.tuples(MIDDLES, st.booleans()), min_size=1, max_size=60)


def forecast(
    case: str, benign: float, truth: TruthGroup = TruthGroup.BENIGN, family: str = ""
) -> Forecast:
    """A forecast of two groups: benign, and inspection for the rest."""
    said = {group: 0.0 for group in TruthGroup}
    said |= {TruthGroup.BENIGN: benign, TruthGroup.INSPECTION: 1.0 - benign}
    spans = {g: Interval(max(p - 0.1, 0.0), p, min(p + 0.1, 1.0)) for g, p in said.items()}
    return Forecast(case, family or case, spans, truth)


def test_brier_score_of_a_worked_example() -> None:
    """Ten forecasts of rain in two classes, in the form of Brier 1950; worked by hand."""
    said = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
    rained = [False, True, True, True, False, False, False, False, False, False]
    by_hand = 2.0 * (0.49 + 0.01 + 0.04 + 0.36 + 0.04 + 0.01) / 10.0
    cases = [
        forecast(str(k), p, TruthGroup.BENIGN if r else TruthGroup.INSPECTION)
        for k, (p, r) in enumerate(zip(said, rained, strict=True))
    ]
    assert by_hand == pytest.approx(0.19)
    assert brier_score(cases) == pytest.approx(0.19)
    assert brier_parts(said, rained).score == pytest.approx(0.095)


def test_parts_of_the_brier_score_by_hand() -> None:
    """Murphy 1973: two bins of two, base rate one half; parts worked by hand."""
    parts = brier_parts([0.1, 0.1, 0.9, 0.9], [False, False, True, False], (0.0, 0.5, 1.0))
    assert parts.uncertainty == pytest.approx(0.25 * 0.75)
    assert parts.reliability == pytest.approx((2 * 0.01 + 2 * 0.16) / 4)
    assert parts.resolution == pytest.approx((2 * 0.0625 + 2 * 0.0625) / 4)
    assert parts.within_bins == pytest.approx(0.0, abs=1e-12)
    assert parts.score == pytest.approx((3 * 0.01 + 0.81) / 4)


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.7, 1.0]), st.booleans()), min_size=1))
def test_murphys_identity_is_exact_where_bins_hold_one_forecast(
    pairs: list[tuple[float, bool]],
) -> None:
    said, truths = zip(*pairs, strict=True)
    parts = brier_parts(said, truths, (0.0, 0.05, 0.2, 0.5, 0.9, 1.0))
    assert parts.within_bins == pytest.approx(0.0, abs=1e-12)


@given(PAIRS)
def test_parts_are_within_their_bounds(pairs: list[tuple[float, bool]]) -> None:
    said, truths = zip(*pairs, strict=True)
    parts = brier_parts(said, truths)
    assert 0.0 <= parts.score <= 1.0
    assert 0.0 <= parts.resolution <= parts.uncertainty + 1e-12 <= 0.25 + 2e-12
    assert parts.reliability >= 0.0
    found = parts.reliability - parts.resolution + parts.uncertainty + parts.within_bins
    assert found == pytest.approx(parts.score)


@given(PAIRS)
def test_every_forecast_stands_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    spans = [Interval(p, p, p) for p, _ in pairs]
    bins = bins_of(spans, [t for _, t in pairs])
    assert sum(b.count for b in bins) == len(pairs)
    assert sum(b.hits for b in bins) == sum(t for _, t in pairs)
    assert all(b.low_edge - 1e-12 <= b.said.best <= b.high_edge + 1e-12 for b in bins)
    assert {b.low_edge for b in bins} <= set(BIN_EDGES)


def test_the_interval_of_a_share_is_that_of_clopper_and_pearson() -> None:
    """Reference: 4 of 20 gives 0.0573 to 0.4366 (e.g. Newcombe 1998, Stat. Med. 17, 857)."""
    found = share_of(4, 20)
    assert (found.low, found.high) == pytest.approx((0.0573, 0.4366), abs=5e-5)
    assert (share_of(0, 5).low, share_of(5, 5).high) == (0.0, 1.0)


def test_intervals_that_say_too_little_do_not_cover() -> None:
    sure = [forecast(str(k), 0.1) for k in range(10)]
    found = calibration_of(sure, TruthGroup.BENIGN)
    assert (found.cases, found.hits) == (10, 10)
    assert found.expected.high == pytest.approx(2.0)
    assert not found.is_covered
    honest = [forecast(str(k), 0.95) for k in range(10)]
    assert calibration_of(honest, TruthGroup.BENIGN).is_covered


def test_what_was_said_of_the_truth_costs_its_logarithm() -> None:
    assert log_loss([forecast("a", 0.5)]) == pytest.approx(math.log(2.0))
    with pytest.raises(ValueError, match="no forecasts"):
        brier_score([])
    with pytest.raises(ValueError, match="no forecasts"):
        calibration_of([], TruthGroup.TEST)


def _warmed(case_id: str, temperature: float) -> Forecast:
    """Odds of two to one for the truth in nine of ten families, to the power of a temperature."""
    odds = 2.0**temperature
    wrong = case_id.startswith("9")
    truth = TruthGroup.INSPECTION if wrong else TruthGroup.BENIGN
    return forecast(case_id, odds / (1.0 + odds), truth, family=case_id[0])


CHOICES = tuple(0.25 * k for k in range(1, 17))


def test_a_temperature_is_found_that_makes_odds_come_true() -> None:
    """Nine of ten true means odds of nine: a temperature of log 9 / log 2, 3.17."""
    cases = [_warmed(f"{k}", 1.0) for k in range(10)]
    assert fitted_temperature(cases, _warmed, CHOICES) == 3.25


def test_folds_hold_families_out_as_a_whole() -> None:
    cases = [_warmed(f"{k}{copy}", 1.0) for k in range(10) for copy in "abc"[: 1 + k % 3]]
    assert len(by_family(cases)) == 10
    asked: list[str] = []

    def again(case_id: str, temperature: float) -> Forecast:
        asked.append(case_id)
        return _warmed(case_id, temperature)

    folds = held_out(cases, again, CHOICES)
    assert [fold.cases for fold in folds] == [1 + k % 3 for k in range(10)]
    assert folds[-1].temperature > folds[0].temperature  # without the wrong one all are right
    gain = gain_of(folds)
    assert gain.low <= gain.best <= gain.high
    assert gain_of(()) == Interval(0.0, 0.0, 0.0)


def test_families_count_alike_however_many_cases_they_have() -> None:
    many = [_warmed(f"9{k}", 1.0) for k in range(50)] + [_warmed(f"{k}", 1.0) for k in range(9)]
    assert fitted_temperature(many, _warmed, CHOICES) == 3.25


@given(st.floats(0.01, 0.99))
def test_saying_it_rightly_is_never_worse(probability: float) -> None:
    """The score is proper: of all things to say, the true share scores best."""
    truths = [True] * 3 + [False] * 7
    own = brier_parts([0.3] * 10, truths).score
    assert own <= brier_parts([probability] * 10, truths).score + 1e-12
