"""Opening: every change is seen and named, and no bytes whatever make it stumble."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.dossier.container import package_bytes
from hoshimori.dossier.opening import opened, unpack
from hoshimori.dossier.redaction import redact
from hoshimori.dossier.signing import sign
from hoshimori.dossier.zip_members import Member, read_members, write_members
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Package, ProblemKind

CHANGES = 1_000


@pytest.fixture(scope="module")
def signed_dossier(sealing: Any) -> bytes:
    return sign(sealing.packed([*sealing.facts(100), sealing.document(7_000)]), sealing.key_of(1))


@pytest.fixture(scope="module")
def small(sealing: Any) -> bytes:
    return sign(sealing.packed([*sealing.facts(2), sealing.document(40)]), sealing.key_of(1))


def _with_byte(data: bytes, at: int, byte: int) -> bytes:
    return data[:at] + bytes([byte]) + data[at + 1 :]


def test_a_change_in_any_of_a_thousand_places_is_seen(signed_dossier: bytes) -> None:
    """`benchmarks/accuracy_tampering.py` does the same to a dossier of 10,000 items."""
    draw = random.Random(20261127)
    unseen = []
    for _ in range(CHANGES):
        at = draw.randrange(len(signed_dossier))
        byte = draw.randrange(255)
        byte += byte >= signed_dossier[at]
        if not opened(_with_byte(signed_dossier, at, byte)).problems:
            unseen.append((at, byte))
    assert unseen == []


def test_a_change_of_every_single_byte_is_seen(small: bytes) -> None:
    draw = random.Random(7)
    changed = (
        _with_byte(small, at, small[at] ^ draw.choice((0x01, 0x20, 0x80, 0xFF)))
        for at in range(len(small))
    )
    assert [at for at, data in enumerate(changed) if not opened(data).problems] == []


def test_a_file_cut_anywhere_or_with_more_is_refused(small: bytes) -> None:
    for size in range(0, len(small), 7):
        assert opened(small[:size]).problems
    assert opened(small + b"\0").problems


def test_a_byte_left_out_or_put_in_anywhere_is_seen(small: bytes) -> None:
    for at in range(0, len(small), 5):
        assert opened(small[:at] + small[at + 1 :]).problems
        assert opened(small[:at] + b"0" + small[at:]).problems


def _forged(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Change members as somebody who knows the format would: all checksums of the ZIP are right."""
    members = {member.name: member.data for member in read_members(data)}
    change(members)
    return write_members(Member(name, content) for name, content in members.items())


def _problems(data: bytes) -> set[tuple[ProblemKind, str]]:
    return {(problem.kind, problem.place) for problem in opened(data).problems}


def test_a_forged_item_is_named(signed_dossier: bytes) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["items.jsonl"] = members["items.jsonl"].replace(b"MADE-UP 7 ", b"MADE-UP 8 ", 1)

    problems = _problems(_forged(signed_dossier, change))
    assert (ProblemKind.MEMBER_CHANGED, "items.jsonl") in problems
    assert (ProblemKind.ITEM_NOT_COMMITTED, "fact/00007") in problems


def test_a_forger_who_makes_all_lists_anew_still_lacks_the_signature(
    signed_dossier: bytes, sealing: Any
) -> None:
    other = sealing.facts(100, seed=99)
    made = unpack(sealing.packed([*other, sealing.document(7_000)])).original
    genuine = unpack(signed_dossier).original
    # His own payload with the genuine signatures: they do not belong to it.
    forged = replace(made, envelope=replace(genuine.envelope, payload=made.envelope.payload))
    problems = _problems(package_bytes(Package(forged)))
    assert {kind for kind, _ in problems} == {ProblemKind.SIGNATURE_INVALID}
    # The genuine payload over his items: nothing is what was declared.
    forged = replace(made, envelope=genuine.envelope)
    kinds = {kind for kind, _ in _problems(package_bytes(Package(forged)))}
    assert {ProblemKind.LEAVES_CHANGED, ProblemKind.MANIFEST_CHANGED} <= kinds


def test_items_of_another_dossier_are_not_committed_to(signed_dossier: bytes, sealing: Any) -> None:
    genuine = unpack(signed_dossier).original
    made = unpack(sealing.packed(sealing.facts(3, seed=99))).original
    swapped = replace(genuine, items=(made.items[0], *genuine.items[1:]))
    assert (ProblemKind.ITEM_NOT_COMMITTED, made.items[0].item.item_id) in _problems(
        package_bytes(Package(swapped))
    )


def test_salts_cannot_change_places(signed_dossier: bytes) -> None:
    part = unpack(signed_dossier).original
    one, other, *rest = part.items
    crossed = (replace(one, salt=other.salt), replace(other, salt=one.salt), *rest)
    problems = _problems(package_bytes(Package(replace(part, items=crossed))))
    assert {place for kind, place in problems if kind is ProblemKind.ITEM_NOT_COMMITTED} == {
        one.item.item_id, other.item.item_id,
    }  # fmt: skip


