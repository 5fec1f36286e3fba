"""What a rerun gave reads as same, or as the places that differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.rerun_wording import not_run_sentence, rerun_headline, rerun_sentences
from hoshimori.model.reruns import Difference, Rerun

EN = Language.EN
SAME = Rerun(
    facts=1_200, findings=4, reproduced=4, assessment_same=True, differing=(), missing=(),
    added=(), other_versions=(), software={"hoshimori": "0.4", "numpy": "2.0"}, failed=(),
)  # fmt: skip
PLACE = Difference("range_km.best", "3.1", "3.2")


def test_the_same_is_said_with_counts() -> None:
    told = rerun_headline(SAME, EN)
    assert "1,200 enclosed facts" in told
    assert "4 of 4 findings" in told
    assert "assessment" in told
    assert rerun_sentences(SAME, EN) == ("made with hoshimori 0.4, numpy 2.0",)


def test_without_an_assessment_none_is_said_to_be_the_same() -> None:
    assert "no assessment to compare" in rerun_headline(replace(SAME, assessment_same=None), EN)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"differing": (("finding/a", (PLACE,)),)}, "finding/a, range_km.best: enclosed 3.1"),
        ({"missing": ("b",)}, "finding/b did not come out again"),
        ({"added": ("c",)}, "finding/c came out and is not enclosed"),
        ({"failed": ("proximity: made to fail",)}, "made to fail"),
    ],
)
def test_every_way_of_differing_is_said(change: dict[str, object], said: str) -> None:
    rerun = replace(SAME, **change)  # type: ignore[arg-type]
    assert "DIFFERS" in rerun_headline(rerun, EN)
    assert any(said in sentence for sentence in rerun_sentences(rerun, EN))
    assert len(rerun_sentences(rerun, Language.JA)) == len(rerun_sentences(rerun, EN))


def test_another_version_is_said_and_is_no_difference_by_itself() -> None:
    rerun = replace(SAME, other_versions=("proximity/0",))
    assert rerun.same
    assert any("proximity/0" in sentence for sentence in rerun_sentences(rerun, EN))


def test_many_places_of_one_item_are_counted() -> None:
    rerun = replace(SAME, differing=(("finding/a", (PLACE,) * 40),))
    told = rerun_sentences(rerun, EN)
    assert len(told) == 12 + 2
    assert "28 more" in told[12]


@pytest.mark.parametrize("language", Language)
def test_why_it_was_not_run_is_said(language: Language) -> None:
    assert "no model" in not_run_sentence("no model", language)
