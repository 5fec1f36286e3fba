"""The list of known failures: what it must hold, and that it refuses what it does not know."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.known_failures import read_known_failures
from hoshimori.model.known_failures import FailureMode

GOOD = """
[[make]]
key = "made-bus"
make = "Made bus"
mode = "battery"
names = ["MADESAT *"]
norad_ids = [40001]
[[make.failure]]
happened = 2020-02-03
known = 2020-02-05T12:00:00Z
example = "Madesat 1"
norad_id = 40001
so_far = 2
source = "made"
"""


def test_a_make_and_its_failure() -> None:
    (make,) = read_known_failures(GOOD.encode(), source="made.toml")
    assert (make.key, make.make, make.mode) == ("made-bus", "Made bus", FailureMode.BATTERY)
    (failure,) = make.failures
    assert failure.happened_utc == datetime(2020, 2, 3, tzinfo=UTC)
    assert failure.known_utc == datetime(2020, 2, 5, 12, tzinfo=UTC)
    assert failure.so_far == 2


@pytest.mark.parametrize(
    ("good", "bad", "field"),
    [
        ('mode = "battery"', 'mode = "sabotage"', "mode"),
        ('names = ["MADESAT *"]', 'names = ["Madesat *"]', "names"),
        ("norad_ids = [40001]", "norad_ids = [0]", "norad_ids"),
        ('make = "Made bus"', "", "make"),
        ('make = "Made bus"', 'make = "Made bus"\nowner = "X"', "owner"),
        ("known = 2020-02-05T12:00:00Z", "known = 2019-01-01", "known"),
        ("known = 2020-02-05T12:00:00Z", 'known = "then"', "known"),
        ("so_far = 2", "so_far = true", "so_far"),
        ('source = "made"', 'source = ""', "source"),
        ("[[make.failure]]", "[[make.other]]", "other"),
    ],
)
def test_a_bad_entry_is_named(good: str, bad: str, field: str) -> None:
    with pytest.raises(FormatError, match="made-bus") as caught:
        read_known_failures(GOOD.replace(good, bad).encode(), source="made.toml")
    assert f"{field}" in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"x = 1", b"[[make]", b"\xff", (GOOD + GOOD).encode()])
def test_what_is_no_such_list_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_known_failures(data, source="made.toml")
