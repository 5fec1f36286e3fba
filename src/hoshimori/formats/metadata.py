"""Public lists of objects: GCAT's payloads, UCS's satellites, CARA's sizes, and a merged table.

Accepted, each also in gzip or zip:

* GCAT psatcat (tab-separated, J. McDowell, CC-BY 4.0): payloads with their State of registry.
* The UCS Satellite Database (semicolons, decimal commas): operators, launch dates, masses.
* NASA CARA's hard-body radii and masses (CSV); the "Default" radius, which says nothing of the
  object, is left out.
* A Parquet table of all of these by object (``norad, name, intl, object_type, un_state,
  ucs_country, launch_date, ops_code, rcs_m2, hbr_m, hbr_source, mass_kg``).

Owners are the State or operator that a list states; nothing is inferred from launches.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.errors import FormatError
from hoshimori.formats.tables import Cells, FieldError, norad_id, number, only_file, read_table
from hoshimori.formats.tle_columns import designator
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.rejections import ObjectReading, Rejection

_COLUMNS = (
    "norad", "name", "intl", "object_type", "un_state", "ucs_country", "launch_date", "ops_code",
    "rcs_m2", "hbr_m", "hbr_source", "mass_kg",
)  # fmt: skip
_GUESSED = "Default"
_UCS_MASS = "Launch Mass (kg.)"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Take = Callable[[Cells], SpaceObject | None]


def read_gcat(data: bytes, *, source: str) -> ObjectReading:
    """Return the payloads of GCAT's psatcat; raises `FormatError` where the bytes are not that."""
    needs = ("#JCAT", "Piece", "Name", "LDate", "UNState")
    return read_table(data, source=source, delimiter="\t", needs=needs, take=_from_gcat(source))


def read_ucs(data: bytes, *, source: str) -> ObjectReading:
    """Return the objects of the UCS database; raises `FormatError` where the bytes are not that."""
    needs = ("NORAD Number", "COSPAR Number", "Operator/Owner", "Date of Launch")
    return read_table(data, source=source, delimiter=";", needs=needs, take=_from_ucs(source))


def read_cara(data: bytes, *, source: str) -> ObjectReading:
    """Return CARA's sizes and masses; raises `FormatError` where the bytes are not that."""
    needs = ("ObjectID", "HBR", "HBRSource", "Mass", "MassSource")
    return read_table(data, source=source, delimiter=",", needs=needs, take=_from_cara(source))


def read_object_table(data: bytes, *, source: str) -> ObjectReading:
    """Return the objects of the merged Parquet table; `FormatError` where the bytes are not it."""
    rows = _parquet_rows(only_file(data, source), source)
    objects: list[SpaceObject] = []
    rejections: list[Rejection] = []
    for line, row in enumerate(rows, 1):
        cells = {name: "" if value is None else str(value) for name, value in row.items()}
        try:
            objects.append(_from_object_table(cells, source))
        except FieldError as error:
            raw = repr(cells).encode("utf-8", "replace")
            rejections.append(Rejection(source, line, error.field, str(error), raw))
    return ObjectReading(tuple(objects), tuple(rejections))


def _parquet_rows(data: bytes, source: str) -> list[dict[str, Any]]:
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        names = [name for name in _COLUMNS if name in file.schema_arrow.names]
        if not {"norad", "name", "object_type"} <= set(names):
            raise FormatError("expected columns norad, name, object_type", source=source)
        return file.read(columns=names).to_pylist()
    except FormatError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FormatError(f"a damaged Parquet file ({error})", source=source) from error


def _from_gcat(source: str) -> Take:
    def take(cells: Cells) -> SpaceObject | None:
        if not cells["#JCAT"].startswith("S"):
            return None  # GCAT's own numbers for objects that NORAD never catalogued
        number_only = cells | {"#JCAT": cells["#JCAT"][1:]}
        piece = cells["Piece"].strip()
        return SpaceObject(
            norad_id=norad_id(number_only, "#JCAT"),
            name=cells["Name"].strip(),
            object_id=piece if piece[4:5] == "-" else "",
            object_type=ObjectType.PAYLOAD,
            owner=cells["UNState"].strip().strip("[]-"),
            launch_date=_gcat_day(cells["LDate"]),
            sources=(source,),
        )

    return take


def _from_ucs(source: str) -> Take:
    def take(cells: Cells) -> SpaceObject | None:
        if not any(cell.strip() for cell in cells.values()):
            return None
        plain = cells | {_UCS_MASS: "".join(cells.get(_UCS_MASS, "").split())}
        return SpaceObject(
            norad_id=norad_id(cells, "NORAD Number"),
            name=cells.get("Current Official Name of Satellite", "").strip(),
            object_id=cells["COSPAR Number"].strip(),
            object_type=ObjectType.PAYLOAD,
            owner=cells["Operator/Owner"].strip(),
            launch_date=_ucs_day(cells["Date of Launch"]),
            mass_kg=number(plain, _UCS_MASS, decimal_comma=True),
            sources=(source,),
        )

    return take


def _from_cara(source: str) -> Take:
    def take(cells: Cells) -> SpaceObject | None:
        return SpaceObject(
            norad_id=norad_id(cells, "ObjectID"),
            hard_body_radius_m=_radius(cells, "HBR", "HBRSource"),
            mass_kg=number(cells, "Mass"),
            sources=(source,),
        )

    return take


def _from_object_table(cells: Cells, source: str) -> SpaceObject:
    kinds = {kind.value: kind for kind in ObjectType}
    return SpaceObject(
        norad_id=norad_id(cells, "norad"),
        name=cells["name"].strip(),
        object_id=designator(cells.get("intl", "")),
        object_type=kinds.get(cells["object_type"].strip().upper(), ObjectType.UNKNOWN),
        owner=(cells.get("un_state", "") or cells.get("ucs_country", "")).strip().strip("[]-"),
        operational_status=cells.get("ops_code", "").strip(),
        launch_date=_gcat_day(cells.get("launch_date", "")),
        radar_cross_section_m2=number(cells, "rcs_m2"),
        hard_body_radius_m=_radius(cells, "hbr_m", "hbr_source"),
        mass_kg=number(cells, "mass_kg"),
        sources=(source,),
    )


def _radius(cells: Cells, field: str, told_by: str) -> float | None:
    return None if cells.get(told_by, "").strip() == _GUESSED else number(cells, field)


def _gcat_day(text: str) -> date | None:
    """Return a day written 1957 Oct  4; None where GCAT knows the day only roughly."""
    parts = text.split()
    try:
        return date(int(parts[0]), _MONTHS.index(parts[1]) + 1, int(parts[2]))
    except (ValueError, IndexError):
        return None


def _ucs_day(text: str) -> date | None:
    """Return a day written 23/06/2017; None where the list is unsure."""
    try:
        day_of_month, month, year = (int(part) for part in text.strip().split("/"))
        return date(year, month, day_of_month)
    except ValueError:
        return None
