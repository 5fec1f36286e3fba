"""What one span of a screening needs and gives: a pure piece of work that can run anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.formats.conjunction_table import conjunction_table, table_bytes
from hoshimori.model.element_errors import JudgedErrors
from hoshimori.model.elements import Column, ElementSets
from hoshimori.model.relations import Kinship, relations_of_pairs, with_formations
from hoshimori.model.screening import Conjunctions, PairStays
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters import Encounters, Search
from hoshimori.numerics.encounters_probability import encounter_measures
from hoshimori.numerics.encounters_search import SlowSteps
from hoshimori.numerics.encounters_stays import Stays, slow_stays
from hoshimori.numerics.geo import moments
from hoshimori.numerics.movers import Movers
from hoshimori.workflows.device import Device
from hoshimori.workflows.screen_engine import search_steps

Span = tuple[int, int]
_SLOW = tuple(field.name for field in fields(SlowSteps))
_SHORTEST_STAY_S = 60.0
"""Shorter ones are passes."""
_SLOW_STEPS_AT_ONCE = 8_192
"""Bounds the memory of stays to some 50 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class ScreenJob:
    """A search with what its rows are described by; can be sent to another process."""

    search: Search
    movers: Movers
    element_sets: ElementSets
    """One row for each object, by catalogue number; what stands for those with tables."""
    kin: Kinship
    errors: JudgedErrors
    """How the position error of each object grows."""
    radius_km: Floats
    """Hard-body radius of each object."""
    t0_utc: np.datetime64
    device: Device


Parts = tuple[bytes, bytes]
"""What is kept of a span: its conjunctions, and the slow steps that its stays follow from."""


def searched(job: ScreenJob, span: Span) -> tuple[Encounters, SlowSteps]:
    """Return what the engine finds in a span."""
    return search_steps(job.search, *span, job.device)


def parts_of_span(job: ScreenJob, found: tuple[Encounters, SlowSteps]) -> Parts:
    """Return what was found in a span as bytes to keep."""
    encounters, slow = found
    rows = table_bytes(conjunction_table(conjunctions_of(job, encounters)))
    return rows, table_bytes(pa.table({name: getattr(slow, name) for name in _SLOW}))


def finished_span(job: ScreenJob, span: Span) -> Parts:
    """Return all there is to keep of a span; the same job and span, the same bytes."""
    return parts_of_span(job, searched(job, span))


def stays_of_parts(job: ScreenJob, parts: Iterable[Path]) -> Stays:
    """Return the stays that the slow steps of all spans give, some pairs at a time."""
    tables = [pq.read_table(path) for path in parts]
    near = SlowSteps(
        *(np.concatenate([table[name].to_numpy() for table in tables]) for name in _SLOW)
    )
    order = np.lexsort((near.step, near.second, near.first))
    first, second = near.first[order], near.second[order]
    begins = np.flatnonzero((np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0))
    cuts = begins[np.flatnonzero(np.diff(begins // _SLOW_STEPS_AT_ONCE, prepend=0))]
    groups = [SlowSteps(near.first[k], near.second[k], near.step[k]) for k in np.split(order, cuts)]
    found = [slow_stays(job.search, group, shortest_s=_SHORTEST_STAY_S) for group in groups]
    every = Stays(*(np.concatenate([getattr(s, f.name) for s in found]) for f in fields(Stays)))
    return every.take(np.lexsort((every.secondary, every.primary, every.start_s)))


def conjunctions_of(job: ScreenJob, found: Encounters) -> Conjunctions:
    """Return encounters with who they are of, what relates them, and what can be said of them."""
    sets, first, second = job.element_sets, found.primary, found.secondary
    errors = job.errors.judged(np.append(first, second))
    measures = encounter_measures(
        job.movers, sets.mean_elements(), errors, job.radius_km, found, job.t0_utc
    )
    return Conjunctions(
        object_1=sets.norad_id[first],
        object_2=sets.norad_id[second],
        name_1=sets.object_name[first],
        name_2=sets.object_name[second],
        tca_utc=moments(job.t0_utc, found.tca_s),
        miss_km=found.miss_km,
        miss_rtn_km=measures.miss_rtn_km,
        speed_km_s=found.speed_km_s,
        relation=relations_of_pairs(job.kin, first, second),
        at_window_edge=found.at_window_edge,
        age_1_days=measures.age_1_days,
        age_2_days=measures.age_2_days,
        errors_1=errors.origin[first],
        errors_2=errors.origin[second],
        sigma_km=measures.sigma_km,
        hard_body_radius_km=job.radius_km[first] + job.radius_km[second],
        pc=measures.pc,
        pc_type=measures.pc_type,
        is_diluted=measures.is_diluted,
        conclusion=measures.conclusion,
    )


def pair_stays_of(job: ScreenJob, found: Stays, flies_along: Column) -> PairStays:
    """Return stays with who they are of and what relates them."""
    sets, first, second = job.element_sets, found.primary, found.secondary
    return PairStays(
        object_1=sets.norad_id[first],
        object_2=sets.norad_id[second],
        name_1=sets.object_name[first],
        name_2=sets.object_name[second],
        start_utc=moments(job.t0_utc, found.start_s),
        end_utc=moments(job.t0_utc, found.end_s),
        closest_utc=moments(job.t0_utc, found.closest_s),
        closest_km=found.closest_km,
        minima=found.minima,
        open_start=found.open_start,
        open_end=found.open_end,
        relation=with_formations(relations_of_pairs(job.kin, first, second), flies_along),
    )
