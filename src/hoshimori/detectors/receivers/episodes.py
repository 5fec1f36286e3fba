"""From the samples of one receiver to episodes, and what each quantity did in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hoshimori.model.findings import Interval
from hoshimori.model.findings_of_receivers import QuantityChange
from hoshimori.model.receivers import PLACE_OF, Floats, Link, Quantity, ReceiverSeries
from hoshimori.numerics.reception import (
    Bools,
    Whole,
    episodes_of,
    median_interval,
    over_satellites,
    pieces_of,
    stuck,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A quantity that tells of disturbance: which way, and from what change on."""

    quantity: Quantity
    sign: float
    """+1 where it rises when disturbed, -1 where it falls."""
    least: float
    """Least change of interest, in the quantity's unit (bit errors: decades)."""
    floor: float
    """Least sigma: what the finest receiver still resolves."""


TELLING = (
    # 6 dB: four times the noise. Satellites rising and trees take less for long.
    Telling(Quantity.CN0, -1.0, 6.0, 1.0),
    Telling(Quantity.CN0, +1.0, 4.0, 1.0),
    # 3 dB: as much power from outside as the receiver's own noise.
    Telling(Quantity.NOISE_FLOOR, +1.0, 3.0, 0.5),
    Telling(Quantity.GAIN_CONTROL, +1.0, 3.0, 0.5),
    Telling(Quantity.RSSI, +1.0, 6.0, 1.0),
    Telling(Quantity.BIT_ERRORS, +1.0, 1.0, 0.25),
)


def least_of(quantity: Quantity, *, rises: bool) -> float:
    """Return the least change of interest of a quantity, up or down."""
    own = [t for t in TELLING if t.quantity is quantity]
    return next((t.least for t in own if (t.sign > 0.0) is rises), own[0].least)


_ENOUGH_AFTER_S = 86_400.0
"""What came up to a day later tells what is usual at the start of a series."""
_NEAR_S = 600.0
"""Satellites neither rise nor set by much in such a time."""


@dataclass(frozen=True, slots=True)
class ReceiverRule:
    """How a receiver's own past is kept, and what counts as a disturbance of it."""

    spacing_s: float = 30.0
    """Quiet samples of the past are at least so far apart."""
    held_most: int = 720
    """Of them; six hours and more."""
    held_briefly: int = 60
    """Of them, for what changes slowly by nature: single satellites, C/N0 that rises, depths."""
    fewest: int = 60
    """With fewer nothing is judged."""
    gap_s: float = 600.0
    """After a longer silence nothing goes on."""
    settle_days: float = 7.0
    """What lasts longer becomes the usual."""
    shortest_s: float = 20.0
    """Shorter episodes are counted, not reported."""
    join_s: float = 60.0
    """Episodes as near to one another are one."""
    stuck_samples: int = 120
    """As many equal values say that the receiver repeats itself, not that all is well."""
    satellite_least_db: float = 8.0
    """Of one satellite; reflections take less."""
    satellite_rise_s: float = 120.0
    """One that goes down fades more slowly."""
    least_part: float = 0.7
    """Of the least change: what is told is at least so deep."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Samples from the first disturbed one to the last."""

    first: int
    last: int
    goes_on: bool
    rises: bool
    """Whether C/N0 rose."""


