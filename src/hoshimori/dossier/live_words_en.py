"""Words of live exercises on a terminal, in English."""

from __future__ import annotations

LIVE_WORDS = {
    "live.state": "{name}: {now}, {at} h of {length} h, {speed} times as fast as the wall's clock",
    "live.seat": "You are in: {cell}",
    "live.seat.director": "You direct.",
    "live.seat.none": "You are in no cell; you look on.",
    "live.read_ahead": "Before you begin:",
    "live.paused": "The clock stands until the white cell lets it go on.",
    "live.behind": "The clock waits for the machine.",
    "live.over": "The exercise is over.",
    "live.none": "Nothing yet.",
    "live.kept": "Kept as number {number}.",
    "live.kept.of": "Kept as number {number}, for {cell}.",
    "live.column.question": "Question",
    "live.column.text": "What is asked",
    "live.column.due": "Until",
    "live.column.answer": "Answer",
    "live.column.number": "Number",
    "live.column.when": "When",
    "live.column.cell": "Cell",
    "live.column.kind": "What",
    "live.column.subject": "About, or to",
    "live.column.value": "Says",
    "live.late": "{value} (late)",
    "live.act.answer": "answer",
    "live.act.decision": "decision",
    "live.act.gate": "gate",
    "live.act.message": "message",
    "live.act.acknowledgement": "acknowledgement",
    "live.act.points": "points",
}
