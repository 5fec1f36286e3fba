"""What receivers measured of their own reception: series of samples, as columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.provenance import Provenance, Reality, combined_reality

Floats = npt.NDArray[np.float64]
Moments = npt.NDArray[np.datetime64]


class Link(Enum):
    """What a receiver receives, and where it stands."""

    NAVIGATION = "navigation"
    """Signals of navigation satellites, by a receiver on or near the ground."""
    DOWNLINK = "downlink"
    """What a satellite sends to the ground, by an earth station or terminal."""
    UPLINK = "uplink"
    """What the ground sends to a satellite, by the satellite."""
    CROSSLINK = "crosslink"
    """What one satellite sends to another, by a satellite."""


class Polarisation(Enum):
    """Polarisation of the receiving antenna."""

    RIGHT = "RHCP"
    LEFT = "LHCP"
    HORIZONTAL = "H"
    VERTICAL = "V"
    NOT_STATED = "not stated"


class Bearing(Enum):
    """From where and on what a disturbance acts, as whoever runs the receiver states it."""

    TO_SPACE = "to"
    FROM_SPACE = "from"
    WITHIN_SPACE = "within"
    ON_GROUND = "ground"
    NOT_STATED = "not stated"


class Quantity(Enum):
    """What is measured; the place of a member is the place of its column."""

    CN0 = "C/N0"
    """Carrier to noise density [dB-Hz], over all satellites where there are several; 0 where
    nothing is tracked."""
    CN0_SPREAD = "spread of C/N0"
    """Standard deviation of C/N0 between satellites [dB]."""
    GAIN_CONTROL = "gain control"
    """Attenuation that the automatic gain control sets [dB]: rises with the power in the band."""
    NOISE_FLOOR = "noise floor"
    """Power without signal [dBm]."""
    BIT_ERRORS = "bit errors"
    """Bit error ratio, 0 to 1."""
    RSSI = "received power"
    """Power in the receiver's own band [dBm]."""
    OTHER_RSSI = "other reception"
    """Power of another radio beside it, as of a mobile telephone [dBm]."""
    USED = "satellites used"
    """Share of the satellites in view that are used, 0 to 1."""
    POSITION_OFFSET = "position offset"
    """Between the position by satellites and one known otherwise [m]."""
    CLOCK_OFFSET = "clock offset"
    """Between the time by satellites and one known otherwise [us]."""


PLACE_OF = {quantity: place for place, quantity in enumerate(Quantity)}
"""Column of each quantity in `ReceiverSeries.values`."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Which receiver, and what it receives."""

    name: str
    link: Link = Link.NAVIGATION
    band: str = ""
    """As written: L1, Ku; empty where not stated."""
    polarisation: Polarisation = Polarisation.NOT_STATED
    norad_id: int | None = None
    """The satellite of the link; None where signals of many are received."""
    bearing: Bearing = Bearing.NOT_STATED


