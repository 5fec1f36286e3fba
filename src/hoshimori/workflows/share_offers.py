"""Letters written and put into the streams to partners; nothing is offered that may not go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hoshimori.dossier.opening import unpack
from hoshimori.errors import ReleaseError, SettingsError
from hoshimori.formats.json_document import as_json_value
from hoshimori.formats.letters import MOST_FACTS
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.finding import Finding
from hoshimori.model.incidents import Incident
from hoshimori.model.letters import (
    AnyContent,
    DossierContent,
    FactsContent,
    IncidentContent,
    Letter,
    ReportContent,
    SignedLetter,
)
from hoshimori.model.markings import Marking, joined
from hoshimori.model.partners import Partner, Withheld, withheld
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.model.reports import OperatorReport
from hoshimori.settings import Settings, marking_of
from hoshimori.store import StoreContract
from hoshimori.workflows.audience import permitted, permitted_sets
from hoshimori.workflows.brief import brief, yardsticks
from hoshimori.workflows.inquiry import Inquiry, chosen_incident, inquire
from hoshimori.workflows.reports import marking_of_picture
from hoshimori.workflows.share_bundles import new_stream
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_letters import sealed_letter


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said to one partner, before it is a letter."""

    content: AnyContent
    marking: Marking
    reality: Reality
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of an offer to one partner."""

    partner: str
    letters: tuple[SignedLetter, ...]
    """That stand in the stream to it now."""
    stay: tuple[Withheld, ...]
    """Why letters stay that were to be offered, one for each."""


def offer(
    node: Node,
    partner: Partner,
    said: Sequence[Said],
    now_utc: datetime,
    *,
    lasts: timedelta | None = None,
    shown_only: bool = False,
) -> Offered:
    """Write letters of the house and put those into the stream to a partner that may go.

    With `shown_only` nothing is kept: what would be offered is returned.
    """
    expires = None if lasts is None else now_utc + lasts
    key, letters, stay = node.key(), [], []
    for one in said:
        letter = Letter(
            node.code, one.about, now_utc, expires, one.marking, one.reality, one.content
        )
        why = withheld(letter, partner, node.code, node.mark)
        if why is None:
            letters.append(sealed_letter(letter, key))
        else:
            stay.append(why)
    if letters and not shown_only:
        ids = [one.letter_id for one in letters]
        node.register.write(
            letters,
            {partner.code: ids},
            house=node.code,
            streams={partner.code: new_stream()},
            now_utc=now_utc,
        )
    return Offered(partner.code, tuple(letters), tuple(stay))


def pass_on(
    node: Node,
    partner: Partner,
    one: SignedLetter,
    now_utc: datetime,
    *,
    shown_only: bool = False,
) -> Offered:
    """Put a letter that is kept here, our own or another's, into the stream to a partner."""
    why = withheld(one.letter, partner, node.code, node.mark)
    if why is not None:
        return Offered(partner.code, (), (why,))
    if not shown_only:
        streams = {partner.code: new_stream()}
        ids = {partner.code: [one.letter_id]}
        node.register.write((), ids, house=node.code, streams=streams, now_utc=now_utc)
    return Offered(partner.code, (one,), ())


def facts_for(
    store: StoreContract,
    partner: Partner,
    settings: Settings,
    numbers: Sequence[int],
    *,
    days: float,
    as_of_utc: datetime,
) -> tuple[Said, ...]:
    """Return the element sets of objects that a partner may see, in as many letters as needed.

    Raises:
        SettingsError: none of them may go, or none is there.
    """
    since = as_of_utc - timedelta(days=days)
    held = store.history_of(numbers, as_known_at_utc=as_of_utc, since_utc=since)
    sets = permitted_sets(held, partner.audience, settings)
    if not len(sets):
        raise SettingsError(
            f"of these objects nothing of the last {days:g} days may go to {partner.code}, or is "
            "there"
        )
    said = []
    for first in range(0, len(sets), MOST_FACTS):
        part = permitted_sets(
            sets.take(slice(first, first + MOST_FACTS)), partner.audience, settings
        )
        said.append(
            Said(
                FactsContent(part),
                joined(marking_of(p, settings) for p in part.provenances),
                combined_reality(p.reality for p in part.provenances),
            )
        )
    return tuple(said)


