"""Who asked for what: entries of the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class AuditKind(Enum):
    """What an entry tells of."""

    ASKED = "asked"
    """A change or a download was asked for, and allowed."""
    REFUSED = "refused"
    """Something was asked for that the viewer may not have, or a secret was wrong."""
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    ACCOUNTS = "accounts"
    """An account or key was made, changed or taken away."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit; it never holds a secret, nor what somebody typed as a name."""

    recorded_utc: datetime
    kind: AuditKind
    who: str
    """Name of the account or key; ``nobody`` where none is known."""
    what: str
    """Method and path, or what was done to an account."""
    role: str = ""
    audience: str = ""
    address: str = ""
    """Where the request came from."""
    why: str = ""
    """Why it was refused."""
