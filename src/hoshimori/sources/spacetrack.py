"""Space-Track: element sets and their history, SATCAT, decays and public conjunction messages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import keyring
import keyring.errors

from hoshimori.errors import SourceError
from hoshimori.sources.delivery import Delivery
from hoshimori.sources.ledger import Limit, Pace
from hoshimori.sources.polite import Line, PoliteClient

LINE = Line("https://www.space-track.org")
KEYRING_SERVICE = "hoshimori-space-track"
"""Under this name a keyring holds the identity (user name) and the password."""

# Source: space-track.org, API use guidelines (retrieved 2026): limits of all requests, and the
# pace of each class. The history is for downloading once: the same part is not asked for again.
_LIMITS = (Limit(30, timedelta(minutes=1)), Limit(300, timedelta(hours=1)))
_GP = Pace("gp", timedelta(hours=1))
_SATCAT = Pace("satcat", timedelta(days=1), from_hour_utc=17)
_DECAY = Pace("decay", timedelta(days=7))
_CDM_PUBLIC = Pace("cdm_public", timedelta(hours=8))
_HISTORY_EVERY = timedelta(hours=1)
_FOR_GOOD = timedelta(days=36_500)
_SETTLES_IN = timedelta(days=3)
_LOGIN = Pace("login", timedelta(0))


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account of Space-Track; never shown, logged or written."""

    identity: str = field(repr=False)
    password: str = field(repr=False)


def find_credentials(environment: Mapping[str, str] = os.environ) -> Credentials:
    """Return the account named in the environment, else in the system's keyring.

    Raises:
        SourceError: there is none; says how to give one.
    """
    identity = environment.get("HOSHIMORI_SPACETRACK_IDENTITY", "")
    password = environment.get("HOSHIMORI_SPACETRACK_PASSWORD", "")
    if identity and password:
        return Credentials(identity, password)
    try:
        kept = keyring.get_credential(KEYRING_SERVICE, identity or None)
    except keyring.errors.KeyringError:
        kept = None
    if kept and kept.username and kept.password:
        return Credentials(kept.username, kept.password)
    raise SourceError(
        "space-track needs an account: set HOSHIMORI_SPACETRACK_IDENTITY and "
        "HOSHIMORI_SPACETRACK_PASSWORD, or store it with "
        f"`keyring set {KEYRING_SERVICE} YOUR-IDENTITY`"
    )


class SpaceTrack:
    """Asks Space-Track within its limits; payloads are JSON.

    It logs in when a request is really sent, and keeps the session only as long as it lives.
    Every method raises SourceError where Space-Track refuses or may not be asked yet. The user
    agreement restricts passing the data on.
    """

    def __init__(self, credentials: Credentials, folder: Path, line: Line = LINE) -> None:
        self._credentials = credentials
        self._clock = line.clock
        self._client = PoliteClient("space-track", line, folder, _LIMITS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def gp(self, norad_ids: Iterable[int] | None = None) -> Delivery:
        """Return the newest element sets: of some objects, else of all seen in thirty days."""
        if norad_ids is None:
            return self._query("gp", _GP, "decay_date/null-val", "epoch/>now-30")
        return self._query("gp", _GP, f"norad_cat_id/{_listed(norad_ids)}")

    def gp_history(self, norad_ids: Iterable[int], *, since: date, until: date) -> Delivery:
        """Return all element sets of some objects with epochs from `since` to before `until`.

        A span that lies in the past is asked for once and then kept for good.
        """
        parts = f"norad_cat_id/{_listed(norad_ids)}", f"epoch/{since}--{until}"
        settled = until < (self._clock() - _SETTLES_IN).date()
        pace = Pace(
            "/".join(("gp_history", *parts)),
            _HISTORY_EVERY,
            answer_lasts=_FOR_GOOD if settled else timedelta(0),
        )
        return self._query("gp_history", pace, *parts)

    def satcat(self) -> Delivery:
        """Return the whole satellite catalogue."""
        return self._query("satcat", _SATCAT, "current/Y")

    def decay(self) -> Delivery:
        """Return decay messages of the last thirty days."""
        return self._query("decay", _DECAY, "msg_epoch/>now-30")

    def cdm_public(self) -> Delivery:
        """Return the public conjunction messages made since yesterday."""
        return self._query("cdm_public", _CDM_PUBLIC, "created/>now-1")

    def _query(self, name: str, pace: Pace, *predicates: str) -> Delivery:
        parts = "/".join(quote(part, safe="/,-") for part in predicates)
        path = f"/basicspacedata/query/class/{name}/{parts}/format/json"
        return self._client.get(path, pace, prepare=self._log_in)

    def _log_in(self) -> None:
        if self._client.has_session():
            return
        account = {"identity": self._credentials.identity, "password": self._credentials.password}
        answer = self._client.post_form("/ajaxauth/login", account, _LOGIN)
        if b"failed" in answer.lower() or not self._client.has_session():
            raise self._client.refused("refused the identity or the password: check them")


def _listed(norad_ids: Iterable[int]) -> str:
    """Return ids as one query takes them, each once and in order, so that equal asks are equal."""
    ids = sorted({int(norad_id) for norad_id in norad_ids})
    if not ids:
        raise ValueError("no object is named; give at least one catalogue number")
    return ",".join(map(str, ids))
