"""Made reports of aircraft with known truth: flights, faulty receivers, planted emitters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from hoshimori.model.aircraft_reports import AircraftReports, Emitter, joined_reports
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.aircraft_tracks import heard_from_km
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import Bools, distances_km

_SOURCE = "made traffic"
_START = np.datetime64("2026-03-01T00:00", "ms")
_KM_PER_DEG = 111.195
_AIRWAYS = 12
FIRST_ADDRESS = 0x100000


class Effect(Enum):
    """What an emitter does to receivers in reach."""

    DROWNS = "drowns"
    """They lose the signals: integrity falls."""
    DISPLACES = "displaces"
    """They follow false signals: positions are wrong, integrity mostly good."""


@dataclass(frozen=True, slots=True)
class PlantedEmitter:
    """One emitter, what it does and to whom."""

    latitude_deg: float
    longitude_deg: float
    reach_km: float
    """Farther away it is too weak, whatever the line of sight."""
    from_s: float
    """After the start of the traffic."""
    until_s: float
    effect: Effect = Effect.DROWNS
    susceptible: float = 0.8
    """Share of aircraft whose receivers are disturbed."""
    antenna_m: float = 10.0
    shown_deg: tuple[float, float] = (0.0, 0.0)
    """Where displaced aircraft believe they are."""


@dataclass(frozen=True, slots=True)
class MadeTraffic:
    """Where, how long and how busy made traffic is, and how its receivers fail by themselves."""

    latitude_deg: float = 50.0
    longitude_deg: float = 15.0
    half_width_km: float = 300.0
    start_utc: np.datetime64 = _START
    hours: float = 6.0
    flights_an_hour: float = 150.0
    report_every_s: float = 15.0
    low_share: float = 0.2
    """Of flights that stay between 1 and 5 km."""
    always_low: float = 0.01
    """Of aircraft whose integrity is never good."""
    flapping: float = 0.003
    """Of aircraft whose integrity comes and goes."""
    glitches_an_hour: float = 0.01
    """Of every aircraft: short losses by itself. With the flapping ones several times what quiet
    regions of daily maps show."""
    version_0: float = 0.05
    wrong_positions: float = 1e-4
    """Of reports: positions that are decoded wrongly, one at a time."""
    planted: tuple[PlantedEmitter, ...] = ()


def aircraft_traffic(traffic: MadeTraffic, random: np.random.Generator) -> AircraftReports:
    """Return reports of made flights, marked SIMULATED, in the order of aircraft and time."""
    count = int(random.poisson(traffic.flights_an_hour * traffic.hours))
    airways = random.uniform(0.0, 2.0 * np.pi, (_AIRWAYS, 2))
    flights = [_flight(traffic, k, airways, random) for k in range(count)]
    kept = [one for one in flights if one is not None]
    if not kept:
        return _reports(traffic, 0, np.zeros(0), np.zeros((0, 2)), np.zeros(0), np.zeros(0))
    return joined_reports([replace(kept[0], provenances=kept[0].provenances), *kept[1:]])


def _flight(
    traffic: MadeTraffic, number: int, airways: Floats, random: np.random.Generator
) -> AircraftReports | None:
    """Return the reports of one flight across the place, disturbed as its receiver would be."""
    half = traffic.half_width_km
    low = random.random() < traffic.low_share
    speed = random.uniform(0.10, 0.15) if low else random.uniform(0.20, 0.25)
    height = random.uniform(1_000.0, 5_000.0) if low else random.uniform(9_000.0, 12_000.0)
    begins, ends = (
        airways[int(random.integers(_AIRWAYS))]
        if random.random() < 0.5
        else random.uniform(0.0, 2.0 * np.pi, 2)
    )
    aside = random.normal(0.0, 3.0, 2)
    first = half * np.array([np.cos(begins), np.sin(begins)]) + aside
    last = half * np.array([np.cos(ends), np.sin(ends)]) + aside
    length = float(np.hypot(*(last - first)))
    start = random.uniform(-3600.0, traffic.hours * 3600.0)
    time = start + np.arange(0.0, length / speed, traffic.report_every_s)
    time = time + random.uniform(-0.5, 0.5, len(time))
    inside = (time >= 0.0) & (time < traffic.hours * 3600.0)
    if np.count_nonzero(inside) < 2:
        return None
    along = ((time - start) * speed / length)[inside]
    time = time[inside]
    plane = first + along[:, None] * (last - first)
    place = _degrees(traffic, plane)
    heights = np.full(len(time), height)
    reports = _reports(traffic, number, time, place, heights, np.full(len(time), 1e3 * speed))
    nic = np.full(len(time), int(random.integers(8, 11)))
    nic[_by_itself(traffic, time, random)] = 0
    told = place.copy()
    lost = np.zeros(len(time), dtype=np.bool_)
    for emitter in traffic.planted:
        hit = _hit(emitter, time, place, heights) & (random.random() < emitter.susceptible)
        if hit.any():
            lost |= _disturb(emitter, time, hit, nic, told, random)
    wrong = random.random(len(time)) < traffic.wrong_positions
    told[wrong] += random.uniform(-5.0, 5.0, (int(wrong.sum()), 2))
    version = 0 if random.random() < traffic.version_0 else 2
    nacp = np.where(nic >= 7, 9, np.maximum(nic - 1, 0))
    return replace(
        reports,
        latitude_deg=told[:, 0],
        longitude_deg=told[:, 1],
        nic=nic.astype(np.int8),
        nacp=nacp.astype(np.int8),
        version=np.full(len(time), version, dtype=np.int8),
    ).take(~lost)


def _reports(
    traffic: MadeTraffic, number: int, time: Floats, place: Floats, height: Floats, speed: Floats
) -> AircraftReports:
    count = len(time)
    return AircraftReports(
        address=np.full(count, FIRST_ADDRESS + number, dtype=np.uint32),
        time_utc=traffic.start_utc + np.round(1e3 * time).astype(np.int64),
        latitude_deg=place[:, 0],
        longitude_deg=place[:, 1],
        altitude_m=height.astype(np.float32),
        speed_m_s=speed.astype(np.float32),
        track_deg=np.full(count, np.nan, dtype=np.float32),
        nic=np.zeros(count, np.int8),
        nacp=np.zeros(count, np.int8),
        version=np.zeros(count, np.int8),
        emitter=np.full(count, Emitter.AIRCRAFT, np.int8),
        provenance_index=np.zeros(count, np.int32),
        provenances=(Provenance(_SOURCE, "0" * 64, Reality.SIMULATED),),
    )


def _degrees(traffic: MadeTraffic, plane_km: Floats) -> Floats:
    latitude = traffic.latitude_deg + plane_km[:, 1] / _KM_PER_DEG
    stretch = _KM_PER_DEG * np.cos(np.radians(latitude))
    return np.stack([latitude, traffic.longitude_deg + plane_km[:, 0] / stretch], axis=-1)


def _by_itself(traffic: MadeTraffic, time: Floats, random: np.random.Generator) -> Bools:
    """Return when a receiver is low by a fault of its own."""
    drawn = random.random()
    if drawn < traffic.always_low:
        return np.ones(len(time), dtype=np.bool_)
    spells: list[tuple[float, float]] = []
    if drawn < traffic.always_low + traffic.flapping:
        at = float(time[0]) + random.exponential(300.0)
        while at < time[-1]:
            spells.append((at, at + random.exponential(180.0)))
            at = spells[-1][1] + random.exponential(300.0)
    hours = (time[-1] - time[0]) / 3600.0
    for _ in range(int(random.poisson(traffic.glitches_an_hour * hours))):
        at = random.uniform(time[0], time[-1])
        spells.append((at, at + random.exponential(60.0)))
    low = np.zeros(len(time), dtype=np.bool_)
    for begins, ends in spells:
        low |= (time >= begins) & (time <= ends)
    return low


def _hit(emitter: PlantedEmitter, time: Floats, place: Floats, height: Floats) -> Bools:
    """Return the reports in reach and sight of an emitter while it works."""
    middle = np.array([emitter.latitude_deg, emitter.longitude_deg])
    away = distances_km(middle, place)
    sight = heard_from_km(height, emitter.antenna_m)
    works = (time >= emitter.from_s) & (time < emitter.until_s)
    return np.asarray(works & (away <= np.minimum(emitter.reach_km, sight)))


def _disturb(
    emitter: PlantedEmitter,
    time: Floats,
    hit: Bools,
    nic: npt.NDArray[np.int64],
    told: Floats,
    random: np.random.Generator,
) -> Bools:
    """Change what a flight tells while it is hit; return the reports that are not sent at all."""
    begins, ends = float(time[hit][0]), float(time[hit][-1])
    recovers = (time > ends) & (time <= ends + random.uniform(0.0, 60.0))
    follows = emitter.effect is Effect.DISPLACES and random.random() < 0.7
    if follows:
        nic[hit & (time < begins + random.uniform(0.0, 40.0))] = 0
        nic[recovers] = 0
        turn = random.uniform(0.0, 2.0 * np.pi) + (time - begins) / random.uniform(30.0, 60.0)
        radius_deg = random.uniform(0.5, 3.0) / _KM_PER_DEG
        circle = np.stack([np.sin(turn), np.cos(turn)], axis=-1) * radius_deg
        told[hit] = np.array(emitter.shown_deg) + circle[hit]
        return np.zeros(len(time), dtype=np.bool_)
    low = hit | recovers
    nic[low] = random.integers(0, 6, int(low.sum()))
    told[low] += random.normal(0.0, 0.2 / _KM_PER_DEG, (int(low.sum()), 2))
    return low & (random.random(len(time)) < 0.15)
