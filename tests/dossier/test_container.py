"""Packing and unpacking: what goes in comes out, one content has one file, and it is a ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.dossier.container import pack
from hoshimori.dossier.opening import opened, unpack
from hoshimori.errors import FormatError, ReleaseError
from hoshimori.model.dossiers import Blob, Dossier, Item, Policy
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

_NUMBERS = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1), st.floats(allow_nan=False, allow_infinity=False)
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)
    ),
    max_leaves=12,
)
_PARTNERS = st.frozensets(st.sampled_from(["JPN", "USA", "AUS", "日本"]))
_CAVEATS = _TEXTS.filter(lambda text: text.isprintable() and text != "")
_MARKINGS = st.builds(
    Marking, st.sampled_from(Level), st.none() | _PARTNERS, st.frozensets(_CAVEATS, max_size=2)
)
_BLOBS = st.builds(
    Blob,
    st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True),
    st.just("application/octet-stream"),
    st.binary(max_size=40),
)
_ITEMS = st.lists(
    st.builds(
        Item,
        st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,20}", fullmatch=True),
        st.from_regex(r"[a-z][a-z0-9 _-]{0,10}", fullmatch=True),
        _MARKINGS,
        st.just(Reality.EXERCISE),
        _VALUES | _BLOBS,
    ),
    max_size=12,
    unique_by=(
        lambda item: item.item_id,
        lambda item: item.content.name if isinstance(item.content, Blob) else item.item_id + "\0",
    ),
)


def _by_id(items: Any) -> list[Item]:
    return sorted(items, key=lambda item: item.item_id)


@settings(deadline=None, max_examples=60)
@given(items=_ITEMS, draw=st.randoms(use_true_random=False))
def test_any_items_come_back_and_their_order_changes_nothing(
    items: list[Item], draw: Any, sealing: Any
) -> None:
    made = Dossier(tuple(items), Reality.EXERCISE, sealing.COMPOSED, "test")
    data = pack(made, sealing.salts(len(items)))
    assert _by_id(unpack(data).items) == _by_id(items)
    shuffled = list(items)
    draw.shuffle(shuffled)
    assert pack(replace(made, items=tuple(shuffled)), sealing.salts(len(items))) == data


def test_other_programs_read_the_file(sealing: Any) -> None:
    data = sealing.packed([*sealing.facts(20), sealing.document()])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert file.namelist() == [
            "manifest.json", "envelope.json", "leaves.txt", "items.jsonl", "files/dossier.en.pdf",
        ]  # fmt: skip
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        lines = file.read("items.jsonl").decode().splitlines()
    assert {json.loads(line)[1]["id"] for line in lines} == {
        *(f"fact/{i:05d}" for i in range(20)), "document/en",
    }  # fmt: skip


def test_the_marking_of_the_whole_is_the_join_and_stands_in_the_manifest(sealing: Any) -> None:
    data = sealing.packed(sealing.facts(4))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        manifest = json.loads(file.read("manifest.json"))
    assert manifest["marking"] == {
        "caveats": ["ORIGINATOR CONTROLLED"], "level": "AMBER", "releasable_to": ["JPN", "USA"],
    }  # fmt: skip
    assert (manifest["notice"], manifest["realities"]) == ("NOT FOR CLASSIFIED DATA", ["REAL"])


@pytest.mark.parametrize("other", [Reality.EXERCISE, Reality.SIMULATED, Reality.TEST])
def test_realities_never_mix(other: Reality, sealing: Any) -> None:
    facts = sealing.facts(3)
    mixed = sealing.dossier([*facts[:2], replace(facts[2], reality=other)])
    with pytest.raises(ReleaseError, match="fact/00002 is"):
        pack(mixed, sealing.salts(3))
    with pytest.raises(ReleaseError):
        pack(replace(sealing.dossier(facts), reality=other), sealing.salts(3))


def test_what_cannot_be_sealed_is_refused_with_its_place(sealing: Any) -> None:
    fact = sealing.facts(1)[0]
    bad = [
        ([replace(fact, content={"x": float("nan")})], "fact/00000"),
        ([replace(fact, content=[2**53])], "fact/00000"),
        ([replace(fact, content={"x": "\ud800"})], "fact/00000"),
        ([replace(fact, content={1: "x"})], "fact/00000"),
        ([replace(fact, content={"x": {1, 2}})], "fact/00000"),
        ([replace(fact, item_id="../x")], "no plain name"),
        ([replace(fact, kind="Fact")], "no plain name"),
        ([replace(fact, content=Blob("../x", "text/plain", b""))], "no plain file name"),
        ([replace(fact, content=Blob("x", "text", b""))], "no media type"),
        ([replace(fact, marking=Marking(caveats=frozenset({"\x1b[31m"})))], "can be printed"),
        ([replace(fact, marking=Marking(releasable_to=frozenset({""})))], "can be printed"),
        ([fact, fact], "two of a kind"),
        (
            [
                replace(fact, content=Blob("a", "text/plain", b"")),
                replace(fact, item_id="other", content=Blob("A", "text/plain", b"")),
            ],
            "two of a kind",
        ),
    ]
    for items, message in bad:
        with pytest.raises(FormatError, match=message):
            sealing.packed(items)


def test_salts_must_be_enough_and_each_another(sealing: Any) -> None:
    made = sealing.dossier(sealing.facts(2))
    for salts in ([bytes(16)], [bytes(16)] * 2, [bytes(15), bytes(14)]):
        with pytest.raises(FormatError, match="salt"):
            pack(made, salts)


def test_a_moment_needs_a_zone(sealing: Any) -> None:
    made = replace(sealing.dossier([]), composed_utc=sealing.COMPOSED.replace(tzinfo=None))
    with pytest.raises(FormatError, match="time zone"):
        pack(made, [])


def test_a_declaration_that_could_mislead_is_refused(sealing: Any) -> None:
    """Nobody's signature would be enough for it, or its name would rewrite the terminal."""
    made = sealing.dossier([])
    for wrong in (
        replace(made, policy=Policy(0, 1)),
        replace(made, policy=Policy(1, 0)),
        replace(made, policy=Policy(among=frozenset({"\x07"}))),
        replace(made, software="\x1b]0;trusted\x07"),
        replace(made, software=""),
    ):
        with pytest.raises(FormatError):
            pack(wrong, [])


def test_a_policy_is_part_of_what_is_signed(sealing: Any) -> None:
    policy = Policy(2, 2, frozenset({"JPN-MOD", "USA-SPACECOM"}))
    found = opened(sealing.packed(sealing.facts(2), policy))
    assert not found.problems
    assert found.declarations[0].policy == policy
    assert found.declarations[0].stated_utc == sealing.COMPOSED
