"""English words of rehearsals and their scores; the keys are those of every language."""

from __future__ import annotations

REHEARSAL_WORDS: dict[str, str] = {
    "rehearsal.column.script": "script",
    "rehearsal.column.found": "found",
    "rehearsal.column.noticed": "seen at all",
    "rehearsal.column.silent": "silent",
    "rehearsal.column.delay": "delay (median, worst)",
    "rehearsal.column.false": "false alarms",
    "rehearsal.column.brier": "Brier",
    "rehearsal.column.notes": "not as expected",
    "rehearsal.column.event": "event",
    "rehearsal.column.what": "what",
    "rehearsal.column.verdict": "how it went",
    "rehearsal.column.after": "after publication",
    "rehearsal.column.label": "filed under",
    "rehearsal.column.rank": "true explanation",
    "rehearsal.column.attention": "attention",
    "rehearsal.column.happened": "happened",
    "rehearsal.column.observable": "physics showed it",
    "rehearsal.column.public": "published",
    "rehearsal.column.seen": "first seen",
    "rehearsal.column.whole": "found whole",
    "rehearsal.column.cells": "cells acted",
    "rehearsal.column.group": "explanation",
    "rehearsal.column.interval": "interval",
    "rehearsal.column.true": "truth",
    "rehearsal.column.question": "question",
    "rehearsal.column.answer": "answer",
    "rehearsal.column.points": "points",
    "rehearsal.column.kind": "kind",
    "rehearsal.column.objects": "objects",
    "rehearsal.column.when": "when",
    "rehearsal.column.sky": "of the sky itself",
    "rehearsal.verdict.found": "found",
    "rehearsal.verdict.late": "found late",
    "rehearsal.verdict.partial": "in part",
    "rehearsal.verdict.wrong_parent": "another parent",
    "rehearsal.verdict.missed": "missed",
    "rehearsal.verdict.not_due": "not due yet",
    "rehearsal.verdict.silent": "silent, as it should be",
    "rehearsal.verdict.raised": "raised, and should not be",
    "rehearsal.answer.line": "  {question} {verdict}: {value}",
    "rehearsal.answer.line.none": "  {question} {verdict}",
    "rehearsal.answer.right": "right",
    "rehearsal.answer.wrong": "wrong",
    "rehearsal.answer.late": "late",
    "rehearsal.answer.missing": "missing",
    "rehearsal.answer.judged": "judged",
    "rehearsal.answer.waiting": "waits for points",
    "rehearsal.group.benign": "benign",
    "rehearsal.group.inspection": "inspection",
    "rehearsal.group.test": "test",
    "rehearsal.group.hostile": "under this head the gravest",
    "rehearsal.group.artefact": "artefact of the data",
    "rehearsal.yes": "yes",
    "rehearsal.no": "no",
    "rehearsal.none": "none",
    "rehearsal.unknown": "–",
    "rehearsal.of": "{count} of {total}",
    "rehearsal.delay": "{median}, {worst}",
    "rehearsal.hours": "{hours} h",
    "rehearsal.rank": "place {rank}{open}",
    "rehearsal.rank.closed": ", ruled out",
    "rehearsal.note": "{name}: {verdict}",
    "rehearsal.gap": ", ",
    "rehearsal.title": "{title}: how it went",
    "rehearsal.problem": "does not fit this sky: {problem}",
    "rehearsal.hint.never": (
        "hint: {name} ({kind}): nothing that is published before the end shows it; nobody can "
        "find it"
    ),
    "rehearsal.hint.after": (
        "hint: {name} ({kind}): its first published fact comes {hours} h after the end; nobody "
        "can find it"
    ),
    "rehearsal.line.detection": (
        "Found in time and whole: {share}. Seen at all: {noticed}. Rightly silent: {silence}."
    ),
    "rehearsal.line.false": (
        "False alarms that asked for a look: {count} over {months} asset-months, {rate} for "
        "each asset-month; the same sky raises {sky} without the exercise."
    ),
    "rehearsal.line.delay": "From publication to finding: median {median}, worst {worst}.",
    "rehearsal.line.brier": (
        "Brier score of the explanations, 0 the best and 2 the worst: {brier}."
    ),
    "rehearsal.line.wording": "Words that must never stand in a text: {count}.",
    "rehearsal.line.failed": "Failed: {detector}.",
    "rehearsal.all.one": "{number} script played",
    "rehearsal.all.many": "{number} scripts played",
    "rehearsal.written": "{file} written",
    "rehearsal.share": "{best} % ({low} to {high} %)",
    "rehearsal.rate": "{best} ({low} to {high})",
    "rehearsal.report": "After-action report",
    "rehearsal.report.tagline": "Exercise",
    "rehearsal.report.issue": "{script} · sky: {sky} · start {start}",
    "rehearsal.report.foot": "Times are UTC. Everything in this report is of an exercise.",
    "rehearsal.fact.script": "Script",
    "rehearsal.fact.kind": "Kind",
    "rehearsal.fact.sky": "Sky",
    "rehearsal.fact.span": "From, to",
    "rehearsal.fact.looks": "Looks of the machine",
    "rehearsal.fact.assets": "Protected",
    "rehearsal.part.story": "What was played",
    "rehearsal.part.events": "Events and what was found of them",
    "rehearsal.part.truth": "Truth against what was known",
    "rehearsal.part.false": "False alarms",
    "rehearsal.part.explanations": "Explanations",
    "rehearsal.part.cells": "Cells",
    "rehearsal.part.rules": "How it is scored",
    "rehearsal.events.none": "The script expects nothing: whatever was raised is a false alarm.",
    "rehearsal.false.none": "Nothing asked for a look that the script does not explain.",
    "rehearsal.explanations.none": "No event whose explanation is known was assessed.",
    "rehearsal.cells.none": "The machine played alone.",
    "rehearsal.chart": "Truth against what was known",
    "rehearsal.chart.start": "start",
    "rehearsal.chart.key": (
        "Bar: it happens. Ring: physics shows it. Diamond: published. Triangle: first seen. "
        "Square: found whole. Cross: a cell acts."
    ),
    "rehearsal.chart.row": (
        "{name}: happens {start} to {end}, published {public}, first seen {seen}, found {found}."
    ),
    "rehearsal.cell.points": "{points} of {of} points",
    "rehearsal.cell.acts": "Decisions {decisions}, gates {gates}, messages {messages}",
    "rehearsal.cell.first": "First act after {hours}",
    "rehearsal.cell.answers": "Answers after {hours} at the median",
    "rehearsal.cell.wording": "Words that must never stand in a text: {count}",
    "rehearsal.measure": "{name} {found}, expected {low} to {high}",
    "rehearsal.measure.absent": "{name} not measured, expected {low} to {high}",
    "rehearsal.rule.fit": (
        "A finding counts for an event where kind, objects and time fit, it was seen after "
        "the first published fact that shows the event, and the same sky without the "
        "exercise does not show it."
    ),
    "rehearsal.rule.due": (
        "In time means: at the first look after the hours that the script gives from "
        "publication, at the latest."
    ),
    "rehearsal.rule.part": (
        "In part means: a finding of the right kind names some of the objects only, or its "
        "number lies outside the span."
    ),
    "rehearsal.rule.silent": (
        "What should raise nothing is silent as long as no human is asked to look."
    ),
    "rehearsal.rule.false": (
        "A false alarm asks for a look and is about nothing that truly happened. What the "
        "same sky raises by itself is counted apart."
    ),
    "rehearsal.rule.truth": (
        "Explanations are scored where the labels of the script leave one group of them."
    ),
}
