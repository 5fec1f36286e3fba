"""Compare the element sets that exercises make with real ones, by two-sample tests.

Usage: python benchmarks/accuracy_injects.py [DATA_FOLDER] [--held-out]

``--held-out`` takes other days of the same satellites, none of which the other run looks at, and
two more satellites; the way of measuring was fixed before it was first run.

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``manoeuvres/tle/NAME.tle.gz`` and ``catalogue/histories``.

Going on: histories are cut at many moments; what the exercise makes of the days after a cut from
those before it is compared with the real days after it. Measured from set to set: the residual of
the older one carried to the newer, radial, along and across the track; the step of the axis; the
time between epochs. Steps that stay (burns) are left out of both, by one rule. Two tests: of
Kolmogorov and Smirnov, of Anderson and Darling. Catalogues change of themselves, so that the same
tests are made between the real days before and after each cut: sets are indistinguishable where
made ones are rejected no more often than real ones (exact test of McNemar on the same cuts). Also
per satellite, with all its cuts pooled.

Turned: a burn is put into real histories; the residuals of the sets after it are compared with
those that the same sets had.

Company: a part is brought beside another satellite of the same kind; the residuals of its sets
from then on are compared with its own.

Found: burns of known size are put into real histories at moments without a logged burn; whether the
manoeuvre detector finds them, and whether the true size lies in its interval (95 %).

No file at hand states when its sets became known, so that latency cannot be compared.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import anderson_ksamp, binomtest, ks_2samp

from hoshimori.detectors.manoeuvre import ManoeuvreRule
from hoshimori.exercise.actors import Arc
from hoshimori.exercise.carried_on import Goers, gone_on, habits_of
from hoshimori.exercise.courses import Course, diverted, following, trajectory
from hoshimori.exercise.origins import origins_of
from hoshimori.exercise.refit import kicked, rows_of, shifted, states_at
from hoshimori.exercise.streams import stream
from hoshimori.exercise.tracking import at_phase, from_node, steps_of
from hoshimori.model.elements import ElementSets
from hoshimori.model.manoeuvres import Doubt
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import Floats, MeanElements, semi_major_axis_km
from hoshimori.numerics.frames import rtn_basis
from hoshimori.numerics.rates import share_interval
from hoshimori.workflows.deliveries import open_catalogues

NAMES = (
    "Sentinel-3A", "Jason-3", "CryoSat-2", "Haiyang-2A", "Jason-1", "TOPEX",
    "Fengyun-2D", "Fengyun-2E", "Fengyun-2H", "ISS",
)  # fmt: skip
HELD_OUT = (*NAMES, "QZS-2", "Sentinel-6A")
STATION, STATION_PATH = "ISS", "catalogue/histories/iss_25544_2020_2024.tle.gz"
MEASURES = ("radial_km", "along_km", "across_km", "axis_m", "gap_revolutions")
BEFORE_DAYS, AFTER_DAYS, EVERY_DAYS = 60, 30, 180
LATER_DAYS = BEFORE_DAYS + AFTER_DAYS
"""Cuts so much later share no day with the others."""
SIGNIFICANT = 0.05
SIZES_M_S = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
SEED = 11
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Sample:
    """What is measured from set to set; one row a measure."""

    values: Floats

    def __len__(self) -> int:
        return self.values.shape[1]


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    places = [one for one in arguments if one != "--held-out"]
    folder = Path(places[0] if places else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    # Late, as tests run this file for `measured` from a place where `measuring` is not found.
    from measuring import keep  # noqa: PLC0415

    if "--held-out" in arguments:
        keep("accuracy_injects_held_out", in_words(measured(folder, HELD_OUT, later=True)))
    else:
        keep("accuracy_injects", in_words(measured(folder)))


def measured(
    folder: Path,
    names: Sequence[str] = NAMES,
    every_days: int = EVERY_DAYS,
    *,
    later: bool = False,
) -> dict[str, Any]:
    """Return all figures for the data in a folder; `later` takes the days between."""
    histories = {name: history_of(folder / path_of(name)) for name in names}
    if later:
        histories = {name: later_part(sets) for name, sets in histories.items()}
    return {
        "going on": going_on(histories, every_days),
        "turned by a burn": turned(histories, every_days),
        "in company": in_company(histories, every_days),
        "burns found": burns_found(histories, every_days),
    }


def in_words(figures: Any) -> Any:
    """Return figures with shares as "0.2 (0.14 to 0.27)" and pairs of p-values as "KS, AD"."""
    if isinstance(figures, dict):
        return {name: in_words(inner) for name, inner in figures.items()}
    if not isinstance(figures, list):
        return figures
    if len(figures) == 3:
        low, share, high = figures
        return f"{share:g} ({low:g} to {high:g})"
    return ", ".join(f"{p_value:g}" for p_value in figures)


def path_of(name: str) -> str:
    """Return where the history of a satellite is."""
    return STATION_PATH if name == STATION else f"manoeuvres/tle/{name}.tle.gz"


def history_of(path: Path) -> ElementSets:
    """Return the element sets of a file, known at their epochs, one an epoch."""
    (opened,) = open_catalogues([path])
    sets = opened.reading.element_sets.sorted_by_object()
    fresh = np.append(True, np.diff(sets.epoch_utc) > np.timedelta64(15, "m"))
    sets = sets.take(fresh)
    return replace(sets, known_utc=sets.epoch_utc)


def later_part(sets: ElementSets) -> ElementSets:
    """Return a history that begins so much later that its cuts lie between the others."""
    return sets.take(sets.epoch_utc >= sets.epoch_utc[0] + LATER_DAYS * _DAY)


def sample(sets: ElementSets) -> Sample:
    """Return what is measured from set to set, without burns and long gaps."""
    return sample_of(sets.mean_elements(), steps_of(sets).left > 0)


def sample_of(elements: MeanElements, usable: np.ndarray) -> Sample:
    older, newer = (
        rows_of(elements, np.arange(len(elements))[part]) for part in (slice(0, -1), slice(1, None))
    )
    here, speed = states_at(newer, newer.epoch_utc)
    there, _ = states_at(older, newer.epoch_utc)
    rtn = np.einsum("nij,nj->in", rtn_basis(here, speed), here - there)
    carried = carried_elements(older, newer.epoch_utc)
    axis = 1e3 * (semi_major_axis_km(newer) - semi_major_axis_km(carried))
    # In revolutions: those of one orbit are not quite as long as those of another.
    days = (newer.epoch_utc - older.epoch_utc) / _DAY
    gaps = np.round(days * 1440.0 * older.mean_motion_kozai_rad_min / (2.0 * np.pi), 1)
    values = np.vstack([rtn, axis, gaps])[:, usable]
    return Sample(values[:, np.isfinite(values).all(axis=0)])


def compared(one: Sample, other: Sample) -> dict[str, tuple[float, float]]:
    """Return the p-values of both tests for each measure."""
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Anderson-Darling's p-values end at 0.001 and 0.25
        for name, first, second in zip(MEASURES, one.values, other.values, strict=True):
            ks = float(ks_2samp(first, second).pvalue)
            found[name] = ks, float(anderson_ksamp([first, second]).pvalue)
    return found


def joined(samples: Sequence[Sample]) -> Sample:
    return Sample(np.concatenate([s.values for s in samples], axis=1))


def rejections(trials: Sequence[dict[str, tuple[float, float]]]) -> dict[str, Any]:
    """Return how often each test rejects, with its 95 % interval."""
    told: dict[str, Any] = {"trials": len(trials)}
    for name in MEASURES:
        for place, test in enumerate(("KS", "AD")):
            count = sum(trial[name][place] < SIGNIFICANT for trial in trials)
            low, share, high = share_interval(count, len(trials))
            told[f"{name} {test}"] = [round(v, 3) for v in (low, share, high)]
    return told


def told_apart(
    trials: Sequence[dict[str, tuple[float, float]]],
    controls: Sequence[dict[str, tuple[float, float]]],
) -> dict[str, float]:
    """Return the chance that made sets are rejected so much more (or less) often than real ones.

    Exact test of McNemar on the cuts at which one of both is rejected and the other is not.
    """
    found = {}
    for name in MEASURES:
        for place, test in enumerate(("KS", "AD")):
            both = [(t[name][place] < SIGNIFICANT, c[name][place] < SIGNIFICANT)
                    for t, c in zip(trials, controls, strict=True)]  # fmt: skip
            only_made = sum(made and not real for made, real in both)
            apart = sum(made is not real for made, real in both)
            p_value = binomtest(only_made, apart).pvalue if apart else 1.0
            found[f"{name} {test}"] = round(float(p_value), 4)
    return found


def cuts(
    sets: ElementSets, every_days: int
) -> Iterator[tuple[np.datetime64, ElementSets, ElementSets]]:
    """Yield moments with enough sets before and after each."""
    at = sets.epoch_utc[0] + BEFORE_DAYS * _DAY
    while at + AFTER_DAYS * _DAY < sets.epoch_utc[-1]:
        before = sets.take((sets.epoch_utc > at - BEFORE_DAYS * _DAY) & (sets.epoch_utc <= at))
        after = sets.take((sets.epoch_utc > at) & (sets.epoch_utc <= at + AFTER_DAYS * _DAY))
        if len(before) >= 25 and len(after) >= 12:
            yield at, before, after
        at = at + every_days * _DAY


def around(sets: ElementSets, before: ElementSets, after: ElementSets) -> ElementSets:
    """Return all sets from the first before a cut to the last after it."""
    first, last = before.epoch_utc[0], after.epoch_utc[-1]
    return sets.take((sets.epoch_utc >= first) & (sets.epoch_utc <= last))


def picture_before(before: ElementSets) -> Picture:
    return Picture(as_datetime(before.epoch_utc[-1]), before.newest(), before, (), 7.0)


def going_on(histories: dict[str, ElementSets], every_days: int) -> dict[str, Any]:
    """Return how often made days after a cut are told from real ones, and real from real."""
    trials, controls, pooled = [], [], {}
    for name, sets in histories.items():
        made_all, real_all, before_all = [], [], []
        for at, before, after in cuts(sets, every_days):
            habits = replace(
                habits_of(picture_before(before)),
                seed=SEED + int(at.astype("datetime64[D]").astype(int)),
            )
            went = gone_on(Goers.of(before.newest()), habits, at + AFTER_DAYS * _DAY)
            made, real = (
                sample_of(went.elements, np.ones(max(len(went.norad_id) - 1, 0), bool)),
                sample(after),
            )
            earlier = sample(before)
            if min(len(made), len(real), len(earlier)) < 8:
                continue
            trials.append(compared(made, real))
            controls.append(compared(earlier, real))
            made_all.append(made)
            real_all.append(real)
            before_all.append(earlier)
        pooled[name] = {
            "cuts": len(made_all),
            "made and real": _rounded(compared(joined(made_all), joined(real_all))),
            "real and real": _rounded(compared(joined(before_all), joined(real_all))),
        }
    return {
        "made against real, rejected at 5 %": rejections(trials),
        "real against real, rejected at 5 %": rejections(controls),
        "p-value of the difference (McNemar)": told_apart(trials, controls),
        "p-values of all cuts of a satellite together (KS, AD)": pooled,
    }


def turned(histories: dict[str, ElementSets], every_days: int) -> dict[str, Any]:
    """Return how the residuals of real sets differ after a burn is put before them."""
    trials, apart = [], []
    for sets in histories.values():
        for at, before, after in cuts(sets, every_days):
            course = course_of(around(sets, before, after))
            new = diverted(course, burn_at(course, at, 1.0), lag_days=0.0)
            rows = np.arange(len(course.epoch_utc))[-len(after) :]
            usable = steps_of(after).left > 0
            real = sample_of(rows_of(course.flown, rows), usable)
            made = sample_of(rows_of(new.flown, rows), usable)
            if min(len(made), len(real)) < 8:
                continue
            trials.append(compared(made, real))
            spread = np.median(np.abs(real.values), axis=1) + 1e-12
            apart.append(np.median(np.abs(made.values - real.values), axis=1) / spread)
    told = rejections(trials)
    shares = np.median(apart, axis=0)
    told["median change of a residual, in usual ones"] = dict(
        zip(MEASURES, np.round(shares, 4).tolist(), strict=True)
    )
    return told


def in_company(histories: dict[str, ElementSets], every_days: int) -> dict[str, Any]:
    """Return how often sets beside another satellite are told from the part's own before."""
    trials, controls = [], []
    for sets in histories.values():
        for at, before, after in cuts(sets, every_days):
            whole = around(sets, before, after)
            course = course_of(whole)
            leader = led_by(course, before)
            there = trajectory(leader, np.array([at]))
            beside = shifted(there, np.array([[0.0, 0.0, 0.0, 0.0, 0.0, -5e-3]]).T)
            came = following(course, leader, beside, there, lag_days=0.0)
            rows = np.arange(len(came.epoch_utc))[-len(after) :]
            usable = steps_of(after).left > 0
            made, real = sample_of(rows_of(came.flown, rows), usable), sample(after)
            earlier = sample(before)
            if min(len(made), len(real), len(earlier)) >= 8:
                trials.append(compared(made, real))
                controls.append(compared(earlier, real))
    return {
        "beside another against own, rejected at 5 %": rejections(trials),
        "real against real, rejected at 5 %": rejections(controls),
        "p-value of the difference (McNemar)": told_apart(trials, controls),
    }


