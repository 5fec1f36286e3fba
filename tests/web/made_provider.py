"""A small server of accounts on loopback, as an organisation would run one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "hoshimori", "client-secret-canary"


@dataclass
class Provider:
    """What it says, which tests change."""

    issuer: str = ""
    now: int = 0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    claims: dict[str, Any] = field(default_factory=dict)
    """What differs from a good token; None: left out."""
    algorithm: str = "RS256"
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    refuses_codes: bool = False

    def authorize(self, query: dict[str, str]) -> str:
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form: dict[str, str], authorization: str) -> str | None:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        began = self.asked.pop(form.get("code", ""), None)
        if began is None or authorization != f"Basic {expected}" or self.refuses_codes:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = _packed(digest)
        if challenge != began["code_challenge"] or form["redirect_uri"] != began["redirect_uri"]:
            return None
        good = {
            "iss": self.issuer, "sub": "person-1", "aud": CLIENT, "exp": self.now + 300,
            "iat": self.now, "nonce": began["nonce"], "email": "kim@example.org",
            "email_verified": True,
        }  # fmt: skip
        claims = {k: v for k, v in (good | self.claims).items() if v is not None}
        return self.signed(claims)

    def signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm in ("none", "HS256"):
            signed = ".".join(_packed(json.dumps(part).encode()) for part in (header, claims))
            # The public key taken for a shared secret: what a careless reader would accept.
            public = self.key.as_pem(private=False)
            made = hmac.digest(public, signed.encode(), "sha256")
            return f"{signed}.{_packed(made) if self.algorithm == 'HS256' else ''}"
        return jwt.encode(header, claims, self.key)

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def made_provider(now: int) -> Iterator[Provider]:
    provider = Provider(now=now)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            if place.path == "/.well-known/openid-configuration":
                base = provider.issuer
                self._json({
                    "issuer": base, "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token", "jwks_uri": f"{base}/keys",
                })  # fmt: skip
            elif place.path == "/keys":
                self._json(provider.keys())
            elif place.path == "/authorize":
                query = {k: v[0] for k, v in parse_qs(place.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            token = provider.token(form, self.headers.get("Authorization", ""))
            if token is None:
                self._json({"error": "invalid_grant"}, status=400)
            else:
                self._json({"access_token": "unused", "token_type": "Bearer", "id_token": token})

        def _json(self, told: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
