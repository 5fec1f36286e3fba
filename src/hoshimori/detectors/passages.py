"""Where and when aircraft lost satellite navigation, from reports of single flights."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np

from hoshimori.model.aircraft_evidence import AircraftEvidence
from hoshimori.model.detector import Card
from hoshimori.model.digest import finding_id
from hoshimori.model.disturbed_areas import PersistenceRule, as_date
from hoshimori.model.disturbed_passages import (
    PassageArea,
    PassageRule,
    StepPicture,
    step_picture,
)
from hoshimori.model.findings import BaseRate, Confidence, DisturbedDay, Interference, Interval
from hoshimori.model.findings_of_interference import Persistence
from hoshimori.model.interference_report import PassageCoverage, Place
from hoshimori.model.measured_rates import PASSAGES
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.passage_evidence import (
    EvidenceRule,
    aircraft_evidence,
    disturbance_of,
    ground_of_emitter,
)
from hoshimori.model.passages import Passages, as_moment, passage_digest
from hoshimori.model.picture import Picture
from hoshimori.numerics.aircraft_tracks import GOOD
from hoshimori.numerics.hexagons import Bools, areas_km2, distances_km
from hoshimori.numerics.interference import Whole
from hoshimori.numerics.interference_areas import areas_of, height_to_see_m
from hoshimori.numerics.rates import share_interval

_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class PassageSurvey:
    """What a detector found in passages, and what it could have seen."""

    findings: tuple[Interference, ...]
    coverage: PassageCoverage


@dataclass(frozen=True, slots=True)
class PassageDetector:
    """Finds areas in which flights lost navigation together, to the step of time."""

    rule: PassageRule = field(default_factory=PassageRule)
    evidence: EvidenceRule = field(default_factory=EvidenceRule)
    persistence: PersistenceRule = field(default_factory=PersistenceRule)
    look_back_days: float = 7.0
    """Episodes that ended earlier are not reported."""
    fewest_aircraft: int = 3
    """Different ones, disturbed in one area: one is a fault, two are chance now and then."""
    fewest_cells: int = 3
    gap_km: float = 70.0
    """Cells so near one another belong together: few flights cross those between."""
    gap_s: float = 2700.0
    """So much time between them, and they belong together."""
    margin_days: int = 3
    """Days before and after an episode that are told with it."""

    card: ClassVar[Card] = Card(
        name="passages",
        version=1,
        question="Where and when, to the hour and below, did flights lose satellite navigation?",
        needs=(
            "Decoded ADS-B reports of aircraft with position and time; NIC or NACp with version 1 "
            "or 2 for low integrity, height for the emitter's ground. Reports of at least ten days "
            "before tell whether it is new."
        ),
        method=(
            "Each flight is judged by itself: low integrity counts only where the same aircraft "
            "was good before or after, within an hour; positions that no flight reaches (more than "
            "0.45 km/s and 3 km) are displaced, and put where the flight was. Different aircraft "
            "are counted in each cell with its neighbours and each step of time, and compared with "
            "faults alone: a beta-binomial count whose share begins at the rate of all reports and "
            "learns from the cell's own quiet steps. False discoveries are held to 1 % over all "
            "cells and steps of a day (Benjamini and Hochberg). Aircraft that are disturbed again "
            "and again where no other is are left out; an area needs three aircraft and three "
            "cells. Onset and end are those of the first and last disturbed report. An emitter's "
            "ground is where one has every disturbed passage in sight at its own height. Base "
            "rate: the share of the same cells' earlier steps that were disturbed."
        ),
        references=(
            "Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289",
            "Gelman et al. 2013, Bayesian Data Analysis, sections 2.4 and 5.3 (beta-binomial)",
            "RTCA DO-260B, tables 2-69 and 2-71 (NIC and NACp)",
            "ITU-R P.310 (radio horizon, effective Earth radius 4/3)",
        ),
        false_alarm_rate=PASSAGES,
        known_false_alarms=(
            "Announced tests and exercises on ranges: real low integrity, known beforehand.",
            "A fleet with one fault that flies one route together.",
            "Stations whose clocks disagree, where so many aircraft jump but none often.",
            "False positions that move as a flight does: not displaced to this detector.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Interference, ...]:
        """Return one finding for each area and episode; new ones first, then the largest."""
        if picture.passages is None:
            return ()
        return self.survey(picture.passages, picture.as_of_utc).findings

    def survey(
        self, passages: Passages, as_of_utc: datetime, place: Place | None = None
    ) -> PassageSurvey:
        """Return the findings in the passages known at a moment, and what could be seen in them.

        A place limits what is reported and counted as seen, not what is judged.
        """
        steps = step_picture(passages.known_by(as_column_time(as_of_utc)), self.rule)
        since = _step_of(as_of_utc - timedelta(days=self.look_back_days), passages.step_s)
        asked = steps.counts.day >= since
        if place is not None:
            asked &= steps.lies_within(place)
        areas = [one for one in self._areas(steps, since) if asked[one.rows].any()]
        told = np.zeros(len(asked), dtype=np.bool_)
        for area in areas:
            told[area.rows] = True
        last = int(steps.counts.day.max()) if len(asked) else 0
        findings = sorted((self._finding(area, last) for area in areas), key=_order)
        return PassageSurvey(tuple(findings), _coverage(steps, passages, asked, told))

    def _areas(self, steps: StepPicture, since: int) -> Iterator[PassageArea]:
        usual = steps.usually_disturbed(self.persistence)
        gap = max(1, round(self.gap_s / steps.passages.step_s))
        fresh = np.flatnonzero(steps.disturbed & ~usual)
        yield from self._split(steps, fresh, steps.counts.day[fresh], gap, usual=False)
        known = np.flatnonzero(steps.disturbed & usual & (steps.counts.day >= since))
        yield from self._split(steps, known, np.zeros_like(known), gap, usual=True)

    def _split(
        self, steps: StepPicture, rows: Whole, when: Whole, gap: int, *, usual: bool
    ) -> Iterator[PassageArea]:
        rings = 1 if usual else _rings(steps, self.gap_km)
        number = areas_of(steps.pool.cell[rows], when, rings=rings, gap_days=gap)
        order = np.argsort(number, kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(number[order])) + 1):
            if len(part):
                area = PassageArea(steps, rows[part], usual).core()
                if self._counts(area):
                    yield area

    def _counts(self, area: PassageArea) -> bool:
        address = area.steps.passages.address[area.disturbed_passages]
        enough = len(np.unique(address)) >= self.fewest_aircraft
        return enough and len(area.cells) >= self.fewest_cells

    def _finding(self, area: PassageArea, last_step: int) -> Interference:
        steps, past = area.steps, area.past_rows
        ground = ground_of_emitter(area, self.evidence)
        ends_open = last_step - area.step_range[1] <= 1
        evidence = aircraft_evidence(area, self.evidence, ground, ends_open=ends_open)
        persistence = area.persistence(self.persistence)
        confidence, because = _confidence(evidence, persistence, area.past_days)
        days = tuple(_days(area, self.margin_days))
        peak = max(days, key=lambda one: (one.cells_disturbed, one.bad))
        bad = len(np.unique(steps.passages.address[area.disturbed_passages]))
        name = f"{self.card.name}/{self.card.version}"
        inside = np.union1d(area.all_passages, area.disturbed_passages)
        earlier = area.in_cells[steps.passages.step[area.in_cells] < area.step_range[0]]
        basis = tuple(passage_digest(steps.passages.take(rows)) for rows in (inside, earlier))
        tested = int(np.count_nonzero(steps.tested[past]))
        before = int(np.count_nonzero(steps.disturbed[past]))
        farthest = float(distances_km(np.array(area.middle_deg), area.centres).max())
        return Interference(
            finding_id=finding_id(name, self, (), basis, area.key()),
            detector=name,
            objects=(),
            start_utc=area.start_utc,
            end_utc=area.end_utc,
            base_rate=BaseRate.counted("CELL_STEPS", before, tested),
            confidence=confidence,
            confidence_because=because,
            basis=basis,
            reality=steps.passages.take(inside).reality,
            disturbance=disturbance_of(evidence),
            persistence=persistence,
            area_key=area.key(),
            cells=area.cell_texts(),
            latitude_deg=area.middle_deg[0],
            longitude_deg=area.middle_deg[1],
            radius_km=area.radius_km,
            area_km2=area.area_km2,
            peak_day_utc=peak.day_utc,
            good=max(evidence.aircraft_seen - bad, 0),
            bad=bad,
            share=_share(bad, evidence.aircraft_seen),
            usual_share=_usual_share(area),
            days=days,
            emitter_within_km=None if ground is None else ground.within_km,
            emitter_height_m=height_to_see_m(farthest, self.evidence.highest_flight_m),
            aircraft=evidence,
        )


def _rings(steps: StepPicture, gap_km: float) -> int:
    if not len(steps.pool.cell):
        return 1
    across_km = math.sqrt(2.0 / math.sqrt(3.0) * float(areas_km2(steps.pool.cell[:1])[0]))
    return max(1, round(gap_km / across_km))


def _days(area: PassageArea, margin_days: int) -> Iterator[DisturbedDay]:
    """Yield the days of an area and those about it, in passages of its cells."""
    passages, own = area.steps.passages, area.in_cells
    day = np.floor_divide(passages.step[own] * round(passages.step_s), round(_DAY_S))
    first, last = (
        int(k * passages.step_s // _DAY_S) for k in (area.step_range[0], area.step_range[1])
    )
    disturbed = np.isin(own, area.disturbed_passages)
    for one in np.unique(day[(day >= first - margin_days) & (day <= last + margin_days)]).tolist():
        rows, hit = own[day == one], own[(day == one) & disturbed]
        bad = int(np.count_nonzero(passages.state[rows] > GOOD))
        yield DisturbedDay(
            as_date(one),
            len(rows) - bad,
            bad,
            len(np.unique(passages.cell[rows])),
            len(np.unique(passages.cell[hit])),
        )


def _share(bad: int, seen: int) -> Interval:
    """Return the share of disturbed aircraft, one of them not counted."""
    return Interval(*share_interval(max(bad - 1, 0), max(seen, bad, 1)))


def _usual_share(area: PassageArea) -> Interval | None:
    """Return the share of disturbed passages of the area's cells before it began."""
    passages = area.steps.passages
    before = area.in_cells[passages.step[area.in_cells] < area.step_range[0]]
    if not len(before):
        return None
    bad = int(np.count_nonzero(passages.state[before] > GOOD))
    return Interval(*share_interval(bad, len(before)))


