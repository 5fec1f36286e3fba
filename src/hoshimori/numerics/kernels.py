"""How hot functions are compiled: one way, so that all behave alike, and where that is kept.

Numba renews a compiled function when its own file changes, not when one that it calls does. So the
folder of compiled functions is named by all the code of this room: other code, other folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar, cast

import numba
from platformdirs import user_cache_dir

_numba: Any = numba.config
_F = TypeVar("_F", bound=Callable[..., object])


def _digest_of_this_room() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


FOLDER_NAME_START = "kernels-"
_KERNELS = FOLDER_NAME_START + _digest_of_this_room()


def kernel_folder() -> str:
    """Return where compiled functions are kept: in NUMBA_CACHE_DIR, else in the user's cache."""
    return f"{_numba.CACHE_DIR or user_cache_dir('hoshimori')}/{_KERNELS}"


def compiled(function: _F, **options: Any) -> _F:
    """Compile a function of numbers and arrays at its first call and keep it on disk.

    It releases the interpreter lock and divides as IEEE 754 says (no ZeroDivisionError). Kept in
    the `kernel_folder`.
    """
    before = _numba.CACHE_DIR
    _numba.CACHE_DIR = kernel_folder()
    try:
        lazily = numba.njit(cache=True, nogil=True, error_model="numpy", **options)
        return cast(_F, lazily(function))
    finally:
        _numba.CACHE_DIR = before


def kernel(function: _F) -> _F:
    """Compile a function of numbers and arrays."""
    return compiled(function)


def melting(function: _F) -> _F:
    """Compile a function so that it melts into its callers, which spares handing over arrays."""
    return compiled(function, forceinline=True)
