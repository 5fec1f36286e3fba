"""The entrance of a running server: who asks becomes a viewer, and the audit says for what."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from hoshimori.errors import SettingsError
from hoshimori.model.access import Viewer
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.model.journal import ChainCheck
from hoshimori.settings import AccessSettings, Settings, store_folder
from hoshimori.store.access import AccessFile, open_access
from hoshimori.store.audit import Audit, open_audit
from hoshimori.workflows.access import (
    LOCAL,
    SignedIn,
    sign_in,
    sign_in_as,
    sign_out,
    viewer_of_key,
    viewer_of_session,
)
from hoshimori.workflows.oidc import Identity, OrganisationSignIn, organisation_sign_in
from hoshimori.workflows.passwords import is_same

Changed = TypeVar("Changed")

_AT_ONCE = 2
"""Passwords that are tried at once: each takes 32 MiB and a tenth of a second on purpose."""


class Entrance:
    """Accounts and audit of a running server; threads may share it."""

    def __init__(
        self,
        file: AccessFile,
        audit: Audit,
        limits: AccessSettings,
        *,
        is_local: bool,
        local_token: str,
        organisation: OrganisationSignIn | None = None,
    ) -> None:
        """Take the open files; `local_token` is what the user's own programs on this machine show.

        `is_local`: reached from this machine alone, so that it may have no accounts.
        `organisation`: the way in by the organisation's own accounts.
        """
        self.organisation = organisation
        self.limits = limits
        self.file = file
        self._audit = audit
        self._is_local = is_local
        self.local_token = local_token
        self._trying = threading.BoundedSemaphore(_AT_ONCE)

    def viewer_without_secret(self) -> Viewer | None:
        """Return who asks without showing anything: the local user, while there are no accounts."""
        return LOCAL if self._is_local and self.file.is_empty() else None

    def viewer_of_session(
        self, token: str, now_utc: datetime, *, is_use: bool = True
    ) -> Viewer | None:
        """Return who asks within a session; None where it is over or never was.

        Looking whether it still is one (`is_use` False) does not make it last longer.
        """
        return viewer_of_session(self.file, token, self.limits, now_utc, is_use=is_use)

    def viewer_of_key(self, secret: str, now_utc: datetime) -> Viewer | None:
        """Return for whom a key speaks, or the user whose program read the server's own token."""
        if is_same(secret, self.local_token):
            return LOCAL
        return viewer_of_key(self.file, secret, now_utc)

    def sign_in(self, name: str, password: str, now_utc: datetime) -> SignedIn | None:
        """Begin a session; None where name or password is wrong, without telling which."""
        with self._trying:
            return sign_in(self.file, name, password, self.limits, now_utc)

    def sign_in_as(self, identity: Identity, now_utc: datetime) -> SignedIn | None:
        """Begin a session of who the organisation says it is; None where no account is for that."""
        return sign_in_as(self.file, identity, self.limits, now_utc)

    def sign_out(self, token: str) -> None:
        """End a session."""
        sign_out(self.file, token)

    def has_account(self, name: str) -> bool:
        """Tell whether there is an account of this name."""
        return self.file.account(name) is not None

    def write(self, entry: AuditEntry) -> None:
        """Keep an entry of the audit.

        Raises:
            StoreError: it cannot be kept: what it tells of must not happen then.
        """
        self._audit.append(entry)

    def newest_entries(self, most: int) -> tuple[AuditEntry, ...]:
        """Return the last entries of the audit, the oldest of them first."""
        return self._audit.newest(most)


@contextmanager
def opened_entrance(
    settings: Settings, folder: Path | None = None, *, is_local: bool, local_token: str
) -> Iterator[Entrance]:
    """Give the entrance over the files in the store's folder; they are made where there are none.

    Raises:
        SettingsError: what signing in by the organisation's own accounts needs is missing.
        StoreError: one of them is damaged, of a newer version, or busy for long.
    """
    place, organisation = folder or store_folder(settings), organisation_sign_in(settings.access)
    with open_access(place) as file, open_audit(place) as audit:
        yield Entrance(
            file,
            audit,
            settings.access,
            is_local=is_local,
            local_token=local_token,
            organisation=organisation,
        )


def change_accounts(
    settings: Settings,
    folder: Path | None,
    entry: AuditEntry,
    change: Callable[[AccessFile], Changed],
) -> Changed:
    """Write what is about to be done into the audit, do it, and return what came of it.

    Raises:
        SettingsError: it cannot be done; says why.
        StoreError: a file is damaged, of a newer version, or busy for long.
    """
    place = folder or store_folder(settings)
    with open_access(place) as file, open_audit(place) as audit:
        audit.append(entry)
        try:
            return change(file)
        except SettingsError as error:
            audit.append(replace(entry, kind=AuditKind.REFUSED, why=str(error)))
            raise


def checked_audit(settings: Settings, folder: Path | None) -> tuple[ChainCheck, Path]:
    """Return whether the audit is as it was written, else where it is not, and its file.

    Raises:
        StoreError: there is none, or it is damaged, of a newer version, or busy for long.
    """
    with open_audit(folder or store_folder(settings), create=False) as audit:
        return audit.check(), audit.path


def newest_audit_entries(
    settings: Settings, folder: Path | None, most: int
) -> tuple[AuditEntry, ...]:
    """Return the last entries of the audit, the oldest of them first.

    Raises:
        StoreError: there is none, or it is damaged, of a newer version, or busy for long.
    """
    with open_audit(folder or store_folder(settings), create=False) as audit:
        return audit.newest(most)
