"""English words of flights that lost satellite navigation."""

from __future__ import annotations

from typing import Final

PASSAGE_WORDS: Final = {
    "regime.CELL_STEPS": "earlier steps of the same cells",
    "document.kind.passage": "passages of aircraft through cells",
    "explain.passages": (
        "{bad} of {seen} different aircraft that passed the area meanwhile lost navigation there: "
        "{share} % (95 %, one of them not counted), against {usual} of passages before. "
        "{bracketed} of them were good before and after."
    ),
    "explain.passages.times": (
        "Disturbed reports from {onset} to {last}, told in steps of {step} minutes; {cells} cells "
        "around {place}, none farther than {radius} km."
    ),
    "explain.passages.open": "It goes on where the data end.",
    "explain.passages.positions.plausible": (
        "Of {checked} disturbed aircraft whose motion could be judged, positions stayed those of "
        "flight: as where signals are drowned."
    ),
    "explain.passages.positions.displaced": (
        "{displaced} of {all} told positions to which no flight leads, around {shown}, half of "
        "them within {within} km: as where false signals are followed."
    ),
    "explain.passages.positions.mixed": (
        "{displaced} of {all} told positions to which no flight leads, around {shown}, half of "
        "them within {within} km; the others had low integrity."
    ),
    "explain.passages.positions.not_told": (
        "Too few positions could be judged to tell drowned signals from false ones."
    ),
    "explain.passages.emitter": (
        "A single emitter on the ground that had each of them in sight at its own height would "
        "stand within {km} km of the middle, on {area} km²: an area, not a place."
    ),
    "explain.passages.no_emitter": (
        "No place on the ground had each of them in sight at its own height: there are several "
        "emitters, or one stands high."
    ),
    "explain.passages.limit": (
        "False positions that move as flights do are not seen, nor is an aircraft that falls "
        "silent; tests announced to airmen look the same. Cells without aircraft say nothing."
    ),
    "rarity.sentence.cell_steps": (
        "{share} of {compared} earlier steps of the same cells were disturbed ({interval}, 95 %)."
    ),
    "rarity.sentence.cell_steps.none": "No earlier steps of the same cells are known.",
    "measure.flights": "Disturbed aircraft",
    "measure.flights.value": "{bad} of {seen}; {bracketed} good before and after",
    "measure.onset": "Onset",
    "measure.last": "Last",
    "measure.last.open": "{last}, where the data end",
    "measure.positions": "Positions",
    "measure.positions.plausible": "those of flight",
    "measure.positions.displaced": "displaced",
    "measure.positions.mixed": "some displaced, some of low integrity",
    "measure.positions.not_told": "too few to tell",
    "measure.shown": "Told positions",
    "measure.shown.value": "around {place}, half within {km} km",
    "measure.flight_heights": "Disturbed by height",
    "measure.flight_heights.band": "{low} to {high} km: {disturbed} of {all}",
    "measure.flight_heights.above": "above {low} km: {disturbed} of {all}",
    "measure.emitter.flights": "within {km} km of the middle, {area} km²",
    "interference.passages.coverage": (
        "{since} to {until}, in steps of {step} minutes: {cells} cells with aircraft, {told} of "
        "{all} steps of cells with enough of them to tell. {alone} disturbed ones made no area "
        "and are not listed."
    ),
    "interference.passages.coverage.none": (
        "No flights in the time and place asked about: nothing was seen."
    ),
    "interference.passages.tally": (
        "{reports} reports of {aircraft} aircraft; {without_integrity} of them state no integrity "
        "that can be used, {absurd} hold a value out of range."
    ),
    "interference.passages.left": "Left out: {what}.",
    "interference.passages.left.on_ground": "{number} from the ground",
    "interference.passages.left.anonymous": "{number} under anonymous addresses",
    "interference.passages.left.measured": "{number} not told by aircraft",
    "interference.passages.left.without_position": "{number} without position",
    "interference.passages.left.duplicate": "{number} repeated",
    "interference.passages.left.late": "{number} stamped in the future",
    "interference.passages.left.not_bracketed": (
        "{number} low where the same aircraft never was good nearby"
    ),
    "interference.passages.left.errors": "{number} single wrong positions",
    "interference.passages.left.erratic_aircraft": (
        "all of {number} aircraft whose tracks jump again and again"
    ),
    "interference.passages.left.faulty": (
        "{number} aircraft disturbed again and again where no other was"
    ),
}
