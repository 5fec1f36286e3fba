"""Element sets as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.numerics.elements import MeanElements

Column = npt.NDArray[Any]

TEXT = np.dtypes.StringDType()
MICROSECONDS = np.dtype("datetime64[us]")
NOT_STATED = -1
"""Stands for an integer that the source did not state."""


@dataclass(frozen=True, slots=True, eq=False)
class ElementSets:
    """GP mean-element records (SGP4 theory, TEME, UTC), one read-only array per column.

    Values keep the units and digits in which element sets are published, so that reading and
    writing give back the same record; `mean_elements` converts to the units of the house.
    """

    norad_id: Column
    """Catalogue number, 1 to 999,999,999 (int64)."""
    object_name: Column
    object_id: Column
    """International designator, YYYY-NNNAAA; empty where the source states none."""
    epoch_utc: Column
    """When the elements are valid (datetime64[us])."""
    mean_motion_rev_day: Column
    """Kozai mean motion."""
    eccentricity: Column
    inclination_deg: Column
    raan_deg: Column
    arg_of_pericenter_deg: Column
    mean_anomaly_deg: Column
    bstar_per_er: Column
    """Drag term of SGP4 in inverse Earth radii."""
    mean_motion_dot_rev_day2: Column
    """As published: half of the first derivative of the mean motion."""
    mean_motion_ddot_rev_day3: Column
    """As published: one sixth of the second derivative of the mean motion."""
    ephemeris_type: Column
    classification: Column
    element_set_no: Column
    rev_at_epoch: Column
    known_utc: Column
    """When the record could be known: its CREATION_DATE, else when it was received."""
    provenance_index: Column
    """Which of `provenances` the row was read from (int32)."""
    provenances: tuple[Provenance, ...]

    def __post_init__(self) -> None:
        length = len(self.norad_id)
        for name in COLUMNS:
            column = np.asarray(getattr(self, name), dtype=COLUMNS[name])
            if column.shape != (length,):
                raise ValueError(f"{name} has shape {column.shape}, expected ({length},)")
            if column.flags.writeable:
                column = column.view()
                column.flags.writeable = False
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.norad_id)

    def take(self, rows: Column | slice) -> Self:
        """Return the chosen rows (indices, mask or slice), in the order given."""
        texts = self._as_mask(rows)
        columns = {
            name: getattr(self, name)[texts if kind is TEXT else rows]
            for name, kind in COLUMNS.items()
        }
        return replace(self, **columns)

    def _as_mask(self, rows: Column | slice) -> Column | slice:
        """Return indices that rise as a mask where that is faster: for texts by five times.

        NumPy copies chosen texts one by one, and those of a mask in one go.
        """
        if not isinstance(rows, np.ndarray) or rows.dtype == np.bool_:
            return rows
        if len(rows) * 8 < len(self):
            return rows
        if not len(rows) or rows[0] < 0 or not bool(np.all(rows[1:] > rows[:-1])):
            return rows
        mask = np.zeros(len(self), np.bool_)
        mask[rows] = True
        return mask

    def sorted_by_object(self) -> Self:
        """Return the rows ordered by object, then epoch, then the moment they became known.

        The same columns, and no copy of them, where they have that order already.
        """
        order = self._order_by_object()
        if bool(np.all(order[1:] > order[:-1])):
            return self
        return self.take(order)

    def newest(self) -> Self:
        """Return, for every object, the row of latest epoch (of equals the latest known)."""
        order = self._order_by_object()
        norad_id = self.norad_id[order]
        last = np.ones(len(order), dtype=bool)
        last[:-1] = norad_id[1:] != norad_id[:-1]
        return self.take(order[last])

    def of_object(self, norad_id: int) -> Self:
        """Return the rows of one object."""
        return self.take(self.norad_id == norad_id)

    def known_by(self, as_of_utc: np.datetime64) -> Self:
        """Return the rows that were known at a moment; the same columns where all of them were."""
        known = self.known_utc <= as_of_utc
        return self if bool(known.all()) else self.take(known)

    def mean_elements(self) -> MeanElements:
        """Return the elements in radians and radians per minute, as SGP4 takes them."""
        return MeanElements(
            epoch_utc=self.epoch_utc,
            mean_motion_kozai_rad_min=self.mean_motion_rev_day * (2.0 * np.pi / 1440.0),
            eccentricity=self.eccentricity,
            inclination_rad=np.radians(self.inclination_deg),
            raan_rad=np.radians(self.raan_deg),
            arg_of_perigee_rad=np.radians(self.arg_of_pericenter_deg),
            mean_anomaly_rad=np.radians(self.mean_anomaly_deg),
            bstar_per_er=self.bstar_per_er,
        )

    def _order_by_object(self) -> npt.NDArray[np.intp]:
        return np.lexsort((self.known_utc, self.epoch_utc, self.norad_id))

    @property
    def reality(self) -> Reality:
        """The reality of anything that rests on all of these rows."""
        used = np.unique(self.provenance_index)
        return combined_reality(self.provenances[i].reality for i in used)


COLUMNS: dict[str, np.dtype[Any]] = {
    "norad_id": np.dtype(np.int64),
    "object_name": TEXT,
    "object_id": TEXT,
    "epoch_utc": MICROSECONDS,
    "mean_motion_rev_day": np.dtype(np.float64),
    "eccentricity": np.dtype(np.float64),
    "inclination_deg": np.dtype(np.float64),
    "raan_deg": np.dtype(np.float64),
    "arg_of_pericenter_deg": np.dtype(np.float64),
    "mean_anomaly_deg": np.dtype(np.float64),
    "bstar_per_er": np.dtype(np.float64),
    "mean_motion_dot_rev_day2": np.dtype(np.float64),
    "mean_motion_ddot_rev_day3": np.dtype(np.float64),
    "ephemeris_type": np.dtype(np.int16),
    "classification": TEXT,
    "element_set_no": np.dtype(np.int32),
    "rev_at_epoch": np.dtype(np.int32),
    "known_utc": MICROSECONDS,
    "provenance_index": np.dtype(np.int32),
}
"""Every column of `ElementSets` with its type, in order."""

assert tuple(COLUMNS) == tuple(f.name for f in fields(ElementSets))[:-1]


def concatenate(parts: Sequence[ElementSets]) -> ElementSets:
    """Return the rows of all parts in order; equal provenances become one.

    A single part comes back as it is: histories are large, and copies of them cost memory.
    """
    if len(parts) == 1 and len(set(parts[0].provenances)) == len(parts[0].provenances):
        return parts[0]
    provenances = tuple(dict.fromkeys(p for part in parts for p in part.provenances))
    place = {provenance: index for index, provenance in enumerate(provenances)}
    columns: dict[str, Column] = {}
    for name, dtype in COLUMNS.items():
        if name == "provenance_index":
            columns[name] = _renumbered(parts, place)
        else:
            chunks = [getattr(part, name) for part in parts]
            columns[name] = np.concatenate(chunks) if chunks else np.empty(0, dtype)
    return ElementSets(**columns, provenances=provenances)


def interleaved(one: ElementSets, other: ElementSets) -> ElementSets:
    """Return the rows of two, both ordered by object with none in common, in that order.

    Faster than concatenating and sorting them, as most rows are copied in one go.
    """
    places = np.searchsorted(one.norad_id, other.norad_id)
    provenances = tuple(dict.fromkeys((*one.provenances, *other.provenances)))
    place = {provenance: index for index, provenance in enumerate(provenances)}
    columns = {
        name: np.insert(getattr(one, name), places, getattr(other, name)) for name in COLUMNS
    }
    index = _renumbered((one, other), place)
    columns["provenance_index"] = np.insert(index[: len(one)], places, index[len(one) :])
    return ElementSets(**columns, provenances=provenances)


def _renumbered(parts: Sequence[ElementSets], place: dict[Provenance, int]) -> Column:
    chunks = [np.empty(0, np.int32)]
    for part in parts:
        new = np.array([place[p] for p in part.provenances] or [0], dtype=np.int32)
        chunks.append(new[part.provenance_index])
    return np.concatenate(chunks)


NO_ELEMENT_SETS = concatenate([])
