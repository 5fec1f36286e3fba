"""One value under one signature: any other bytes are another value, or none."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_letters import made_fingerprint, made_key

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.dossier.signed_json import SignedKind, open_signed, sign_json
from hoshimori.errors import FormatError

VALUE = {"text": "星守", "number": 1.5}
LINE = sign_json(VALUE, SignedKind.LETTER, made_key("JPN"))


def test_a_value_comes_back_with_who_signed_it() -> None:
    opened = open_signed(LINE, SignedKind.LETTER, "x")
    assert opened.value == VALUE
    assert opened.holds
    assert opened.key == made_fingerprint("JPN")
    assert b"\n" not in LINE


@given(st.integers(0, len(LINE) - 1), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_a_changed_byte_is_seen(place: int, change: int) -> None:
    changed = bytearray(LINE)
    changed[place] ^= change
    try:
        opened = open_signed(bytes(changed), SignedKind.LETTER, "x")
    except FormatError:
        return
    assert not opened.holds


def test_a_signature_under_one_type_is_none_under_another() -> None:
    assert SignedKind.CARD.value.encode() not in LINE
    moved = read_canonical(LINE) | {"payloadType": SignedKind.CARD.value}
    assert not open_signed(canonical_json(moved), SignedKind.CARD, "x").holds
    with pytest.raises(FormatError):
        open_signed(LINE, SignedKind.CARD, "x")


@pytest.mark.parametrize("many", [0, 2])
def test_exactly_one_signature_is_read(many: int) -> None:
    envelope = read_canonical(LINE)
    other = read_canonical(sign_json(VALUE, SignedKind.LETTER, made_key("USA")))
    both = sorted(envelope["signatures"] + other["signatures"], key=lambda s: s["keyid"])
    with pytest.raises(FormatError, match=f"{many} signatures"):
        open_signed(canonical_json(envelope | {"signatures": both[:many]}), SignedKind.LETTER, "x")


@pytest.mark.parametrize(
    "payload",
    [b'{"b":1,"a":2}', b'{"a":1,"a":2}', b'{"a": 1}', b"[" * 100_000 + b"]" * 100_000, b"\xff"],
)
def test_what_is_signed_has_one_form(payload: bytes) -> None:
    other = read_canonical(LINE) | {"payload": base64.b64encode(payload).decode()}
    with pytest.raises(FormatError):
        open_signed(canonical_json(other), SignedKind.LETTER, "x")
