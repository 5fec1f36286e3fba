"""Which processor looks for close approaches: the CPU, or an NVIDIA device where there is one."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module

from hoshimori.numerics.encounters_search import NearPairs, near_pairs


class Device(StrEnum):
    """Where a search runs."""

    CPU = "cpu"
    CUDA = "cuda"


def finder_on(device: Device) -> tuple[NearPairs, str]:
    """Return what finds near pairs on a device, and why it is the CPU if another was asked for.

    The note is for people, and empty where the device is the one asked for. Nothing of CUDA is
    imported unless it is asked for.
    """
    if device == Device.CPU:
        return near_pairs, ""
    try:
        on_cuda = import_module("hoshimori.numerics.encounters_cuda")
    except ImportError as missing:
        return near_pairs, f"searching on the CPU: {missing}; install hoshimori[cuda]"
    reason = on_cuda.why_no_device()
    if reason:
        return near_pairs, f"searching on the CPU: {reason}"
    finder: NearPairs = on_cuda.near_pairs
    return finder, ""
