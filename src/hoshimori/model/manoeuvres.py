"""Manoeuvres of many objects as columns: what a whole catalogue's history shows."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.findings import Confidence

Column = npt.NDArray[Any]


CONFIDENCES = tuple(Confidence)
"""Degrees of confidence by their code."""


class Doubt(IntEnum):
    """Why a change that stands out of the noise is not counted as a manoeuvre."""

    NONE = 0
    SWAPPED = 1
    """The object is soon back in its old orbit and its old place: identities were swapped."""
    BEYOND_CHANCE_LIMIT = 2
    """Among so many changes examined, one as large is expected by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Manoeuvres:
    """Changes of orbit of many objects, one row each, by object and time; shape (m,)."""

    norad_id: Column
    low_thrust: Column
    """Whether the orbit went one way for days, set after set; else one step."""
    start_utc: Column
    """Epoch of the last set before the change."""
    time_utc: Column
    """Epoch of the first set after the change, as dated by the phase."""
    end_utc: Column
    """Epoch of the first set that shows the new orbit whole."""
    burn_utc: Column
    """When it happened, by the phase along the orbit; the middle of the bracket where undated."""
    burn_sigma_h: Column
    dated: Column
    """Whether the phase tells the time."""
    single: Column
    """Whether the phase fits one burn; if not: several, or another object's sets."""
    confirmed: Column
    """Whether a later set agrees."""
    delta_v_m_s: Column
    """Size of the velocity change that public elements show."""
    delta_v_low_m_s: Column
    delta_v_high_m_s: Column
    """Ends of its interval (about 95 %)."""
    in_track_m_s: Column
    cross_track_m_s: Column
    """Size across the plane; its sign cannot be told."""
    strength: Column
    """How many robust spreads of the object's own noise it reaches."""
    p_value: Column
    """Share of quiet changes of objects of the same regime that reach as much."""
    confidence: Column
    """Places in `CONFIDENCES`."""
    doubt: Column
    """Codes of `Doubt`."""

    def __len__(self) -> int:
        return len(self.norad_id)

    def take(self, rows: Column) -> Self:
        """Return these rows (indices or a mask)."""
        return type(self)(*(getattr(self, column.name)[rows] for column in fields(self)))

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return the rows of all parts, one after the other."""
        return cls(
            *(np.concatenate([getattr(part, c.name) for part in parts]) for c in fields(cls))
        )


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """Objects whose histories were judged, shape (k,), by catalogue number."""

    norad_id: Column
    sets: Column
    first_utc: Column
    last_utc: Column
    in_track_floor_m_s: Column
    """The smallest change in-track that its history would have shown; NaN where not judged."""
    cross_track_floor_m_s: Column
    """The same across the plane."""
    steps: Column
    """How many changes from set to set were examined; 0 where the history is too short."""
