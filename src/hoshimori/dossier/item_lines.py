"""Items as lines of canonical JSON, with the salts of their commitments.

A line is ``["SALT",{...}]``: the salt in hexadecimal, then the record that is committed to.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.dossier.commitments import SALT_BYTES
from hoshimori.dossier.declaration import check_name
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Blob, Item, JsonValue, SaltedItem
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

_ITEM_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,199}")
_KIND = re.compile(r"[a-z][a-z0-9 _-]{0,63}")
_BLOB_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64}")
_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")
_LEVELS = {level: level.name.replace("_", "+") for level in Level}
_BY_NAME = {name: level for level, name in _LEVELS.items()}
# A line: `["`, 32 digits, `",`, the record, `]`.
_RECORD_AT = 2 + 2 * SALT_BYTES + 2
_KEYS = {"id", "kind", "marking", "reality"}


def salted(item: Item, salt: bytes) -> SaltedItem:
    """Return an item with its salt and the bytes of its record.

    Raises:
        FormatError: a name or value of the item cannot be written; the message names the item.
    """
    if len(salt) != SALT_BYTES:
        raise FormatError(f"a salt of {len(salt)} bytes; {SALT_BYTES} are needed")
    _check_names(item)
    return SaltedItem(item, salt, canonical_json(_record(item), item.item_id))


def item_line(salted_item: SaltedItem) -> bytes:
    """Return the line of an item, with its end of line."""
    return b'["%s",%s]\n' % (salted_item.salt.hex().encode(), salted_item.encoded)


def read_item_line(line: bytes, files: dict[str, bytes], place: str) -> SaltedItem:
    """Return the item of a line (without its end); `files` are the blobs by their names.

    Raises:
        FormatError: the line is not canonical, a value is of the wrong kind, or the file of a
            blob is not there or not the one that the record tells of.
    """
    value = read_canonical(line, place)
    match value:
        case [str(salt), dict(record)]:
            pass
        case _:
            raise FormatError("is not a salt and a record", source=place)
    item = _item(record, files, place)
    _check_names(item)
    if not _SALT.fullmatch(salt):
        raise FormatError("the salt is not hexadecimal", source=place)
    return SaltedItem(item, bytes.fromhex(salt), line[_RECORD_AT:-1])


def _check_names(item: Item) -> None:
    """Refuse names that could not stand in a file, a path or a line of a report."""
    if not _ITEM_ID.fullmatch(item.item_id):
        raise FormatError("is no plain name for an item", source=ascii(item.item_id[:80]))
    if not _KIND.fullmatch(item.kind):
        raise FormatError(f"{item.kind!a} is no plain name for a kind", source=item.item_id)
    for name in (*item.marking.caveats, *(item.marking.releasable_to or ())):
        check_name(name, item.item_id)
    if isinstance(item.content, Blob):
        if not _BLOB_NAME.fullmatch(item.content.name):
            raise FormatError(f"{item.content.name!a} is no plain file name", source=item.item_id)
        if not _MEDIA_TYPE.fullmatch(item.content.media_type):
            raise FormatError(f"{item.content.media_type!a} is no media type", source=item.item_id)


def _record(item: Item) -> JsonValue:
    record: dict[str, JsonValue] = {
        "id": item.item_id,
        "kind": item.kind,
        "marking": marking_record(item.marking),
        "reality": item.reality.value,
    }
    if isinstance(item.content, Blob):
        record["blob"] = {
            "media_type": item.content.media_type,
            "name": item.content.name,
            "sha256": hashlib.sha256(item.content.data).hexdigest(),
            "size": len(item.content.data),
        }
    else:
        record["content"] = item.content
    return record


def marking_record(marking: Marking) -> JsonValue:
    """Return a marking as JSON: TLP level, partners (null: all), caveats."""
    partners = marking.releasable_to
    return {
        "caveats": sorted(marking.caveats),
        "level": _LEVELS[marking.level],
        "releasable_to": None if partners is None else sorted(partners),
    }


def _item(record: dict[str, Any], files: dict[str, bytes], place: str) -> Item:
    match record:
        case {"id": str(item_id), "kind": str(kind), "marking": dict(marking), "reality": reality}:
            pass
        case _:
            raise FormatError("id, kind, marking or reality is missing", source=place)
    content: JsonValue | Blob
    if record.keys() == _KEYS | {"content"}:
        content = record["content"]
    elif record.keys() == _KEYS | {"blob"}:
        content = _blob(record["blob"], files, f"{place} ({item_id[:80]})")
    else:
        raise FormatError("does not have either content or a blob", source=place)
    try:
        return Item(item_id, kind, _marking(marking, place), Reality(reality), content)
    except ValueError as error:
        raise FormatError(f"{reality!a} is no reality", source=place) from error


def _marking(record: dict[str, Any], place: str) -> Marking:
    match record:
        case {"level": str(level), "releasable_to": partners, "caveats": list(caveats)} if (
            level in _BY_NAME and len(record) == 3 and _texts(caveats)
        ):
            if partners is None:
                return Marking(_BY_NAME[level], None, frozenset(caveats))
            if isinstance(partners, list) and _texts(partners):
                return Marking(_BY_NAME[level], frozenset(partners), frozenset(caveats))
    raise FormatError("the marking is not one", source=place)


def _texts(values: list[Any]) -> bool:
    # Sorted and each once, so that a marking has one form only.
    return all(isinstance(v, str) for v in values) and values == sorted(set(values))


def _blob(record: Any, files: dict[str, bytes], place: str) -> Blob:
    match record:
        case {
            "name": str(name),
            "media_type": str(media_type),
            "sha256": str(digest),
            "size": int(size),
        } if len(record) == 4:
            pass
        case _:
            raise FormatError("the record of the file is not one", source=place)
    if name not in files:
        raise FormatError(f"the file {name[:80]!a} is not there", source=place)
    data = files[name]
    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
        raise FormatError(f"the file {name[:80]!a} is not the one that was sealed", source=place)
    return Blob(name, media_type, data)
