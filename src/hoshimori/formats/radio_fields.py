"""The fields about radio interference of a report, whatever file it stands in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from hoshimori.formats.tables import FieldError
from hoshimori.model.radio_particulars import RadioParticulars
from hoshimori.model.receivers import Link, Polarisation
from hoshimori.model.reports import Statement

RADIO = "radio"
RADIO_FIELDS = tuple(field.name for field in fields(RadioParticulars))
ABOUT_RADIO = frozenset(
    {
        Statement.LINK_INTERFERENCE,
        Statement.NAVIGATION_DISTURBED,
        Statement.RADIO_OR_CYBER_EFFECT,
        Statement.SERVICE_LOST,
        Statement.TELEMETRY_ANOMALY,
    }
)
"""Statements that may have these fields."""
_SPANS = {
    "frequency_mhz": (0.003, 3_000_000.0),
    "bandwidth_khz": (1e-6, 100_000_000.0),
    "level_over_noise_db": (-60.0, 200.0),
}
"""From where to where a number can be true; radio is 3 kHz to 3,000 GHz (Radio Regulations 1.5)."""

Line = Callable[[Mapping[str, Any], str], str]
Moment = Callable[[Mapping[str, Any], str], datetime]


def radio_of(
    values: Mapping[str, Any], statement: Statement, *, line: Line, moment: Moment
) -> RadioParticulars | None:
    """Return what a record states about radio; None where it states nothing.

    `line` and `moment` read one text and one moment, as for the other fields of a report.

    Raises:
        FieldError: naming the field, for what is unknown or not what a field expects.
    """
    if RADIO not in values:
        return None
    stated = values[RADIO]
    if not isinstance(stated, Mapping) or not stated:
        raise FieldError(RADIO, f"expected a table with some of {', '.join(RADIO_FIELDS)}")
    if statement not in ABOUT_RADIO:
        known = ", ".join(sorted(one.name.lower() for one in ABOUT_RADIO))
        raise FieldError(RADIO, f"only with a statement about a link or service: {known}")
    for name in stated:
        if name not in RADIO_FIELDS:
            expected = f"unknown field; expected one of {', '.join(RADIO_FIELDS)}"
            raise FieldError(f"{RADIO}.{str(name)[:60]}", expected)
    try:
        return _particulars(stated, line, moment)
    except FieldError as error:
        raise FieldError(f"{RADIO}.{error.field}", str(error)) from None


def _particulars(stated: Mapping[str, Any], line: Line, moment: Moment) -> RadioParticulars:
    numbers = {name: _number(stated, name) for name in _SPANS}
    start, end = (
        moment(stated, name) if name in stated else None
        for name in ("telemetry_start_utc", "telemetry_end_utc")
    )
    if end is not None and (start is None or end < start):
        raise FieldError("telemetry_end_utc", "expected a start that is not later")
    return RadioParticulars(
        **numbers,
        polarisation=_polarisation(line(stated, "polarisation")),
        link=_link(line(stated, "link")),
        beam=line(stated, "beam"),
        modulation=line(stated, "modulation"),
        telemetry_start_utc=start,
        telemetry_end_utc=end,
        effect=line(stated, "effect"),
        steps=line(stated, "steps"),
    )


def _number(stated: Mapping[str, Any], name: str) -> float | None:
    if name not in stated:
        return None
    value, (low, high) = stated[name], _SPANS[name]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not low <= value <= high:
        raise FieldError(name, f"{str(value)[:60]!r}: expected a number from {low:g} to {high:g}")
    return float(value)


def _polarisation(text: str) -> Polarisation:
    if not text:
        return Polarisation.NOT_STATED
    for one in Polarisation:
        if text.upper() == one.value and one is not Polarisation.NOT_STATED:
            return one
    raise FieldError("polarisation", f"{text[:60]!r}: expected one of RHCP, LHCP, H, V")


def _link(text: str) -> Link | None:
    if not text:
        return None
    for one in Link:
        if text.lower() == one.value:
            return one
    known = ", ".join(one.value for one in Link)
    raise FieldError("link", f"{text[:60]!r}: expected one of {known}")


def radio_value(radio: RadioParticulars | None) -> dict[str, Any]:
    """Return what `radio_of` reads back; empty fields stay out."""
    if radio is None:
        return {}
    told: dict[str, Any] = {}
    for name in RADIO_FIELDS:
        value = getattr(radio, name)
        if isinstance(value, Polarisation | Link):
            value = "" if value is Polarisation.NOT_STATED else value.value
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if value not in ("", None):
            told[name] = value
    return told
