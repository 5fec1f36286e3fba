"""English words of a screening; the keys are those of every language."""

from __future__ import annotations

SCREEN_WORDS: dict[str, str] = {
    "screen.scope.all": (
        "{objects} were screened against one another from {start} to {end}, below {threshold} km."
    ),
    "screen.scope.some": (
        "{primaries} screened against {objects} from {start} to {end}, below {threshold} km."
    ),
    "screen.primaries.one": "{number} object was",
    "screen.primaries.many": "{number} objects were",
    "screen.objects.one": "{number} object",
    "screen.objects.many": "{number} objects",
    "screen.found": "{conjunctions} of {pairs}; {stays}; {docked}.",
    "screen.conjunctions.one": "{number} closest approach",
    "screen.conjunctions.many": "{number} closest approaches",
    "screen.pairs.one": "{number} pair",
    "screen.pairs.many": "{number} pairs",
    "screen.stays.one": "{number} stay",
    "screen.stays.many": "{number} stays",
    "screen.docked.one": "{number} docked pair",
    "screen.docked.many": "{number} docked pairs",
    "screen.above.one": (
        "{number} closest approach has a probability of collision of {threshold} or more."
    ),
    "screen.above.many": (
        "{number} closest approaches have a probability of collision of {threshold} or more."
    ),
    "screen.edge.one": "{number} closest approach lies at the edge of the window.",
    "screen.edge.many": "{number} closest approaches lie at the edge of the window.",
    "screen.column.class": "Class",
    "screen.column.conjunctions": "Closest approaches",
    "screen.column.pairs": "Pairs",
    "screen.column.stays": "Stays",
    "screen.column.objects": "Objects",
    "screen.column.when": "Closest approach (UTC)",
    "screen.column.miss": "Miss, km",
    "screen.column.sigma": "± 1 σ, km",
    "screen.column.speed": "Speed, km/s",
    "screen.column.pc": "Pc",
    "screen.column.conclusion": "Conclusion",
    "screen.column.passes": "Passes",
    "screen.closest.folded": "The closest passes of pairs of no known relation:",
    "screen.closest.everything": "The closest passes of all pairs:",
    "screen.further.one": "{number} more pair is in the table (--all lists it).",
    "screen.further.many": "{number} more pairs are in the table (--all lists them).",
    "screen.nothing": "No pass of a pair of no known relation was found.",
    "screen.class.unrelated": "no known relation",
    "screen.class.docked": "docked (no distance is measured)",
    "screen.edge.mark": "{moment} (edge)",
    "screen.pc.none": "none",
    "screen.pc.below": "below 1e-10",
    "screen.pc.maximum": "up to {pc}",
    "screen.pc.computed": "{pc}",
    "screen.coverage.all": "Every object of the catalogue could be screened.",
    "screen.coverage.too_old.one": "{number} object was left out: its elements are over 30 d old.",
    "screen.coverage.too_old.many": (
        "{number} objects were left out: their elements are over 30 d old."
    ),
    "screen.coverage.refused.one": "{number} had decayed before or is refused by SGP4.",
    "screen.coverage.refused.many": "{number} had decayed before or are refused by SGP4.",
    "screen.coverage.decaying.one": "{number} decays within it, as its elements have it.",
    "screen.coverage.decaying.many": "{number} decay within it, as their elements have it.",
    "screen.coverage.rejected.one": "{number} record could not be read.",
    "screen.coverage.rejected.many": "{number} records could not be read.",
    "screen.coverage.missing": "Asked for and not screened: {ids}.",
    "screen.coverage.ages": (
        "At the start half of the elements are at most {median} old, nine in ten at most {p90}; "
        "{old} are older than five days."
    ),
    "screen.coverage.errors": (
        "Element sets carry no errors of their own: for {own} of the {objects} objects listed they "
        "are judged by earlier sets of the same object; for the others those of their kind and age "
        "are assumed, which can warn but excludes nothing. "
        "A small number here never means that nothing can happen, and burns are not foreseen."
    ),
}
