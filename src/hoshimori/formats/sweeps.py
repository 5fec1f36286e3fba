"""Files of sweeps: a line of JSON that says what is swept, then one for each row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from hoshimori.errors import FormatError
from hoshimori.model.sweeps import ControlRow, DrawKind, DrawRegime, SweepRow

FORM = 1
"""Of the file, and of what is drawn: rows of another are not mixed with these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepHead:
    """What a file of rows is of; another sweep does not go on in it."""

    sky: str
    seed: int
    objects: int
    only: tuple[str, ...]
    version: str
    """Of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepFile:
    """A file of rows."""

    head: SweepHead
    rows: tuple[SweepRow, ...]
    controls: tuple[ControlRow, ...]


def head_line(head: SweepHead) -> str:
    """Return the first line of a file."""
    value = {
        "form": FORM,
        "reality": "EXERCISE",
        "sky": head.sky,
        "seed": head.seed,
        "objects": head.objects,
        "only": list(head.only),
        "version": head.version,
    }
    return json.dumps(value, ensure_ascii=False)


def row_line(row: SweepRow | ControlRow) -> str:
    """Return the line of a row; no number in it has more digits than were kept."""
    if isinstance(row, ControlRow):
        return json.dumps(
            {
                "batch": row.batch,
                "regime": row.regime.value,
                "assets": row.assets,
                "days": row.days,
                "rarities": {kind: list(found) for kind, found in row.rarities.items()},
            }
        )
    value = {
        "number": row.number,
        "kind": row.kind.value,
        "regime": row.regime.value,
        "trait": row.trait,
        "values": dict(row.values),
        "verdict": row.verdict,
        "delay_h": row.delay_h,
        "finding": row.finding,
        "rarity": row.rarity,
        "is_parent_right": row.is_parent_right,
        "problem": row.problem,
    }
    return json.dumps(value, ensure_ascii=False)


def read_sweep(lines: Iterable[str], *, source: str) -> SweepFile:
    """Return what a file holds; a last line that was not written whole is left out.

    Raises:
        FormatError: a line is no row, with its number, or the file is of another form.
    """
    head: SweepHead | None = None
    rows: dict[int, SweepRow] = {}
    controls: dict[int, ControlRow] = {}
    for number, line in enumerate(lines, start=1):
        if not line.endswith("\n"):
            break
        try:
            value = json.loads(line)
            if head is None:
                head = _head(value)
            elif "batch" in value:
                controls[value["batch"]] = _control(value)
            else:
                rows[value["number"]] = _row(value)
        except (ValueError, LookupError, TypeError) as error:
            raise FormatError(f"no row of a sweep: {error}", source=source, line=number) from None
    if head is None:
        raise FormatError("no sweep begins here", source=source, line=1)
    return SweepFile(
        head=head,
        rows=tuple(rows[k] for k in sorted(rows)),
        controls=tuple(controls[k] for k in sorted(controls)),
    )


def _head(value: dict[str, object]) -> SweepHead:
    if value["form"] != FORM:
        raise ValueError(f"form {value['form']}, not {FORM}")
    only = value["only"]
    if not isinstance(only, list):
        raise ValueError("only: expected a list")
    return SweepHead(
        sky=str(value["sky"]),
        seed=int(str(value["seed"])),
        objects=int(str(value["objects"])),
        only=tuple(map(str, only)),
        version=str(value["version"]),
    )


def _row(value: dict[str, object]) -> SweepRow:
    values, right = value["values"], value["is_parent_right"]
    if not isinstance(values, dict) or not (right is None or isinstance(right, bool)):
        raise ValueError("values: expected numbers by name")
    return SweepRow(
        number=int(str(value["number"])),
        kind=DrawKind(value["kind"]),
        regime=DrawRegime(value["regime"]),
        trait=str(value["trait"]),
        values={str(name): float(one) for name, one in values.items()},
        verdict=str(value["verdict"]),
        delay_h=_number(value["delay_h"]),
        finding=str(value["finding"]),
        rarity=_number(value["rarity"]),
        is_parent_right=right,
        problem=str(value["problem"]),
    )


def _control(value: dict[str, object]) -> ControlRow:
    rarities = value["rarities"]
    if not isinstance(rarities, dict):
        raise ValueError("rarities: expected lists by kind")
    return ControlRow(
        batch=int(str(value["batch"])),
        regime=DrawRegime(value["regime"]),
        assets=int(str(value["assets"])),
        days=float(str(value["days"])),
        rarities={str(kind): tuple(map(float, found)) for kind, found in rarities.items()},
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
