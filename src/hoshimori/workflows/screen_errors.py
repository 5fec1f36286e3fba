"""How the errors of a screening's objects grow: judged when an object first has a row, and kept.

Most of a catalogue never has one where few objects are screened, and judging all of it by months of
history would cost more than the screening.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from hoshimori.model.elements import Column
from hoshimori.numerics.covariance import ErrorHistory
from hoshimori.numerics.covariance_classes import CovarianceOrigin, ErrorGrowth


class JudgedErrors:
    """Errors of all objects of a screening, judged as far as they have been asked for.

    What is judged of an object depends on nothing but its own sets: any order of asking gives the
    same bits.
    """

    def __init__(self, history: ErrorHistory) -> None:
        self.history = history
        assumed = history.assumed
        columns = (np.array(getattr(assumed, column.name)) for column in fields(assumed))
        self._growth = ErrorGrowth(*columns)
        self._is_judged = np.zeros(len(assumed), dtype=bool)

    def of(self, rows: Column) -> ErrorGrowth:
        """Return the growth of every object, those of these rows judged by their own history."""
        asked = np.unique(rows)
        new = asked[~self._is_judged[asked]]
        if len(new):
            judged = self.history.growth(new)
            for column in fields(judged):
                getattr(self._growth, column.name)[new] = getattr(judged, column.name)
            self._is_judged[new] = True
        return self._growth

    def of_all(self) -> ErrorGrowth:
        """Return the growth of every object, all judged."""
        return self.of(np.arange(len(self._is_judged)))

    def own(self, rows: Column) -> int:
        """Return how many of the objects of these rows are judged by their own history."""
        origin = self.of(rows).origin[rows]
        return int(np.count_nonzero(origin == CovarianceOrigin.OWN_HISTORY))