def led_by(course: Course, before: ElementSets) -> Course:
    """Return another object of the same orbit a quarter of a turn ahead, with its own errors."""
    first = rows_of(course.flown, np.zeros(1, np.int64))
    ahead = shifted(first, np.array([[0.0, 0.0, 0.0, 0.0, 0.0, 1.5]]).T)
    ahead = at_phase(ahead, from_node(first))
    habits = replace(habits_of(picture_before(before)), seed=SEED + 1)
    went = gone_on(
        Goers(np.array([course.norad_id]), ahead, np.array([0])), habits, course.epoch_utc[-1]
    )
    return replace(
        course, flown=went.elements, published=went.elements, known_utc=went.known_utc,
        name=np.full(len(went.norad_id), course.name[0]),
        object_id=np.full(len(went.norad_id), course.object_id[0]),
    )  # fmt: skip


def course_of(sets: ElementSets) -> Course:
    elements = sets.mean_elements()
    return Course(
        norad_id=int(sets.norad_id[0]), flown=elements, published=elements,
        known_utc=sets.known_utc, name=sets.object_name, object_id=sets.object_id,
        origins=origins_of(sets),
    )  # fmt: skip


def burn_at(course: Course, at: np.datetime64, delta_v_m_s: float, across_m_s: float = 0.0) -> Arc:
    before = trajectory(course, np.array([at]))
    return Arc(at, kicked(before, np.array([[0.0, delta_v_m_s, across_m_s]])))


