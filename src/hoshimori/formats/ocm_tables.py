"""The tables of an Orbit Comprehensive Message: trajectories, covariances, manoeuvres.

Each row begins with its time, absolute or in seconds after EPOCH_TZERO; times must not decrease.

Source: CCSDS 502.0-B-3, sections 6.2.5, 6.2.7 and 6.2.8.
"""

from __future__ import annotations

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import parse_epoch
from hoshimori.formats.ocm_keywords import (
    COVARIANCE,
    ELEMENTS,
    MANOEUVRE,
    MANOEUVRE_TEXTS,
    MANOEUVRE_UNITS,
    TIMES,
    TRAJECTORY,
)
from hoshimori.formats.statements import Block, Row, Values, number_in
from hoshimori.formats.triangles import from_lower_triangle
from hoshimori.model.elements import Column
from hoshimori.model.orbit_comprehensive import (
    CovarianceBlock,
    ManoeuvreBlock,
    Table,
    TrajectoryBlock,
)

_FULL = ("FULL", "LTMWCC", "UTMWCC")
_ORDERINGS = ("LTM", "UTM", *_FULL)
_LARGEST_S = 1e11
"""Of a relative time: more than three thousand years."""


def trajectory_of(block: Block, t_zero: np.datetime64) -> TrajectoryBlock:
    """Return the states of a block; raise `FormatError` where it breaks the rules."""
    values = block.values(TRAJECTORY)
    if "ORB_REVNUM" in values and "ORB_REVNUM_BASIS" not in values:
        values.refuse("ORB_REVNUM", "expected ORB_REVNUM_BASIS with it")
    values.maybe("ORB_REVNUM")
    if not block.rows:
        block.refuse("a trajectory without states", keyword="TRAJ_START")
    kind = values.name("TRAJ_TYPE", "CARTPV")
    units = ELEMENTS.get(kind)
    _check_units(values, "TRAJ_UNITS", units)
    elements = _numbers(block, len(units) if units else None)
    return TrajectoryBlock(
        kind=kind,
        centre=values.name("CENTER_NAME", "EARTH"),
        frame=values.name("TRAJ_REF_FRAME", "ICRF3"),
        times=_times(block, t_zero),
        elements=elements * _factors(units, elements.shape[1]),
        frame_epoch=_maybe_time(values, "TRAJ_FRAME_EPOCH", t_zero),
        interpolation=values.name("INTERPOLATION") or None,
        interpolation_degree=values.count("INTERPOLATION_DEGREE"),
        usable_start=_maybe_time(values, "USEABLE_START_TIME", t_zero),
        usable_stop=_maybe_time(values, "USEABLE_STOP_TIME", t_zero),
        further=values.further((
            "TRAJ_TYPE", "CENTER_NAME", "TRAJ_REF_FRAME", "TRAJ_FRAME_EPOCH", "TRAJ_UNITS",
            "INTERPOLATION", "INTERPOLATION_DEGREE", "USEABLE_START_TIME", "USEABLE_STOP_TIME",
        )),
    )  # fmt: skip


def covariance_of(block: Block, t_zero: np.datetime64) -> CovarianceBlock:
    """Return the covariances of a block; raise `FormatError` where it breaks the rules.

    Correlations in the other triangle (LTMWCC, UTMWCC) repeat what the covariances say and are
    dropped.
    """
    values = block.values(COVARIANCE)
    kind = values.name("COV_TYPE", "CARTPV")
    ordering = values.name("COV_ORDERING", "LTM")
    if ordering not in _ORDERINGS:
        values.refuse("COV_ORDERING", f"expected one of {', '.join(_ORDERINGS)}")
    units = ELEMENTS.get(kind)
    _check_units(values, "COV_UNITS", units)
    size = len(units) if units else None
    cells = None if size is None else size**2 if ordering in _FULL else size * (size + 1) // 2
    matrices = _matrices(_numbers(block, cells), ordering, block)
    factors = _factors(units, matrices.shape[-1])
    return CovarianceBlock(
        kind=kind,
        frame=values.name("COV_REF_FRAME", "TNW_INERTIAL"),
        times=_times(block, t_zero),
        covariances=matrices * factors[:, None] * factors,
        frame_epoch=_maybe_time(values, "COV_FRAME_EPOCH", t_zero),
        further=values.further(
            ("COV_TYPE", "COV_ORDERING", "COV_REF_FRAME", "COV_FRAME_EPOCH", "COV_UNITS")
        ),
    )


