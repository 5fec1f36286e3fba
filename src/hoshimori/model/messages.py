"""What all messages of the CCSDS family share: a header, and what is carried along as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Entry(NamedTuple):
    """A statement that is carried along as it was written, in the unit of the message."""

    keyword: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MessageHeader:
    """Who wrote a message, and when."""

    version: str
    created_utc: np.datetime64
    originator: str
    message_id: str | None = None
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class OtherMessage:
    """A message in a container that is of a kind not read here, such as attitude."""

    kind: str
    """As in APM."""
    source: str
    line: int
