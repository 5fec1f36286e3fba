"""`manoeuvres`: what objects did, from their element-set histories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from typing import Any

import numba
import numpy as np
import pyarrow as pa

from hoshimori.detectors.manoeuvre import Judged, ManoeuvreRule
from hoshimori.formats.json_document import json_with_lists
from hoshimori.model.elements import Column
from hoshimori.model.manoeuvres import CONFIDENCES, Doubt, Manoeuvres, Watched
from hoshimori.model.provenance import Reality
from hoshimori.workflows.histories import Histories, Progress

DEFAULT_RULE = ManoeuvreRule()
_ROWS_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class ManoeuvreReport:
    """What histories show: the manoeuvres, what was dismissed, and what could have been seen."""

    manoeuvres: Manoeuvres
    dismissed: Manoeuvres
    """Changes that stand out and are not counted, with their `doubt`."""
    watched: Watched
    names: dict[int, str]
    chance_limit: float
    """The largest p-value reported; 1 where there are too few quiet steps to limit chance."""
    false_discovery_rate: float
    """The share of chance among the manoeuvres that this limit allows."""
    element_sets: int
    rejected: int
    """Records that could not be read."""
    reality: Reality

    def to_arrow(self) -> pa.Table:
        """Return the manoeuvres as a table, one row each; every row says whether it is real."""
        rows = self.manoeuvres
        named = pa.array([self.names.get(i, "") for i in rows.norad_id.tolist()], pa.string())
        columns = {
            column.name: pa.array(getattr(rows, column.name))
            for column in fields(Manoeuvres)
            if column.name not in ("doubt", "confidence")
        }
        words = [CONFIDENCES[code].value for code in rows.confidence.tolist()]
        columns["confidence"] = pa.array(words, pa.string())
        columns["reality"] = pa.array([self.reality.value] * len(words), pa.string())
        return pa.table({"norad_id": columns.pop("norad_id"), "object_name": named, **columns})


def manoeuvres(
    histories: Histories,
    *,
    rule: ManoeuvreRule = DEFAULT_RULE,
    since_utc: np.datetime64 | None = None,
    on_progress: Progress = lambda step, done, of: None,
) -> ManoeuvreReport:
    """Return the manoeuvres that histories show, after a moment or all.

    Objects are judged apart, on as many threads as Numba is set to; memory is that of the
    histories and a few chunks. What a history shows does not depend on the others, but for the
    p-values and the limit to what chance brings.
    """
    chunks = list(histories.chunks(_ROWS_AT_ONCE))
    parts: list[Judged] = []

    def judged(rows: slice) -> Judged:
        return rule.judge(histories.mean_elements(rows), histories.norad_id[rows])

    with ThreadPoolExecutor(numba.get_num_threads()) as pool:
        for done, part in enumerate(pool.map(judged, chunks)):
            parts.append(part)
            on_progress("judging histories", done + 1, len(chunks))
    concluded, limit = rule.conclude(parts)
    found = Manoeuvres.joined([part.changes for part in concluded])
    if since_utc is not None:
        found = found.take(found.time_utc >= since_utc)
    sure = found.doubt == Doubt.NONE
    return ManoeuvreReport(
        manoeuvres=found.take(sure),
        dismissed=found.take(~sure),
        watched=_all_watched(concluded),
        names=histories.names,
        chance_limit=limit,
        false_discovery_rate=rule.false_discovery_rate,
        element_sets=len(histories),
        rejected=histories.rejected,
        reality=histories.reality,
    )


def _all_watched(parts: Sequence[Judged]) -> Watched:
    columns: list[Column] = [
        np.concatenate([getattr(part.watched, column.name) for part in parts])
        for column in fields(Watched)
    ]
    return Watched(*columns)


def as_json(report: ManoeuvreReport) -> Iterator[str]:
    """Yield the pieces of the JSON document of a report, every manoeuvre and object in it."""
    head = {
        "element_sets": report.element_sets,
        "rejected": report.rejected,
        "reality": report.reality,
        "chance_limit": report.chance_limit,
        "false_discovery_rate": report.false_discovery_rate,
        "cannot_see": [
            "burns along the radius",
            "burns that undo one another between two element sets",
            "the sign of a burn across the plane",
        ],
    }
    return json_with_lists(
        head,
        {
            "manoeuvres": _rows(report.manoeuvres, report.names),
            "dismissed": _rows(report.dismissed, report.names),
            "objects": _objects(report.watched, report.names),
        },
    )


def _rows(rows: Manoeuvres, names: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    for row in range(len(rows)):
        norad_id, doubt = int(rows.norad_id[row]), Doubt(rows.doubt[row])
        size, low, high, in_track, across = (
            _rounded(column[row])
            for column in (
                rows.delta_v_m_s,
                rows.delta_v_low_m_s,
                rows.delta_v_high_m_s,
                rows.in_track_m_s,
                rows.cross_track_m_s,
            )
        )
        told = {
            "norad_id": norad_id,
            "object_name": names.get(norad_id, ""),
            "kind": "low_thrust" if rows.low_thrust[row] else "impulsive",
            "time_utc": _moment(rows.time_utc[row]),
            "start_utc": _moment(rows.start_utc[row]),
            "end_utc": _moment(rows.end_utc[row]),
            "burn_utc": _moment(rows.burn_utc[row]),
            "burn_sigma_h": _rounded(rows.burn_sigma_h[row]),
            "dated_by_phase": bool(rows.dated[row]),
            "delta_v_m_s": size,
            "delta_v_interval_m_s": [low, high],
            "components_rtn_m_s": [0.0, in_track, across],
            "strength": _rounded(rows.strength[row]),
            "p_value": float(rows.p_value[row]),
            "confirmed": bool(rows.confirmed[row]),
            "fits_one_burn": bool(rows.single[row]),
            "confidence": CONFIDENCES[rows.confidence[row]].value,
        }
        yield told if doubt is Doubt.NONE else told | {"doubt": doubt.name.lower()}


def _objects(watched: Watched, names: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    for k, norad_id in enumerate(watched.norad_id.tolist()):
        yield {
            "norad_id": norad_id,
            "object_name": names.get(norad_id, ""),
            "element_sets": int(watched.sets[k]),
            "first_utc": _moment(watched.first_utc[k]),
            "last_utc": _moment(watched.last_utc[k]),
            "steps_judged": int(watched.steps[k]),
            "in_track_floor_m_s": _rounded(watched.in_track_floor_m_s[k]),
            "cross_track_floor_m_s": _rounded(watched.cross_track_floor_m_s[k]),
        }


def _moment(moment: np.datetime64) -> str:
    return f"{moment.astype('datetime64[ms]')}Z"


def _rounded(value: float) -> float | None:
    """Return a number to six digits, more than any of these carry; None where there is none."""
    return float(f"{value:.6g}") if np.isfinite(value) else None
