"""Signing in by an organisation's accounts, against a small made server of them on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey
from tests.web.access_app import PASSWORD, Clock, Scene, scene
from tests.web.made_provider import CLIENT, SECRET, Provider, made_provider

from hoshimori.errors import SettingsError, SourceError
from hoshimori.model.access import Role
from hoshimori.settings import AccessSettings
from hoshimori.sources.organisation_accounts import OrganisationAccounts
from hoshimori.workflows.access import add_account, audience_of, remove_account
from hoshimori.workflows.oidc import SECRET as SECRET_NAME
from hoshimori.workflows.oidc import organisation_sign_in

NAME = "kim@example.org"


@dataclass
class Both:
    """The server of accounts and ours."""

    provider: Provider
    house: Scene

    def sent_back(self, browser: TestClient) -> str:
        """Begin in a browser, sign in there, and return with what it is sent back."""
        begun = browser.get("/api/v1/session/oidc", follow_redirects=False)
        assert begun.status_code == 303, begun.text
        cookie = begun.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        with httpx2.Client(trust_env=False) as elsewhere:
            back = elsewhere.get(begun.headers["location"]).headers["location"]
        return back.removeprefix("http://127.0.0.1")

    def signed_in(self, browser: TestClient) -> Any:
        return browser.get(self.sent_back(browser), follow_redirects=False)


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    monkeypatch.setenv(SECRET_NAME, SECRET)
    with made_provider(int(Clock().now.timestamp())) as provider:
        limits = AccessSettings(
            oidc_issuer=provider.issuer, oidc_client_id=CLIENT, sign_in_attempts=1000
        )
        with scene(tmp_path, people={"ada": (Role.ADMINISTRATOR, "", "")}, access=limits) as house:
            add_account(
                house.entrance.file, NAME, Role.VIEWER, audience_of("USA", ""), None, house.clock()
            )
            yield Both(provider, house)


def test_who_the_organisation_knows_comes_in_as_the_house_says(both: Both) -> None:
    browser = both.house.browser()
    assert browser.get("/api/v1/session").json()["ways"] == ["password", "oidc"]
    back = both.signed_in(browser)
    assert (back.status_code, back.headers["location"]) == (303, "/")
    told = browser.get("/api/v1/me").json()
    assert (told["name"], told["role"]) == (NAME, "viewer")
    assert told["audience"] == {"partner": "USA", "limit": "TLP:GREEN"}
    browser.headers["X-CSRF-Token"] = told["forgery_token"]
    assert browser.post("/post/see").status_code == 200
    assert both.house.audit()[0][:2] == ("signed-in", NAME)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"email": None},
        {"email": ["kim@example.org"]},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
    ],
    ids=repr,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(both: Both, claims: Any) -> None:
    both.provider.claims = claims
    browser = both.house.browser()
    assert both.signed_in(browser).status_code == 401
    assert browser.get("/get/see").status_code == 401
    assert both.house.audit()[0][:2] == ("refused", "nobody")


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_the_organisation_did_not_sign_is_refused(both: Both, algorithm: str) -> None:
    both.provider.algorithm = algorithm
    assert both.signed_in(both.house.browser()).status_code == 401


def test_a_token_signed_by_another_key_is_refused(both: Both) -> None:
    published = both.provider.keys()
    both.provider.key = RSAKey.generate_key(2048, {"kid": "first"})
    both.provider.keys = lambda: published  # type: ignore[method-assign]
    assert both.signed_in(both.house.browser()).status_code == 401


def test_new_keys_of_the_organisation_are_fetched(both: Both) -> None:
    assert both.signed_in(both.house.browser()).status_code == 303
    both.provider.key = RSAKey.generate_key(2048, {"kid": "second"})
    both.house.clock.wait(minutes=2)
    both.provider.now += 120
    assert both.signed_in(both.house.browser()).status_code == 303


def test_a_code_serves_the_browser_that_began_and_once(both: Both) -> None:
    browser, thief = both.house.browser(), both.house.browser()
    back = both.sent_back(browser)
    assert thief.get(back, follow_redirects=False).status_code == 401
    begun = both.sent_back(thief)
    state = parse_qs(urlsplit(begun).query)["state"][0]
    code = parse_qs(urlsplit(back).query)["code"][0]
    mixed = thief.get(
        f"/api/v1/session/oidc/callback?state={state}&code={code}", follow_redirects=False
    )
    assert mixed.status_code == 502
    assert thief.get("/get/see").status_code == 401


def test_an_account_is_bound_to_one_person(both: Both) -> None:
    assert both.signed_in(both.house.browser()).status_code == 303
    both.provider.claims = {"sub": "person-2"}
    assert both.signed_in(both.house.browser()).status_code == 403
    both.provider.claims = {"email": "new.name@example.org"}
    browser = both.house.browser()
    assert both.signed_in(browser).status_code == 303
    assert browser.get("/api/v1/me").json()["name"] == NAME
    remove_account(both.house.entrance.file, NAME)
    assert browser.get("/get/see").status_code == 401
    assert both.signed_in(both.house.browser()).status_code == 403


@pytest.mark.parametrize(
    ("asked", "language", "said"),
    [
        ("ja-JP,ja;q=0.9,en;q=0.5", "ja", "サーバーにあなたのアカウントがありません"),
        ("fr, en;q=0.5", "en", "there is no account here for you"),
        ("", "en", "there is no account here for you"),
    ],
)
def test_who_is_refused_reads_a_page(both: Both, asked: str, language: str, said: str) -> None:
    both.provider.claims = {"email": "nobody.here@example.org"}
    browser = both.house.browser()
    browser.headers["Accept-Language"] = asked
    page = both.signed_in(browser)
    assert (page.status_code, page.headers["content-type"][:9]) == (403, "text/html")
    assert f'<html lang="{language}">' in page.text
    assert said in page.text
    assert '<a href="/">' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "nobody.here" not in page.text


def test_every_refusal_in_a_browser_is_a_page_that_says_what_to_do(both: Both) -> None:
    browser = both.house.browser()
    callback = "/api/v1/session/oidc/callback"
    state = parse_qs(urlsplit(both.sent_back(browser)).query)["state"][0]
    for path, status, said in (
        (callback, 401, "did not come to its end"),
        (f"{callback}?error=access_denied&state={state}", 401, "did not come to its end"),
        (f"{callback}?code=wrong&state={state}", 502, "could not be reached, or refused"),
    ):
        page = browser.get(path, follow_redirects=False)
        assert (page.status_code, said in page.text) == (status, True)
    assert both.house.audit()[0][3] == "the organisation sent nobody back"


def test_too_many_sign_ins_are_told_on_a_page(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(both.house.entrance, "limits", AccessSettings(sign_in_attempts=1))
    browser = both.house.browser(address="192.0.2.77")
    pages = [browser.get("/api/v1/session/oidc/callback") for _ in range(11)]
    assert [page.status_code for page in pages] == [401] * 10 + [429]
    assert pages[-1].headers["Retry-After"] == "900"
    assert "Too many sign-ins were tried." in pages[-1].text
    assert "Wait 15 minutes" in pages[-1].text


def test_no_organisation_comes_in_by_an_account_with_a_password(both: Both) -> None:
    both.provider.claims = {"email": "ada"}
    assert both.signed_in(both.house.browser()).status_code == 403
    both.provider.claims = {"email": "nobody.here@example.org"}
    assert both.signed_in(both.house.browser()).status_code == 403
    browser = both.house.browser()
    for tried in ("", PASSWORD):
        asked = {"name": NAME, "password": tried or "x"}
        assert browser.post("/api/v1/session", json=asked).status_code == 401


def test_no_secret_of_the_flow_is_kept(both: Both) -> None:
    browser = both.house.browser()
    back = both.sent_back(browser)
    browser.get(back, follow_redirects=False)
    secrets = [SECRET, *browser.cookies.values(), *parse_qs(urlsplit(back).query)["state"]]
    written = b"".join(p.read_bytes() for p in both.house.folder.iterdir() if p.is_file())
    assert not [secret for secret in secrets if secret.encode() in written]


def test_settings_that_lack_something_are_refused() -> None:
    assert organisation_sign_in(AccessSettings(), {}) is None
    issuer = AccessSettings(oidc_issuer="https://accounts.example.org")
    with pytest.raises(SettingsError, match="oidc_client_id"):
        organisation_sign_in(issuer, {})
    named = AccessSettings(oidc_issuer="https://accounts.example.org", oidc_client_id="x")
    with pytest.raises(SettingsError, match=SECRET_NAME):
        organisation_sign_in(named, {})


def test_only_https_is_spoken_over_the_network() -> None:
    with pytest.raises(SourceError, match="only https"):
        OrganisationAccounts("http://accounts.example.org").published()
