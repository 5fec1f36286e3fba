"""English words of what histories show; the keys are those of every language."""

from __future__ import annotations

MANOEUVRE_WORDS: dict[str, str] = {
    "manoeuvres.found": "{manoeuvres} of {objects}, in {sets} element sets of {judged}.",
    "manoeuvres.manoeuvres.one": "{number} manoeuvre",
    "manoeuvres.manoeuvres.many": "{number} manoeuvres",
    "manoeuvres.objects.one": "{number} object",
    "manoeuvres.objects.many": "{number} objects",
    "manoeuvres.column.object": "Object",
    "manoeuvres.column.when": "When (UTC)",
    "manoeuvres.column.size": "Velocity change",
    "manoeuvres.column.components": "In-track / across",
    "manoeuvres.column.kind": "Kind",
    "manoeuvres.column.strength": "Times its noise",
    "manoeuvres.column.confidence": "Confidence",
    "manoeuvres.kind.impulsive": "burn",
    "manoeuvres.kind.low_thrust": "low thrust",
    "manoeuvres.when.dated": "{moment} ± {duration}",
    "manoeuvres.when.between": "{start} to {end}",
    "manoeuvres.nothing": "No orbit changed by more than the noise of its elements.",
    "manoeuvres.newest": "The newest of each object:",
    "manoeuvres.last": "The newest, oldest first:",
    "manoeuvres.every": "All of them, oldest first:",
    "manoeuvres.further": "{number} more are not listed (--all lists them, --json holds them).",
    "manoeuvres.dismissed.swapped.one": (
        "{number} change was dismissed: the object is soon back in its old orbit and place, as "
        "after swapped identities."
    ),
    "manoeuvres.dismissed.swapped.many": (
        "{number} changes were dismissed: the objects are soon back in their old orbits and "
        "places, as after swapped identities."
    ),
    "manoeuvres.dismissed.chance.one": (
        "{number} change was left out, which chance alone may well bring among so many steps."
    ),
    "manoeuvres.dismissed.chance.many": (
        "{number} changes were left out, which chance alone may well bring among so many steps."
    ),
    "manoeuvres.floor": (
        "What could be seen: half of the objects would have shown {median} m/s in-track, nine in "
        "ten {p90} m/s; across the plane {across} and {across_p90} m/s."
    ),
    "manoeuvres.floor.one": (
        "What could be seen: {in_track} m/s in-track and {across} m/s across the plane."
    ),
    "manoeuvres.short.one": "{number} object has too few element sets to be judged.",
    "manoeuvres.short.many": "{number} objects have too few element sets to be judged.",
    "manoeuvres.blind": (
        "Radial burns and burns that undo one another between two sets leave nothing to see."
    ),
}
