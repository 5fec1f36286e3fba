"""The organisation's server that a laptop uses in place of a store of its own, and its key."""

from __future__ import annotations

import os
from collections.abc import Mapping

import keyring
import keyring.errors

from hoshimori.errors import SettingsError
from hoshimori.settings import Settings

KEYRING_SERVICE = "hoshimori-server"
"""Under this name a keyring holds the key, by the address of its server."""


def named_server(settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """Return the address that the environment names, else the settings; empty where none."""
    return environment.get("HOSHIMORI_SERVER", "") or settings.store.server


def find_key(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the API key for a server from the environment, else from the system's keyring.

    Raises:
        SettingsError: there is none; says how to give one.
    """
    if key := environment.get("HOSHIMORI_KEY", ""):
        return key
    try:
        kept = keyring.get_password(KEYRING_SERVICE, address)
    except keyring.errors.KeyringError:
        kept = None
    if kept:
        return kept
    raise SettingsError(
        f"the server at {address} needs a key: set HOSHIMORI_KEY, or store it with "
        f"`keyring set {KEYRING_SERVICE} {address}`"
    )
