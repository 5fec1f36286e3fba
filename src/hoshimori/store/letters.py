"""The register of letters: every letter written and received, and how far each partner is.

It only grows. What a partner is told to be kept is on the disk before it is told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from hoshimori.dossier.letter_streams import NOTHING, places_after
from hoshimori.errors import StoreError
from hoshimori.model.letter_records import (
    Acceptance,
    KeptLetter,
    KeptRefusal,
    Offer,
    Outbox,
    Taking,
)
from hoshimori.model.letters import (
    LetterKind,
    RefusalReason,
    RefusedLetter,
    SignedLetter,
    StreamPlace,
)
from hoshimori.store.chain import utc_text
from hoshimori.store.small_database import SmallConnection, SmallFile, SmallForm, open_small

FILE_NAME = "share.sqlite"
VERSION = 1
MOST_REFUSALS = 100_000
"""Beyond that refusals are told and no longer kept: nobody fills the disk with them."""
MOST_APART_BYTES = 512 * 1024 * 1024
"""Of letters kept apart; of what comes beyond only the reason is kept."""

_TABLES = """
CREATE TABLE letters (
    seq INTEGER PRIMARY KEY, letter_id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL,
    kind TEXT NOT NULL, about TEXT, via TEXT NOT NULL, received_utc TEXT NOT NULL,
    line BLOB NOT NULL
) STRICT;
CREATE INDEX letters_by_kind ON letters (kind, origin);
CREATE TABLE streams (
    seq INTEGER PRIMARY KEY, partner TEXT NOT NULL, stream TEXT NOT NULL UNIQUE,
    begun_utc TEXT NOT NULL
) STRICT;
CREATE TABLE offers (
    seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, number INTEGER NOT NULL,
    chain TEXT NOT NULL, letter_id TEXT NOT NULL, offered_utc TEXT NOT NULL,
    UNIQUE (stream, number)
) STRICT;
CREATE TABLE acknowledged (
    seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, number INTEGER NOT NULL, told_utc TEXT NOT NULL
) STRICT;
CREATE TABLE taken (
    seq INTEGER PRIMARY KEY, partner TEXT NOT NULL, stream TEXT NOT NULL,
    number INTEGER NOT NULL, chain TEXT NOT NULL, taken_utc TEXT NOT NULL
) STRICT;
CREATE TABLE refused (
    seq INTEGER PRIMARY KEY, partner TEXT NOT NULL, letter_id TEXT NOT NULL,
    reason TEXT NOT NULL, detail TEXT NOT NULL, refused_utc TEXT NOT NULL, line BLOB NOT NULL,
    UNIQUE (partner, letter_id, reason)
) STRICT;
CREATE TABLE accepted (
    seq INTEGER PRIMARY KEY, letter_id TEXT NOT NULL, accepted_utc TEXT NOT NULL,
    by TEXT NOT NULL, source TEXT NOT NULL, UNIQUE (letter_id, source)
) STRICT;
CREATE TRIGGER offers_only_at_the_end BEFORE INSERT ON offers
WHEN new.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM offers WHERE stream = new.stream)
BEGIN SELECT raise(ABORT, 'a stream only grows at its end'); END;
"""
_NAMES = ("letters", "streams", "offers", "acknowledged", "taken", "refused", "accepted")
_TRIGGERS = "".join(
    f"CREATE TRIGGER {name}_never_{what}d BEFORE {what.upper()} ON {name}\n"
    "BEGIN SELECT raise(ABORT, 'the register of letters is append-only'); END;\n"
    for name in _NAMES
    for what in ("update", "delete")
)

FORM = SmallForm(
    FILE_NAME,
    "register of letters",
    application_id=0x484F534C,  # "HOSL"
    version=VERSION,
    tables=_TABLES + _TRIGGERS,
    begun_by="`hoshimori share init` begins one",
    is_private=True,
)


def open_letters(folder: Path, *, create: bool = False, wait_s: float = 10.0) -> LetterRegister:
    """Open the register of letters in a folder, where asked creating one; close it after use.

    Raises:
        StoreError: there is none, it is damaged, none of Hoshimori's or of a newer version, or
            another process writes to it for longer than `wait_s`.
    """
    connection, path = open_small(folder, FORM, create=create, wait_s=wait_s)
    return LetterRegister(connection, path, FORM)


class LetterRegister(SmallFile):
    """An open register of letters."""

    def letters(self, kind: LetterKind | None = None) -> tuple[KeptLetter, ...]:
        """Return every letter that is kept, or those of a kind, in the order in which they came."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT letter_id, via, received_utc, line FROM letters"
                " WHERE ?1 IS NULL OR kind = ?1 ORDER BY seq",
                (None if kind is None else kind.value,),
            ).fetchall()
            return tuple(_kept(*row) for row in rows)

    def revoked_by(self, origin: str) -> frozenset[str]:
        """Return the letters that an organisation took back by letters that are kept here."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT about FROM letters WHERE kind = ? AND origin = ?",
                (LetterKind.REVOCATION.value, origin),
            ).fetchall()
            return frozenset(about for (about,) in rows)

    def letter(self, letter_id: str) -> KeptLetter | None:
        """Return one letter; None where it is not kept."""
        with self.explained() as connection:
            row = connection.execute(
                "SELECT letter_id, via, received_utc, line FROM letters WHERE letter_id = ?",
                (letter_id,),
            ).fetchone()
            return None if row is None else _kept(*row)

    def write(
        self,
        letters: Iterable[SignedLetter],
        offers: Mapping[str, Iterable[str]],
        *,
        house: str,
        streams: Mapping[str, str],
        now_utc: datetime,
    ) -> None:
        """Keep letters of the house and put letters at the end of the streams to partners.

        `streams` names a new stream for each partner that has none yet. What stands in a stream
        already is not put there again.
        """
        with self.transaction(), self.explained() as connection:
            for one in letters:
                _keep(connection, one, house, now_utc)
            for partner, ids in offers.items():
                stream = _stream_of(connection, partner)
                if not stream:
                    stream = streams[partner]
                    _begin(connection, partner, stream, now_utc)
                _offer(connection, stream, ids, now_utc)

    def begin_stream(
        self, partner: str, stream: str, letter_ids: Iterable[str], now_utc: datetime
    ) -> None:
        """Number the letters to a partner anew, from 1 on, in a stream of another name."""
        with self.transaction(), self.explained() as connection:
            _begin(connection, partner, stream, now_utc)
            _offer(connection, stream, letter_ids, now_utc)

    def outbox(self, partner: str) -> Outbox:
        """Return the stream to a partner that goes now."""
        with self.explained() as connection:
            stream = _stream_of(connection, partner)
            rows = connection.execute(
                "SELECT number, chain, letter_id, offered_utc FROM offers WHERE stream = ?"
                " ORDER BY number",
                (stream,),
            ).fetchall()
            (number,) = connection.execute(
                "SELECT coalesce(max(number), 0) FROM acknowledged WHERE stream = ?", (stream,)
            ).fetchone()
            offers = tuple(
                Offer(StreamPlace(stream, n, chain), letter_id, datetime.fromisoformat(moment))
                for n, chain, letter_id, moment in rows
            )
            return Outbox(partner, stream, offers, number)

    def offered(self, letter_id: str) -> tuple[str, ...]:
        """Return the partners in a stream to whom a letter ever stood, in their order."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT DISTINCT partner FROM streams JOIN offers USING (stream)"
                " WHERE letter_id = ? ORDER BY partner",
                (letter_id,),
            ).fetchall()
            return tuple(partner for (partner,) in rows)

    def streams_to(self, partner: str) -> tuple[str, ...]:
        """Return the names of all streams to a partner, the one that goes now last."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT stream FROM streams WHERE partner = ? ORDER BY seq", (partner,)
            ).fetchall()
            return tuple(stream for (stream,) in rows)

    def taken(self, partner: str) -> tuple[StreamPlace, ...]:
        """Return how far each stream of a partner was taken, the one begun last at the end."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT stream, number, chain FROM taken WHERE seq IN"
                " (SELECT max(seq) FROM taken WHERE partner = ? GROUP BY stream)"
                " ORDER BY (SELECT min(seq) FROM taken AS first WHERE first.stream = taken.stream"
                " AND first.partner = taken.partner)",
                (partner,),
            ).fetchall()
            return tuple(StreamPlace(*row) for row in rows)

    def take(self, taking: Taking, now_utc: datetime) -> tuple[str, ...]:
        """Keep what a bundle brought, all of it or nothing; return which letters are new.

        A place that others have taken beyond meanwhile is not gone back to.
        """
        with self.transaction(), self.explained() as connection:
            new = tuple(
                one.letter_id
                for one in taking.letters
                if _keep(connection, one, taking.partner, now_utc)
            )
            for refused in taking.refused:
                _refuse(connection, taking.partner, refused, now_utc)
            if taking.place is not None:
                _move_on(connection, taking.partner, taking.place, now_utc)
            if taking.acknowledged is not None:
                connection.execute(
                    "INSERT INTO acknowledged (stream, number, told_utc)"
                    " SELECT ?1, ?2, ?3 WHERE ?2 >"
                    " (SELECT coalesce(max(number), 0) FROM acknowledged WHERE stream = ?1)",
                    (taking.acknowledged.stream, taking.acknowledged.number, utc_text(now_utc)),
                )
            return new

    def refuse(self, partner: str, refused: RefusedLetter, now_utc: datetime) -> None:
        """Keep that something was refused."""
        with self.transaction(), self.explained() as connection:
            _refuse(connection, partner, refused, now_utc)

    def refusals(self) -> tuple[KeptRefusal, ...]:
        """Return what was refused and did not become a letter since, in its order."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT partner, letter_id, reason, detail, refused_utc, line FROM refused"
                " WHERE letter_id NOT IN (SELECT letter_id FROM letters) ORDER BY seq"
            ).fetchall()
            return tuple(_refusal(*row) for row in rows)

    def accept(self, accepted: Acceptance) -> None:
        """Keep that what a letter holds came into the picture; once for each source."""
        moment = utc_text(accepted.accepted_utc)
        with self.transaction(), self.explained() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO accepted (letter_id, accepted_utc, by, source)"
                " VALUES (?, ?, ?, ?)",
                (accepted.letter_id, moment, accepted.by, accepted.source),
            )

    def acceptances(self) -> tuple[Acceptance, ...]:
        """Return what came into the picture, in its order."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT letter_id, accepted_utc, by, source FROM accepted ORDER BY seq"
            ).fetchall()
            return tuple(
                Acceptance(letter, datetime.fromisoformat(moment), by, source)
                for letter, moment, by, source in rows
            )


