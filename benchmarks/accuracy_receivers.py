"""How well a jammed receiver is told from one in a blank spot, in labelled samples of a vehicle.

The labelled set of a vehicle tracker (bluebird-id/jammer-detection, Apache-2.0; samples every 10 s
of mean C/N0, telephone power and share of satellites used) holds its samples by label, each in the
order of time, and never two labels side by side. So stretches of disturbed samples are laid into
its own quiet driving: before each the quiet samples of hours, after it half an hour more. Nothing
of the labels or of the tracker's own status reaches the detector, and nothing of it was fitted to
them: what tells the two apart is physics (`hoshimori.detectors.receivers.causes`).

Measured for stretches of one and of five minutes, both parts of the set: found at all, onset, and
precision and recall of *jammed* (all signals fell) against *blank spot*, by stretch and by sample;
false alarms in the quiet driving itself. Intervals count stretches as independent.

What the figures do not show: in this set the label follows from the mean C/N0 alone (0 is jammed, 1
to 10 a blank spot, more is normal), so whoever reads a mean of 0 as every signal lost must agree
with it; and no noise, gain control or single satellites are in it.

The same is measured of the path of the command over the file as it lies: numbers of samples begin
anew with each label and part, so that each is a later stretch of one receiver; two of them stand
before any quiet sample. Every sample of the set counts there, the quiet ones for precision too.

Those are in made receptions with known truth: what is told of each cause with and without noise
measured, how often the interval of the depth holds it, and what quiet reception is told to be.

Run: ``python benchmarks/accuracy_receivers.py [FILE]`` (two minutes).
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.detectors.receivers import ReceiverDetector
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.formats.receiver_rows import SampleClock
from hoshimori.model.findings_of_receivers import ReceiverInterference, Reception
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.provenance import Provenance
from hoshimori.model.receivers import PLACE_OF, Link, Quantity, Receiver, ReceiverSeries
from hoshimori.numerics.rates import rate_interval, share_interval
from hoshimori.workflows.receivers import receivers, receivers_of_files

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
SET = Path(os.environ.get("HOSHIMORI_DATA", BESIDE)) / "gnss" / "vehicle_receiver_labelled.csv.gz"
START = np.datetime64("2024-01-01T00:00:00", "us")
STEP_S = 10.0
BEFORE, AFTER = 2_160, 180
"""Samples: six hours of quiet driving before, half an hour after."""
LASTING = {"one minute": 6, "five minutes": 30}
"""Samples of a disturbed stretch."""
EXPECTED = {"Jammed": Reception.ALL_FELL, "Blank Spot": Reception.BLANK_SPOT}
DETECTOR = ReceiverDetector(look_back_days=100_000.0)
OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Samples of one label and part of the set, as measured: C/N0, other power, share used."""

    label: str
    split: str
    values: np.ndarray


def parts_of(path: Path) -> list[Part]:
    """Return the parts of a labelled set, each in its own order of time."""
    rows: dict[tuple[str, str], list[tuple[int, float, float, float]]] = {}
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            numbers = (
                int(row["idx"]),
                float(row["signalToNoise"]),
                -float(row["lteRSSI"]),
                float(row["satelliteUsedPerView"]) / 100.0,
            )
            rows.setdefault((row["label"], row["split"]), []).append(numbers)
    return [
        Part(label, split, np.array(sorted(of_one))[:, 1:])
        for (label, split), of_one in sorted(rows.items())
    ]


def series_of(values: np.ndarray) -> ReceiverSeries:
    """Return samples as the series of one receiver."""
    count = len(values)
    table = np.full((count, len(Quantity)), np.nan)
    for column, quantity in enumerate((Quantity.CN0, Quantity.OTHER_RSSI, Quantity.USED)):
        table[:, PLACE_OF[quantity]] = values[:, column]
    moments = START + (np.arange(count) * round(STEP_S * 1e6)).astype("timedelta64[us]")
    return ReceiverSeries(
        Receiver("vehicle"), moments, moments, table, (), np.empty((count, 0)),
        np.zeros(count, np.int32), (Provenance("vehicle", "0" * 64),),
    )  # fmt: skip


def found_in(values: np.ndarray) -> tuple[ReceiverInterference, ...]:
    """Return what the detector finds in samples, all of them known."""
    series = series_of(values)
    return DETECTOR.survey((series,), as_datetime(series.time_utc[-1])).findings


