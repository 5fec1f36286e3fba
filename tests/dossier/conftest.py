"""Hand-made boards: every number here is invented and stands for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import cos, pi, sin
from typing import Any

import pytest

from hoshimori.model.aircraft_evidence import AircraftEvidence, HeightShare, PositionCheck
from hoshimori.model.assets import Asset
from hoshimori.model.board import AssetCoverage, Coverage, DetectorRun, WatchBoard
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    BaseRate,
    Breakup,
    BurnDirection,
    Confidence,
    Conjunction,
    Decay,
    Disturbance,
    DisturbedDay,
    EnergyClass,
    FragmentCloud,
    GeoMotion,
    GeoNeighbour,
    Interference,
    Interval,
    LongitudeTrack,
    Manoeuvre,
    OperatorReport,
    ParentCandidate,
    PatternChange,
    PatternShift,
    Persistence,
    Phenomenon,
    PlaneHold,
    PlaneTrack,
    Proximity,
    ProximityMotion,
    QuantityChange,
    ReceiverInterference,
    Reception,
    ReceptionPoint,
    Relation,
    RelativeTrack,
    Separation,
    Shadowing,
    Thrust,
    WarningBound,
)
from hoshimori.model.findings_of_emitters import (
    EmitterInterference,
    LocatedArea,
    LocatedEllipse,
)
from hoshimori.model.findings_of_interference import Rise
from hoshimori.model.geolocation import GeometryWarning, StateSource
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.pattern import Aspect, Mode
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation, Quantity
from hoshimori.model.reports import NOT_COUNTED, Credibility, Grade, Reliability, Statement

AS_OF = datetime(2025, 3, 4, 0, 0, tzinfo=UTC)
ASSET, OTHER, THIRD = 44476, 55841, 100_000_001
NAMES = {ASSET: "INTELSAT 39", OTHER: "LUCH (OLYMP) 2", 25544: "ISS (ZARYA)", 41469: "DOCKED CARGO"}


def at(days: float) -> datetime:
    return AS_OF + timedelta(days=days)


def shared_fields(finding_id: str, share: Interval, regime: str = "GEO") -> dict[str, Any]:
    return {
        "finding_id": finding_id,
        "detector": "proximity/1",
        "objects": (ASSET, OTHER),
        "start_utc": AS_OF,
        "end_utc": at(5),
        "base_rate": BaseRate(regime, 573, share),
        "confidence": Confidence.MODERATE,
        "confidence_because": "one element set of each object",
        "basis": ("ab12" * 16, "cd34" * 16),
        "reality": Reality.REAL,
    }


RARE = Interval(0.0167, 0.0247, 0.037)


def conjunction(finding_id: str = "c1", **changes: Any) -> Conjunction:
    fields = {
        **shared_fields(finding_id, Interval(0.0008, 0.0011, 0.0015), "LEO"),
        "objects": (25544, THIRD),
        "tca_utc": at(1.52),
        "miss_km": Interval(0.0, 1.3, 4.2),
        "speed_km_s": 12.34,
        "miss_rtn_km": (0.4, -1.1, 0.5),
        "at_window_edge": False,
    }
    return Conjunction(**{**fields, **changes})


def relative_track(points: int = 240) -> RelativeTrack:
    turns = [5 * i / max(1, points - 1) for i in range(points)]
    return RelativeTrack(
        times_utc=tuple(at(-1.5 + t) for t in turns),
        radial_km=tuple(18 * cos(2 * pi * t) for t in turns),
        in_track_km=tuple(70 - 9 * t - 36 * sin(2 * pi * t) for t in turns),
        cross_track_km=tuple(22 * sin(2 * pi * t + 0.7) for t in turns),
    )


def proximity(finding_id: str = "p1", **changes: Any) -> Proximity:
    fields = {
        **shared_fields(finding_id, RARE),
        "motion": ProximityMotion.APPROACH,
        "relation": Relation.UNRELATED,
        "range_km": Interval(31.2, 38.0, 49.9),
        "range_utc": at(2.2),
        "median_range_km": 61.0,
        "dwell_h": 77.0,
        "plane_angle_deg": 0.031,
        "drift_km_day": -9.1,
        "track": relative_track(),
    }
    return Proximity(**{**fields, **changes})


def longitude_track(points: int = 200) -> LongitudeTrack:
    days = [-10 + 15 * i / max(1, points - 1) for i in range(points)]
    neighbour = [62.0 + 0.09 * max(0.0, 1.0 - d) + 0.01 * sin(2 * pi * d) for d in days]
    asset = [62.0 + 0.02 * sin(2 * pi * d + 1) for d in days]
    return LongitudeTrack(
        times_utc=tuple(at(d) for d in days),
        asset_deg_east=tuple(asset),
        neighbour_deg_east=tuple(neighbour),
        range_km=tuple(
            70 + abs(a - b) * 735 + 8 * cos(2 * pi * d)
            for a, b, d in zip(asset, neighbour, days, strict=True)
        ),
    )


def geo_neighbour(finding_id: str = "g1", **changes: Any) -> GeoNeighbour:
    fields = {
        **shared_fields(finding_id, Interval(0.003, 0.006, 0.012)),
        "motion": GeoMotion.DRIFTS_IN,
        "relation": Relation.UNRELATED,
        "slot_deg_east": 62.0,
        "neighbour_deg_east": 62.09,
        "drift_deg_day": -0.09,
        "slot_half_width_deg": 0.15,
        "asset_drift_deg_day": 0.002,
        "range_km": Interval(62.3, 78.0, 93.6),
        "range_utc": at(1.4),
        "arrival_utc": at(0.9),
        "arrival_sigma_h": 6.0,
        "dwell_days": 4.1,
        "inclination_difference_deg": 0.03,
        "track": longitude_track(),
    }
    return GeoNeighbour(**{**fields, **changes})


def shadowing(finding_id: str = "s1", **changes: Any) -> Shadowing:
    fields = {
        **shared_fields(finding_id, Interval(0.0, 0.0, 0.0127), "LEO"),
        "start_utc": at(-60),
        "end_utc": AS_OF,
        "hold": PlaneHold.KEPT,
        "relation": Relation.UNRELATED,
        "plane_angle_deg": Interval(0.02, 0.04, 0.06),
        "node_drift_deg_day": 0.004,
        "free_drift_deg": 0.9,
        "axis_difference_km": -12.0,
        "range_km": Interval(95.0, 240.0, 410.0),
        "warning": (WarningBound(50.0, None), WarningBound(200.0, 0.4)),
        "track": PlaneTrack((at(-60), at(-30), AS_OF), (0.03, 0.05, 0.04), (0.03, 0.4, 0.9)),
    }
    return Shadowing(**{**fields, **changes})


def manoeuvre(finding_id: str = "m1", **changes: Any) -> Manoeuvre:
    fields = {
        **shared_fields(finding_id, Interval(0.01, 0.02, 0.03)),
        "objects": (OTHER,),
        "start_utc": at(-2.1),
        "end_utc": at(-1.6),
        "delta_v_m_s": Interval(1.1, 1.42, 1.8),
        "components_rtn_m_s": (0.1, 1.4, -0.05),
        "direction": BurnDirection.IN_TRACK,
        "p_value": 0.0004,
        "thrust": Thrust.IMPULSIVE,
        "burn_utc": at(-1.9),
        "burn_sigma_h": 2.0,
    }
    return Manoeuvre(**{**fields, **changes})


def anomaly(finding_id: str = "a1", **changes: Any) -> Anomaly:
    fields = {
        **shared_fields(finding_id, Interval(0.04, 0.05, 0.06), "LEO"),
        "objects": (THIRD,),
        "phenomenon": Phenomenon.ELEMENTS_OVERDUE,
        "age_days": 6.2,
        "usual_days": 0.8,
    }
    return Anomaly(**{**fields, **changes})


def candidate(norad_id: int = ASSET, probability: float = 0.6) -> ParentCandidate:
    miss = (0.4, -12.0, 0.1)
    return ParentCandidate(norad_id, probability, miss, Relation.SAME_LAUNCH, known_before=True)


def separation(finding_id: str = "s1", **changes: Any) -> Separation:
    fields = {
        **shared_fields(finding_id, Interval(0.0001, 0.0004, 0.001), "LEO"),
        "objects": (ASSET, THIRD),
        "candidates": (candidate(), candidate(OTHER, 0.3)),
        "relative_speed_m_s": Interval(0.2, 1.2, 2.2),
    }
    return Separation(**{**fields, **changes})


def breakup(finding_id: str = "b1", **changes: Any) -> Breakup:
    fields = {
        **shared_fields(finding_id, Interval(0.00001, 0.00004, 0.0001), "LEO"),
        "objects": (ASSET,),
        "event_utc": at(2.1),
        "event_by_pieces_utc": at(2.1),
        "event_sigma_s": 3000.0,
        "is_resolved": True,
        "pieces": 3,
        "candidates": (candidate(),),
        "altitude_km": 812.0,
        "latitude_deg": -41.3,
        "pinch_km": (0.8, 0.5),
        "spread_rtn_m_s": (31.0, 24.0, 18.0),
        "posigrade_share": Interval(0.3, 0.6, 0.8),
        "energy": EnergyClass.MODERATE,
        "energy_j_per_g": 0.41,
        "cloud": FragmentCloud(
            (70001, 70002, 70003), (99.0, 101.0, 104.0), (800.0, 910.0, 1150.0),
            (640.0, 790.0, 805.0), ((-30.0, -40.0, 5.0), (12.0, 3.0, -9.0), (25.0, 60.0, 20.0)),
        ),
    }  # fmt: skip
    return Breakup(**{**fields, **changes})


def pattern_change(finding_id: str = "h1", **changes: Any) -> PatternChange:
    fields = {
        **shared_fields(finding_id, RARE),
        "objects": (OTHER,),
        "shift": PatternShift.BURN_OVERDUE,
        "aspect": Aspect.EAST_WEST,
        "before": Mode.CHEMICAL_KEEPING,
        "after": Mode.NOT_KEPT,
        "surprise": 0.0004,
        "false_discovery_share": 0.03,
        "compared": 573,
        "observed_days": 31.5,
        "usual_days": Interval(11.0, 14.2, 18.4),
    }
    return PatternChange(**{**fields, **changes})


def decay(finding_id: str = "y1", **changes: Any) -> Decay:
    fields = {
        **shared_fields(finding_id, RARE, "LEO"),
        "objects": (THIRD,),
        "start_utc": at(5.5),
        "end_utc": at(10.2),
        "reentry_utc": at(7.5),
        "perigee_km": 203.4,
        "apogee_km": 221.9,
        "sinking_km_day": 4.37,
    }
    return Decay(**{**fields, **changes})


def flights() -> list[Interference]:
    """Return areas that single flights told of: each sort of positions, and a bare one."""
    seen = AircraftEvidence(
        step_s=900.0,
        onset_utc=at(-1.2),
        last_utc=at(-1.1),
        ends_open=False,
        aircraft_seen=51,
        aircraft_low=9,
        aircraft_displaced=28,
        aircraft_bracketed=33,
        positions=PositionCheck.MIXED,
        positions_checked=37,
        shown_deg=(33.8, 35.5),
        shown_within_km=2.3,
        heights=(HeightShare(0.0, 3000.0, 4, 1), HeightShare(12000.0, None, 3, 5)),
        lowest_m=2400.0,
        emitter_area_km2=41_000.0,
    )
    by_positions = [
        interference(f"f-{p.name}", aircraft=replace(seen, positions=p)) for p in PositionCheck
    ]
    bare = replace(
        seen, positions=PositionCheck.NOT_TOLD, shown_deg=None, shown_within_km=None,
        ends_open=True, lowest_m=None, emitter_area_km2=None,
    )  # fmt: skip
    none = BaseRate.counted("CELL_STEPS", 0, 0)
    return [
        *by_positions,
        interference("f-bare", aircraft=bare, emitter_within_km=None, base_rate=none),
        interference("f-rate", aircraft=seen, base_rate=BaseRate.counted("CELL_STEPS", 1, 900)),
    ]


def interference(finding_id: str = "i1", **changes: Any) -> Interference:
    fields = {
        **shared_fields(finding_id, Interval(0.0, 0.0, 0.007), "CELL_DAYS"),
        "objects": (),
        "disturbance": Disturbance.LOW_INTEGRITY,
        "persistence": Persistence.NEW,
        "area_key": "8426c87ffffffff/2025-03-02",
        "cells": ("8426c87ffffffff", "8426c81ffffffff", "8426c85ffffffff"),
        "latitude_deg": 32.6,
        "longitude_deg": -96.8,
        "radius_km": 40.0,
        "area_km2": 5400.0,
        "peak_day_utc": date(2025, 3, 2),
        "good": 410,
        "bad": 37,
        "share": Interval(0.05, 0.076, 0.11),
        "usual_share": Interval(0.0, 0.0002, 0.003),
        "days": (
            DisturbedDay(date(2025, 3, 1), 420, 0, 3, 0),
            DisturbedDay(date(2025, 3, 2), 410, 37, 3, 3),
        ),
        "emitter_within_km": 450.0,
        "emitter_height_m": 0.0,
    }
    return Interference(**{**fields, **changes})


def report(finding_id: str = "o1", **changes: Any) -> OperatorReport:
    fields = {
        **shared_fields(finding_id, NOT_COUNTED.share),
        "detector": "operator_reports/1",
        "base_rate": NOT_COUNTED,
        "confidence_because": "stated, not measured; graded B2",
        "statement": Statement.LINK_INTERFERENCE,
        "source": "Example <Operator>",
        "source_chain": "Example Operator",
        "grade": Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE),
        "text": "Two transponders were disturbed & came back.",
        "reference": "ticket 4711",
        "known_utc": at(0.1),
    }
    return OperatorReport(**{**fields, **changes})


def docked(finding_id: str = "d1", **changes: Any) -> Proximity:
    fields: dict[str, Any] = {
        "objects": (25544, 41469),
        "motion": ProximityMotion.DOCKED,
        "relation": Relation.DOCKED,
        "range_km": Interval(0.0, 0.0, 0.0),
        "base_rate": BaseRate("LEO", 2492, Interval(0.18, 0.2, 0.22)),
    }
    return proximity(finding_id, **{**fields, **changes})


def incident(*findings: AnyFinding, attention: Attention, **changes: Any) -> Incident:
    rarest = findings[0]
    fields = {
        "incident_id": f"INC-{rarest.finding_id}",
        "direction": Direction.WITHIN,
        "assets": rarest.objects[:1],
        "others": rarest.objects[1:],
        "finding_ids": tuple(f.finding_id for f in findings),
        "start_utc": min(f.start_utc for f in findings),
        "end_utc": max(f.end_utc for f in findings),
        "rarity": rarest.base_rate.share,
        "confidence": rarest.confidence,
        "attention": attention,
        "next_step": NextStep.ASK_FOR_OBSERVATION,
        "reality": rarest.reality,
    }
    return Incident(**{**fields, **changes})


def coverage(**changes: Any) -> Coverage:
    fields = {
        "objects": 27_012,
        "left_out": 3,
        "not_propagated": 143,
        "element_age_days_median": 0.61,
        "element_age_days_p90": 2.3,
        "older_than_five_days": 812,
        "element_age_histogram": (
            (0.0, 0.5, 11_203),
            (0.5, 1.0, 9_020),
            (1.0, 2.0, 4_100),
            (2.0, 5.0, 1_877),
            (5.0, 10.0, 610),
            (10.0, float("inf"), 202),
        ),
        "assets": (
            AssetCoverage(ASSET, 0.4, 2.1),
            AssetCoverage(25544, 0.9, 1.4),
            AssetCoverage(THIRD, None, None),
        ),
        "element_sets": 27_012,
    }
    return Coverage(**{**fields, **changes})


def board(incidents: list[Incident], findings: list[AnyFinding], **changes: Any) -> WatchBoard:
    fields = {
        "as_of_utc": AS_OF,
        "days_ahead": 7.0,
        "assets": (Asset(ASSET), Asset(25544), Asset(THIRD)),
        "incidents": tuple(incidents),
        "findings": tuple(findings),
        "coverage": coverage(),
        "runs": (DetectorRun("proximity/1", 2), DetectorRun("conjunction/1", 31)),
        "provenances": (Provenance("catalogue.3le.gz", "0123456789abcdef" * 4),),
        "reality": Reality.REAL,
        "names": NAMES,
    }
    return WatchBoard(**{**fields, **changes})


def reception(finding_id: str = "x1", **changes: Any) -> ReceiverInterference:
    course = tuple(
        ReceptionPoint(AS_OF - timedelta(minutes=30 - k), 43.0 - 12.0 * (5 <= k < 15), 5 <= k < 15)
        for k in range(20)
    )
    fields = {
        "finding_id": finding_id,
        "detector": "receivers/1",
        "objects": (ASSET,),
        "start_utc": AS_OF - timedelta(minutes=25),
        "end_utc": AS_OF - timedelta(minutes=15),
        "base_rate": BaseRate.counted("RECEIVER_TIME", 0, 900),
        "confidence": Confidence.MODERATE,
        "confidence_because": "noise or gain control rose; C/N0 fell",
        "basis": ("d1", "d2"),
        "reality": Reality.REAL,
        "receiver": "transponder 3",
        "link": Link.UPLINK,
        "band": "Ku",
        "polarisation": Polarisation.HORIZONTAL,
        "bearing": Bearing.NOT_STATED,
        "reception": Reception.ALL_FELL,
        "leading": Quantity.CN0,
        "depth": Interval(-13.0, -12.0, -11.0),
        "changes": (
            QuantityChange(Quantity.CN0, 43.0, 0.7, Interval(30.0, 31.0, 32.0), 20),
            QuantityChange(Quantity.NOISE_FLOOR, -100.0, 0.3, Interval(-89.0, -88.0, -87.0), 20),
        ),
        "fallen": (),
        "tracked_before": 0,
        "lost_share": 0.0,
        "rise_s": 30.0,
        "goes_on": False,
        "course": course,
        "quiet_h": 30.0,
    }
    return ReceiverInterference(**{**fields, **changes})


ELLIPSE = LocatedEllipse(
    latitude_deg=48.0, longitude_deg=8.0, semi_major_km=27.8, semi_minor_km=0.9, azimuth_deg=12.0
)
RING = ((47.8, 7.9), (47.8, 8.1), (48.2, 8.1), (48.2, 7.9))


def located_area(**changes: Any) -> LocatedArea:
    fields = {
        "ring_deg": RING,
        "ellipse": ELLIPSE,
        "area_km2": 78.6,
        "length_km": 55.6,
        "chi_square": 7.1,
        "chance": 0.31,
        "lowest_elevation_deg": 31.0,
        "warnings": (),
    }
    return LocatedArea(**{**fields, **changes})


def emitter(finding_id: str = "e1", **changes: Any) -> EmitterInterference:
    fields = {
        "finding_id": finding_id,
        "detector": "emitters/1",
        "objects": (ASSET,),
        "start_utc": AS_OF - timedelta(minutes=25),
        "end_utc": AS_OF - timedelta(minutes=15),
        "base_rate": BaseRate.counted("HEARD_SIGNALS", 0, 0),
        "confidence": Confidence.HIGH,
        "confidence_because": "4 differences, 8 of reference emitters",
        "basis": ("d1",),
        "reality": Reality.REAL,
        "signal": "carrier 7",
        "areas": (located_area(),),
        "carrier_hz": 14.0e9,
        "receivers": ("transponder 3",),
        "link": Link.UPLINK,
        "band": "Ku",
        "polarisation": Polarisation.HORIZONTAL,
        "bearing": Bearing.NOT_STATED,
        "tdoa": 2,
        "fdoa": 2,
        "references": ("R1", "R2"),
        "of_references": 8,
        "refused": 0,
        "satellites": (
            StateSource("A", "ephemeris", None, 0.3),
            StateSource("B", "element sets", 0.4, 2.1),
        ),
        "height_m": 0.0,
        "height_sigma_m": 200.0,
        "longest_km": 100.0,
        "excluded": 0,
        "hidden": 0,
    }
    return EmitterInterference(**{**fields, **changes})


BENT = located_area(ellipse=None, warnings=tuple(GeometryWarning), area_km2=9e4, length_km=1_264.0)


def every_kind() -> list[AnyFinding]:
    """One finding of every kind and of every value of its enumerations."""
    by_motion = [proximity(f"p-{m.name}", motion=m) for m in ProximityMotion]
    by_relation = [proximity(f"pr-{r.name}", relation=r) for r in Relation]
    by_geo = [geo_neighbour(f"g-{m.name}", motion=m) for m in GeoMotion]
    by_geo_relation = [geo_neighbour(f"gr-{r.name}", relation=r) for r in Relation]
    by_hold = [shadowing(f"s-{h.name}", hold=h) for h in PlaneHold]
    young = shadowing("s-young", free_drift_deg=None, track=PlaneTrack((), (), ()))
    by_burn = [manoeuvre(f"m-{d.name}", direction=d) for d in BurnDirection]
    by_shift = [
        pattern_change(f"h-{s.name}-{a.name}", shift=s, aspect=a)
        for s in PatternShift
        for a in Aspect
    ]
    changed = pattern_change(
        "h-bare", shift=PatternShift.MODE_CHANGED, observed_days=None, usual_days=None
    )
    by_phenomenon = [anomaly(f"a-{p.name}", phenomenon=p) for p in Phenomenon]
    parted = [
        separation(),
        separation("s2", objects=(ASSET, THIRD, THIRD + 1)),
        *(breakup(f"b-{e.name}", energy=e) for e in EnergyClass),
        breakup("b-loose", is_resolved=False, candidates=(), latitude_deg=41.3),
    ]
    sure = [conjunction(f"c-{c.name}", confidence=c) for c in Confidence]
    lost = [
        *(interference(f"i-{p.name}", persistence=p) for p in Persistence),
        *(interference(f"i-{d.name}", disturbance=d) for d in Disturbance),
        interference("i-risen", rise=Rise(date(2025, 2, 20), 0.13, 0.27)),
        interference(
            "i-bare", usual_share=None, emitter_within_km=None, emitter_height_m=750.0,
            base_rate=BaseRate.counted("CELL_DAYS", 0, 0),
        ),
        *flights(),
    ]  # fmt: skip
    heard: list[AnyFinding] = [
        *(reception(f"x-{r.name}", reception=r, fallen=("G05",)) for r in Reception),
        *(reception(f"x-{link.name}", link=link) for link in Link),
        *(reception(f"x-{q.name}", leading=q) for q in Quantity),
        reception(
            "x-bare", objects=(), band="", polarisation=Polarisation.NOT_STATED, changes=(),
            course=(), goes_on=True, tracked_before=8, fallen=("G05", "G07"),
            base_rate=BaseRate.counted("RECEIVER_TIME", 0, 0),
        ),
    ]  # fmt: skip
    heard += [
        *(emitter(f"e-{link.name}", link=link) for link in Link),
        emitter("e-bent", areas=(BENT,), confidence=Confidence.MODERATE, refused=2),
        emitter("e-mirror", areas=(located_area(chance=None), BENT), refused=1),
        emitter(
            "e-bare", objects=(), signal="", carrier_hz=None, receivers=(), link=None, band="",
            polarisation=Polarisation.NOT_STATED, references=(), of_references=0,
        ),
    ]  # fmt: skip
    edge = conjunction("c-edge", at_window_edge=True)
    stated = [report(f"o-{s.name}", statement=s) for s in Statement]
    grades = [
        report(f"o-{r.name}-{c.name}", grade=Grade(r, c)) for r in Reliability for c in Credibility
    ]
    about = [
        report("o-area", objects=(), end_utc=AS_OF, reference=""),
        report("o-many", objects=(ASSET, OTHER, THIRD, 25544, 41469)),
    ]
    bare = geo_neighbour("g-bare", arrival_utc=None, arrival_sigma_h=None)
    return [
        *by_motion,
        *by_relation,
        *by_geo,
        *by_geo_relation,
        *by_hold,
        young,
        *by_burn,
        *by_shift,
        changed,
        decay(),
        *by_phenomenon,
        *parted,
        *sure,
        *lost,
        *heard,
        *stated,
        *grades,
        *about,
        edge,
        bare,
    ]


def story_board(**changes: Any) -> WatchBoard:
    """A board with one incident of each attention and a failed detector."""
    together = [geo_neighbour(), proximity(), manoeuvre()]
    passes = [
        conjunction(f"c{i}", tca_utc=at(0.3 + 6.5 * i / 30), miss_km=miss_interval(i))
        for i in range(30)
    ]
    overdue, pair = anomaly(), docked()
    incidents = [
        incident(*together, attention=Attention.LOOK),
        incident(*passes[:3], attention=Attention.WATCH, next_step=NextStep.USE_OWN_EPHEMERIS),
        incident(overdue, attention=Attention.WATCH, next_step=NextStep.WAIT_FOR_ELEMENTS),
        *(
            incident(p, attention=Attention.LOG, next_step=NextStep.KEEP_WATCHING)
            for p in passes[3:]
        ),
        incident(pair, attention=Attention.LOG, next_step=NextStep.KEEP_WATCHING),
    ]
    failed = DetectorRun("manoeuvre/1", 0, "no history at hand")
    runs = (DetectorRun("proximity/1", 2), DetectorRun("conjunction/1", 31), failed)
    findings = [*together, *passes, overdue, pair]
    return replace(board(incidents, findings, runs=runs), **changes)


def miss_interval(i: int) -> Interval:
    best = 0.8 + (i * 37 % 29) * 1.1
    return Interval(max(0.0, best - 3.0), best, best + 3.4)


class Boards:
    """The builders, for tests (modules of tests do not import one another)."""

    as_of = AS_OF
    asset, other, third, names = ASSET, OTHER, THIRD, NAMES
    at = staticmethod(at)
    board, story, coverage = map(staticmethod, (board, story_board, coverage))
    reception, emitter, bent = staticmethod(reception), staticmethod(emitter), BENT
    incident, every_kind = staticmethod(incident), staticmethod(every_kind)
    conjunction, proximity, docked = map(staticmethod, (conjunction, proximity, docked))
    geo_neighbour, manoeuvre, anomaly = map(staticmethod, (geo_neighbour, manoeuvre, anomaly))
    shadowing, report = staticmethod(shadowing), staticmethod(report)
    pattern_change, decay = staticmethod(pattern_change), staticmethod(decay)
    relative_track, longitude_track = staticmethod(relative_track), staticmethod(longitude_track)


@pytest.fixture(scope="session")
def boards() -> type[Boards]:
    return Boards
