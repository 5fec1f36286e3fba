"""Accounts, keys and sessions: how who asks becomes a viewer."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.markings import parse_marking
from hoshimori.model.access import (
    HOME,
    Account,
    ApiKey,
    Audience,
    Role,
    Session,
    Viewer,
    is_account_name,
)
from hoshimori.model.markings import Level, Marking
from hoshimori.settings import AccessSettings, Settings, store_folder
from hoshimori.store.access import FORM, AccessFile, open_access
from hoshimori.store.small_database import is_begun
from hoshimori.workflows.oidc import Identity
from hoshimori.workflows.passwords import (
    forgery_token,
    is_password,
    new_token,
    password_digest,
    token_digest,
)

LOCAL = Viewer("local", Role.ADMINISTRATOR, HOME, is_local=True)
"""The one user of a server on loopback without accounts, and who may read its files."""

KEY_PREFIX = "hoshimori_"
"""How keys begin, so that they are seen where they should not be."""

_TOUCH_EVERY = timedelta(minutes=1)
_NO_PASSWORD = "scrypt$32768$8$3$" + "00" * 16 + "$" + "00" * 32
"""What a password is compared with where there is none: as slow, and never the same."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that succeeded."""

    viewer: Viewer
    token: str
    """For the cookie; shown to nobody else and kept nowhere."""
    forgery_token: str
    """What every change must bear in a header."""
    lasts_s: int


@contextmanager
def opened_access(settings: Settings, folder: Path | None = None) -> Iterator[AccessFile]:
    """Give the list of accounts in the store's folder; it is made where there is none.

    Raises:
        StoreError: it is damaged, of a newer version, or busy for long.
    """
    with open_access(folder or store_folder(settings)) as file:
        yield file


def is_configured(settings: Settings, folder: Path | None = None) -> bool:
    """Tell whether there is an account or a key."""
    place = folder or store_folder(settings)
    if not is_begun(place, FORM):
        return False
    with open_access(place) as file:
        return not file.is_empty()


def check_binding(
    host: str, *, has_accounts: bool, has_tls: bool, behind_proxy: bool, hosts: tuple[str, ...]
) -> None:
    """Refuse to serve where anybody could come in, or secrets would pass in the open.

    Raises:
        SettingsError: one sentence that says what is missing and what to do.
    """
    if is_loopback(host) and not behind_proxy:
        return
    where = "behind a proxy" if behind_proxy else f"on {host}"
    if not has_accounts:
        raise SettingsError(
            f"will not serve {where} without accounts: everybody would be an administrator; "
            "make one with `hoshimori accounts add NAME --role administrator`"
        )
    if not (has_tls or behind_proxy):
        raise SettingsError(
            f"will not serve {where} without TLS: passwords would pass in the open; give "
            "--tls-certificate and --tls-key, or --behind-proxy where a proxy holds them"
        )
    if not hosts:
        raise SettingsError(
            f"will not serve {where} without a name: set `hosts` in [access] to the names by "
            "which browsers reach it, so that no other name leads here"
        )


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def sign_in(
    file: AccessFile, name: str, password: str, limits: AccessSettings, now_utc: datetime
) -> SignedIn | None:
    """Begin a session; None where name or password is wrong, without telling which."""
    kept = file.password_digest(name)
    fits = is_password(password, kept or _NO_PASSWORD)
    account = file.account(name)
    if kept is None or not fits or account is None:
        return None
    return begin_session(file, account, limits, now_utc)


def sign_in_as(
    file: AccessFile, identity: Identity, limits: AccessSettings, now_utc: datetime
) -> SignedIn | None:
    """Begin a session of who the organisation says it is; None where no account is for that.

    Only accounts without a password are: no organisation comes in by a password's account. The
    first sign-in binds the account to the identity; no other can use it then.
    """
    with file.transaction():
        account = file.account_of_subject(identity.subject)
        if account is None:
            account = file.account(identity.name)
            if account is None or account.has_password or file.subject(account.name) is not None:
                return None
            file.bind_subject(account.name, identity.subject)
    if account.has_password:
        return None
    return begin_session(file, account, limits, now_utc)


