"""Routes of the console's pictures: pairs, belt, break-ups, receivers, timeline, navigation."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.model.access import Permission
from hoshimori.model.alerts import Alert, AlertState
from hoshimori.model.findings import AnyFinding, Breakup, ReceiverInterference
from hoshimori.web.desk import (
    AsKnownAt,
    Desk,
    DeskHere,
    LanguageQuery,
    Sees,
    answered,
    view_for,
)
from hoshimori.web.problems import API, RESPONSES, WAITING, not_found
from hoshimori.workflows.alert_pages import desk_of_alerts
from hoshimori.workflows.alerts import alerts_in
from hoshimori.workflows.belt_strip import MOST_PAST_DAYS, Stretch, belt_strip
from hoshimori.workflows.gabbard import gabbard
from hoshimori.workflows.interference_map import MapEdges, interference_map
from hoshimori.workflows.picture_columns import (
    BeltPage,
    GabbardPage,
    InterferencePage,
    ReceptionPage,
    RelativePage,
    TimelinePage,
)
from hoshimori.workflows.picture_pages import (
    belt_page,
    gabbard_page,
    interference_page,
    relative_page,
    timeline_page,
)
from hoshimori.workflows.reception_course import reception_course
from hoshimori.workflows.reception_pages import reception_page
from hoshimori.workflows.relative_tracks import relative_tracks
from hoshimori.workflows.timeline import alert_marks, timeline
from hoshimori.workflows.views import View
from hoshimori.workflows.watch import names_in

router = APIRouter(prefix=API, tags=["pictures"], responses=RESPONSES)

IncidentId = Annotated[
    str, Path(pattern=r"^INC-[0-9a-f]{4,32}$", description="As the board lists it.")
]
FindingId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{4,80}$", description="Of a finding.")]
FindingQuery = Annotated[
    str,
    Query(pattern=r"^[0-9A-Za-z_-]{0,80}$", description="Which finding; the first where empty."),
]
Degrees = Annotated[float, Query(ge=-360.0, le=360.0, allow_inf_nan=False)]


@router.get("/incidents/{incident_id}/relative", response_model=RelativePage, responses=WAITING)
async def relative(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    incident_id: IncidentId,
    finding_id: FindingQuery = "",
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return how the second object of an incident's pair moves about the first, and how sure."""
    view = await view_for(desk, viewer, as_known_at)

    def make() -> RelativePage:
        findings = _findings_of(view, incident_id)
        tracks = relative_tracks(view.picture, findings, finding_id)
        return relative_page(tracks, findings, view.board, language, view_id=view.view_id)

    key = ("relative", view.view_id, incident_id, finding_id, language)
    return await answered(request, desk, key, make)


