"""The ZIP layer: one form, and no trick that a lenient reader would take."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest

from hoshimori.dossier import zip_members
from hoshimori.dossier.opening import opened, unpack
from hoshimori.dossier.zip_members import Member, read_members, write_members
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import ProblemKind

TWO = (Member("a.txt", b"one"), Member("files/b.txt", b"two"))


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            file.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def test_members_come_back_and_any_program_reads_them() -> None:
    data = write_members(TWO)
    assert read_members(data) == TWO
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {n: file.read(n) for n in file.namelist()} == {m.name: m.data for m in TWO}


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a//b", "a/../b", "..", ".x", "", "a\\b", "c:x", "a b", "星", "a/", "x" * 129,
     "a/b/c/d/e"],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(FormatError, match="no plain name"):
        write_members([Member(name, b"")])
    if name.isascii() and name:
        with pytest.raises(FormatError):
            read_members(_zip((name, b"")))


def test_members_that_stand_twice_are_refused() -> None:
    twice = write_members([Member("a.txt", b"1"), Member("b.txt", b"2")])
    with pytest.raises(FormatError, match="twice"):
        read_members(twice.replace(b"b.txt", b"a.txt"))
    with pytest.raises(FormatError, match="twice"):
        read_members(twice.replace(b"b.txt", b"A.txt"))  # one file where case is not told apart


def test_compressed_members_are_refused_so_that_there_are_no_bombs() -> None:
    bomb = _zip(("a.txt", bytes(10_000_000)), method=zipfile.ZIP_DEFLATED)
    with pytest.raises(FormatError, match="compressed"):
        read_members(bomb)


@pytest.mark.parametrize("size", [0, 2, 4, 2**31, 2**32 - 1])
def test_wrong_sizes_are_refused(size: int) -> None:
    data = bytearray(write_members(TWO))
    data[18:26] = struct.pack("<II", size, size)
    with pytest.raises(FormatError):
        read_members(bytes(data))


def test_bounds_on_size_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_members(TWO)
    monkeypatch.setattr(zip_members, "MOST_BYTES", 4)
    with pytest.raises(FormatError, match="more than 4 bytes"):
        read_members(data)
    with pytest.raises(FormatError, match="more than 4 bytes"):
        write_members(TWO)
    monkeypatch.setattr(zip_members, "MOST_BYTES", 2**20)
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 1)
    with pytest.raises(FormatError, match="more than 1 members"):
        read_members(data)


def _appended(data: bytes) -> bytes:
    return data + b"x"


def _prepended(data: bytes) -> bytes:
    return b"#!/bin/sh\n" + data


def _with_comment(data: bytes) -> bytes:
    return data[:-2] + struct.pack("<H", 1) + b"x"


def _with_hidden_member(data: bytes) -> bytes:
    """A member in the local headers that the list of members does not know."""
    at = data.index(b"PK\x01\x02")
    return (
        data[:at] + write_members([Member("hidden.txt", b"x")]).split(b"PK\x01\x02")[0] + data[at:]
    )


def _with_gap(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02")
    return data[:at] + b"gap" + data[at:]


def _another_list_of_members(data: bytes) -> bytes:
    """The list of members calls one by another name than it has in front."""
    at = data.index(b"PK\x01\x02")
    return data[:at] + data[at:].replace(b"leaves.txt", b"leaven.txt")


def _date_changed(data: bytes) -> bytes:
    return data[:12] + b"\x22" + data[13:]


@pytest.mark.parametrize(
    "trick",
    [_appended, _prepended, _with_comment, _with_hidden_member, _with_gap,
     _another_list_of_members, _date_changed],
)  # fmt: skip
def test_tricks_with_the_zip_are_seen(trick: Any, sealing: Any) -> None:
    data = sealing.packed([*sealing.facts(3), sealing.document()])
    assert not opened(data).problems
    with pytest.raises(FormatError):
        unpack(trick(data))


def test_an_extra_member_is_named(sealing: Any) -> None:
    members = read_members(sealing.packed(sealing.facts(3)))
    found = opened(write_members([*members, Member("files/more.txt", b"x")]))
    assert [(p.kind, p.place) for p in found.problems] == [
        (ProblemKind.MEMBER_ADDED, "files/more.txt")
    ]


def test_the_same_content_zipped_by_another_program_is_not_the_same_file(sealing: Any) -> None:
    members = read_members(sealing.packed(sealing.facts(3)))
    found = opened(_zip(*((m.name, m.data) for m in members)))
    assert [p.kind for p in found.problems] == [ProblemKind.BYTES_DIFFER]
