"""Records that could not be read, kept with the reason and the raw bytes."""

from __future__ import annotations

from dataclasses import dataclass

from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import SpaceObject
from hoshimori.model.reports import OperatorReport


@dataclass(frozen=True, slots=True)
class Rejection:
    """One record that was refused, alone, while the rest of its file was read."""

    source: str
    line: int
    """Line of the file, from 1; for Parquet and JSON arrays the record, from 1."""
    field: str
    problem: str
    """What was wrong and what was expected, for a human."""
    raw: bytes
    """The record as it stood in the file."""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.field}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a catalogue file held: the element sets that were read and the records refused."""

    element_sets: ElementSets
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectReading:
    """What a file about objects held: one entry for each record read, and the records refused."""

    objects: tuple[SpaceObject, ...]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportReading:
    """What a file of reports held: those that were read, and the records refused."""

    reports: tuple[OperatorReport, ...]
    rejections: tuple[Rejection, ...] = ()
