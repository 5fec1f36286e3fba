"""Signals whose emitters are sought, from files into a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.signals import HeardSignal
from hoshimori.workflows.arrival_files import SignalFiles, signal_files
from hoshimori.workflows.arrival_states import ObserverSky, heard_signal
from hoshimori.workflows.ephemerides import Earth, earth_now, tabulated


@dataclass(frozen=True, slots=True, eq=False)
class FoundSignals:
    """What files tell of signals, each by itself, and the Earth that they were read with."""

    signals: tuple[SignalFiles, ...]
    earth: Earth

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of all files."""
        return tuple(name for one in self.signals for name in one.files)

    @property
    def refused(self) -> tuple[str, ...]:
        """Return the records that could not be read."""
        return tuple(text for one in self.signals for text in one.refused)


def signals_of_paths(paths: Iterable[Path]) -> FoundSignals:
    """Read signals: every path is one, a file or a folder with all files of it.

    A folder in a folder is a signal of its own.

    Raises:
        SettingsError: a path does not exist, or holds no measurement, or two cases.
        FormatError: a file cannot be read.
        CoverageError: moments outside what is known of the Earth.
    """
    earth = earth_now()
    folders = [part for path in paths for part in _signals_in(path)]
    return FoundSignals(tuple(signal_files([part], earth) for part in folders), earth)


def _signals_in(path: Path) -> Iterator[Path]:
    """Yield a file, or the folders that hold files: each is one signal."""
    if not path.is_dir():
        yield path
        return
    inside = sorted(part for part in path.iterdir() if part.name[0] != ".")
    folders = [part for part in inside if part.is_dir()]
    if len(folders) < len(inside):
        yield path
    elif not folders:
        raise SettingsError(f"{path}: the folder holds no file")
    for folder in folders:
        yield from _signals_in(folder)


def last_known(found: FoundSignals) -> np.datetime64:
    """Return when the last measurement of all signals could be known."""
    known = (m.known_utc for one in found.signals for m in one.case.measurements)
    return as_column_time(max(known))


def heard_in(found: FoundSignals, sets: ElementSets) -> tuple[HeardSignal, ...]:
    """Return signals with states of their satellites: by their own ephemerides, else by these sets.

    Raises:
        SettingsError: nothing tells where a satellite was, or how well its ephemeris is known.
        CoverageError: the Earth's orientation is not known then.
    """
    return tuple(_heard(signal, sets, found.earth) for signal in found.signals)


def _heard(signal: SignalFiles, sets: ElementSets, earth: Earth) -> HeardSignal:
    orbits = tabulated(signal.ephemerides, earth) if signal.ephemerides else None
    return heard_signal(signal, ObserverSky(earth, sets, orbits))


def with_signals(picture: Picture, found: FoundSignals) -> tuple[Picture, tuple[str, ...]]:
    """Return a picture that also holds signals as known at its moment, and what was refused.

    Raises:
        SettingsError: nothing tells where a satellite was, or how well its ephemeris is known.
        CoverageError: the Earth's orientation is not known then.
    """
    heard = (one.known_by(picture.as_of_utc) for one in heard_in(found, picture.history))
    known = tuple(one for one in heard if len(one))
    return replace(picture, signals=(*picture.signals, *known)), found.refused
