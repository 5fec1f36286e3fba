"""What could have caused something on an object at a moment, as a page: words beside numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from hoshimori.dossier.cause_rows import CauseObjectRow, cause_object_rows, cause_row
from hoshimori.dossier.cause_wording import (
    assumptions_sentence,
    rarest_sentence,
    summary_sentence,
    where_sentence,
)
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.wording import name_of
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.candidate_causes import CauseReport
from hoshimori.workflows.board_pages import reality_meaning
from hoshimori.workflows.views import View


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause as people read it, with the numbers that its rarity is told by."""

    kind: str
    standing: str
    """`unusual`, `present`, `absent` or `not_judged`."""
    standing_text: str
    cause: str
    what: str
    chance: str
    span: str
    p_value: float | None
    """Share of all moments compared with as much or more; None where no chance is told."""
    present_share: float | None
    """Share of the drawn moments at which it was there at all."""
    objects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CausesPage:
    """Every candidate cause of one object and moment, as one audience sees it."""

    view_id: str
    as_of_utc: datetime
    """What was not known by then is not used."""
    marking: str
    reality: str
    reality_meaning: str
    banner: str
    language: str
    norad_id: int
    name: str
    at_utc: datetime
    where: str
    summary: str
    rarest: str
    """How often chance alone brings one as rare as the rarest among so many."""
    note: str
    not_looked_at: str
    """What nobody looks at here, so that it is on no line."""
    assumptions: str
    lines: tuple[CauseLine, ...]
    """What is unusual first; what could not be judged last."""
    objects: tuple[CauseObjectRow, ...]
    report: Mapping[str, Any]
    """As `hoshimori explain --json` prints it."""


def causes_page(report: CauseReport, view: View, language: Language) -> CausesPage:
    """Return the page of a report about a view."""
    return CausesPage(
        view_id=view.view_id,
        as_of_utc=report.as_of_utc,
        marking=str(view.marking),
        reality=report.reality.value,
        reality_meaning=reality_meaning(report.reality, language),
        banner=banner_text(view.marking, report.reality, language),
        language=language.value,
        norad_id=report.norad_id,
        name=name_of(report.norad_id, report.names, language),
        at_utc=report.at_utc,
        where=where_sentence(report, language),
        summary=summary_sentence(report, language),
        rarest=rarest_sentence(report, language),
        note=say(language, "cause.note"),
        not_looked_at=say(language, "cause.not_looked_at"),
        assumptions=assumptions_sentence(report, language),
        lines=tuple(_lines(report, language)),
        objects=tuple(cause_object_rows(report, language)),
        report=as_json_value(report),
    )


def _lines(report: CauseReport, language: Language) -> list[CauseLine]:
    lines = []
    for one in report.candidates:
        told, chance = asdict(cause_row(one, report, language)), one.chance
        lines.append(
            CauseLine(
                kind=one.kind.name.lower(),
                standing=one.standing.name.lower(),
                standing_text=told.pop("standing"),
                **told,
                p_value=None if chance is None else chance.p_value,
                present_share=None if chance is None else chance.present / max(chance.drawn, 1),
                objects=tuple(near.norad_id for near in one.objects),
            )
        )
    return lines
