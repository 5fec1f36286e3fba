"""From the rows of a sweep to curves: how often what is found, how soon, at what false alarms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from hoshimori.exercise.scoring import DAYS_PER_MONTH
from hoshimori.model.finding import Interval
from hoshimori.model.rehearsals import Verdict
from hoshimori.model.sweeps import (
    Alarms,
    Bin,
    ControlRow,
    Curve,
    Delay,
    DrawKind,
    DrawRegime,
    Fit,
    OperatingCurve,
    OperatingPoint,
    Sweep,
    SweepRow,
)
from hoshimori.numerics.detection_fit import detection_fit
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.rates import rate_interval, share_interval

_BINS = 6
_LEAST_COUNT = 12
"""With fewer draws no curve is told."""
RARITIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_BY_KIND: Mapping[DrawKind, tuple[str, ...]] = MappingProxyType(
    {
        DrawKind.BURN: ("delta_v_m_s",),
        DrawKind.SLOW_THRUST: ("delta_v_m_s", "acceleration_m_s2", "lasts_h"),
        DrawKind.SHADOW: ("range_km", "stays_h", "takes_h"),
        DrawKind.INSPECT: ("range_km", "stays_h", "takes_h"),
        DrawKind.FLY_BY: ("range_km", "takes_h"),
        DrawKind.RELEASE: ("delta_v_m_s", "catalogued_after_h"),
        DrawKind.BREAK_UP: ("pieces", "catalogued_after_h"),
        DrawKind.LOSS: (),
        DrawKind.LAUNCH: ("plane_deg", "catalogued_after_h"),
        DrawKind.RE_ENTRY: ("falls_days",),
    }
)
_BY_ALL = ("cadence_h", "late_h")
"""Of all kinds: hours between the sets of who acts, and by how much its sets come late."""
_BY_REGIME = ("delta_v_m_s", "range_km", "pieces", "plane_deg", "acceleration_m_s2")
_NOT_TOLD = ("", Verdict.NOT_DUE.value)


def sweep_of(
    rows: Sequence[SweepRow], controls: Sequence[ControlRow], *, sky: str, seed: int, objects: int
) -> Sweep:
    """Return all that the rows of a sweep tell; the same rows in any order give the same."""
    rows = sorted(rows, key=lambda row: row.number)
    told = [row for row in rows if row.verdict not in _NOT_TOLD]
    problems = Counter(row.kind.value for row in rows if row.problem)
    return Sweep(
        sky=sky,
        seed=seed,
        objects=objects,
        rows=len(rows),
        fitting=len(told),
        curves=tuple(_curves(told)),
        delays=tuple(_delays(told)),
        alarms=tuple(_alarms(controls, {row.finding for row in told if row.finding})),
        operating=tuple(_operating(told, controls)),
        parents=MappingProxyType(dict(_parents(told))),
        problems=MappingProxyType(dict(sorted(problems.items()))),
    )


def is_found(row: SweepRow) -> bool:
    """Tell whether a draw was found, in time and whole."""
    return row.verdict == Verdict.FOUND.value


@dataclass(frozen=True, slots=True)
class _Group:
    """Some rows of one kind."""

    name: str
    rows: tuple[SweepRow, ...]


def _curves(rows: Sequence[SweepRow]) -> Iterator[Curve]:
    for kind in DrawKind:
        own = [row for row in rows if row.kind is kind]
        for measure in (*_BY_KIND[kind], *_BY_ALL):
            for group in _groups(own, measure):
                curve = _curve(kind, group, measure)
                if curve is not None:
                    yield curve


def _groups(rows: Sequence[SweepRow], measure: str) -> Iterator[_Group]:
    """Yield all rows of a kind; by regime and trait too where these make the size another one."""
    yield _Group("", tuple(rows))
    if measure not in _BY_REGIME:
        return
    yield from _split(rows, lambda row: row.regime.value)
    if any(row.trait for row in rows):
        yield from _split(rows, lambda row: f"{row.regime.value} {row.trait}")


def _split(rows: Sequence[SweepRow], name_of: Callable[[SweepRow], str]) -> Iterator[_Group]:
    for name in dict.fromkeys(sorted(map(name_of, rows))):
        yield _Group(name, tuple(row for row in rows if name_of(row) == name))


def _curve(kind: DrawKind, group: _Group, measure: str) -> Curve | None:
    rows = [row for row in group.rows if abs(row.values.get(measure, 0.0)) > 0.0]
    if len(rows) < _LEAST_COUNT:
        return None
    size = np.array([abs(row.values[measure]) for row in rows])
    found = np.array([is_found(row) for row in rows], np.bool_)
    count = int(found.sum())
    fit = detection_fit(size, found, seed=len(rows))
    return Curve(
        kind=kind,
        group=group.name,
        measure=measure,
        count=len(rows),
        found=count,
        share=Interval(*share_interval(count, len(rows))),
        bins=tuple(_bins(size, found)),
        fit=None
        if fit is None
        else Fit(
            intercept=fit.intercept,
            slope=fit.slope,
            half=None if fit.half is None else Interval(*fit.half),
            ninety=None if fit.ninety is None else Interval(*fit.ninety),
        ),
    )


def _bins(size: Floats, found: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Iterator[Bin]:
    """Yield bins of equal width in the logarithm, those with draws in them."""
    edges = np.geomspace(size.min(), size.max(), _BINS + 1)
    place = np.clip(np.searchsorted(edges, size, side="right") - 1, 0, _BINS - 1)
    for k in range(_BINS):
        inside = place == k
        count, hits = int(inside.sum()), int(found[inside].sum())
        if count:
            yield Bin(
                low=float(edges[k]),
                high=float(edges[k + 1]),
                middle=float(np.median(size[inside])),
                count=count,
                found=hits,
                share=Interval(*share_interval(hits, count)),
            )


def _delays(rows: Sequence[SweepRow]) -> Iterator[Delay]:
    for kind in DrawKind:
        for regime in DrawRegime:
            hours = [
                row.delay_h
                for row in rows
                if row.kind is kind and row.regime is regime and is_found(row)
                and row.delay_h is not None
            ]  # fmt: skip
            if hours:
                yield Delay(
                    kind=kind,
                    regime=regime,
                    count=len(hours),
                    median_h=float(np.median(hours)),
                    ninety_h=float(np.percentile(hours, 90.0)),
                )


def _months(controls: Iterable[ControlRow]) -> float:
    return sum(one.assets * one.days for one in controls) / DAYS_PER_MONTH


def _alarms(controls: Sequence[ControlRow], findings: set[str]) -> Iterator[Alarms]:
    """Yield rates of findings that the sky shows, and of those by which draws are found."""
    kinds = sorted(findings | {kind for one in controls for kind in one.rarities})
    for regime in DrawRegime:
        own = [one for one in controls if one.regime is regime]
        months = _months(own)
        for kind in kinds if own else ():
            count = sum(len(one.rarities.get(kind, ())) for one in own)
            yield Alarms(
                finding=kind,
                regime=regime,
                count=count,
                asset_months=months,
                per_asset_month=Interval(*rate_interval(count, months)),
            )


def _operating(
    rows: Sequence[SweepRow], controls: Sequence[ControlRow]
) -> Iterator[OperatingCurve]:
    """Yield what limits of rarity find, for the regimes in which a kind is drawn."""
    for kind in DrawKind:
        own = [row for row in rows if row.kind is kind]
        regimes = {row.regime for row in own}
        quiet = [one for one in controls if one.regime in regimes]
        for finding in sorted({row.finding for row in own if is_found(row) and row.finding}):
            hits = [row for row in own if is_found(row) and row.finding == finding]
            if len(hits) >= _LEAST_COUNT and quiet:
                yield OperatingCurve(
                    kind=kind,
                    finding=finding,
                    count=len(own),
                    points=tuple(_points(hits, len(own), finding, quiet)),
                )


def _points(
    hits: Sequence[SweepRow], count: int, finding: str, quiet: Sequence[ControlRow]
) -> Iterator[OperatingPoint]:
    alarms = [r for one in quiet for r in one.rarities.get(finding, ())]
    months = _months(quiet)
    for limit in RARITIES:
        found = sum(row.rarity is not None and row.rarity <= limit for row in hits)
        raised = sum(rarity <= limit for rarity in alarms)
        yield OperatingPoint(
            rarity=limit,
            found=Interval(*share_interval(found, count)),
            per_asset_month=Interval(*rate_interval(raised, months)),
        )


def _parents(rows: Sequence[SweepRow]) -> Iterator[tuple[str, tuple[int, int]]]:
    for kind in (DrawKind.RELEASE, DrawKind.BREAK_UP):
        seen = [r for r in rows if r.kind is kind and r.is_parent_right is not None]
        if seen:
            yield kind.value, (sum(bool(r.is_parent_right) for r in seen), len(seen))
