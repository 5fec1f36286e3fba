"""Element sets, precise orbits and fit errors for the benchmark of covariances, as columns."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.sp3 import read_sp3
from hoshimori.model.elements import ElementSets
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.frames import itrf_to_teme
from hoshimori.sources.earth_orientation import read_earth_orientation, read_leap_seconds

RECEIVED = np.datetime64("2026-11-01", "us")
REV_DAY = 2.0 * np.pi / 1440.0


@dataclass(frozen=True, eq=False)
class History:
    """Element sets of many objects, ordered by object and epoch, no epoch twice."""

    object_id: np.ndarray
    elements: MeanElements

    def take(self, rows: np.ndarray) -> History:
        return History(self.object_id[rows], self.elements.take(rows))

    def newest(self) -> History:
        return self.take(np.append(self.object_id[1:] != self.object_id[:-1], True))


@dataclass(frozen=True, eq=False)
class PreciseOrbit:
    """Positions of one object that do not come from element sets."""

    name: str
    norad_id: int
    utc: np.ndarray
    position_teme_km: np.ndarray


def joined(parts: Sequence[History]) -> History:
    """Return the sets of all parts in order; of equal epochs of one object the first."""
    ids = np.concatenate([part.object_id for part in parts])
    columns = MeanElements.__slots__
    elements = MeanElements(
        *(np.concatenate([getattr(part.elements, name) for part in parts]) for name in columns)
    )
    order = np.lexsort((elements.epoch_utc, ids))
    both = History(ids[order], elements.take(order))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(both.object_id) != 0) | (np.diff(both.elements.epoch_utc).astype(int) != 0)
    return both.take(new)


def group(data: Path, *names: str) -> History:
    """Return CelesTrak groups of May 2026."""
    parts = []
    for name in names:
        table = pq.read_table(data / "catalogue" / "celestrak_groups_2026-05" / f"{name}.parquet")
        column = {key: table[key].to_numpy() for key in table.column_names if key not in _TEXTS}
        angles = (np.radians(column[key]) for key in ("inc", "raan", "argp", "ma"))
        elements = MeanElements(
            column["epoch"].astype("datetime64[us]"), column["n"] * REV_DAY, column["ecc"],
            *angles, column["bstar"],
        )  # fmt: skip
        parts.append(History(column["norad"].astype(np.int64), elements))
    return joined(parts)


_TEXTS = ("name", "intl")


def files(*paths: Path) -> History:
    """Return the element sets of files."""
    read = [
        read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED).element_sets
        for path in paths
    ]
    return joined([_history(sets) for sets in read])


def _history(sets: ElementSets) -> History:
    return History(np.array(sets.norad_id), sets.mean_elements())


def passive(data: Path, object_id: np.ndarray) -> np.ndarray:
    """Return which objects are debris or rocket bodies."""
    table = pq.read_table(data / "catalogue" / "metadata" / "object_metadata.parquet")
    kind = np.array(table["object_type"].to_pylist())
    ids = table["norad"].to_numpy()[np.isin(kind, ("DEBRIS", "ROCKET BODY"))]
    return np.isin(object_id, ids)


def fit_errors_km(data: Path) -> tuple[MeanElements, np.ndarray]:
    """Return sets that CelesTrak fitted to operators' ephemerides, and the RMS of each fit."""
    table = pq.read_table(data / "catalogue" / "snapshots" / "celestrak_2025-01-12.parquet")
    rms = table["rms"].to_numpy().astype(float)
    names = ("n0", "e0", "i0", "node0", "omega0", "m0", "bstar")
    columns = [table[name].to_numpy() for name in names]
    epochs = np.full(len(rms), np.datetime64("2025-01-12", "us"))
    fitted = np.isfinite(rms)
    return MeanElements(epochs, *columns).take(fitted), rms[fitted]


_PRECISE = {  # SP3 file: name, catalogue number; every tenth state of those given each minute
    "grgtop03.b97344.e97348.D_S": ("TOPEX", 22076),
    "ssaja102.b03007.e03017.DGS": ("Jason-1", 26997),
    "ssas3a20.b18358.e19003.DG_": ("Sentinel-3A", 41335),
    "ilrsa.orb.lageos2.160319.v35": ("LAGEOS-2", 22195),
    "asi.orb.etalon2.171209.v70": ("Etalon-2", 20026),
    "nsgf.orb.ajisai.211220.v00": ("Ajisai", 16908),
}


def burns_utc(data: Path, name: str) -> np.ndarray:
    """Return when the operator logged burns of a satellite; none where there is no log."""
    path = data / "manoeuvres" / "truth" / f"{name}.csv"
    if not path.is_file():
        return np.zeros(0, "datetime64[us]")
    with path.open() as lines:
        starts = [row["start_utc"].removesuffix("Z") for row in csv.DictReader(lines)]
    return np.array(starts, "datetime64[us]")


def precise_orbits(data: Path) -> list[PreciseOrbit]:
    """Return the SP3 orbits in TEME: six satellites, and the GNSS of three days."""
    folder = data / "ephemerides" / "sp3"
    leap_seconds, orientation = read_leap_seconds(), read_earth_orientation()
    named = _gnss_names(data)
    found = []
    for path in sorted(folder.glob("*.gz")):
        stem = path.name.removesuffix(".gz").removesuffix(".sp3").removesuffix(".SP3")
        orbits = read_sp3(gzip.decompress(path.read_bytes()), source=path.name,
                          leap_seconds=leap_seconds)  # fmt: skip
        for orbit in orbits:
            name = _PRECISE.get(stem) or named.get((stem, orbit.object_id))
            if name:
                step = 10 if np.diff(orbit.times[:2])[0] == np.timedelta64(60, "s") else 1
                utc, position = orbit.times[::step], orbit.position_km[::step]
                teme, _ = itrf_to_teme(position, np.zeros_like(position), utc, orientation)
                found.append(PreciseOrbit(name[0], name[1], utc, teme))
    return found


def _gnss_names(data: Path) -> dict[tuple[str, str], tuple[str, int]]:
    with (data / "ephemerides" / "gnss_sp3_to_norad.csv").open() as lines:
        return {
            (row["sp3_file"].removesuffix(".SP3"), row["sp3_id"]): ("GNSS", int(row["norad"]))
            for row in csv.DictReader(lines)
        }
