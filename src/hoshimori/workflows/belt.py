"""Lay out the history of the geostationary belt, whole or of some objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.errors import CoverageError
from hoshimori.model.belt import BeltHistory
from hoshimori.model.elements import concatenate
from hoshimori.workflows.skies import Sky


def belt_history(sky: Sky, *, as_of_utc: np.datetime64 | None = None) -> BeltHistory:
    """Return what all element sets of a sky tell of the belt, as known at a moment.

    Raises:
        CoverageError: no object of the belt is among them.
    """
    rows = concatenate(sky.parts)
    known = rows if as_of_utc is None else rows.known_by(as_of_utc)
    history = BeltHistoryDetector().history(known)
    if not history.objects:
        raise CoverageError(
            f"no object of the geostationary belt among {len(known):,} element sets; "
            "give catalogues that hold it with --catalogue"
        )
    return history


def of_objects(history: BeltHistory, ids: Sequence[int]) -> BeltHistory:
    """Return the part of a history that is about some objects; the background stays whole.

    Raises:
        CoverageError: none of them was ever seen in the belt.
    """
    if not set(ids) & history.names.keys():
        listed = ", ".join(map(str, ids))
        raise CoverageError(f"no element set in the geostationary belt of any of these: {listed}")
    return replace(
        history,
        stays=tuple(s for s in history.stays if s.norad_id in ids),
        company=tuple(c for c in history.company if set(c.objects) & set(ids)),
        reversals=tuple(r for r in history.reversals if r.norad_id in ids),
    )


def between(history: BeltHistory, since: datetime | None, until: datetime | None) -> BeltHistory:
    """Return the part of a history that surely or perhaps falls into a span of time."""

    def inside(begun: datetime | None, ended: datetime | None) -> bool:
        late = until is not None and begun is not None and begun > until
        early = since is not None and ended is not None and ended < since
        return not (late or early)

    return replace(
        history,
        stays=tuple(s for s in history.stays if inside(s.began_after_utc, s.ended_before_utc)),
        company=tuple(c for c in history.company if inside(c.began_after_utc, c.ended_before_utc)),
        reversals=tuple(r for r in history.reversals if inside(r.after_utc, r.before_utc)),
    )