def stretches(part: Part, quiet: np.ndarray, lasting: int) -> Iterator[np.ndarray]:
    """Yield quiet driving with one stretch of disturbed samples in it, one after the other."""
    for k, begin in enumerate(range(0, len(part.values) - lasting + 1, lasting)):
        # Another piece of the quiet driving for each, spread over all of it.
        room = len(quiet) - BEFORE - AFTER
        since = (k * 7_919) % max(room, 1)
        piece = quiet[since : since + BEFORE + AFTER]
        disturbed = part.values[begin : begin + lasting]
        yield np.concatenate([piece[:BEFORE], disturbed, piece[BEFORE:]])


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one stretch."""

    label: str
    said: str
    """Expected class, or what else; empty where nothing was found."""
    late_s: float
    samples: Counter[str]
    """What was said of each of its samples."""


def told_of(part: Part, values: np.ndarray, lasting: int) -> Told:
    """Return what the detector says of the stretch laid into quiet driving."""
    begins = START + np.timedelta64(round(BEFORE * STEP_S), "s")
    ends = begins + np.timedelta64(round((lasting - 1) * STEP_S), "s")
    first, last = as_datetime(begins), as_datetime(ends)
    over = [f for f in found_in(values) if f.start_utc <= last and f.end_utc >= first]
    samples: Counter[str] = Counter()
    for k in range(lasting):
        moment = as_datetime(begins + np.timedelta64(round(k * STEP_S), "s"))
        said = [f.reception for f in over if f.start_utc <= moment <= f.end_utc]
        samples[said[0].name if said else ""] += 1
    if not over:
        return Told(part.label, "", float("nan"), samples)
    longest = max(over, key=lambda f: min(f.end_utc, last) - max(f.start_utc, first))
    return Told(
        part.label,
        longest.reception.name,
        (min(f.start_utc for f in over) - first).total_seconds(),
        samples,
    )


def scores(told: list[Told]) -> Mapping[str, Any]:
    """Return recall and precision by stretch and by sample."""
    by_stretch = Counter((one.label, one.said) for one in told)
    by_sample = Counter((one.label, said) for one in told for said in one.samples.elements())
    late = [one.late_s for one in told if one.said]
    return {
        "stretches": {label: sum(t.label == label for t in told) for label in EXPECTED},
        "found": {
            label: share_interval(
                sum(t.label == label and bool(t.said) for t in told),
                sum(t.label == label for t in told),
            )
            for label in EXPECTED
        },
        "by stretch": {label: _of_label(label, by_stretch) for label in EXPECTED},
        "by sample": {label: _of_label(label, by_sample) for label in EXPECTED},
        "said": {
            f"{label}: {said or 'nothing'}": n for (label, said), n in sorted(by_stretch.items())
        },
        "onset s": {
            "median": float(np.median(late)) if late else None,
            "within 20 s": share_interval(sum(abs(s) <= 20.0 for s in late), len(late)),
        },
    }


def _of_label(label: str, counted: Counter[tuple[str, str]]) -> Mapping[str, Any]:
    said = EXPECTED[label].name
    right = counted[label, said]
    return {
        "precision": share_interval(right, sum(n for (_, s), n in counted.items() if s == said)),
        "recall": share_interval(right, sum(n for (one, _), n in counted.items() if one == label)),
    }


def as_it_lies(path: Path) -> Mapping[str, Any]:
    """Return how the command's path tells the labels of a file, sample by sample, as it lies."""
    files = receivers_of_files([path], clock=SampleClock(START, STEP_S))
    report = receivers(files)
    (series,) = files.series
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as text:
        parts = [(row["label"], row["split"]) for row in csv.DictReader(text)]
    if len(parts) != len(series):
        raise ValueError(f"{len(series)} samples of {len(parts)} rows: some count as corrections")
    labels = np.array([label for label, _ in parts])
    said = np.full(len(series), "", dtype=object)
    for one in report.findings:
        first, last = map(as_column_time, (one.start_utc, one.end_utc))
        said[(series.time_utc >= first) & (series.time_utc <= last)] = one.reception.name
    counted = Counter(zip(labels.tolist(), said.tolist(), strict=True))
    quiet = [one for one in report.findings if _first_label(one, series, labels) == "Normal"]
    days = np.count_nonzero(labels == "Normal") * STEP_S / 86_400.0
    return {
        "restarts": [one.line for one in report.restarts],
        "repeated": report.repeated,
        "samples": {label: int(np.count_nonzero(labels == label)) for label in EXPECTED},
        "by sample": {label: _of_label(label, counted) for label in EXPECTED},
        "said": {f"{k}: {name or 'nothing'}": n for (k, name), n in sorted(counted.items())},
        "stretches told": {
            f"{label}, {split}": share_interval(
                sum(p == (label, split) and s == EXPECTED[label].name
                    for p, s in zip(parts, said.tolist(), strict=True)),
                parts.count((label, split)),
            )
            for label, split in sorted(set(parts)) if label in EXPECTED
        },
        "quiet driving, told a day": {
            name: rate_interval(sum(f.reception.name == name for f in quiet), days)
            for name in (Reception.ALL_FELL.name, Reception.BLANK_SPOT.name, Reception.UNCLEAR.name)
        },
    }  # fmt: skip


def _first_label(one: ReceiverInterference, series: ReceiverSeries, labels: np.ndarray) -> str:
    return str(labels[np.searchsorted(series.time_utc, as_column_time(one.start_utc))])


