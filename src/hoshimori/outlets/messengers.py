"""Messages to people by mail, webhook or chat room; whether they were taken is told, not raised.

Where a channel leads is a secret: it comes from the environment or the keyring, and stands in no
message of ours, no log and no file.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import apprise
import keyring
import keyring.errors
from apprise.common import NotifyFormat

KEYRING_SERVICE = "hoshimori-channels"
"""Under this name a keyring holds addresses, each under the name of its channel."""
KEY_HEADER = "Idempotency-Key"
"""Header of mails and webhooks that carries the key of a message."""

_STATUS = re.compile(r"\berror=(\d{3})\b")
_SLACK_S = 5.0
"""Beyond connecting and reading, before a silent messenger is left to itself."""


class _Mute(logging.Filter):
    """Keeps lines that name addresses out of every log, but for the status that they tell."""

    def __init__(self) -> None:
        super().__init__()
        self.status = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        found = _STATUS.search(record.getMessage())
        if found and record.levelno >= logging.WARNING:
            self.status.value = found[1]
        return False


_MUTE = _Mute()
for _talker in ("apprise", "urllib3.connectionpool"):
    logging.getLogger(_talker).addFilter(_MUTE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a channel leads, in Apprise's form; never shown, logged or written."""

    url: str = field(repr=False)


class Outcome(Enum):
    """What became of a message."""

    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    NO_ANSWER = "no answer"
    """It may have arrived."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message, and why it was not taken."""

    outcome: Outcome
    problem: str = ""
    """Never with an address."""


def variable_of(channel: str) -> str:
    """Return the environment variable that holds the address of a channel.

    >>> variable_of("duty-night")
    'HOSHIMORI_CHANNEL_DUTY_NIGHT'
    """
    return "HOSHIMORI_CHANNEL_" + channel.upper().replace("-", "_")


def find_address(channel: str, environment: Mapping[str, str] = os.environ) -> Address | None:
    """Return where a channel leads by the environment, else by the keyring; None where by none."""
    url = environment.get(variable_of(channel), "").strip()
    if not url:
        try:
            url = (keyring.get_password(KEYRING_SERVICE, channel) or "").strip()
        except keyring.errors.KeyringError:
            url = ""
    return Address(url) if url else None


def no_address_text(channel: str) -> str:
    """Return what to do for a channel without an address."""
    return (
        f"it has no address: set {variable_of(channel)}, or store it with "
        f"`keyring set {KEYRING_SERVICE} {channel}`"
    )


def deliver(address: Address, *, subject: str, body: str, key: str, timeout_s: float) -> Delivered:
    """Hand one message over; a channel that does not take it or does not answer is told of.

    `timeout_s` is the longest wait for a connection, and for each answer.
    """
    messenger = _messenger(address, key, timeout_s)
    if messenger is None:
        return Delivered(Outcome.NOT_TAKEN, "its address is not understood")
    result: list[Delivered] = []
    worker = threading.Thread(
        target=lambda: result.append(_handed_over(messenger, subject, body)), daemon=True
    )
    worker.start()
    worker.join(2.0 * timeout_s + _SLACK_S)
    if not result:
        return Delivered(Outcome.NO_ANSWER, f"no answer within {timeout_s:g} s")
    return result[0]


def _messenger(address: Address, key: str, timeout_s: float) -> Any:
    """Return what speaks to an address; None where nothing does."""
    asset = apprise.AppriseAsset(
        app_id="Hoshimori",
        app_desc="Hoshimori",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        http_redirects=False,
        allow_templates=False,
        plugin_paths=[],
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some of its many messengers import what is old
            messenger: Any = apprise.Apprise.instantiate(address.url, asset=asset)
    except Exception:
        # Whatever a strange address brings up may name it.
        return None
    if messenger is None or messenger is False:
        return None
    messenger.socket_connect_timeout = timeout_s
    messenger.socket_read_timeout = timeout_s
    if isinstance(getattr(messenger, "headers", None), dict):
        messenger.headers[KEY_HEADER] = key
    if messenger.__class__.__name__ == "NotifyEmail":
        messenger.notify_format = NotifyFormat.TEXT
    return messenger


def _handed_over(messenger: Any, subject: str, body: str) -> Delivered:
    _MUTE.status.value = ""
    try:
        taken = messenger.notify(title=subject, body=body, body_format=NotifyFormat.TEXT)
    except Exception as error:
        return Delivered(Outcome.NO_ANSWER, f"it failed ({type(error).__name__})")
    if taken:
        return Delivered(Outcome.TAKEN)
    status = _MUTE.status.value
    if status:
        return Delivered(Outcome.NOT_TAKEN, f"it was refused (HTTP status {status})")
    return Delivered(Outcome.NO_ANSWER, "it could not be reached, or did not answer")
