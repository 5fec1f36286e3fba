"""Routes of alerts: the list, one, taking note of it, the rules; for the house alone."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from hoshimori.dossier.language import Language
from hoshimori.errors import HoshimoriError
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.access import Permission, Viewer
from hoshimori.model.alerts import AlertState
from hoshimori.model.floor import EventKind
from hoshimori.model.rehearsals import ActKind
from hoshimori.web.access import needs
from hoshimori.web.answers import answer_of, json_bytes, sent
from hoshimori.web.desk import Desk, DeskHere, LanguageQuery, SeesRecords
from hoshimori.web.exercise_routes import noted
from hoshimori.web.problems import API, RESPONSES, not_found
from hoshimori.workflows.alert_pages import (
    AlertList,
    AlertPage,
    AlertRulesPage,
    alert_list,
    alert_page,
    alert_rules_page,
    desk_of_alerts,
)
from hoshimori.workflows.alerts import acknowledge, alerts_in, history_of_alert

router = APIRouter(prefix=API, tags=["alerts"], responses=RESPONSES)

AlertId = Annotated[
    str,
    Path(
        pattern=r"^(ALR|INC)-[0-9a-f]{4,32}$",
        description="Id of an alert, or of its incident.",
    ),
]
_STILL_MATTER = (AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.HELD)


@router.get("/alerts", response_model=AlertList)
async def alerts(
    request: Request,
    desk: DeskHere,
    viewer: SeesRecords,
    state: Annotated[
        list[AlertState] | None,
        Query(description="States to list; by default those that still matter.", max_length=8),
    ] = None,
    language: LanguageQuery = Language.EN,
) -> Response:
    """Return the alerts in some states, those that changed last first, and their budget."""
    page = await desk.pages.run(partial(_listed, desk, state or _STILL_MATTER, language))
    return sent(request, page)


def _listed(desk: Desk, states: Any, language: Language) -> Any:
    floor = desk.floor
    try:
        board = floor.view(wait_s=0.0).board
    except HoshimoriError:
        board = None
    with desk_of_alerts(floor.settings, floor.folder) as book:
        found = alerts_in(book, states)
        told = alert_list(book, found, board, floor.state().now_utc, language)
    return answer_of(json_bytes(told))


@router.get("/alerts/{alert_id}", response_model=AlertPage)
async def one_alert(
    request: Request,
    desk: DeskHere,
    viewer: SeesRecords,
    alert_id: AlertId,
    language: LanguageQuery = Language.EN,
) -> Response:
    """Return one alert: what people were told, what happened to it, where its messages are."""

    def made() -> Any:
        with desk_of_alerts(desk.floor.settings, desk.floor.folder) as book:
            if not _is_known(book.book.alerts(), alert_id):
                raise not_found(f"alert {alert_id}", "alert_id")
            alert, changes, messages = history_of_alert(book, alert_id)
        return answer_of(json_bytes(alert_page(alert, changes, messages, language)))

    return sent(request, await desk.pages.run(made))


class NoteBody(BaseModel):
    """What somebody says who takes note of an alert."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=2_000)] = ""


@router.post("/alerts/{alert_id}/acknowledge")
async def take_note(
    desk: DeskHere,
    viewer: Annotated[Viewer, Depends(needs(Permission.ACKNOWLEDGE))],
    alert_id: AlertId,
    stated: NoteBody | None = None,
) -> dict[str, Any]:
    """Record that the viewer took note of an alert; nothing escalates after it."""

    def kept() -> Any:
        floor = desk.floor
        note = stated.note if stated else ""
        with desk_of_alerts(floor.settings, floor.folder) as book:
            if not _is_known(book.book.alerts(), alert_id):
                raise not_found(f"alert {alert_id}", "alert_id")
            now_utc = floor.state().now_utc
            return acknowledge(book, alert_id, by=viewer.name, note=note, now_utc=now_utc)

    alert = await desk.pages.run(kept)
    desk.floor.tell(EventKind.ALERT, alert.alert_id, "acknowledged")
    note = stated.note if stated else ""
    await noted(desk, viewer, ActKind.ACKNOWLEDGEMENT, alert.incident_id, note)
    told: dict[str, Any] = as_json_value(alert)
    return told


@router.get("/alert-rules", response_model=AlertRulesPage)
async def rules(
    request: Request, desk: DeskHere, viewer: SeesRecords, language: LanguageQuery = Language.EN
) -> Response:
    """Return the rules in force: what is told to whom, how often, and when not."""
    make = partial(alert_rules_page, desk.floor.settings, language)
    return sent(request, await desk.pages.run(lambda: answer_of(json_bytes(make()))))


def _is_known(alerts: Any, name: str) -> bool:
    return name in alerts or any(
        name == alert.incident_id or name in alert.took_over for alert in alerts.values()
    )
