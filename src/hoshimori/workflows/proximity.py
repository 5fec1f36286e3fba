"""Tell who is, will be and was near assets: from the newest element sets and from histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.detectors.fly_by import FlyByDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.orbit_company import OrbitCompanyDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.detectors.separation import SeparationDetector
from hoshimori.model.board import DetectorRun
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding, Separation
from hoshimori.model.picture import Picture
from hoshimori.model.proximity_report import ProximityReport
from hoshimori.workflows.watch import names_in, run_detector

DETECTORS: tuple[Detector, ...] = (
    ProximityDetector(),
    GeoNeighbourDetector(),
    BeltHistoryDetector(),
    OrbitCompanyDetector(),
    FlyByDetector(),
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
    parted, run = run_detector(SeparationDetector(), replace(picture, assets=()))
    findings += [f for f in parted if isinstance(f, Separation) and near & involved(f)]
    runs.append(run)
    return ProximityReport(
        as_of_utc=picture.as_of_utc,
        days_ahead=picture.days_ahead,
        assets=picture.assets,
        findings=tuple(findings),
        runs=tuple(runs),
        names=_names(picture, findings),
        provenances=picture.history.provenances,
        reality=picture.history.reality,
    )


def _names(picture: Picture, findings: Sequence[AnyFinding]) -> dict[int, str]:
    """Return the names of all objects of findings, also of those that are in the history alone."""
    wanted = {i for f in findings for i in involved(f)}
    past = picture.history.take(np.isin(picture.history.norad_id, list(wanted))).newest()
    named = dict(zip(past.norad_id.tolist(), map(str, past.object_name), strict=True))
    return named | {i: n for i, n in names_in(picture, findings).items() if n}


def involved(finding: AnyFinding) -> set[int]:
    """Return the objects of a finding, and all from which something may have parted."""
    candidates = finding.candidates if isinstance(finding, Separation) else ()
    return {*finding.objects, *(c.norad_id for c in candidates)}
