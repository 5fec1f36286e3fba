"""What a letter holds, brought into the picture: only where somebody, or a rule, says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.formats.markings import write_marking
from hoshimori.formats.reports import write_reports
from hoshimori.model.elements import ElementSets
from hoshimori.model.letter_records import Acceptance
from hoshimori.model.letters import (
    FactsContent,
    LetterState,
    ReportContent,
    SignedLetter,
)
from hoshimori.model.moments import as_column_time
from hoshimori.model.partners import held_marking
from hoshimori.model.provenance import Provenance, source_of_partner
from hoshimori.model.rejections import Reading
from hoshimori.model.reports import Grade, OperatorReport, Reliability
from hoshimori.store import StoreContract
from hoshimori.workflows.sealing import write_whole
from hoshimori.workflows.share_house import FOLDER, Node
from hoshimori.workflows.share_reading import Held

STANDING_RULE = "standing rule"
REPORTS = "reports"
"""In the folder of the node: one file for each report that was accepted."""

OpenStore = Callable[[], AbstractContextManager[StoreContract]]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of the content of a letter."""

    letter_id: str
    new: int
    """Facts that the store did not hold, or reports."""
    known: int
    """Facts that it held: they count once, and stay as they came first."""
    source: str
    """Of the facts; empty for reports."""
    file: str
    """Of the report; empty for facts."""


def accept_letter(
    node: Node, held: Held, letter_id: str, open_store: OpenStore, by: str, now_utc: datetime
) -> Accepted:
    """Bring facts or a report of a letter into the picture, under the marking of the letter.

    Facts are known from when the letter came, by the clock of this house, whatever the letter
    says; a report has the lower of its own reliability and that of the partner.

    Raises:
        SettingsError: there is no such letter, it does not count, or it holds neither.
    """
    one = _acceptable(node, held, letter_id)
    content = one.letter.content
    if isinstance(content, FactsContent):
        done = _keep_facts(node, held, one, content.element_sets, open_store)
    else:
        assert isinstance(content, ReportContent)
        done = _keep_report(node, one, content.report)
    node.register.accept(Acceptance(letter_id, now_utc, by, done.source))
    return done


def accept_by_rule(
    node: Node, held: Held, letters: tuple[SignedLetter, ...], open_store: OpenStore,
    now_utc: datetime,
) -> tuple[Accepted, ...]:  # fmt: skip
    """Bring in what the partners' standing rules let in."""
    done = []
    for one in letters:
        partner = node.partners.by_code().get(one.letter.origin)
        counts = held.states[one.letter_id] is LetterState.COUNTS
        if partner is not None and counts and one.letter.kind in partner.accepts:
            done.append(
                accept_letter(node, held, one.letter_id, open_store, STANDING_RULE, now_utc)
            )
    return tuple(done)


def _acceptable(node: Node, held: Held, letter_id: str) -> SignedLetter:
    one = held.by_id().get(letter_id)
    if one is None:
        raise SettingsError(f"{letter_id[:12]}: there is no such letter (`share inbox`)")
    name = f"letter {letter_id[:12]} of {one.letter.origin}"
    if one.letter.origin == node.code:
        raise SettingsError(f"{name}: is our own")
    if held.states[letter_id] is not LetterState.COUNTS:
        raise SettingsError(f"{name}: does not count: it is {held.states[letter_id].value}")
    if not isinstance(one.letter.content, FactsContent | ReportContent):
        raise SettingsError(
            f"{name}: holds a {one.letter.kind.value}; facts and reports come into the picture, "
            "anything else is looked at: `share show`"
        )
    return one


def _keep_facts(
    node: Node, held: Held, one: SignedLetter, sets: ElementSets, open_store: OpenStore
) -> Accepted:
    source = source_of_partner(
        one.letter.origin, write_marking(held_marking(one.letter, node.code))
    )
    received_utc = held.kept[one.letter_id].received_utc
    digest = hashlib.sha256(one.line).hexdigest()
    known = replace(
        sets,
        known_utc=np.full(len(sets), as_column_time(received_utc)),
        provenance_index=np.zeros(len(sets), dtype=np.int32),
        provenances=(Provenance(source, digest, one.letter.reality),),
    )
    with open_store() as store:
        counts = store.append(
            Reading(known, ()),
            payload=one.line,
            source=source,
            received_utc=received_utc,
            reality=one.letter.reality,
        )
    return Accepted(one.letter_id, counts.new, counts.duplicate, source, "")


def _keep_report(node: Node, one: SignedLetter, report: OperatorReport) -> Accepted:
    folder = node.folder / FOLDER / REPORTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{one.letter_id}.toml"
    is_new = not path.exists()
    reliability = _lower(report.grade.reliability, _reliability(node, one))
    marked = replace(
        report,
        marking=report.marking.join(held_marking(one.letter, node.code)),
        grade=Grade(reliability, report.grade.credibility),
    )
    write_whole(path, write_reports([marked]))
    return Accepted(one.letter_id, int(is_new), int(not is_new), "", str(path))


def reports_folder(folder: Path) -> Path:
    """Return where accepted reports stand, for ``--reports`` and ``floor.reports``."""
    return folder / FOLDER / REPORTS


def _reliability(node: Node, one: SignedLetter) -> Reliability:
    partner = node.partners.by_code().get(one.letter.origin)
    return Reliability.NOT_JUDGED if partner is None else partner.reliability


def _lower(one: Reliability, other: Reliability) -> Reliability:
    """Return the less reliable of two; not judged is less than any."""
    return max(one, other, key=lambda reliability: reliability.value)
