"""Bundles: head and lines come back, and what is no bundle is refused before it is looked into."""

from __future__ import annotations

import copy
import gzip
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.errors import FormatError
from hoshimori.formats.bundles import (
    MOST_BYTES,
    head_from,
    head_value,
    is_of_another_version,
    join_bundle,
    split_bundle,
)
from hoshimori.model.letters import BundleEntry, BundleHead, StreamPlace
from hoshimori.model.provenance import Reality

PLACE = StreamPlace("s1", 3, "a" * 64)
HEAD = BundleHead(
    sender="JPN",
    receiver="USA",
    reality=Reality.REAL,
    before=PLACE,
    entries=(BundleEntry("b" * 64, "c" * 64),),
    has_more=False,
    acknowledged=(),
    challenge="",
    answers="",
    software="hoshimori 1",
)
VALUE = head_value(HEAD)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
PLACES = st.builds(StreamPlace, st.sampled_from(("", "s1")), st.integers(0, 2**40), DIGESTS)
HEADS = st.builds(
    BundleHead,
    sender=st.sampled_from(("JPN", "USA")),
    receiver=st.sampled_from(("JPN", "USA")),
    reality=st.sampled_from((Reality.REAL, Reality.EXERCISE)),
    before=PLACES,
    entries=st.lists(st.builds(BundleEntry, DIGESTS, DIGESTS), max_size=3).map(tuple),
    has_more=st.booleans(),
    acknowledged=st.lists(PLACES, max_size=2).map(tuple),
    challenge=st.sampled_from(("", "abc")),
    answers=st.just("") | DIGESTS,
    software=st.just("hoshimori 1"),
)


@given(HEADS)
@settings(max_examples=60, deadline=None)
def test_a_head_comes_back(head: BundleHead) -> None:
    assert head_from(read_canonical(canonical_json(head_value(head)))) == head


@given(st.lists(st.binary(min_size=1, max_size=30).map(lambda b: b"{" + b.hex().encode() + b"}")))
@settings(max_examples=40, deadline=None)
def test_lines_come_back(lines: list[bytes]) -> None:
    assert split_bundle(join_bundle(b"{}", lines), "b") == (b"{}", tuple(lines))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no bundle"),
        (b"hello\n", "is no bundle"),
        (b'{"head": 1}', "cut off"),
        (gzip.compress(b"{}\n"), "is compressed"),
        (b"PK\x03\x04 a bomb", "is compressed"),
        (b"{}\n" * 1002, "more than 1,000 letters"),
        (b"{" + b" " * 1_100_000 + b"}\n", "a head of"),
        (b"{" * (MOST_BYTES + 1), "expected at most 33,554,432"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_is_no_bundle_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(FormatError) as refused:
        split_bundle(data, "bundle")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "new", "said"),
    [
        ("form", "hoshimori-bundle/9", "expected hoshimori-bundle/1"),
        ("sender", "../USA", "expected a partner's code"),
        ("reality", "SIMULATED", "expected REAL or EXERCISE"),
        ("before", None, "expected an object"),
        ("before", {"stream": "s", "number": -1, "chain": "a" * 64}, "whole number from 0 on"),
        ("before", {"stream": "s", "number": True, "chain": "a" * 64}, "whole number from 0 on"),
        ("entries", [["a" * 64]], "expected pairs of digests"),
        ("entries", [["x", "y"]], "expected a SHA-256"),
        ("entries", [["a" * 64, "b" * 64]] * 1001, "expected at most 1,000"),
        ("challenge", "c" * 129, "expected at most 128"),
        ("has_more", 1, "expected true or false"),
        ("more", 1, "fields that this form does not know"),
    ],
)
def test_what_is_no_head_is_refused_by_its_place(name: str, new: Any, said: str) -> None:
    value = copy.deepcopy(VALUE) | {name: new}
    with pytest.raises(FormatError) as refused:
        head_from(value)
    assert said in str(refused.value)


def test_heads_of_newer_versions_are_known_as_such() -> None:
    assert is_of_another_version(VALUE | {"form": "hoshimori-bundle/2"})
    assert not is_of_another_version(VALUE)
    assert not is_of_another_version([])
