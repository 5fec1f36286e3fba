"""English words of located emitters in incidents."""

from __future__ import annotations

from typing import Final

EMITTER_WORDS: Final = {
    "kind.interference.emitter": "Emitter located",
    "regime.HEARD_SIGNALS": "located signals",
    "next_step.report_interference": "report the interference to the administration, with the area",
    "headline.emitter.one": "{signal}: came from {area}",
    "headline.emitter.many": "{signal}: came from one of {number} areas, as from {area}",
    "headline.emitter.of": "{headline}; disturbs {link}",
    "emitter.unnamed": "A signal",
    "emitter.comma": ", ",
    "emitter.semicolon": "; ",
    "emitter.ellipse": "within {size} (95 %) around {place}",
    "emitter.bent": "a bent area of {area} km², {length} km long (95 %), {edges}",
    "emitter.area_name": "{signal} from {area}",
    "emitter.edges": "{south} to {north} and {west} to {east}",
    "emitter.size": "{area} km²; larger misfit by chance: {fit}",
    "emitter.counted": (
        "{tdoa} in time, {fdoa} in frequency; {references} of reference emitters; {refused} refused"
    ),
    "emitter.page.map": "Area of {signal}",
    "emitter.page.map.key": (
        "The filled outline holds the emitter with 95 %, where it is one of the areas that fit. "
        "East and north of its middle, in km; thin lines are latitude and longitude."
    ),
    "explain.emitter": (
        "{tdoa} time and {fdoa} frequency differences of arrival were measured at satellites "
        "({satellites}), {when}."
    ),
    "explain.emitter.areas.one": "One area fits them: {areas}.",
    "explain.emitter.areas.many": (
        "{number} areas fit them alike, and nothing measured tells which is right: {areas}."
    ),
    "explain.emitter.limits": "What limits this: {limits}.",
    "explain.emitter.references": (
        "Reference emitters whose places are known were measured as well: {names} ({number} "
        "measurements)."
    ),
    "explain.emitter.refused.one": "One measurement that cannot be right was refused.",
    "explain.emitter.refused.many": "{number} measurements that cannot be right were refused.",
    "explain.emitter.limit": (
        "An area holds the emitter with 95 % if it stood still on the ground and the stated errors "
        "are right. It tells neither whose it is nor why it sends: a fault or a mistake sends too."
    ),
    "rarity.sentence.emitter": "No count tells how rare this is: somebody chose what to locate.",
    "measure.signal": "Signal",
    "measure.disturbs": "Disturbs, as stated",
    "measure.carrier": "Carrier",
    "measure.emitter_area": "Area (95 %)",
    "measure.differences": "Differences of arrival",
    "measure.limits": "What limits it",
}
