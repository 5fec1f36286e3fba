"""How hot functions are compiled: one way, so that all behave alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

_F = TypeVar("_F", bound=Callable[..., object])


def kernel(function: _F) -> _F:
    """Compile a function of numbers and arrays at its first call and keep it on disk.

    It releases the interpreter lock and divides as IEEE 754 says (no ZeroDivisionError).
    """
    compile_lazily = njit(cache=True, nogil=True, error_model="numpy")
    return cast(_F, compile_lazily(function))


def melting(function: _F) -> _F:
    """Compile a function so that it melts into its callers, which spares handing over arrays."""
    compile_lazily = njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
    return cast(_F, compile_lazily(function))
