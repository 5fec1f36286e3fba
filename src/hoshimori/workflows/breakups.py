"""Separations and break-ups from successive catalogues, with causes and what a cloud means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from hoshimori.assessment.breakup_causes import causes_of
from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.errors import CoverageError
from hoshimori.model.assets import Asset
from hoshimori.model.breakup_causes import PassesAtPoint
from hoshimori.model.breakup_report import (
    BreakupEvent,
    BreakupReport,
    Crossings,
    Unreported,
)
from hoshimori.model.findings import Breakup, Interval, Separation
from hoshimori.model.fragments import Catalogued, bursts_of
from hoshimori.model.moments import as_column_time
from hoshimori.model.newcomers import newcomers
from hoshimori.model.picture import Picture
from hoshimori.numerics.breakup_crossings import crossings_per_day
from hoshimori.numerics.breakup_forecast import expected_fragments, modelled_cloud
from hoshimori.numerics.breakup_model import Fragmentation
from hoshimori.numerics.breakup_orbits import (
    SecularOrbits,
    secular_orbits,
    shapes_at,
    velocities_km_s,
)
from hoshimori.numerics.breakup_parents import passers
from hoshimori.numerics.breakup_pinch import find_pinch
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.robust import median_of_known
from hoshimori.workflows.skies import Sky, sky_of_files

_PASS_KM = 20.0
_PASS_MIN = 2.0
_DRAWN = 2000
_DETECTOR = BreakupDetector()
_NEAR_KM = 10.0
"""Crossings within this distance are counted: what operators screen for."""

Progress = Callable[[str], None]


def breakups(
    paths: Sequence[Path],
    *,
    assets: tuple[Asset, ...] = (),
    detector: BreakupDetector = _DETECTOR,
    on_progress: Progress = lambda step: None,
) -> BreakupReport:
    """Return what came apart between catalogue files, the oldest first in whatever order given.

    `assets` are those whose crossings by the clouds are counted; all separations are reported.

    Raises:
        CoverageError: fewer than two catalogues of different moments.
    """
    on_progress("catalogues")
    sky = sky_of_files(paths)
    return breakups_of_sky(sky, assets=assets, detector=detector, on_progress=on_progress)


def breakups_of_sky(
    sky: Sky,
    *,
    assets: tuple[Asset, ...] = (),
    detector: BreakupDetector = _DETECTOR,
    on_progress: Progress = lambda step: None,
) -> BreakupReport:
    """Return what came apart between the catalogues of a sky; see `breakups`."""
    picture = sky.picture(assets=(), days_ahead=0.0)
    if len(np.unique(picture.history.known_utc)) < 2:
        raise CoverageError(
            "one catalogue shows nothing new: give two or more of different days, oldest first"
        )
    on_progress("new objects")
    findings = detector.detect(picture)
    found = [f for f in findings if isinstance(f, Breakup)]
    appeared = newcomers(picture.history)
    catalogued = Catalogued.of(picture.history, appeared)
    on_progress("causes and crossings")
    events = _events(picture, catalogued, found, assets)
    separations = tuple(f for f in findings if isinstance(f, Separation))
    return BreakupReport(
        as_of_utc=picture.as_of_utc,
        catalogues=tuple(sky.origin.split(", ")),
        reality=picture.history.reality,
        new_objects=len(appeared),
        breakups=events,
        separations=separations,
        unreported=_unreported(catalogued, found, separations, detector),
        names=_names(picture, findings, assets),
    )


def events_of(picture: Picture, found: Sequence[Breakup]) -> tuple[BreakupEvent, ...]:
    """Return break-ups that were found in a picture, each with what bears on its cause."""
    catalogued = Catalogued.of(picture.history, newcomers(picture.history))
    return _events(picture, catalogued, found, ())


def _events(
    picture: Picture,
    catalogued: Catalogued,
    found: Sequence[Breakup],
    assets: tuple[Asset, ...],
) -> tuple[BreakupEvent, ...]:
    return tuple(_event(picture, catalogued, f, found, assets) for f in found)


def _event(
    picture: Picture,
    catalogued: Catalogued,
    finding: Breakup,
    found: Sequence[Breakup],
    assets: tuple[Asset, ...],
) -> BreakupEvent:
    utc = as_column_time(finding.event_by_pieces_utc)
    rows = _rows_of(catalogued, finding.cloud.norad_id)
    orbits = secular_orbits(catalogued.elements(rows))
    scan = find_pinch(orbits, utc, utc + np.timedelta64(1, "h"))
    passes = None
    crossings: tuple[Crossings, ...] = ()
    if scan is not None:
        direction, radius_km = scan.pinch.direction, scan.pinch.radius_km
        if finding.is_resolved:
            passes = _passes(catalogued, finding, utc, direction, radius_km)
        crossings = _crossings(picture, orbits, direction * radius_km, utc, assets)
    return BreakupEvent(
        parent_id=finding.objects[0],
        time_utc=finding.event_utc,
        time_sigma_s=finding.event_sigma_s,
        pieces=finding.pieces,
        candidates=finding.candidates,
        causes=causes_of(finding, found, passes, new_launch=_is_new_launch(catalogued, rows)),
        passes=passes,
        crossings=crossings,
        finding=finding,
    )


def _is_new_launch(catalogued: Catalogued, rows: np.ndarray) -> bool:
    """Return whether nothing of the pieces' launch was known before them."""
    places = np.searchsorted(catalogued.starts, rows, side="right") - 1
    same = catalogued.launch == catalogued.launch[places[0]]
    first = catalogued.first_known_utc
    return bool(first[same].min() >= first[places].min())


