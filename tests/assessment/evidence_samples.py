"""Made findings of every kind, incidents of them, and reports, for the tests of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from hoshimori.model.aircraft_evidence import AircraftEvidence, PositionCheck
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.breakup_causes import Cause, CauseKind, Evidence, Sign
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    Arrival,
    BaseRate,
    Breakup,
    BurnDirection,
    Company,
    CompanyKind,
    Confidence,
    Conjunction,
    Decay,
    Disturbance,
    EmitterInterference,
    EnergyClass,
    FragmentCloud,
    GeoMotion,
    GeoNeighbour,
    Interference,
    Interval,
    LocatedArea,
    LongitudeTrack,
    Manoeuvre,
    OperatorReport,
    PatternChange,
    PatternShift,
    Persistence,
    Phenomenon,
    PlaneHold,
    PlaneTrack,
    Proximity,
    ProximityMotion,
    ReceiverInterference,
    Reception,
    Relation,
    RelativeTrack,
    Separation,
    Shadowing,
    Thrust,
)
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.pattern import Aspect, Mode
from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation, Quantity
from hoshimori.model.reports import Credibility, Grade, Reliability, Statement
from hoshimori.numerics.hexagons import cell_of_text, centres_deg

DAY_0 = datetime(2025, 3, 3, tzinfo=UTC)
ASSET, OTHER = 101, 202
SPAN = Interval(1.0, 2.0, 4.0)
DALLAS = ("8426c87ffffffff", "8426c81ffffffff", "8426c85ffffffff")
"""Cells of the H3 grid side by side."""
FLIGHTS = AircraftEvidence(
    step_s=900.0, onset_utc=DAY_0, last_utc=DAY_0 + timedelta(hours=3), ends_open=False,
    aircraft_seen=51, aircraft_low=9, aircraft_displaced=0, aircraft_bracketed=8,
    positions=PositionCheck.PLAUSIBLE, positions_checked=9, shown_deg=None, shown_within_km=None,
    heights=(), lowest_m=2400.0, emitter_area_km2=None,
)  # fmt: skip
GOOD = Grade(Reliability.COMPLETELY, Credibility.PROBABLY_TRUE)


def at(day: float) -> datetime:
    return DAY_0 + timedelta(days=day)


def shared(name: str, objects: tuple[int, ...] = (ASSET, OTHER), **more: Any) -> dict[str, Any]:
    return {
        "finding_id": name,
        "detector": "made/1",
        "objects": objects,
        "start_utc": at(0),
        "end_utc": at(1),
        "base_rate": BaseRate("LEO", 1000, Interval(0.01, 0.02, 0.03)),
        "confidence": Confidence.MODERATE,
        "confidence_because": "made",
        "basis": ("a",),
        "reality": Reality.SIMULATED,
    } | more


def passing(speed_km_s: float = 10.0, relation: Relation = Relation.UNRELATED, **more: Any) -> Any:
    return Conjunction(
        **shared("pass", **more),
        tca_utc=at(0.5),
        miss_km=SPAN,
        speed_km_s=speed_km_s,
        miss_rtn_km=(1.0, 0.0, 0.0),
        at_window_edge=False,
        relation=relation,
    )


def company(
    kind: CompanyKind, arrival: Arrival = Arrival.NOT_TOLD, slots_before: int | None = None
) -> Company:
    return Company(
        objects=(ASSET, OTHER),
        kind=kind,
        arrival=arrival,
        slots_before=slots_before,
        visit=1,
        visits=2,
        began_after_utc=None,
        seen_from_utc=at(0),
        seen_until_utc=at(1),
        ended_before_utc=None,
        dwell_days=SPAN,
        looks=4,
        longest_gap_days=1.0,
        mean_deg_east=100.0,
        separation_deg=0.1,
        closest_km=SPAN,
        closest_utc=at(0.5),
        farthest_km=50.0,
        plane_angle_deg=0.1,
        alike_looks=0,
        identical_looks=0,
        base_rate=BaseRate("GEO", 500, Interval(0.005, 0.01, 0.02)),
    )


def beside(
    motion: ProximityMotion = ProximityMotion.STAY,
    relation: Relation = Relation.UNRELATED,
    together: Company | None = None,
    **more: Any,
) -> Any:
    return Proximity(
        **shared("beside", **more),
        motion=motion,
        relation=relation,
        range_km=SPAN,
        range_utc=at(0.5),
        median_range_km=3.0,
        dwell_h=30.0,
        plane_angle_deg=0.1,
        drift_km_day=0.0,
        track=RelativeTrack((), (), (), ()),
        company=together,
    )


def neighbour(
    motion: GeoMotion = GeoMotion.STAYS,
    relation: Relation = Relation.UNRELATED,
    drift_deg_day: float = 0.0,
    asset_drift_deg_day: float = 0.0,
    **more: Any,
) -> Any:
    return GeoNeighbour(
        **shared("neighbour", **more),
        motion=motion,
        relation=relation,
        slot_deg_east=100.0,
        neighbour_deg_east=100.1,
        slot_half_width_deg=0.1,
        drift_deg_day=drift_deg_day,
        asset_drift_deg_day=asset_drift_deg_day,
        range_km=SPAN,
        range_utc=at(0.5),
        arrival_utc=None,
        arrival_sigma_h=None,
        dwell_days=3.0,
        inclination_difference_deg=0.1,
        track=LongitudeTrack((), (), (), ()),
    )


def shadowing(
    hold: PlaneHold = PlaneHold.MATCHED, relation: Relation = Relation.UNRELATED, **more: Any
) -> Any:
    return Shadowing(
        **shared("plane", **more),
        hold=hold,
        relation=relation,
        plane_angle_deg=SPAN,
        node_drift_deg_day=0.0,
        free_drift_deg=None,
        axis_difference_km=3.0,
        range_km=SPAN,
        warning=(),
        track=PlaneTrack((), (), ()),
    )


def burn(norad_id: int = ASSET, **more: Any) -> Any:
    return Manoeuvre(
        **shared(f"burn-{norad_id}", (norad_id,), **more),
        delta_v_m_s=SPAN,
        components_rtn_m_s=(0.0, 2.0, 0.0),
        direction=BurnDirection.IN_TRACK,
        p_value=0.001,
        thrust=Thrust.IMPULSIVE,
        burn_utc=at(0.5),
        burn_sigma_h=2.0,
    )


def pattern() -> Any:
    return PatternChange(
        **shared("pattern", (ASSET,)),
        shift=PatternShift.BURN_OVERDUE,
        aspect=next(iter(Aspect)),
        before=next(iter(Mode)),
        after=next(iter(Mode)),
        surprise=0.01,
        false_discovery_share=0.1,
        compared=100,
        observed_days=30.0,
        usual_days=SPAN,
    )


def parting(speed_m_s: Interval = SPAN) -> Any:
    return Separation(
        **shared("parting", (ASSET, 303)), candidates=(), relative_speed_m_s=speed_m_s
    )


def breakup(pieces: int = 3) -> Any:
    some = (1.0,) * pieces
    ids = tuple(range(900, 900 + pieces))
    cloud = FragmentCloud(ids, some, some, some, ((0.0, 0.0, 0.0),) * pieces)
    return Breakup(
        **shared("breakup", (ASSET,)),
        event_utc=at(0.5),
        event_by_pieces_utc=at(0.5),
        event_sigma_s=600.0,
        is_resolved=True,
        pieces=pieces,
        candidates=(),
        altitude_km=500.0,
        latitude_deg=70.0,
        pinch_km=(1.0, 1.0),
        spread_rtn_m_s=(1.0, 1.0, 1.0),
        posigrade_share=Interval(0.4, 0.5, 0.6),
        energy=EnergyClass.HIGH,
        energy_j_per_g=2.0,
        cloud=cloud,
    )


def decay() -> Any:
    return Decay(
        **shared("decay", (ASSET,)),
        reentry_utc=at(0.5),
        perigee_km=130.0,
        apogee_km=150.0,
        sinking_km_day=20.0,
    )


def silence(phenomenon: Phenomenon = Phenomenon.ELEMENTS_OVERDUE) -> Any:
    return Anomaly(
        **shared("silence", (ASSET,)), phenomenon=phenomenon, age_days=9.0, usual_days=1.0
    )


def area(
    persistence: Persistence = Persistence.NEW,
    disturbance: Disturbance = Disturbance.LOW_INTEGRITY,
) -> Any:
    return Interference(
        **shared("area", ()),
        disturbance=disturbance,
        persistence=persistence,
        area_key="a",
        cells=("8428309ffffffff",),
        latitude_deg=32.0,
        longitude_deg=-97.0,
        radius_km=100.0,
        area_km2=1e4,
        peak_day_utc=date(2025, 3, 3),
        good=10,
        bad=20,
        share=Interval(0.5, 0.6, 0.7),
        usual_share=None,
        days=(),
        emitter_within_km=None,
        emitter_height_m=0.0,
    )


def reception(
    kind: Reception = Reception.ALL_FELL,
    link: Link = Link.UPLINK,
    objects: tuple[int, ...] = (ASSET,),
    receiver: str = "transponder 3",
    **more: Any,
) -> Any:
    given = {"bearing": more.pop("bearing", Bearing.NOT_STATED)}
    return ReceiverInterference(
        **shared(more.pop("name", f"reception-{kind.name}"), objects, **more),
        **given,
        receiver=receiver,
        link=link,
        band="Ku",
        polarisation=Polarisation.HORIZONTAL,
        reception=kind,
        leading=Quantity.CN0,
        depth=Interval(-12.0, -11.0, -10.0),
        changes=(),
        fallen=(),
        tracked_before=0,
        lost_share=None,
        rise_s=10.0,
        goes_on=False,
        course=(),
        quiet_h=30.0,
    )


RING = ((32.5, -97.5), (32.5, -96.5), (33.5, -96.5), (33.5, -97.5))


def emitter(
    objects: tuple[int, ...] = (ASSET,),
    receivers: tuple[str, ...] = (),
    link: Link | None = Link.UPLINK,
    band: str = "Ku",
    **more: Any,
) -> Any:
    given = {
        "bearing": more.pop("bearing", Bearing.NOT_STATED),
        "carrier_hz": more.pop("carrier_hz", 14.0e9),
        "signal": more.pop("signal", "carrier 7"),
    }
    base = BaseRate.counted("HEARD_SIGNALS", 0, 0)
    area = LocatedArea(
        ring_deg=more.pop("ring", RING),
        ellipse=None,
        area_km2=1e4,
        length_km=145.0,
        chi_square=3.0,
        chance=0.5,
        lowest_elevation_deg=30.0,
        warnings=(),
    )
    return EmitterInterference(
        **shared(more.pop("name", "emitter"), objects, **{"base_rate": base} | more),
        **given,
        areas=(area,),
        receivers=receivers,
        link=link,
        band=band,
        polarisation=Polarisation.NOT_STATED,
        tdoa=2,
        fdoa=2,
        references=(),
        of_references=0,
        refused=0,
        satellites=(),
        height_m=0.0,
        height_sigma_m=200.0,
        longest_km=100.0,
        excluded=0,
        hidden=0,
    )


def report(statement: Statement, source: str = "operator", **more: Any) -> Any:
    given = {"source_chain": source, "grade": GOOD, "text": "as said", "known_utc": at(1)} | {
        k: more.pop(k) for k in ("grade", "text", "marking") if k in more
    }
    name = f"report-{statement.name}-{source}"
    return OperatorReport(**shared(name, **more), statement=statement, source=source, **given)


def cause_with(*signs: Sign) -> Cause:
    return Cause(CauseKind.EXPLOSION, tuple(Evidence(s, {"number": 1.0}) for s in signs), ())


def incident_of(findings: Sequence[AnyFinding], **more: Any) -> Incident:
    objects = {o for f in findings for o in f.objects}
    fields: dict[str, Any] = {
        "incident_id": "INC-0000000001",
        "direction": Direction.TO,
        "assets": (ASSET,) if ASSET in objects else (),
        "others": tuple(sorted(objects - {ASSET})),
        "finding_ids": tuple(f.finding_id for f in findings),
        "start_utc": at(0),
        "end_utc": at(1),
        "rarity": Interval(0.01, 0.02, 0.03),
        "confidence": Confidence.MODERATE,
        "attention": Attention.WATCH,
        "next_step": NextStep.KEEP_WATCHING,
        "reality": Reality.SIMULATED,
    }
    return Incident(**(fields | more))


def checks(
    *, evaluated: bool = True, speaks_for: tuple[str, ...] = (), sentence: str = "made"
) -> tuple[NaturalCheck, ...]:
    names = ("geomagnetic_storm", "eclipse", "debris_strike", "sun_outage", "data_artefact")
    return tuple(
        NaturalCheck(name, evaluated, evaluated and name in speaks_for, {"sentence": sentence})
        for name in names
    )


def everything() -> tuple[AnyFinding, ...]:
    """Return one finding of every kind."""
    return (
        passing(),
        beside(),
        neighbour(),
        shadowing(),
        burn(),
        pattern(),
        parting(),
        breakup(),
        decay(),
        silence(),
        area(),
        reception(),
        report(Statement.SERVICE_KEPT),
    )


def disturbed_area(
    name: str = "maps", cells: tuple[str, ...] = DALLAS, *, flights: bool = False, **more: Any
) -> Any:
    """Return an area of lost navigation over some cells, of maps or of flights."""
    middles = centres_deg(np.array([cell_of_text(cell) for cell in cells], dtype=np.uint64))
    fields = {
        **shared(name, (), **more),
        "disturbance": Disturbance.LOW_INTEGRITY,
        "persistence": Persistence.NEW,
        "area_key": f"area of {name}",
        "cells": cells,
        "latitude_deg": float(middles[:, 0].mean()),
        "longitude_deg": float(middles[:, 1].mean()),
        "radius_km": 40.0,
        "area_km2": 5400.0,
        "peak_day_utc": DAY_0.date(),
        "good": 410,
        "bad": 37,
        "share": Interval(0.05, 0.076, 0.11),
        "usual_share": None,
        "days": (),
        "emitter_within_km": 420.0,
        "emitter_height_m": 0.0,
        "aircraft": FLIGHTS if flights else None,
    }
    return Interference(**(fields | more))
