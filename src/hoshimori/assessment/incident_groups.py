"""Which findings belong together: by objects and time, what came apart by its event."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from typing import TypeVar

from hoshimori.assessment.breakup_causes import same_event
from hoshimori.assessment.emitter_joining import belongs
from hoshimori.assessment.ground_joining import joined_places, own_place
from hoshimori.assessment.report_joining import apart_in_time, places_of, stands_alone
from hoshimori.model.findings import (
    AnyFinding,
    Breakup,
    EmitterInterference,
    OperatorReport,
    ReceiverInterference,
    Separation,
)

EPISODE_APART = timedelta(days=90)
"""Findings of the same objects that are farther apart in time are different incidents."""
AREA_APART = timedelta(days=3)
"""The same for findings about an area, which have no objects that would tell them apart."""
_BESIDE_EVENT = timedelta(days=2)
"""A finding about an asset that came apart is told with the event if it is as near in time; so is
one about its links with whatever the asset takes part in."""
_FIRST_CELL_UTC = datetime(1957, 10, 4, tzinfo=UTC)

EVENT_SERIES = "EVT-"
"""What the id of a series begins with where something came apart."""
_EVENT = "event|"

Event = Breakup | Separation
_F = TypeVar("_F", bound=AnyFinding)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one incident before anything is said of them."""

    key: str
    """What makes it one series: its objects, or the parent of what came apart."""
    anchor_utc: datetime
    """Start of what makes it one incident of that series."""
    objects: tuple[int, ...]
    """By number; of an event its parents first."""
    findings: tuple[AnyFinding, ...]
    parts: tuple[str, ...] = ()
    """Keys of areas and receivers that are told with it and would else be groups of their own."""

    @property
    def is_event(self) -> bool:
        """Tell whether something came apart."""
        return self.key.startswith(_EVENT)

    @property
    def series_id(self) -> str:
        """Return the id that all incidents of these objects share."""
        return _series_id(self.key)

    @property
    def joined_series(self) -> tuple[str, ...]:
        """Return the ids of the series that its parts would be by themselves."""
        return tuple(_series_id(key) for key in self.parts)

    @property
    def incident_id(self) -> str:
        """Return the id of this incident.

        Two incidents of one series start farther apart than `apart_of` says, so that they never
        start in one cell of that length.
        """
        cell = (self.anchor_utc - _FIRST_CELL_UTC) // apart_of(self.objects)
        return f"INC-{_digest(f'{self.key}|{cell}')}"


def apart_of(objects: Collection[int]) -> timedelta:
    """Return how far apart in time findings about these objects are different incidents."""
    return EPISODE_APART if objects else AREA_APART


def groups_of(findings: Iterable[AnyFinding], asset_ids: frozenset[int]) -> tuple[Group, ...]:
    """Return the groups, whatever the order of the findings.

    A finding about one other object alone joins every group with that object that it is near in
    time, and makes a group of its own where there is none. What came apart also joins the groups
    of those that were near it. Findings without objects (areas, receivers) are told together by
    area and receiver, those of one event under one area (`ground_joining`). A disturbed link of an
    object is told by itself, and with every group of that object and others that is near in time.
    Located emitters join every group of what they disturb, and make groups of their own where there
    is none. Reports go with what was measured about their objects, whenever they were made.
    """
    ordered = sorted(findings, key=lambda f: (f.start_utc, f.end_utc, f.finding_id))
    # What is said of no object stands where an area that was measured would.
    reports = [f for f in ordered if isinstance(f, OperatorReport) and f.objects]
    emitters = [f for f in ordered if isinstance(f, EmitterInterference)]
    apart = {f.finding_id for f in (*reports, *emitters)}
    measured = [f for f in ordered if f.finding_id not in apart]
    events = [f for f in measured if isinstance(f, Event)]
    rest = [f for f in measured if not isinstance(f, Event)]
    of_one = [f for f in rest if len(f.objects) == 1]
    links = [f for f in of_one if isinstance(f, ReceiverInterference)]
    alone = [f for f in of_one if f.objects[0] not in asset_ids and f not in links]
    of_asset = [f for f in of_one if f.objects[0] in asset_ids and f not in links]
    alone_ids = {f.finding_id for f in alone}
    own = [
        *_event_groups(events),
        *_episodes_by_objects([f for f in rest if f.finding_id not in alone_ids]),
    ]
    own = _with_reports(own, [r for r in reports if len(r.objects) > 1], asset_ids)
    parted = [f for f in events if f.objects[0] not in asset_ids]
    complete = [
        _joined(group, alone=alone, of_asset=of_asset, parted=parted, links=links) for group in own
    ]
    taken = {f.finding_id for group in complete for f in group.findings}
    homeless = [f for f in alone if f.finding_id not in taken]
    complete += _episodes_by_objects(homeless)
    complete = _with_emitters(complete, emitters)
    return tuple(_with_reports(complete, [r for r in reports if len(r.objects) == 1], asset_ids))


