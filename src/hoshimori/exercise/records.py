"""Element sets as a catalogue would publish them: its digits, its designators, its columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.air_drag import mean_motion_dot_rev_day2
from hoshimori.exercise.mean_orbits import days_since
from hoshimori.model.elements import COLUMNS, TEXT, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.elements import Floats, MeanElements, Times

_PUBLICATION_LAG_DAYS = 0.2
_UNNUMBERED_SET = 999


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Who is who: one row per object, shape (n,)."""

    norad_id: npt.NDArray[np.int64]
    name: npt.NDArray[Any]
    object_id: npt.NDArray[Any]
    launch_utc: Times

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """Return the chosen rows."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @classmethod
    def of(cls, sets: ElementSets, norad_id: npt.NDArray[np.int64]) -> Self:
        """Return who objects are by other element sets, ordered by object, one each.

        Launched in the middle of the year of the designator, else at the epoch.
        """
        sets = sets.take(np.searchsorted(sets.norad_id, norad_id))
        launch_utc = launches_of(sets.object_id.tolist(), sets.epoch_utc)
        return cls(norad_id, sets.object_name, sets.object_id, launch_utc)


def element_sets(
    elements: MeanElements, register: Register, as_of_utc: np.datetime64, source: str
) -> ElementSets:
    """Return rows of elements as SIMULATED element sets, rounded to the digits of published ones.

    They become known 0.2 days after their epoch, or half-way to `as_of_utc` where that is sooner.
    """
    epoch_utc = elements.epoch_utc.astype("datetime64[us]")
    motion = _rounded(elements.mean_motion_kozai_rad_min * 1440.0 / (2.0 * np.pi), 8)
    flown = days_since(epoch_utc, np.datetime64(0, "us")) - days_since(
        register.launch_utc.astype("datetime64[us]"), np.datetime64(0, "us")
    )
    rows = len(elements)
    columns: dict[str, npt.NDArray[Any]] = {
        "norad_id": register.norad_id,
        "object_name": register.name,
        "object_id": register.object_id,
        "epoch_utc": epoch_utc,
        "mean_motion_rev_day": motion,
        "eccentricity": _rounded(elements.eccentricity, 7),
        "inclination_deg": _rounded(np.degrees(elements.inclination_rad), 4),
        "raan_deg": _turned(elements.raan_rad),
        "arg_of_pericenter_deg": _turned(elements.arg_of_perigee_rad),
        "mean_anomaly_deg": _turned(elements.mean_anomaly_rad),
        "bstar_per_er": _five_digits(elements.bstar_per_er),
        "mean_motion_dot_rev_day2": _rounded(mean_motion_dot_rev_day2(elements), 8),
        "mean_motion_ddot_rev_day3": np.zeros(rows),
        "ephemeris_type": np.zeros(rows, np.int16),
        "classification": np.full(rows, "U", TEXT),
        "element_set_no": np.full(rows, _UNNUMBERED_SET, np.int32),
        "rev_at_epoch": (np.maximum(motion * flown, 0.0) % 100_000).astype(np.int32),
        "known_utc": _known(epoch_utc, as_of_utc),
        "provenance_index": np.zeros(rows, np.int32),
    }
    provenance = Provenance(source, _digest(columns), Reality.SIMULATED)
    return ElementSets(**columns, provenances=(provenance,))


def launches_of(object_ids: Sequence[str], epoch_utc: Times) -> Times:
    """Return about when objects were launched: the middle of the year, else their epoch."""
    years = [i[:4] if i[4:5] == "-" and i[:4].isdigit() else "" for i in object_ids]
    stated = np.array([f"{y}-07-01" if y else "NaT" for y in years], "datetime64[us]")
    return np.where(np.isnat(stated), epoch_utc, stated)


def _known(epoch_utc: Times, as_of_utc: np.datetime64) -> Times:
    lag = np.timedelta64(round(_PUBLICATION_LAG_DAYS * 86400e6), "us")
    return epoch_utc + np.minimum(lag, (as_of_utc - epoch_utc) // 2)


def _rounded(values: Floats, digits: int) -> Floats:
    return np.asarray(np.round(values, digits) + 0.0)


def _turned(angle_rad: Floats) -> Floats:
    return _rounded(np.degrees(angle_rad), 4) % 360.0


def _five_digits(values: Floats) -> Floats:
    """Return values rounded to five digits, as B* is published; below 1e-9 is nothing."""
    significant = np.abs(values) >= 1e-9
    exponent = np.floor(np.log10(np.where(significant, np.abs(values), 1.0)))
    scale = 10.0 ** (4.0 - exponent)
    return np.where(significant, np.rint(values * scale) / scale, 0.0)


def _digest(columns: Mapping[str, npt.NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name, dtype in COLUMNS.items():
        column = columns[name]
        is_text = dtype == TEXT
        digest.update("\n".join(column).encode() if is_text else column.tobytes())
    return digest.hexdigest()
