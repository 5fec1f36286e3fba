"""Areas of lost navigation, kept between questions: maps of a continent take seconds to judge.

What is kept is named by everything that it follows from: the counts, the detector and its code.
Other counts or other code have another name, so that nothing old is ever told.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.model.ground_areas import GroundArea
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.kernels import kernel_folder
from hoshimori.workflows.explain import EVERY_AREA, areas_in

_START, _END = "areas-", ".json"
_UNUSED_DAYS = 30.0


def kept_areas(picture: Picture, folder: Path) -> tuple[GroundArea, ...] | None:
    """Return the areas in the maps of a picture as `areas_in` does, from a folder where they are.

    Where they are not, they are found and kept. What cannot be read or written is found anew.
    """
    if picture.integrity is None:
        return None
    known = picture.integrity.known_by(as_column_time(picture.as_of_utc))
    path = folder / f"{_START}{_digest(known, EVERY_AREA)}{_END}"
    found = _read(path)
    if found is None:
        found = areas_in(picture) or ()
        _keep(path, found)
    return found


def _digest(cells: IntegrityCells, detector: InterferenceDetector) -> str:
    """Return what the areas follow from, in 32 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=16)
    # The name of the folder of compiled functions tells the code of the numbers.
    digest.update(f"{detector!r} {detector.card.version} {Path(kernel_folder()).name}".encode())
    for file in sorted(files("hoshimori.detectors").iterdir(), key=lambda each: each.name):
        if file.name.startswith("interference"):
            digest.update(file.read_bytes())
    digest.update(" ".join(p.reality.value for p in cells.provenances).encode())
    columns = (cells.cell, cells.day_utc, cells.good, cells.bad, cells.provenance_index)
    for column in columns:
        digest.update(column.view(np.uint8).data)
    return digest.hexdigest()


def _read(path: Path) -> tuple[GroundArea, ...] | None:
    try:
        rows = json.loads(path.read_bytes())
        areas = tuple(_area(*row) for row in rows)
    except (OSError, ValueError, TypeError):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return areas


def _area(start: str, end: str, north: float, east: float, km2: float, reality: str) -> GroundArea:
    span = (datetime.fromisoformat(start), datetime.fromisoformat(end))
    return GroundArea(*span, float(north), float(east), float(km2), Reality(reality))


def _row(area: GroundArea) -> list[Any]:
    span = [area.start_utc.isoformat(), area.end_utc.isoformat()]
    where = [area.latitude_deg, area.longitude_deg, area.area_km2]
    return [*span, *where, area.reality.value]


def _keep(path: Path, areas: Iterable[GroundArea]) -> None:
    """Write areas as a whole or not at all, and remove those that nobody read for long."""
    content = json.dumps([_row(area) for area in areas])
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(content, encoding="utf-8")
        part.replace(path)
        oldest_s = time.time() - 86_400.0 * _UNUSED_DAYS
        for other in path.parent.glob(f"{_START}*"):
            if other.stat().st_mtime < oldest_s:
                other.unlink(missing_ok=True)
