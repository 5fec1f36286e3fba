"""Where aircraft lost satellite navigation: areas and episodes from counts by cell and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np

from hoshimori.model.detector import Card
from hoshimori.model.digest import finding_id
from hoshimori.model.disturbed_areas import (
    AirPicture,
    DisturbedArea,
    PersistenceRule,
    air_picture,
    as_date,
    core_cells,
)
from hoshimori.model.findings import BaseRate, Confidence, Interval
from hoshimori.model.findings_of_interference import (
    Disturbance,
    DisturbedDay,
    Interference,
    Persistence,
    Rise,
)
from hoshimori.model.integrity import IntegrityCells, integrity_digest
from hoshimori.model.interference_report import IntegrityCoverage, Place
from hoshimori.model.measured_rates import INTERFERENCE
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.hexagons import Bools
from hoshimori.numerics.interference import DisturbanceRule, Whole
from hoshimori.numerics.interference_areas import (
    areas_of,
    height_to_see_m,
    horizon_km,
    most_on_one_day,
    reach_of_one_emitter_km,
)
from hoshimori.numerics.interference_rise import step_up
from hoshimori.numerics.rates import share_interval


@dataclass(frozen=True, slots=True)
class Survey:
    """What a detector found in a picture, and what it could have seen."""

    findings: tuple[Interference, ...]
    coverage: IntegrityCoverage


@dataclass(frozen=True, slots=True)
class InterferenceDetector:
    """Finds areas in which aircraft have low navigation integrity together."""

    rule: DisturbanceRule = field(default_factory=DisturbanceRule)
    persistence: PersistenceRule = field(default_factory=PersistenceRule)
    look_back_days: float = 7.0
    """Episodes that ended earlier are not reported."""
    fewest_cells: int = 4
    """On one day: what disturbs aircraft at their height reaches over more than one cell."""
    gap_rings: int = 2
    """Cells with one other between them belong together."""
    gap_days: int = 2
    """Days with one other between them belong together."""
    margin_days: int = 3
    """Days before and after an episode that are told with it."""
    highest_flight_m: float = 12_000.0
    antenna_m: float = 10.0
    """Height of an emitter on the ground."""

    card: ClassVar[Card] = Card(
        name="interference",
        version=1,
        question="Where and when did aircraft lose satellite navigation, and is that new there?",
        needs=(
            "Counts of aircraft with good and low navigation integrity by H3 cell and UTC day, the "
            "days before included: with fewer than ten of them nothing can be called new."
        ),
        method=(
            "Each day of each cell is compared with faulty receivers alone: a beta-binomial count "
            "whose share begins at the rate of the whole map (median over regions, from how many "
            "days are free of any) and learns from the cell's own quiet days, half of it gone "
            "after 45 days. Single aircraft never count: at least two are bad, and one is taken "
            "off before the share must reach 2 %. False discoveries are held to 1 % over all cells "
            "of a day (Benjamini and Hochberg). Days that stand out teach nothing, so a disturbed "
            "cell does not become its own norm; how often it was disturbed before is counted "
            "beside. Disturbed cells with at most one other, and at most one day, between them are "
            "one area and episode; four cells on one day at least. Cells that are disturbed on "
            "more than 15 % of their days form areas of their own, known and logged; since when "
            "they are disturbed more, by the step of the daily share with the least absolute "
            "deviations, is told where it has lasted a week and its level is 30 % above what was "
            "held for as long in the half year before. An emitter's area is where one on "
            "the ground would have all disturbed cells of the peak day in sight at 12 km. Base "
            "rate: the share of the same cells' earlier days that were disturbed."
        ),
        references=(
            "Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289",
            "Gelman et al. 2013, Bayesian Data Analysis, sections 2.4 and 5.3 (beta-binomial)",
            "gpsjam.org/faq (counts by cell, one aircraft taken off)",
            "ITU-R P.310 (radio horizon, effective Earth radius 4/3)",
        ),
        false_alarm_rate=INTERFERENCE,
        known_false_alarms=(
            "Announced tests and exercises on ranges: real low integrity, known beforehand.",
            "Fleets with one fault that fly one route together.",
            "Cells with little traffic, where two faulty aircraft are a large share.",
            "A change of receivers or software at the source of the counts.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Interference, ...]:
        """Return one finding for each area and episode; new ones first, then the largest."""
        if picture.integrity is None:
            return ()
        return self.survey(picture.integrity, picture.as_of_utc).findings

    def survey(
        self, cells: IntegrityCells, as_of_utc: datetime, place: Place | None = None
    ) -> Survey:
        """Return the findings in the counts known at a moment, and what could be seen in them.

        A place limits what is reported and counted as seen, not what is judged.
        """
        air = air_picture(cells.known_by(as_column_time(as_of_utc)).in_order(), self.rule)
        since = _day_number(as_of_utc - timedelta(days=self.look_back_days))
        asked = air.days.day >= since
        if place is not None:
            asked &= air.lies_within(place)
        areas = [area for area in self._areas(air, since) if asked[area.disturbed].any()]
        told = np.zeros(len(asked), dtype=np.bool_)
        for area in areas:
            told[area.disturbed] = True
        findings = sorted((self._finding(air, area) for area in areas), key=_order)
        return Survey(tuple(findings), _coverage(air, asked, told))

    def _areas(self, air: AirPicture, since: int) -> Iterator[DisturbedArea]:
        usual = air.usually_disturbed(self.persistence)
        fresh = np.flatnonzero(air.judged.disturbed & ~usual)
        yield from self._split(air, fresh, air.days.day[fresh], self.gap_rings, usual=False)
        known = np.flatnonzero(air.judged.disturbed & usual & (air.days.day >= since))
        known = known[core_cells(air, known, since, self.persistence)]
        yield from self._split(air, known, np.zeros_like(known), 1, usual=True)

    def _split(
        self, air: AirPicture, rows: Whole, days: Whole, rings: int, *, usual: bool
    ) -> Iterator[DisturbedArea]:
        number = areas_of(air.cells.cell[rows], days, rings=rings, gap_days=self.gap_days)
        most = most_on_one_day(number, air.days.day[rows])
        enough = np.flatnonzero(most[number] >= self.fewest_cells)
        order = enough[np.argsort(number[enough], kind="stable")]
        for part in np.split(order, np.flatnonzero(np.diff(number[order])) + 1):
            if len(part):
                yield DisturbedArea(air, rows[part], usual)

    def _finding(self, air: AirPicture, area: DisturbedArea) -> Interference:
        past, peak = area.past_rows(), area.peak_rows()
        persistence = area.persistence(self.persistence)
        good, bad, spare = air.counts(peak)
        crossed = area.cells_crossed()
        confidence, because = _confidence(area, persistence, bad)
        horizon = horizon_km(self.antenna_m, self.highest_flight_m)
        farthest = area.farthest_km(area.peak_day)
        name = f"{self.card.name}/{self.card.version}"
        basis = tuple(integrity_digest(air.cells.take(rows)) for rows in (area.rows(), past))
        return Interference(
            finding_id=finding_id(name, self, (), basis, area.key()),
            detector=name,
            objects=(),
            start_utc=area.start_utc,
            end_utc=area.end_utc,
            base_rate=BaseRate.counted("CELL_DAYS", *air.disturbed_of(past)),
            confidence=confidence,
            confidence_because=because,
            basis=basis,
            reality=air.cells.take(area.rows()).reality,
            disturbance=Disturbance.LOW_INTEGRITY,
            persistence=persistence,
            area_key=area.key(),
            cells=area.cell_texts(),
            latitude_deg=area.middle_deg[0],
            longitude_deg=area.middle_deg[1],
            radius_km=area.radius_km,
            area_km2=area.area_km2,
            peak_day_utc=as_date(area.peak_day),
            good=good,
            bad=bad,
            share=_share(good, bad, spare, crossed),
            usual_share=_share(*air.counts(past), crossed) if len(past) else None,
            days=tuple(_told(area, self.margin_days)),
            emitter_within_km=reach_of_one_emitter_km(
                area.middle_deg, area.centres_on(area.peak_day), horizon
            ),
            emitter_height_m=height_to_see_m(farthest, self.highest_flight_m),
            rise=_rise(area),
        )


def _told(area: DisturbedArea, margin_days: int) -> Iterator[DisturbedDay]:
    """Yield the days of an area and those about it, where any aircraft was."""
    air, rows = area.air, area.rows(margin_days)
    order = rows[np.argsort(air.days.day[rows], kind="stable")]
    for group in np.split(order, np.flatnonzero(np.diff(air.days.day[order])) + 1):
        good, bad, _ = air.counts(group)
        disturbed = int(np.count_nonzero(air.judged.disturbed[group]))
        yield DisturbedDay(as_date(int(air.days.day[group[0]])), good, bad, len(group), disturbed)


def _rise(area: DisturbedArea) -> Rise | None:
    """Return since when a usual area is disturbed more than it was; its onset is long ago."""
    if not area.is_usual:
        return None
    days, shares = area.daily_shares()
    step = step_up(days, shares)
    return None if step is None else Rise(as_date(step.since_day), step.before, step.since)


def _share(good: int, bad: int, spare: int, crossed: float) -> Interval:
    """Return the share of bad aircraft less the spared ones; each crossed so many of the cells."""
    total = good + bad
    if not total:
        return Interval(0.0, 0.5, 1.0)
    low, _, high = share_interval(round((bad - spare) / crossed), max(1, round(total / crossed)))
    best = (bad - spare) / total
    return Interval(min(low, best), best, max(high, best))


def _confidence(area: DisturbedArea, persistence: Persistence, bad: int) -> tuple[Confidence, str]:
    past, most = area.past_days(), area.most_cells()
    seen = f"{most} cells and {bad:,} aircraft with low integrity on the peak day"
    if persistence is Persistence.UNKNOWN:
        return Confidence.LOW, f"{seen}; only {past:.0f} days known before"
    if bad < 20:
        return Confidence.LOW, f"{seen}: few"
    high = most >= 10 and bad >= 100 and past >= 14.0
    return (Confidence.HIGH if high else Confidence.MODERATE), seen


def _coverage(air: AirPicture, asked: Bools, told: Bools) -> IntegrityCoverage:
    days, judged = air.days.day[asked], air.judged
    disturbed = judged.disturbed & asked
    return IntegrityCoverage(
        first_day_utc=as_date(int(days.min())) if len(days) else None,
        last_day_utc=as_date(int(days.max())) if len(days) else None,
        cells=len(np.unique(air.days.cell_index[asked])),
        cell_days=len(days),
        told_cell_days=int(np.count_nonzero(judged.tested & asked)),
        disturbed_cell_days=int(np.count_nonzero(disturbed)),
        in_no_area=int(np.count_nonzero(disturbed & ~told)),
        fault_rate=air.fault_rate,
    )


def _day_number(moment: datetime) -> int:
    return int(as_column_time(moment).astype("datetime64[D]").astype(np.int64))


_RANK = {
    Persistence.NEW: 0,
    Persistence.UNKNOWN: 1,
    Persistence.RECURRENT: 2,
    Persistence.PERMANENT: 3,
}


def _order(finding: Interference) -> tuple[int, float, str]:
    return _RANK[finding.persistence], -finding.area_km2, finding.area_key