def begin_session(
    file: AccessFile, account: Account, limits: AccessSettings, now_utc: datetime
) -> SignedIn:
    """Begin a session of an account that showed who it is."""
    token = new_token()
    with file.transaction():
        file.remove_sessions_before(now_utc - _longest(limits), now_utc - _idle(limits))
        file.add_session(Session(account.name, now_utc, now_utc), token_digest(token))
    return SignedIn(
        _viewer(account), token, forgery_token(token), int(_longest(limits).total_seconds())
    )


def sign_out(file: AccessFile, token: str) -> None:
    """End a session."""
    file.remove_session(token_digest(token))


def viewer_of_session(
    file: AccessFile,
    token: str,
    limits: AccessSettings,
    now_utc: datetime,
    *,
    is_use: bool = True,
) -> Viewer | None:
    """Return who asks within a session; None where it is over or never was.

    Looking whether it still is one (`is_use` False) does not make it last longer.
    """
    digest = token_digest(token)
    session = file.session(digest)
    if session is None:
        return None
    fresh = now_utc - session.created_utc < _longest(limits)
    if not fresh or now_utc - session.used_utc >= _idle(limits):
        file.remove_session(digest)
        return None
    account = file.account(session.name)
    if account is None:
        return None
    if is_use and now_utc - session.used_utc >= _TOUCH_EVERY:
        file.use_session(digest, now_utc)
    return _viewer(account)


def viewer_of_key(file: AccessFile, secret: str, now_utc: datetime) -> Viewer | None:
    """Return for whom a key speaks; None where it is no key, taken away or expired."""
    key = file.key_of_secret(token_digest(secret))
    if key is None or now_utc >= key.expires_utc:
        return None
    return Viewer(key.name, key.role, key.audience)


def audience_of(partner: str, limit: str) -> Audience:
    """Return the audience of a partner's code and a limit, both as text and both optional.

    Raises:
        SettingsError: the limit is no marking, or too strict for a partner.
    """
    try:
        stated = parse_marking(limit) if limit else None
        if partner and stated is None:
            stated = Marking(Level.GREEN)
        return Audience(_code_of(partner) if partner else None, stated)
    except FormatError as error:
        raise SettingsError(f"audience: {error.problem}") from None
    except ValueError as error:
        raise SettingsError(f"audience: {error}") from None


def _code_of(partner: str) -> str:
    """Return the code of one partner as markings write it."""
    codes = parse_marking(f"TLP:CLEAR//REL TO {partner}").releasable_to
    if codes is None or len(codes) != 1:
        raise FormatError(f"{partner[:40]!r}: expected the code of one partner, as in USA")
    (code,) = codes
    return code


def add_account(
    file: AccessFile,
    name: str,
    role: Role,
    audience: Audience,
    password: str | None,
    now_utc: datetime,
) -> Account:
    """Make an account; without a password it signs in by the organisation's own accounts.

    Raises:
        SettingsError: the name is taken or no name, the password is weak, or the role is none
            that a partner can have.
    """
    if not is_account_name(name):
        raise SettingsError(f"{name!r}: a name has letters, digits and . @ + - _, at most 64")
    _check_role(role, audience)
    digest = password_digest(password) if password is not None else None
    account = Account(name, role, audience, now_utc, digest is not None)
    with file.transaction():
        if file.account(name) is not None:
            raise SettingsError(f"{name}: there is such an account already")
        file.add_account(account, digest)
    return account


def set_role(file: AccessFile, name: str, role: Role, audience: Audience | None) -> Account:
    """Change what an account may, and for whom it is unless None; its sessions and keys end.

    Raises:
        SettingsError: there is no such account, it is the last administrator's, or the role is
            none that a partner can have.
    """
    with file.transaction():
        account = _known(file, name)
        seen = account.audience if audience is None else audience
        _check_role(role, seen)
        if role is not Role.ADMINISTRATOR:
            _keep_an_administrator(file, account)
        file.set_role(name, role, seen)
    return replace(account, role=role, audience=seen)


