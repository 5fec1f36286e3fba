"""What is known of one object over time: what an Orbit Comprehensive Message holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import Column
from hoshimori.model.messages import Entry, MessageHeader

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TrajectoryBlock:
    """States of one kind in one frame; `times` (N) are in the time system of the message."""

    kind: str
    """Which elements, as in CARTPV."""
    centre: str
    frame: str
    times: Column
    elements: Table
    """Shape (N, k), in kilometres, kilometres per second and, for angles, radians."""
    frame_epoch: np.datetime64 | None = None
    interpolation: str | None = None
    interpolation_degree: int | None = None
    usable_start: np.datetime64 | None = None
    usable_stop: np.datetime64 | None = None
    further: tuple[Entry, ...] = ()

    @property
    def position_km(self) -> Table | None:
        """Positions (N, 3), None where the elements are not Cartesian."""
        return self.elements[:, :3] if self.kind.startswith("CARTP") else None

    @property
    def velocity_km_s(self) -> Table | None:
        """Velocities (N, 3), None where the elements hold none."""
        return self.elements[:, 3:6] if self.kind.startswith("CARTPV") else None


@dataclass(frozen=True, slots=True, eq=False)
class CovarianceBlock:
    """Covariances of one kind in one frame, shape (N, k, k)."""

    kind: str
    frame: str
    times: Column
    covariances: Table
    """Products of kilometres, kilometres per second and, for angles, radians."""
    frame_epoch: np.datetime64 | None = None
    further: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ManoeuvreBlock:
    """What one device does over time, past or planned: a table of cells as they were written."""

    manoeuvre_id: str
    device_id: str
    frame: str | None
    times: Column
    """When each row begins, in the time system of the message."""
    composition: tuple[str, ...]
    """What the columns mean, the times left out."""
    units: tuple[str, ...]
    """The units of the columns; empty where the message leaves the standard's."""
    cells: tuple[tuple[str, ...], ...]
    further: tuple[Entry, ...] = ()

    def numbers(self, name: str) -> Table | None:
        """Return a column such as DV_X as numbers, None where there is none of that name."""
        if name not in self.composition:
            return None
        place = self.composition.index(name)
        return np.array([float(row[place]) for row in self.cells])


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A section that is carried along as it was written, as in PHYS, PERT, OD and USER."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class OrbitComprehensive:
    """One object: who it is, where it was or will be, how sure that is, and its manoeuvres."""

    header: MessageHeader
    time_system: str
    t_zero: np.datetime64
    """What relative times count from, in `time_system`."""
    object_name: str | None = None
    international_designator: str | None = None
    catalogue: str | None = None
    designator: str | None = None
    trajectories: tuple[TrajectoryBlock, ...] = ()
    covariances: tuple[CovarianceBlock, ...] = ()
    manoeuvres: tuple[ManoeuvreBlock, ...] = ()
    sections: tuple[TextBlock, ...] = ()
    further: tuple[Entry, ...] = ()
    """The other metadata."""
    comments: tuple[str, ...] = ()
