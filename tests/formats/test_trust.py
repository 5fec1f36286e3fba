"""Trust files: what is written is read, and nothing doubtful is believed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.trust import read_trust, write_trust_entry
from hoshimori.model.dossiers import KeyAlgorithm, PartnerKey

_NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
_MOMENTS = st.none() | st.integers(0, 7_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@given(st.builds(PartnerKey, _NAMES, _NAMES, st.binary(), _MOMENTS, _MOMENTS, _MOMENTS))
def test_an_entry_that_is_written_is_read(key: PartnerKey) -> None:
    if key.public_key:
        assert read_trust(write_trust_entry(key).encode(), "t").keys == (key,)


def _entry(sealing: Any, **changes: str) -> str:
    text = write_trust_entry(sealing.partner(sealing.key_of(1), "JPN"))
    for name, value in changes.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"{name} ")]
        text = "\n".join([*lines, f"{name} = {value}" if value else ""])
    return text


def test_times_are_toml_or_texts_and_algorithms_can_be_asked_for(sealing: Any) -> None:
    text = 'required_algorithms = ["ml-dsa-65"]\nleast_organisations = 2\n' + _entry(
        sealing, valid_from='"2026-01-01T09:00:00+09:00"', valid_until="2027-01-01T00:00:00Z"
    )
    trust = read_trust(text.encode(), "t")
    assert trust.required == {KeyAlgorithm.ML_DSA_65}
    assert (trust.least_signatures, trust.least_organisations) == (1, 2)
    assert trust.keys[0].valid_from_utc == datetime(2026, 1, 1, tzinfo=UTC)
    assert trust.keys[0].valid_until_utc == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_fingerprint_may_have_colons_and_a_holder_may_be_left_out(sealing: Any) -> None:
    digest = sealing.partner(sealing.key_of(1), "JPN").fingerprint
    colons = ":".join(digest[n : n + 2] for n in range(0, 64, 2)).upper()
    text = _entry(sealing, fingerprint=f'"{colons}"', holder="")
    assert read_trust(text.encode(), "t").keys[0].holder == digest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fingerprint": '"00"'}, "t:key 1:fingerprint: is not that of the public key"),
        ({"public_key": '"!"'}, "t:key 1:public_key: is not Base64"),
        ({"organisation": "3"}, "t:key 1:organisation: a text"),
        ({"organisation": ""}, "t:key 1:organisation: a text"),
        ({"revoked": "2026-01-01"}, "t:key 1:revoked: 2026-01-01 is no moment"),
        ({"revoked": '"soon"'}, "t:key 1:revoked: soon is no moment"),
        ({"revoked": "2026-01-01T00:00:00"}, "no moment with a zone"),
        ({"revokd": "1"}, "t:key 1:revokd: is no field"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, str], message: str, sealing: Any) -> None:
    with pytest.raises(FormatError, match=message):
        read_trust(_entry(sealing, **change).encode(), "t")


@pytest.mark.parametrize(
    "text", ["[", "x = 1", "key = 1", "key = [1]", "required_algorithms = ['rsa']",
             "required_algorithms = 1", "least_signatures = 0", "least_organisations = true"],
)  # fmt: skip
def test_what_is_no_trust_file_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_trust(text.encode(), "t")


def test_a_key_that_stands_twice_is_refused(sealing: Any) -> None:
    with pytest.raises(FormatError, match="twice"):
        read_trust((_entry(sealing) + "\n" + _entry(sealing, holder='"other"')).encode(), "t")


@given(st.binary(max_size=60))
def test_no_bytes_whatever_make_it_stumble(data: bytes) -> None:
    try:
        read_trust(data, "t")
    except FormatError:
        return
