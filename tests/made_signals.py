"""Made signals for tests: orbits, an emitter, and its differences of arrival, with their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.exercise.made_arrivals import MadeOrbit, MadeSignal, circular, made_differences
from hoshimori.formats.oem_writing import write_oem_kvn
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.arrivals import Arrivals
from hoshimori.numerics.emitter_fit import SatelliteErrors, Situation
from hoshimori.numerics.surface import position_itrf_km

CREATED = np.datetime64("2026-03-01T13:00:00", "us")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
GEO = (circular(35_786.0, 0.06, -70.0, 80.0), circular(35_786.0, 0.03, 40.0, -27.0))
LEO = (
    circular(550.0, 53.0, 0.0, 38.0),
    circular(550.0, 53.0, 1.5, 39.0),
    circular(560.0, 53.0, -1.5, 39.5),
)
REFERENCES = ((52.0, 13.0), (40.0, -4.0))
EXACT = SatelliteErrors(np.zeros((3, 3)), np.zeros((3, 3)), np.zeros(3), np.zeros(3))
KNOWN = SatelliteErrors(
    np.full((3, 3), 0.05), np.full((3, 3), 2e-6), np.full(3, 1e-6), np.full(3, 1.0)
)
NONE = np.full(3, np.nan)
TDM_HEAD = """\
CCSDS_TDM_VERS = 2.0
CREATION_DATE = 2026-03-01T12:20:00
ORIGINATOR = TEST"""
TDM_META = """\
META_START
TIME_SYSTEM = UTC
PARTICIPANT_1 = {emitter}
{pair}
MODE = SINGLE_DIFF
PATH_1 = 1,3
PATH_2 = 1,2
META_STOP
DATA_START"""
"""PATH_2 minus PATH_1: the satellite of the first pair comes in PATH_2."""


def site(latitude_deg: float, longitude_deg: float, height_km: float = 0.0) -> Any:
    """Return the position of a place."""
    return position_itrf_km(
        np.radians(latitude_deg), np.radians(longitude_deg), np.array(height_km)
    )


@dataclass(frozen=True)
class Made:
    """What is measured of an emitter, by true orbits, and what is told of them."""

    place_deg: tuple[float, float]
    orbits: tuple[MadeOrbit, ...]
    pairs: tuple[tuple[int, int], ...] = ((0, 1),)
    times_s: tuple[float, ...] = (0.0,)
    references_deg: tuple[tuple[float, float], ...] = ()
    station_deg: tuple[float, float] | None = None
    kinds: tuple[int, ...] = (0, 1)
    """0: TDOA, 1: FDOA."""
    carrier_hz: float = 1.6e9
    sigmas: tuple[float, float] = (1e-7, 1.0)
    errors: SatelliteErrors = EXACT
    true_orbits: tuple[MadeOrbit, ...] = ()
    """Where they differ from those that are told."""
    clocks_s: tuple[float, ...] = (0.0, 0.0, 0.0)
    rows: list[Any] = field(default_factory=list)

    def situation(self, random: np.random.Generator | None = None) -> Situation:
        """Return what a fit gets, with noise where `random` is given."""
        station = None if self.station_deg is None else site(*self.station_deg)
        rows = []
        for t_s in self.times_s:
            for first, second in self.pairs:
                for place in (self.place_deg, *self.references_deg):
                    told = self.told(place, first, second, t_s)
                    known = NONE if place is self.place_deg else site(*place)
                    for kind in self.kinds:
                        noise = 0.0 if random is None else random.normal(0.0, self.sigmas[kind])
                        states = [self.orbits[one].fixed_at(t_s) for one in (first, second)]
                        rows.append((
                            t_s, kind == 1, told[kind] + noise, self.sigmas[kind], (first, second),
                            [one[0] for one in states], [one[1] for one in states], known,
                        ))  # fmt: skip
        columns = [np.array(column) for column in zip(*rows, strict=True)]
        times, kinds, values, sigmas, pairs, positions, velocities, sites = columns
        count = len(rows)
        arrivals = Arrivals(
            times, kinds, values, sigmas, np.full(count, self.carrier_hz), pairs, positions,
            velocities, sites, np.tile(NONE if station is None else station, (count, 1)),
            np.full(count, 0.8 * self.carrier_hz),
        )  # fmt: skip
        return Situation(arrivals, self.errors, 0.0, 0.0)

    def told(
        self, place_deg: tuple[float, float], first: int, second: int, t_s: float
    ) -> tuple[float, float]:
        """Return TDOA and FDOA of an emitter at a place."""
        station = None if self.station_deg is None else site(*self.station_deg)
        signal = MadeSignal(site(*place_deg), self.carrier_hz, station, 0.8 * self.carrier_hz)
        orbits = self.true_orbits or self.orbits
        time_s, frequency_hz = made_differences(signal, orbits[first], orbits[second], t_s)
        return time_s + self.clocks_s[first] - self.clocks_s[second], frequency_hz

    def write(self, folder: Path) -> None:
        """Write ephemerides, and what is measured as CSV, into a folder."""
        for number, orbit in enumerate(self.orbits):
            (folder / f"{'ABC'[number]}.oem").write_bytes(
                write_oem_kvn([ephemeris(orbit, number)], originator="TEST", created_utc=CREATED)
            )
        lines = ["time_utc,kind,first,second,value,emitter"]
        for t_s in self.times_s:
            for first, second in self.pairs:
                for number, place in enumerate((self.place_deg, *self.references_deg)):
                    told = self.told(place, first, second, t_s)
                    for kind in self.kinds:
                        time = (START + timedelta(seconds=t_s)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
                        name, emitter = ("tdoa", "fdoa")[kind], f"R{number}" if number else ""
                        pair = f"{'ABC'[first]},{'ABC'[second]}"
                        lines.append(f"{time},{name},{pair},{told[kind]!r},{emitter}")
        (folder / "measured.csv").write_text("\n".join(lines) + "\n")
        (folder / "case.toml").write_text(self.case())

    def write_tdm(self, folder: Path) -> None:
        """Write the same as `write`, with what is measured in a Tracking Data Message."""
        self.write(folder)
        (folder / "measured.csv").unlink()
        parts = [TDM_HEAD]
        for first, second in self.pairs:
            for number, place in enumerate((self.place_deg, *self.references_deg)):
                name = f"R{number}" if number else "UNKNOWN"
                pair = f"PARTICIPANT_2 = {'ABC'[first]}\nPARTICIPANT_3 = {'ABC'[second]}"
                lines = [TDM_META.format(emitter=name, pair=pair)]
                for t_s in self.times_s:
                    time = (START + timedelta(seconds=t_s)).strftime("%Y-%m-%dT%H:%M:%S")
                    told = self.told(place, first, second, t_s)
                    lines += [
                        f"TRANSMIT_FREQ_1 = {time} {self.carrier_hz!r}",
                        f"VLBI_DELAY = {time} {told[0]!r}",
                        f"RECEIVE_FREQ = {time} {told[1]!r}",
                    ]
                parts.append("\n".join([*lines, "DATA_STOP"]))
        (folder / "measured.tdm").write_text("\n".join(parts) + "\n")

    def case(self) -> str:
        """Return the case of the signal in TOML."""
        parts = [
            'title = "made signal"',
            'reality = "SIMULATED"',
            f"tdoa_sigma_s = {self.sigmas[0]!r}",
            f"fdoa_sigma_hz = {self.sigmas[1]!r}",
            f"[emitter]\ncarrier_hz = {self.carrier_hz!r}\nheight_sigma_m = 50.0",
        ]
        for number in range(len(self.orbits)):
            parts.append(
                f'[[satellite]]\nname = "{"ABC"[number]}"\nposition_sigma_m = [50, 50, 50]\n'
                "velocity_sigma_m_s = [0.01, 0.01, 0.01]"
            )
        for number, (latitude, longitude) in enumerate(self.references_deg, 1):
            parts.append(
                f'[[reference]]\nname = "R{number}"\nlatitude_deg = {latitude}\n'
                f"longitude_deg = {longitude}\ncarrier_hz = {self.carrier_hz!r}"
            )
        return "\n".join(parts) + "\n"


def ephemeris(orbit: MadeOrbit, number: int) -> Ephemeris:
    """Return half an hour of a made orbit, as a message has it."""
    t_s = np.arange(-900.0, 901.0, 60.0)
    states = [orbit.fixed_at(one) for one in t_s.tolist()]
    utc = np.datetime64(START.replace(tzinfo=None), "us") + (t_s * 1e6).astype("timedelta64[us]")
    return Ephemeris(
        "ABC"[number], f"2026-00{number + 1}A", "EARTH", "ITRF2014", "UTC", utc,
        np.array([one[0] for one in states]), np.array([one[1] for one in states]), utc[0], utc[-1],
    )  # fmt: skip


TWO_LEO = Made((34.0, 20.0), LEO[:2], times_s=(-60.0, 0.0, 60.0))
TWO_GEO = Made(
    (48.0, 8.0), GEO, times_s=(-300.0, 300.0), references_deg=REFERENCES, carrier_hz=14.0e9,
    sigmas=(1e-7, 0.01), errors=KNOWN,
)  # fmt: skip