def _keep(connection: SmallConnection, one: SignedLetter, via: str, now_utc: datetime) -> bool:
    """Keep a letter; return whether it is new."""
    done = connection.execute(
        "INSERT OR IGNORE INTO letters (letter_id, origin, kind, about, via, received_utc, line)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            one.letter_id,
            one.letter.origin,
            one.letter.kind.value,
            one.letter.about,
            via,
            utc_text(now_utc),
            one.line,
        ),
    )
    return done.rowcount == 1


def _stream_of(connection: SmallConnection, partner: str) -> str:
    row = connection.execute(
        "SELECT stream FROM streams WHERE partner = ? ORDER BY seq DESC LIMIT 1", (partner,)
    ).fetchone()
    return "" if row is None else str(row[0])


def _begin(connection: SmallConnection, partner: str, stream: str, now_utc: datetime) -> None:
    connection.execute(
        "INSERT INTO streams (partner, stream, begun_utc) VALUES (?, ?, ?)",
        (partner, stream, utc_text(now_utc)),
    )


def _offer(
    connection: SmallConnection, stream: str, letter_ids: Iterable[str], now_utc: datetime
) -> None:
    held = connection.execute(
        "SELECT letter_id, number, chain FROM offers WHERE stream = ? ORDER BY number", (stream,)
    ).fetchall()
    there = {letter_id for letter_id, _, _ in held}
    new = [one for one in dict.fromkeys(letter_ids) if one not in there]
    _, number, chain = held[-1] if held else ("", 0, NOTHING)
    places = places_after(StreamPlace(stream, number, chain), new)
    for letter_id, place in zip(new, places, strict=True):
        if not connection.execute(
            "SELECT 1 FROM letters WHERE letter_id = ?", (letter_id,)
        ).fetchone():
            raise StoreError(f"letter {letter_id[:12]} is not kept here")
        connection.execute(
            "INSERT INTO offers (stream, number, chain, letter_id, offered_utc)"
            " VALUES (?, ?, ?, ?, ?)",
            (stream, place.number, place.chain, letter_id, utc_text(now_utc)),
        )