def _rows_of(catalogued: Catalogued, norad_ids: Sequence[int]) -> np.ndarray:
    """Return the earliest row of each object."""
    ids = catalogued.history.norad_id[catalogued.starts]
    return np.asarray(catalogued.starts[np.searchsorted(ids, np.array(norad_ids))])


def _passes(
    catalogued: Catalogued,
    finding: Breakup,
    utc: np.datetime64,
    direction: Floats,
    radius_km: float,
) -> PassesAtPoint:
    """Return the objects known before that were at the point at the moment, and chance's share."""
    pieces = set(finding.cloud.norad_id) | {c.norad_id for c in finding.candidates}
    ids = catalogued.history.norad_id[catalogued.starts]
    first = catalogued.first_known_utc
    appeared = first[np.isin(ids, finding.cloud.norad_id)].min()
    others = ~np.isin(ids, list(pieces)) & (first < appeared)
    orbits = secular_orbits(catalogued.elements(catalogued.rows_before(utc)[others]))
    rows, late_min, period_min = passers(orbits, utc, direction, radius_km, within_km=_PASS_KM)
    near = np.abs(late_min) < _PASS_MIN
    order = np.argsort(np.abs(late_min[near]))
    chance = float(np.sum(np.minimum(2.0 * _PASS_MIN / period_min, 1.0)))
    found = tuple(int(i) for i in ids[others][rows[near]][order])
    return PassesAtPoint(found, chance, _PASS_KM, _PASS_MIN)


def _crossings(
    picture: Picture,
    pieces: SecularOrbits,
    position_km: Floats,
    utc: np.datetime64,
    assets: tuple[Asset, ...],
) -> tuple[Crossings, ...]:
    now = as_column_time(picture.as_of_utc)
    shapes = shapes_at(pieces, now)
    then = shapes_at(pieces, utc)
    direction = position_km / np.linalg.norm(position_km)
    velocity = median_of_known(velocities_km_s(then, direction))
    days = float((now - utc) / np.timedelta64(1, "us")) / 86400e6
    random = np.random.Generator(np.random.PCG64(1))
    clouds = {
        kind: modelled_cloud(position_km, velocity, kind, days, _DRAWN, random)
        for kind in Fragmentation
    }
    found = []
    for asset in assets:
        row = np.flatnonzero(picture.newest.norad_id == asset.norad_id)
        if not len(row):
            continue
        own = shapes_at(secular_orbits(picture.newest.take(row[:1]).mean_elements()), now)
        catalogued = float(np.nansum(crossings_per_day(own, shapes, _NEAR_KM)))
        means = [
            (float(np.nanmean(crossings_per_day(own, cloud, _NEAR_KM))), expected_fragments(kind))
            for kind, cloud in clouds.items()
        ]
        rates = [mean * number for mean, numbers in means for number in numbers]
        low, high = min(rates), max(rates)
        middle = float(np.sqrt(max(low, 0.0) * high)) if low > 0.0 else 0.5 * (low + high)
        found.append(Crossings(asset.norad_id, _NEAR_KM, catalogued, Interval(low, middle, high)))
    return tuple(sorted(found, key=lambda c: -c.modelled_per_day.high))


def _unreported(
    catalogued: Catalogued,
    found: Sequence[Breakup],
    separations: Sequence[Separation],
    detector: BreakupDetector,
) -> Unreported:
    told = {i for f in found for i in f.cloud.norad_id} | {
        i for s in separations for i in s.objects[1:]
    }
    bursts = bursts_of(catalogued, gap_days=detector.burst_gap_days)
    ids = catalogued.history.norad_id
    left = [(b, sum(int(ids[row]) not in told for row in b.rows)) for b in bursts]
    return Unreported(
        launches=sum(b.is_new_launch and n > 0 for b, n in left),
        deployed=sum(n for b, n in left if b.is_new_launch),
        late=sum(n for b, n in left if not b.is_new_launch),
    )


def _names(
    picture: Picture, findings: Sequence[Breakup | Separation], assets: Sequence[Asset]
) -> dict[int, str]:
    wanted = {i for f in findings for i in f.objects}
    wanted |= {c.norad_id for f in findings for c in f.candidates}
    wanted |= {asset.norad_id for asset in assets}
    rows = np.flatnonzero(np.isin(picture.history.norad_id, list(wanted)))
    names = picture.history.object_name[rows]
    return {int(i): str(n) for i, n in zip(picture.history.norad_id[rows], names, strict=True)}
