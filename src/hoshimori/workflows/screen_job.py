"""What one span of a screening needs and gives: a pure piece of work that can run anywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.formats.conjunction_table import conjunction_table, table_bytes
from hoshimori.model.elements import Column, ElementSets
from hoshimori.model.relations import Kinship, relations_of_pairs, with_formations
from hoshimori.model.screening import Conjunctions, Device, PairStays
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters import Encounters, Search
from hoshimori.numerics.encounters_probability import encounter_measures
from hoshimori.numerics.encounters_stays import Stays
from hoshimori.numerics.geo import moments
from hoshimori.numerics.sgp4 import Satellites
from hoshimori.workflows.screen_engine import encounters_in

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class ScreenJob:
    """A search with what its rows are described by; can be sent to another process."""

    search: Search
    satellites: Satellites
    element_sets: ElementSets
    """One row for each satellite, by catalogue number."""
    kin: Kinship
    radius_km: Floats
    """Hard-body radius of each object."""
    t0_utc: np.datetime64
    device: Device


def encounters_of(job: ScreenJob, span: Span) -> Encounters:
    """Return the encounters of a span: what the engine does."""
    return encounters_in(job.search, *span, job.device)


def part_of(job: ScreenJob, found: Encounters) -> bytes:
    """Return the encounters of a span as the bytes of its part of the table."""
    return table_bytes(conjunction_table(conjunctions_of(job, found)))


def finished_part(job: ScreenJob, span: Span) -> bytes:
    """Return the part of the table that a span gives; the same job and span, the same bytes."""
    return part_of(job, encounters_of(job, span))


def conjunctions_of(job: ScreenJob, found: Encounters) -> Conjunctions:
    """Return encounters with who they are of, what relates them, and what can be said of them."""
    sets, first, second = job.element_sets, found.primary, found.secondary
    measures = encounter_measures(
        job.satellites, sets.mean_elements(), job.radius_km, found, job.t0_utc
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
        sigma_km=measures.sigma_km,
        hard_body_radius_km=job.radius_km[first] + job.radius_km[second],
        pc=measures.pc,
        pc_type=measures.pc_type,
        is_diluted=measures.is_diluted,
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
