"""Columns as JSON carries them: moments as text, numbers rounded to what a reader can use."""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np

Numbers = tuple[float | None, ...]


def moments(column: np.ndarray[Any, Any], unit: Literal["ms", "us"]) -> tuple[str, ...]:
    """Return moments as ISO 8601 in UTC.

    >>> moments(np.array(["2026-11-27T12:00"], "datetime64[us]"), "ms")
    ('2026-11-27T12:00:00.000Z',)
    """
    return tuple(f"{moment}Z" for moment in np.datetime_as_string(column, unit=unit).tolist())


def rounded(value: float, digits: int) -> float | None:
    """Return a number rounded; None where it is none, which JSON cannot write."""
    return round(float(value), digits) if math.isfinite(value) else None


def numbers(column: np.ndarray[Any, Any], digits: int) -> Numbers:
    """Return numbers rounded; None where there is none.

    >>> numbers(np.array([1.26, np.nan]), 1)
    (1.3, None)
    """
    values = np.asarray(column, dtype=float)
    told = np.round(values, digits).tolist()
    return tuple(v if ok else None for v, ok in zip(told, np.isfinite(values), strict=True))
