"""The application: every route of the API, live updates, measures, and the console."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

import hoshimori
from hoshimori.model.happenings import Witness, unheard
from hoshimori.web import (
    alert_routes,
    board_routes,
    console_files,
    director_routes,
    dossier_routes,
    exercise_routes,
    fact_routes,
    incident_routes,
    live,
    metrics,
    object_routes,
    picture_routes,
    state_routes,
)
from hoshimori.web.access_routes import protect
from hoshimori.web.desk import desk_for
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.web.exercise_banner import ExerciseBanner
from hoshimori.web.local_gate import LocalGate
from hoshimori.web.metrics import MeasuredApplication, Measures
from hoshimori.web.noted_requests import NotedRequests
from hoshimori.web.problems import tell_problems
from hoshimori.web.readiness import boards_are_readied
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.live_exercise import LiveExercise

_DESCRIPTION = """
An open watch over satellites: what happened, what is coming, how unusual it is, how sure.

The verbs and nouns are those of the Python library and of the command line. Times are ISO 8601
UTC; `language` chooses the words; `as_known_at` asks for a past moment with only what was known
then. An answer that takes long is 202 with how far it is: ask again. Whatever goes wrong has one
shape: `problem`, `where`, `expected`, `do`. Findings are physics; explanations stand side by side
as intervals, and nothing here is a verdict. NOT FOR CLASSIFIED DATA.
"""


def make_app(
    floor: Floor,
    gate: Doorkeeper | None = None,
    *,
    hosts: Collection[str] = (),
    exercise: LiveExercise | None = None,
    witness: Witness = unheard,
) -> FastAPI:
    """Return the application of a floor; it neither starts the floor nor closes it.

    `gate` turns requests into viewers; without one everybody is the local administrator, as within
    one program. `hosts` are the names by which it is reached besides those of loopback. `exercise`
    is the one that the floor plays; its routes are there with it alone. `witness` hears of every
    request.
    """
    app = FastAPI(
        title="Hoshimori",
        version=hoshimori.__version__,
        description=_DESCRIPTION.strip(),
        lifespan=boards_are_readied,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    tell_problems(app)
    app.state.desk = desk_for(floor, exercise)
    app.state.console = console_files.console_files()
    app.state.measures = Measures(app.state.desk)
    for routes in (
        state_routes,
        board_routes,
        object_routes,
        incident_routes,
        dossier_routes,
        alert_routes,
        picture_routes,
        fact_routes,
        live,
        metrics,
    ):
        app.include_router(routes.router)
    if exercise is not None:
        app.include_router(exercise_routes.router)
        app.include_router(director_routes.router)
    app.include_router(state_routes.outside)
    protect(app, gate or LocalGate(), hosts=hosts, language=floor.settings.watch.language)
    app.include_router(console_files.router)  # last: it takes every path that is left
    app.add_middleware(MeasuredApplication, measures=app.state.measures)
    app.add_middleware(ExerciseBanner, mark=floor.exercise)
    app.add_middleware(NotedRequests, witness=witness, now_utc=SystemClock().now_utc)
    # Routes are put together when they are first looked at: now, not by the first who asks.
    tuple(iter_route_contexts(app.routes))
    return app
