"""What was asked of which source, what came back, and until when we wait: kept on disk.

SQLite, because several processes share it: two of them never ask the same thing at once.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hoshimori.errors import SourceError

_TABLES = """
CREATE TABLE IF NOT EXISTS requests (source TEXT, subject TEXT, sent_utc REAL) STRICT;
CREATE TABLE IF NOT EXISTS stops (source TEXT PRIMARY KEY, until_utc REAL, because TEXT) STRICT;
CREATE TABLE IF NOT EXISTS answers (
    url TEXT PRIMARY KEY, received_utc REAL, checked_utc REAL,
    etag TEXT, last_modified TEXT, payload BLOB
) STRICT;
PRAGMA user_version = 1;
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a source may be asked about one subject."""

    subject: str
    every: timedelta
    from_hour_utc: int = 0
    """Where a source names an hour of the day before which it should not be asked again."""
    answer_lasts: timedelta = timedelta(0)
    """Where an answer stays good for longer than one has to wait."""

    def next_utc(self, last_utc: datetime) -> datetime:
        """Return the moment from which asking again is polite.

        >>> daily = Pace("satcat", timedelta(days=1), from_hour_utc=17)
        >>> daily.next_utc(datetime(2026, 11, 1, 9, 30, tzinfo=UTC)).isoformat()
        '2026-11-02T17:00:00+00:00'
        """
        moment = last_utc + self.every
        if moment.hour >= self.from_hour_utc:
            return moment
        return moment.replace(hour=self.from_hour_utc, minute=0, second=0, microsecond=0)

    def fresh_until_utc(self, checked_utc: datetime) -> datetime:
        """Return the moment until which an answer is used without asking."""
        return max(self.next_utc(checked_utc), checked_utc + self.answer_lasts)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many requests of all kinds a source takes in a span of time."""

    requests: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest payload of an address."""

    received_utc: datetime
    checked_utc: datetime
    """When the source last said that this is its newest."""
    etag: str
    last_modified: str
    payload: bytes


class Ledger:
    """The memory of one folder; every method is one transaction."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "requests.sqlite"

    def permit(self, source: str, pace: Pace, limits: tuple[Limit, ...], now_utc: datetime) -> None:
        """Note a request that is about to be sent.

        Raises:
            SourceError: it would be impolite to send it; with the moment until when.
        """
        with self._transaction() as ledger:
            _heed_stop(ledger, source, now_utc)
            _heed_pace(ledger, source, pace, now_utc)
            for limit in limits:
                _heed_limit(ledger, source, limit, now_utc)
            ledger.execute(
                "INSERT INTO requests VALUES (?, ?, ?)",
                (source, pace.subject, now_utc.timestamp()),
            )

    def stop(self, source: str, until_utc: datetime, because: str) -> None:
        """Ask nothing more of a source until a moment."""
        with self._transaction() as ledger:
            ledger.execute(
                "INSERT OR REPLACE INTO stops VALUES (?, ?, ?)",
                (source, until_utc.timestamp(), because),
            )

    def answer(self, url: str) -> Answer | None:
        """Return the newest payload of an address, if one is held."""
        with self._transaction() as ledger:
            row = ledger.execute(
                "SELECT received_utc, checked_utc, etag, last_modified, payload "
                "FROM answers WHERE url = ?",
                (url,),
            ).fetchone()
        return Answer(_moment(row[0]), _moment(row[1]), *row[2:]) if row else None

    def keep(self, url: str, answer: Answer) -> Answer:
        """Keep the newest payload of an address and return it as kept.

        Bytes that are held already keep the moment at which they first came.
        """
        with self._transaction() as ledger:
            held = ledger.execute(
                "SELECT received_utc FROM answers WHERE url = ? AND payload = ?",
                (url, answer.payload),
            ).fetchone()
            if held:
                answer = replace(answer, received_utc=_moment(held[0]))
            ledger.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                (
                    url,
                    answer.received_utc.timestamp(),
                    answer.checked_utc.timestamp(),
                    answer.etag,
                    answer.last_modified,
                    answer.payload,
                ),
            )
        return answer

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._opened()) as ledger:
                ledger.execute("BEGIN IMMEDIATE")
                try:
                    yield ledger
                except BaseException:
                    ledger.execute("ROLLBACK")
                    raise
                ledger.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise SourceError(
                f"{self._path}: the memory of what was asked cannot be used ({error}); without it "
                "nothing is asked. If it is damaged, move it aside and wait two hours"
            ) from error

    def _opened(self) -> sqlite3.Connection:
        ledger = sqlite3.connect(self._path, timeout=30.0, isolation_level=None)
        if ledger.execute("PRAGMA user_version").fetchone() == (0,):
            ledger.execute("PRAGMA journal_mode = WAL")
            ledger.executescript(_TABLES)
        return ledger


def _heed_stop(ledger: sqlite3.Connection, source: str, now_utc: datetime) -> None:
    row = ledger.execute(
        "SELECT until_utc, because FROM stops WHERE source = ?", (source,)
    ).fetchone()
    if row and now_utc.timestamp() < row[0]:
        raise SourceError(
            f"{source} is not asked until {shown(_moment(row[0]))}, because earlier {row[1]}",
            wait_until_utc=_moment(row[0]),
        )


def _heed_pace(ledger: sqlite3.Connection, source: str, pace: Pace, now_utc: datetime) -> None:
    (last,) = ledger.execute(
        "SELECT max(sent_utc) FROM requests WHERE source = ? AND subject = ?",
        (source, pace.subject),
    ).fetchone()
    if last is not None and now_utc < (next_utc := pace.next_utc(_moment(last))):
        raise SourceError(
            f"{source} was asked for {pace.subject} at {shown(_moment(last))} and may be asked "
            f"again from {shown(next_utc)} on",
            wait_until_utc=next_utc,
        )


def _heed_limit(ledger: sqlite3.Connection, source: str, limit: Limit, now_utc: datetime) -> None:
    """Refuse where the span that ends now holds as many requests as the source takes."""
    row = ledger.execute(
        "SELECT sent_utc FROM requests WHERE source = ? AND sent_utc > ? "
        "ORDER BY sent_utc DESC LIMIT 1 OFFSET ?",
        (source, (now_utc - limit.span).timestamp(), limit.requests - 1),
    ).fetchone()
    if row:
        free_utc = _moment(row[0]) + limit.span
        raise SourceError(
            f"{source} takes {limit.requests} requests in {limit.span}; the next may go "
            f"at {shown(free_utc)}",
            wait_until_utc=free_utc,
        )


def shown(moment: datetime) -> str:
    """Return a moment as people read it, rounded up to the minute."""
    minute = moment.astimezone(UTC) + timedelta(seconds=59)
    return minute.strftime("%Y-%m-%d %H:%M UTC")


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
