"""The signs of one disturbance: what changed, against the receiver's own quiet samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hoshimori.detectors.receivers.causes import Signs
from hoshimori.detectors.receivers.episodes import TELLING, Episode, Judged
from hoshimori.model.findings import Interval
from hoshimori.model.findings_of_receivers import QuantityChange
from hoshimori.model.receivers import Quantity

_LOST_OTHER_DBM = -110.0
"""Below, a telephone hears nothing (3GPP TS 27.007: 0 of 31 is -113 dBm and less). A fall that
leaves it more is no loss: moving a street further does as much."""
_JUMPS = {Quantity.POSITION_OFFSET: 100.0, Quantity.CLOCK_OFFSET: 1.0}
"""Least jump that counts: 100 m, and 1 us, which is 300 m."""
_NOISE = (Quantity.NOISE_FLOOR, Quantity.GAIN_CONTROL, Quantity.RSSI)


def changes_in(judged: Judged, episode: Episode) -> tuple[QuantityChange, ...]:
    """Return what was measured in an episode, what changed most for its own noise first.

    C/N0 leads where it changed enough: it is what users have of the others.
    """
    found = [c for q in Quantity if (c := judged.change_of(q, episode)) is not None]
    least = {
        t.quantity: max(t.least, t.floor) for t in TELLING if t.sign > 0.0 or not episode.rises
    }
    told = [c for c in found if c.quantity in least]
    if not told:
        return ()

    def weight(change: QuantityChange) -> tuple[bool, float]:
        size = abs(change.during.best - change.usual) / least[change.quantity]
        return change.quantity is Quantity.CN0 and size >= 0.5, size

    leading = max(told, key=weight)
    return (leading, *(c for c in found if c is not leading))


def depth_of(change: QuantityChange) -> Interval:
    """Return how much a quantity changed: where it would be now is as sure as its quiet samples."""
    during, wander = change.during, 1.96 * change.spread
    best = during.best - change.usual
    low, high = during.best - during.low, during.high - during.best
    return Interval(best - float(np.hypot(low, wander)), best, best + float(np.hypot(high, wander)))


def lost_share(judged: Judged, episode: Episode) -> float | None:
    """Return the share of samples in which nothing was tracked; None where C/N0 is not measured."""
    x = judged.values[episode.first : episode.last + 1, 0]
    x = x[np.isfinite(x)]
    return float(np.mean(x <= 0.0)) if len(x) else None


def signs_of(
    judged: Judged,
    changes: Sequence[QuantityChange],
    lost: float | None,
    fallen: int,
    tracked: int,
    seconds: float,
) -> Signs:
    """Return the signs of one disturbance from what changed in it."""
    by = {change.quantity: change for change in changes}
    cn0 = by.get(Quantity.CN0)
    fell = None if cn0 is None else cn0.during.best - cn0.usual
    noise = [by[q] for q in _NOISE if q in by]
    rises = [c.during.best - c.usual for c in noise]
    rose = [
        r >= max(next(t.least for t in TELLING if t.quantity is c.quantity) / 2.0, 3.0 * c.spread)
        for r, c in zip(rises, noise, strict=True)
    ]
    # Received power that falls tells nothing of noise: it may be the signal that went.
    is_told = any(c.quantity is not Quantity.RSSI or up for c, up in zip(noise, rose, strict=True))
    return Signs(
        cn0_db=fell if fell is not None and abs(fell) >= TELLING[1].least / 2.0 else None,
        cn0_dbhz=None if cn0 is None else cn0.during.best,
        lost_share=lost,
        fallen_share=fallen / tracked if tracked else None,
        noise_db=max(0.0, *rises) if is_told else None,
        noise_rose=any(rose) if is_told else None,
        other_lost=_other_lost(by.get(Quantity.OTHER_RSSI)),
        alike=_alike(by.get(Quantity.CN0_SPREAD)),
        jumped=_jumped(by),
        rise_s=seconds,
        band=judged.series.receiver.band,
    )


def _other_lost(other: QuantityChange | None) -> bool | None:
    return None if other is None else other.during.best <= _LOST_OTHER_DBM


def _alike(spread: QuantityChange | None) -> bool | None:
    return None if spread is None else spread.during.best <= 0.5 * spread.usual


def _jumped(by: dict[Quantity, QuantityChange]) -> bool | None:
    told = [
        abs(by[q].during.best - by[q].usual) >= max(least, 6.0 * by[q].spread)
        for q, least in _JUMPS.items()
        if q in by
    ]
    return any(told) if told else None
