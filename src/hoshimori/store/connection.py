"""One connection to a server that keeps facts; what goes wrong is told as a StoreError."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import os
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import httpx2

import hoshimori
from hoshimori.errors import StoreError

_T = TypeVar("_T")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_MOST_BYTES = 1024 * 1024 * 1024
_CONNECT_S = 5.0
_COPY_S = 1800.0
"""A server may copy large files for so long before it sends the first byte."""
_WAITS_S = (0.2, 1.0)
"""Before the second and the third time that a question is asked."""

Chunks = Iterable[bytes]


@dataclass(frozen=True, slots=True)
class ServerLine:
    """How a server is reached."""

    address: str
    key: str = field(repr=False)
    """An API key, or the token of `run.json`."""
    certificate: str = ""
    """File of the certificate that is trusted; empty: the system's authorities."""
    connect_s: float = 5.0
    silence_s: float = 120.0
    """The longest wait for the server to say more; a large append takes it a while."""


class _AskAgainError(Exception):
    """The connection broke; a question may be asked once more."""


class Connection:
    """Asks a server. Every method raises StoreError where it refuses or does not answer."""

    def __init__(self, line: ServerLine) -> None:
        url = _url(line.address)
        is_here = url.host in _LOOPBACK
        if url.scheme not in {"http", "https"} or (url.scheme == "http" and not is_here):
            raise StoreError(f"{line.address}: a server on another machine is spoken to by https")
        self.address = str(url).rstrip("/")
        self._silence_s = line.silence_s
        self._http = httpx2.Client(
            base_url=self.address,
            headers={
                "Authorization": f"Bearer {line.key}",
                "User-Agent": f"hoshimori/{hoshimori.__version__}",
            },
            timeout=httpx2.Timeout(line.silence_s, connect=line.connect_s),
            verify=_trust(line.certificate),
            trust_env=not is_here,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def greet(self, path: str, within_s: float) -> Any:
        """Return the JSON that a server answers with; None where none does within a time."""
        try:
            answer = self._http.get(path, timeout=within_s)
        except httpx2.TransportError as error:
            if "CERTIFICATE" not in str(error):
                return None
            raise StoreError(
                f"{self.address} shows a certificate that is not trusted ({error}); name its "
                "file in the settings: [store] server_certificate"
            ) from None
        if answer.status_code not in (200, 404):
            raise self._refusal(answer)
        with contextlib.suppress(ValueError):
            return json.loads(answer.content)
        return None

    def ask(self, path: str, asked: Mapping[str, str] | None = None) -> Any:
        """Return the JSON that the server answers with."""
        return self.read(path, asked or {}, lambda body: json.loads(body.read()))

    def read(
        self, path: str, asked: Mapping[str, str], reader: Callable[[io.BufferedReader], _T]
    ) -> _T:
        """Return what `reader` makes of the server's answer; asked again where the line breaks."""
        for wait_s in _WAITS_S:
            with contextlib.suppress(_AskAgainError):
                return self._read(path, asked, reader)
            time.sleep(wait_s)
        try:
            return self._read(path, asked, reader)
        except _AskAgainError as broken:
            raise StoreError(f"the server at {self.address} {broken}") from None

    def _read(
        self, path: str, asked: Mapping[str, str], reader: Callable[[io.BufferedReader], _T]
    ) -> _T:
        with self._answer("GET", path, asked) as body:
            found = reader(body)
            body.read()
            return found

    def download(self, path: str, target: Path) -> None:
        """Write what the server answers with into a new file that its owner alone can read.

        Raises:
            StoreError: the server refuses, or what arrived is not what was sent (its digest).
        """
        digest = hashlib.sha256()
        with self._explained_once(), self._http.stream(
            "GET", path, timeout=httpx2.Timeout(_COPY_S, connect=_CONNECT_S)
        ) as response:  # fmt: skip
            if response.status_code != 200:
                raise self._refusal(response)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                for part in response.iter_raw():
                    digest.update(part)
                    file.write(part)
        stated = response.headers.get("Repr-Digest", "")
        if stated != f"sha-256=:{base64.b64encode(digest.digest()).decode()}:":
            raise StoreError(f"what the server at {self.address} sent did not arrive whole")

    @contextlib.contextmanager
    def _explained_once(self) -> Iterator[None]:
        try:
            with self._explained():
                yield
        except _AskAgainError as broken:
            raise StoreError(f"the server at {self.address} {broken}; ask again") from None

    def send(self, path: str, asked: Mapping[str, str], content: Chunks) -> Any:
        """Send what is to be kept, once, and return the JSON that the server answers with."""
        try:
            with self._answer("POST", path, asked, content) as body:
                return json.loads(body.read())
        except _AskAgainError as broken:
            raise StoreError(
                f"the server at {self.address} {broken}; whether it kept what was sent is not "
                "known: send it again, as nothing is kept twice"
            ) from None

    def tell(self, path: str, stated: Mapping[str, Any]) -> Any:
        """Send what somebody states (JSON), once, and return what the server answers with."""
        content, kind = json.dumps(stated).encode(), {"Content-Type": "application/json"}
        try:
            with self._answer("POST", path, {}, [content], kind) as body:
                return json.loads(body.read())
        except _AskAgainError as broken:
            raise StoreError(
                f"the server at {self.address} {broken}; whether it kept what was sent is not "
                "known: look before you send it again"
            ) from None

    @contextlib.contextmanager
    def _answer(
        self,
        method: str,
        path: str,
        asked: Mapping[str, str],
        content: Chunks | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Iterator[io.BufferedReader]:
        with self._explained():
            request = self._http.build_request(
                method, path, params=dict(asked), content=content, headers=dict(headers)
            )
            response = self._http.send(request, stream=True)
            try:
                if response.status_code not in (200, 201):
                    raise self._refusal(response)
                yield io.BufferedReader(_Body(response.iter_bytes()))
            finally:
                response.close()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what goes wrong on the line into words; causes hold the key and are not chained."""
        try:
            yield
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise StoreError(f"no server answers at {self.address} ({error})") from None
        except httpx2.TimeoutException:
            raise StoreError(
                f"the server at {self.address} said nothing for {self._silence_s:g} s"
            ) from None
        except httpx2.HTTPError as error:
            raise _AskAgainError(f"broke off ({error})") from None

    def _refusal(self, response: httpx2.Response) -> StoreError:
        said = response.content if response.is_closed else _Body(response.iter_bytes()).read(65_536)
        problem = ""
        with contextlib.suppress(ValueError, AttributeError):
            stated = json.loads(said)
            parts = (stated.get(name) for name in ("where", "problem", "detail", "do"))
            problem = ": ".join(" ".join(str(part).split())[:300] for part in parts if part)
        problem = problem or f"{response.status_code} {response.reason_phrase}".rstrip()
        return StoreError(f"the server at {self.address} refused: {problem}")


class _Body(io.RawIOBase):
    """What a server answers, read as a file."""

    def __init__(self, parts: Iterator[bytes], most_bytes: int = _MOST_BYTES) -> None:
        self._parts = parts
        self._rest = b""
        self._left = most_bytes

    def readable(self) -> bool:
        """Return True: it is read from."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill a buffer with what comes next and return the number of bytes; 0 at the end."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left -= len(part)
            if self._left < 0:
                raise StoreError("the server sends more than is read at once")
            self._rest = part
        number = min(len(target), len(self._rest))
        target[:number] = self._rest[:number]
        self._rest = self._rest[number:]
        return number


def _url(address: str) -> httpx2.URL:
    try:
        return httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise StoreError(f"{address}: not the address of a server ({error})") from None


def _trust(certificate: str) -> ssl.SSLContext | bool:
    if not certificate:
        return True
    try:
        return ssl.create_default_context(cafile=Path(certificate))
    except (OSError, ssl.SSLError) as error:
        raise StoreError(f"{certificate}: no certificate to trust ({error})") from None
