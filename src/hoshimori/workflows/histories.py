"""Element-set histories of many objects, held as little as judging them needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from hoshimori.errors import CoverageError, SettingsError
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.parquet import parquet_readings
from hoshimori.formats.records import Origin
from hoshimori.model.elements import Column, ElementSets
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Reality, combined_reality, source_of_file
from hoshimori.model.rejections import Reading
from hoshimori.numerics.elements import MeanElements
from hoshimori.store import StoreContract
from hoshimori.workflows.deliveries import catalogue_files, now_utc, read_bytes

_NOT_NEEDED = frozenset(
    {
        "OBJECT_ID", "CLASSIFICATION_TYPE", "EPHEMERIS_TYPE", "ELEMENT_SET_NO", "REV_AT_EPOCH",
        "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT", "CREATION_DATE",
    }
)  # fmt: skip
"""What judging a history does not look at; large Parquet files are read without."""
_ELEMENTS = (
    "mean_motion_rev_day", "eccentricity", "inclination_deg", "raan_deg", "arg_of_pericenter_deg",
    "mean_anomaly_deg", "bstar_per_er",
)  # fmt: skip
_PARQUET = b"PAR1"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and of how much."""


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Element sets by object and epoch, no epoch twice for one object; shape (n,)."""

    norad_id: Column
    epoch_utc: Column
    elements: dict[str, Column]
    """Published values by the names of `ElementSets`; gathered by `order`."""
    order: Column
    """Row of `elements` for each element set."""
    names: dict[int, str]
    rejected: int
    reality: Reality

    def __len__(self) -> int:
        return len(self.norad_id)

    def mean_elements(self, rows: slice) -> MeanElements:
        """Return the elements of some rows in radians and radians per minute."""
        values = {name: column[self.order[rows]] for name, column in self.elements.items()}
        return MeanElements(
            epoch_utc=self.epoch_utc[rows],
            mean_motion_kozai_rad_min=values["mean_motion_rev_day"] * (2.0 * np.pi / 1440.0),
            eccentricity=values["eccentricity"],
            inclination_rad=np.radians(values["inclination_deg"]),
            raan_rad=np.radians(values["raan_deg"]),
            arg_of_perigee_rad=np.radians(values["arg_of_pericenter_deg"]),
            mean_anomaly_rad=np.radians(values["mean_anomaly_deg"]),
            bstar_per_er=values["bstar_per_er"],
        )

    def chunks(self, most_rows: int) -> Iterator[slice]:
        """Yield slices of whole objects, each of about as many rows."""
        ends = np.flatnonzero(np.append(self.norad_id[1:] != self.norad_id[:-1], True)) + 1
        start = 0
        while start < len(self):
            at = int(np.searchsorted(ends, start + most_rows))
            stop = int(ends[min(at, len(ends) - 1)])
            yield slice(start, stop)
            start = stop


def histories_of_files(
    paths: Sequence[Path],
    *,
    objects: frozenset[int] | None = None,
    on_progress: Progress = lambda step, done, of: None,
) -> Histories:
    """Return the histories in catalogue files and folders, of some objects or of all.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file is no catalogue.
        CoverageError: there is no element set of the objects asked for.
    """
    files = list(catalogue_files(paths))

    def readings() -> Iterator[Reading]:
        for done, path in enumerate(files):
            on_progress(f"reading {path.name}", done, len(files))
            yield from _readings(path)

    return _gathered(readings(), objects)


def histories_of(sets: ElementSets, *, objects: frozenset[int] | None = None) -> Histories:
    """Return the histories in element sets at hand.

    Raises:
        CoverageError: there is no element set of the objects asked for.
    """
    return _gathered([Reading(sets, ())], objects)


def histories_of_store(store: StoreContract, *, objects: frozenset[int] | None = None) -> Histories:
    """Return the histories that the store knows now, of some objects or of all.

    Raises:
        CoverageError: there is no element set of the objects asked for.
    """
    known_at = as_datetime(now_utc())
    return histories_of(store.history_of(objects, as_known_at_utc=known_at), objects=objects)


def _readings(path: Path) -> Iterator[Reading]:
    """Yield the readings of one file; a large Parquet file is never held whole."""
    received_utc = now_utc()
    try:
        with path.open("rb") as file:
            is_parquet = file.read(len(_PARQUET)) == _PARQUET
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from None
    if is_parquet:
        with pa.memory_map(str(path)) as mapped:
            origin = Origin(source_of_file(path.name), "", received_utc)
            yield from parquet_readings(mapped.read_buffer(), origin, without=_NOT_NEEDED)
        return
    yield read_catalogue(
        read_bytes(path), source=source_of_file(path.name), received_utc=received_utc
    )


def _gathered(readings: Iterable[Reading], objects: frozenset[int] | None) -> Histories:
    kept: dict[str, list[Column]] = {n: [] for n in ("norad_id", "epoch_utc", *_ELEMENTS)}
    names: dict[int, str] = {}
    rejected, realities = 0, {Reality.REAL}
    for reading in readings:
        sets = reading.element_sets
        rejected += len(reading.rejections)
        if objects is not None:
            sets = sets.take(np.isin(sets.norad_id, list(objects)))
        if not len(sets):
            continue
        realities.add(sets.reality)
        for name, columns in kept.items():
            columns.append(getattr(sets, name))
        ids, newest = np.unique(sets.norad_id[::-1], return_index=True)
        found = sets.object_name[::-1][newest].tolist()
        names |= {i: n for i, n in zip(ids.tolist(), found, strict=True) if n}
    if not kept["norad_id"]:
        raise CoverageError("no element set of the objects asked for")
    norad_id, epoch_utc = (_joined(kept.pop(name)) for name in ("norad_id", "epoch_utc"))
    elements = {name: _joined(kept.pop(name)) for name in _ELEMENTS}
    order = np.lexsort((epoch_utc, norad_id))
    norad_id, epoch_utc = norad_id[order], epoch_utc[order]
    # Of sets with one epoch the one read last stands, as corrections come later.
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (norad_id[1:] != norad_id[:-1]) | (epoch_utc[1:] != epoch_utc[:-1])
    return Histories(
        norad_id=norad_id[last],
        epoch_utc=epoch_utc[last],
        elements=elements,
        order=order[last],
        names=names,
        rejected=rejected,
        reality=combined_reality(realities),
    )


def _joined(parts: list[Column]) -> Column:
    """Return the parts as one column and let go of them."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole
