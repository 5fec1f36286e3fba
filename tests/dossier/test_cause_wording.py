"""Causes in words: every sentence can be told, in every language, and names no culprit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hoshimori.dossier.cause_page import cause_page
from hoshimori.dossier.cause_rows import cause_object_rows, cause_row
from hoshimori.dossier.cause_wording import (
    assumptions_sentence,
    cause_name,
    cause_sentence,
    chance_text,
    point_text,
    rarest_sentence,
    standing_text,
    summary_sentence,
    where_sentence,
)
from hoshimori.dossier.language import Language, words
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.candidate_causes import (
    Assumptions,
    CandidateCause,
    CandidateKind,
    CauseReport,
    Chance,
    NearObject,
    Standing,
)
from hoshimori.model.provenance import Reality
from hoshimori.numerics.meteor_showers import SHOWERS

AT = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
CHANCE = Chance(0.02, 1, 20, 99, datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 8, tzinfo=UTC))
VALUES: dict[str, float | str] = {
    "norad_id": 36411, "range_km": 26.4, "error_km": 3.25, "speed_km_s": 7.5, "speed_m_s": 2.68,
    "after_min": -3.2, "half_min": 10.0, "reach_km": 100.0, "within_km": 25.0, "as_one": 1,
    "number": 3, "angle_deg": 0.68, "beam_deg": 10.0, "dark": "lit", "edge": "entry",
    "place": "below", "latitude_deg": 35.7, "longitude_deg": 139.7, "horizon_km": 9050.0,
    "area_km2": 12_000.0, "area_deg_north": 32.9, "area_deg_east": -97.0, "kp": 8.0, "ap": 207.0,
    "level": 4, "at_utc": "2025-03-03T09:00Z", "hours": 24.0, "limit": 30.0, "flux": 151.0,
    "field_nt": 23_000.0, "limit_nt": 32_000.0, "height_km": 420.0, "shell": 4.5, "belt": "outer",
    "hourly": 150.0, "sporadic": 10.0, "shower": "Geminids", "expected_low": 8e-9,
    "expected_high": 0.02, "apart_h": 3.0, "sigma_h": 1.0, "low_m_s": 0.1, "high_m_s": 0.2,
    "known_utc": "2025-03-02T00:00Z", "age_days": 2.3, "observed_until_utc": "2025-03-01T00:00Z",
}  # fmt: skip
CHOICES = {"dark", "lit", "entry", "exit", "inner", "outer"}
SENTENCES = [
    (kind, key.rsplit(".", 1)[1])
    for kind in CandidateKind
    for key in words(Language.EN)
    if key.startswith(f"cause.{kind.name.lower()}.") and key.rsplit(".", 1)[1] not in CHOICES
]


def cause(kind: CandidateKind, sentence: str, **changes: object) -> CandidateCause:
    made = CandidateCause(kind, Standing.UNUSUAL, sentence, VALUES, CHANCE)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def report() -> CauseReport:
    near = NearObject(36411, 26.4, 0.00268, None)
    check = NaturalCheck("known_failure", False, False, {"sentence": "no_list"})
    told = (
        cause(CandidateKind.COMPANY, "beside", objects=(near,)),
        cause(CandidateKind.STORM, "quiet", standing=Standing.ABSENT),
        CandidateCause(CandidateKind.KNOWN_FAILURE, Standing.NOT_JUDGED, "natural", check=check),
    )
    return CauseReport(
        norad_id=44476, at_utc=AT, as_of_utc=AT, elements_epoch_utc=AT, latitude_deg=0.0,
        longitude_deg=62.0, height_km=35788.0, candidates=told, looked_at=3, ranked=2,
        rarest_by_chance=0.04, assumptions=Assumptions(10.0, None, 7.0, 99, 1, 0.05),
        objects=26_919, names={44476: "INTELSAT 39", 36411: "GOES <15>"}, reality=Reality.EXERCISE,
    )  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("kind", "sentence"), SENTENCES)
def test_every_sentence_can_be_told(kind: CandidateKind, sentence: str, language: Language) -> None:
    text = cause_sentence(cause(kind, sentence), {36411: "GOES 15"}, language)
    assert "{" not in text
    assert len(text) > 3


@pytest.mark.parametrize("language", Language)
def test_every_cause_and_standing_has_a_name(language: Language) -> None:
    names = {cause_name(cause(kind, ""), language) for kind in CandidateKind}
    assert len(names) == len(CandidateKind)
    assert len({standing_text(one, language) for one in Standing}) == len(Standing)


@pytest.mark.parametrize("language", Language)
def test_every_shower_has_a_name(language: Language) -> None:
    for shower in SHOWERS:
        told = replace(
            cause(CandidateKind.METEOR_SHOWER, "active"), values=VALUES | {"shower": shower.name}
        )
        assert cause_sentence(told, {}, language)


def test_numbers_carry_their_units_and_times_their_side() -> None:
    told = cause_sentence(cause(CandidateKind.FAST_PASS, "passed"), {36411: "GOES 15"}, Language.EN)
    assert told == "GOES 15 (36411) at 26.4 km (± 3.25), 7.50 km/s, 3.20 min before"


def test_chance_is_told_as_one_in_so_many_where_it_is_rare() -> None:
    assert chance_text(CHANCE, Language.EN) == "1 moment in 50; at all 20 %"
    assert chance_text(replace(CHANCE, p_value=0.5), Language.EN).startswith("50 % of moments")
    assert chance_text(None, Language.EN) == "–"


def test_places_are_told_by_hemisphere() -> None:
    assert point_text(0.0, 359.0) == "0.0° N 1.0° W"


def test_the_summary_counts_and_says_how_many_were_looked_at(report: CauseReport) -> None:
    assert summary_sentence(report, Language.EN) == (
        "3 causes looked at: 1 unusual, 0 present as they often are, 1 not there, 1 not judged."
    )
    assert "up to 4.0 %" in rarest_sentence(report, Language.EN)
    nothing = replace(report, candidates=report.candidates[1:])
    assert "None" in rarest_sentence(nothing, Language.EN)
    assert "35,788 km above 0.0° N 62.0° E" in where_sentence(report, Language.EN)
    station = replace(report.assumptions, station=(35.7, 139.7))
    told = assumptions_sentence(replace(report, assumptions=station), Language.EN)
    assert "35.7° N 139.7° E" in told


def test_rows_hold_what_the_page_shows(report: CauseReport) -> None:
    row = cause_row(report.candidates[0], report, Language.EN)
    assert row.span == "1 of 99, 2025-03-01T00:00Z to 2025-03-08T00:00Z"
    (one,) = cause_object_rows(report, Language.EN)
    assert (one.range, one.angle) == ("26.4 km", "–")


@pytest.mark.parametrize("language", Language)
def test_the_page_is_whole_escaped_marked_and_always_the_same(
    report: CauseReport, language: Language
) -> None:
    page = cause_page(report, language, "hoshimori explain --asset 44476")
    assert page == cause_page(report, language, "hoshimori explain --asset 44476")
    assert "GOES &lt;15&gt;" in page
    assert "<script" not in page
    assert "hoshimori explain --asset 44476" in page
    assert "[EXERCISE" in page or "[演習" in page
