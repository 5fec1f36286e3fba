"""English words of the history of the belt; the keys are those of every language."""

from __future__ import annotations

BELT_WORDS: dict[str, str] = {
    "belt.scope": (
        "{objects} objects of the belt, {sets} element sets from {since} to {until}; "
        "half of the intervals between sets of one object are longer than {gap}."
    ),
    "belt.counts": (
        "{stays} stays, {company} times beside one another, {reversals} drift reversals."
    ),
    "belt.visits.heading": "Who came beside whom and was not at home there, newest first:",
    "belt.visits.none": "Nobody came beside another and was not at home there.",
    "belt.further.one": "{number} more (--all lists it).",
    "belt.further.many": "{number} more (--all lists them).",
    "belt.dwell.heading": "Where {name} stood:",
    "belt.dwell.none": "{name} was never seen standing still.",
    "belt.reversals.heading": "Where the drift turned back:",
    "belt.years.heading": (
        "Pairs together for a week or more and within 100 km, by kind and year: the background of "
        "every line above. In brackets those that the data are too sparse to tell."
    ),
    "belt.column.came": "Came",
    "belt.column.beside": "Beside",
    "belt.column.slot": "Longitude",
    "belt.column.seen": "Seen there",
    "belt.column.possible": "At most",
    "belt.column.days": "Days",
    "belt.column.closest": "Closest, km",
    "belt.column.kind": "Kind",
    "belt.column.arrival": "Arrival",
    "belt.column.slots": "Other slots in 5 years",
    "belt.column.rarity": "Share of belt",
    "belt.column.role": "What it is",
    "belt.column.neighbours": "Neighbours: closest seen, km",
    "belt.column.drift": "Drift in / out, °/d",
    "belt.column.turned": "Between",
    "belt.column.before": "Drift before, °/d",
    "belt.column.after": "Drift after, °/d",
    "belt.column.cause": "By",
    "belt.role.usual_slot": "usual slot",
    "belt.role.first_place": "first place after launch",
    "belt.role.visit": "visit",
    "belt.role.free": "free: moved by nature alone",
    "belt.role.not_told": "the history is too short to tell",
    "belt.kind.towed": "towed: a free object was met and changed its orbit",
    "belt.kind.docked_and_moved_together": "docked and moved together",
    "belt.kind.docked": "docked",
    "belt.kind.same_launch": "same launch",
    "belt.kind.same_constellation": "same constellation",
    "belt.kind.travelling_together": "travelling together",
    "belt.kind.colocated": "colocated, both at home",
    "belt.kind.first_place_after_launch": "first place after launch",
    "belt.kind.relocation": "relocation",
    "belt.kind.free_object": "free object",
    "belt.kind.not_told": "the history is too short to tell",
    "belt.kind.visit": "visit",
    "belt.arrival.controlled": "by its own doing",
    "belt.arrival.natural": "by nature",
    "belt.arrival.not_seen": "not seen",
    "belt.arrival.not_told": "not told",
    "belt.reversal.natural": "nature",
    "belt.reversal.controlled": "its own doing",
    "belt.start": "before {moment}",
    "belt.end": "still there",
    "belt.span": "{start} – {end}",
    "belt.days": "{low}–{high}",
    "belt.closest": "{best} ({low}–{high})",
    "belt.rarity": "{share} %",
    "belt.visit.again": "{kind}, {visit}. of {visits} times",
    "belt.sparse": "too sparse to tell how long",
    "belt.neighbour": "{name} {closest}",
    "belt.neighbours.more": "and {number} more",
    "belt.nobody": "nobody",
    "belt.count": "{surely} ({perhaps})",
    "belt.note": (
        "Seen there: from the first to the last element set that shows it. At most: between the "
        "sets before and after that show it elsewhere. Closest: at the days that were seen; the "
        "interval holds the errors of the sets, and reaches 0 where a week or more was not seen."
    ),
    "proximity.heading": "Near {assets}, as of {moment}, {days} ahead:",
    "proximity.assets.one": "{number} asset",
    "proximity.assets.many": "{number} assets",
    "proximity.nothing": "Nothing near that no known relation explains.",
    "proximity.known.one": (
        "{number} finding of a known kind (docked, servicing, same launch, constellation, at home, "
        "relocation, free) is not shown; --all lists it."
    ),
    "proximity.known.many": (
        "{number} findings of known kinds (docked, servicing, same launch, constellation, at home, "
        "relocation, free) are not shown; --all lists them."
    ),
    "proximity.separations": "Separations from objects of the same launch, by histories:",
    "proximity.history": "{other} beside {asset}: {kind}; arrival {arrival}",
    "proximity.passed": "{other} flew by {asset}, drifting {drift} km a day: {kind}; {arrival}",
    "proximity.seen": "seen {seen}, at most {possible}",
    "proximity.days": "{days} d",
    "proximity.column.what": "What",
    "proximity.column.when": "When",
    "proximity.column.range": "Range",
    "proximity.column.dwell": "Dwell",
    "proximity.column.plane": "Planes, °",
    "proximity.column.rarity": "How unusual",
    "proximity.column.confidence": "Confidence",
    "proximity.column.new": "New object",
    "proximity.column.first_seen": "First seen",
    "proximity.column.speed": "Relative speed",
    "proximity.column.candidates": "Candidates",
    "belt.picture.title": "{name} in the geostationary belt",
    "belt.picture.desc": "Longitude over time: its stays, and who was nearest at each.",
    "belt.picture.longitude": "longitude",
}