@dataclass(frozen=True, slots=True, eq=False)
class ReceiverSeries:
    """Samples of one receiver, ordered by time, no time twice; read-only, NaN: not measured."""

    receiver: Receiver
    time_utc: Moments
    """When it was measured, by the receiver's clock (datetime64[us])."""
    known_utc: Moments
    """When it could be known: when it was received, else the time itself."""
    values: Floats
    """Shape (n, quantities), in the order of `Quantity`."""
    satellites: tuple[str, ...]
    """Signals told apart, such as G05; none where only the whole is measured."""
    cn0_dbhz: Floats
    """C/N0 of each satellite, shape (n, satellites)."""
    provenance_index: npt.NDArray[np.int32]
    provenances: tuple[Provenance, ...]
    place_deg: Floats = field(default_factory=lambda: np.empty((0, 2)))
    """Latitude and longitude of the receiver as stated, shape (n, 2); left out: not stated."""

    def __post_init__(self) -> None:
        count = len(self.time_utc)
        if not len(self.place_deg):
            object.__setattr__(self, "place_deg", np.full((count, 2), np.nan))
        shapes = {
            "time_utc": ((count,), "datetime64[us]"),
            "known_utc": ((count,), "datetime64[us]"),
            "values": ((count, len(Quantity)), "float64"),
            "cn0_dbhz": ((count, len(self.satellites)), "float64"),
            "provenance_index": ((count,), "int32"),
            "place_deg": ((count, 2), "float64"),
        }
        for name, (shape, dtype) in shapes.items():
            column = np.ascontiguousarray(getattr(self, name), dtype=dtype)
            if column.shape != shape:
                raise ValueError(f"{name}: {column.shape} is not {shape}")
            column = column.view()
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.time_utc)

    @property
    def reality(self) -> Reality:
        """The reality of all samples together."""
        used = np.unique(self.provenance_index)
        return combined_reality(self.provenances[k].reality for k in used)

    def of(self, quantity: Quantity) -> Floats:
        """Return one quantity, sample by sample."""
        return self.values[:, PLACE_OF[quantity]]

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Return the samples of an index or mask."""
        return replace(
            self,
            time_utc=self.time_utc[rows],
            known_utc=self.known_utc[rows],
            values=self.values[rows],
            cn0_dbhz=self.cn0_dbhz[rows],
            provenance_index=self.provenance_index[rows],
            place_deg=self.place_deg[rows],
        )

    def known_by(self, as_of_utc: np.datetime64) -> Self:
        """Return what was known at a moment; what claims to be later is not known, but wrong."""
        return self.take((self.known_utc <= as_of_utc) & (self.time_utc <= as_of_utc))


def joined_series(parts: Sequence[ReceiverSeries]) -> tuple[ReceiverSeries, ...]:
    """Return one series for each receiver, ordered by time.

    Of two samples of one moment the one known last counts; of two known at once the one named
    last: a correction takes the place of what it corrects.
    """
    by_receiver: dict[Receiver, list[ReceiverSeries]] = {}
    for part in parts:
        by_receiver.setdefault(part.receiver, []).append(part)
    return tuple(_one_series(receiver, own) for receiver, own in sorted(
        by_receiver.items(), key=lambda pair: (pair[0].name, str(pair[0]))
    ))  # fmt: skip


def _one_series(receiver: Receiver, parts: Sequence[ReceiverSeries]) -> ReceiverSeries:
    satellites = tuple(sorted({name for part in parts for name in part.satellites}))
    place = {name: k for k, name in enumerate(satellites)}
    blocks = []
    for part in parts:
        block = np.full((len(part), len(satellites)), np.nan)
        block[:, [place[name] for name in part.satellites]] = part.cn0_dbhz
        blocks.append(block)
    shift = np.cumsum([0, *(len(part.provenances) for part in parts)])
    whole = ReceiverSeries(
        receiver=receiver,
        time_utc=np.concatenate([part.time_utc for part in parts]),
        known_utc=np.concatenate([part.known_utc for part in parts]),
        values=np.concatenate([part.values for part in parts]),
        satellites=satellites,
        cn0_dbhz=np.concatenate(blocks),
        provenance_index=np.concatenate(
            [part.provenance_index + s for part, s in zip(parts, shift[:-1], strict=True)]
        ),
        provenances=tuple(p for part in parts for p in part.provenances),
        place_deg=np.concatenate([part.place_deg for part in parts]),
    )
    order = np.lexsort((np.arange(len(whole)), whole.known_utc, whole.time_utc))
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = whole.time_utc[order][1:] != whole.time_utc[order][:-1]
    return whole.take(order[last])


def series_digest(series: ReceiverSeries, rows: slice = slice(None)) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of samples; their provenance stays out."""
    digest = hashlib.sha256()
    digest.update(repr((series.receiver, series.satellites)).encode())
    digest.update(series.time_utc[rows].astype("<i8").tobytes())
    places = series.place_deg[rows]
    stated = (places,) if np.isfinite(places).any() else ()
    for columns in (series.values[rows], series.cn0_dbhz[rows], *stated):
        # One pattern of bits stands for every NaN.
        digest.update(np.where(np.isnan(columns), np.nan, columns).astype("<f8").tobytes())
    return digest.hexdigest()
