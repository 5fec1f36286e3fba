"""Words for the life of incidents, for decisions, and for the state of the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say, say_count, words
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import attention_text
from hoshimori.model.incident_life import Change, Life, LifeState
from hoshimori.model.journal import ChainCheck, RecordedDecision

_SHOWN_OBJECTS = 3


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One incident as one row of texts."""

    incident: str
    state: str
    attention: str
    objects: str
    span: str
    changed: str
    findings: str


def life_row(life: Life, language: Language) -> LifeRow:
    """Return an incident as a row."""
    return LifeRow(
        incident=life.incident_id,
        state=life_state_text(life, language),
        attention=attention_text(life.attention, language),
        objects=life_objects_text(life, language),
        span=f"{utc_text(life.start_utc)}\n{utc_text(life.end_utc)}",
        changed=utc_text(life.changed_utc),
        findings=f"{len(life.findings):,}",
    )


def life_state_text(life: Life, language: Language) -> str:
    """Return the state of an incident and since when it has it."""
    moment = utc_text(life.since_utc)
    if life.state is LifeState.MERGED:
        return say(language, "life.into", incident=life.merged_into, moment=moment)
    state = say(language, f"life.state.{life.state.name.lower()}")
    return say(language, "life.since", state=state, moment=moment)


def life_objects_text(life: Life, language: Language) -> str:
    """Return the catalogue numbers of the assets and of the others, the first few of each."""
    parts = [_some(ids, language) for ids in (life.assets, life.others) if ids]
    if not parts:
        return say(language, "life.objects.area")
    if len(parts) == 1:
        return parts[0]
    return say(language, "life.objects", assets=parts[0], others=parts[1])


def change_text(change: Change, language: Language) -> str:
    """Return what became of an incident at one moment, in one line."""
    gap = say(language, "list.gap")
    key = f"life.change.{change.kind.name.lower()}"
    told = [words(language)[key].format(others=gap.join(change.others))]
    came_ids = set(change.came)
    came = [mark.kind for mark in change.life.findings if mark.finding_id in came_ids]
    for key, kinds in (("life.came", came), ("life.went", [m.kind for m in change.went])):
        if kinds:
            told.append(say(language, key, kinds=gap.join(_counted(kinds, language))))
    moment = utc_text(change.as_of_utc)
    return say(language, "life.history.line", moment=moment, change=" · ".join(told))


def decision_text(recorded: RecordedDecision, language: Language) -> str:
    """Return who decided what, when and why, and what had been proposed."""
    decision = recorded.decision
    line = words(language)[f"life.decided.{recorded.kind.name.lower()}"].format(
        moment=utc_text(decision.decided_utc),
        by=decision.decided_by,
        key=recorded.key,
        value=decision.value,
        because=decision.because,
    )
    if not recorded.key:
        return line.rstrip()
    if recorded.proposed is None:
        proposed = say(language, "life.proposed.none")
    else:
        proposed = say(language, "life.proposed", value=recorded.proposed)
    return f"{line} ({proposed})" if language is Language.EN else f"{line}（{proposed}）"


def journal_lines(check: ChainCheck, language: Language) -> Sequence[str]:
    """Return whether the journal is whole, or where it is broken and how."""
    return chain_lines(check, "journal", language)


def chain_lines(check: ChainCheck, words: str, language: Language) -> Sequence[str]:
    """Return whether a chain of entries is whole, or where it is broken, in words of its own."""
    if check.problem is None:
        return (
            say_count(language, f"{words}.whole", check.entries),
            say(language, f"{words}.head", head=check.head_sha256),
            say(language, f"{words}.head.note"),
        )
    problem = say(language, f"{words}.broken.{check.problem.name.lower()}")
    return (
        say(language, f"{words}.broken", number=f"{check.broken_at:,}", problem=problem),
        say(language, f"{words}.broken.note"),
    )


def _some(norad_ids: Sequence[int], language: Language) -> str:
    first = say(language, "list.gap").join(map(str, norad_ids[:_SHOWN_OBJECTS]))
    further = len(norad_ids) - _SHOWN_OBJECTS
    if further <= 0:
        return first
    return say_count(language, "life.objects.more", further, first=first)


def _counted(kinds: Iterable[str], language: Language) -> list[str]:
    counts = Counter(kinds)
    known = words(language)
    return [
        say_count(language, "life.kind", number, kind=known.get(f"kind.{kind}", kind))
        for kind, number in sorted(counts.items())
    ]
