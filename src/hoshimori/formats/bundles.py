"""Bundles: a signed head in the first line, then one signed letter in each line.

The head says from whom and for whom, and announces each letter by its digest. Nothing is
compressed, nothing in it names a file, and every size is known before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.letter_texts import Fields
from hoshimori.model.letters import BundleEntry, BundleHead, StreamPlace
from hoshimori.model.provenance import Reality

FORM = "hoshimori-bundle/1"
_FORMS = "hoshimori-bundle/"
MOST_BYTES = 32 * 1024 * 1024
"""Of a bundle; whoever has more to tell sends another."""
MOST_LETTER_BYTES = 24 * 1024 * 1024
"""Of one signed letter."""
MOST_LETTERS = 1000
MOST_STREAMS = 64
"""Of which a head tells how far they were taken, the ones begun last."""
_MOST_HEAD_BYTES = 1024 * 1024
_COMPRESSED = (b"\x1f\x8b", b"PK", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


def join_bundle(head: bytes, lines: Iterable[bytes]) -> bytes:
    """Return a signed head and signed letters as one bundle."""
    return b"".join(line + b"\n" for line in (head, *lines))


def split_bundle(data: bytes, source: str) -> tuple[bytes, tuple[bytes, ...]]:
    """Return the lines of head and letters; nothing in them is looked at yet.

    Raises:
        FormatError: it is too large, compressed, or no bundle.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"{len(data):,} bytes: expected at most {MOST_BYTES:,}", source=source)
    if data.startswith(_COMPRESSED):
        raise FormatError("is compressed: bundles never are, and none is unpacked", source=source)
    if not data.startswith(b"{") or not data.endswith(b"}\n"):
        raise FormatError("is no bundle, or cut off: expected lines of JSON", source=source)
    if data.count(b"\n") > MOST_LETTERS + 1:
        raise FormatError(f"more than {MOST_LETTERS:,} letters", source=source)
    head, *lines = data[:-1].split(b"\n")
    if len(head) > _MOST_HEAD_BYTES:
        raise FormatError(f"a head of {len(head):,} bytes", source=source)
    return head, tuple(lines)


def is_of_another_version(value: Any) -> bool:
    """Tell whether a value is the head of a bundle of a form that this version does not know."""
    form = value.get("form") if isinstance(value, dict) else None
    return isinstance(form, str) and form.startswith(_FORMS) and form != FORM


def head_value(head: BundleHead) -> dict[str, Any]:
    """Return the head of a bundle as a JSON value."""
    return {
        "form": FORM,
        "sender": head.sender,
        "receiver": head.receiver,
        "reality": head.reality.value,
        "before": _place_value(head.before),
        "entries": [[entry.letter_id, entry.line_sha256] for entry in head.entries],
        "has_more": head.has_more,
        "acknowledged": [_place_value(place) for place in head.acknowledged],
        "challenge": head.challenge,
        "answers": head.answers,
        "software": head.software,
    }


def head_from(value: Any, source: str = "bundle") -> BundleHead:
    """Return the head that a JSON value holds.

    Raises:
        FormatError: it holds none, or a field is not as it should be.
    """
    fields = Fields(value, source)
    if fields.text("form", 80) != FORM:
        raise fields.wrong("form", f"expected {FORM}")
    reality = fields.text("reality", 20)
    if reality not in (Reality.REAL.value, Reality.EXERCISE.value):
        raise fields.wrong("reality", "expected REAL or EXERCISE")
    head = BundleHead(
        sender=fields.code("sender"),
        receiver=fields.code("receiver"),
        reality=Reality(reality),
        before=_place(fields.within("before")),
        entries=tuple(_entry(one, fields) for one in fields.several("entries", MOST_LETTERS)),
        has_more=fields.truth("has_more"),
        acknowledged=tuple(
            _place(Fields(one, source, "acknowledged"))
            for one in fields.several("acknowledged", MOST_STREAMS)
        ),
        challenge=fields.text("challenge", 128),
        answers=fields.text("answers", 64),
        software=fields.text("software", 200),
    )
    if head_value(head) != value:
        raise fields.wrong(
            "", "has fields that this form does not know, or not as they are written"
        )
    return head


def _place_value(place: StreamPlace) -> dict[str, Any]:
    return {"stream": place.stream, "number": place.number, "chain": place.chain}


def _place(fields: Fields) -> StreamPlace:
    return StreamPlace(fields.text("stream", 64), fields.number("number"), fields.digest("chain"))


def _entry(value: Any, fields: Fields) -> BundleEntry:
    match value:
        case [str(letter_id), str(line)]:
            told = Fields({"letter_id": letter_id, "line": line}, "bundle", "entries")
            return BundleEntry(told.digest("letter_id"), told.digest("line"))
        case _:
            raise fields.wrong("entries", "expected pairs of digests")
