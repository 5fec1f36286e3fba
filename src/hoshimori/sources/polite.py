"""One way to ask over the network: rarely, once, and never again after a refusal."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

import hoshimori
from hoshimori.errors import SourceError
from hoshimori.sources.delivery import Delivery
from hoshimori.sources.ledger import Answer, Ledger, Limit, Pace, shown

Clock = Callable[[], datetime]

_WAIT = timedelta(hours=2)
_WAIT_FOR_A_HUMAN = timedelta(days=1)
_WAIT_FOR_A_NETWORK = timedelta(minutes=5)
_ADVICE = {
    301: "the address has moved: look for a newer Hoshimori",
    401: "the account was refused: check it in a browser",
    403: "access was refused: read the source's usage policy, or the text it sent",
    404: "nothing is there: check the name or number asked for",
    429: "too many requests came from this address: find out what else asks there",
}


def utc_now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """How a source is reached; the defaults of every source, and what tests replace."""

    base_url: str
    clock: Clock = utc_now
    transport: httpx2.BaseTransport | None = None
    timeout_s: float = 30.0
    """The longest silence."""
    deadline_s: float = 300.0
    """The longest answer."""
    max_bytes: int = 512 * 1024 * 1024
    """The largest payload, unpacked."""


class PoliteClient:
    """Asks one source, at its pace; any answer but 200 and 304 stops all asking for a while.

    The ledger in `folder` remembers stops, times and payloads over restarts and between processes.
    """

    def __init__(
        self, source: str, line: Line, folder: Path, limits: tuple[Limit, ...] = ()
    ) -> None:
        url = httpx2.URL(line.base_url)
        if url.scheme != "https" and url.host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError(f"{line.base_url}: only https is spoken over the network")
        self._source = source
        self._line = line
        self._limits = limits
        self._ledger = Ledger(folder)
        self._http = httpx2.Client(
            transport=line.transport,
            timeout=line.timeout_s,
            follow_redirects=False,
            headers={
                "User-Agent": f"hoshimori/{hoshimori.__version__}",
                "Accept-Encoding": "gzip",
            },
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def get(self, path: str, pace: Pace, *, prepare: Callable[[], None] = lambda: None) -> Delivery:
        """Return what is at a path: from the cache while asking again would be impolite.

        `prepare` runs just before a request is really sent.

        Raises:
            SourceError: the source refused, could not be reached, or may not be asked yet; says
                what happened and until when we wait. Nothing is ever sent twice.
        """
        url = self._line.base_url + path
        now_utc = self._line.clock()
        held = self._ledger.answer(url)
        if held and now_utc < pace.fresh_until_utc(held.checked_utc):
            return Delivery(self._source, held.received_utc, held.payload, url)
        self._ledger.permit(self._source, pace, self._limits, now_utc)
        prepare()
        request = self._http.build_request("GET", url, headers=_conditions(held))
        response, payload = self._exchange(request, accepted=(200, 304))
        if response.status_code == 304:
            if held is None:
                raise self._stopped("answered 304 Not Modified although nothing is held", _WAIT)
            held = replace(held, checked_utc=now_utc)
        else:
            self._refuse_disguises(payload)
            etag, modified = (response.headers.get(h, "") for h in ("etag", "last-modified"))
            held = Answer(now_utc, now_utc, etag, modified, payload)
        held = self._ledger.keep(url, held)
        return Delivery(self._source, held.received_utc, held.payload, url)

    def post_form(self, path: str, fields: dict[str, str], pace: Pace) -> bytes:
        """Send a form; neither its fields nor the answer enter any error message or the ledger."""
        self._ledger.permit(self._source, pace, self._limits, self._line.clock())
        request = self._http.build_request("POST", self._line.base_url + path, data=fields)
        return self._exchange(request, accepted=(200,), quote=False)[1]

    def has_session(self) -> bool:
        """Return whether the source gave a session cookie."""
        return len(self._http.cookies) > 0

    def refused(self, problem: str) -> SourceError:
        """Return the error for a refusal that only the caller can see; all asking stops."""
        return self._stopped(problem, _WAIT)

    def _exchange(
        self, request: httpx2.Request, *, accepted: tuple[int, ...], quote: bool = True
    ) -> tuple[httpx2.Response, bytes]:
        """Send one request, once. Errors do not chain: their causes hold the request's secrets."""
        give_up_at = time.monotonic() + self._line.deadline_s
        try:
            response = self._http.send(request, stream=True)
            try:
                raw = self._read(response, give_up_at)
            finally:
                response.close()
        except httpx2.ConnectError as error:
            raise self._stopped(f"could not be reached ({error})", _WAIT_FOR_A_NETWORK) from None
        except httpx2.TimeoutException:
            silence = f"did not answer within {self._line.timeout_s:g} s"
            raise self._stopped(silence, _WAIT) from None
        except httpx2.HTTPError as error:
            raise self._stopped(f"broke off its answer ({error})", _WAIT) from None
        if response.status_code not in accepted:
            raise self._refusal(response, raw if quote else b"")
        return response, self._unpacked(response, raw)

    def _read(self, response: httpx2.Response, give_up_at: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > self._line.max_bytes:
                raise self._stopped(f"sent more than {self._line.max_bytes:,} bytes", _WAIT)
            if time.monotonic() > give_up_at:
                late = f"did not finish its answer within {self._line.deadline_s:g} s"
                raise self._stopped(late, _WAIT)
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) != size and response.status_code != 304:
            raise self._stopped(f"announced {announced} bytes but sent {size}", _WAIT)
        return b"".join(parts)

    def _unpacked(self, response: httpx2.Response, raw: bytes) -> bytes:
        coding = response.headers.get("content-encoding", "identity").lower()
        if coding == "identity" or not raw:
            return raw
        if coding != "gzip":
            raise self._stopped(f"sent an encoding nobody asked for: {coding[:40]!r}", _WAIT)
        gzip = zlib.decompressobj(wbits=31)
        try:
            payload = gzip.decompress(raw, self._line.max_bytes)
        except zlib.error as error:
            raise self._stopped(f"sent damaged gzip ({error})", _WAIT) from None
        if not gzip.eof:
            raise self._stopped("sent gzip that is cut short or too large", _WAIT)
        return payload

    def _refuse_disguises(self, payload: bytes) -> None:
        """An error page with status 200 is no catalogue; a parser's complaint would mislead."""
        start = payload[:1024].lstrip().lower()
        if not start:
            raise self._stopped("sent an empty answer", _WAIT)
        if b"<html" in start or start.startswith(b"<!doctype html"):
            raise self._stopped("sent a web page instead of data", _WAIT)
        if start.startswith((b"no gp data found", b'{"error"')):
            raise self._stopped(f"answered: {_excerpt(payload)}", _WAIT)

    def _refusal(self, response: httpx2.Response, raw: bytes) -> SourceError:
        status = response.status_code
        problem = f"answered {status} {response.reason_phrase}".rstrip()
        if response.is_redirect:
            problem += f" (to {_excerpt(response.headers.get('location', '').encode())})"
        if text := _excerpt(_unpacked_start(raw)):
            problem += f": {text}"
        if advice := _ADVICE.get(status, ""):
            problem += f" ({advice})"
        wait = _WAIT_FOR_A_HUMAN if response.is_redirect or status == 401 else _WAIT
        asked = response.headers.get("retry-after", "")
        if asked.isdigit():
            wait = max(wait, timedelta(seconds=min(int(asked), 30 * 86_400)))
        return self._stopped(problem, wait)

    def _stopped(self, problem: str, wait: timedelta) -> SourceError:
        """Remember that the source is not to be asked, and return the error that says so."""
        until_utc = self._line.clock() + wait
        self._ledger.stop(self._source, until_utc, f"it {problem}")
        return SourceError(
            f"{self._source} {problem}; nothing more is asked of it until {shown(until_utc)}",
            wait_until_utc=until_utc,
        )


def _conditions(held: Answer | None) -> dict[str, str]:
    if held is None:
        return {}
    given = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
    return {name: value for name, value in given.items() if value}


def _unpacked_start(raw: bytes) -> bytes:
    """Return the beginning of what a refusal says, packed or not."""
    try:
        return zlib.decompressobj(wbits=31).decompress(raw, 400)
    except zlib.error:
        return raw


def _excerpt(payload: bytes) -> str:
    """Return the beginning of a text on one line, without control characters."""
    text = payload[:400].decode("utf-8", "replace")
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:200]
