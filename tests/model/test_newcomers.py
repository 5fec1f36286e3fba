"""Who is new in a history is the same in whatever order its rows stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.model.test_elements import rows

from hoshimori.model.newcomers import newcomers

HOUR = np.timedelta64(1, "h")


def test_the_first_set_of_each_newcomer_whatever_the_order_of_rows() -> None:
    random = np.random.Generator(np.random.PCG64(1))
    # A hundred objects from the start, a hundred more from the fourth day on, every twelve hours;
    # sets become known late, some of the same object at one moment.
    old = [(i, h) for i in range(1, 101) for h in range(0, 240, 12)]
    new = [(i, h) for i in range(30_101, 30_201) for h in range(96, 240, 12)]
    told = sorted(old + new)
    made = rows([i for i, _ in told], [h for _, h in told])
    late = random.integers(0, 30, len(made)) * HOUR
    at_once = made.epoch_utc.min() + np.timedelta64(24, "h")
    made = replace(made, known_utc=np.maximum(made.epoch_utc + late, at_once))
    found = newcomers(made)
    assert len(found) > 50
    for row in found.rows.tolist():
        own = made.norad_id == made.norad_id[row]
        first = made.known_utc[own].min()
        assert made.known_utc[row] == first
        assert made.epoch_utc[row] == made.epoch_utc[own & (made.known_utc == first)].min()
    shuffled = made.take(random.permutation(len(made)))
    again = newcomers(shuffled)
    for column in ("norad_id", "epoch_utc", "known_utc"):
        one, other = getattr(made, column)[found.rows], getattr(shuffled, column)[again.rows]
        assert np.array_equal(one, other)
    assert np.array_equal(found.before_utc, again.before_utc)
