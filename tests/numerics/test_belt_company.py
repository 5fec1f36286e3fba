"""Numbers that stand for words stand for the same ones."""

from __future__ import annotations

from enum import Enum, IntEnum

import pytest

from hoshimori.model.belt import StayRole
from hoshimori.model.findings import Arrival, CompanyKind
from hoshimori.numerics.belt_company import Came, Kind
from hoshimori.numerics.belt_stays import Role


@pytest.mark.parametrize(
    ("numbers", "words"), [(Kind, CompanyKind), (Role, StayRole), (Came, Arrival)]
)
def test_kinds_roles_and_arrivals_have_one_order(numbers: type[IntEnum], words: type[Enum]) -> None:
    assert [n.name for n in numbers] == [w.name for w in words]
    assert [int(n) for n in numbers] == list(range(len(words)))
