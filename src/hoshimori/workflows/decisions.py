"""What people decided about an incident, from the journal, as an assessment takes it."""

from __future__ import annotations

from pathlib import Path

from hoshimori.assessment.assess import NOTHING_DECIDED, Decided
from hoshimori.model.journal import DecisionKind
from hoshimori.settings import Settings, store_folder
from hoshimori.store.journal import FORM
from hoshimori.store.small_database import is_begun
from hoshimori.workflows.incident_record import decisions_of, in_force, opened_journal


def decided_about(settings: Settings, folder: Path | None, incident_id: str) -> Decided:
    """Return what is in force of people's decisions; nothing where there is no journal yet.

    Raises:
        StoreError: the journal is damaged, of a newer version, or busy for long.
    """
    place = folder or store_folder(settings)
    if not is_begun(place, FORM):
        return NOTHING_DECIDED
    with opened_journal(settings, place) as journal:
        kept = in_force(decisions_of(journal, incident_id))
    of_keys = (DecisionKind.FACTOR, DecisionKind.GATE, DecisionKind.EXPLANATION)
    return Decided(
        values={one.key: one.decision for one in kept if one.kind in of_keys},
        dissent=tuple(one.decision for one in kept if one.kind is DecisionKind.DISSENT),
    )
