"""Whose histories a detector looks at: the assets, what keeps them company, and some others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.sgp4 import initialise, propagate_each
from hoshimori.numerics.vicinity import companions


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """Who keeps an asset company, and how many others serve as the reference."""

    distance_km: float = 1000.0
    plane_deg: float = 1.0
    """Objects this near an asset, in a plane this close, are examined as well."""
    reference_objects: int = 300
    """How many other objects of the history serve as the reference."""


def assets_and_company(picture: Picture, rule: CompanyRule) -> frozenset[int]:
    """Return the ids of the assets and their company; of all objects without assets."""
    if not picture.assets:
        return frozenset(np.unique(picture.history.norad_id).tolist())
    newest, assets = picture.newest, [asset.norad_id for asset in picture.assets]
    now_s = np.zeros(len(newest))
    states = propagate_each(
        initialise(newest.mean_elements()), as_column_time(picture.as_of_utc), now_s
    )
    near = companions(
        states,
        np.flatnonzero(np.isin(newest.norad_id, assets)),
        distance_km=rule.distance_km,
        plane_deg=rule.plane_deg,
    )
    return frozenset([*assets, *newest.norad_id[near].tolist()])


def examined_sets(
    history: ElementSets, wanted: frozenset[int], rule: CompanyRule, *, fewest: int
) -> ElementSets:
    """Return the distinct sets, ordered, of wanted objects and a reference sample of others.

    Objects with fewer than `fewest` rows are left out.
    """
    ids, counts = np.unique(history.norad_id, return_counts=True)
    ids = ids[counts >= fewest]
    is_wanted = np.isin(ids, list(wanted))
    others = ids[~is_wanted]
    sample = others[:: max(1, len(others) // rule.reference_objects)]
    chosen = np.isin(history.norad_id, np.append(ids[is_wanted], sample))
    return distinct(history.take(chosen))


def distinct(history: ElementSets) -> ElementSets:
    """Return the rows ordered by object and epoch, of one epoch the one known last."""
    sets = history.sorted_by_object()
    last = np.ones(len(sets), dtype=np.bool_)
    last[:-1] = (sets.norad_id[1:] != sets.norad_id[:-1]) | (
        sets.epoch_utc[1:] != sets.epoch_utc[:-1]
    )
    return sets.take(last)
