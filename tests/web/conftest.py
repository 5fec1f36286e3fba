"""Passwords cost time on purpose; tests of everything else need not pay it."""

from __future__ import annotations

import pytest

from hoshimori.workflows import access, passwords


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_COST", 16)
    cheap = access._NO_PASSWORD.replace("32768", "16")
    monkeypatch.setattr(access, "_NO_PASSWORD", cheap)
