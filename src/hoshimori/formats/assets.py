"""Asset lists: TOML with one ``[[asset]]`` each, or CSV with a header line.

Only ``norad_id`` is needed. Known fields: ``norad_id``, ``name``, ``owner``, ``mission``,
``importance`` (routine, important, vital), ``can_manoeuvre`` (true, false),
``hard_body_radius_m`` and ``slot_deg_east``.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.model.assets import Asset, Importance

LARGEST_NORAD_ID = 999_999_999


def read_assets(data: bytes, *, source: str) -> tuple[Asset, ...]:
    """Read an asset list in TOML or CSV, recognised by its content.

    Raises:
        FormatError: naming the place, for anything that is not an asset list, for unknown fields,
            for values that are not what a field expects, and for an asset that is listed twice.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"byte {error.start} is not UTF-8; save the file as UTF-8", source=source
        ) from None
    header = next((ln for ln in text.splitlines() if ln.strip() and not ln.startswith("#")), "")
    looks_like_csv = "norad_id" in [cell.strip().lower() for cell in header.split(",")]
    rows = _csv_rows(text, source) if looks_like_csv else _toml_rows(text, source)
    return _without_repeats([_asset(row, source, place) for place, row in rows], source)


def _csv_rows(text: str, source: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    lines = [(n, ln) for n, ln in enumerate(text.splitlines(), 1) if ln.strip() and ln[0] != "#"]
    names = [cell.strip().lower() for cell in next(csv.reader([lines[0][1]]))]
    for number, line in lines[1:]:
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line)))]
        if len(cells) != len(names):
            raise FormatError(
                f"{len(cells)} cells, expected {len(names)} as in the header",
                source=source,
                line=number,
            )
        yield number, {name: cell for name, cell in zip(names, cells, strict=True) if cell}


def _toml_rows(text: str, source: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(
            f"neither TOML with [[asset]] nor CSV with a norad_id column: {error}", source=source
        ) from None
    listed = document.get("asset")
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise FormatError(
            "no [[asset]] found; an asset list in TOML has one [[asset]] for each asset",
            source=source,
        )
    if extra := sorted(set(document) - {"asset"}):
        raise FormatError(f"unknown key; expected only [[asset]], found {extra}", source=source)
    starts = [n for n, ln in enumerate(text.splitlines(), 1) if ln.strip().startswith("[[asset")]
    return zip(starts if len(starts) == len(listed) else [0] * len(listed), listed, strict=True)


def _asset(row: Mapping[str, Any], source: str, line: int) -> Asset:
    values: dict[str, Any] = {}
    for name, raw in row.items():
        if name not in _READ:
            raise FormatError(
                f"unknown field; expected one of {', '.join(_READ)}",
                source=source,
                line=line,
                field=str(name),
            )
        try:
            values[name] = _READ[name](raw)
        except (ValueError, TypeError) as error:
            raise FormatError(f"{raw!r}: {error}", source=source, line=line, field=name) from None
    if "norad_id" not in values:
        raise FormatError(
            "missing; every asset needs its catalogue number",
            source=source,
            line=line,
            field="norad_id",
        )
    return Asset(**values)


def _without_repeats(assets: list[Asset], source: str) -> tuple[Asset, ...]:
    seen: set[int] = set()
    for asset in assets:
        if asset.norad_id in seen:
            raise FormatError(
                f"{asset.norad_id} is listed twice; list each asset once",
                source=source,
                field="norad_id",
            )
        seen.add(asset.norad_id)
    return tuple(assets)


def _norad_id(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise TypeError("expected a catalogue number")
    if isinstance(raw, str) and not (raw.isascii() and raw.isdigit()):
        raise ValueError("expected a catalogue number in digits")
    if not 1 <= int(raw) <= LARGEST_NORAD_ID:
        raise ValueError(f"expected 1 to {LARGEST_NORAD_ID}")
    return int(raw)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError("expected text")
    return raw


def _importance(raw: object) -> Importance:
    try:
        return Importance(raw)
    except ValueError:
        raise ValueError(f"expected {', '.join(i.value for i in Importance)}") from None


def _truth(raw: object) -> bool:
    known = {"true": True, "false": False}
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in known:
        return known[raw.lower()]
    raise ValueError("expected true or false")


def _between(low: float, high: float) -> Callable[[object], float]:
    def read(raw: object) -> float:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            raise TypeError("expected a number")
        value = float(raw)
        if not low <= value <= high:
            raise ValueError(f"expected a number from {low:g} to {high:g}")
        return value

    return read


_READ: dict[str, Callable[[object], Any]] = {
    "norad_id": _norad_id,
    "name": _text,
    "owner": _text,
    "mission": _text,
    "importance": _importance,
    "can_manoeuvre": _truth,
    "hard_body_radius_m": _between(0.0, 1000.0),
    "slot_deg_east": _between(-180.0, 360.0),
}

assert tuple(_READ) == tuple(field.name for field in fields(Asset))
