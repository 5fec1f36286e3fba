"""The gate of a server on loopback without accounts: one local administrator."""

from __future__ import annotations

from fastapi import Request

from hoshimori.model.access import HOME, Permission, Role, Viewer

_LOCAL = Viewer("local", Role.ADMINISTRATOR, HOME, is_local=True)


class LocalGate:
    """Admits everybody who reaches it, as the administrator of this machine."""

    def admit(self, request: Request, permission: Permission) -> Viewer:
        """Return the local administrator."""
        return _LOCAL
