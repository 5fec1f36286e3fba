"""Signing in by the organisation's own accounts: code flow with PKCE, checked identity tokens.

Needs the extra ``oidc``. Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; RFC 7636.
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from hoshimori.errors import FormatError, SettingsError
from hoshimori.settings import AccessSettings
from hoshimori.sources.organisation_accounts import OrganisationAccounts, Published
from hoshimori.workflows.passwords import is_same, new_token

SECRET = "HOSHIMORI_OIDC_SECRET"
_ALGORITHMS = ("RS256", "ES256", "Ed25519", "EdDSA")
_LEEWAY_S = 60
_KEPT = timedelta(hours=1)
_ASKED_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that was begun; the browser keeps it until the organisation sends it back."""

    state: str
    nonce: str
    verifier: str

    def text(self) -> str:
        """Return it as a cookie holds it."""
        return f"{self.state}.{self.nonce}.{self.verifier}"

    @classmethod
    def read(cls, text: str) -> Pending | None:
        """Return what `text` wrote; None where it is nothing of the kind."""
        parts = text.split(".")
        return cls(*parts) if len(parts) == 3 and all(parts) else None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as the organisation says."""

    name: str
    """Of the account here."""
    subject: str
    """Issuer and lasting identity there: never given to another person."""


class OrganisationSignIn:
    """Sends browsers to the organisation's accounts and checks what comes back."""

    def __init__(self, accounts: OrganisationAccounts, limits: AccessSettings, secret: str) -> None:
        self._accounts = accounts
        self._limits = limits
        self._secret = secret
        self._lock = threading.Lock()
        self._known: tuple[datetime, Published, dict[str, Any]] | None = None

    def begin(self, callback: str, now_utc: datetime) -> tuple[str, Pending]:
        """Return where to send the browser, and what it must bring back.

        Raises:
            SourceError: the organisation's server cannot be reached.
        """
        published, _ = self._published(now_utc)
        pending = Pending(new_token(), new_token(), new_token())
        digest = hashlib.sha256(pending.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._limits.oidc_client_id,
            "redirect_uri": callback,
            "scope": "openid email profile",
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in published.authorization_endpoint else "?"
        return published.authorization_endpoint + joint + urlencode(asked), pending

    def finish(
        self, pending: Pending, *, state: str, code: str, callback: str, now_utc: datetime
    ) -> Identity:
        """Return who came back with a code.

        Raises:
            FormatError: it is another sign-in than the one begun, or the token is not genuine, not
                for this server, too old, or does not name a verified person.
            SourceError: the organisation's server cannot be reached, or refuses the code.
        """
        if not is_same(state, pending.state):
            raise FormatError("another sign-in than the one that was begun")
        published, _ = self._published(now_utc)
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "client_id": self._limits.oidc_client_id,
            "code_verifier": pending.verifier,
        }
        client = (self._limits.oidc_client_id, self._secret)
        token = self._accounts.identity_token(published, asked, client)
        return self._identity(self._claims(token, now_utc), pending.nonce)

    def _claims(self, token: str, now_utc: datetime) -> Mapping[str, Any]:
        from joserfc import jwt  # noqa: PLC0415 - an extra
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        published, keys = self._published(now_utc)
        try:
            try:
                decoded = jwt.decode(token, KeySet.import_key_set(keys), list(_ALGORITHMS))  # type: ignore[arg-type]
            except (JoseError, ValueError):
                # They may have changed their keys since.
                published, keys = self._published(now_utc, again=True)
                decoded = jwt.decode(token, KeySet.import_key_set(keys), list(_ALGORITHMS))  # type: ignore[arg-type]
            jwt.JWTClaimsRegistry(
                now=int(now_utc.timestamp()),
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": published.issuer},
                aud={"essential": True, "value": self._limits.oidc_client_id},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True},
            ).validate(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            # What a token holds is not told: only in which way it is wrong.
            raise FormatError(f"the identity token is not valid ({type(error).__name__})") from None
        return decoded.claims

    def _identity(self, claims: Mapping[str, Any], nonce: str) -> Identity:
        if not is_same(str(claims["nonce"]), nonce):
            raise FormatError("the identity token is of another sign-in")
        audiences = claims["aud"]
        several = isinstance(audiences, list) and len(audiences) > 1
        party = claims.get("azp", None if several else self._limits.oidc_client_id)
        if party != self._limits.oidc_client_id:
            raise FormatError("the identity token was made for another server")
        name, subject = claims.get(self._limits.oidc_name), claims["sub"]
        if not isinstance(name, str) or not isinstance(subject, str) or not name or not subject:
            raise FormatError(f"the identity token does not say {self._limits.oidc_name}")
        if self._limits.oidc_name == "email" and claims.get("email_verified") is not True:
            raise FormatError("the organisation has not verified this address")
        return Identity(name, f"{claims['iss']} {subject}")

    def _published(
        self, now_utc: datetime, *, again: bool = False
    ) -> tuple[Published, dict[str, Any]]:
        """Return what the server publishes, asked at most once an hour, or once a minute again."""
        with self._lock:
            known, fresh = self._known, _ASKED_AGAIN if again else _KEPT
            if known is not None and now_utc - known[0] < fresh:
                return known[1:]
            published = self._accounts.published()
            keys = self._accounts.keys(published)
            self._known = (now_utc, published, keys)
            return published, keys


def organisation_sign_in(
    limits: AccessSettings, environment: Mapping[str, str] = os.environ
) -> OrganisationSignIn | None:
    """Return the way in by the organisation's own accounts; None where the settings name none.

    Raises:
        SettingsError: a setting, the secret or the extra is missing.
    """
    if not limits.oidc_issuer:
        return None
    if not limits.oidc_client_id:
        raise SettingsError("access.oidc_issuer needs access.oidc_client_id beside it")
    secret = environment.get(SECRET, "")
    if not secret:
        raise SettingsError(f"access.oidc_issuer needs the client's secret in {SECRET}")
    try:
        import joserfc  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise SettingsError(
            "access.oidc_issuer needs the extra: pip install 'hoshimori[oidc]'"
        ) from None
    return OrganisationSignIn(OrganisationAccounts(limits.oidc_issuer), limits, secret)
