"""How often the told area holds a made emitter, and what errors of orbits do without a reference.

Made cases: two geostationary satellites with and without reference emitters and by way of a
station, two low satellites over several moments and at one, three low ones at one moment; the draws
of a case are spread over several places. Measurements are made by following the signal
(`exercise.made_arrivals`), not by the equations of the fit; orbits, clocks, heights and noise are
drawn anew each time. An area holds the emitter where it lies in the 95 % ellipse; of mirror places
the nearest counts, and how often there are several is told. Where the fit said that the area is no
ellipse, that is counted apart. What is drawn and exported is the outline: that of the ellipse, or
where it is none the bent one that follows chi-square; how often it holds the emitter is counted
over all draws, and over those that were told as bent alone.

Run: ``python benchmarks/accuracy_geolocation.py [draws]``
(2,000 draws a case: some 20 minutes of one core).
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.exercise.made_arrivals import MadeOrbit, MadeSignal, circular, made_differences
from hoshimori.numerics.arrivals import Arrivals
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_areas import (
    RISE,
    Ellipse,
    ellipse_of,
    is_inside,
    outline,
    rise_on_edge,
)
from hoshimori.numerics.emitter_fit import SatelliteErrors, Situation, normal_at
from hoshimori.numerics.emitter_ridges import bent_outline
from hoshimori.numerics.emitter_search import found_places
from hoshimori.numerics.outlines import holds
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.surface import east_north_km, position_itrf_km

DRAWS = 2_000
SEED = 20261128
STARTS = 30
HEIGHT_SIGMA_KM = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCase:
    """Satellites, what is measured of them, and how well all of it is known."""

    orbits: tuple[MadeOrbit, ...]
    pairs: tuple[tuple[int, int], ...]
    times_s: tuple[float, ...]
    places_deg: tuple[tuple[float, float], ...]
    references_deg: tuple[tuple[float, float], ...] = ()
    station_deg: tuple[float, float] | None = None
    carrier_hz: float
    downlink_hz: float = 0.0
    tdoa_sigma_s: float
    fdoa_sigma_hz: float
    position_sigma_km: tuple[float, float, float]
    velocity_sigma_km_s: tuple[float, float, float]
    clock_sigma_s: float
    frequency_sigma_hz: float


GEO = {
    "orbits": (circular(35_786.0, 0.06, -70.0, 80.0), circular(35_786.0, 0.03, 40.0, -27.0)),
    "pairs": ((0, 1),),
    "times_s": (-600.0, 0.0, 600.0),
    "places_deg": ((48.0, 8.0), (31.0, 35.0), (-26.0, 28.0)),
    "carrier_hz": 14.25e9,
    "tdoa_sigma_s": 1e-7,
    "fdoa_sigma_hz": 0.01,
    "position_sigma_km": (0.1, 0.3, 0.1),
    "velocity_sigma_km_s": (2e-6, 2e-6, 2e-6),
    "clock_sigma_s": 1e-6,
    "frequency_sigma_hz": 1.0,
}
REFERENCES = ((52.0, 13.0), (40.0, -4.0), (-1.0, 37.0))
LEO = {
    "places_deg": ((34.0, 20.0), (22.0, 30.0), (38.0, 31.0)),
    "carrier_hz": 1.6e9,
    "tdoa_sigma_s": 1e-7,
    "fdoa_sigma_hz": 1.0,
    "position_sigma_km": (0.02, 0.05, 0.02),
    "velocity_sigma_km_s": (2e-5, 2e-5, 2e-5),
    "clock_sigma_s": 5e-8,
    "frequency_sigma_hz": 0.2,
}
CASES = {
    "two GEO, three references": MadeCase(**GEO, references_deg=REFERENCES),
    "two GEO by way of a station, three references": MadeCase(
        **GEO, references_deg=REFERENCES, station_deg=(50.0, 1.0), downlink_hz=11.0e9
    ),
    "two GEO, one reference": MadeCase(**GEO, references_deg=REFERENCES[:1]),
    "two GEO, no reference, oscillators known": MadeCase(
        **GEO | {"clock_sigma_s": 1e-7, "frequency_sigma_hz": 0.02}
    ),
    "two GEO, no reference, oscillators unknown": MadeCase(**GEO),
    "two LEO, ten moments in three minutes": MadeCase(
        **LEO,
        orbits=(circular(550.0, 53.0, 0.0, 38.0), circular(550.0, 53.0, 1.5, 39.0)),
        pairs=((0, 1),),
        times_s=tuple(np.linspace(-90.0, 90.0, 10).tolist()),
    ),
    "three LEO, one moment": MadeCase(
        **LEO,
        orbits=(
            circular(550.0, 53.0, 0.0, 38.0),
            circular(550.0, 53.0, 1.5, 39.0),
            circular(560.0, 53.0, -1.5, 39.5),
        ),
        pairs=((0, 1), (0, 2)),
        times_s=(0.0,),
    ),
    "two LEO, one moment": MadeCase(
        **LEO,
        orbits=(circular(550.0, 53.0, 0.0, 38.0), circular(550.0, 53.0, 1.5, 39.0)),
        pairs=((0, 1),),
        times_s=(0.0,),
    ),
}


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    figures: dict[str, Any] = {"draws": draws, "cases": {}}
    for number, (name, case) in enumerate(CASES.items()):
        share = math.ceil(draws / len(case.places_deg))
        places = [
            measured(case, place, share, np.random.default_rng([SEED, number, row]))
            for row, place in enumerate(case.places_deg)
        ]
        total = {
            "held": _of_all(places, "held", "draws"),
            "held_not_bent": _of_all(places, "held_not_bent", "not_bent"),
            "within_rise": _of_all(places, "within_rise", "draws"),
            "in_outline": _of_all(places, "in_outline", "draws"),
            "in_bent_outline": _of_all(places, "in_bent_outline", "bent"),
            "bent": _of_all(places, "bent", "draws"),
            "several_places": _of_all(places, "several_places", "draws"),
        }
        figures["cases"][name] = {"all": total, "tables": {"places": places}}
        print(name, total, [one["half_axes_km"] for one in places], flush=True)
    every = [one for case in figures["cases"].values() for one in case["tables"]["places"]]
    figures["held"] = _of_all(every, "held", "draws")
    figures["within_rise"] = _of_all(every, "within_rise", "draws")
    figures["in_outline"] = _of_all(every, "in_outline", "draws")
    figures["in_bent_outline"] = _of_all(every, "in_bent_outline", "bent")
    figures["held_not_bent"] = _of_all(every, "held_not_bent", "not_bent")
    keep("accuracy_geolocation", figures)


def measured(
    case: MadeCase, place_deg: tuple[float, float], draws: int, random: np.random.Generator
) -> dict[str, Any]:
    """Return how often the area held the emitter at one place, and how large it was."""
    held = bent = held_not_bent = within = several = failed = in_outline = in_bent = 0
    sizes, began = [], time.perf_counter()
    for _ in range(draws):
        situation, truth = drawn(case, place_deg, random)
        try:
            places = found_places(situation, starts=STARTS).places
        except LookupError:
            failed += 1
            continue
        middles = np.stack([places.latitude_rad, places.longitude_rad], axis=-1)
        steps = np.array([east_north_km(*middle, *truth) for middle in middles.tolist()])
        nearest = int(np.argmin(np.hypot(*steps.T)))
        inside = is_inside(places.matrix[nearest], steps[nearest])
        ellipse = ellipse_of(places.matrix[nearest])
        least, most = rise_on_edge(situation, *middles[nearest].tolist(), ellipse)
        is_bent = not 0.5 * RISE <= least <= most <= 2.0 * RISE
        held, bent = held + inside, bent + is_bent
        held_not_bent += inside and not is_bent
        drawn_in = is_in_outline(situation, middles[nearest], ellipse, truth, is_bent=is_bent)
        in_outline, in_bent = in_outline + drawn_in, in_bent + (drawn_in and is_bent)
        there = normal_at(situation, truth[:1], truth[1:]).chi_square[0]
        within += bool(there - places.chi_square[nearest] <= RISE)
        several += len(places) > 1
        sizes.append((ellipse.semi_major_km, ellipse.semi_minor_km))
    done = draws - failed
    return {
        "place_deg": place_deg,
        "draws": draws,
        "failed": failed,
        "held": held,
        "within_rise": within,
        "in_outline": in_outline,
        "in_bent_outline": in_bent,
        "bent": bent,
        "not_bent": done - bent,
        "held_not_bent": held_not_bent,
        "several_places": several,
        "half_axes_km": [float(np.median([one[axis] for one in sizes])) for axis in (0, 1)],
        "seconds_each": (time.perf_counter() - began) / draws,
        "half_axis_without_km": _without(case, place_deg),
    }


def is_in_outline(
    situation: Situation, middle: Floats, ellipse: Ellipse, truth: Floats, *, is_bent: bool
) -> bool:
    """Return whether the outline that is drawn and exported holds the emitter."""
    place = float(middle[0]), float(middle[1])
    edge = bent_outline(situation, *place, ellipse) if is_bent else outline(*place, ellipse)
    ring = [(lat, lon) for lat, lon in np.degrees(edge).round(6).tolist()]
    latitude, longitude = np.degrees(truth).tolist()
    return holds(ring, (latitude, longitude))


def _of_all(places: Sequence[dict[str, Any]], count: str, of: str) -> dict[str, Any]:
    """Return a share over several places with its interval."""
    counted, total = (sum(one[name] for one in places) for name in (count, of))
    low, best, high = share_interval(counted, total)
    return {"count": counted, "of": total, "share": best, "interval": [low, high]}


def _without(case: MadeCase, place_deg: tuple[float, float]) -> dict[str, float]:
    """Return the long half axis without references, and with orbits and clocks known exactly."""
    situation, truth = drawn(case, place_deg, np.random.default_rng(SEED))
    here = np.array([truth[0]]), np.array([truth[1]])
    bare = {
        "references": situation.without_references(),
        "errors of orbits and clocks": situation.without_satellite_errors(),
    }
    return {
        name: ellipse_of(normal_at(one, *here).matrix[0]).semi_major_km
        for name, one in bare.items()
    }


def drawn(
    case: MadeCase, place_deg: tuple[float, float], random: np.random.Generator
) -> tuple[Situation, Floats]:
    """Return what is measured of an emitter in a sky drawn by chance, and where it truly is."""
    truth = np.radians(place_deg)
    emitter = position_itrf_km(truth[0], truth[1], np.array(random.normal(0.0, HEIGHT_SIGMA_KM)))
    true_orbits = [
        orbit.disturbed(
            random.normal(0.0, case.position_sigma_km), random.normal(0.0, case.velocity_sigma_km_s)
        )
        for orbit in case.orbits
    ]
    clocks = random.normal(0.0, case.clock_sigma_s, len(case.orbits))
    offsets = random.normal(0.0, case.frequency_sigma_hz, len(case.orbits))
    known = [_site(one) for one in case.references_deg]
    columns: list[tuple[Any, ...]] = []
    station = None if case.station_deg is None else _site(case.station_deg)
    for t_s in case.times_s:
        for first, second in case.pairs:
            for site in (None, *known):
                signal = MadeSignal(
                    emitter if site is None else site, case.carrier_hz, station, case.downlink_hz
                )
                pair = true_orbits[first], true_orbits[second]
                told = made_differences(signal, *pair, t_s)
                told = (
                    told[0] + clocks[first] - clocks[second],
                    told[1] + offsets[first] - offsets[second],
                )
                columns += _rows(case, (first, second), t_s, site, told, random)
    return _situation(case, columns, station), truth


def _rows(
    case: MadeCase,
    pair: tuple[int, int],
    t_s: float,
    site: Floats | None,
    told: Sequence[float],
    random: np.random.Generator,
) -> list[tuple[Any, ...]]:
    states = [case.orbits[one].fixed_at(t_s) for one in pair]
    shown = np.full(3, np.nan) if site is None else site
    sigmas = (case.tdoa_sigma_s, case.fdoa_sigma_hz)
    return [
        (t_s, kind == 1, told[kind] + random.normal(0.0, sigmas[kind]), sigmas[kind], pair,
         [one[0] for one in states], [one[1] for one in states], shown)
        for kind in (0, 1)
    ]  # fmt: skip


def _situation(case: MadeCase, columns: list[tuple[Any, ...]], station: Floats | None) -> Situation:
    times, kinds, values, sigmas, pairs, positions, velocities, sites = zip(*columns, strict=True)
    count, satellites = len(columns), len(case.orbits)
    arrivals = Arrivals(
        time_s=np.array(times),
        is_frequency=np.array(kinds),
        value=np.array(values),
        sigma=np.array(sigmas),
        carrier_hz=np.full(count, case.carrier_hz),
        satellite=np.array(pairs),
        position_km=np.array(positions),
        velocity_km_s=np.array(velocities),
        known_emitter_km=np.array(sites),
        station_km=np.tile(np.full(3, np.nan) if station is None else station, (count, 1)),
        downlink_hz=np.full(count, case.downlink_hz),
    )
    errors = SatelliteErrors(
        np.tile(case.position_sigma_km, (satellites, 1)),
        np.tile(case.velocity_sigma_km_s, (satellites, 1)),
        np.full(satellites, case.clock_sigma_s),
        np.full(satellites, case.frequency_sigma_hz),
    )
    return Situation(arrivals, errors, 0.0, HEIGHT_SIGMA_KM)


def _site(place_deg: tuple[float, float]) -> Floats:
    latitude, longitude = np.radians(place_deg)
    return position_itrf_km(latitude, longitude, np.array(0.0))


if __name__ == "__main__":
    main()
