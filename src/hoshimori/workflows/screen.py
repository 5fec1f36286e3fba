"""Screen a catalogue: every close approach of all objects, or of some, in a window of time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from hoshimori import __version__
from hoshimori.errors import SettingsError
from hoshimori.formats.conjunction_table import stay_table, table_bytes
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.assets import Asset
from hoshimori.model.elements import Column
from hoshimori.model.moments import as_datetime
from hoshimori.model.relations import docked_pairs, kinship
from hoshimori.model.screening import DockedPair, ScreenCounts, ScreenCoverage, ScreenSummary
from hoshimori.numerics.covariance import LOOKBACK_DAYS
from hoshimori.numerics.encounters import new_search
from hoshimori.store import SpanFolder, opened_spans, replaced
from hoshimori.workflows.device import Device
from hoshimori.workflows.ephemerides import TabulatedObjects
from hoshimori.workflows.screen_engine import span_steps
from hoshimori.workflows.screen_job import ScreenJob, Span, pair_stays_of, stays_of_parts
from hoshimori.workflows.screen_join import (
    Tally,
    flies_along,
    joined_parts,
    pair_keys,
    read_table,
)
from hoshimori.workflows.screen_places import Place, on_this_machine
from hoshimori.workflows.screen_sky import ScreenedSky, screened_sky
from hoshimori.workflows.skies import Sky

_FORMAT = 2
"""Of the parts and of how they follow from their job; parts of another are not resumed."""

Progress = Callable[[int, int], None]
"""Called with how many steps of time are done, and of how many."""


@dataclass(frozen=True, slots=True)
class ScreenRequest:
    """What to screen."""

    start_utc: np.datetime64
    days: float
    threshold_km: float
    primaries: tuple[Asset, ...] | None = None
    """The objects screened against all; None for all against all."""
    device: Device = Device.CPU
    ephemerides: TabulatedObjects | None = None
    """Objects with ephemerides, primaries besides: each takes the place of its element set."""
    history_days: float = LOOKBACK_DAYS
    """How far back an object's element sets are looked at to judge its errors."""


@dataclass(frozen=True, slots=True)
class ScreenPlan:
    """How to screen it; nothing here changes a row of the result."""

    memory_mib: int = 1024
    place: Place = on_this_machine
    restart: bool = False
    on_progress: Progress = field(default=lambda done, of: None)


@dataclass(frozen=True, slots=True)
class Screening:
    """The result: a summary, and tables in Parquet."""

    summary: ScreenSummary
    table: Path
    """Conjunctions by time, `conjunction_table.CONJUNCTION_SCHEMA`."""
    stays: Path
    """Stays by start, `conjunction_table.STAY_SCHEMA`."""

    def to_arrow(self) -> pa.Table:
        """Return all conjunctions."""
        return read_table(self.table)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    sky: Sky
    request: ScreenRequest
    screened: ScreenedSky


def screen(sky: Sky, request: ScreenRequest, output: Path, plan: ScreenPlan) -> Screening:
    """Screen a sky and write conjunctions to `output` and stays beside it.

    Finished spans are kept in a folder beside the output until all are there: a screening that
    was cut short goes on where it was, and its tables are byte for byte those of one that was not.

    Raises:
        CoverageError: nothing can be screened.
        StoreError: the folder beside the output is another screening's, or cannot be written.
    """
    screened = screened_sky(
        sky,
        request.primaries,
        request.start_utc,
        request.days,
        request.ephemerides,
        request.history_days,
    )
    asked, job = _Asked(sky, request, screened), job_of(screened, request)
    spans = _spans(job, plan.memory_mib)
    identity = _identity(asked, job)
    with opened_spans(parts_of(output), identity, spans, restart=plan.restart) as kept:
        _compute(job, kept, plan)
        result = _tables(asked, job, kept, output)
        kept.remove()
    return result


def parts_of(output: Path) -> Path:
    """Return the folder in which the spans of an output are kept until it is whole."""
    return output.with_name(output.name + ".parts")


@contextmanager
def passing_place(output: Path | None) -> Iterator[Path]:
    """Give the output, or a place that is gone afterwards where there is none."""
    if output is not None:
        yield output
        return
    with tempfile.TemporaryDirectory(prefix="hoshimori-") as folder:
        yield Path(folder) / "screening.parquet"


def job_of(screened: ScreenedSky, request: ScreenRequest) -> ScreenJob:
    """Return the piece of work that the spans of a screening share."""
    search = new_search(
        screened.movers,
        request.start_utc,
        request.days * 86_400.0,
        request.threshold_km,
        primaries=screened.primaries,
    )
    return ScreenJob(
        search=search,
        movers=screened.movers,
        element_sets=screened.element_sets,
        kin=kinship(screened.element_sets),
        errors=screened.errors,
        radius_km=screened.radius_km,
        t0_utc=request.start_utc,
        device=request.device,
    )


