"""The tables of a script by their names, as far as they could be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from hoshimori.formats.mistakes import Mistakes
from hoshimori.formats.toml_lines import Place
from hoshimori.formats.toml_tables import Row


@dataclass(frozen=True, slots=True)
class Script:
    """What the checks look at, and where they note what is wrong."""

    row: Row
    mistakes: Mistakes
    parts: Mapping[str, Row]
    cells: Mapping[str, Row]
    injects: Mapping[str, Row]

    def rows(self, attribute: str) -> tuple[Row, ...]:
        """Return the tables of one kind in their order."""
        return cast(tuple[Row, ...], self.row.get(attribute) or ())

    def tell(self, row: Row, attribute: str, problem: str, *further: str | int) -> None:
        """Note that a value is wrong."""
        self.mistakes.tell(row.at(attribute, *further), problem)

    def line(self, place: Place) -> int:
        """Return the line of a place."""
        return self.mistakes.line(place)

    @property
    def pace(self) -> Row | None:
        """Return the table of the clock."""
        return cast(Row | None, self.row.get("pace"))

    @property
    def length_h(self) -> float | None:
        """Return how long the exercise is."""
        return cast(float | None, self.pace.get("length_h") if self.pace else None)

    @property
    def part_names(self) -> str:
        """Name all parts, for a message."""
        return f"one of {', '.join(self.parts)}" if self.parts else "a [[part]] of that name"

    @property
    def cell_names(self) -> str:
        """Name all cells, for a message."""
        return f"one of {', '.join(self.cells)}" if self.cells else "a [[cell]] of that name"


def script_of(row: Row, mistakes: Mistakes) -> Script:
    """Return the tables of a script by name; of two of one name the first."""

    def by_name(attribute: str, key: str) -> dict[str, Row]:
        named: dict[str, Row] = {}
        for one in row.get(attribute) or ():
            if one.get(key) is not None:
                named.setdefault(one.get(key), one)
        return named

    return Script(
        row=row,
        mistakes=mistakes,
        parts=by_name("parts", "name"),
        cells=by_name("cells", "name"),
        injects=by_name("injects", "inject_id"),
    )


def hours(number: float) -> str:
    """Return hours as a message says them.

    >>> hours(72.0)
    '72 h'
    """
    return f"{number:g} h"
