"""The nodes of partners, asked over HTTPS: who answers is proved by the certificate of its card."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2

import hoshimori
from hoshimori.errors import ReleaseError, SourceError

CHALLENGE = "/share/v1/challenge"
BUNDLE = "/share/v1/bundle"
REFUSED = 422
"""The status of an answer that says why a bundle was not taken."""
_LONGEST_TEXT = 600


@dataclass(frozen=True, slots=True)
class NodeLine:
    """How the node of a partner is reached, and how we show who we are."""

    partner: str
    address: str
    certificate_pem: str
    """The partner's own: nothing else is trusted there."""
    own_certificate: Path
    own_key: Path
    most_bytes: int
    """Of an answer."""
    timeout_s: float = 30.0
    """The longest silence."""
    deadline_s: float = 300.0
    """The longest answer."""


class PartnerNode:
    """The node of one partner; use it in a `with` statement.

    Methods raise SourceError where it cannot be reached, ReleaseError where it refuses.
    """

    def __init__(self, line: NodeLine) -> None:
        """Prepare the line; nothing is sent yet.

        Raises:
            SourceError: the partner has no address, or a certificate cannot be read.
        """
        if not line.address:
            raise SourceError(
                f"{line.partner} has no node that is reached over the network: "
                "use `hoshimori share bundle`"
            )
        self._line = line
        self._http = httpx2.Client(
            base_url=line.address,
            verify=_pinned(line),
            timeout=line.timeout_s,
            follow_redirects=False,
            trust_env=False,
            headers={
                "User-Agent": f"hoshimori/{hoshimori.__version__}",
                "Accept-Encoding": "identity",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def challenge(self) -> str:
        """Return a text that is good for one exchange."""
        text = self._asked(self._http.build_request("GET", CHALLENGE)).decode("ascii", "replace")
        if not text.isalnum() or len(text) > 128:
            raise SourceError(f"{self._line.partner} gave something else than a challenge")
        return text

    def exchange(self, bundle: bytes) -> bytes:
        """Send a bundle and return the one that answers it."""
        headers = {"Content-Type": "application/octet-stream"}
        return self._asked(
            self._http.build_request("POST", BUNDLE, content=bundle, headers=headers)
        )

    def _asked(self, request: httpx2.Request) -> bytes:
        partner, give_up_at = self._line.partner, time.monotonic() + self._line.deadline_s
        try:
            response = self._http.send(request, stream=True)
            try:
                data = self._read(response, give_up_at)
            finally:
                response.close()
        except httpx2.HTTPError as error:
            raise SourceError(
                f"{partner} cannot be reached at {self._line.address} ({_one_line(str(error))}): "
                "try again later, or use `hoshimori share bundle`"
            ) from None
        if response.status_code == REFUSED:
            raise ReleaseError(
                f"{partner} did not take it: {_one_line(data.decode('utf-8', 'replace'))}"
            )
        if response.status_code != 200:
            raise SourceError(f"{partner} answered {response.status_code}: try again later")
        return data

    def _read(self, response: httpx2.Response, give_up_at: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > self._line.most_bytes:
                raise SourceError(
                    f"{self._line.partner} sent more than {self._line.most_bytes:,} bytes"
                )
            if time.monotonic() > give_up_at:
                raise SourceError(f"{self._line.partner} did not finish its answer in time")
        return b"".join(parts)


def _pinned(line: NodeLine) -> ssl.SSLContext:
    """Return a context that trusts one certificate: the name in it does not matter then."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    try:
        context.load_verify_locations(cadata=line.certificate_pem)
        context.load_cert_chain(line.own_certificate, line.own_key)
    except (OSError, ssl.SSLError) as error:
        raise SourceError(f"the certificates for {line.partner} cannot be read: {error}") from None
    return context


def _one_line(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text[:_LONGEST_TEXT])
    return " ".join(printable.split())