def _spans(job: ScreenJob, memory_mib: int) -> list[Span]:
    each, last = span_steps(job.search, memory_mib), job.search.steps
    return [(first, min(first + each, last)) for first in range(0, last, each)]


def _identity(asked: _Asked, job: ScreenJob) -> dict[str, Any]:
    """Return what decides the result: parts of another screening must not be mixed in."""
    rows, request = asked.screened.primaries, asked.request
    return {
        "format": _FORMAT,
        "engine": f"hoshimori {__version__}",
        "catalogue_sha256": asked.screened.sha256,
        "start": f"{request.start_utc}Z",
        "days": request.days,
        "threshold_km": request.threshold_km,
        "primaries": None if rows is None else job.element_sets.norad_id[rows].tolist(),
        "device": request.device.value,
        "steps": job.search.steps,
        "step_s": job.search.step_s,
    }


def _compute(job: ScreenJob, kept: SpanFolder, plan: ScreenPlan) -> None:
    missing, last = kept.missing(), job.search.steps
    done = last - sum(end - first for first, end in missing)
    plan.on_progress(done, last)
    for span, parts in plan.place(job, missing):
        kept.keep(span, parts)
        done += span[1] - span[0]
        plan.on_progress(done, last)


def _tables(asked: _Asked, job: ScreenJob, kept: SpanFolder, output: Path) -> Screening:
    found = stays_of_parts(job, kept.parts(1))
    along = flies_along(found, job.element_sets)
    stays = stay_table(pair_stays_of(job, found, along))
    docked = _docked(job, asked.screened.primaries)
    summaries: list[ScreenSummary] = []

    def metadata(tally: Tally) -> dict[str, str]:
        coverage = _covered(asked.screened, tally.objects)
        summaries.append(_summary(asked, docked, tally.counts(stays, len(docked)), coverage))
        return _as_metadata(summaries[0])

    with replaced(output) as beside:
        joined_parts(kept.parts(0), beside, pair_keys(stays.filter(pa.array(along))), metadata)
    with replaced(stays_of(output)) as beside:
        beside.write_bytes(table_bytes(stays, _as_metadata(summaries[0])))
    return Screening(summaries[0], output, stays_of(output))


def stays_of(output: Path) -> Path:
    """Return where the stays of an output are written."""
    return output.with_name(f"{output.stem}.stays{output.suffix}")


def _as_metadata(summary: ScreenSummary) -> dict[str, str]:
    """Return what the files say of themselves: the summary, as one JSON text."""
    return {"hoshimori": json.dumps(as_json_value(summary), ensure_ascii=False)}


def _docked(job: ScreenJob, primaries: Column | None) -> tuple[DockedPair, ...]:
    sets, pairs = job.element_sets, docked_pairs(job.kin)
    if primaries is not None:
        pairs = pairs[np.any(np.isin(pairs, primaries), axis=1)]
    return tuple(
        DockedPair(
            int(sets.norad_id[a]), int(sets.norad_id[b]), sets.object_name[a], sets.object_name[b]
        )
        for a, b in pairs
    )


def _covered(screened: ScreenedSky, objects: Column) -> ScreenCoverage:
    """Return the coverage with how the errors of the objects that have rows were judged."""
    rows = np.flatnonzero(np.isin(screened.element_sets.norad_id, objects))
    return replace(
        screened.coverage,
        objects_with_rows=len(rows),
        errors_of_own_history=screened.errors.own(rows),
    )


def _summary(
    asked: _Asked,
    docked: tuple[DockedPair, ...],
    counts: ScreenCounts,
    coverage: ScreenCoverage,
) -> ScreenSummary:
    request, screened = asked.request, asked.screened
    end_utc = request.start_utc + np.timedelta64(round(request.days * 86_400e6), "us")
    return ScreenSummary(
        start_utc=as_datetime(request.start_utc),
        end_utc=as_datetime(end_utc),
        days=request.days,
        threshold_km=request.threshold_km,
        primaries=None if screened.primaries is None else len(screened.primaries),
        reality=screened.element_sets.reality,
        catalogue=asked.sky.origin,
        catalogue_sha256=screened.sha256,
        device=request.device.value,
        counts=counts,
        coverage=coverage,
        docked=docked,
    )


def checked_window(days: float, threshold_km: float) -> None:
    """Raise SettingsError for a window or a threshold that cannot be meant."""
    if not 0.0 < days <= 60.0:
        raise SettingsError(f"--days {days:g}: expected more than 0 and at most 60")
    if not 0.0 < threshold_km <= 200.0:
        raise SettingsError(f"--threshold-km {threshold_km:g}: expected more than 0, at most 200")
