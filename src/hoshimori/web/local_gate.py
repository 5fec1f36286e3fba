"""The gate of an application without accounts, inside one program: one local administrator.

`hoshimori serve` never uses it: its own gate knows accounts, and ends this time with the first.
"""

from __future__ import annotations

from fastapi import Request

from hoshimori.model.access import Permission, Viewer
from hoshimori.workflows.access import LOCAL


class LocalGate:
    """Admits everybody who reaches it, as the administrator of this machine."""

    def admit(self, request: Request, permission: Permission) -> Viewer:
        """Return the local administrator."""
        return LOCAL

    def viewer_of(self, request: Request) -> Viewer:
        """Return the local administrator."""
        return LOCAL

    def forgery_token_of(self, request: Request) -> str:
        """Return that changes need bear nothing."""
        return ""
