"""Accounts, keys, sessions and where a server may listen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import SettingsError
from hoshimori.model.access import HOME, Audience, Role
from hoshimori.model.markings import Level, Marking
from hoshimori.settings import AccessSettings
from hoshimori.store.access import AccessFile, open_access
from hoshimori.workflows import passwords
from hoshimori.workflows.access import (
    add_account,
    add_key,
    audience_of,
    check_binding,
    remove_account,
    remove_key,
    set_password,
    set_role,
    sign_in,
    viewer_of_key,
    viewer_of_session,
)
from hoshimori.workflows.passwords import forgery_token, is_password, password_digest

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PASSWORD = "seven bright harbours"
LIMITS = AccessSettings()
USA = audience_of("USA", "TLP:GREEN")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_COST", 16)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AccessFile]:
    with open_access(tmp_path) as opened:
        add_account(opened, "ada", Role.ADMINISTRATOR, HOME, PASSWORD, NOON)
        add_account(opened, "kim", Role.VIEWER, USA, PASSWORD, NOON)
        yield opened


def test_the_cost_of_a_password_is_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    kept = password_digest(PASSWORD)
    assert kept.startswith("scrypt$32768$8$3$")
    _, cost, block, lanes, salt, digest = kept.split("$")
    expected = hashlib.scrypt(
        PASSWORD.encode(), salt=bytes.fromhex(salt), n=int(cost), r=int(block), p=int(lanes),
        maxmem=2**26, dklen=32,
    )  # fmt: skip
    assert digest == expected.hex()


@settings(max_examples=25)
@given(st.text(min_size=12, max_size=40).filter(lambda t: len(set(t)) > 4), st.text(max_size=20))
def test_a_password_fits_its_own_digest_alone(password: str, other: str) -> None:
    kept = password_digest(password)
    assert is_password(password, kept)
    assert password not in kept
    assert is_password(other, kept) == (other == password)
    assert password_digest(password) != kept  # another salt


def test_a_password_is_the_same_however_it_is_composed() -> None:
    assert is_password(
        "パスワードはながいほうがよい", password_digest("パスワードはながいほうがよい")
    )


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaa", "PASSWORD1234", "x" * 257])
def test_weak_passwords_are_refused(file: AccessFile, weak: str) -> None:
    with pytest.raises(SettingsError, match="password"):
        add_account(file, "new", Role.VIEWER, HOME, weak, NOON)
    assert file.account("new") is None


def test_nobody_signs_in_with_what_is_kept(file: AccessFile) -> None:
    kept = file.password_digest("ada")
    assert kept is not None
    assert sign_in(file, "ada", kept, LIMITS, NOON) is None
    signed_in = sign_in(file, "ada", PASSWORD, LIMITS, NOON)
    assert signed_in is not None
    digest = hashlib.sha256(signed_in.token.encode()).hexdigest()
    assert viewer_of_session(file, signed_in.token, LIMITS, NOON) == signed_in.viewer
    assert viewer_of_session(file, digest, LIMITS, NOON) is None
    assert viewer_of_session(file, forgery_token(signed_in.token), LIMITS, NOON) is None


def test_an_account_without_a_password_cannot_sign_in_by_one(file: AccessFile) -> None:
    add_account(file, "oidc", Role.VIEWER, HOME, None, NOON)
    for tried in ("", PASSWORD, "None"):
        assert sign_in(file, "oidc", tried, LIMITS, NOON) is None


def test_names_are_taken_once_and_must_be_names(file: AccessFile) -> None:
    with pytest.raises(SettingsError, match="already"):
        add_account(file, "ada", Role.VIEWER, HOME, PASSWORD, NOON)
    with pytest.raises(SettingsError, match="at most 64"):
        add_account(file, "a b", Role.VIEWER, HOME, PASSWORD, NOON)


def test_partners_can_only_be_viewers(file: AccessFile) -> None:
    for role in set(Role) - {Role.VIEWER}:
        with pytest.raises(SettingsError, match="only be a viewer"):
            add_account(file, "new", role, USA, PASSWORD, NOON)
        with pytest.raises(SettingsError, match="only be a viewer"):
            set_role(file, "kim", role, None)
        with pytest.raises(SettingsError, match="only be a viewer"):
            add_key(file, "feed", role, USA, timedelta(days=1), NOON)


def test_a_change_of_role_keeps_the_audience_unless_another_is_stated(file: AccessFile) -> None:
    assert set_role(file, "kim", Role.VIEWER, None).audience == USA
    kim = file.account("kim")
    assert kim is not None
    assert kim.audience == USA


def test_the_last_administrator_stays(file: AccessFile) -> None:
    with pytest.raises(SettingsError, match="last administrator"):
        remove_account(file, "ada")
    with pytest.raises(SettingsError, match="last administrator"):
        set_role(file, "ada", Role.VIEWER, None)
    add_account(file, "eve", Role.ADMINISTRATOR, HOME, PASSWORD, NOON)
    assert set_role(file, "ada", Role.VIEWER, None).role is Role.VIEWER
    remove_account(file, "ada")
    remove_account(file, "kim")
    remove_account(file, "eve")
    assert file.is_empty()


def test_a_key_never_allows_more_than_its_account(file: AccessFile) -> None:
    day = timedelta(days=1)
    add_account(file, "ann", Role.ANALYST, HOME, PASSWORD, NOON)
    for role in (Role.DECIDER, Role.ADMINISTRATOR, Role.EXERCISE_DIRECTOR):
        with pytest.raises(SettingsError, match="cannot allow more"):
            add_key(file, "ann", role, None, day, NOON)
    with pytest.raises(SettingsError, match="has its audience"):
        add_key(file, "kim", None, HOME, day, NOON)
    key, secret = add_key(file, "ann", Role.VIEWER, None, day, NOON)
    viewer = viewer_of_key(file, secret, NOON)
    assert viewer is not None
    assert (viewer.name, viewer.role) == ("ann", Role.VIEWER)
    assert remove_key(file, key.key_id) == key
    with pytest.raises(SettingsError, match="no such key"):
        remove_key(file, key.key_id)


def test_a_machines_key_states_its_role(file: AccessFile) -> None:
    with pytest.raises(SettingsError, match="needs --role"):
        add_key(file, "feed", None, None, timedelta(days=1), NOON)
    for lasts in (timedelta(0), timedelta(days=800)):
        with pytest.raises(SettingsError, match="two years"):
            add_key(file, "feed", Role.VIEWER, None, lasts, NOON)


def test_a_new_password_ends_sessions(file: AccessFile) -> None:
    signed_in = sign_in(file, "ada", PASSWORD, LIMITS, NOON)
    assert signed_in is not None
    set_password(file, "ada", "eleven dark mountains")
    assert viewer_of_session(file, signed_in.token, LIMITS, NOON) is None
    assert sign_in(file, "ada", PASSWORD, LIMITS, NOON) is None
    assert sign_in(file, "ada", "eleven dark mountains", LIMITS, NOON) is not None


def test_audiences_as_text() -> None:
    assert audience_of("", "") == HOME
    assert audience_of("usa", "") == Audience("USA", Marking(Level.GREEN))
    for partner, limit in (("USA", "TLP:RED"), ("USA", "SECRET"), ("U A!", ""), ("USA, JPN", "")):
        with pytest.raises(SettingsError, match="audience"):
            audience_of(partner, limit)


GOOD = {"has_accounts": True, "has_tls": True, "behind_proxy": False, "hosts": ("watch.example",)}


@pytest.mark.parametrize(
    ("host", "changes", "problem"),
    [
        ("127.0.0.1", {"has_accounts": False, "has_tls": False, "hosts": ()}, None),
        ("::1", {"has_accounts": False, "has_tls": False, "hosts": ()}, None),
        ("localhost", {"has_accounts": False, "has_tls": False, "hosts": ()}, None),
        ("0.0.0.0", {}, None),
        ("0.0.0.0", {"has_accounts": False}, "without accounts"),
        ("192.0.2.1", {"has_tls": False}, "without TLS"),
        ("192.0.2.1", {"has_tls": False, "behind_proxy": True}, None),
        ("192.0.2.1", {"hosts": ()}, "without a name"),
        ("::", {"has_accounts": False}, "without accounts"),
        ("", {"has_accounts": False}, "without accounts"),
        ("watch.example", {"has_accounts": False}, "without accounts"),
        ("127.0.0.1", {"has_accounts": False, "behind_proxy": True}, "without accounts"),
        ("127.0.0.1", {"hosts": (), "behind_proxy": True}, "without a name"),
    ],
)
def test_where_a_server_may_listen(
    host: str, changes: dict[str, object], problem: str | None
) -> None:
    asked = GOOD | changes
    if problem is None:
        check_binding(host, **asked)  # type: ignore[arg-type]
    else:
        with pytest.raises(SettingsError, match=problem):
            check_binding(host, **asked)  # type: ignore[arg-type]
