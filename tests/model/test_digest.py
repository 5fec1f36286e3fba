"""Content names: the same content gives the same name, another content another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
import pytest

from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance


def one_element_set(**changed: Any) -> ElementSets:
    columns: dict[str, Any] = {name: np.zeros(1, dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.array([25544])
    columns["epoch_utc"] = np.array(["2025-03-03T01:02:03.456789"], "datetime64[us]")
    columns["known_utc"] = columns["epoch_utc"]
    columns["mean_motion_rev_day"] = np.array([15.5])
    columns |= {name: np.array([value], COLUMNS[name]) for name, value in changed.items()}
    return ElementSets(**columns, provenances=(Provenance("test", "0" * 64),))


def test_who_delivered_it_and_what_it_is_called_does_not_matter() -> None:
    plain = element_set_digest(one_element_set(), 0)
    named = one_element_set(object_name="ISS", element_set_no=999, known_utc="2026-01-01")
    assert element_set_digest(named, 0) == plain
    assert element_set_digest(one_element_set(bstar_per_er=-0.0), 0) == plain


@pytest.mark.parametrize(
    "changed",
    [
        {"norad_id": 25545},
        {"epoch_utc": "2025-03-03T01:02:03.456790"},
        {"mean_motion_rev_day": 15.50000001},
        {"bstar_per_er": 1e-11},
    ],
)
def test_every_published_value_matters(changed: dict[str, Any]) -> None:
    assert element_set_digest(one_element_set(**changed), 0) != element_set_digest(
        one_element_set(), 0
    )


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Settings:
    near_km: float = 5.0
    colour: Colour = Colour.RED


def test_a_finding_is_named_after_detector_settings_objects_basis_and_occasion() -> None:
    first = finding_id("pass/1", Settings(), (1, 2), ("aa", "bb"), "noon")
    assert first == finding_id("pass/1", Settings(), [np.int64(1), 2], ("bb", "aa"), "noon")
    others = {
        finding_id("pass/2", Settings(), (1, 2), ("aa", "bb"), "noon"),
        finding_id("pass/1", replace(Settings(), near_km=6.0), (1, 2), ("aa", "bb"), "noon"),
        finding_id("pass/1", Settings(), (2, 1), ("aa", "bb"), "noon"),
        finding_id("pass/1", Settings(), (1, 2), ("aa", "cc"), "noon"),
        finding_id("pass/1", Settings(), (1, 2), ("aa", "bb"), "midnight"),
        first,
    }
    assert len(others) == 6
