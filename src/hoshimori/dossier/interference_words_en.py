"""English words of lost satellite navigation."""

from __future__ import annotations

from typing import Final

INTERFERENCE_WORDS: Final = {
    "kind.interference": "Navigation integrity",
    "regime.CELL_DAYS": "earlier days of the same cells",
    "next_step.check_notices": "check notices to airmen, ask users in the area",
    "interference.place": "{latitude}, {longitude}",
    "interference.area_name": "{area} km² around {place}",
    "headline.interference.low_integrity": (
        "Aircraft lost navigation integrity over {area} km² around {place}"
    ),
    "headline.interference.position_displaced": (
        "Aircraft reported positions where they were not, over {area} km² around {place}"
    ),
    "interference.persistence.new": "new there",
    "interference.persistence.recurrent": "seen there before",
    "interference.persistence.permanent": "usual there",
    "interference.persistence.unknown": "past too short to tell",
    "interference.rise": "{past}, more since {day}",
    "explain.interference": (
        "On the peak day, {day}, {bad} of {total} aircraft passages of cells had low integrity: "
        "{share} % (95 %, one aircraft of each cell not counted), against {usual} on that "
        "area's days before."
    ),
    "explain.interference.days": (
        "{cells} cells were disturbed in the time told, at most {most} on one day; around "
        "{place}, none farther than {radius} km."
    ),
    "explain.interference.rise": (
        "It is disturbed more than it was since {day}: {since} % of aircraft a day at the median, "
        "{before} % in the two months before."
    ),
    "explain.interference.emitter": (
        "A single emitter on the ground with all of them in sight of aircraft at 12 km would "
        "stand within {km} km of the middle: an area, not a place."
    ),
    "explain.interference.no_emitter": (
        "No single emitter on the ground at the middle has all of them in sight of aircraft at "
        "12 km: there are several, or it is at least {height} m high."
    ),
    "explain.interference.limit": (
        "Counts by day do not tell jamming from displaced positions, nor the hour or the height; "
        "tests announced to airmen look the same. Cells without aircraft say nothing."
    ),
    "rarity.sentence.cell_days": (
        "{share} of {compared} earlier days of the same cells were disturbed ({interval}, 95 %)."
    ),
    "rarity.sentence.cell_days.none": "No earlier days of the same cells are known.",
    "measure.persistence": "Against its past",
    "measure.peak_day": "Peak day",
    "measure.integrity_share": "Low integrity",
    "measure.integrity_usual": "On its days before",
    "measure.area": "Area",
    "measure.middle": "Middle and radius",
    "measure.emitter": "Emitter's area",
    "measure.trend": "Day by day",
    "measure.area.value": "{km2} km² in {cells} cells",
    "measure.middle.value": "{place}, {radius} km",
    "measure.emitter.value": "within {km} km of the middle",
    "measure.emitter.none": "no single place on the ground",
    "measure.trend.day": "{day} {percent} %",
    "interference.next.new": (
        "check notices to airmen for these days, ask air traffic control and airlines what crews "
        "report; pass on areas and times, never a place."
    ),
    "interference.next.more": (
        "nothing is new; where it is more than it was, ask those who fly there what they notice."
    ),
    "interference.next.usual": "nothing is new; keep watching.",
    "interference.next.none": "nothing to do; what could have been seen is told below.",
    "interference.summary.unknown.one": (
        "Aircraft lost navigation integrity in one area; the past at hand is too short to tell "
        "whether that is new there."
    ),
    "interference.summary.unknown.many": (
        "Aircraft lost navigation integrity in {number} areas; the past at hand is too short to "
        "tell what is new there."
    ),
    "interference.summary.one": (
        "Aircraft lost navigation integrity in one area ({fresh} new there)."
    ),
    "interference.summary.many": (
        "Aircraft lost navigation integrity in {number} areas ({fresh} new there)."
    ),
    "interference.summary.none": "No area in which aircraft lost navigation integrity together.",
    "interference.coverage": (
        "{days}: {cells} cells with aircraft, {told} of {all} days of cells with enough of them to "
        "tell. Faulty receivers: {fault} % of aircraft. {alone} disturbed days of cells made no "
        "area and are not listed."
    ),
    "interference.coverage.none": "No counts in the time and place asked about: nothing was seen.",
    "interference.rejected.one": "One row could not be read.",
    "interference.rejected.many": "{number} rows could not be read.",
    "interference.further.one": "One more area; --all lists it.",
    "interference.further.many": "{number} more areas; --all lists them.",
    "interference.column.where": "Where",
    "interference.column.when": "When (UTC)",
    "interference.column.past": "Against its past",
    "interference.column.share": "Low integrity, %",
    "interference.column.usual": "Usual, %",
    "interference.column.area": "Area, km²",
    "interference.column.emitter": "Emitter's area",
    "interference.column.confidence": "Confidence",
    "interference.page.title": "Satellite navigation of aircraft",
    "interference.page.map": "Disturbed cells",
    "interference.page.map.key": (
        "Cells that were disturbed in the time told; the cross marks their middle, the ring the "
        "area of a single emitter on the ground."
    ),
    "interference.page.trend": "Day by day",
    "interference.plot.east": "East, km",
    "interference.plot.north": "North, km",
}
