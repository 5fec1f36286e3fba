"""What every route works with: the floor, who asks, what they see, and the answers at hand."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from hoshimori.dossier.language import Language
from hoshimori.model.access import Permission, Viewer
from hoshimori.web.access import needs
from hoshimori.web.answers import AnswerCache, sent
from hoshimori.web.briefs import Briefs
from hoshimori.web.dossier_jobs import DossierJobs
from hoshimori.web.indexes import Indexes
from hoshimori.web.listeners import Listeners
from hoshimori.web.made_once import MadeOnce
from hoshimori.web.pace import Pace
from hoshimori.web.problems import Problem, RefusedError
from hoshimori.workflows.composing import ReleasePreview
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.live_exercise import LiveExercise
from hoshimori.workflows.views import View

_WAIT_S = 8.0
"""How long a past moment or an inquiry is waited for before the answer is to ask again."""


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What belongs to one running application."""

    floor: Floor
    answers: AnswerCache
    indexes: Indexes
    briefs: Briefs
    dossiers: DossierJobs
    previews: MadeOnce[tuple[str, frozenset[str]], ReleasePreview]
    listeners: Listeners
    views: Pace
    """For fetching views that are there."""
    pages: Pace
    """For pages that take milliseconds."""
    heavy: Pace
    """For what takes long or much: ephemerides, histories of a year, searches."""
    questions: Pace
    """For what may take a minute: past moments and inquiries."""
    live: LiveExercise | None = None
    """The exercise that is played; None on every other server."""


def desk_for(floor: Floor, live: LiveExercise | None = None) -> Desk:
    """Return the desk of a floor, with paces that suit two processors and more."""
    # Threads share one interpreter: a second would take turns with the first and with whoever
    # answers the others, and the last in the line would wait for all.
    pages = Pace("pages", at_once=1, waiting=400)
    heavy = Pace("heavy answers", at_once=2, waiting=24)
    questions = Pace("past moments and inquiries", at_once=4, waiting=28)
    briefs = Briefs(floor, questions)
    return Desk(
        floor=floor,
        answers=AnswerCache(pages),
        indexes=Indexes(heavy),
        briefs=briefs,
        dossiers=DossierJobs(floor, briefs),
        previews=MadeOnce(Pace("previews", at_once=1, waiting=8), held=16),
        listeners=Listeners(),
        views=Pace("views", at_once=8, waiting=800),
        pages=pages,
        heavy=heavy,
        questions=questions,
        live=live,
    )


async def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


DeskHere = Annotated[Desk, Depends(desk_of)]
Sees = Annotated[Viewer, Depends(needs(Permission.SEE))]
Asks = Annotated[Viewer, Depends(needs(Permission.ASK))]
SeesRecords = Annotated[Viewer, Depends(needs(Permission.SEE_RECORDS))]

LanguageQuery = Annotated[
    Language, Query(alias="language", description="Language of the words in the answer.")
]
AsKnownAt = Annotated[
    datetime | None,
    Query(
        description="A past moment (ISO 8601, UTC): answer with only what was known then.",
        examples=["2026-11-27T12:00:00Z"],
    ),
]


async def view_for(desk: Desk, viewer: Viewer, as_known_at: datetime | None) -> View:
    """Return what a viewer sees: the newest view, or that of a past moment.

    Raises:
        BusyError: it is still being made.
        CoverageError: nothing was known then.
        RefusedError: the viewer may not ask for past moments, or too many do.
    """
    if as_known_at is None:
        # Without waiting it returns at once what is there.
        return desk.floor.view(viewer.audience, wait_s=0.0)
    if not viewer.may(Permission.ASK):
        raise RefusedError(403, Problem("past moments may not be asked for here", "as_known_at"))
    moment = understood_moment(as_known_at)
    now_utc = desk.floor.state().now_utc
    if moment > now_utc:
        expected = f"a moment before {now_utc:%Y-%m-%dT%H:%M:%SZ}"
        raise RefusedError(422, Problem("nobody knows that yet", "as_known_at", expected))
    work = partial(desk.floor.view_at, viewer.audience, moment, wait_s=_WAIT_S)
    return await desk.questions.run(work)


def understood_moment(stated: datetime) -> datetime:
    """Return a moment that was asked for, in UTC.

    Raises:
        RefusedError: it cannot be meant: it has no place in UTC or lies before the space age.
    """
    aware = stated if stated.tzinfo is not None else stated.replace(tzinfo=UTC)
    # Years at the edge of what a calendar holds cannot be moved to another zone.
    if not _FIRST_YEAR <= aware.year <= _LAST_YEAR:
        expected = f"a moment of the years {_FIRST_YEAR} to {_LAST_YEAR}"
        raise RefusedError(422, Problem("not a moment that can be looked at", "query", expected))
    return aware.astimezone(UTC)


_FIRST_YEAR, _LAST_YEAR = 1957, 2200


async def answered(
    request: Request,
    desk: Desk,
    key: Hashable,
    make: Callable[[], object],
    *,
    pace: Pace | None = None,
) -> Response:
    """Return the answer to a key as this request can take it; it is made where it is not held."""
    return sent(request, await desk.answers.answer(key, make, pace=pace))
