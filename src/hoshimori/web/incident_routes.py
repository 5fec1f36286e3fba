"""Routes of incidents: the list, one, its assessment, its record, what people decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from hoshimori.dossier.language import Language
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.access import Permission, Viewer
from hoshimori.model.assessments import Decision
from hoshimori.model.floor import EventKind
from hoshimori.model.journal import DecisionKind
from hoshimori.web.access import needs
from hoshimori.web.answers import answer_of, json_bytes, sent
from hoshimori.web.briefs import marks_of
from hoshimori.web.desk import (
    AsKnownAt,
    Asks,
    DeskHere,
    LanguageQuery,
    Sees,
    SeesRecords,
    answered,
    view_for,
)
from hoshimori.web.exercise_routes import noted
from hoshimori.web.problems import API, RESPONSES, WAITING, not_found
from hoshimori.workflows.board_pages import IncidentRow, incident_rows
from hoshimori.workflows.incident_pages import (
    AssessmentPage,
    IncidentHistoryPage,
    IncidentPage,
    assessment_page,
    incident_history_page,
    incident_page,
)
from hoshimori.workflows.incident_questions import decide, recorded_history
from hoshimori.workflows.live_acts import act_of, decided
from hoshimori.workflows.views import View

router = APIRouter(prefix=API, tags=["incidents"], responses=RESPONSES)

IncidentId = Annotated[
    str,
    Path(pattern=r"^INC-[0-9a-f]{4,32}$", description="As the board lists it."),
]


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of a board, those that want attention soonest first."""

    view_id: str
    as_of_utc: datetime
    rows: tuple[IncidentRow, ...]


@router.get("/incidents", response_model=Incidents, responses=WAITING)
async def incidents(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the incidents of the board."""
    view = await view_for(desk, viewer, as_known_at)

    def make() -> Incidents:
        rows = incident_rows(view.board, language, states=view.states)
        return Incidents(view.view_id, view.board.as_of_utc, rows)

    return await answered(request, desk, ("incidents", view.view_id, language), make)


@router.get("/incidents/{incident_id}", response_model=IncidentPage, responses=WAITING)
async def one_incident(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    incident_id: IncidentId,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return one incident: its findings in words and numbers; physics alone."""
    view = await view_for(desk, viewer, as_known_at)
    make = partial(_incident_page, view, incident_id, language)
    return await answered(request, desk, ("incident", view.view_id, incident_id, language), make)


def _incident_page(view: View, incident_id: str, language: Language) -> IncidentPage:
    page = incident_page(
        view.board,
        view.marking,
        incident_id,
        language,
        view_id=view.view_id,
        made_utc=view.made_utc,
        states=view.states,
    )
    if page is None:
        raise not_found(f"incident {incident_id}", "incident_id")
    return page


@router.get("/incidents/{incident_id}/assessment", response_model=AssessmentPage, responses=WAITING)
async def assessment(
    request: Request,
    desk: DeskHere,
    viewer: Asks,
    incident_id: IncidentId,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the competing explanations of an incident, weighed side by side; it may take a minute.

    A likelihood is an interval with its words, never a bare number; nothing here is a verdict.
    """
    view = await view_for(desk, viewer, as_known_at)
    known_incident(view, incident_id)
    told = await desk.briefs.brief(view, incident_id)
    key = ("assessment", view.view_id, incident_id, language, marks_of(told.decided))
    make = partial(assessment_page, told, language, view_id=view.view_id)
    return await answered(request, desk, key, make)


def known_incident(view: View, incident_id: str) -> None:
    """Raise where the board of a view holds no such incident."""
    if all(incident.incident_id != incident_id for incident in view.board.incidents):
        raise not_found(f"incident {incident_id}", "incident_id")


@router.get("/incidents/{incident_id}/history", response_model=IncidentHistoryPage)
async def history(
    request: Request,
    desk: DeskHere,
    viewer: SeesRecords,
    incident_id: IncidentId,
    language: LanguageQuery = Language.EN,
) -> Response:
    """Return what the journal holds of an incident: its life, its changes, what people decided."""
    look = partial(recorded_history, desk.floor.settings, desk.floor.folder, incident_id)
    recorded = await desk.pages.run(look)
    if recorded is None:
        raise not_found(f"incident {incident_id}", "incident_id")
    make = partial(incident_history_page, recorded, language)
    return sent(request, await desk.pages.run(lambda: answer_of(json_bytes(make()))))


class DecisionBody(BaseModel):
    """What a human sets about an incident."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[DecisionKind, Field(description="What is decided about.")]
    key: Annotated[
        str,
        Field(
            max_length=8,
            description="`F1` to `F17`, `G0` to `G4`, `H0` to `H9`; empty for a dissent.",
            examples=["F3"],
        ),
    ] = ""
    value: Annotated[str, Field(min_length=1, max_length=2_000, examples=["2"])]
    because: Annotated[str, Field(max_length=4_000)] = ""


@router.post("/incidents/{incident_id}/decisions", status_code=201)
async def decide_about(
    desk: DeskHere,
    viewer: Annotated[Viewer, Depends(needs(Permission.DECIDE))],
    incident_id: IncidentId,
    stated: DecisionBody,
) -> dict[str, Any]:
    """Record what a human decides about an incident; it stands beside what was proposed."""
    key = stated.key.strip().upper()
    decision = Decision(
        value=stated.value.strip(),
        decided_by=viewer.name,
        decided_utc=desk.floor.state().now_utc,
        because=stated.because.strip(),
    )
    held = desk.briefs.held(incident_id)
    work = partial(
        decide,
        desk.floor.settings,
        desk.floor.folder,
        incident_id,
        stated.kind,
        key,
        decision,
        assessment=held.assessment if held else None,
    )
    recorded = await desk.pages.run(work)
    desk.floor.tell(EventKind.INCIDENT, incident_id, "decided")
    told_as = decided(key, decision.value, decision.because)
    await noted(desk, viewer, act_of(stated.kind), incident_id, told_as)
    told: dict[str, Any] = as_json_value(recorded)
    return told
