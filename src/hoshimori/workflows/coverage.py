"""What a watch could have seen: so that silence means something."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hoshimori.model.assets import Asset
from hoshimori.model.board import AssetCoverage, Coverage
from hoshimori.model.element_errors import judged_errors
from hoshimori.model.findings import AnyFinding
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.sgp4 import Sgp4Status, initialise, propagate

_AGE_EDGES_DAYS = np.array([0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0])
_OLD_DAYS = 5.0
_MICROSECONDS_PER_DAY = 86_400e6
_IN_TRACK = 1


def coverage_of(picture: Picture, findings: Iterable[AnyFinding] = ()) -> Coverage:
    """Return what could have been seen in a picture, and how errors on its board were judged."""
    if not len(picture.newest):
        return _without_orbits(picture)
    moment = as_column_time(picture.as_of_utc)
    newest = picture.newest
    ages = (moment - newest.epoch_utc).astype(np.float64) / _MICROSECONDS_PER_DAY
    elements = newest.mean_elements()
    status = propagate(initialise(elements), moment, np.zeros(1)).status[:, 0]
    errors = judged_errors(newest, (picture.history,))
    named = {a.norad_id for a in picture.assets} | {i for f in findings for i in f.objects}
    rows = np.flatnonzero(np.isin(newest.norad_id, sorted(named)))
    sigma_km = errors.judged(rows).sigma_rtn_km(ages)[:, _IN_TRACK]
    row_of = {int(norad_id): row for row, norad_id in enumerate(newest.norad_id)}
    return Coverage(
        objects=len(newest),
        left_out=len(np.unique(picture.history.norad_id)) - len(newest),
        not_propagated=int(np.count_nonzero(status != Sgp4Status.OK)),
        element_age_days_median=float(np.median(ages)),
        element_age_days_p90=float(np.quantile(ages, 0.9)),
        older_than_five_days=int(np.count_nonzero(ages > _OLD_DAYS)),
        element_age_histogram=_histogram(ages),
        assets=tuple(_asset(asset, row_of, ages, sigma_km) for asset in picture.assets),
        element_sets=len(picture.history),
        objects_on_board=len(rows),
        errors_of_own_history=errors.own(rows),
    )


def _without_orbits(picture: Picture) -> Coverage:
    """Return the coverage of a picture of maps or reports alone."""
    return Coverage(
        objects=0,
        left_out=len(np.unique(picture.history.norad_id)),
        not_propagated=0,
        element_age_days_median=None,
        element_age_days_p90=None,
        older_than_five_days=0,
        element_age_histogram=(),
        assets=tuple(AssetCoverage(asset.norad_id, None, None) for asset in picture.assets),
        element_sets=len(picture.history),
    )


def _histogram(ages_days: Floats) -> tuple[tuple[float, float, int], ...]:
    oldest = max(float(np.ceil(ages_days.max())), _AGE_EDGES_DAYS[-1] + 1.0)
    edges = np.append(_AGE_EDGES_DAYS, oldest)
    counts, _ = np.histogram(np.maximum(ages_days, 0.0), edges)
    bins = zip(edges[:-1], edges[1:], counts, strict=True)
    return tuple((float(low), float(high), int(count)) for low, high, count in bins)


def _asset(
    asset: Asset, row_of: dict[int, int], ages_days: Floats, sigma_km: Floats
) -> AssetCoverage:
    row = row_of.get(asset.norad_id)
    if row is None:
        return AssetCoverage(asset.norad_id, None, None)
    return AssetCoverage(asset.norad_id, float(ages_days[row]), float(sigma_km[row]))
