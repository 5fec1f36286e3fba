"""Which server of an organisation is used, and where its key comes from."""

from __future__ import annotations

import keyring
import keyring.backend
import keyring.errors
import pytest

from hoshimori.errors import SettingsError
from hoshimori.settings import settings_from
from hoshimori.workflows.server_key import find_key, named_server

SERVER = "https://watch.example.org"


class MadeKeyring(keyring.backend.KeyringBackend):
    """A keyring that holds one key."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        return "kept-key" if (service, username) == ("hoshimori-server", SERVER) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError

    def delete_password(self, service: str, username: str) -> None:
        raise keyring.errors.PasswordDeleteError


@pytest.fixture(autouse=True)
def _made_keyring() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MadeKeyring())
    yield
    keyring.set_keyring(before)


def test_the_environment_names_the_server_before_the_settings() -> None:
    tree = settings_from({"store": {"server": SERVER}}, origin="test")
    assert named_server(tree, {}) == SERVER
    assert named_server(tree, {"HOSHIMORI_SERVER": "https://other"}) == "https://other"
    assert named_server(settings_from({}, origin="test"), {}) == ""


def test_the_key_comes_from_the_environment_else_from_the_keyring() -> None:
    assert find_key(SERVER, {"HOSHIMORI_KEY": "own-key"}) == "own-key"
    assert find_key(SERVER, {}) == "kept-key"


def test_without_a_key_it_is_said_how_to_give_one() -> None:
    with pytest.raises(SettingsError, match="keyring set hoshimori-server https://other"):
        find_key("https://other", {})
