"""Everything that Hoshimori raises on purpose.

HoshimoriError
├── FormatError      bytes are not what their standard says; names source, line and field
├── CoverageError    a question reaches outside the data that answer it
├── SourceError      a source cannot be reached or refuses; says until when we wait
├── StoreError       the store is busy, damaged or of another version
│   └── DiskFullError   there is no room on the disk; nothing of the write was kept
├── BusyError        what was asked for is still being made; says how far it is
├── SettingsError    a settings file, asset list or argument cannot be understood
└── ReleaseError     something would leave that may not, or an exercise would mix with the real

A bad *row* is not an exception: readers return it beside the good ones as a `Rejection`.
"""

from __future__ import annotations

from datetime import datetime


class HoshimoriError(Exception):
    """The root of all errors that Hoshimori raises on purpose."""


class FormatError(HoshimoriError, ValueError):
    """Bytes are not what their standard says; the message names source, line and field."""

    def __init__(
        self, problem: str, *, source: str = "", line: int | None = None, field: str = ""
    ) -> None:
        self.problem = problem
        self.source = source
        self.line = line
        self.field = field
        place = ":".join(part for part in (source, str(line) if line else "", field) if part)
        super().__init__(f"{place}: {problem}" if place else problem)


class CoverageError(HoshimoriError, LookupError):
    """A question reaches outside the data that answer it."""


class SourceError(HoshimoriError):
    """A source cannot be reached or refuses; `wait_until_utc` tells when asking again is polite."""

    def __init__(self, problem: str, *, wait_until_utc: datetime | None = None) -> None:
        self.wait_until_utc = wait_until_utc
        super().__init__(problem)


class StoreError(HoshimoriError):
    """The store is busy, damaged or of another version."""


class DiskFullError(StoreError):
    """There is no room on the disk; nothing of what was to be written was kept."""


class BusyError(HoshimoriError):
    """What was asked for is still being made; ask again after `retry_after_s`."""

    def __init__(
        self, problem: str, *, retry_after_s: float = 5.0, done: int = 0, of: int = 0
    ) -> None:
        self.retry_after_s = retry_after_s
        self.done = done
        """Steps that are done, of `of`; both 0 where nobody can tell."""
        self.of = of
        super().__init__(problem)


class SettingsError(HoshimoriError, ValueError):
    """A settings file, asset list or argument cannot be understood."""


class ReleaseError(HoshimoriError):
    """Something would leave that may not, or an exercise would mix with what is real."""
