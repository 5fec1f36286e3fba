"""Derive what partners may have: withhold, compute again from what remains, list what changes.

Nothing is deleted from texts: findings, assessment and documents of the copy are made anew from
the permitted evidence alone, and the kept facts still verify against the original's signatures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import hoshimori
from hoshimori.dossier.opening import unpack
from hoshimori.dossier.redaction import release
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.changes import Change, Conclusion
from hoshimori.model.dossiers import Dossier, Item, Policy
from hoshimori.model.exercise_stores import require_asked
from hoshimori.model.markings import OPEN
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.briefing import briefing_of, files_among
from hoshimori.workflows.documents import DOCUMENT, EXHIBIT, document_items
from hoshimori.workflows.dossier_inputs import enclosed_in
from hoshimori.workflows.dossier_items import (
    ASSESSMENT,
    CHANGES,
    ELEMENT_SET,
    FINDING,
    INCIDENT,
    REPORT,
    assessment_item,
    finding_items,
)
from hoshimori.workflows.dossier_provenance import PROVENANCE, provenance_item
from hoshimori.workflows.rerun import asked_again
from hoshimori.workflows.sealing import new_salts

DERIVED = frozenset({FINDING, INCIDENT, ASSESSMENT, PROVENANCE, DOCUMENT, EXHIBIT})
"""Made anew for a release, whether or not the former ones might go."""


@dataclass(frozen=True, slots=True)
class Released:
    """The copy that partners may have, and what is another conclusion in it."""

    data: bytes
    items: tuple[Item, ...]
    """What was made anew."""
    changes: tuple[Change, ...]
    withheld: int
    """Facts and other items of the original that stay behind."""


def released(
    data: bytes, partners: frozenset[str], composed_utc: datetime, *, exercise: bool = False
) -> Released:
    """Return the copy of a dossier for partners, not signed yet.

    Raises:
        FormatError: the file is no dossier, was changed, or lacks what the question needs.
        ReleaseError: what is needed to ask again may not go to the partners; or it is of an
            exercise, and `exercise` does not ask for one.
        SettingsError: the file is not whole.
    """
    whole = unpack(data).original
    items = tuple(salted.item for salted in whole.items)
    require_asked(items[0].reality, exercise=exercise, what="this dossier")
    _content(items, ASSESSMENT)  # what was withheld before cannot be compared with
    kept = tuple(i for i in items if i.marking.may_go_to(partners) and i.kind not in DERIVED)
    told = asked_again(enclosed_in(kept)).told
    new = tuple(_made_anew(told, kept, items, composed_utc, partners))
    dossier = Dossier(
        items=new,
        reality=items[0].reality,
        composed_utc=composed_utc,
        software=f"hoshimori {hoshimori.__version__}",
        policy=Policy(),
    )
    names = {item.item_id for item in kept}
    copy = release(
        data, lambda item: item.item_id in names, dossier, new_salts(len(new)), to=partners
    )
    behind = sum(i.kind not in DERIVED and i.item_id not in names for i in items)
    return Released(copy, new, tuple(_changes(items, told)), behind)


def _made_anew(
    told: Brief | None,
    kept: Sequence[Item],
    items: Sequence[Item],
    composed_utc: datetime,
    partners: frozenset[str],
) -> Iterator[Item]:
    reality = items[0].reality
    changes = for_partners(_changes(items, told))
    shown: Any = [
        {"conclusion": c.conclusion.value, "about": c.about, "now": c.after} for c in changes
    ]
    yield Item(CHANGES, CHANGES, OPEN, reality, shown)
    if told is None:
        return
    facts = told.assessment.marking
    yield from finding_items(told.inquiry, told.incident, facts, reality)
    yield assessment_item(told.assessment, reality)
    findings = told.inquiry.findings_of(told.incident)
    facts_kept = [item for item in kept if item.kind in (ELEMENT_SET, REPORT)]
    yield provenance_item(told.inquiry, findings, facts_kept, told.decided, facts, composed_utc)
    telling = briefing_of(
        told,
        composed_utc=composed_utc,
        files=files_among(kept),
        released_to=partners,
        changes=changes,
    )
    yield from document_items(telling)


def for_partners(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return what a copy may tell of its changes: to what, but not from what.

    A former value may tell of what is withheld, and so does the id of a finding that is gone.
    """
    told = (
        replace(c, before="", about="" if c.conclusion is Conclusion.FINDING else c.about)
        for c in changes
    )
    return tuple(dict.fromkeys(told))


def _changes(items: Sequence[Item], told: Brief | None) -> Iterator[Change]:
    """Yield the conclusions of the original that are others without what is withheld."""
    before = _content(items, ASSESSMENT)
    if told is None:
        yield Change(Conclusion.INCIDENT, "", _label(before), "")
        return
    after = as_json_value(told.assessment)
    if _label(before) != _label(after):
        yield Change(Conclusion.LABEL, "", _label(before), _label(after))
    if before["confidence"] != after["confidence"]:
        yield Change(Conclusion.CONFIDENCE, "", before["confidence"], after["confidence"])
    for compared in _COMPARED:
        yield from _changed(before, after, *compared)
    enclosed = {i.item_id for i in items if i.kind == FINDING}
    found = {f"finding/{f.finding_id}" for f in told.inquiry.findings_of(told.incident)}
    for lost in sorted(enclosed - found):
        yield Change(Conclusion.FINDING, lost.removeprefix("finding/"), "found", "")


_COMPARED = (
    (Conclusion.LIKELIHOOD, "explanations", "hypothesis", "words"),
    (Conclusion.FACTOR, "factors", "factor", "proposed"),
    (Conclusion.GATE, "gates", "gate", "unmet"),
)


def _changed(
    before: Any, after: Any, conclusion: Conclusion, rows: str, key: str, value: str
) -> Iterator[Change]:
    """Yield the rows of a list of the assessment that have another value than before."""
    shown = _needs if conclusion is Conclusion.GATE else _shown
    former = {row[key]: shown(row[value]) for row in before[rows]}
    for row in after[rows]:
        now = shown(row[value])
        if former.get(row[key]) != now:
            yield Change(conclusion, row[key], former.get(row[key], ""), now)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " to ".join(map(str, (value[0], value[-1]) if len(value) > 1 else value))
    return "unknown" if value is None else str(value)


def _needs(unmet: Sequence[str]) -> str:
    return ", ".join(unmet)


def _label(assessment: Mapping[str, Any]) -> str:
    return str(assessment["label"])


def _content(items: Sequence[Item], kind: str) -> Mapping[str, Any]:
    found = [i.content for i in items if i.kind == kind and isinstance(i.content, Mapping)]
    if not found:
        raise SettingsError(f"the file holds no {kind}: release from the whole dossier")
    return found[0]
