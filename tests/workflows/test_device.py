"""The processor asked for, or the CPU and a reason."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hoshimori.numerics.encounters_search import near_pairs
from hoshimori.workflows.device import Device, finder_on

ONLY_ON_CPU = """
import sys
from hoshimori.workflows.device import Device, finder_on
finder_on(Device.CPU)
sys.exit(any(name.startswith("numba.cuda") or name.endswith("_cuda") for name in sys.modules))
"""
WITHOUT_THE_PACKAGE = """
import sys
sys.modules["numba.cuda"] = None
from hoshimori.workflows.device import Device, finder_on
print(finder_on(Device.CUDA)[1])
"""


def test_the_cpu_needs_no_word() -> None:
    assert finder_on(Device.CPU) == (near_pairs, "")


def test_nothing_of_cuda_is_imported_for_the_cpu() -> None:
    assert subprocess.run([sys.executable, "-c", ONLY_ON_CPU], check=False).returncode == 0


def test_without_a_device_the_cpu_searches_and_says_why() -> None:
    finder, note = finder_on(Device.CUDA)
    if not note:
        pytest.skip("this machine has a CUDA device")
    assert finder is near_pairs
    assert note.startswith("searching on the CPU: ")
    assert "NVIDIA" in note or "hoshimori[cuda]" in note


def test_a_missing_package_is_named() -> None:
    command = [sys.executable, "-c", WITHOUT_THE_PACKAGE]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("searching on the CPU: ")
    assert "hoshimori[cuda]" in told
