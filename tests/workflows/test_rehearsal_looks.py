"""Whether the same sky shows a finding by itself: kind, objects, time and numbers have to meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoshimori.model.finding import BaseRate, Confidence, Interval
from hoshimori.model.findings import BurnDirection, Manoeuvre, Thrust
from hoshimori.model.provenance import Reality
from hoshimori.workflows.rehearsal_looks import Findings, OfTheSky

START = datetime(2026, 1, 1, tzinfo=UTC)
BURN = Manoeuvre(
    finding_id="f", detector="manoeuvre/2", objects=(5,), start_utc=START,
    end_utc=START + timedelta(hours=12), base_rate=BaseRate.counted("LEO", 1, 100),
    confidence=Confidence.HIGH, confidence_because="", basis=("b",), reality=Reality.EXERCISE,
    delta_v_m_s=Interval(2.3, 2.5, 2.7), components_rtn_m_s=(0.0, 2.5, 0.0),
    direction=BurnDirection.IN_TRACK, p_value=1e-9, thrust=Thrust.IMPULSIVE, burn_utc=START,
    burn_sigma_h=1.0,
)  # fmt: skip


def shown_by(sky: Findings, finding: Manoeuvre = BURN) -> bool | None:
    asked = OfTheSky()
    assert asked.known(finding) is None
    asked.ask([finding], lambda detectors: sky)
    return asked.known(finding)


@pytest.mark.parametrize(
    ("other", "is_so"),
    [
        (BURN, True),
        (replace(BURN, delta_v_m_s=Interval(2.6, 2.8, 3.0), finding_id="g"), True),
        (replace(BURN, delta_v_m_s=Interval(0.0, 0.01, 0.02)), False),
        (replace(BURN, objects=(6,)), False),
        (
            replace(
                BURN,
                start_utc=START + timedelta(days=2),
                end_utc=START + timedelta(days=3),
            ),
            False,
        ),
    ],
    ids=["the same", "about the same", "much smaller", "another object", "days later"],
)
def test_the_sky_shows_what_meets_in_all(other: Manoeuvre, is_so: bool) -> None:
    assert shown_by([other]) is is_so


def test_the_sky_is_asked_once_and_only_by_the_detectors_that_found() -> None:
    asked: list[frozenset[str]] = []

    def without(detectors: frozenset[str]) -> Findings:
        asked.append(detectors)
        return []

    sky = OfTheSky()
    sky.ask([BURN], without)
    sky.ask([replace(BURN, finding_id="later", end_utc=START + timedelta(hours=13))], without)
    assert asked == [frozenset({"manoeuvre/2"})]
    assert sky.known(BURN) is False
