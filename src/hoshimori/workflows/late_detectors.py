"""Detectors that run past their limit again and again: asked ever more seldom, until one answers.

Each time costs the watch the whole limit. After three times in a row a detector is left out of two
watches, then of four, of eight, up to a day's; the first answer puts it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoshimori.workflows.schedule import Due, Reading, is_due, slot_at

PATIENT_TIMES = 3
"""At the third time in a row patience ends."""
_LONGEST_S = 86_400.0
_MOST_DOUBLINGS = 20
_EARLY_S, _EARLY_SHARE = 60.0, 0.1
"""Of two clocks one may run ahead: the watch that is meant must not be taken for too early."""


@dataclass(frozen=True, slots=True)
class Late:
    """How often in a row a detector ran past its limit, and when it is asked again."""

    times: int
    next_utc: datetime
    """The watch at which it is asked again."""
    due: Due
    """From then on it may be asked, by either clock."""


def late_again(before: Late | None, now: Reading, every_s: float) -> Late:
    """Return where a detector stands that ran past its limit in the watch that began `now`."""
    times = 1 + (before.times if before is not None else 0)
    left_out = _watches_left_out(times, every_s)
    if not left_out:
        return Late(times, now.utc, Due(now.utc, now.steady_s))
    next_utc = slot_at(now.utc + timedelta(seconds=(left_out + 1) * every_s), every_s)
    early = timedelta(seconds=min(_EARLY_S, _EARLY_SHARE * every_s))
    wait = next_utc - early - now.utc
    return Late(times, next_utc, Due(now.utc + wait, now.steady_s + wait.total_seconds()))


def _watches_left_out(times: int, every_s: float) -> int:
    if times < PATIENT_TIMES:
        return 0
    doubled: int = 2 ** min(times - PATIENT_TIMES + 1, _MOST_DOUBLINGS)
    return min(doubled, int(_LONGEST_S // every_s))


class LateDetectors:
    """Who ran past its limit how often; of one floor, and of its watches one after the other.

    It is not kept over restarts: another version may have mended what hung.
    """

    def __init__(self, every_s: float) -> None:
        """Begin with patience for all; `every_s` is how far apart watches are."""
        self._every_s = every_s
        self._late: dict[str, Late] = {}
        self._now: Reading | None = None
        self._late_in_this: set[str] = set()

    def begin(self, now: Reading) -> None:
        """Begin a watch."""
        self._now = now
        self._late_in_this.clear()

    def why_not_asked(self, detector: str) -> str:
        """Return why a detector is not asked now, in words; empty where it is.

        One watch makes boards for several audiences: in all of them it is late once at most.
        """
        late = self._late.get(detector)
        if late is None or self._now is None:
            return ""
        if not is_due(late.due, self._now):
            return (
                f"it ran past its limit {late.times} times in a row; next try at "
                f"{late.next_utc:%Y-%m-%dT%H:%MZ}"
            )
        if detector in self._late_in_this:
            return "it ran past its limit in this watch already"
        return ""

    def is_late(self, detector: str) -> None:
        """Note that a detector ran past its limit in this watch."""
        if self._now is not None:
            self._late[detector] = late_again(self._late.get(detector), self._now, self._every_s)
            self._late_in_this.add(detector)

    def answered(self, detector: str) -> None:
        """Note that a detector answered in time, with whatever: it is asked at each watch again."""
        self._late.pop(detector, None)
