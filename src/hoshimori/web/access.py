"""Who asks: every route takes its viewer from here, and says what the viewer must be allowed.

    @router.get("board")
    def board(viewer: Annotated[Viewer, Depends(needs(Permission.SEE))]) -> ...:
        view = floor.view(viewer.audience)

`protect` of `hoshimori.web.access_routes` puts the checks around the whole application and adds the
routes for signing in and out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from hoshimori.model.access import Permission, Viewer
from hoshimori.web.pace import Pace


class Gate(Protocol):
    """What turns a request into a viewer, or refuses it."""

    def admit(self, request: Request, permission: Permission) -> Viewer:
        """Return who asks, where that viewer may; raises the refusal as an HTTPException."""
        ...

    def viewer_of(self, request: Request) -> Viewer | None:
        """Return who asks; None where nobody is signed in. It makes no session last longer."""
        ...

    def forgery_token_of(self, request: Request) -> str:
        """Return what changes of this caller must bear; empty where nothing."""
        ...


@dataclass(frozen=True, slots=True)
class needs:  # noqa: N801 - read as a word: Depends(needs(Permission.SEE))
    """Dependency of a route: the viewer, who has this permission.

    Answers 401 where nobody is signed in, 403 where the viewer may not or the request was forged,
    429 where one asks too often. Changes and downloads are written into the audit before they run.
    """

    permission: Permission

    async def __call__(self, request: Request) -> Viewer:
        """Return who asks.

        Accounts, sessions and the audit are files, which may have to be waited for: in a thread,
        a few at once, so that pages get their turn beside them.
        """
        gate: Gate = request.app.state.gate
        pace: Pace = request.app.state.gate_pace
        return await pace.run(partial(gate.admit, request, self.permission))


def keep_gate(app: FastAPI, gate: Gate) -> None:
    """Let a gate decide who comes into an application."""
    app.state.gate = gate
    app.state.gate_pace = Pace("who asks", at_once=2, waiting=1_000)


def open_to_all() -> None:
    """Dependency that says: this route is meant for everybody, signed in or not."""


def permissions_of_routes(app: FastAPI) -> Iterator[tuple[str, Permission | None, bool]]:
    """Yield of every route its path, its permission, and whether it says what it needs at all.

    Routes of routers within routers are among them.
    """
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        declared = list(_declared(dependant)) if isinstance(dependant, Dependant) else []
        permission = next((one for one in declared if one is not None), None)
        yield route.path or "", permission, bool(declared)


def _declared(dependant: Dependant) -> Iterator[Permission | None]:
    if isinstance(dependant.call, needs):
        yield dependant.call.permission
    if dependant.call is open_to_all:
        yield None
    for inner in dependant.dependencies:
        yield from _declared(inner)
