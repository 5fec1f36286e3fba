"""The catalogue of a picture as columns: what a globe needs to draw and move every object."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from hoshimori.model.elements import Column
from hoshimori.model.objects import ObjectType, SpaceObject, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import OrbitRegime, orbit_regime
from hoshimori.workflows.json_columns import moments

_DIGITS = 8


@dataclass(frozen=True, slots=True)
class CatalogueColumns:
    """Every object of a picture with its newest element set, one list for each column.

    The elements are the published ones (SGP4, TEME, UTC); all lists are of one length and in the
    order of the catalogue numbers.
    """

    catalogue_id: str
    """Digest of all the rest: another board with the same catalogue has the same."""
    reality: str
    marking: str
    norad_id: tuple[int, ...]
    name: tuple[str, ...]
    object_id: tuple[str, ...]
    """International designator; empty where none is stated."""
    kind: tuple[str, ...]
    """``payload``, ``rocket body``, ``debris`` or ``unknown``; a claim of the catalogue."""
    owner: tuple[str, ...]
    """As the source writes it; a label only."""
    regime: tuple[str, ...]
    """``LEO``, ``MEO``, ``GEO`` or ``HEO``."""
    epoch_utc: tuple[str, ...]
    mean_motion_rev_per_day: tuple[float, ...]
    eccentricity: tuple[float, ...]
    inclination_deg: tuple[float, ...]
    raan_deg: tuple[float, ...]
    arg_perigee_deg: tuple[float, ...]
    mean_anomaly_deg: tuple[float, ...]
    bstar: tuple[float, ...]
    """Drag term of SGP4 in inverse Earth radii."""
    assets: tuple[int, ...]
    """Catalogue numbers of the protected objects."""


def catalogue_id_of(picture: Picture, *, marking: str) -> str:
    """Return the digest of all that the columns of a picture are made of (24 hexadecimal digits).

    It costs a small part of the columns, and tells whether they are worth making anew.
    """
    sets, digest = picture.newest, hashlib.sha256()
    for numbers in (
        sets.norad_id,
        sets.epoch_utc,
        sets.mean_motion_rev_day,
        sets.eccentricity,
        sets.inclination_deg,
        sets.raan_deg,
        sets.arg_of_pericenter_deg,
        sets.mean_anomaly_deg,
        sets.bstar_per_er,
    ):
        digest.update(numbers.tobytes())
    described = (picture.objects.get(norad_id) for norad_id in sets.norad_id.tolist())
    said = [(one.owner, one.object_type.value) if one else None for one in described]
    assets = [asset.norad_id for asset in picture.assets]
    words = (sets.object_name.tolist(), sets.object_id.tolist(), said, assets)
    digest.update(repr((words, sets.reality.value, marking)).encode())
    return digest.hexdigest()[:24]


def catalogue_columns(picture: Picture, *, catalogue_id: str, marking: str) -> CatalogueColumns:
    """Return the newest element set of every object of a picture, as columns.

    `catalogue_id` is that of `catalogue_id_of`.
    """
    sets = picture.newest
    names = sets.object_name.tolist()
    ids = sets.norad_id.tolist()
    described = [picture.objects.get(norad_id) for norad_id in ids]
    regimes = orbit_regime(sets.mean_elements())
    return CatalogueColumns(
        catalogue_id=catalogue_id,
        reality=sets.reality.value,
        marking=marking,
        norad_id=tuple(ids),
        name=tuple(names),
        object_id=tuple(sets.object_id.tolist()),
        kind=tuple(map(kind_word, described, names)),
        owner=tuple(one.owner if one else "" for one in described),
        regime=tuple(OrbitRegime(code).name for code in regimes.tolist()),
        epoch_utc=moments(sets.epoch_utc, "us"),
        mean_motion_rev_per_day=_numbers(sets.mean_motion_rev_day),
        eccentricity=_numbers(sets.eccentricity),
        inclination_deg=_numbers(sets.inclination_deg),
        raan_deg=_numbers(sets.raan_deg),
        arg_perigee_deg=_numbers(sets.arg_of_pericenter_deg),
        mean_anomaly_deg=_numbers(sets.mean_anomaly_deg),
        bstar=_numbers(sets.bstar_per_er, digits=12),
        assets=tuple(asset.norad_id for asset in picture.assets),
    )


def kind_word(described: SpaceObject | None, name: str) -> str:
    """Return the kind of an object in a word: as catalogued, else as its name tells.

    >>> kind_word(None, "FENGYUN 1C DEB")
    'debris'
    """
    stated = described.object_type if described else ObjectType.UNKNOWN
    return (kind_by_name(name) if stated is ObjectType.UNKNOWN else stated).value.lower()


def _numbers(column: Column, digits: int = _DIGITS) -> tuple[float, ...]:
    return tuple(np.round(column, digits).tolist())