def test_an_item_that_stands_twice_is_named(signed_dossier: bytes) -> None:
    def change(members: dict[str, bytes]) -> None:
        first = members["items.jsonl"].split(b"\n")[0] + b"\n"
        members["items.jsonl"] = first + members["items.jsonl"]

    assert ProblemKind.ITEM_TWICE in {
        kind for kind, _ in _problems(_forged(signed_dossier, change))
    }


def test_the_order_of_lines_is_part_of_the_form(signed_dossier: bytes) -> None:
    def items(members: dict[str, bytes]) -> None:
        first, rest = members["items.jsonl"].split(b"\n", 1)
        members["items.jsonl"] = rest + first + b"\n"

    def leaves(members: dict[str, bytes]) -> None:
        first, rest = members["leaves.txt"].split(b"\n", 1)
        members["leaves.txt"] = rest + first + b"\n"

    assert _problems(_forged(signed_dossier, items))
    assert _problems(_forged(signed_dossier, leaves))


@pytest.mark.parametrize("name", ["envelope.json", "leaves.txt", "items.jsonl", "manifest.json"])
def test_a_missing_member_is_named(name: str, signed_dossier: bytes) -> None:
    problems = _problems(_forged(signed_dossier, lambda members: members.pop(name)))
    assert (ProblemKind.MEMBER_MISSING, name) in problems


def test_a_changed_or_missing_file_is_named(signed_dossier: bytes) -> None:
    name = "files/dossier.en.pdf"

    def change(members: dict[str, bytes]) -> None:
        members[name] += b"x"

    assert (ProblemKind.MEMBER_CHANGED, name) in _problems(_forged(signed_dossier, change))
    problems = _problems(_forged(signed_dossier, lambda members: members.pop(name)))
    assert (ProblemKind.MEMBER_MISSING, name) in problems


def test_an_original_without_some_items_is_a_redaction_and_says_so(signed_dossier: bytes) -> None:
    package = unpack(redact(signed_dossier, lambda item: item.kind != "document"))
    assert len(package.original.leaves) - len(package.original.items) == 1


def test_a_reality_that_is_not_the_declared_one_is_seen(sealing: Any) -> None:
    """Somebody seals it with another program, which lets realities mix."""
    from hoshimori.dossier import container  # noqa: PLC0415

    facts = sealing.facts(3)
    mixed = [*facts[:2], replace(facts[2], reality=container.Reality.EXERCISE)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(container, "_one_reality", lambda items, stated: None)
        data = sealing.packed(mixed)
    assert _problems(data) == {(ProblemKind.REALITY_MIXED, "fact/00002")}


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_make_it_stumble(data: bytes) -> None:
    with pytest.raises(FormatError):
        unpack(data)


@settings(deadline=None, max_examples=150)
@given(
    member=st.sampled_from(
        ["manifest.json", "envelope.json", "leaves.txt", "items.jsonl", "release/envelope.json"]
    ),
    content=st.binary(max_size=60)
    | st.sampled_from(
        [b"{}", b"[]", b"null", b"\n", b'["00",{}]\n', b"[" * 50_000, b"1" * 5_000,
         b'{"members":[1]}', b'{"payload":"","payloadType":"x","signatures":[]}',
         b'{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}']
    ),
)  # fmt: skip
def test_no_content_of_a_member_makes_it_stumble(member: str, content: bytes, sealing: Any) -> None:
    data = sealing.packed(sealing.facts(1))
    with pytest.raises(FormatError):
        unpack(_forged(data, lambda members: members.update({member: content})))


@settings(deadline=None, max_examples=200)
@given(draw=st.randoms(use_true_random=False))
def test_no_mangled_dossier_makes_it_stumble(draw: Any, small: bytes) -> None:
    data = bytearray(small)
    for _ in range(draw.randrange(1, 6)):
        at, size = draw.randrange(len(data)), draw.randrange(1, 40)
        match draw.randrange(3):
            case 0:
                data[at : at + size] = draw.randbytes(size)
            case 1:
                del data[at : at + size]
            case _:
                data[at:at] = data[at : at + size]
    if data != small:
        assert opened(bytes(data)).problems


def test_a_wrong_checksum_alone_is_named(small: bytes) -> None:
    at = small.index(b"PK\x03\x04", 4) + 14
    (stated,) = struct.unpack_from("<I", small, at)
    assert stated == zlib.crc32(read_members(small)[1].data)
    wrong = small[:at] + struct.pack("<I", stated ^ 1) + small[at + 4 :]
    assert _problems(wrong) == {(ProblemKind.MEMBER_CHANGED, "envelope.json")}
