"""Scores of rehearsals as rows of tables and as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.question_wording import answer_text
from hoshimori.dossier.wording import attention_text
from hoshimori.model.finding import Interval
from hoshimori.model.rehearsals import (
    CellScore,
    EventScore,
    FalseAlarm,
    MeasureScore,
    Score,
    Verdict,
)
from hoshimori.model.scenarios import Scenario
from hoshimori.model.tapes import TrueEvent

RIGHT = (Verdict.FOUND, Verdict.SILENT)
MOST_OBJECTS = 4


@dataclass(frozen=True, slots=True)
class ScriptScoreRow:
    """One script of many that were played."""

    script: str
    found: str
    noticed: str
    silent: str
    delay: str
    false: str
    brier: str
    notes: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One expectation of a script."""

    event: str
    what: str
    verdict: str
    after: str
    label: str
    rank: str
    attention: str
    notes: str


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One false alarm."""

    kind: str
    objects: str
    when: str
    sky: str


def script_score_row(score: Score, language: Language) -> ScriptScoreRow:
    """Return the row of one script."""
    wanted = [e for e in score.events if e.verdict not in (Verdict.SILENT, Verdict.RAISED)]
    quiet = [e for e in score.events if e.verdict in (Verdict.SILENT, Verdict.RAISED)]
    seen = sum(e.first_seen_utc is not None for e in wanted)
    extra = sum(not alarm.is_of_the_sky for alarm in score.false_alarms)
    notes = (
        say(language, "rehearsal.note", name=e.inject_id, verdict=verdict_text(e.verdict, language))
        for e in score.events
        if e.verdict not in RIGHT
    )
    return ScriptScoreRow(
        script=score.scenario_id,
        found=_of(sum(e.verdict is Verdict.FOUND for e in wanted), len(wanted), language),
        noticed=_of(seen, len(wanted), language),
        silent=_of(sum(e.verdict is Verdict.SILENT for e in quiet), len(quiet), language),
        delay=_delays(score, language),
        false=str(extra),
        brier=_brier(score, language),
        notes=say(language, "rehearsal.gap").join(notes),
    )


def problem_row(script: str, problem: str, language: Language) -> ScriptScoreRow:
    """Return the row of a script that does not fit its sky."""
    told = say(language, "rehearsal.problem", problem=problem)
    nothing = say(language, "rehearsal.unknown")
    return ScriptScoreRow(script, nothing, nothing, nothing, nothing, nothing, nothing, told)


def event_row(event: EventScore, language: Language) -> EventRow:
    """Return the row of one expectation."""
    nothing = say(language, "rehearsal.unknown")
    label = event.label.value if event.label else nothing
    measures = [_measure(m, language) for m in event.measures if not m.is_within]
    return EventRow(
        event=event.inject_id,
        what=say(language, f"script.inject.kind.{event.kind.replace('-', '_')}"),
        verdict=verdict_text(event.verdict, language),
        after=hours_text(event.delay_public_h, language),
        label=label,
        rank=_rank(event, language),
        attention=attention_text(event.attention, language) if event.attention else nothing,
        notes=say(language, "rehearsal.gap").join(measures),
    )


def alarm_row(alarm: FalseAlarm, language: Language) -> AlarmRow:
    """Return the row of one false alarm."""
    objects = [str(number) for number in alarm.objects[:MOST_OBJECTS]]
    if len(alarm.objects) > MOST_OBJECTS:
        objects.append(f"+ {len(alarm.objects) - MOST_OBJECTS:,}")
    return AlarmRow(
        kind=say(language, f"kind.{alarm.kind}"),
        objects=say(language, "rehearsal.gap").join(objects),
        when=utc_text(alarm.first_seen_utc),
        sky=say(language, "rehearsal.yes" if alarm.is_of_the_sky else "rehearsal.no"),
    )


def score_sentences(score: Score, language: Language) -> tuple[str, ...]:
    """Return what a score says, in sentences; rates and shares with their intervals."""
    extra = sum(not alarm.is_of_the_sky for alarm in score.false_alarms)
    told = [
        say(
            language,
            "rehearsal.line.detection",
            share=share_text(score.detection, language),
            noticed=share_text(score.noticed, language),
            silence=share_text(score.silence, language),
        ),
        say(
            language,
            "rehearsal.line.delay",
            median=hours_text(score.median_delay_h, language),
            worst=hours_text(score.worst_delay_h, language),
        ),
        say(
            language,
            "rehearsal.line.false",
            count=str(extra),
            months=f"{score.asset_months:.2f}",
            rate=_rate(score.false_per_asset_month, language),
            sky=_rate(score.sky_per_asset_month, language),
        ),
        say(language, "rehearsal.line.brier", brier=_brier(score, language)),
        say(language, "rehearsal.line.wording", count=str(score.wording)),
    ]
    told += [say(language, "rehearsal.line.failed", detector=one) for one in score.failed]
    return tuple(told)


def answer_lines(script: Scenario, cell: CellScore, language: Language) -> tuple[str, ...]:
    """Return how a cell answered each question that it was asked, with what was asked."""
    asked = {one.question_id: one for one in script.questions}
    return tuple(
        say(
            language,
            "rehearsal.answer.line" if one.value else "rehearsal.answer.line.none",
            question=asked[one.question_id].text[language.value],
            verdict=say(language, f"rehearsal.answer.{one.verdict.value}"),
            **(
                {"value": answer_text(asked[one.question_id], one.value, language)}
                if one.value
                else {}
            ),
        )
        for one in cell.answers
    )


def unseen_sentences(
    events: Iterable[TrueEvent], ends_utc: datetime, language: Language
) -> tuple[str, ...]:
    """Return hints about events that no fact shows before the end of an exercise."""
    return tuple(_unseen(event, ends_utc, language) for event in events)


def _unseen(event: TrueEvent, ends_utc: datetime, language: Language) -> str:
    kind = say(language, f"script.inject.kind.{event.kind.replace('-', '_')}")
    if event.public_utc is None:
        return say(language, "rehearsal.hint.never", name=event.inject_id, kind=kind)
    after = f"{(event.public_utc - ends_utc) / timedelta(hours=1):.1f}"
    return say(language, "rehearsal.hint.after", name=event.inject_id, kind=kind, hours=after)


def verdict_text(verdict: Verdict, language: Language) -> str:
    """Return how an expectation fared, in words."""
    return say(language, f"rehearsal.verdict.{verdict.name.lower()}")


def hours_text(hours: float | None, language: Language) -> str:
    """Return hours, or the sign for nothing."""
    if hours is None:
        return say(language, "rehearsal.unknown")
    return say(language, "rehearsal.hours", hours=f"{hours:.1f}")


def share_text(share: Interval | None, language: Language) -> str:
    """Return a share with its interval, or that there was none to be had."""
    if share is None:
        return say(language, "rehearsal.none")
    low, best, high = (f"{100.0 * end:.0f}" for end in (share.low, share.best, share.high))
    return say(language, "rehearsal.share", low=low, best=best, high=high)


def _rate(rate: Interval, language: Language) -> str:
    low, best, high = (f"{end:.2f}" for end in (rate.low, rate.best, rate.high))
    return say(language, "rehearsal.rate", low=low, best=best, high=high)


def _of(count: int, total: int, language: Language) -> str:
    if not total:
        return say(language, "rehearsal.unknown")
    return say(language, "rehearsal.of", count=str(count), total=str(total))


def _delays(score: Score, language: Language) -> str:
    if score.median_delay_h is None:
        return say(language, "rehearsal.unknown")
    return say(
        language,
        "rehearsal.delay",
        median=hours_text(score.median_delay_h, language),
        worst=hours_text(score.worst_delay_h, language),
    )


def _brier(score: Score, language: Language) -> str:
    return say(language, "rehearsal.unknown") if score.brier is None else f"{score.brier:.2f}"


def _rank(event: EventScore, language: Language) -> str:
    if event.group_rank is None:
        return say(language, "rehearsal.unknown")
    closed = "" if event.is_group_open else say(language, "rehearsal.rank.closed")
    return say(language, "rehearsal.rank", rank=str(event.group_rank), open=closed)


def _measure(measure: MeasureScore, language: Language) -> str:
    span = {"low": f"{measure.expected.low:g}", "high": f"{measure.expected.high:g}"}
    if measure.found is None:
        return say(language, "rehearsal.measure.absent", name=measure.name, **span)
    found = f"{measure.found.best:.3g}"
    return say(language, "rehearsal.measure", name=measure.name, found=found, **span)
