"""A screening in words: classes, probabilities without false comfort, what was not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoshimori.dossier.language import Language, words
from hoshimori.dossier.screen_wording import class_rows, header, pass_row, unseen
from hoshimori.model.findings import Relation
from hoshimori.model.provenance import Reality
from hoshimori.model.screening import (
    ClassCount,
    ClosePass,
    DockedPair,
    ScreenCounts,
    ScreenCoverage,
    ScreenSummary,
)
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType

START = datetime(2026, 11, 1, tzinfo=UTC)
COMPUTED = {"pc_type": ProbabilityType.COMPUTED}
ABOVE, BELOW = Conclusion.ABOVE_THRESHOLD, Conclusion.BELOW_THRESHOLD
COVERAGE = ScreenCoverage(
    catalogued=1_000, screened=1_000, too_old=0, refused=0, decaying=0, rejected=0,
    primaries_missing=(), element_age_days_median=0.5, element_age_days_p90=2.5,
    older_than_five_days=7, radius_known=0, errors_of_own_history=0,
)  # fmt: skip


def summary(by_relation: Mapping[str, ClassCount] | None = None) -> ScreenSummary:
    nothing = {relation.value.replace(" ", "_"): ClassCount(0, 0, 0) for relation in Relation}
    counts = nothing | dict(by_relation or {})
    return ScreenSummary(
        start_utc=START,
        end_utc=START + timedelta(days=1),
        days=1.0,
        threshold_km=5.0,
        primaries=None,
        reality=Reality.REAL,
        catalogue="made.csv",
        catalogue_sha256="ab",
        device="cpu",
        counts=ScreenCounts(1_234, 1, 2, 1, 3, counts, {}, {"above_threshold": 2}),
        coverage=COVERAGE,
        docked=(DockedPair(1, 2, "STATION", "MODULE"),),
    )


def close_pass() -> ClosePass:
    return ClosePass(
        object_1=5, object_2=7, name_1="ALOS 2", name_2="", tca_utc=START, miss_km=0.1234,
        sigma_km=1.234, speed_km_s=14.256, relation=Relation.UNRELATED, at_window_edge=False,
        pc=3.21e-5, pc_type=ProbabilityType.MAXIMUM, conclusion=Conclusion.NO_CONCLUSION, passes=2,
    )  # fmt: skip


def test_the_header_says_what_was_screened_and_found() -> None:
    said = " ".join(header(summary(), Language.EN))
    assert said.startswith(
        "1,000 objects were screened against one another from 2026-11-01T00:00Z to "
        "2026-11-02T00:00Z, below 5 km. 1,234 closest approaches of 1 pair; 2 stays; 1 docked pair."
    )
    assert "3 closest approaches lie at the edge" in said
    assert "2 closest approaches have a probability of collision of 1e-04 or more." in said
    some = replace(summary(), primaries=1)
    assert header(some, Language.EN)[0].startswith("1 object was screened against 1,000 objects")


def test_every_class_that_occurs_has_one_line_and_docked_pairs_have_no_distance() -> None:
    counted = summary({"same_launch": ClassCount(9, 4, 2)})
    rows = class_rows(counted, Language.EN)
    assert [row[0] for row in rows] == [
        "no known relation", "same launch", "docked (no distance is measured)",
    ]  # fmt: skip
    assert rows[1][1:] == ("9", "4", "2")
    assert rows[2][1:] == ("–", "1", "–")


@pytest.mark.parametrize(
    ("change", "pc", "conclusion"),
    [
        ({}, "up to 3.2e-05", "no conclusion"),
        (COMPUTED, "3.2e-05", "no conclusion"),
        (COMPUTED | {"conclusion": BELOW}, "3.2e-05", "below threshold"),
        (COMPUTED | {"pc": 3e-4, "conclusion": ABOVE}, "3.0e-04", "above threshold"),
        (COMPUTED | {"pc": 1e-30}, "below 1e-10", "no conclusion"),
        ({"pc": None, "pc_type": ProbabilityType.NONE}, "none", "no conclusion"),
    ],
)  # fmt: skip
def test_a_probability_is_never_better_than_it_is(
    change: dict[str, object], pc: str, conclusion: str
) -> None:
    row = pass_row(replace(close_pass(), **change), Language.EN)  # type: ignore[arg-type]
    assert (row.pc, row.conclusion) == (pc, conclusion)


def test_a_pass_in_words() -> None:
    row = pass_row(close_pass(), Language.EN)
    assert row.objects == "ALOS 2 (5)\nObject 7"
    assert (row.when, row.miss, row.sigma, row.speed, row.passes) == (
        "2026-11-01 00:00:00", "0.123", "1.2", "14.3", "2",
    )  # fmt: skip
    at_edge = pass_row(replace(close_pass(), at_window_edge=True), Language.EN)
    assert at_edge.when.endswith("(edge)")
    sisters = pass_row(replace(close_pass(), relation=Relation.SAME_LAUNCH), Language.EN)
    assert sisters.objects.endswith("same launch")


def test_what_was_not_seen_is_said() -> None:
    whole = " ".join(unseen(summary(), Language.EN))
    assert "Every object of the catalogue could be screened." in whole
    assert "7 are older than five days" in whole
    lame = replace(COVERAGE, too_old=1, refused=2, decaying=1, rejected=3, primaries_missing=(9,))
    said = " ".join(unseen(replace(summary(), coverage=lame), Language.EN))
    parts = ("1 object was left out", "2 had decayed", "1 decays", "3 records", "screened: 9")
    assert not [part for part in parts if part not in said]


def test_no_word_of_a_screening_says_safe() -> None:
    said = [
        v
        for k, v in words(Language.EN).items()
        if k.startswith(("screen.", "conclusion.", "pc_type."))
    ]
    assert said
    assert not [text for text in said if "safe" in text.lower() or "harmless" in text.lower()]


@pytest.mark.parametrize("language", Language)
def test_all_can_be_said_in_every_language(language: Language) -> None:
    assert header(summary(), language)
    assert class_rows(summary(), language)
    assert pass_row(close_pass(), language).conclusion
    assert unseen(summary(), language)