def _with_emitters(groups: Sequence[Group], emitters: Sequence[EmitterInterference]) -> list[Group]:
    """Return the groups with the emitters that belong to them, and those that others make.

    A signal that disturbs nothing else that was measured is one group, whatever is located of it.
    """
    joined = [
        [emitter for emitter in emitters if belongs(emitter, group.findings)] for group in groups
    ]
    at_home = {emitter.finding_id for own in joined for emitter in own}
    by_signal: dict[tuple[tuple[int, ...], str], list[EmitterInterference]] = defaultdict(list)
    for emitter in emitters:
        if emitter.finding_id not in at_home:
            by_signal[emitter.objects, emitter.signal].append(emitter)
    complete = [
        _with_own(group, own) if own else group for group, own in zip(groups, joined, strict=True)
    ]
    for (objects, _), alone in by_signal.items():
        for episode in _episodes(alone, apart_of(objects)):
            key = _key_of_signal(episode[0])
            complete.append(Group(key, episode[0].start_utc, objects, tuple(episode)))
    return complete


def _with_own(group: Group, emitters: Sequence[EmitterInterference]) -> Group:
    """Return a group with its emitters; what they were by themselves before is part of it."""
    parts = {*group.parts, *map(_key_of_signal, emitters)}
    findings = (*group.findings, *emitters)
    return replace(group, findings=findings, parts=tuple(sorted(parts)))


def _key_of_signal(emitter: EmitterInterference) -> str:
    return f"emitter|{','.join(map(str, emitter.objects))}|{emitter.signal}"


def _with_reports(
    groups: Sequence[Group], reports: Sequence[OperatorReport], asset_ids: frozenset[int]
) -> list[Group]:
    """Return the groups with the reports that join them, and those that reports make.

    Of a series, a report joins the incident that is nearest in time. The largest sets of objects
    come first, so that reports about fewer join what those about more have made.
    """
    found = list(groups)
    for size in sorted({len(set(r.objects)) for r in reports}, reverse=True):
        objects_of = [frozenset(group.objects) for group in found]
        further: dict[int, list[AnyFinding]] = defaultdict(list)
        lonely = []
        for report in (r for r in reports if len(set(r.objects)) == size):
            joined = _nearest_of_series(found, places_of(report, objects_of), report)
            for place in joined:
                further[place].append(report)
            at_home = any(objects_of[i] == frozenset(report.objects) for i in joined)
            if not at_home and stands_alone(report, len(joined), asset_ids):
                lonely.append(report)
        for place, new in further.items():
            group = found[place]
            found[place] = replace(group, findings=(*group.findings, *new))
        found += _episodes_by_objects(lonely)
    return found


def _nearest_of_series(
    groups: Sequence[Group], places: Sequence[int], report: OperatorReport
) -> list[int]:
    nearest: dict[str, int] = {}
    for place in places:
        group = groups[place]
        kept = nearest.setdefault(group.key, place)
        if apart_in_time(report, group.findings) < apart_in_time(report, groups[kept].findings):
            nearest[group.key] = place
    return list(nearest.values())


def _joined(
    group: Group,
    *,
    alone: Sequence[AnyFinding],
    of_asset: Sequence[AnyFinding],
    parted: Sequence[AnyFinding],
    links: Sequence[AnyFinding],
) -> Group:
    """Return a group with the findings about one of its objects that go with it."""
    if len(group.objects) < 2 and not group.is_event:
        return group
    near = [f for f in alone if _goes_with(group, f, EPISODE_APART)]
    beside = of_asset if group.is_event else parted
    apart = _BESIDE_EVENT if group.is_event else EPISODE_APART
    near += [f for f in beside if _goes_with(group, f, apart)]
    near += [f for f in links if _goes_with(group, f, _BESIDE_EVENT) and f not in group.findings]
    return Group(group.key, group.anchor_utc, group.objects, (*group.findings, *near))


