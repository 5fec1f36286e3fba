"""How functions are compiled for a CUDA device, and how many threads they are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import cuda

DeviceArray = Any
"""An array in the memory of the device, or a part of one; it has no type of its own here."""

THREADS = 128
"""Threads in one block."""


def device_kernel(function: Callable[..., None]) -> Any:
    """Compile a function at its first launch, to be run by many threads."""
    return cuda.jit(function)


def device_function(function: Callable[..., None]) -> Any:
    """Compile a function that kernels of the device call, and only they can.

    What the CPU can run too is compiled as `kernels.kernel`: both compilers take those.
    """
    return cuda.jit(device=True)(function)


def blocks_for(threads: int) -> int:
    """Return how many blocks so many threads take, at least one."""
    return max(-(-threads // THREADS), 1)
