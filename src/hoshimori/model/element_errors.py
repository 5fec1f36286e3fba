"""How far off the element sets of a catalogue are: by an object's own past, else by its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from hoshimori.model.elements import Column, ElementSets
from hoshimori.numerics.covariance import LOOKBACK_DAYS, ErrorHistory, error_history
from hoshimori.numerics.covariance_classes import CovarianceOrigin, ErrorGrowth, in_crowded_shell
from hoshimori.numerics.elements import MeanElements


class JudgedErrors:
    """Errors of the objects of a catalogue, each judged when it is first asked for, and kept.

    Most of a catalogue is never asked for, and judging all of it by months of history would cost
    more than screening it. What is judged of an object depends on nothing but its own sets: any
    order of asking gives the same bits.
    """

    def __init__(self, history: ErrorHistory) -> None:
        self.history = history
        assumed = history.assumed
        columns = (np.array(getattr(assumed, column.name)) for column in fields(assumed))
        self._growth = ErrorGrowth(*columns)
        self._is_judged = np.zeros(len(assumed), dtype=bool)

    def of(self, rows: Column) -> ErrorGrowth:
        """Return how the errors of the objects of these rows grow, in that order."""
        return self.judged(rows).take(rows)

    def judged(self, rows: Column) -> ErrorGrowth:
        """Return the growth of every object; those of these rows are judged, others may not be."""
        asked = np.unique(rows)
        new = asked[~self._is_judged[asked]]
        if len(new):
            judged = self.history.growth(new)
            for column in fields(judged):
                getattr(self._growth, column.name)[new] = getattr(judged, column.name)
            self._is_judged[new] = True
        return self._growth

    def own(self, rows: Column) -> int:
        """Return how many of the objects of these rows are judged by their own history."""
        return int(np.count_nonzero(self.of(rows).origin == CovarianceOrigin.OWN_HISTORY))


def judged_errors(
    sets: ElementSets,
    parts: Sequence[ElementSets],
    *,
    history_days: float = LOOKBACK_DAYS,
    without: Sequence[int] | Column = (),
) -> JudgedErrors:
    """Return how far off element sets are, one row for each object, as far as they are asked for.

    `sets` are those of a whole catalogue, so that crowded shells are seen; `parts` hold what else
    is known of its objects, in any order. The last `history_days` of each object count; of objects
    `without` history none.
    """
    elements = sets.mean_elements()
    told = [part.mean_elements() for part in parts]
    columns = ([getattr(one, name) for one in told] for name in MeanElements.__slots__)
    history = MeanElements(*map(np.concatenate, columns))
    norad_id = np.concatenate([part.norad_id for part in parts])
    if len(without):
        rows = np.flatnonzero(~np.isin(norad_id, without))
        history, norad_id = history.take(rows), norad_id[rows]
    return JudgedErrors(
        error_history(
            elements,
            sets.norad_id,
            history,
            norad_id,
            in_shell=in_crowded_shell(elements),
            lookback_days=history_days,
        )
    )
