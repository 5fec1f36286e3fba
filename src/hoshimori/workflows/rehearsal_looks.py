"""What a machine sees of an exercise at one moment, and whether the sky shows it by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeAlias

from hoshimori.dossier.assessment_text import assessment_text
from hoshimori.dossier.language import Language
from hoshimori.dossier.never_said import never_said
from hoshimori.model.assessments import Assessment
from hoshimori.model.finding import Interval, kind_of
from hoshimori.model.findings import AnyFinding, Breakup, Separation
from hoshimori.model.incidents import Attention, Incident
from hoshimori.model.rehearsals import Look, SeenFinding, SeenIncident
from hoshimori.model.tapes import TrueEvent
from hoshimori.workflows.cases import group_spans
from hoshimori.workflows.inquiry import Inquiry

Findings: TypeAlias = Sequence[AnyFinding]
Kind: TypeAlias = tuple[str, tuple[int, ...], str]
"""Kind, objects and trait of a finding."""
AskedWithout = Callable[[frozenset[str]], Findings]
"""What detectors of some names find in the same sky, at the same moment, without the injects."""
Assessed = Callable[[Inquiry, Incident], Assessment]

_TRAITS = ("motion", "hold", "shift", "aspect", "phenomenon")
_SAME = timedelta(hours=12)


@dataclass(slots=True)
class OfTheSky:
    """What has been told so far of findings: whether the sky shows them without the injects.

    The sky is asked once for each finding, at the first look that shows it: what is told then
    holds for its later looks.
    """

    told: dict[Kind, list[tuple[AnyFinding, bool]]] = field(default_factory=dict)

    def known(self, finding: AnyFinding) -> bool | None:
        """Return what was told of a finding; None where the sky was not asked yet."""
        alike = self.told.get(told_apart_by(finding), ())
        return next((is_so for other, is_so in alike if _are_same(finding, other)), None)

    def ask(self, findings: Findings, asked_without: AskedWithout) -> None:
        """Ask the sky about those findings of which nothing was told yet."""
        new = [f for f in findings if self.known(f) is None]
        if not new:
            return
        without: dict[Kind, list[AnyFinding]] = {}
        for found in asked_without(frozenset(f.detector for f in new)):
            without.setdefault(told_apart_by(found), []).append(found)
        for one in new:
            is_so = any(_are_same(one, other) for other in without.get(told_apart_by(one), ()))
            self.told.setdefault(told_apart_by(one), []).append((one, is_so))


def look_of(
    inquiry: Inquiry,
    concern: frozenset[int],
    of_the_sky: OfTheSky,
    *,
    asked_without: AskedWithout,
    assessed: Assessed | None,
) -> Look:
    """Return what an inquiry shows of the objects of an exercise, or asks a human to look at.

    With `assessed` None incidents are not assessed.
    """
    chosen = [i for i in inquiry.incidents if _counts(i, inquiry, concern)]
    findings = {f.finding_id: f for i in chosen for f in inquiry.findings_of(i)}
    of_the_sky.ask(list(findings.values()), asked_without)
    return Look(
        as_of_utc=inquiry.picture.as_of_utc,
        findings=tuple(
            _seen(finding, bool(of_the_sky.known(finding)))
            for _, finding in sorted(findings.items())
        ),
        incidents=tuple(_incident(i, inquiry, concern, assessed) for i in chosen),
        failed=tuple(f"{run.detector}: {run.problem}" for run in inquiry.runs if run.problem),
    )


def _objects(incident: Incident, inquiry: Inquiry) -> set[int]:
    found = {o for f in inquiry.findings_of(incident) for o in f.objects}
    return {*incident.assets, *incident.others, *found}


def _counts(incident: Incident, inquiry: Inquiry, concern: frozenset[int]) -> bool:
    objects = _objects(incident, inquiry)
    return not objects or bool(objects & concern) or incident.attention is Attention.LOOK


def _incident(
    incident: Incident, inquiry: Inquiry, concern: frozenset[int], assessed: Assessed | None
) -> SeenIncident:
    objects = _objects(incident, inquiry)
    wanted = objects & concern or not objects
    assessment = assessed(inquiry, incident) if assessed is not None and wanted else None
    groups: Mapping[str, Interval] = {}
    if assessment is not None:
        spans = group_spans(assessment.explanations)
        groups = {group.value: span for group, span in spans.items()}
    return SeenIncident(
        incident_id=incident.incident_id,
        objects=tuple(sorted(objects)),
        finding_ids=incident.finding_ids,
        attention=incident.attention,
        label=assessment.label if assessment else None,
        groups=groups,
        wording=_wording(assessment, inquiry.names) if assessment else (),
    )


def _seen(finding: AnyFinding, is_of_the_sky: bool) -> SeenFinding:
    parents: tuple[int, ...] = ()
    if isinstance(finding, Breakup | Separation):
        parents = tuple(candidate.norad_id for candidate in finding.candidates)
    return SeenFinding(
        finding_id=finding.finding_id,
        kind=kind_of(finding),
        objects=finding.objects,
        start_utc=to_the_second(finding.start_utc),
        end_utc=to_the_second(finding.end_utc),
        trait=told_apart_by(finding)[2],
        parents=parents,
        measures=_measures(finding),
        is_of_the_sky=is_of_the_sky,
    )


def to_the_second(moment: datetime) -> datetime:
    """Return a moment as files keep it: to the second before."""
    return moment.replace(microsecond=0)


def event_to_the_second(event: TrueEvent) -> TrueEvent:
    """Return what truly happened with its moments as files keep them."""
    return replace(
        event,
        from_utc=to_the_second(event.from_utc),
        to_utc=to_the_second(event.to_utc),
        observable_utc=to_the_second(event.observable_utc),
        public_utc=to_the_second(event.public_utc) if event.public_utc else None,
    )


def _measures(finding: AnyFinding) -> dict[str, Interval]:
    """Return the numbers of a finding by the names of its fields; those that scripts may ask."""
    measures = {}
    for one in fields(finding):
        value = getattr(finding, one.name)
        if isinstance(value, Interval):
            measures[one.name] = value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            measures[one.name] = Interval(float(value), float(value), float(value))
    return measures


def told_apart_by(finding: AnyFinding) -> Kind:
    """Return what tells a finding apart from others: kind, objects, trait."""
    values = [getattr(finding, name, None) for name in _TRAITS]
    trait = " ".join(str(value.value) for value in values if isinstance(value, Enum))
    return kind_of(finding), finding.objects, trait


def _are_same(one: AnyFinding, other: AnyFinding) -> bool:
    """Tell whether two findings of one kind and the same objects are about the same thing.

    Their spans meet, and so do the intervals of every number that both have.
    """
    if one.start_utc > other.end_utc + _SAME or other.start_utc - _SAME > one.end_utc:
        return False
    theirs = _intervals(other)
    return all(
        name not in theirs or (span.low <= theirs[name].high and theirs[name].low <= span.high)
        for name, span in _intervals(one).items()
    )


def _intervals(finding: AnyFinding) -> dict[str, Interval]:
    named = {one.name: getattr(finding, one.name) for one in fields(finding)}
    return {name: value for name, value in named.items() if isinstance(value, Interval)}


def _wording(assessment: Assessment, names: Mapping[int, str]) -> tuple[str, ...]:
    """Return what stands in the text of an assessment and must not, in any language."""
    return tuple(
        word
        for language in Language
        for text in _texts(assessment_text(assessment, names, language))
        for word in never_said(text, language)
    )


def _texts(told: Any) -> Iterable[str]:
    """Yield every text within a structure of rows."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, tuple | list):
        for one in told:
            yield from _texts(one)
    elif is_dataclass(told):
        for one in fields(told):
            yield from _texts(getattr(told, one.name))
