"""Made series of one receiver with known disturbances, for tests, measurements and training."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

import numpy as np

from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import (
    PLACE_OF,
    Floats,
    Quantity,
    Receiver,
    ReceiverSeries,
)
from hoshimori.numerics.reception import Bools

_MADE = Provenance("made reception", "0" * 64, Reality.SIMULATED)


class MadeCause(Enum):
    """What happens to the reception of a made receiver."""

    POWER_FROM_OUTSIDE = "power from outside"
    """Noise and gain control rise by the depth, and every C/N0 falls by it."""
    SHUT_OUT = "shut out"
    """Of every four satellites three are lost; noise stays."""
    FOREIGN_SIGNALS = "foreign signals"
    """Every C/N0 is the same and higher by the depth than before; the clock jumps by 5 us."""
    ONE_SATELLITE = "one satellite"
    """The first satellite falls by the depth."""
    RAIN = "rain"
    """C/N0 falls and comes back over a quarter of the time each; noise rises by a fifth of it."""


@dataclass(frozen=True, slots=True)
class MadeDisturbance:
    """One disturbance of a made receiver."""

    cause: MadeCause
    first: int
    """Its first sample."""
    samples: int
    depth_db: float


@dataclass(frozen=True, slots=True)
class MadeReceiver:
    """A receiver whose reception is made: satellites, noise and what disturbs them."""

    receiver: Receiver = field(default_factory=lambda: Receiver("made"))
    start_utc: datetime = datetime(2026, 3, 1, tzinfo=UTC)
    samples: int = 1_440
    step_s: float = 30.0
    satellites: int = 8
    """Told apart; with 0 only the whole is measured."""
    swing_db: float = 3.0
    """How far C/N0 goes up and down within half a day."""
    has_noise: bool = True
    """Whether noise floor and gain control are measured."""
    planted: tuple[MadeDisturbance, ...] = ()


def disturbed_reception(made: MadeReceiver, rng: np.random.Generator) -> ReceiverSeries:
    """Return the samples of a made receiver, all of them SIMULATED."""
    count, number = made.samples, max(made.satellites, 1)
    hours = np.arange(count) * made.step_s / 3600.0
    # Satellites climb and sink within half a day; each has its own height now.
    phase = rng.uniform(0.0, 2.0 * np.pi, number)
    cn0 = 43.0 + made.swing_db * np.sin(2.0 * np.pi * hours[:, None] / 12.0 + phase)
    cn0 += rng.normal(0.0, 0.7, cn0.shape)
    noise = -100.0 + rng.normal(0.0, 0.3, count)
    gain = 20.0 + rng.normal(0.0, 0.3, count)
    clock = rng.normal(0.0, 0.05, count)
    for one in made.planted:
        rows = slice(one.first, one.first + one.samples)
        rise = _shape(one) * one.depth_db
        _disturb(one, cn0[rows], noise[rows], gain[rows], clock[rows], rise)
    values = np.full((count, len(Quantity)), np.nan)
    if made.has_noise:
        values[:, PLACE_OF[Quantity.NOISE_FLOOR]] = noise
        values[:, PLACE_OF[Quantity.GAIN_CONTROL]] = gain
    values[:, PLACE_OF[Quantity.CLOCK_OFFSET]] = clock
    if not made.satellites:
        values[:, PLACE_OF[Quantity.CN0]] = np.nan_to_num(cn0[:, 0])
    return ReceiverSeries(
        receiver=made.receiver,
        time_utc=_moments(made),
        known_utc=_moments(made),
        values=values,
        satellites=tuple(f"G{k + 1:02d}" for k in range(made.satellites)),
        cn0_dbhz=cn0[:, : made.satellites],
        provenance_index=np.zeros(count, dtype=np.int32),
        provenances=(_MADE,),
    )


def truly_disturbed(made: MadeReceiver) -> Bools:
    """Return which samples are disturbed."""
    told = np.zeros(made.samples, dtype=np.bool_)
    for one in made.planted:
        told[one.first : one.first + one.samples] = True
    return told


def _moments(made: MadeReceiver) -> np.ndarray:
    seconds = np.arange(made.samples) * made.step_s
    return as_column_time(made.start_utc) + np.round(seconds * 1e6).astype("timedelta64[us]")


def _shape(one: MadeDisturbance) -> Floats:
    """Return how much of the depth each sample has."""
    if one.cause is not MadeCause.RAIN:
        return np.ones(one.samples)
    ramp = np.arange(one.samples) / (one.samples / 4.0)
    return np.asarray(np.minimum(1.0, np.minimum(ramp, ramp[::-1])))


def _disturb(
    one: MadeDisturbance, cn0: Floats, noise: Floats, gain: Floats, clock: Floats, rise: Floats
) -> None:
    """Change the samples of one disturbance in place."""
    match one.cause:
        case MadeCause.POWER_FROM_OUTSIDE:
            noise += rise
            gain += rise
            cn0 -= rise[:, None]
            cn0[cn0 < 20.0] = np.nan
        case MadeCause.SHUT_OUT:
            cn0[:, np.arange(cn0.shape[1]) % 4 != 0] = np.nan
        case MadeCause.FOREIGN_SIGNALS:
            cn0[:] = 43.0 + rise[:, None] + 0.1 * (cn0 - cn0.mean(axis=1, keepdims=True))
            clock += 5.0
        case MadeCause.ONE_SATELLITE:
            cn0[:, 0] -= rise
        case MadeCause.RAIN:
            cn0 -= rise[:, None]
            noise += 0.2 * rise
