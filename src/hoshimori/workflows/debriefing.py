"""The after-action report of a rehearsal as a file: a page for the screen, or a paper."""

from __future__ import annotations

from hoshimori.dossier.after_action_document import after_action_document
from hoshimori.dossier.dossier_page import dossier_page
from hoshimori.dossier.dossier_paper import dossier_paper
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.model.dossiers import Blob
from hoshimori.model.rehearsals import AfterAction
from hoshimori.model.scenarios import Scenario
from hoshimori.workflows.documents import paper_bytes


def debrief(scenario: Scenario, told: AfterAction, language: Language, paper: str) -> Blob:
    """Return the report as ``html`` or ``pdf``; the same exercise gives the same bytes.

    Raises:
        SettingsError: another format is asked for.
    """
    document = after_action_document(scenario, told, language)
    stem = f"EXERCISE-after-action-{language.value}"
    if paper == "html":
        return Blob(f"{stem}.html", "text/html", dossier_page(document).encode())
    if paper == "pdf":
        # Dated by the end of the exercise, so that the same exercise gives the same paper.
        looks = told.rehearsal.looks
        dated = looks[-1].as_of_utc if looks else told.rehearsal.starts_utc
        source = dossier_paper(document, dated)
        return Blob(f"{stem}.pdf", "application/pdf", paper_bytes(source, dated))
    raise SettingsError(f"{paper}: a report is written as html or pdf")
