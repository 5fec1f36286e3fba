"""Who comes in: sessions, keys, forged and foreign requests, how often, and what is written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from tests.web.access_app import ADDRESS, PASSWORD, TOKEN, Scene, scene

from hoshimori.model.access import (
    HOME,
    LIMITED_PERMISSIONS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
)
from hoshimori.model.floor import EventKind
from hoshimori.settings import AccessSettings
from hoshimori.web.access import needs, open_to_all, permissions_of_routes
from hoshimori.web.listeners import Listeners
from hoshimori.web.live import _told
from hoshimori.web.problems import Problem, RefusedError, tell_problems
from hoshimori.workflows.access import add_key, audience_of, remove_account, remove_key, set_role
from hoshimori.workflows.events import EventLog

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PEOPLE = {
    "ada": (Role.ADMINISTRATOR, "", ""),
    "vera": (Role.VIEWER, "", ""),
    "ann": (Role.ANALYST, "", ""),
    "dan": (Role.DECIDER, "", ""),
    "eve": (Role.EXERCISE_DIRECTOR, "", ""),
    "usa": (Role.VIEWER, "USA", "TLP:GREEN"),
    "low": (Role.VIEWER, "", "TLP:GREEN"),
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Scene]:
    with scene(tmp_path, people=PEOPLE) as made:
        yield made


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_everybody_may_exactly_what_role_and_audience_say(house: Scene, name: str) -> None:
    role, partner, limit = PEOPLE[name]
    may = ROLE_PERMISSIONS[role] & (LIMITED_PERMISSIONS if partner or limit else set(Permission))
    browser = house.signed_in(name)
    for permission in Permission:
        expected = 200 if permission in may else 403
        assert browser.get(f"/get/{permission.value}").status_code == expected
        assert browser.post(f"/post/{permission.value}").status_code == expected
    told = browser.get("/api/v1/me").json()
    assert told["permissions"] == sorted(p.value for p in may)
    assert (told["name"], told["role"]) == (name, role.value)
    assert told["audience"] == {"partner": partner or None, "limit": limit or None}


def test_nobody_comes_in_without_a_secret(house: Scene) -> None:
    browser = house.browser()
    for permission in Permission:
        for answer in (
            browser.get(f"/get/{permission.value}"),
            browser.post(f"/post/{permission.value}"),
        ):
            assert answer.status_code == 401
            assert set(answer.json()) == {"problem", "where", "expected", "do"}
    assert browser.get("/api/v1/session").json() == {"signed_in": False, "ways": ["password"]}


def test_on_loopback_without_accounts_there_is_one_local_administrator(tmp_path: Path) -> None:
    with scene(tmp_path, is_local=True) as made:
        browser = made.browser()
        told = browser.get("/api/v1/me").json()
        assert (told["name"], told["role"], told["is_local"]) == ("local", "administrator", True)
        assert browser.get("/get/administer").status_code == 200
        assert browser.post("/post/decide").status_code == 403  # could be a page of another site
        browser.headers["X-CSRF-Token"] = told["forgery_token"]
        assert browser.post("/post/decide").status_code == 200


def test_the_first_account_ends_the_time_of_the_local_administrator(tmp_path: Path) -> None:
    with scene(tmp_path, is_local=True, people={"ada": (Role.ADMINISTRATOR, "", "")}) as made:
        assert made.browser().get("/get/see").status_code == 401


def test_without_accounts_nobody_comes_in_from_elsewhere(tmp_path: Path) -> None:
    with scene(tmp_path, is_local=False) as made:
        assert made.browser().get("/get/see").status_code == 401


def test_the_users_own_programs_come_in_with_the_servers_token(house: Scene) -> None:
    browser = house.browser()
    browser.headers["Authorization"] = f"Bearer {TOKEN}"
    assert browser.post("/post/administer").json()["name"] == "local"
    browser.headers["Authorization"] = f"Bearer {TOKEN}x"
    assert browser.get("/get/see").status_code == 401


def test_a_session_ends_by_itself(house: Scene) -> None:
    browser = house.signed_in("vera")
    for _ in range(6):
        house.clock.wait(minutes=119)
        assert browser.get("/get/see").status_code == 200
    browser = house.signed_in("vera")
    for _ in range(3):
        house.clock.wait(minutes=39)
        assert browser.get("/api/v1/session").json()["signed_in"]  # looking is no use
    house.clock.wait(minutes=4)
    assert browser.get("/get/see").status_code == 401
    busy = house.signed_in("vera")
    for _ in range(13):
        house.clock.wait(minutes=55)
        last = busy.get("/get/see").status_code
    assert last == 200
    house.clock.wait(minutes=10)
    assert busy.get("/get/see").status_code == 401


def test_signing_out_ends_the_session_on_the_server(house: Scene) -> None:
    browser = house.signed_in("vera")
    kept = dict(browser.cookies)
    assert browser.delete("/api/v1/session").status_code == 204
    thief = house.browser()
    thief.cookies.update(kept)
    assert thief.get("/get/see").status_code == 401


def test_a_change_of_role_or_removal_ends_sessions_and_keys(house: Scene) -> None:
    file, now = house.entrance.file, house.clock.now
    browser = house.signed_in("ann")
    _, secret = add_key(file, "ann", None, None, timedelta(days=1), now)
    program = house.browser()
    program.headers["Authorization"] = f"Bearer {secret}"
    assert program.get("/get/compose").status_code == 200
    set_role(file, "ann", Role.VIEWER, HOME)
    assert browser.get("/get/see").status_code == 401
    assert program.get("/get/see").status_code == 401
    again = house.signed_in("ann")
    assert again.get("/get/compose").status_code == 403
    remove_account(file, "ann")
    assert again.get("/get/see").status_code == 401


def test_keys_have_role_audience_and_an_end(house: Scene) -> None:
    file, now = house.entrance.file, house.clock.now
    usa = audience_of("USA", "TLP:GREEN")
    key, secret = add_key(file, "feed", Role.VIEWER, usa, timedelta(days=2), now)
    program = house.browser()
    program.headers["Authorization"] = f"Bearer {secret}"
    told = program.get("/get/see").json()
    assert told["name"] == "feed"
    assert program.post("/post/see").json()["audience"] == "USA up to TLP:GREEN"
    assert program.get("/get/see-records").status_code == 403
    house.clock.wait(days=2)
    assert program.get("/get/see").status_code == 401
    key, secret = add_key(file, "feed", Role.VIEWER, usa, timedelta(days=2), house.clock.now)
    program.headers["Authorization"] = f"Bearer {secret}"
    assert program.get("/get/see").status_code == 200
    remove_key(file, key.key_id)
    assert program.get("/get/see").status_code == 401


def test_a_wrong_key_is_not_passed_over_for_a_session(house: Scene) -> None:
    browser = house.signed_in("ada")
    browser.headers["Authorization"] = "Bearer wrong"
    assert browser.get("/get/see").status_code == 401
    browser.headers["Authorization"] = "Basic YWRhOmFkYQ=="
    assert browser.get("/get/see").status_code == 401


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_change_without_the_token_against_forgery_is_refused(
    house: Scene, token: str | None
) -> None:
    browser = house.signed_in("ada")
    del browser.headers["X-CSRF-Token"]
    headers = {} if token is None else {"X-CSRF-Token": token}
    assert browser.post("/post/decide", headers=headers).status_code == 403
    assert browser.delete("/api/v1/session", headers=headers).status_code == 403
    assert browser.get("/get/see").status_code == 200


def test_the_token_of_another_session_does_not_serve(house: Scene) -> None:
    one, other = house.signed_in("ada"), house.signed_in("dan")
    one.headers["X-CSRF-Token"] = other.headers["X-CSRF-Token"]
    assert one.post("/post/decide").status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "localhost.evil.example:80"}, 421),
        ({"Host": ""}, 421),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "WATCH.example.org"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_other_names_and_foreign_pages_are_refused(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    with scene(tmp_path, is_local=True) as made:
        assert made.browser().get("/get/see", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_changes_of_foreign_pages_are_refused_even_with_every_secret(
    house: Scene, headers: dict[str, str], status: int
) -> None:
    assert house.signed_in("ada").post("/post/decide", headers=headers).status_code == status


def test_passwords_cannot_be_guessed_in_numbers(tmp_path: Path) -> None:
    people = {"ada": PEOPLE["ada"], "ann": PEOPLE["ann"]}
    with scene(tmp_path, people=people, access=AccessSettings(sign_in_attempts=2)) as made:
        browser = made.browser()
        wrong = {"name": "ada", "password": "wrong"}
        right = {"name": "ada", "password": PASSWORD}
        told = [browser.post("/api/v1/session", json=wrong).status_code for _ in range(3)]
        assert told == [401, 401, 429]
        locked = browser.post("/api/v1/session", json=right)
        assert locked.status_code == 429
        assert int(locked.headers["Retry-After"]) == 900
        # Others are not locked out with them, neither other accounts nor other addresses.
        other = made.browser(address="192.0.2.2")
        assert other.post("/api/v1/session", json=right).status_code == 200
        right["name"] = "ann"
        assert browser.post("/api/v1/session", json=right).status_code == 200


def test_who_is_not_known_and_who_is_wrong_are_told_the_same(house: Scene) -> None:
    browser = house.browser()
    wrong = browser.post("/api/v1/session", json={"name": "ada", "password": "wrong"})
    unknown = browser.post("/api/v1/session", json={"name": "nemo", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content


def test_nobody_asks_more_often_than_the_settings_say(tmp_path: Path) -> None:
    limits = AccessSettings(requests_per_minute=5, costly_requests_per_minute=2)
    with scene(tmp_path, people=PEOPLE, access=limits) as made:
        browser = made.signed_in("vera")
        assert [browser.get("/get/see").status_code for _ in range(6)] == [200] * 5 + [429]
        assert [browser.get("/get/ask").status_code for _ in range(3)] == [200, 200, 429]
        assert made.signed_in("ann").get("/get/see").status_code == 200


def test_headers_keep_foreign_content_out(house: Scene) -> None:
    for answer in (
        house.browser().get("/get/see"),
        house.browser().get("/nowhere"),
        house.browser().get("/get/see", headers={"Host": "evil.example"}),
        house.signed_in("ada").get("/get/see"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] in ("private, no-cache", "no-store")
        assert "Strict-Transport-Security" not in answer.headers


def raises() -> None:
    raise RuntimeError("CANARYSECRET")


def too_much() -> None:
    raise RefusedError(413, Problem("too much"))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/raises", 500),
        ("POST", "/too-much", 413),
        ("GET", "/nowhere", 404),
        ("PUT", "/get/see", 405),
        ("GET", "/get/see", 401),
        ("POST", "/api/v1/session", 422),
        ("GET", "/get/see", 421),
        ("GET", "/api/v1/session/oidc", 404),
        ("GET", "/api/v1/session/oidc/callback", 404),
    ],
)
def test_every_answer_bears_the_headers_whatever_went_wrong(
    house: Scene, method: str, path: str, status: int
) -> None:
    house.app.get("/raises")(raises)
    house.app.post("/too-much")(too_much)
    whole = house.browser().get("/api/v1/session")
    browser = TestClient(house.app, base_url=ADDRESS, raise_server_exceptions=False)
    host = {"Host": "evil.example"} if status == 421 else {}
    answer = browser.request(method, path, headers=host)
    assert answer.status_code == status
    guarded = {name for name in whole.headers if "policy" in name or name.startswith("x-")}
    assert guarded >= {"content-security-policy", "x-content-type-options", "x-frame-options"}
    assert {n: answer.headers.get(n) for n in guarded} == {n: whole.headers[n] for n in guarded}
    assert answer.headers["Cache-Control"] in ("private, no-cache", "no-store")
    assert "CANARYSECRET" not in answer.text


def test_a_failure_is_raised_for_the_log_all_the_same(house: Scene) -> None:
    house.app.get("/raises")(raises)
    with pytest.raises(RuntimeError, match="CANARYSECRET"):
        house.browser().get("/raises")


def test_problems_are_told_inside_of_everything_else(house: Scene) -> None:
    with pytest.raises(ValueError, match="call this first"):
        tell_problems(house.app)


def test_cookies_are_for_this_server_and_no_script(tmp_path: Path) -> None:
    for is_secure, name in ((False, "hoshimori"), (True, "__Host-hoshimori")):
        folder = tmp_path / name
        with scene(folder, people={"ada": PEOPLE["ada"]}, is_secure=is_secure) as made:
            asked = {"name": "ada", "password": PASSWORD}
            told = made.browser().post("/api/v1/session", json=asked)
            cookie = told.headers["Set-Cookie"].lower()
            assert cookie.startswith(f"{name}=".lower())
            assert "httponly" in cookie
            assert "samesite=strict" in cookie
            assert ("secure" in cookie) == is_secure
            assert ("Strict-Transport-Security" in told.headers) == is_secure


def test_the_audit_tells_changes_downloads_and_refusals(house: Scene) -> None:
    vera, dan = house.signed_in("vera"), house.signed_in("dan")
    vera.get("/get/see")
    vera.get("/get/download?about=board&secret=stray")
    vera.post("/post/decide")
    dan.post("/post/decide")
    dan.delete("/api/v1/session")
    house.browser().post("/post/decide")
    house.browser().get("/get/see")
    signed_in = ("signed-in", "POST /api/v1/session")
    assert house.audit() == [
        (signed_in[0], "vera", signed_in[1], ""),
        (signed_in[0], "dan", signed_in[1], ""),
        ("asked", "vera", "GET /get/download?about=board", ""),
        ("refused", "vera", "POST /post/decide", "may not decide"),
        ("asked", "dan", "POST /post/decide", ""),
        ("signed-out", "dan", "DELETE /api/v1/session", ""),
        ("refused", "nobody", "POST /post/decide", "not signed in"),
    ]


def test_no_secret_is_in_any_file(house: Scene) -> None:
    file, now = house.entrance.file, house.clock.now
    _, key = add_key(file, "ada", None, None, timedelta(days=1), now)
    browser = house.signed_in("ada")
    secrets = [PASSWORD, key, TOKEN, *browser.cookies.values(), browser.headers["X-CSRF-Token"]]
    browser.post("/api/v1/session", json={"name": "typed-as-name", "password": "typed-password"})
    browser.post("/api/v1/session", json={"name": "ada", "password": "typed-password"})
    for secret in secrets:
        browser.get(f"/get/download?token={secret}", headers={"Authorization": f"Bearer {secret}"})
        browser.post("/post/decide", headers={"X-CSRF-Token": secret})
    written = b"".join(path.read_bytes() for path in house.folder.iterdir() if path.is_file())
    assert b"wrong password of ada" in written
    for secret in (*secrets, "typed-as-name", "typed-password"):
        assert secret.encode() not in written
    assert all(path.stat().st_mode & 0o077 == 0 for path in house.folder.iterdir())


def test_unknown_callers_cannot_flood_the_audit(house: Scene) -> None:
    browser = house.browser()
    for _ in range(70):
        assert browser.post("/post/decide").status_code == 401
    assert len(house.audit()) == 60


def test_an_undeclared_route_is_found() -> None:
    app = FastAPI(openapi_url=None)
    app.get("/asks", dependencies=[Depends(needs(Permission.SEE))])(lambda: 1)
    app.get("/open", dependencies=[Depends(open_to_all)])(lambda: 1)
    app.get("/forgot")(lambda: 1)
    assert list(permissions_of_routes(app)) == [
        ("/asks", Permission.SEE, True),
        ("/open", None, True),
        ("/forgot", None, False),
    ]


def test_what_is_not_http_is_closed(house: Scene) -> None:
    with pytest.raises(WebSocketDisconnect), house.browser().websocket_connect("/get/see"):
        pass


def test_the_problem_is_told_in_the_common_shape(house: Scene) -> None:
    told = TestClient(house.app, base_url="http://evil.example").get("/get/see")
    assert set(json.loads(told.content)) == {"problem", "where", "expected", "do"}
    assert ADDRESS not in told.text


def test_live_updates_end_with_the_session() -> None:
    may, arrived, log, listeners = [True], asyncio.Event(), EventLog(1), Listeners()
    subscription = log.subscribe(HOME, None, at_utc=NOON, notify=arrived.set)

    async def listened() -> list[str | None]:
        listeners.add(subscription)
        told = _told(lambda: may[0], listeners, subscription, arrived)
        heard: list[str | None] = [await anext(told)]
        for subject in ("before", "after"):
            may[0] = subject == "before"
            waiting = asyncio.ensure_future(anext(told, None))
            await asyncio.sleep(0)
            log.publish(EventKind.BOARD, at_utc=NOON, subject=subject)
            heard.append(await waiting)
        return heard

    retry, before, after = asyncio.run(listened())
    assert retry is not None
    assert before is not None
    assert "before" in before
    assert after is None
    assert subscription.is_closed
