"""How the memory of a watch floor goes over the hours: its process, its worker, its picture."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.picture import Picture

SETTLED_H = 3.0
"""So long after its start a process still takes what it will hold: kernels, buffers, caches."""
_MIB = 2.0**20
_LONGEST_INSIDE = 15
"""Bytes of a text that NumPy keeps within its sixteen; longer ones lie elsewhere."""


_HEAP_FIELDS = (
    "arena", "ordblks", "smblks", "hblks", "hblkhd",
    "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
)  # fmt: skip


class _HeapState(ctypes.Structure):
    """`struct mallinfo2` of the GNU C library."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _HEAP_FIELDS)


def memory_at(hour: float, picture: Picture) -> dict[str, Any]:
    """Return what this process, its children and the picture that it shows take at an hour."""
    used_mib, unused_mib = _heap_mib()
    return {
        "process": os.getpid(),
        "hour": round(hour, 2),
        "element_sets": len(picture.history),
        "picture_mib": (_bytes_of(picture.history) + _bytes_of(picture.newest)) / _MIB,
        "floor_mib": _resident_mib(os.getpid()),
        "in_use_mib": used_mib,
        "unused_mib": unused_mib,
        "worker_mib": sum(map(_resident_mib, children_of(os.getpid()))),
    }


def _bytes_of(sets: ElementSets) -> int:
    held = sum(getattr(sets, name).nbytes for name in COLUMNS)
    for name in ("object_name", "object_id"):
        lengths = np.strings.str_len(getattr(sets, name))
        held += int(lengths[lengths > _LONGEST_INSIDE].sum())
    return held


def _heap_mib() -> tuple[float, float]:
    """Return what the C library handed out, and what it keeps though nobody uses it."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        return 0.0, 0.0
    library.mallinfo2.restype = _HeapState
    state = library.mallinfo2()
    return (state.uordblks + state.hblkhd) / _MIB, state.fordblks / _MIB


def children_of(process: int) -> list[int]:
    """Return the processes that a process has begun and that still live."""
    path = Path(f"/proc/{process}/task")
    if not path.exists():
        return {}
    found = [t / "children" for t in path.iterdir()]
    return [int(pid) for f in found if f.exists() for pid in f.read_text().split()]


def _resident_mib(process: int) -> float:
    path = Path(f"/proc/{process}/status")
    if not path.exists():
        return 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


_MEASURED = ("floor_mib", "in_use_mib", "unused_mib", "worker_mib")


def memory_over_time(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return how memory went with the hours and with the element sets in the picture.

    The first hours of each process do not count. One slope is fitted to all processes together,
    each with a level of its own; its error is that of one standard deviation.
    """
    processes = list(dict.fromkeys(line["process"] for line in lines))
    settled: list[dict[str, Any]] = []
    for process in processes:
        own = [line for line in lines if line["process"] == process]
        settled += [ln for ln in own if ln["hour"] >= own[0]["hour"] + SETTLED_H]
    hourly = [ln for ln in lines if ln["hour"] == round(ln["hour"])]
    sets_an_hour = _slope(settled, "hour", "element_sets")
    grows = bool(sets_an_hour) and sets_an_hour["slope"] > 3.0 * sets_an_hour["error"]
    return {
        "processes": len(processes),
        "hours_settled": len({line["hour"] for line in settled}),
        "element_sets_an_hour": sets_an_hour,
        "columns_bytes_a_set": round(_bytes_a_set(settled), 1),
        **{f"{name}_an_hour": _slope(settled, "hour", name) for name in _MEASURED},
        **(_growth(settled) if grows else {}),
        "tables": {
            name: [round(line[name], 1) for line in hourly]
            for name in ("hour", "element_sets", "picture_mib", *_MEASURED)
        },
    }


def _bytes_a_set(lines: Sequence[dict[str, Any]]) -> float:
    """Return what a picture takes for each element set in its history, at the last hour."""
    return lines[-1]["picture_mib"] * _MIB / lines[-1]["element_sets"] if lines else 0.0


def _growth(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what each new element set took: of the picture, which is expected, and of memory."""
    names = ("picture_mib", *_MEASURED)
    return {f"{n[:-4]}_bytes_a_new_set": _slope(lines, "element_sets", n, _MIB) for n in names}


def _slope(
    lines: Sequence[dict[str, Any]], along: str, of: str, unit: float = 1.0
) -> dict[str, float]:
    """Return a slope with its error; nothing where a slope cannot be told."""
    x, y = [], []
    processes = list(dict.fromkeys(line["process"] for line in lines))
    for process in processes:
        own = [line for line in lines if line["process"] == process]
        for values, name in ((x, along), (y, of)):
            column = np.array([line[name] for line in own], dtype=np.float64)
            values.append(column - column.mean())
    across = np.concatenate(x) if x else np.empty(0)
    spread, freedom = float(across @ across), len(across) - len(processes) - 1
    if spread <= 0.0 or freedom < 1:
        return []
    values = np.concatenate(y)
    slope = float(across @ values) / spread
    rest = values - slope * across
    error = float(np.sqrt(rest @ rest / freedom / spread))
    return {"slope": round(slope * unit, 3), "error": round(error * unit, 3)}
