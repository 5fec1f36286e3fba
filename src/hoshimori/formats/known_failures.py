"""The list of known failures: TOML with one ``[[make]]`` each and its ``[[make.failure]]``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.model.known_failures import FailureMode, KnownFailure, PastFailure

_MAKE = {"key", "make", "mode", "names", "norad_ids", "launches", "failure"}
_FAILURE = {"happened", "known", "example", "norad_id", "so_far", "source"}


def read_known_failures(data: bytes, *, source: str) -> tuple[KnownFailure, ...]:
    """Read the list of known failures.

    Raises:
        FormatError: it is no such list, a key is unknown or missing, or a value is not what its
            key holds; the message names the make.
    """
    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormatError(f"not a list of known failures in TOML: {error}", source=source) from None
    listed = document.get("make")
    if set(document) != {"make"} or not _is_tables(listed):
        raise FormatError("expected one [[make]] for each make, and nothing else", source=source)
    makes = tuple(_make(row, source) for row in listed or ())
    keys = [make.key for make in makes]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        raise FormatError(f"{key} is listed twice", source=source, field="key")
    return makes


def _make(row: Mapping[str, Any], source: str) -> KnownFailure:
    place = str(row.get("key", "?"))
    _only_known(row, _MAKE, source, place)
    listed = row.get("failure")
    if not _is_tables(listed) or not listed:
        raise FormatError(f"{place}: no [[make.failure]]", source=source, field="failure")
    names = tuple(_texts(row, "names", source, place))
    if any(name != name.upper() for name in names):
        raise FormatError(f"{place}: names stand in capitals", source=source, field="names")
    try:
        mode = FailureMode(row.get("mode"))
    except ValueError:
        raise FormatError(
            f"{place}: expected {', '.join(m.value for m in FailureMode)}",
            source=source,
            field="mode",
        ) from None
    failures = [_failure(f, source, place) for f in listed]
    return KnownFailure(
        key=_text(row, "key", source, place),
        make=_text(row, "make", source, place),
        mode=mode,
        names=names,
        norad_ids=tuple(_whole(i, "norad_ids", source, place) for i in row.get("norad_ids", ())),
        launches=tuple(_texts(row, "launches", source, place)),
        failures=tuple(sorted(failures, key=lambda f: f.known_utc)),
    )


def _failure(row: Mapping[str, Any], source: str, place: str) -> PastFailure:
    _only_known(row, _FAILURE, source, place)
    norad_id = row.get("norad_id")
    happened = _moment(row, "happened", source, place)
    known = _moment(row, "known", source, place)
    if known < happened:
        raise FormatError(f"{place}: known before it happened", source=source, field="known")
    return PastFailure(
        happened_utc=happened,
        known_utc=known,
        example=_text(row, "example", source, place),
        norad_id=None if norad_id is None else _whole(norad_id, "norad_id", source, place),
        so_far=_whole(row.get("so_far"), "so_far", source, place),
        source=_text(row, "source", source, place),
    )


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _only_known(row: Mapping[str, Any], known: set[str], source: str, place: str) -> None:
    for key in row:
        if key not in known:
            raise FormatError(
                f"{place}: unknown key; expected one of {', '.join(sorted(known))}",
                source=source,
                field=key,
            )


def _text(row: Mapping[str, Any], key: str, source: str, place: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise FormatError(f"{place}: expected a text", source=source, field=key)
    return value


def _texts(row: Mapping[str, Any], key: str, source: str, place: str) -> Sequence[str]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise FormatError(f"{place}: expected a list of texts", source=source, field=key)
    return values


def _whole(value: object, key: str, source: str, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise FormatError(f"{place}: expected a whole number from 1 on", source=source, field=key)
    return value


def _moment(row: Mapping[str, Any], key: str, source: str, place: str) -> datetime:
    value = row.get(key)
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    raise FormatError(f"{place}: expected a date or a moment", source=source, field=key)
