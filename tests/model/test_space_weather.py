"""Space weather as known at a moment: what had ended and been observed by then, nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.model.provenance import Provenance
from hoshimori.model.space_weather import DayKind, SpaceWeather


def weather(days: int = 3, kind: int = DayKind.OBSERVED) -> SpaceWeather:
    kinds = np.full(days, kind, np.uint8)
    kinds[-1] = DayKind.PREDICTED
    return SpaceWeather(
        day_utc=np.datetime64("2025-01-01", "us") + np.arange(days) * np.timedelta64(1, "D"),
        kp=np.arange(8.0 * days).reshape(days, 8) % 9,
        ap=np.ones((days, 8)),
        f107_observed=np.arange(days) + 100.0,
        f107_adjusted=np.arange(days) + 100.0,
        f107_observed_81_day=np.full(days, 100.0),
        kind=kinds,
        provenance=Provenance("made", "0" * 64),
    )


def test_predictions_are_never_known() -> None:
    known = weather().known_by(np.datetime64("2030-01-01", "us"))
    assert len(known) == 2
    assert str(known.observed_until_utc) == "2025-01-03T00:00:00.000000"


def test_a_period_counts_from_its_end_on() -> None:
    known = weather().known_by(np.datetime64("2025-01-02T08:59:59", "us"))
    assert np.isfinite(known.kp[1]).tolist() == [True, True] + [False] * 6
    assert str(known.observed_until_utc) == "2025-01-02T06:00:00.000000"
    assert np.isnan(known.f107_observed[1])
    later = weather().known_by(np.datetime64("2025-01-02T09:00:00", "us"))
    assert np.isfinite(later.kp[1]).sum() == 3


def test_before_the_first_day_nothing_is_known() -> None:
    known = weather().known_by(np.datetime64("2024-01-01", "us"))
    assert (len(known), known.observed_until_utc) == (0, None)


def test_columns_are_read_only_and_of_one_length() -> None:
    made = weather()
    with pytest.raises(ValueError, match="read-only"):
        made.kp[0, 0] = 9.0
    with pytest.raises(ValueError, match="shape"):
        SpaceWeather(
            made.day_utc, made.kp[:1], made.ap, made.f107_observed, made.f107_adjusted,
            made.f107_observed_81_day, made.kind, made.provenance,
        )  # fmt: skip
