"""The device's kernels compile for a real device, where its compiler is installed."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

if importlib.util.find_spec("numba_cuda") is None:
    pytest.skip("needs the package numba-cuda (extra cuda)", allow_module_level=True)

from numba import cuda, types
from numba.cuda import dispatcher
from numba.cuda.cudadrv import nvvm

from hoshimori.numerics import encounters_cuda_exact, encounters_cuda_sieve, sgp4_cuda

HOPPER = (9, 0)
DOUBLE, SINGLE, INT = types.float64, types.float32, types.int64
SKY = types.NamedTuple(
    (
        DOUBLE[:, ::1],
        DOUBLE[:, ::1],
        types.int32[::1],
        DOUBLE[::1],
        DOUBLE[:, ::1],
        INT[::1],
        INT[::1],
    ),
    sgp4_cuda.Sky,
)
STATES = (DOUBLE[:, :, ::1], DOUBLE[:, :, ::1], types.uint8[:, ::1])
ARCS, NAMES, ROWS = SINGLE[:, :, ::1], types.int32[:, ::1], types.int32[:, ::1]
FOUND = (ROWS, SINGLE[::1])
KERNELS = [
    (sgp4_cuda._write_states, (SKY, DOUBLE, DOUBLE, *STATES)),
    (encounters_cuda_sieve._write_arcs, (*STATES, DOUBLE, ARCS)),
    (encounters_cuda_sieve._name_places, (ARCS, INT, NAMES)),
    (encounters_cuda_sieve._place_arcs, (ARCS, NAMES, ARCS)),
    (encounters_cuda_sieve._bound_groups, (ARCS, INT, DOUBLE, DOUBLE, ARCS)),
    (
        encounters_cuda_sieve._find_pairs,
        (ARCS, NAMES, ARCS, ARCS, types.boolean[::1], DOUBLE, *FOUND, INT[::1]),
    ),
    (
        encounters_cuda_exact._solve,
        (
            *(SKY, ARCS, *FOUND, INT, INT, INT, DOUBLE, DOUBLE, DOUBLE),
            *(ROWS, DOUBLE[:, ::1], ROWS, INT[::1]),
        ),
    ),
]


class Hopper:
    """What the compiler asks of a device, for machines without one."""

    compute_capability = HOPPER


@pytest.mark.parametrize(("kernel", "signature"), KERNELS)
def test_kernels_compile(
    kernel: Any, signature: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        nvvm.NVVM()
    except Exception as missing:
        pytest.skip(f"needs CUDA's NVVM: {missing}")
    monkeypatch.setattr(dispatcher, "get_current_device", Hopper)
    code, _ = cuda.compile(kernel.py_func, signature, device=False, abi="numba", cc=HOPPER)
    assert ".visible .entry" in code
    if kernel is encounters_cuda_sieve._find_pairs:
        # Double precision in the innermost loop would cost a factor of two.
        assert not any(word in code for word in ("fma.rn.f64", "mul.f64", "add.f64"))
