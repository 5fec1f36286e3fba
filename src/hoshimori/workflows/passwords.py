"""Secrets: passwords as slow digests, tokens as random bits of which only a digest is kept.

Source: scrypt, RFC 7914; its cost as OWASP's Password Storage Cheat Sheet (2025) recommends.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

from hoshimori.errors import SettingsError

_COST, _BLOCK, _LANES = 2**15, 8, 3
_MEMORY = 64 * 1024 * 1024
_SALT_BYTES = 16
LEAST_LENGTH, MOST_LENGTH = 12, 256
"""Of a password, in characters; longer than `MOST_LENGTH` would only cost time."""

_COMMON = frozenset({"passwordpassword", "password1234", "123456789012", "hoshimori1234"})


def password_digest(password: str) -> str:
    """Return what is kept of a password: ``scrypt$n$r$p$salt$digest``.

    Raises:
        SettingsError: the password is too short, too long or among those that all try first.
    """
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise SettingsError(f"a password has {LEAST_LENGTH} to {MOST_LENGTH} characters")
    if password.lower() in _COMMON or len(set(password)) < 5:
        raise SettingsError("this password is among the first that are tried; choose another")
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _scrypt(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt.hex()}${digest.hex()}"


def is_password(password: str, kept: str) -> bool:
    """Tell whether this is the password of which `kept` is kept; the time does not tell."""
    _, cost, block, lanes, salt, digest = kept.split("$")
    if len(password) > MOST_LENGTH:
        return False
    tried = _scrypt(password, bytes.fromhex(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(tried, bytes.fromhex(digest))


def new_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of a token; all that is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def forgery_token(token: str) -> str:
    """Return what a page of ours sends beside its cookie; pages of others cannot know it."""
    return hmac.new(token.encode(), b"not forged", hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Tell whether two secrets are the same; the time does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    # The same characters, however a keyboard composes them.
    composed = unicodedata.normalize("NFKC", password)
    return hashlib.scrypt(
        composed.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=32
    )
