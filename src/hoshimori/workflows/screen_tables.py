"""Objects with ephemerides among those of a catalogue: which they are, what stands for them."""

from __future__ import annotations

import hashlib
import re

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.model.elements import COLUMNS, Column, ElementSets, concatenate
from hoshimori.model.provenance import Provenance
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.equinoctial import osculating_elements
from hoshimori.numerics.movers import Movers
from hoshimori.numerics.trajectories import Ephemerides
from hoshimori.workflows.ephemerides import TabulatedObjects

_CATALOGUE_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def with_tables(
    sets: ElementSets, movers: Movers, tables: TabulatedObjects
) -> tuple[ElementSets, Movers]:
    """Return catalogued objects and those of ephemerides, by catalogue number.

    An object with an ephemeris takes the place of its element set. What a row of element sets says
    of it, besides number and names, is the osculating orbit at the first moment of its ephemeris:
    ages count from there, errors are those of its class. Ephemerides without a state are left out.

    Raises:
        SettingsError: two ephemerides are of one object.
    """
    rows = np.flatnonzero(np.diff(tables.states.object_spans) > 0)
    numbers = numbers_of(tables, sets)[rows]
    others = ~np.isin(sets.norad_id, numbers)
    every = concatenate([sets.take(others), _stand_ins(tables, rows, numbers, sets)])
    kept = movers.take(others)
    joined = Movers(
        kept.satellites, tables.states, np.concatenate([kept.table, rows.astype(np.int64)])
    )
    order = np.argsort(every.norad_id, kind="stable")
    return every.take(order), joined.take(order)


def numbers_of(tables: TabulatedObjects, sets: ElementSets) -> Column:
    """Return the catalogue number of each object with an ephemeris; -1, -2, ... where unknown.

    The id or name that a file states is a catalogue number itself, or the international designator
    of one object of the catalogue.

    Raises:
        SettingsError: two ephemerides are of one object.
    """
    catalogued: dict[str, int] = {}
    for number, designator in zip(sets.norad_id.tolist(), sets.object_id.tolist(), strict=True):
        catalogued[designator] = number if designator not in catalogued else 0
    numbers: list[int] = []
    for place, words in enumerate(zip(tables.object_ids, tables.names, strict=True), start=1):
        stated = (_number(word.strip(), catalogued) for word in words)
        number = next((n for n in stated if n), -place)
        if number in numbers:
            raise SettingsError(f"two ephemerides are of object {number}: {words[1]} is the second")
        numbers.append(number)
    return np.array(numbers, np.int64)


def _number(word: str, catalogued: dict[str, int]) -> int:
    if _CATALOGUE_NUMBER.fullmatch(word):
        return int(word)
    return catalogued.get(word, 0) if word else 0


def _stand_ins(
    tables: TabulatedObjects, rows: Column, numbers: Column, sets: ElementSets
) -> ElementSets:
    """Return a row of element sets for each object: its orbit when it begins, and who it is.

    That is said by the catalogue where it holds the object.
    """
    begins_us, orbit = _orbits(tables.states, rows)
    identity = zip(sets.object_name.tolist(), sets.object_id.tolist(), strict=True)
    catalogued = dict(zip(sets.norad_id.tolist(), identity, strict=True))
    stated_names = {
        int(n): tables.names[k] or tables.object_ids[k] for n, k in zip(numbers, rows, strict=True)
    }
    known = [catalogued.get(number, (name, "")) for number, name in stated_names.items()]
    digest = hashlib.sha256()
    for row in rows:
        for data in tables.states.content_of(row):
            digest.update(data)
    stated = {
        "norad_id": numbers,
        "object_name": [name for name, _ in known],
        "object_id": [designator for _, designator in known],
        "epoch_utc": begins_us,
        "known_utc": begins_us,
        "mean_motion_rev_day": orbit.mean_motion_kozai_rad_min * (1440.0 / (2.0 * np.pi)),
        "eccentricity": orbit.eccentricity,
        "inclination_deg": np.degrees(orbit.inclination_rad),
        "raan_deg": np.degrees(orbit.raan_rad),
        "arg_of_pericenter_deg": np.degrees(orbit.arg_of_perigee_rad),
        "mean_anomaly_deg": np.degrees(orbit.mean_anomaly_rad),
    }
    columns = {
        name: np.array(stated[name], dtype) if name in stated else np.zeros(len(rows), dtype)
        for name, dtype in COLUMNS.items()
    }
    return ElementSets(**columns, provenances=(Provenance("ephemerides", digest.hexdigest()),))


def _orbits(states: Ephemerides, rows: Column) -> tuple[Column, MeanElements]:
    """Return first moments and the osculating orbits there."""
    begins_us = states.ends_us[states.object_spans[rows], 0].astype("datetime64[us]")
    t0_utc = begins_us.min(initial=np.datetime64("2100-01-01", "us"))
    t_s = (begins_us - t0_utc) / np.timedelta64(1, "s")
    first = states.states_of(rows, t0_utc, t_s)
    return begins_us, osculating_elements(
        first.position_teme_km, first.velocity_teme_km_s, begins_us
    )