def _move_on(
    connection: SmallConnection, partner: str, place: StreamPlace, now_utc: datetime
) -> None:
    (number,) = connection.execute(
        "SELECT coalesce(max(number), -1) FROM taken WHERE partner = ? AND stream = ?",
        (partner, place.stream),
    ).fetchone()
    if place.number > number:
        connection.execute(
            "INSERT INTO taken (partner, stream, number, chain, taken_utc) VALUES (?, ?, ?, ?, ?)",
            (partner, place.stream, place.number, place.chain, utc_text(now_utc)),
        )


def _refuse(
    connection: SmallConnection, partner: str, refused: RefusedLetter, now_utc: datetime
) -> None:
    count, size = connection.execute(
        "SELECT count(*), coalesce(sum(length(line)), 0) FROM refused"
    ).fetchone()
    if count >= MOST_REFUSALS:
        return
    has_room = size + len(refused.line) <= MOST_APART_BYTES
    connection.execute(
        "INSERT OR IGNORE INTO refused (partner, letter_id, reason, detail, refused_utc, line)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            partner,
            refused.letter_id,
            refused.reason.value,
            refused.detail,
            utc_text(now_utc),
            refused.line if has_room else b"",
        ),
    )


def _kept(letter_id: str, via: str, received_utc: str, line: bytes) -> KeptLetter:
    return KeptLetter(letter_id, via, datetime.fromisoformat(received_utc), line)


def _refusal(
    partner: str, letter_id: str, reason: str, detail: str, refused_utc: str, line: bytes
) -> KeptRefusal:
    moment = datetime.fromisoformat(refused_utc)
    return KeptRefusal(partner, letter_id, RefusalReason(reason), detail, moment, line)
