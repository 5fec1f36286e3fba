"""What a watch shows becomes part of the journal; people's decisions stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from hoshimori.assessment.decision_rules import stated, understood
from hoshimori.assessment.incident_lives import lived
from hoshimori.errors import SettingsError
from hoshimori.model.assessments import Decision
from hoshimori.model.board import WatchBoard
from hoshimori.model.exercise_stores import require_belongs
from hoshimori.model.incident_life import Change, Life, LifeState
from hoshimori.model.journal import ChainCheck, DecisionKind, RecordedDecision
from hoshimori.model.moments import as_datetime
from hoshimori.settings import Settings, store_folder
from hoshimori.store import Journal, open_journal
from hoshimori.workflows.assessment_model import assessment_model
from hoshimori.workflows.deliveries import now_utc


@dataclass(frozen=True, slots=True)
class Recording:
    """A board under the ids by which its incidents are known, and what it changed of them."""

    board: WatchBoard
    changes: tuple[Change, ...] = ()
    not_because: str = ""
    """Why it was not recorded; empty where it was."""
    lives: Mapping[str, Life] = field(default_factory=dict)
    """All incidents that the journal knows, by id, as of this board."""


@dataclass(frozen=True, slots=True)
class IncidentHistory:
    """Everything that the journal holds of one incident."""

    life: Life
    changes: tuple[Change, ...]
    decisions: tuple[RecordedDecision, ...]
    series: tuple[str, ...]
    """Other incidents of the same objects."""


def opened_journal(
    settings: Settings, folder: Path | None = None, *, create: bool = False
) -> Journal:
    """Open the journal in the folder of the store; close it after use.

    Raises:
        StoreError: there is none, it is damaged, of a newer version, or another process writes to
            it for long.
    """
    return open_journal(folder or store_folder(settings), create=create)


def record_board(
    board: WatchBoard,
    journal: Journal,
    *,
    recorded_utc: datetime | None = None,
    is_kept: bool = True,
) -> Recording:
    """Keep what a board changes of the known incidents; all of it or nothing.

    Where `is_kept` is False they get the ids by which they are known, and nothing is written.

    A board of the past is not recorded, nor one of which a detector failed: what it does not show
    would count as gone. Its incidents have the ids by which they are known all the same.

    Raises:
        ReleaseError: the board is of an exercise and the journal is not, or the other way round.
    """
    require_belongs(board.reality, journal.exercise, "this board")
    failed = [run.detector for run in board.runs if run.problem]
    with journal.transaction():
        known = journal.lives()
        last_utc = max((life.changed_utc for life in known.values()), default=board.as_of_utc)
        if board.as_of_utc < last_utc:
            because = f"the journal goes to {last_utc:%Y-%m-%dT%H:%MZ}"
            return Recording(board, not_because=because, lives=known)
        step = lived(
            known,
            board.incidents,
            board.findings,
            as_of_utc=board.as_of_utc,
            watched=frozenset(asset.norad_id for asset in board.assets),
        )
        named = replace(board, incidents=step.incidents)
        if failed:
            return Recording(named, not_because=f"{', '.join(failed)} failed", lives=known)
        if not is_kept:
            return Recording(named, not_because="it was not to be kept", lives=known)
        journal.append_changes(step.changes, recorded_utc=recorded_utc or as_datetime(now_utc()))
    return Recording(named, step.changes, lives=step.lives)


def incidents_in(journal: Journal, states: Iterable[LifeState]) -> tuple[Life, ...]:
    """Return the incidents in some states, those that changed last first."""
    wanted = set(states)
    found = [life for life in journal.lives().values() if life.state in wanted]
    return tuple(sorted(found, key=lambda one: one.changed_utc, reverse=True))


def history_of(journal: Journal, incident_id: str) -> IncidentHistory:
    """Return the history of an incident.

    Raises:
        SettingsError: the journal knows no such incident.
    """
    lives = journal.lives()
    life = _known(lives, incident_id)
    series = tuple(
        sorted(
            one.incident_id
            for one in lives.values()
            if one.series_id == life.series_id and one is not life
        )
    )
    changes = journal.changes_of(incident_id)
    return IncidentHistory(life, changes, journal.decisions_of(incident_id), series)


def record_decision(
    journal: Journal,
    incident_id: str,
    kind: DecisionKind,
    key: str,
    decision: Decision,
    *,
    proposed: str | None = None,
) -> RecordedDecision:
    """Keep what a human decided about an incident, with what the machine had proposed.

    Raises:
        SettingsError: there is no such incident, factor, gate or explanation, or no such value;
            or nothing is said of who decided or why.
    """
    value = understood(kind, key, decision.value, assessment_model())
    because = decision.because.strip()
    if kind is not DecisionKind.DISSENT or because:
        because = stated(because, "--because")
    decided_by = stated(decision.decided_by, "--by")
    kept = replace(decision, value=value, because=because, decided_by=decided_by)
    recorded = RecordedDecision(incident_id, kind, key, proposed, kept)
    with journal.transaction():
        life = _known(journal.lives(), incident_id)
        if life.state is LifeState.MERGED:
            raise SettingsError(
                f"{incident_id} is part of {life.merged_into} now; decide about that one"
            )
        journal.append_decision(recorded, recorded_utc=as_datetime(now_utc()))
    return recorded


def decisions_of(journal: Journal, incident_id: str) -> tuple[RecordedDecision, ...]:
    """Return every decision about an incident, the oldest first; empty where there is none."""
    return journal.decisions_of(incident_id)


def in_force(decisions: Iterable[RecordedDecision]) -> tuple[RecordedDecision, ...]:
    """Return the newest decision about each factor, gate and explanation, and every dissent."""
    newest: dict[tuple[DecisionKind, str, int], RecordedDecision] = {}
    for number, one in enumerate(decisions):
        newest[one.kind, one.key, number if one.kind is DecisionKind.DISSENT else 0] = one
    return tuple(newest.values())


def checked_journal(journal: Journal) -> ChainCheck:
    """Return whether the journal is as it was written, and else where it is not."""
    return journal.check()


def _known(lives: dict[str, Life], incident_id: str) -> Life:
    if incident_id not in lives:
        raise SettingsError(
            f"{incident_id}: the journal knows no such incident; see `hoshimori incidents`"
        )
    return lives[incident_id]
