"""Rows of fixed width in PostgreSQL's binary form of COPY, from and to NumPy in one go.

Source: PostgreSQL documentation, SQL COPY, "Binary Format".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hoshimori.errors import StoreError

Part = bytes | bytearray | memoryview
Column = npt.NDArray[Any]

_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TRAILER = b"\xff\xff"
_EPOCH = np.datetime64("2000-01-01", "us")
_WIRE = {"int16": ">i2", "int32": ">i4", "int64": ">i8", "float64": ">f8", "moment": ">i8"}


@dataclass(frozen=True, slots=True)
class RowForm:
    """Columns of one width each, none of them NULL, in order."""

    kinds: Mapping[str, str]
    """By name: int16, int32, int64, float64, or moment (datetime64[us])."""

    @property
    def names(self) -> str:
        """The names as SQL lists them."""
        return ", ".join(self.kinds)

    def write(self, columns: Mapping[str, Column]) -> bytes:
        """Return rows as COPY takes them."""
        length = len(columns[next(iter(self.kinds))])
        rows = np.zeros(length, self._dtype())
        rows["fields"] = len(self.kinds)
        for name, kind in self.kinds.items():
            rows[f"{name} bytes"] = np.dtype(_WIRE[kind]).itemsize
            values = columns[name]
            rows[name] = (values - _EPOCH).astype(np.int64) if kind == "moment" else values
        return _HEADER + rows.tobytes() + _TRAILER

    def portions(self, parts: Iterable[Part], most: int) -> Iterator[bytes]:
        """Return what COPY gives, part by part, as whole answers of at most so many rows."""
        held: list[Part] = []
        for part in parts:  # the first is the header with its row, or alone, the last the trailer
            if len(held) == most:
                yield self._framed(held)
                held = []
            held.append(part)
        if held:
            yield self._framed(held)

    def _framed(self, parts: list[Part]) -> bytes:
        body = b"".join(parts).removeprefix(_HEADER)
        if len(body) % self._dtype().itemsize:
            body = body.removesuffix(_TRAILER)
        return _HEADER + body + _TRAILER

    def read(self, data: bytes) -> dict[str, Column]:
        """Return the columns of what COPY gave.

        Raises:
            StoreError: it is not of this form.
        """
        dtype = self._dtype()
        length, rest = divmod(len(data) - len(_HEADER) - len(_TRAILER), dtype.itemsize)
        if rest or length < 0 or not data.startswith(_HEADER[:11]):
            raise StoreError("the database answered rows of another form")
        rows = np.frombuffer(data, dtype, length, len(_HEADER))
        columns: dict[str, Column] = {}
        for name, kind in self.kinds.items():
            values = rows[name].astype(np.dtype(_WIRE[kind]).newbyteorder("="))
            columns[name] = (
                _EPOCH + values.astype("timedelta64[us]") if kind == "moment" else values
            )
        return columns

    def _dtype(self) -> np.dtype[Any]:
        parts: Sequence[Any] = [("fields", ">i2")]
        for name, kind in self.kinds.items():
            parts = [*parts, (f"{name} bytes", ">i4"), (name, _WIRE[kind])]
        return np.dtype(list(parts))
