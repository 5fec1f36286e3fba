"""Who may see something: TLP level, releasable-to set and caveats, as a lattice.

Markings are labels for sharing among partners, not a classification system: nothing marked here
is, or may be, classified.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from typing import Self

NOBODY = "NOBODY"
"""Stands in the place of partners where a marking leaves none; no partner has this code."""


class Level(IntEnum):
    """TLP 2.0 levels, the most open first (FIRST, Traffic Light Protocol 2.0)."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4


@dataclass(frozen=True, slots=True)
class Marking:
    """A level, the partners it may be released to, and caveats.

    `join` is the marking of a thing that holds both: the stricter level, partners in both sets,
    all caveats. `meet` is its dual. Together they make a lattice, with `CLEAR` at the bottom.
    """

    level: Level = Level.CLEAR
    releasable_to: frozenset[str] | None = None
    """Partners by their code (``JPN``, ``USA``, an organisation's); None: nobody is left out."""
    caveats: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """Return it as written: level, REL TO, caveats; ``USA`` first, then as the codes sort.

        Three-letter codes of nations stand before longer ones (CAPCO's order).

        >>> str(Marking(Level.GREEN, frozenset({"JPN", "USA"}), frozenset({"ORCON"})))
        'TLP:GREEN//REL TO USA, JPN//ORCON'
        """
        parts = [f"TLP:{self.level.name.replace('_', '+')}"]
        if self.releasable_to is not None:
            codes = sorted(self.releasable_to, key=lambda code: (code != "USA", len(code), code))
            parts.append(f"REL TO {', '.join(codes) or NOBODY}")
        return "//".join((*parts, *sorted(self.caveats)))

    def join(self, other: Self) -> Self:
        """Return the least strict marking that is at least as strict as both."""
        return type(self)(
            Level(max(self.level, other.level)),
            _both(self.releasable_to, other.releasable_to),
            self.caveats | other.caveats,
        )

    def meet(self, other: Self) -> Self:
        """Return the strictest marking that is at most as strict as both."""
        return type(self)(
            Level(min(self.level, other.level)),
            _either(self.releasable_to, other.releasable_to),
            self.caveats & other.caveats,
        )

    def is_within(self, limit: Self) -> bool:
        """Tell whether this is at most as strict as `limit`: what may go there under it."""
        return self.join(limit) == limit

    def may_go_to(self, partners: Iterable[str] | None) -> bool:
        """Tell whether every one of the partners (None: everybody) may have it."""
        if self.releasable_to is None or partners is None:
            return self.releasable_to is None
        return frozenset(partners) <= self.releasable_to


OPEN = Marking()
"""The bottom of the lattice: TLP:CLEAR, for everybody, without caveats."""


def joined(markings: Iterable[Marking]) -> Marking:
    """Return the marking of a thing that holds all of these; `OPEN` for none."""
    return reduce(Marking.join, markings, OPEN)


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None:
        return other
    return one if other is None else one & other


def _either(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other