def quiet_figures(quiet: np.ndarray) -> Mapping[str, Any]:
    """Return what is found in driving that nobody labelled as disturbed."""
    found = found_in(quiet)
    days = len(quiet) * STEP_S / 86_400.0
    counted = Counter(f.reception.name for f in found)
    return {
        "days": round(days, 2),
        "told a day": {
            name: rate_interval(counted[name], days)
            for name in (Reception.ALL_FELL.name, Reception.BLANK_SPOT.name, Reception.UNCLEAR.name)
        },
    }


MADE = {
    "power from outside": (MadeCause.POWER_FROM_OUTSIDE, Reception.ALL_FELL, {}),
    "power from outside, noise not measured": (
        MadeCause.POWER_FROM_OUTSIDE, Reception.ALL_FELL, {"has_noise": False},
    ),
    "shut out": (MadeCause.SHUT_OUT, Reception.BLANK_SPOT, {}),
    "shut out, noise not measured": (
        MadeCause.SHUT_OUT, Reception.BLANK_SPOT, {"has_noise": False},
    ),
    "foreign signals": (MadeCause.FOREIGN_SIGNALS, Reception.STRONGER_ALIKE, {}),
    "one satellite": (MadeCause.ONE_SATELLITE, Reception.ONE_SATELLITE, {}),
    "rain at 12 GHz": (
        MadeCause.RAIN, Reception.FADED,
        {"receiver": Receiver("dish", Link.DOWNLINK, "Ku"), "satellites": 0, "swing_db": 0.3},
    ),
}  # fmt: skip
"""Cause, what it should be told to be, and how the receiver is."""
DRAWS = 40
DAYS_OF_QUIET = 60
_ALL_TRACKED_DB = 16.0
"""Deeper falls lose satellites, and the mean falls by more than the power rises."""


def made_figures() -> Mapping[str, Any]:
    """Return what is told of made disturbances of 5 to 25 dB, and of quiet made reception."""
    figures = {}
    for place, (name, (cause, expected, more)) in enumerate(MADE.items()):
        rng = np.random.Generator(np.random.PCG64(place))
        figures[name] = _of_cause(cause, expected, more, rng)
    rng = np.random.Generator(np.random.PCG64(1_000))
    quiet = sum(
        len(_found(disturbed_reception(MadeReceiver(samples=2_880), rng)))
        for _ in range(DAYS_OF_QUIET)
    )
    figures["quiet reception, told a day"] = rate_interval(quiet, float(DAYS_OF_QUIET))
    return figures


def _of_cause(
    cause: MadeCause, expected: Reception, more: Mapping[str, Any], rng: np.random.Generator
) -> Mapping[str, Any]:
    right = held = tested = others = 0
    for _ in range(DRAWS):
        depth_db = float(rng.uniform(9.0, 25.0))
        if cause is MadeCause.FOREIGN_SIGNALS:
            depth_db = float(rng.uniform(6.0, 12.0))
        first, lasting = int(rng.integers(600, 1_200)), int(rng.integers(10, 120))
        planted = MadeDisturbance(cause, first, lasting, depth_db)
        told = _found(disturbed_reception(MadeReceiver(planted=(planted,), **more), rng))
        fitting = [one for one in told if one.reception is expected]
        right += bool(fitting)
        kept = depth_db <= _ALL_TRACKED_DB
        tested += bool(fitting) and kept
        others += len(told) - len(fitting)
        held += kept and any(f.depth.low <= -depth_db <= f.depth.high for f in fitting)
    figures: dict[str, Any] = {"told as it was": share_interval(right, DRAWS), "else": others}
    if cause is MadeCause.POWER_FROM_OUTSIDE:
        figures["depth in its interval"] = share_interval(held, tested)
    return figures


def _found(series: ReceiverSeries) -> tuple[ReceiverInterference, ...]:
    return DETECTOR.survey((series,), as_datetime(series.time_utc[-1])).findings


def main() -> None:
    """Measure and keep the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SET
    parts = parts_of(path)
    quiet = np.concatenate([part.values for part in parts if part.label == "Normal"])
    told: dict[tuple[str, str], list[Told]] = {}
    for name, lasting in LASTING.items():
        for part in parts:
            if part.label in EXPECTED:
                laid = stretches(part, quiet, lasting)
                own = [told_of(part, values, lasting) for values in laid]
                told.setdefault((name, part.split), []).extend(own)
                told.setdefault((name, "all"), []).extend(own)
    figures: dict[str, Any] = {}
    for (name, split), of_one in sorted(told.items()):
        figures.setdefault(name, {})[split] = scores(of_one)
    figures["as it lies"] = as_it_lies(path)
    figures["quiet driving"] = quiet_figures(quiet)
    figures["made reception"] = made_figures()
    figures["file"] = path.name
    keep("accuracy_receivers", figures)


if __name__ == "__main__":
    main()
