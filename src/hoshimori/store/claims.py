"""Claims: that an element set was known by some moment. The earliest claim of each set counts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import ElementSets
from hoshimori.model.provenance import Provenance, Reality

Permits = Callable[[Provenance], bool]
"""Tells whether facts of some bytes may be seen."""

IDENTITY = (
    "norad_id",
    "epoch_utc",
    "mean_motion_rev_day",
    "eccentricity",
    "inclination_deg",
    "raan_deg",
    "arg_of_pericenter_deg",
    "mean_anomaly_deg",
    "bstar_per_er",
)
"""What SGP4 takes: records that agree here (and in reality) are one fact, whoever sent them."""


@dataclass(frozen=True, slots=True)
class Past:
    """Which element sets are asked for: known by when, of which epochs, whose, who asks."""

    as_of_utc: datetime
    """Without a time zone, UTC; as `since_utc`."""
    since_utc: datetime
    norad_ids: Collection[int] | None = None
    """None: all objects."""
    permits: Permits | None = None
    """Tells of which bytes the facts may be seen; None: of all."""


def first_claims(ordered: ElementSets) -> ElementSets:
    """Drop later claims of the same element set from rows ordered by object, epoch, known."""
    again = np.zeros(len(ordered), dtype=bool)
    again[1:] = (ordered.norad_id[1:] == ordered.norad_id[:-1]) & (
        ordered.epoch_utc[1:] == ordered.epoch_utc[:-1]
    )
    if not again.any():
        return ordered
    contested = np.flatnonzero(again | np.append(again[1:], False))
    _, first = np.unique(_identities(ordered.take(contested)), axis=0, return_index=True)
    keep = np.ones(len(ordered), dtype=bool)
    keep[contested] = False
    keep[contested[first]] = True
    return ordered.take(keep)


def _identities(rows: ElementSets) -> npt.NDArray[np.int64]:
    realities = np.array([list(Reality).index(p.reality) for p in rows.provenances])
    # Adding 0.0 makes one zero of the two that floating point has; then equal bits mean equal.
    numbers = [(getattr(rows, name) + 0.0).view(np.int64) for name in IDENTITY[2:]]
    return np.column_stack(
        [rows.norad_id, rows.epoch_utc.view(np.int64), *numbers, realities[rows.provenance_index]]
    )


def last_of_objects(ordered: ElementSets) -> ElementSets:
    """Return the last row of each object from rows ordered by object."""
    last = np.append(ordered.norad_id[1:] != ordered.norad_id[:-1], True)
    return ordered.take(last[: len(ordered)])