@router.get("/belt", response_model=BeltPage, responses=WAITING)
async def belt(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    middle: Degrees = 0.0,
    width: Annotated[float, Query(ge=0.5, le=360.0)] = 360.0,
    past_days: Annotated[float, Query(ge=0.0, le=MOST_PAST_DAYS)] = 30.0,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the geostationary belt, longitude over time: drift lines, slots, stays, neighbours."""
    view = await view_for(desk, viewer, as_known_at)
    stretch = Stretch(round(middle, 2), round(width, 2), round(past_days, 1))

    def make() -> BeltPage:
        strip = belt_strip(view.picture, view.board.findings, stretch)
        return belt_page(strip, view.board, view_id=view.view_id)

    return await answered(request, desk, ("belt", view.view_id, stretch), make, pace=desk.heavy)


@router.get("/breakups/{finding_id}/gabbard", response_model=GabbardPage, responses=WAITING)
async def gabbard_of(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    finding_id: FindingId,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the pieces of a break-up, heights over periods, when first seen and now."""
    view = await view_for(desk, viewer, as_known_at)
    found = [
        f for f in view.board.findings if isinstance(f, Breakup) and f.finding_id == finding_id
    ]
    if not found:
        raise not_found(f"break-up {finding_id}", "finding_id")

    def make() -> GabbardPage:
        plot = gabbard(view.picture, found, finding_id)
        names = names_in(view.picture, found)
        return gabbard_page(plot, names, view.board, view_id=view.view_id)

    return await answered(request, desk, ("gabbard", view.view_id, finding_id), make)


@router.get("/reception/{finding_id}", response_model=ReceptionPage, responses=WAITING)
async def reception_of(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    finding_id: FindingId,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return what a receiver measured before, during and after a disturbance of its reception."""
    view = await view_for(desk, viewer, as_known_at)
    found = [
        f for f in view.board.findings
        if isinstance(f, ReceiverInterference) and f.finding_id == finding_id
    ]  # fmt: skip
    if not found:
        raise not_found(f"disturbance {finding_id}", "finding_id")

    def make() -> ReceptionPage:
        course = reception_course(view.picture, found[0])
        return reception_page(course, view.board, language, view_id=view.view_id)

    return await answered(request, desk, ("reception", view.view_id, finding_id, language), make)


@router.get("/timeline", response_model=TimelinePage, responses=WAITING)
async def lanes(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    past_days: Annotated[float, Query(ge=0.0, le=400.0)] = 30.0,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return what was and what comes, by lanes, and which boards are kept.

    Alerts are of the house alone: others see none.
    """
    view = await view_for(desk, viewer, as_known_at)
    since = view.board.as_of_utc - timedelta(days=past_days)
    kept = await desk.views.run(partial(desk.floor.boards, viewer.audience))
    alerts: tuple[Alert, ...] = ()
    if viewer.may(Permission.SEE_RECORDS):
        alerts = await desk.pages.run(partial(_alerts, desk))

    def make() -> TimelinePage:
        told = timeline(
            view.board,
            since_utc=since,
            alerts=alert_marks(alerts, view.board.as_of_utc),
            boards=[k.as_of_utc for k in kept],
        )
        return timeline_page(told, view.board, view_id=view.view_id)

    newest = kept[-1].view_id if kept else ""
    states = tuple((a.alert_id, a.state, a.over_utc) for a in alerts)
    key = ("timeline", view.view_id, past_days, newest, len(kept), states)
    return await answered(request, desk, key, make)


def _alerts(desk: Desk) -> tuple[Alert, ...]:
    with desk_of_alerts(desk.floor.settings, desk.floor.folder) as book:
        return tuple(alerts_in(book, tuple(AlertState)))


@router.get("/interference", response_model=InterferencePage, responses=WAITING)
async def interference(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    day: date | None = None,
    south: Annotated[float | None, Query(ge=-90.0, le=90.0)] = None,
    north: Annotated[float | None, Query(ge=-90.0, le=90.0)] = None,
    west: Degrees | None = None,
    east: Degrees | None = None,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return where aircraft lost satellite navigation on a day, as H3 cells with polygons."""
    view = await view_for(desk, viewer, as_known_at)
    edges = _edges(south, north, west, east)

    def make() -> InterferencePage:
        drawn = interference_map(view.picture, view.board.findings, day_utc=day, edges=edges)
        return interference_page(drawn, view.board, view_id=view.view_id)

    key = ("interference", view.view_id, day, edges)
    return await answered(request, desk, key, make, pace=desk.heavy)


def _edges(
    south: float | None, north: float | None, west: float | None, east: float | None
) -> MapEdges | None:
    given = [edge for edge in (south, north, west, east) if edge is not None]
    if not given:
        return None
    if len(given) < 4 or not (given[0] < given[1] and given[2] < given[3]):
        raise SettingsError(
            "not the edges of a map: give all four in degrees, south below north, west below east"
        )
    return MapEdges(*(round(edge, 2) for edge in given))


def _findings_of(view: View, incident_id: str) -> tuple[AnyFinding, ...]:
    """Return the findings of an incident of a board, the deciding one first.

    Raises:
        Refusal: there is no such incident, or it may not be seen.
    """
    by_id = {f.finding_id: f for f in view.board.findings}
    for incident in view.board.incidents:
        if incident.incident_id == incident_id:
            return tuple(by_id[i] for i in incident.finding_ids if i in by_id)
    raise not_found(f"incident {incident_id}", "incident_id")
