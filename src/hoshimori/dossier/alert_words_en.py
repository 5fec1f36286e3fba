"""English words of alerts; the keys are those of every language."""

from __future__ import annotations

ALERT_WORDS: dict[str, str] = {
    "alert.line": "{attention}: {headline}; {soon}; {rarity}",
    "alert.line.made": "[{reality}, NOT REAL] {line}",
    "alert.line.update": "Update: {line}",
    "alert.line.came_back": "Back again: {line}",
    "alert.line.escalated": "Not acknowledged for {minutes} min: {line}",
    "alert.soon.ahead": "in {duration}",
    "alert.soon.past": "{duration} ago",
    "alert.soon.now": "now",
    "alert.made.exercise": "EXERCISE EXERCISE EXERCISE: this is not real. Do not act on it.",
    "alert.made.simulated": "SIMULATED: a made sky. This is not real. Do not act on it.",
    "alert.made.test": "TEST: this is not real. Do not act on it.",
    "alert.asset": "Asset: {assets}",
    "alert.asset.ground": "Asset: none; it is about users on the ground",
    "alert.when": "When: {moment}",
    "alert.rarity": "How unusual: {rarity}",
    "alert.next_step": "Next step: {step}",
    "alert.why": "Why now: {causes}",
    "alert.look": "Look: {link}",
    "alert.look.console": "Look: {link} in the console",
    "alert.acknowledge": "Take note: hoshimori alerts acknowledge {alert}",
    "alert.over_budget": (
        "This goes beyond the budget of alerts: it asks for a look now, and soon."
    ),
    "alert.pointer": "An alert waits: {alert}. Its marking allows no content here.",
    "alert.key": "Message key: {token}",
    "alert.key.again": (
        "This goes out again since it is not known whether it arrived; the same key is the same "
        "message."
    ),
    "alert.test.line": "Test of the channel {channel}",
    "alert.test.body": (
        "Somebody tests whether messages of Hoshimori arrive here. Nothing happened."
    ),
    "alert.cause.new": "it is new",
    "alert.cause.attention_rose": "it asks for more attention than before",
    "alert.cause.direction_changed": "its direction changed",
    "alert.cause.lead_changed": "another kind of finding decides now",
    "alert.cause.time_shrank": "less time is left",
    "alert.cause.came_back": "it is back after a long time away",
    "alert.cause.escalated": "nobody has acknowledged it",
    "alert.cause.test": "a test",
}