def reports_for(reports: Sequence[OperatorReport]) -> tuple[Said, ...]:
    """Return reports as they are to be told, each under its own marking."""
    return tuple(Said(ReportContent(one), one.marking, one.reality) for one in reports)


def dossier_for(data: bytes) -> Said:
    """Return a dossier as it is to be told, under the marking of all that it holds.

    Raises:
        FormatError: it is no dossier, or was changed.
    """
    package = unpack(data)
    return Said(
        DossierContent(data),
        package.marking,
        combined_reality(item.reality for item in package.items),
    )


def incident_for(
    picture: Picture,
    whole: Inquiry,
    incident: Incident,
    partner: Partner,
    settings: Settings,
) -> Said:
    """Return an incident computed from what a partner may see, and from nothing else.

    What people of the house decided about it is not part of it.

    Raises:
        ReleaseError: it does not come out of what the partner may see.
    """
    seen = permitted(picture, partner.audience, settings)
    theirs = whole if seen is picture else inquire(seen)
    own = _same_incident(theirs, whole, incident, partner)
    told = brief(theirs, own, settings, yardsticks(settings))
    findings = told.inquiry.findings_of(told.incident)
    document: dict[str, Any] = {
        "incident": as_json_value(told.incident),
        "findings": [as_json_value(finding) for finding in findings],
        "assessment": as_json_value(told.assessment),
    }
    content = IncidentContent(
        incident_id=told.incident.incident_id,
        objects=_objects_of(told.inquiry, told.incident),
        start_utc=told.incident.start_utc,
        end_utc=told.incident.end_utc,
        basis=tuple(sorted({digest for finding in findings for digest in finding.basis})),
        document=document,
    )
    marking = told.assessment.marking.join(marking_of_picture(told.inquiry.picture, settings))
    return Said(content, marking, told.assessment.reality)


def incident_asked(
    picture: Picture, incident: str, about: Sequence[int]
) -> tuple[Inquiry, Incident]:
    """Return the inquiry of a picture and the incident in it that is asked for.

    Raises:
        SettingsError: there is none.
    """
    whole = inquire(picture)
    return whole, chosen_incident(whole, incident, about)


def _same_incident(
    theirs: Inquiry, whole: Inquiry, incident: Incident, partner: Partner
) -> Incident:
    """Return the incident of theirs that shares most findings with ours: of a kind, about the same.

    Ids differ where some of the facts that a finding rests on are hidden.
    """
    ours = whole.findings_of(incident)
    shared = {
        one.incident_id: sum(
            any(_is_same(found, other) for other in ours) for found in theirs.findings_of(one)
        )
        for one in theirs.incidents
    }
    best = max(theirs.incidents, key=lambda one: shared[one.incident_id], default=None)
    if best is None or not shared[best.incident_id]:
        raise ReleaseError(
            f"incident {incident.incident_id} does not come out of what {partner.code} may see"
        )
    return best


def _is_same(one: Finding, other: Finding) -> bool:
    overlaps = one.start_utc <= other.end_utc and other.start_utc <= one.end_utc
    return type(one) is type(other) and one.objects == other.objects and overlaps


def _objects_of(inquiry: Inquiry, incident: Incident) -> tuple[int, ...]:
    named = {o for finding in inquiry.findings_of(incident) for o in finding.objects}
    return tuple(sorted({*incident.assets, *incident.others, *named}))


def reality_of(mark: ExerciseMark | None) -> Reality:
    """Return the reality of what people of a house say of themselves."""
    return Reality.REAL if mark is None else Reality.EXERCISE
