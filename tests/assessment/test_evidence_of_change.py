"""Findings about one object as evidence: burns by whose they are, partings by their speed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.evidence_of_change import SPRING_M_S, told_by_change
from hoshimori.model.breakup_causes import Sign
from hoshimori.model.findings import Interval, Phenomenon


def kinds(finding: Any, *, of_asset: bool = True, near_other: bool = False) -> list[str]:
    told = told_by_change(finding, of_asset=of_asset, near_other=near_other, causes=())
    return [kind for kind, _ in told]


def test_a_burn_says_something_by_whose_it_is(samples: SimpleNamespace) -> None:
    """What another does far away from everything is no evidence about the asset."""
    assert kinds(samples.burn(), of_asset=True) == ["asset_burned"]
    assert kinds(samples.burn(), of_asset=False, near_other=True) == ["other_burned"]
    assert kinds(samples.burn(), of_asset=False, near_other=False) == []


@pytest.mark.parametrize(
    ("low", "kind"), [(0.1, "parted_gently"), (SPRING_M_S, "parted_gently"), (5.1, "parted_fast")]
)
def test_only_what_is_surely_faster_than_springs_parted_fast(
    samples: SimpleNamespace, low: float, kind: str
) -> None:
    assert kinds(samples.parting(Interval(low, low + 1.0, low + 20.0))) == [kind]


def test_other_changes_have_a_kind_each(samples: SimpleNamespace) -> None:
    assert kinds(samples.pattern()) == ["pattern_left"]
    assert kinds(samples.decay()) == ["sinks_to_end"]
    assert [kinds(samples.silence(p)) for p in Phenomenon] == [[p.name.lower()] for p in Phenomenon]


def test_a_break_up_without_causes_says_nothing(samples: SimpleNamespace) -> None:
    assert kinds(samples.breakup()) == []


def test_a_sign_counts_once_for_and_against_several_causes(samples: SimpleNamespace) -> None:
    causes = (samples.cause_with(Sign.EVEN, Sign.LOW_ENERGY), samples.cause_with(Sign.EVEN))
    told = told_by_change(samples.breakup(), of_asset=True, near_other=False, causes=causes)
    assert [kind for kind, _ in told] == ["cloud_even", "energy_low"]


@pytest.mark.parametrize("sign", Sign)
def test_every_sign_has_a_kind_unless_it_says_that_nothing_is_known(
    samples: SimpleNamespace, sign: Sign
) -> None:
    told = told_by_change(
        samples.breakup(), of_asset=True, near_other=False, causes=(samples.cause_with(sign),)
    )
    assert len(told) == (0 if sign is Sign.NOT_RESOLVED else 1)