def manoeuvre_of(block: Block, t_zero: np.datetime64) -> ManoeuvreBlock:
    """Return the manoeuvres of a block; raise `FormatError` where it breaks the rules."""
    values = block.values(MANOEUVRE, ("MAN_ID", "MAN_DEVICE_ID", "MAN_COMPOSITION"))
    names = [name.strip().upper() for name in (values.text("MAN_COMPOSITION") or "").split(",")]
    leading = next((n for n, name in enumerate(names) if name not in TIMES), len(names))
    if not leading:
        values.refuse("MAN_COMPOSITION", f"expected {' or '.join(TIMES)} first")
    composition = tuple(names[leading:])
    for name in composition:
        if name not in MANOEUVRE_UNITS and name not in MANOEUVRE_TEXTS:
            values.refuse("MAN_COMPOSITION", f"{name[:40]!r} is no element of a manoeuvre")
    expected = tuple(MANOEUVRE_UNITS.get(name, "") for name in composition)
    stated = _check_units(values, "MAN_UNITS", expected)
    for row in block.rows:
        _check_cells(row, names, block)
    return ManoeuvreBlock(
        manoeuvre_id=values.text("MAN_ID") or "",
        device_id=values.text("MAN_DEVICE_ID") or "",
        frame=values.name("MAN_REF_FRAME") or None,
        times=_times(block, t_zero),
        composition=composition,
        units=stated,
        cells=tuple(row.cells[leading:] for row in block.rows),
        further=values.further(
            ("MAN_ID", "MAN_DEVICE_ID", "MAN_REF_FRAME", "MAN_COMPOSITION", "MAN_UNITS")
        ),
    )


def _check_cells(row: Row, names: list[str], block: Block) -> None:
    if len(row.cells) != len(names):
        block.refuse(f"{len(row.cells)} cells: expected {len(names)}", row.line, "MAN_COMPOSITION")
    for name, cell in zip(names, row.cells, strict=True):
        if name in MANOEUVRE_UNITS and number_in(cell) is None:
            block.refuse(f"{cell[:40]!r}: expected a number", row.line, name)


def _check_units(values: Values, keyword: str, expected: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the units that are stated; refuse those that contradict the standard's."""
    text = (values.text(keyword) or "").strip("[] ")
    if not text:
        return ()
    stated = tuple(unit.strip().lower() for unit in text.split(","))
    plain = tuple("" if unit == "n/a" else unit for unit in stated)
    if expected is not None and plain != tuple(unit.lower() for unit in expected):
        told = ", ".join(unit or "n/a" for unit in expected)
        values.refuse(keyword, f"{text[:60]!r}: expected [{told}]")
    return stated


def _factors(units: tuple[str, ...] | None, size: int) -> Table:
    """Return what turns the numbers of the message into ours."""
    if units is None:
        return np.ones(size)
    return np.array([np.radians(1.0) if unit == "deg" else 1.0 for unit in units])


def _matrices(numbers: Table, ordering: str, block: Block) -> Table:
    cells = numbers.shape[1]
    size = round(cells**0.5) if ordering in _FULL else round((8 * cells + 1) ** 0.5 - 1) // 2
    if cells != (size**2 if ordering in _FULL else size * (size + 1) // 2):
        block.refuse(f"{cells} numbers make no covariance matrix", block.rows[0].line)
    if ordering == "LTM":
        return from_lower_triangle(numbers)
    rows, columns = np.triu_indices(size)
    if ordering == "UTM":
        upper = np.zeros((len(numbers), size, size))
        upper[:, rows, columns] = numbers
    else:
        upper = numbers.reshape(-1, size, size)
        upper = np.swapaxes(upper, 1, 2) if ordering == "LTMWCC" else upper
    if ordering == "FULL":
        return upper
    strictly = np.triu(upper, 1)
    return np.asarray(np.triu(upper) + np.swapaxes(strictly, 1, 2))


def _numbers(block: Block, expected: int | None) -> Table:
    """Return the numbers behind the times, as many in each row."""
    width = len(block.rows[0].cells) - 1 if expected is None else expected
    found = []
    for row in block.rows:
        numbers = [number_in(cell) for cell in row.cells[1:]]
        if len(numbers) != width or not numbers:
            block.refuse(f"{len(numbers)} numbers: expected {width}", row.line, block.name)
        if None in numbers:
            wrong = row.cells[1 + numbers.index(None)]
            block.refuse(f"{wrong[:40]!r}: expected a number", row.line, block.name)
        found.append(numbers)
    return np.array(found, dtype=np.float64)


def _times(block: Block, t_zero: np.datetime64) -> Column:
    found = [_time(row.cells[0], t_zero, block, row.line, block.name) for row in block.rows]
    times = np.array(found, dtype="datetime64[us]")
    late = np.flatnonzero(np.diff(times) < np.timedelta64(0, "us"))
    if len(late):
        block.refuse("expected a later time", block.rows[int(late[0]) + 1].line, block.name)
    return times


def _maybe_time(values: Values, keyword: str, t_zero: np.datetime64) -> np.datetime64 | None:
    if keyword not in values:
        return None
    statement = values.stated[keyword]
    block = Block(keyword, values.source, statement.line)
    return _time(statement.value, t_zero, block, statement.line, keyword)


def _time(text: str, t_zero: np.datetime64, block: Block, line: int, keyword: str) -> np.datetime64:
    """Return a time that is absolute or in seconds after `t_zero`."""
    seconds = number_in(text)
    if seconds is None:
        try:
            return parse_epoch(text)
        except FormatError as error:
            block.refuse(error.problem[:200], line, keyword)
    if abs(seconds) > _LARGEST_S:
        block.refuse(f"{text[:40]!r} s: expected less", line, keyword)
    return t_zero + np.timedelta64(round(seconds * 1e6), "us")