def set_password(file: AccessFile, name: str, password: str) -> Account:
    """Change an account's password; its sessions end.

    Raises:
        SettingsError: there is no such account, or the password is weak.
    """
    digest = password_digest(password)
    with file.transaction():
        account = _known(file, name)
        file.set_password(name, digest)
    return replace(account, has_password=True)


def remove_account(file: AccessFile, name: str) -> Account:
    """Take away an account, its sessions and its keys, and return what it was.

    Raises:
        SettingsError: there is no such account, or it is the last administrator's while there
            are others.
    """
    with file.transaction():
        account = _known(file, name)
        if len(file.accounts()) > 1:
            _keep_an_administrator(file, account)
        file.remove(name)
    return account


def add_key(
    file: AccessFile,
    name: str,
    role: Role | None,
    audience: Audience | None,
    lasts: timedelta,
    now_utc: datetime,
) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret, which is shown this once and kept nowhere.

    A key of an account has at most its role and exactly its audience; a machine's key states both.

    Raises:
        SettingsError: the name is no name, the time is not between a minute and two years, or
            the key would allow more than the account does.
    """
    if not is_account_name(name):
        raise SettingsError(f"{name!r}: a name has letters, digits and . @ + - _, at most 64")
    if not timedelta(minutes=1) <= lasts <= timedelta(days=731):
        raise SettingsError("a key lasts for a minute to two years")
    with file.transaction():
        account = file.account(name)
        chosen, seen = _of_key(account, role, audience, name)
        _check_role(chosen, seen)
        secret = KEY_PREFIX + new_token()
        key = ApiKey(secrets.token_hex(4), name, chosen, seen, now_utc, now_utc + lasts)
        file.add_key(key, token_digest(secret))
    return key, secret


def remove_key(file: AccessFile, key_id: str) -> ApiKey:
    """Take away a key.

    Raises:
        SettingsError: there is none of this id.
    """
    with file.transaction():
        key = next((key for key in file.api_keys() if key.key_id == key_id), None)
        if key is None:
            raise SettingsError(f"{key_id}: no such key; see `hoshimori accounts list`")
        file.remove_key(key_id)
    return key


def _of_key(
    account: Account | None, role: Role | None, audience: Audience | None, name: str
) -> tuple[Role, Audience]:
    if account is None:
        if role is None:
            raise SettingsError(f"{name}: no such account; a machine's key needs --role")
        return role, audience or HOME
    own, asked = _viewer(account), role or account.role
    seen = audience or account.audience
    if seen != account.audience:
        raise SettingsError(f"{name}: a key of an account has its audience, {account.audience}")
    if not Viewer(name, asked, seen).permissions <= own.permissions:
        raise SettingsError(f"{name}: is {account.role.value}; a key cannot allow more")
    return asked, seen


def _check_role(role: Role, audience: Audience) -> None:
    if not audience.sees_the_whole_house and role is not Role.VIEWER:
        raise SettingsError(
            f"{audience}: who does not see the whole house can only be a viewer, not {role.value}"
        )


def _keep_an_administrator(file: AccessFile, leaving: Account) -> None:
    left = [
        account
        for account in file.accounts()
        if account.role is Role.ADMINISTRATOR and account.name != leaving.name
    ]
    if not left and leaving.role is Role.ADMINISTRATOR:
        raise SettingsError(f"{leaving.name}: is the last administrator; make another one first")


def _known(file: AccessFile, name: str) -> Account:
    account = file.account(name)
    if account is None:
        raise SettingsError(f"{name}: no such account; see `hoshimori accounts list`")
    return account


def _viewer(account: Account) -> Viewer:
    return Viewer(account.name, account.role, account.audience)


def _longest(limits: AccessSettings) -> timedelta:
    return timedelta(hours=limits.session_hours)


def _idle(limits: AccessSettings) -> timedelta:
    return timedelta(minutes=limits.idle_minutes)
