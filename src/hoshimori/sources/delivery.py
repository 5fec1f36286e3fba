"""Bytes as a source handed them over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A payload with where it came from and when; what is in it is for `formats` to say."""

    source: str
    """``celestrak``, ``space-track``, or the name of a file."""
    received_utc: datetime
    """When these bytes first came; asking again without a change does not move it."""
    payload: bytes = field(repr=False)
    url: str = ""
    """The address asked, without secrets; empty for files."""