def _goes_with(group: Group, finding: AnyFinding, apart: timedelta) -> bool:
    return finding.objects[0] in group.objects and _near(group, finding, apart)


def _near(group: Group, finding: AnyFinding, apart: timedelta) -> bool:
    measured = [f for f in group.findings if not isinstance(f, OperatorReport)] or group.findings
    starts = min(f.start_utc for f in measured)
    ends = max(f.end_utc for f in measured)
    return finding.start_utc <= ends + apart and starts <= finding.end_utc + apart


def _episodes_by_objects(findings: Sequence[AnyFinding]) -> Iterator[Group]:
    """Yield the groups of findings, ordered by time, that are about the same objects or area."""
    by_place: dict[tuple[tuple[int, ...], str], list[AnyFinding]] = defaultdict(list)
    joined = joined_places(f for f in findings if not f.objects)
    for finding in findings:
        area = joined.get(finding.finding_id, own_place(finding))
        by_place[tuple(sorted(set(finding.objects))), area].append(finding)
    for (objects, area), of_these in by_place.items():
        key = "objects|" + ",".join(map(str, objects)) if objects else _key_of_area(area)
        for episode in _episodes(of_these, apart_of(objects)):
            own = () if objects else {_key_of_area(own_place(f)) for f in episode}
            parts = tuple(sorted({*own} - {key}))
            yield Group(key, episode[0].start_utc, objects, tuple(episode), parts)


def _key_of_area(place: str) -> str:
    return f"area|{place}"


def _episodes(ordered: Sequence[_F], apart: timedelta) -> Iterator[list[_F]]:
    """Yield runs of findings, ordered by start, without a longer gap than `apart`."""
    episode: list[_F] = []
    until = datetime.min.replace(tzinfo=UTC)
    for finding in ordered:
        if episode and finding.start_utc > until + apart:
            yield episode
            episode = []
        until = max(until, finding.end_utc) if episode else finding.end_utc
        episode.append(finding)
    if episode:
        yield episode


def _event_groups(events: Sequence[Event]) -> Iterator[Group]:
    """Yield what came apart together: of one parent, in one event, or with the same pieces."""
    for cluster in _clusters(len(events), _links(events)):
        members = [events[i] for i in cluster]
        parent = min(f.objects[0] for f in members)
        anchor = min(f.start_utc for f in members if f.objects[0] == parent)
        yield Group(f"{_EVENT}{parent}", anchor, _objects_of_event(members), tuple(members))


def _links(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    place = {id(event): i for i, event in enumerate(events)}
    sharing: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        for norad_id in {event.objects[0], *pieces_of(event)}:
            sharing[norad_id].append(event)
    for of_one in sharing.values():
        for episode in _episodes(of_one, EPISODE_APART):
            yield from ((place[id(a)], place[id(b)]) for a, b in pairwise(episode))
    breakups = [event for event in events if isinstance(event, Breakup)]
    for one, other in combinations(breakups, 2):
        if same_event(one, other):
            yield place[id(one)], place[id(other)]


def pieces_of(event: Event) -> tuple[int, ...]:
    """Return the objects that appeared."""
    return event.cloud.norad_id if isinstance(event, Breakup) else event.objects[1:]


def _objects_of_event(members: Sequence[Event]) -> tuple[int, ...]:
    parents = sorted({f.objects[0] for f in members})
    pieces = sorted({i for f in members for i in pieces_of(f)} - set(parents))
    return (*parents, *pieces)


def _clusters(count: int, links: Iterable[tuple[int, int]]) -> Iterable[Sequence[int]]:
    """Return the connected components of the numbers below `count`, each in order."""
    leader = list(range(count))

    def first_of(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for one, other in links:
        low, high = sorted((first_of(one), first_of(other)))
        leader[high] = low
    found: Mapping[int, list[int]] = defaultdict(list)
    for i in range(count):
        found[first_of(i)].append(i)
    return found.values()


def _series_id(key: str) -> str:
    return f"{EVENT_SERIES if key.startswith(_EVENT) else 'SER-'}{_digest(key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
