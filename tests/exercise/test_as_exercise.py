"""A picture marked EXERCISE: every fact of it, and nothing else changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from hoshimori.exercise.as_exercise import as_exercise, report_as_exercise, weather_as_exercise
from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.exercise.injected_storms import stormy_weather
from hoshimori.exercise.synthetic_sky import SyntheticSky
from hoshimori.model.digest import element_set_digest
from hoshimori.model.injects import Storm
from hoshimori.model.markings import OPEN
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import (
    NOT_COUNTED,
    Credibility,
    Grade,
    OperatorReport,
    Reliability,
    Statement,
)

AS_OF_UTC = datetime(2026, 11, 23, tzinfo=UTC)
GRADE = Grade(Reliability.USUALLY, Credibility.CONFIRMED)
REPORT = OperatorReport(
    finding_id="r", detector="operator_reports/1", objects=(5,), start_utc=AS_OF_UTC,
    end_utc=AS_OF_UTC, base_rate=NOT_COUNTED, confidence=GRADE.confidence(),
    confidence_because="stated", basis=("r",), reality=Reality.REAL,
    statement=Statement.SERVICE_LOST, source="An operator", source_chain="An operator",
    grade=GRADE, text="Gone.", known_utc=AS_OF_UTC, marking=OPEN,
)  # fmt: skip


def test_every_fact_is_exercise_and_says_the_same(small_sky: SyntheticSky) -> None:
    picture = Picture(
        as_of_utc=AS_OF_UTC,
        newest=small_sky.element_sets.newest(),
        history=small_sky.element_sets,
        assets=(),
        days_ahead=3.0,
        integrity=disturbed_air(MadeAir(rings=2, days=3), np.random.default_rng(1)),
        reports=(REPORT,),
    )
    marked = as_exercise(picture)
    assert marked.integrity is not None
    provenances = (
        *marked.newest.provenances,
        *marked.history.provenances,
        *marked.integrity.provenances,
    )
    assert {p.reality for p in provenances} == {Reality.EXERCISE}
    assert [r.reality for r in marked.reports] == [Reality.EXERCISE]
    assert np.array_equal(marked.history.epoch_utc, picture.history.epoch_utc)
    assert element_set_digest(marked.newest, 3) == element_set_digest(picture.newest, 3)
    assert as_exercise(marked).reports == marked.reports


def test_a_report_of_an_exercise_has_a_name_of_its_own() -> None:
    marked = report_as_exercise(REPORT)
    assert marked.finding_id != REPORT.finding_id
    assert marked.basis == (marked.finding_id,)
    assert replace(marked, finding_id="r", basis=("r",), reality=Reality.REAL) == REPORT


def test_space_weather_is_marked_too() -> None:
    storm = Storm(inject_id="s", at_h=0.0, kp=6.0, f107=120.0, lasts_h=12.0)
    weather = stormy_weather(
        [storm],
        None,
        starts_utc=AS_OF_UTC,
        ends_utc=AS_OF_UTC,
        stream_of=lambda name: np.random.default_rng(1),
    )
    assert weather is not None
    assert weather_as_exercise(weather).provenance.reality is Reality.EXERCISE
