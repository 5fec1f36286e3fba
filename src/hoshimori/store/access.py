"""Accounts, keys and sessions in SQLite; no secret can be read from the file.

Passwords are kept as digests made for them, keys and sessions as SHA-256 of 256 random bits.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoshimori.formats.markings import parse_marking, write_marking
from hoshimori.model.access import Account, ApiKey, Audience, Role, Session
from hoshimori.store.chain import utc_text
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

FILE_NAME = "access.sqlite"
VERSION = 1

_TABLES = """
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    partner TEXT,
    limited_to TEXT,
    created_utc TEXT NOT NULL,
    password_digest TEXT,
    subject TEXT
) STRICT;
CREATE TABLE keys (
    key_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    partner TEXT,
    limited_to TEXT,
    created_utc TEXT NOT NULL,
    expires_utc TEXT NOT NULL,
    secret_sha256 TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE sessions (
    secret_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_utc TEXT NOT NULL,
    used_utc TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_of_accounts ON sessions (name);
"""

FORM = SmallForm(
    FILE_NAME,
    "list of accounts",
    application_id=0x484F534B,  # "HOSK"
    version=VERSION,
    tables=_TABLES,
    begun_by="`hoshimori accounts add` begins one",
    is_private=True,
)

_ACCOUNT = "name, role, partner, limited_to, created_utc, password_digest IS NOT NULL"
_KEY = "key_id, name, role, partner, limited_to, created_utc, expires_utc"


def open_access(folder: Path, *, create: bool = True, wait_s: float = 10.0) -> AccessFile:
    """Open the list of accounts in a folder, where asked creating one; close it after use.

    Raises:
        StoreError: there is none, it is damaged, none of Hoshimori's or of a newer version, or
            another process writes to it for longer than `wait_s`.
    """
    connection, path = open_small(folder, FORM, create=create, wait_s=wait_s)
    return AccessFile(connection, path, FORM)


class AccessFile(SmallFile):
    """An open list of accounts, keys and sessions."""

    def is_empty(self) -> bool:
        """Tell whether there is neither an account nor a key."""
        asked = "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM keys)"
        with self.explained() as connection:
            return not connection.execute(asked).fetchone()[0]

    def accounts(self) -> tuple[Account, ...]:
        """Return every account by name."""
        return self._accounts("ORDER BY name")

    def account(self, name: str) -> Account | None:
        """Return the account of a name."""
        return next(iter(self._accounts("WHERE name = ?", name)), None)

    def account_of_subject(self, subject: str) -> Account | None:
        """Return the account that an organisation's own account was bound to."""
        return next(iter(self._accounts("WHERE subject = ?", subject)), None)

    def password_digest(self, name: str) -> str | None:
        """Return what is kept of an account's password; None without account or password."""
        with self.explained() as connection:
            asked = "SELECT password_digest FROM accounts WHERE name = ?"
            row = connection.execute(asked, (name,)).fetchone()
        return row[0] if row else None

    def subject(self, name: str) -> str | None:
        """Return the organisation's own account that an account is bound to."""
        with self.explained() as connection:
            asked = "SELECT subject FROM accounts WHERE name = ?"
            row = connection.execute(asked, (name,)).fetchone()
        return row[0] if row else None

    def add_account(self, account: Account, password_digest: str | None) -> None:
        """Keep a new account; call it inside `transaction`, where its name is free."""
        self._write(
            "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, NULL)",
            account.name,
            account.role.value,
            *_audience_columns(account.audience),
            utc_text(account.created_utc),
            password_digest,
        )

    def bind_subject(self, name: str, subject: str) -> None:
        """Bind an account to an organisation's own account, where it is bound to none."""
        asked = "UPDATE accounts SET subject = ? WHERE name = ? AND subject IS NULL"
        self._write(asked, subject, name)

    def set_role(self, name: str, role: Role, audience: Audience) -> None:
        """Change an account and end its sessions and keys; call it inside `transaction`."""
        asked = "UPDATE accounts SET role = ?, partner = ?, limited_to = ? WHERE name = ?"
        self._write(asked, role.value, *_audience_columns(audience), name)
        self._end(name)

    def set_password(self, name: str, password_digest: str) -> None:
        """Change an account's password and end its sessions; call it inside `transaction`."""
        self._write("UPDATE accounts SET password_digest = ? WHERE name = ?", password_digest, name)
        self._write("DELETE FROM sessions WHERE name = ?", name)

    def remove(self, name: str) -> None:
        """Take away an account with its sessions and keys; call it inside `transaction`."""
        self._write("DELETE FROM accounts WHERE name = ?", name)
        self._end(name)

    def api_keys(self) -> tuple[ApiKey, ...]:
        """Return every key, expired ones included, by name, then age."""
        return self._keys("ORDER BY name, created_utc")

    def key_of_secret(self, secret_sha256: str) -> ApiKey | None:
        """Return the key whose secret has this digest, expired or not."""
        return next(iter(self._keys("WHERE secret_sha256 = ?", secret_sha256)), None)

    def add_key(self, key: ApiKey, secret_sha256: str) -> None:
        """Keep a new key."""
        self._write(
            "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            key.key_id,
            key.name,
            key.role.value,
            *_audience_columns(key.audience),
            utc_text(key.created_utc),
            utc_text(key.expires_utc),
            secret_sha256,
        )

    def remove_key(self, key_id: str) -> None:
        """Take away a key; nothing happens where there is none."""
        self._write("DELETE FROM keys WHERE key_id = ?", key_id)

    def session(self, secret_sha256: str) -> Session | None:
        """Return the session whose secret has this digest, over or not."""
        with self.explained() as connection:
            asked = "SELECT name, created_utc, used_utc FROM sessions WHERE secret_sha256 = ?"
            row = connection.execute(asked, (secret_sha256,)).fetchone()
            return Session(row[0], *map(datetime.fromisoformat, row[1:])) if row else None

    def add_session(self, session: Session, secret_sha256: str) -> None:
        """Keep a new session."""
        moments = utc_text(session.created_utc), utc_text(session.used_utc)
        asked = "INSERT INTO sessions VALUES (?, ?, ?, ?)"
        self._write(asked, secret_sha256, session.name, *moments)

    def use_session(self, secret_sha256: str, used_utc: datetime) -> None:
        """Note that a session was asked with."""
        asked = "UPDATE sessions SET used_utc = ? WHERE secret_sha256 = ?"
        self._write(asked, utc_text(used_utc), secret_sha256)

    def remove_session(self, secret_sha256: str) -> None:
        """End a session; nothing happens where there is none."""
        self._write("DELETE FROM sessions WHERE secret_sha256 = ?", secret_sha256)

    def remove_sessions_before(self, created_utc: datetime, used_utc: datetime) -> None:
        """End the sessions that were begun, or last asked with, before these moments."""
        asked = "DELETE FROM sessions WHERE created_utc < ? OR used_utc < ?"
        self._write(asked, utc_text(created_utc), utc_text(used_utc))

    def _end(self, name: str) -> None:
        self._write("DELETE FROM sessions WHERE name = ?", name)
        self._write("DELETE FROM keys WHERE name = ?", name)

    def _write(self, asked: str, *values: str | None) -> None:
        with self.explained() as connection:
            connection.execute(asked, values)

    def _accounts(self, which: str, *values: str) -> tuple[Account, ...]:
        with self.explained() as connection:
            rows = connection.execute(f"SELECT {_ACCOUNT} FROM accounts {which}", values)
            return tuple(
                Account(
                    name=name,
                    role=Role(role),
                    audience=_audience(partner, limited_to),
                    created_utc=datetime.fromisoformat(created),
                    has_password=bool(has_password),
                )
                for name, role, partner, limited_to, created, has_password in rows.fetchall()
            )

    def _keys(self, which: str, *values: str) -> tuple[ApiKey, ...]:
        with self.explained() as connection:
            rows = connection.execute(f"SELECT {_KEY} FROM keys {which}", values)
            return tuple(
                ApiKey(
                    key_id=key_id,
                    name=name,
                    role=Role(role),
                    audience=_audience(partner, limited_to),
                    created_utc=datetime.fromisoformat(created),
                    expires_utc=datetime.fromisoformat(expires),
                )
                for key_id, name, role, partner, limited_to, created, expires in rows.fetchall()
            )


def _audience_columns(audience: Audience) -> tuple[str | None, str | None]:
    limit = audience.limit
    return audience.partner, None if limit is None else write_marking(limit)


def _audience(partner: str | None, limited_to: str | None) -> Audience:
    return Audience(partner, None if limited_to is None else parse_marking(limited_to))
