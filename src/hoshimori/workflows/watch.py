"""The main job: ask every detector about a picture and lay out the watch board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from hoshimori.assessment.incidents import incidents_of
from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.detectors.decay import DecayDetector
from hoshimori.detectors.emitters import EmitterDetector
from hoshimori.detectors.fly_by import FlyByDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.detectors.orbit_company import OrbitCompanyDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.detectors.passages import PassageDetector
from hoshimori.detectors.pattern import PatternDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.detectors.receivers import ReceiverDetector
from hoshimori.detectors.separation import SeparationDetector
from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.model.board import AttentionRate, DetectorRun, WatchBoard
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding, Interval
from hoshimori.model.incidents import Attention, Incident
from hoshimori.model.markings import Marking
from hoshimori.model.picture import Picture
from hoshimori.model.planted import Planted
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.numerics.rates import rate_interval
from hoshimori.workflows.coverage import coverage_of

DETECTORS: tuple[Detector, ...] = (
    OverdueDetector(),
    DecayDetector(),
    ManoeuvreDetector(),
    PatternDetector(),
    GeoNeighbourDetector(),
    ProximityDetector(),
    ShadowingDetector(),
    BreakupDetector(),
    ConjunctionDetector(),
    InterferenceDetector(),
    PassageDetector(),
    ReceiverDetector(),
    EmitterDetector(),
    OperatorReportDetector(),
)

ON_HISTORIES: tuple[Detector, ...] = (
    BeltHistoryDetector(),
    OrbitCompanyDetector(),
    FlyByDetector(),
    SeparationDetector(),
)
"""Detectors that need histories longer than a watch holds; they have doors of their own."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and of how many."""

_DAYS_PER_MONTH = 30.4375


def watch(
    picture: Picture,
    *,
    detectors: Sequence[Detector] = DETECTORS,
    story: tuple[Planted, ...] = (),
    marking: Marking | None = None,
    on_progress: Progress = lambda step, done, of: None,
) -> WatchBoard:
    """Return the watch board of a picture; a detector that fails becomes a line on it.

    `story` tells people what was planted where the sky is a made one; `marking` is that of the
    sources together, None where nobody states one.
    """
    findings: list[AnyFinding] = []
    runs: list[DetectorRun] = []
    for done, detector in enumerate(detectors):
        on_progress(detector.card.name, done, len(detectors) + 1)
        found, run = run_detector(detector, picture)
        findings += found
        runs.append(run)
    on_progress("coverage", len(detectors), len(detectors) + 1)
    return board_of(picture, findings, runs, story=story, marking=marking)


def board_of(
    picture: Picture,
    findings: Sequence[AnyFinding],
    runs: Sequence[DetectorRun],
    *,
    story: tuple[Planted, ...] = (),
    marking: Marking | None = None,
) -> WatchBoard:
    """Return the watch board of what detectors found in a picture; as `watch` lays it out."""
    incidents = incidents_of(
        findings,
        asset_ids=frozenset(asset.norad_id for asset in picture.assets),
        as_of_utc=picture.as_of_utc,
    )
    return WatchBoard(
        as_of_utc=picture.as_of_utc,
        days_ahead=picture.days_ahead,
        assets=picture.assets,
        incidents=incidents,
        findings=tuple(findings),
        coverage=coverage_of(picture, findings),
        runs=tuple(runs),
        provenances=picture.newest.provenances,
        reality=_reality(picture),
        names=names_in(picture, findings),
        story=story,
        marking=marking,
        rates=_rates(incidents, len(picture.assets), picture.days_ahead),
    )


def run_detector(detector: Detector, picture: Picture) -> tuple[Sequence[AnyFinding], DetectorRun]:
    """Return what a detector finds and how it fared; one that fails finds nothing."""
    name = f"{detector.card.name}/{detector.card.version}"
    try:
        found = detector.detect(picture)
    except Exception as error:
        # One detector that fails must not silence the others; the board says that it failed.
        return (), DetectorRun(name, 0, f"{type(error).__name__}: {error}")
    return found, DetectorRun(name, len(found))


def names_in(picture: Picture, findings: Iterable[AnyFinding]) -> dict[int, str]:
    """Return the names of the assets and of all objects of findings."""
    wanted = {i for f in findings for i in f.objects} | {a.norad_id for a in picture.assets}
    rows = np.isin(picture.newest.norad_id, list(wanted))
    chosen = picture.newest.take(rows)
    names = {int(i): str(n) for i, n in zip(chosen.norad_id, chosen.object_name, strict=True)}
    listed = {i: picture.objects[i].name for i in wanted if i in picture.objects}
    stated = {a.norad_id: a.name for a in picture.assets}
    return {i: stated.get(i) or names.get(i) or listed.get(i, "") for i in sorted(wanted)}


def _reality(picture: Picture) -> Reality:
    """Return the reality of all that a board rests on: sets, what lies beside, and reports."""
    reports = (report.reality for report in picture.reports)
    return combined_reality((picture.history.reality, *picture.reality_beside, *reports))


def _rates(incidents: Sequence[Incident], assets: int, days: float) -> tuple[AttentionRate, ...]:
    months = max(assets, 1) * days / _DAYS_PER_MONTH
    counts = {a: sum(i.attention is a for i in incidents) for a in Attention}
    return tuple(
        AttentionRate(a, n, Interval(*rate_interval(n, months))) for a, n in counts.items()
    )