@dataclass(frozen=True, eq=False)
class Judged:
    """One receiver's samples, judged by their own past."""

    series: ReceiverSeries
    rule: ReceiverRule

    @cached_property
    def t_s(self) -> Floats:
        """Seconds after the first sample."""
        since = self.series.time_utc - self.series.time_utc[0]
        return np.asarray(since / np.timedelta64(1, "s"))

    @cached_property
    def values(self) -> Floats:
        """Quantities as they are judged: stuck ones left out, bit errors as powers of ten."""
        values = self.series.values.copy()
        if self.series.satellites:
            mean, spread = over_satellites(self.t_s, self.series.cn0_dbhz)
            for quantity, told in ((Quantity.CN0, mean), (Quantity.CN0_SPREAD, spread)):
                column = values[:, PLACE_OF[quantity]]
                values[:, PLACE_OF[quantity]] = np.where(np.isnan(column), told, column)
        errors = values[:, PLACE_OF[Quantity.BIT_ERRORS]]
        values[:, PLACE_OF[Quantity.BIT_ERRORS]] = np.log10(np.maximum(errors, 1e-12))
        values[self.stuck] = np.nan
        return values

    @cached_property
    def stuck(self) -> Bools:
        """Values that only repeat, shape of `values`; nothing tracked is no repetition."""
        told = np.zeros(self.series.values.shape, dtype=np.bool_)
        for quantity in (Quantity.CN0, Quantity.NOISE_FLOOR, Quantity.GAIN_CONTROL, Quantity.RSSI):
            x = self.series.of(quantity)
            repeats = stuck(x, self.rule.stuck_samples)
            # A coarse scale repeats by nature: then most values equal the one before.
            if 2 * np.count_nonzero(x[1:] == x[:-1]) < len(x):
                told[:, PLACE_OF[quantity]] = repeats & (x != 0.0)
        return told

    @cached_property
    def walks(self) -> tuple[tuple[Telling, Floats, Whole], ...]:
        """Of each telling quantity that is measured: usual, and the number of the episode."""
        rule, found = self.rule, []
        for telling in TELLING:
            x = telling.sign * self.values[:, PLACE_OF[telling.quantity]]
            if np.count_nonzero(np.isfinite(x)) <= rule.fewest:
                continue
            held = self.rule.held_briefly if _is_rise(telling) else self.rule.held_most
            teaches = self._without_a_past(telling, x)
            usual, _, episode = self._walk(self.t_s, teaches, telling, held)
            self._judge_start(telling, x, usual, episode)
            found.append((telling, telling.sign * usual, episode))
        return tuple(found)

    def _walk(
        self, t_s: Floats, x: Floats, telling: Telling, held: int
    ) -> tuple[Floats, Floats, Whole]:
        rule = self.rule
        return episodes_of(
            t_s, x, telling.least, telling.floor, rule.spacing_s, held, rule.fewest,
            rule.gap_s, rule.settle_days * 86_400.0,
        )  # fmt: skip

    def _without_a_past(self, telling: Telling, x: Floats) -> Floats:
        """Return values without those of nothing tracked, until enough was tracked to have a past.

        That a navigation receiver tracks nothing is never what is usual for it.
        """
        is_navigation = self.series.receiver.link is Link.NAVIGATION
        if telling.quantity is not Quantity.CN0 or not is_navigation:
            return x
        tracked = np.flatnonzero(np.isfinite(x) & (x != 0.0))
        known = self._spaced(tracked)
        enough = known[self.rule.fewest - 1] if len(known) >= self.rule.fewest else len(x)
        return np.where((x == 0.0) & (np.arange(len(x)) < enough), np.nan, x)

    def _judge_start(self, telling: Telling, x: Floats, usual: Floats, episode: Whole) -> None:
        """Judge the samples before there was a past by the quiet ones after them, in place.

        The same walk, backwards in time. A rise of C/N0 is not looked for: towards the past it is
        how a receiver warms up.
        """
        judged = np.flatnonzero(np.isfinite(usual))
        if not len(judged) or not judged[0] or _is_rise(telling):
            return
        head = int(judged[0])
        until = int(np.searchsorted(self.t_s, self.t_s[head] + _ENOUGH_AFTER_S, side="right"))
        back = slice(until - 1, None, -1) if until else slice(0)
        told, _, number = self._walk(
            -self.t_s[back], np.ascontiguousarray(x[back]), telling, self.rule.held_most
        )
        told, number = told[::-1][:head], number[::-1][:head]
        usual[:head] = told
        episode[:head] = np.where(number > 0, number + episode.max(), 0)

    @cached_property
    def start(self) -> int:
        """How many samples at the start had no past, and are judged by what came after."""
        early = np.zeros(1, dtype=np.int64)
        for telling, _, _ in self.walks:
            x = telling.sign * self.values[:, PLACE_OF[telling.quantity]]
            teaches = self._spaced(np.flatnonzero(np.isfinite(self._without_a_past(telling, x))))
            early = np.append(early, teaches[: self.rule.fewest][-1:])
        return int(early.max())

    def _spaced(self, rows: Whole) -> Whole:
        """Return rows that are as far apart as quiet samples of the past are."""
        slot = np.floor(self.t_s[rows] / self.rule.spacing_s)
        first_of_slot = np.ones(len(rows), dtype=np.bool_)
        first_of_slot[1:] = slot[1:] != slot[:-1]
        return rows[first_of_slot]

    @cached_property
    def disturbed(self) -> Bools:
        """Samples in any episode but of C/N0 that rose: that alone teaches what is usual."""
        told = np.zeros(len(self.series), dtype=np.bool_)
        for telling, _, episode in self.walks:
            if not _is_rise(telling):
                told |= episode > 0
        return told

    @cached_property
    def is_judged(self) -> Bools:
        """Samples of which any telling quantity had a past to be judged by."""
        told = np.zeros(len(self.series), dtype=np.bool_)
        for _, usual, _ in self.walks:
            told |= np.isfinite(usual)
        return told

    def episodes(self) -> tuple[Episode, ...]:
        """Return the episodes of all quantities together, ordered by time.

        C/N0 that rose is an episode of its own, with noise that rose at the same time; where C/N0
        fell by another reckoning of what is usual, it is none.
        """
        falls = self._merged(lambda t: not _is_rise(t))
        fell = self._samples_of(Quantity.CN0, -1.0)
        rises = [
            rise for rise in self._merged(_is_rise) if not fell[rise.first : rise.last + 1].any()
        ]
        own = [f for f in falls if fell[f.first : f.last + 1].any() or not _over(f, rises)]
        return tuple(sorted((*own, *rises), key=lambda e: (e.first, e.last)))

    def _merged(self, wanted: Callable[[Telling], bool]) -> list[Episode]:
        """Return the episodes of some quantities; those that touch or nearly so are one."""
        walks = [(telling, episode) for telling, _, episode in self.walks if wanted(telling)]
        merged: list[Episode] = []
        for first, last in sorted(span for _, episode in walks for span in _spans(episode)):
            before = merged[-1] if merged else None
            if before is not None and self._is_near(before.last, first):
                first, last = before.first, max(last, before.last)
                merged.pop()
            rises = bool(walks) and _is_rise(walks[0][0])
            merged.append(Episode(first, last, last >= len(self.series) - 1, rises))
        return merged

    def _is_near(self, last: int, first: int) -> bool:
        return first <= last or bool(self.t_s[first] - self.t_s[last] <= self.rule.join_s)

    def _samples_of(self, quantity: Quantity, sign: float) -> Bools:
        told = np.zeros(len(self.series), dtype=np.bool_)
        for telling, _, episode in self.walks:
            if telling.quantity is quantity and telling.sign == sign:
                told |= episode > 0
        return told

    def pieces(self, episode: Episode) -> tuple[Episode, ...]:
        """Return the parts of an episode in which C/N0 fell by much and by less, in order."""
        x = self.values[episode.first : episode.last + 1, PLACE_OF[Quantity.CN0]]
        past = self.past_of(self.values[:, PLACE_OF[Quantity.CN0]], episode.first)
        if episode.rises or len(past) < self.rule.fewest:
            return (episode,)
        return tuple(
            Episode(
                episode.first + first,
                episode.first + last,
                episode.goes_on and episode.first + last == episode.last,
                False,
            )
            for first, last in pieces_of(float(np.median(past)) - x, TELLING[0].least)
        )

    def usual_of(self, quantity: Quantity, sign: float, otherwise: float) -> Floats:
        """Return what was usual at each sample, or one value where that was not followed."""
        for telling, usual, _ in self.walks:
            if telling.quantity is quantity and telling.sign == sign:
                return usual
        return np.full(len(self.series), otherwise)

    def change_of(self, quantity: Quantity, episode: Episode) -> QuantityChange | None:
        """Return what a quantity did in an episode; None where it or its past is not measured."""
        x = self.values[:, PLACE_OF[quantity]]
        during = x[episode.first : episode.last + 1]
        during = during[np.isfinite(during)]
        past = self.past_of(x, episode.first)
        if not len(during) or len(past) < self.rule.fewest:
            return None
        usual = float(np.median(past))
        return QuantityChange(
            quantity=quantity,
            usual=usual,
            spread=float(1.4826 * np.median(np.abs(past - usual))),
            during=Interval(*median_interval(during)),
            samples=len(during),
        )

    def past_of(self, x: Floats, first: int) -> Floats:
        """Return the last quiet values before a sample, as far apart as the rule says.

        Few: what it would be now is told best by what it was just before. At the start of a series
        those are the first quiet ones after.
        """
        held = self.rule.held_briefly
        quiet = np.isfinite(x) & ~self.disturbed
        past = self._spaced(np.flatnonzero(quiet[:first]))[-held:]
        if len(past) < self.rule.fewest and first < self.start:
            past = self._spaced(first + np.flatnonzero(quiet[first:]))[:held]
        return x[past]

    def place_before(self, episode: Episode) -> tuple[float, float] | tuple[None, None]:
        """Return the place stated last by a quiet sample before, at the start first after."""
        told = np.flatnonzero(np.isfinite(self.series.place_deg).all(axis=1) & ~self.disturbed)
        before = told[told < episode.first]
        rows = before[-1:] if len(before) else told[told > episode.last][:1]
        if not len(rows):
            return None, None
        latitude, longitude = self.series.place_deg[rows[0]].tolist()
        return float(latitude), float(longitude)

    def satellites_in(self, episode: Episode) -> tuple[tuple[str, ...], int]:
        """Return the satellites that fell or were lost, and how many were tracked before.

        The last ten minutes before are compared with the first ten during: in longer times
        satellites rise and set.
        """
        table, t_s = self.series.cn0_dbhz, self.t_s
        begun = t_s[episode.first]
        before = table[(t_s >= begun - _NEAR_S) & (t_s < begun)]
        within = (t_s >= begun) & (t_s <= min(begun + _NEAR_S, t_s[episode.last]))
        during = table[within]
        if not len(before) or not len(during):
            return (), 0
        told = np.isfinite(before) & (before > 0.0)
        tracked = np.flatnonzero(told.mean(axis=0) >= 0.5)
        fallen = []
        for k in tracked.tolist():
            now = np.nan_to_num(during[:, k])
            if float(np.median(now)) <= float(np.nanmedian(before[:, k])) - 0.5 * TELLING[0].least:
                fallen.append(self.series.satellites[k])
        return tuple(fallen), len(tracked)

    def _all_disturbed_near(self, first: int, last: int) -> bool:
        """Tell whether the whole was disturbed, or rose, within ten minutes of some samples."""
        t_s = self.t_s
        near = (t_s >= t_s[first] - _NEAR_S) & (t_s <= t_s[last] + _NEAR_S)
        rose = self._samples_of(Quantity.CN0, 1.0)
        return bool((self.disturbed | rose)[near].any())

    def of_one_satellite(self) -> Iterator[tuple[str, Floats, Floats, Episode]]:
        """Yield name, C/N0, usual C/N0 and episode of satellites that fell alone."""
        for k, name in enumerate(self.series.satellites):
            x = self.series.cn0_dbhz[:, k]
            if np.count_nonzero(np.isfinite(x)) <= self.rule.fewest:
                continue
            alone = Telling(Quantity.CN0, -1.0, self.rule.satellite_least_db, 1.5)
            usual, _, episode = self._walk(self.t_s, -x, alone, self.rule.held_briefly)
            for first, last in _spans(episode):
                if not self._all_disturbed_near(first, last):
                    ends = last >= len(self.series) - 1
                    yield name, x, -usual, Episode(first, last, ends, False)


def _is_rise(telling: Telling) -> bool:
    return telling.quantity is Quantity.CN0 and telling.sign > 0.0


def _over(one: Episode, others: Sequence[Episode]) -> bool:
    return any(one.first <= other.last and other.first <= one.last for other in others)


def _spans(episode: Whole) -> Iterator[tuple[int, int]]:
    """Yield first and last sample of each episode."""
    rows = np.flatnonzero(episode)
    parts: Sequence[Whole] = np.split(rows, np.flatnonzero(np.diff(episode[rows])) + 1)
    for part in parts:
        if len(part):
            yield int(part[0]), int(part[-1])
