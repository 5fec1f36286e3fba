"""No line of the log holds a secret, whatever it stands in and however it is written."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.log_lines import WITHHELD, log_line, without_secrets
from hoshimori.model.happenings import Happening

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
TOKEN = st.binary(min_size=32, max_size=32).map(
    lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")
)
"""As the server makes keys, sessions and its own token."""
PASSWORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=12, max_size=24
)
WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
AROUND = st.lists(WORD, max_size=4).map(" ".join)
LOOKS_LIKE_ONE: tuple[Callable[[str], str], ...] = (
    lambda token: f"Authorization: Bearer {token}",
    lambda token: f"{{'authorization': 'Basic {token}'}}",
    lambda token: f"Cookie: __Host-hoshimori={token}; theme=dark",
    lambda token: f"set-cookie: hoshimori={token}; HttpOnly",
    lambda token: f"X-CSRF-Token: {token}",
    lambda token: f"https://sato:{token}@watch.example.org/api/v1/board",
    lambda token: f"smtp://{token}@mail.example.org:587",
    lambda token: f"GET /callback?state={token}&code={token}",
    lambda token: f'{{"password": "{token}", "forgery_token":"{token}"}}',
    lambda token: f"HOSHIMORI_KEY=hoshimori_{token}",
    lambda token: f"hoshimori_{token} is not known",
    lambda token: f"-----BEGIN PRIVATE KEY-----\n{token}\n-----END PRIVATE KEY-----",
    lambda token: f"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{token}",
    lambda token: f"eyJhbGciOiJFUzI1NiJ9.{token}.{token}",
    lambda token: f"no such key {token}",
)


def line(problem: str, secrets: tuple[str, ...] = (), **details: str) -> str:
    part = Happening("detector", problem, NOON, NOON, problem=problem, details=details)
    whole = Happening(
        "job", problem, NOON, NOON + timedelta(seconds=2), problem, problem, details, (part,)
    )
    return log_line(whole, secrets)


@given(token=TOKEN, before=AROUND, after=AROUND, form=st.sampled_from(LOOKS_LIKE_ONE))
def test_what_looks_like_a_secret_stands_in_no_line(
    token: str, before: str, after: str, form: Callable[[str], str]
) -> None:
    text = f"{before} {form(token)} {after}"
    told = line(text, note=text)
    assert token not in told
    assert WITHHELD in told


@given(password=PASSWORD, before=AROUND, after=AROUND)
def test_a_known_secret_stands_in_no_line_in_any_writing(
    password: str, before: str, after: str
) -> None:
    writings = (password, quote(password), quote(password, safe=""), repr(password)[1:-1])
    text = f"{before}{' '.join(writings)}{after}"
    told = line(text, (password,), note=text)
    values = json.loads(told)
    for writing in (*writings, json.dumps(password)[1:-1]):
        assert writing not in told
        assert all(writing not in str(value) for value in values.values())


@given(password=PASSWORD.filter(lambda text: not set(text) & set("@/?#\"'<>")))
def test_passwords_in_addresses_stand_in_no_line(password: str) -> None:
    assert password not in line(f"tried wss://sato:{password}@watch.example.org/live twice")


@pytest.mark.parametrize(
    "text",
    [
        "the store is busy: pid 4711",
        "GET https://celestrak.org/NORAD/elements/gp.php?GROUP=active&FORMAT=csv gave 403",
        "board INC-f5d66b913a of 2026-11-27T12:00:00Z: 3 findings, see line 12:field",
        f"manifest {'ab' * 32} is not as it was written",
        "/api/v1/incidents/{incident_id}/assessment",
        "状態：記憶装置がいっぱいです",
    ],
)
def test_plain_words_stay(text: str) -> None:
    assert without_secrets(text) == text


def test_a_line_is_one_object_with_moment_level_and_parts() -> None:
    told = line("it failed\nbadly", subject="celestrak")
    assert "\n" not in told
    assert json.loads(told) == {
        "at": "2026-11-27T12:00:02.000Z",
        "level": "error",
        "what": "job",
        "about": "it failed\nbadly",
        "outcome": "it failed\nbadly",
        "seconds": 2.0,
        "problem": "it failed\nbadly",
        "subject": "celestrak",
        "parts": [
            {
                "about": "it failed\nbadly",
                "seconds": 0.0,
                "problem": "it failed\nbadly",
                "subject": "celestrak",
            }
        ],
    }
