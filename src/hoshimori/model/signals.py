"""Signals whose emitters are sought: what was measured of each, and where its satellites were."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.geolocation import GeolocationCase, StateSource
from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_fit import SatelliteErrors


@dataclass(frozen=True, slots=True, eq=False)
class ObserverStates:
    """States of both satellites of m differences in ITRF; NaN where there is none."""

    satellite: npt.NDArray[np.int64]
    """Rows of `errors`, shape (m, 2)."""
    position_km: Floats
    """Shape (m, 2, 3)."""
    velocity_km_s: Floats
    errors: SatelliteErrors
    sources: tuple[StateSource, ...]

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """Return the states of some of the differences."""
        return replace(
            self,
            satellite=self.satellite[rows],
            position_km=self.position_km[rows],
            velocity_km_s=self.velocity_km_s[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class HeardSignal:
    """One signal: its case with every measurement, and the states that go with these."""

    case: GeolocationCase
    states: ObserverStates
    """One for each measurement of the case."""
    provenances: tuple[Provenance, ...]
    """Of the files that it was read from, and of the element sets that its states come from."""
    refused: tuple[str, ...] = ()
    """Records of its files that could not be read, each with place, cause and what to do."""

    def __len__(self) -> int:
        """Return the number of measurements."""
        return len(self.case.measurements)

    @property
    def reality(self) -> Reality:
        """Return the reality of the case, its files and its states together."""
        return combined_reality((self.case.reality, *(p.reality for p in self.provenances)))

    def known_by(self, as_of_utc: datetime) -> Self:
        """Return what was known at a moment; what claims to be later is not known, but wrong."""
        rows = [
            row
            for row, one in enumerate(self.case.measurements)
            if one.known_utc <= as_of_utc and one.time_utc <= as_of_utc
        ]
        if len(rows) == len(self):
            return self
        kept = tuple(self.case.measurements[row] for row in rows)
        return replace(
            self,
            case=replace(self.case, measurements=kept),
            states=self.states.take(np.array(rows, dtype=np.int64)),
        )


def signal_digest(signal: HeardSignal) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of a signal; its provenance stays out.

    So do the names of places in files and the reality: the same measurements are one fact.
    """
    case = signal.case
    measured = [replace(one, place="") for one in case.measurements]
    plain = replace(case, measurements=tuple(measured), reality=Reality.REAL)
    digest = hashlib.sha256(repr((plain, signal.states.sources)).encode())
    states = signal.states
    columns = (states.satellite, states.position_km, states.velocity_km_s, states.errors.columns())
    for column in columns:
        # One pattern of bits stands for every NaN.
        values = column.astype("<f8")
        digest.update(np.where(np.isnan(values), np.nan, values).tobytes())
    return digest.hexdigest()
