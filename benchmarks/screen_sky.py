"""The question that a truth of screening answers, and the sky it is about.

The lines of a catalogue file are parsed by the reference ``sgp4`` package itself.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sgp4.api import Satrec, SatrecArray

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
SNAPSHOTS = Path(os.environ.get("HOSHIMORI_DATA", BESIDE)) / "catalogue" / "snapshots"
GRID_S = 10.0


@dataclass(frozen=True)
class Question:
    """What is asked: one snapshot, one window, one threshold, some of its objects."""

    snapshot: str = "spacetrack_2025-03-03.3le.gz"
    t0_utc: str = "2025-03-03T00:00:00"
    hours: float = 24.0
    threshold_km: float = 5.0
    objects: int = 0
    """How many objects, drawn by the seed; 0 means all."""
    seed: int = 1

    def __post_init__(self) -> None:
        if abs(self.steps * GRID_S - self.hours * 3600.0) > 1e-6:
            raise ValueError(f"hours is {self.hours}: a window is a multiple of {GRID_S:g} s")

    @property
    def steps(self) -> int:
        return round(self.hours * 3600.0 / GRID_S)

    @property
    def name(self) -> str:
        chosen = f"{self.objects}-objects-seed-{self.seed}" if self.objects else "all-objects"
        moment = self.t0_utc.replace(":", "")
        stem = self.snapshot.split(".")[0]
        return f"{stem}_{moment}_{self.hours:g}h_{self.threshold_km:g}km_{chosen}"


@dataclass
class Sky:
    """The objects of a question, by catalogue number, and their reference propagators."""

    norad_id: np.ndarray
    satellites: list[Satrec]
    t0_julian: float
    t0_fraction: float
    together: SatrecArray = field(init=False)

    def __post_init__(self) -> None:
        self.together = SatrecArray(self.satellites)

    def positions(self, t_s: np.ndarray) -> np.ndarray:
        """Return positions of all objects, shape (objects, times, 3), NaN where SGP4 errs."""
        julian, fraction = self._julian(t_s)
        errors, position, _ = self.together.sgp4(julian, fraction)
        position[errors != 0] = np.nan
        return position

    def offsets(self, pair: tuple[int, int], t_s: np.ndarray) -> np.ndarray:
        """Return positions of the second object from the first, shape (times, 3)."""
        places = []
        for row in pair:
            errors, position, _ = self.satellites[row].sgp4_array(*self._julian(t_s))
            position[errors != 0] = np.nan
            places.append(position)
        return places[1] - places[0]

    def _julian(self, t_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.full(len(t_s), self.t0_julian), self.t0_fraction + t_s / 86400.0


def read_sky(question: Question) -> Sky:
    """Return the propagators of the objects of a question."""
    satellites = [Satrec.twoline2rv(*text.split("\n")) for text in newest_lines(question).values()]
    seconds = (np.datetime64(question.t0_utc, "s") - np.datetime64("2000-01-01", "s")).astype(int)
    whole, rest_s = divmod(int(seconds), 86400)
    norad_id = np.array([satellite.satnum for satellite in satellites])
    return Sky(norad_id, satellites, 2451544.5 + whole, rest_s / 86400.0)


def newest_lines(question: Question) -> dict[int, str]:
    """Return the two lines of each object of a question, by number: its newest element set."""
    packed = (SNAPSHOTS / question.snapshot).read_bytes()
    lines = gzip.decompress(packed).decode("ascii", "replace").splitlines()
    newest: dict[int, tuple[tuple[float, float], str]] = {}
    for one, two in itertools.pairwise(lines):
        if one.startswith("1 ") and two.startswith("2 "):
            read = Satrec.twoline2rv(one, two)
            epoch = read.jdsatepoch, read.jdsatepochF
            known = newest.get(read.satnum)
            if known is None or epoch >= known[0]:
                newest[read.satnum] = epoch, f"{one}\n{two}"
    numbers = sorted(newest)
    rows = chosen(len(numbers), question.objects, question.seed)
    return {numbers[row]: newest[numbers[row]][1] for row in rows}


def chosen(count: int, objects: int, seed: int) -> np.ndarray:
    """Return which objects, in order of catalogue number, a question is about."""
    if not objects or objects >= count:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, objects, replace=False))


def asked(arguments: argparse.Namespace) -> Question:
    """Return the question that a command line asks."""
    names = ("snapshot", "t0_utc", "hours", "threshold_km", "objects", "seed")
    return Question(**{name: getattr(arguments, name) for name in names})


def command_line(hours: float, objects: int) -> argparse.ArgumentParser:
    """Return a parser of questions, with the defaults given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--snapshot", default=Question.snapshot)
    parser.add_argument("--t0-utc", default=Question.t0_utc)
    parser.add_argument("--hours", type=float, default=hours)
    parser.add_argument("--threshold-km", type=float, default=Question.threshold_km)
    parser.add_argument("--objects", type=int, default=objects, help="0 means all")
    parser.add_argument("--seed", type=int, default=Question.seed)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--cache", type=Path, default=os.environ.get("HOSHIMORI_TRUTH"), help="or HOSHIMORI_TRUTH"
    )
    return parser
