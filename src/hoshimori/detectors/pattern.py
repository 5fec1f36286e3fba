"""Which objects stopped doing what they always did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np

from hoshimori.model.company import CompanyRule, assets_and_company, examined_sets
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    Interval,
    PatternChange,
    PatternShift,
)
from hoshimori.model.measured_rates import PATTERN
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.pattern import CYCLIC_MODES, KEPT_MODES, Aspect, Mode
from hoshimori.model.picture import Picture
from hoshimori.numerics.cycles import IntervalForecast, discoveries_share, interval_forecast
from hoshimori.numerics.height_pattern import HeightControl
from hoshimori.numerics.lives import Life, Reading, displacement_share, lives
from hoshimori.numerics.steering import Control

_BELT_MODES = {
    Control.UNKNOWN: Mode.UNKNOWN,
    Control.FREE: Mode.NOT_KEPT,
    Control.IMPULSES: Mode.CHEMICAL_KEEPING,
    Control.CONTINUOUS: Mode.ELECTRIC_KEEPING,
    Control.BOTH: Mode.HYBRID_KEEPING,
    Control.HELD: Mode.KEPT,
}
_HEIGHT_MODES = {
    HeightControl.UNKNOWN: Mode.UNKNOWN,
    HeightControl.KEPT: Mode.ALTITUDE_KEEPING,
    HeightControl.PHASE_KEPT: Mode.PHASE_KEEPING,
    HeightControl.RAISING: Mode.RAISING,
    HeightControl.LOWERING: Mode.LOWERING,
    HeightControl.DECAY: Mode.DECAY,
    HeightControl.INERT: Mode.INERT,
}
_GROUPS = (
    KEPT_MODES,
    {Mode.NOT_KEPT, Mode.DECAY, Mode.INERT},
    {Mode.RAISING, Mode.LOWERING},
)
"""Modes that differ in kind; those of one group differ in how, which is told less surely."""
EXPECTED_SHARE = 0.9
"""Of next burns that fall into the interval that is stated."""


@dataclass(frozen=True, slots=True)
class PatternDetector:
    """Finds departures of the assets and their companions from their own patterns of life.

    One setting for all objects. With no assets in the picture every object is examined.
    """

    largest_false_share: float = 0.1
    """Changes are reported as long as so many of them are expected to be false."""
    lookback_days: float = 30.0
    """Only what began within this time before the moment is reported."""
    fewest_sets: int = 8
    """Objects with fewer element sets, thinned, have no pattern."""
    fewest_after: int = 3
    """Element sets that a new mode must show in."""
    least_apart_days: float = 0.33
    """Element sets nearer than this are thinned: they share most of their data."""
    longest_gap_days: float = 10.0
    longest_belt_gap_days: float = 45.0
    """A longer gap begins the history anew, in low orbits and in the belt."""
    burn_floor_m_s: tuple[float, float] = (0.0001, 0.02)
    burn_threshold: float = 9.0
    """Those of the manoeuvre detector, for low orbits."""
    company: CompanyRule = field(default_factory=CompanyRule)

    card: ClassVar[Card] = Card(
        name="pattern",
        version=1,
        question="Which objects stopped doing what they always did?",
        needs=(
            "Histories: at least eight element sets, in low orbits at most ten days apart, in the "
            "geostationary belt 45, where sets more than three days apart show that an object is "
            "kept and not how; a month for the cycles of chemical engines, five past burns for "
            "the time of the next. With one set per object nothing can be seen."
        ),
        method=(
            "In the belt what nature does to longitude and plane is taken away (the Earth's shape "
            "as SGP4 has it, Moon and Sun); what remains is cut into straight pieces by exact "
            "dynamic programming: level is drift (NK), a staircase chemical keeping (CK), a ramp "
            "electric keeping (EK), one this way and one that way hybrid (HK). In low orbits the "
            "semi-major axis is cut the same way and its in-track burns are those of the manoeuvre "
            "detector: saw teeth keep height, or phase where the place along the orbit follows a "
            "clock; the rest is raising, lowering, decay or inert. Reported: a mode of another "
            "kind than before, a burn overdue (if nature took as much since as between burns), a "
            "burn early. Surprise: the share of the object's own past that departs as much (own "
            "displacement in as long a time; own intervals as Student's t of their logarithms). "
            "False discoveries are controlled over all objects "
            "compared (Benjamini and Hochberg). Base rate: the share of the objects of the regime "
            "whose pattern shifts in the same way in the time looked at."
        ),
        references=(
            "Siew et al. 2023, AMOS (SPLID: labels and metric)",
            "Roberts and Linares 2021, AMOS (departure from the own pattern)",
            "Soop 1994, Handbook of Geostationary Orbits",
            "Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289",
        ),
        false_alarm_rate=PATTERN,
        known_false_alarms=(
            "Relocations, end of life and other plans: real changes that an operator announced.",
            "Histories of some weeks, in which a cycle longer than they are looks like none.",
            "Objects near the stable longitudes, where nature hardly moves what nobody keeps.",
            "Space weather that changes the cycle of low objects within weeks.",
            "Burns near the noise of the element sets, some of which they do not show: the next is "
            "then called overdue where the noise hides that the orbit was taken back, too.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[PatternChange, ...]:
        """Return one finding for each departure, the most surprising first."""
        wanted = assets_and_company(picture, self.company)
        sets = examined_sets(picture.history, wanted, self.company, fewest=self.fewest_sets)
        since_utc = as_column_time(picture.as_of_utc) - _span(self.lookback_days)
        read = list(self.lives_of(sets))
        shifts = [self._shift(sets, life, since_utc) for life in read]
        surprise = np.array([s.surprise if s else 1.0 for s in shifts])
        is_wanted = [int(sets.norad_id[life.rows[0]]) in wanted for life in read]
        share = np.ones(len(read))
        share[is_wanted] = discoveries_share(surprise[is_wanted])
        scene = _Scene(self, sets, read, shifts, int(np.sum(is_wanted)))
        found = [
            _finding(scene, k, shift, float(share[k]))
            for k, shift in enumerate(shifts)
            if shift and is_wanted[k] and share[k] <= self.largest_false_share
        ]
        return tuple(sorted(found, key=lambda f: (f.surprise, f.objects)))

    def lives_of(self, sets: ElementSets) -> Iterator[Life]:
        """Yield the lives of objects, rows `distinct`, as this detector reads them."""
        return lives(
            sets.mean_elements(),
            sets.norad_id,
            fewest=self.fewest_sets,
            least_apart_days=self.least_apart_days,
            longest_gap_days=self.longest_gap_days,
            longest_belt_gap_days=self.longest_belt_gap_days,
            burn_floor_m_s=self.burn_floor_m_s,
            burn_threshold=self.burn_threshold,
        )

    def _shift(self, sets: ElementSets, life: Life, since_utc: np.datetime64) -> _Shift | None:
        """Return the most surprising recent departure of one object, its share for all tested."""
        tested = [
            shift
            for aspect, reading in readings(life)
            for shift in (
                self._mode_shift(life, aspect, reading),
                _burn_shift(life, aspect, reading),
            )
        ]
        recent = [s for s in tested if s and sets.epoch_utc[life.rows[s.last_row]] >= since_utc]
        if not recent:
            return None
        first = min(recent, key=lambda s: s.surprise)
        return replace(first, surprise=min(1.0, first.surprise * len(tested)))

    def _mode_shift(self, life: Life, aspect: Aspect, reading: Reading) -> _Shift | None:
        known = [m for m in reading.modes if mode_of(m.control) is not Mode.UNKNOWN]
        if len(known) < 2 or known[-1] is not reading.modes[-1]:
            return None
        before, after = mode_of(known[-2].control), mode_of(known[-1].control)
        start = known[-1].start
        if _group(before) == _group(after) or known[-1].stop - start < self.fewest_after:
            return None
        surprise = displacement_share(reading.place, life.days, start, self.lookback_days)
        return _Shift(PatternShift.MODE_CHANGED, aspect, before, after, start - 1, start, surprise)


@dataclass(frozen=True, slots=True)
class _Shift:
    """One departure of one object, rows as those of its life."""

    kind: PatternShift
    aspect: Aspect
    before: Mode
    after: Mode
    first_row: int
    last_row: int
    surprise: float
    observed_days: float | None = None
    usual_days: Interval | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """What every finding is made from."""

    settings: PatternDetector
    sets: ElementSets
    read: list[Life]
    shifts: list[_Shift | None]
    compared: int


def _span(days: float) -> np.timedelta64:
    """Return a time span; one too long for the calendar becomes a thousand years."""
    return np.timedelta64(round(min(days, 365250.0) * 86400e6), "us")


def mode_of(control: Control | HeightControl) -> Mode:
    """Return the mode that a control is called by."""
    return _BELT_MODES[control] if isinstance(control, Control) else _HEIGHT_MODES[control]


def _group(mode: Mode) -> int:
    return next(k for k, group in enumerate(_GROUPS) if mode in group)


def readings(life: Life) -> list[tuple[Aspect, Reading]]:
    """Return what was read of each aspect that an object has."""
    named = (
        (Aspect.EAST_WEST, life.east_west),
        (Aspect.NORTH_SOUTH, life.north_south),
        (Aspect.HEIGHT, life.height),
    )
    return [(aspect, reading) for aspect, reading in named if reading is not None]


def _burn_shift(life: Life, aspect: Aspect, reading: Reading) -> _Shift | None:
    """Return whether the next burn is overdue, or else the last came early."""
    mode = mode_of(reading.modes[-1].control)
    if mode not in CYCLIC_MODES:
        return None
    return _overdue(life, aspect, mode, reading) or _early(aspect, mode, reading)


def _overdue(life: Life, aspect: Aspect, mode: Mode, reading: Reading) -> _Shift | None:
    forecast = reading.forecast()
    if forecast is None:
        return None
    waited = float(life.days[-1] - reading.burns.days[-1])
    if waited <= forecast.quantile_days(0.5):
        return None
    usual, since = reading.drawn_on()
    # A burn that the sets did not show leaves the element where it was; one that did not come, not.
    if since < np.median(usual):
        return None
    return _Shift(
        kind=PatternShift.BURN_OVERDUE,
        aspect=aspect,
        before=mode,
        after=mode,
        first_row=int(reading.burns.row[-1]),
        last_row=len(life.days) - 1,
        surprise=1.0 - forecast.share_below(waited),
        observed_days=waited,
        usual_days=_usual(forecast),
    )


def _early(aspect: Aspect, mode: Mode, reading: Reading) -> _Shift | None:
    intervals = reading.intervals_days()
    forecast = interval_forecast(intervals[:-1])
    if forecast is None:
        return None
    newest = float(intervals[-1])
    as_short = (np.count_nonzero(intervals[:-1] <= newest) + 1.0) / len(intervals)
    return _Shift(
        kind=PatternShift.BURN_EARLY,
        aspect=aspect,
        before=mode,
        after=mode,
        first_row=int(reading.burns.row[-1]) - 1,
        last_row=int(reading.burns.row[-1]),
        surprise=max(forecast.share_below(newest), float(as_short)),
        observed_days=newest,
        usual_days=_usual(forecast),
    )


def _usual(forecast: IntervalForecast) -> Interval:
    tail = 0.5 * (1.0 - EXPECTED_SHARE)
    return Interval(*(forecast.quantile_days(q) for q in (tail, 0.5, 1.0 - tail)))


def _finding(scene: _Scene, k: int, shift: _Shift, false_share: float) -> PatternChange:
    sets, life = scene.sets, scene.read[k]
    norad_id = int(sets.norad_id[life.rows[0]])
    used = life.rows[[shift.first_row, *range(shift.last_row, len(life.rows))]]
    basis = tuple(sorted(element_set_digest(sets, int(row)) for row in np.unique(used)))
    name = f"{scene.settings.card.name}/{scene.settings.card.version}"
    confidence, because = _confidence(life, shift)
    first, last = life.rows[[shift.first_row, shift.last_row]]
    return PatternChange(
        finding_id=finding_id(name, scene.settings, (norad_id,), basis, shift.kind.value),
        detector=name,
        objects=(norad_id,),
        start_utc=as_datetime(sets.epoch_utc[first]),
        end_utc=as_datetime(sets.epoch_utc[last]),
        base_rate=_base_rate(scene, k, shift),
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=sets.take(used).reality,
        shift=shift.kind,
        aspect=shift.aspect,
        before=shift.before,
        after=shift.after,
        surprise=shift.surprise,
        false_discovery_share=false_share,
        compared=scene.compared,
        observed_days=shift.observed_days,
        usual_days=shift.usual_days,
    )


def _base_rate(scene: _Scene, k: int, shift: _Shift) -> BaseRate:
    """Return the share of objects of the regime that shift in the same way, as surprisingly."""
    regime = scene.read[k].regime
    alike = [s for s, life in zip(scene.shifts, scene.read, strict=True) if life.regime is regime]
    count = sum(
        s is not None and s.kind is shift.kind and s.surprise <= shift.surprise for s in alike
    )
    return BaseRate.counted(regime.name, count, len(alike), scene.settings.lookback_days)


def _confidence(life: Life, shift: _Shift) -> tuple[Confidence, str]:
    after = len(life.days) - shift.last_row
    past_days = float(life.days[shift.first_row] - life.days[0])
    because = f"own past of {past_days:.0f} days, {after} element sets since"
    if past_days < 60.0 or after < 2:
        return Confidence.LOW, because
    return (Confidence.HIGH if past_days > 365.0 and after >= 5 else Confidence.MODERATE), because