def burns_found(
    histories: dict[str, ElementSets], every_days: int, sizes_m_s: Sequence[float] = SIZES_M_S
) -> dict[str, Any]:
    """Return how many burns of each size are found, and how many sizes lie in their intervals."""
    told: dict[str, Any] = {}
    rule = ManoeuvreRule()
    for size in sizes_m_s:
        found = within = asked = 0
        for sets in histories.values():
            for at, before, after in cuts(sets, every_days):
                whole = around(sets, before, after)
                if np.any(steps_of(whole.take(np.abs(whole.epoch_utc - at) < 6 * _DAY)).left == 0):
                    continue
                asked += 1
                answer = _told(rule, course_of(whole), at, size)
                found += answer is not None
                within += bool(answer)
        low, share, high = share_interval(found, asked)
        inside = share_interval(within, found)
        told[f"{size:g} m/s"] = {
            "burns": asked,
            "found": [round(v, 3) for v in (low, share, high)],
            "size within its interval": [round(v, 3) for v in inside] if found else None,
        }
    return told


def _told(rule: ManoeuvreRule, course: Course, at: np.datetime64, size: float) -> bool | None:
    """Return None where a burn is not found, else whether its size lies within the interval."""
    random = stream(SEED, str(at))
    lag = float(random.uniform(0.0, 0.6))
    new = diverted(course, burn_at(course, at, size), lag_days=lag)
    ids = np.full(len(new.epoch_utc), new.norad_id)
    (judged,), _ = rule.conclude([rule.judge(new.published, ids)], asked=1)
    changes = judged.changes
    near = (np.abs((changes.time_utc - at) / _DAY) < 3.5) & (changes.doubt == Doubt.NONE)
    rows = np.flatnonzero(near & (changes.time_utc >= at - 0.5 * np.timedelta64(24, "h")))
    if not len(rows):
        return None
    inside = (changes.delta_v_low_m_s[rows] <= size) & (changes.delta_v_high_m_s[rows] >= size)
    return bool(inside.any())


def _rounded(found: dict[str, tuple[float, float]]) -> dict[str, list[float]]:
    return {name: [round(p, 4) for p in both] for name, both in found.items()}


if __name__ == "__main__":
    main(sys.argv[1:])
