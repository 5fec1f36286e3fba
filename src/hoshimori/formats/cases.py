"""Files of labelled cases: TOML with one ``[[case]]`` each; reports as in files of reports.

Keys of the file: ``family`` (for all its cases that name none). Keys of a case: ``id``, ``title``,
``source``, ``catalogues``, ``histories``, ``maps``, ``place``, ``launches``, ``keep``, ``thin``,
``made``, ``seed``, ``about``, ``assets``, ``as_of_utc``, ``at_utc``, ``days``, ``labels``,
``numbers``, ``forbidden``, ``truth``, ``because``, ``waits_for``, ``report``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.report_fields import report_of
from hoshimori.formats.tables import FieldError
from hoshimori.model.assessments import Label, TruthGroup
from hoshimori.model.cases import Case, CaseData
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Reality

_KEYS = frozenset(
    {
        "id", "family", "title", "source", "catalogues", "histories", "maps", "place",
        "launches", "keep", "thin", "made", "seed", "about", "assets", "as_of_utc", "at_utc",
        "days", "labels", "numbers", "forbidden", "truth", "because", "waits_for", "report",
    }
)  # fmt: skip


def read_cases(payload: bytes, source: str) -> tuple[Case, ...]:
    """Return the cases of a file in its order.

    Raises:
        FormatError: it is not TOML, or a case cannot be read; the message names case and field.
    """
    try:
        tree = tomllib.loads(payload.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormatError(f"not TOML: {error}", source=source) from None
    if extra := sorted(set(tree) - {"family", "case"}):
        raise FormatError("expected family and [[case]] alone", source=source, field=extra[0])
    return tuple(_named(values, str(tree.get("family", "")), source) for values in tree["case"])


def _named(values: Mapping[str, Any], family: str, source: str) -> Case:
    place = f"case {values.get('id', '?')}"
    if extra := sorted(set(values) - _KEYS):
        raise FormatError(f"{place}: unknown key", source=source, field=extra[0])
    try:
        return _case(values, family)
    except FieldError as error:
        raise FormatError(f"{place}: report: {error}", source=source, field=error.field) from None
    except KeyError as error:
        raise FormatError(f"{place}: missing or unknown {error}", source=source) from None
    except (TypeError, ValueError) as error:
        raise FormatError(f"{place}: {error}", source=source) from None


def _case(values: Mapping[str, Any], family: str) -> Case:
    data = CaseData(
        catalogues=tuple(values.get("catalogues", ())),
        histories=tuple(values.get("histories", ())),
        maps=tuple(values.get("maps", ())),
        place=_place(values["place"]) if "place" in values else None,
        launches=tuple(values.get("launches", ())),
        keep=tuple(values.get("keep", ())),
        thin=int(values.get("thin", 1)),
        made=str(values.get("made", "")),
        seed=int(values.get("seed", 0)),
    )
    if not (data.made or data.catalogues or data.histories or data.maps):
        raise ValueError("expected files of data or a made scene")
    reality = Reality.SIMULATED if data.made else Reality.REAL
    return Case(
        case_id=values["id"],
        family=values.get("family", family) or values["id"],
        title=values["title"],
        source=values["source"],
        data=data,
        about=tuple(values.get("about", ())),
        assets=tuple(values.get("assets", ())),
        as_of_utc=_moment(values.get("as_of_utc")),
        at_utc=_moment(values.get("at_utc")),
        days_ahead=float(values.get("days", 2.0)),
        reports=tuple(
            report_of(report, marking=OPEN, reality=reality) for report in values.get("report", ())
        ),
        labels=tuple(Label(label) for label in values["labels"]),
        numbers={
            name: (float(low), float(high))
            for name, (low, high) in values.get("numbers", {}).items()
        },
        forbidden=tuple(values.get("forbidden", ())),
        truth=TruthGroup(values["truth"]) if values.get("truth") else None,
        because=values["because"],
        waits_for=values.get("waits_for", ""),
    )


def _place(value: Any) -> tuple[float, float, float]:
    latitude, longitude, radius = (float(part) for part in value)
    return latitude, longitude, radius


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise ValueError(f"expected a moment as in 2025-03-03T12:00:00Z, got {value!r}")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
