"""From rows to curves: what is counted, what is left out, and that order does not matter."""

from __future__ import annotations

import random

import pytest

from hoshimori.exercise.sweep_curves import sweep_of
from hoshimori.model.rehearsals import Verdict
from hoshimori.model.sweeps import ControlRow, DrawKind, DrawRegime, Sweep, SweepRow


def row(number: int, size: float, verdict: Verdict | None, **other: object) -> SweepRow:
    found = verdict is Verdict.FOUND
    return SweepRow(
        number=number,
        kind=DrawKind.BURN,
        regime=DrawRegime.LOW,
        trait="in-track",
        values={"delta_v_m_s": size, "late_h": 0.0},
        verdict=verdict.value if verdict else "",
        delay_h=20.0 + number if found else None,
        finding="manoeuvre" if found else "",
        rarity=0.01 if found else None,
        is_parent_right=None,
        problem="" if verdict else "nobody fits",
    )


ROWS = [row(k, 10.0 ** (k / 10.0 - 2.0), Verdict.FOUND if k >= 20 else Verdict.MISSED)
        for k in range(40)]  # fmt: skip
CONTROLS = [
    ControlRow(batch=0, regime=DrawRegime.LOW, assets=10, days=30.4375,
               rarities={"manoeuvre": (0.001, 0.2)}),
    ControlRow(batch=1, regime=DrawRegime.BELT, assets=10, days=30.4375,
               rarities={"geo_neighbour": (0.5,)}),
]  # fmt: skip


def told(rows: list[SweepRow], controls: list[ControlRow] = CONTROLS) -> Sweep:
    return sweep_of(rows, controls, sky="made", seed=1, objects=10)


def test_the_same_rows_in_any_order_tell_the_same() -> None:
    mixed = random.Random(1).sample(ROWS, len(ROWS))
    assert told(mixed) == told(ROWS)


def test_every_draw_is_in_one_bin() -> None:
    curve = next(c for c in told(ROWS).curves if c.group == "")
    assert (curve.measure, curve.count, curve.found) == ("delta_v_m_s", 40, 20)
    assert sum(one.count for one in curve.bins) == 40
    assert sum(one.found for one in curve.bins) == 20
    assert [one.share.best for one in curve.bins] == sorted(o.share.best for o in curve.bins)
    assert all(one.low <= one.middle <= one.high for one in curve.bins)
    assert curve.fit is not None
    assert curve.fit.half is not None
    assert curve.fit.half.low <= 0.95 <= curve.fit.half.high


def test_what_is_not_due_or_does_not_fit_counts_nowhere() -> None:
    beside = [row(100, 1.0, Verdict.NOT_DUE), row(101, 1.0, None)]
    more, less = told([*ROWS, *beside]), told(ROWS)
    assert (more.rows, more.fitting) == (42, 40)
    assert more.curves == less.curves
    assert more.problems == {"burn": 1}


@pytest.mark.parametrize("verdict", [Verdict.LATE, Verdict.PARTIAL, Verdict.WRONG_PARENT])
def test_only_whole_and_in_time_is_found(verdict: Verdict) -> None:
    curve = told([*ROWS, row(100, 1.0, verdict)]).curves[0]
    assert (curve.count, curve.found) == (41, 20)


def test_alarms_are_rates_of_asset_months_with_kinds_that_never_come() -> None:
    alarms = {(a.finding, a.regime): a for a in told(ROWS).alarms}
    low = alarms["manoeuvre", DrawRegime.LOW]
    assert (low.count, low.asset_months) == (2, 10.0)
    assert low.per_asset_month.best == pytest.approx(0.2)
    assert alarms["manoeuvre", DrawRegime.BELT].count == 0
    assert alarms["manoeuvre", DrawRegime.BELT].per_asset_month.high > 0.0


def test_a_looser_limit_finds_more_and_alarms_more() -> None:
    (curve,) = told(ROWS).operating
    found = [point.found.best for point in curve.points]
    alarms = [point.per_asset_month.best for point in curve.points]
    assert found == sorted(found)
    assert found[0] == 0.0
    assert found[-1] == 0.5
    assert alarms == sorted(alarms)
    assert alarms[-1] == pytest.approx(0.2)


def test_delays_are_of_what_was_found() -> None:
    (delay,) = told(ROWS).delays
    assert (delay.count, delay.median_h) == (20, 49.5)


def test_parents_are_counted_where_something_was_seen() -> None:
    assert told(ROWS).parents == {}