def _confidence(
    evidence: AircraftEvidence, persistence: Persistence, past_days: int
) -> tuple[Confidence, str]:
    both = f"{evidence.aircraft_bracketed:,} of them good before and after"
    disturbed = evidence.aircraft_low + evidence.aircraft_displaced
    seen = f"{disturbed:,} disturbed aircraft, {both}"
    if disturbed < 5:
        return Confidence.LOW, f"{seen}: few"
    if persistence is Persistence.UNKNOWN:
        return Confidence.MODERATE, f"{seen}; only {past_days} days known before"
    high = disturbed >= 15 and 2 * evidence.aircraft_bracketed >= disturbed
    return (Confidence.HIGH if high else Confidence.MODERATE), seen


def _coverage(steps: StepPicture, passages: Passages, asked: Bools, told: Bools) -> PassageCoverage:
    when = steps.counts.day[asked]
    edges: list[datetime] = []
    if len(when):
        moments = as_moment(np.array([when.min(), when.max() + 1]), passages.step_s)
        edges = [as_datetime(one) for one in moments]
    disturbed = steps.disturbed & asked
    return PassageCoverage(
        since_utc=edges[0] if edges else None,
        until_utc=edges[1] if edges else None,
        step_s=passages.step_s,
        cells=len(np.unique(steps.pool.cell[asked])),
        cell_steps=len(when),
        told_cell_steps=int(np.count_nonzero(steps.tested & asked)),
        disturbed_cell_steps=int(np.count_nonzero(disturbed)),
        in_no_area=int(np.count_nonzero(disturbed & ~told)),
        fault_rate=steps.fault_rate,
        faulty_aircraft=steps.faulty_aircraft,
        tally=passages.tally,
    )


def _step_of(moment: datetime, step_s: float) -> int:
    whole = as_column_time(moment).astype("datetime64[s]").astype(np.int64)
    return int(int(whole) // step_s)


_RANK = {
    Persistence.NEW: 0,
    Persistence.UNKNOWN: 1,
    Persistence.RECURRENT: 2,
    Persistence.PERMANENT: 3,
}


def _order(finding: Interference) -> tuple[int, float, str]:
    return _RANK[finding.persistence], -finding.area_km2, finding.area_key
