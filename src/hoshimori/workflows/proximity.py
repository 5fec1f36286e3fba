"""Tell who is, will be and was near assets: from the newest element sets and from histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.orbit_company import OrbitCompanyDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.model.board import DetectorRun
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding
from hoshimori.model.picture import Picture
from hoshimori.model.proximity_report import ProximityReport
from hoshimori.model.releases import Release, releases_of
from hoshimori.workflows.watch import names_in, run_detector

_MOST_CANDIDATES = 5

DETECTORS: tuple[Detector, ...] = (
    ProximityDetector(),
    GeoNeighbourDetector(),
    BeltHistoryDetector(),
    OrbitCompanyDetector(),
)


def proximity(picture: Picture, *, detectors: Sequence[Detector] = DETECTORS) -> ProximityReport:
    """Return what is found near the assets of a picture; a detector that fails becomes a line."""
    findings: list[AnyFinding] = []
    runs: list[DetectorRun] = []
    for detector in detectors:
        found, run = run_detector(detector, picture)
        findings += found
        runs.append(run)
    near = {i for f in findings for i in f.objects} | {a.norad_id for a in picture.assets}
    releases = tuple(
        replace(release, candidates=release.candidates[:_MOST_CANDIDATES])
        for release in releases_of(picture.history)
        if _concerns(release, near)
    )
    past = picture.history.take(np.isin(picture.history.norad_id, list(near))).newest()
    named = dict(zip(past.norad_id.tolist(), map(str, past.object_name), strict=True))
    named |= {r.norad_id: r.name for r in releases}
    return ProximityReport(
        as_of_utc=picture.as_of_utc,
        days_ahead=picture.days_ahead,
        assets=picture.assets,
        findings=tuple(findings),
        releases=releases,
        runs=tuple(runs),
        names=named | {i: n for i, n in names_in(picture, findings).items() if n},
        provenances=picture.history.provenances,
        reality=picture.history.reality,
    )


def _concerns(release: Release, near: set[int]) -> bool:
    """Return whether the new object, or who it is nearest to in orbit, is among these."""
    return release.norad_id in near or release.candidates[0].norad_id in near
