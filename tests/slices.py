"""What runs each time, and what only where everything is asked for: `HOSHIMORI_ALL_CASES=1`."""

from __future__ import annotations

import os

import pytest

ALL_CASES = bool(os.environ.get("HOSHIMORI_ALL_CASES"))

whole_only = pytest.mark.skipif(
    not ALL_CASES, reason="long, and others look at its parts: HOSHIMORI_ALL_CASES=1 runs it"
)
"""A long run whose parts are tested each time, one by one."""
