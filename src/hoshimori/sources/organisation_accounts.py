"""The organisation's own accounts as a source: what their server publishes, and codes for tokens.

Source: OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749, section 4.1; RFC 7636 (PKCE).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from hoshimori.errors import SourceError

_MOST_BYTES = 1024 * 1024
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True)
class Published:
    """What a server of accounts says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class OrganisationAccounts:
    """Asks one server of accounts; only https is spoken but on this machine itself."""

    def __init__(
        self, issuer: str, *, transport: httpx2.BaseTransport | None = None, timeout_s: float = 10.0
    ) -> None:
        self._issuer = issuer
        self._http = httpx2.Client(
            transport=transport, timeout=timeout_s, follow_redirects=False, trust_env=False
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def published(self) -> Published:
        """Return what the server says of itself.

        Raises:
            SourceError: it cannot be reached, or speaks for another issuer.
        """
        place = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
        told = self._json("GET", place)
        try:
            published = Published(**{name: str(told[name]) for name in Published.__slots__})
        except KeyError as error:
            raise SourceError(f"{place}: does not say {error}") from None
        if published.issuer != self._issuer:
            raise SourceError(f"{place}: speaks for {published.issuer}, not {self._issuer}")
        return published

    def keys(self, published: Published) -> dict[str, Any]:
        """Return the keys that sign tokens, as a JSON Web Key Set.

        Raises:
            SourceError: the server cannot be reached.
        """
        return self._json("GET", published.jwks_uri)

    def identity_token(
        self, published: Published, asked: Mapping[str, str], client: tuple[str, str]
    ) -> str:
        """Return the identity token that the server gives for a code.

        Raises:
            SourceError: the server cannot be reached, or refuses the code.
        """
        told = self._json("POST", published.token_endpoint, data=dict(asked), auth=client)
        token = told.get("id_token")
        if not isinstance(token, str):
            raise SourceError(f"{published.token_endpoint}: gave no identity token")
        return token

    def _json(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        place = httpx2.URL(url)
        if place.scheme != "https" and place.host not in _LOOPBACK:
            raise SourceError(f"{url}: only https is spoken over the network")
        try:
            answer = self._http.request(method, url, **more)
        except httpx2.HTTPError as error:
            raise SourceError(f"{url}: {type(error).__name__}") from None
        if answer.status_code != 200 or len(answer.content) > _MOST_BYTES:
            # What it sent may hold what was sent to it: it is not repeated.
            raise SourceError(f"{url}: answered {answer.status_code}")
        try:
            told = json.loads(answer.content)
        except ValueError:
            raise SourceError(f"{url}: answered no JSON") from None
        if not isinstance(told, dict):
            raise SourceError(f"{url}: answered no JSON object")
        return told
