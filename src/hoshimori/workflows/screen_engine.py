"""The engine as `screen` asks it: all that depends on how encounters are searched stands here."""

from __future__ import annotations

from hoshimori.numerics.encounters import Encounters, Search, encounters_and_slow_steps
from hoshimori.numerics.encounters_search import SlowSteps
from hoshimori.workflows.device import Device, finder_on

_LONGEST_SPAN_S = 10_800.0
"""So that little is lost when a screening is cut short."""
_MIB = 2**20
_PROGRAM_BYTES = 250 * _MIB
"""What the program takes before it searches, and for the rows that are described at once."""
_BYTES_PER_OBJECT = 3_500
"""Elements, names, coefficients, and the room of the sweep."""
_BYTES_PER_ARC = 64
_BYTES_PER_ROW = 2_500
"""Of a span that is described while the next one is searched."""
_ROWS_PER_STEP = 94.0 * 2.0
"""Twice what a real catalogue of 26,250 objects gives below 5 km in six minutes."""
_MEASURED_OBJECTS, _MEASURED_KM, _MEASURED_STEP_S = 26_250.0, 5.0, 360.0


def search_steps(
    search: Search, first_step: int, last_step: int, device: Device
) -> tuple[Encounters, SlowSteps]:
    """Return encounters and slow steps, computed on a device that `usable_device` named."""
    finder, _ = finder_on(device)
    return encounters_and_slow_steps(search, first_step, last_step, finder=finder)


def usable_device(device: Device) -> tuple[Device, str]:
    """Return the device that computes and, where it is not the one asked for, why."""
    _, note = finder_on(device)
    return (Device.CPU, note) if note else (device, "")


def span_steps(search: Search, memory_mib: int) -> int:
    """Return how many steps a span may have within a memory: at least one, at most three hours.

    Encounters grow with the pairs and with the square of the threshold (Kessler 1981).
    """
    objects = len(search.movers)
    share = (objects / _MEASURED_OBJECTS) ** 2 * (search.threshold_km / _MEASURED_KM) ** 2
    rows = _ROWS_PER_STEP * share * search.step_s / _MEASURED_STEP_S
    each = objects * _BYTES_PER_ARC + rows * _BYTES_PER_ROW
    free = memory_mib * _MIB - _PROGRAM_BYTES - objects * _BYTES_PER_OBJECT
    longest = max(1, int(_LONGEST_SPAN_S / search.step_s))
    return max(1, min(longest, int(free / max(each, 1.0))))
