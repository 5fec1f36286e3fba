"""The assessment model is data: complete, with priors that can add up, and refused otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hoshimori.workflows
from hoshimori.errors import FormatError
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.model.assessments import Hypothesis

TEXT = (Path(hoshimori.workflows.__file__).parent / "assessment_model.toml").read_text()


def test_the_model_in_force_is_complete() -> None:
    model = read_assessment_model(TEXT.encode(), "model")
    assert [f"F{n}" for n in range(1, 18)] == list(model.factors)
    assert [f"G{n}" for n in range(5)] == list(model.gates)
    assert [i for i in model.indicators if i[0] == "I"] == [f"I{n}" for n in range(1, 13)]
    assert [i for i in model.indicators if i[0] == "J"] == [f"J{n}" for n in range(1, 8)]
    assert all(set(priors) == set(Hypothesis) for priors in model.priors.values())


def test_the_digest_follows_every_byte() -> None:
    one = read_assessment_model(TEXT.encode(), "model")
    other = read_assessment_model((TEXT + "\n").encode(), "model")
    assert one.sha256 != other.sha256


def test_nothing_in_it_names_an_owner_or_a_country() -> None:
    from hoshimori.model.objects import SpaceObject  # noqa: PLC0415

    codes = r"\b(PRC|CIS|USA|JPN|CHN|RUS|UK|FR|IND|Russia|China|Japan|United States)\b"
    assert not re.findall(codes, TEXT)
    assert "owner" in SpaceObject.__dataclass_fields__


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("layout = 1", "layout = 2", "laid out as 2, this Hoshimori reads 1"),
        ("H3 = [0.95, 0.998]", "H3 = [0.998, 0.95]", "low <= high"),
        ("H3 = [0.95, 0.998]", "H3 = [0.0, 0.998]", "between 0 and 1"),
        ("H3 = [0.95, 0.998]", "H3 = [0.1, 0.2]", "cannot add up to 1"),
        ('chain = "statements"', 'chain = "gossip"', "gossip"),
        (
            'I1 = { yes = ["stated_launched',
            'I1 = { yes = ["unheard_of", "stated_launched',
            "unheard",
        ),
        ("item_cap_nats", "item_cap", "item_cap_nats"),
    ],
)
def test_a_broken_model_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(FormatError, match=re.escape(said)):
        read_assessment_model(TEXT.replace(old, new, 1).encode(), "model")


@given(st.binary(max_size=200))
def test_any_bytes_give_one_clear_error(payload: bytes) -> None:
    with pytest.raises(FormatError):
        read_assessment_model(payload, "noise")
