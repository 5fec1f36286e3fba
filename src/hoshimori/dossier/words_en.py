"""English words of findings and of the board; the keys are those of every language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Single words and short forms
    "object.unnamed": "Object {number}",
    "object.named": "{name} ({number})",
    "missing": "not known",
    "sentence.gap": " ",
    "list.gap": ", ",
    "duration.hours": "{number} h",
    "duration.days": "{number} d",
    "moment.ahead": "{moment} (in {duration})",
    "moment.past": "{moment} ({duration} ago)",
    "moment.now": "{moment} (now)",
    "moment.range": "{start} to {end}",
    "interval.unknown": "about {value} (uncertainty not stated)",
    "interval.open": "{value} or more",
    "longitude.east": "{degrees}° E",
    "longitude.west": "{degrees}° W",
    "yes": "yes",
    "no": "no",
    # Enumerations
    "attention.look": "Look now",
    "attention.watch": "Watch",
    "attention.log": "Logged",
    "confidence.low": "Low",
    "confidence.moderate": "Moderate",
    "confidence.high": "High",
    "next_step.keep_watching": "Keep watching",
    "next_step.wait_for_elements": "Wait for the next element sets",
    "next_step.use_own_ephemeris": "Compare with the operator's own ephemeris",
    "next_step.ask_for_observation": "Ask for an observation",
    "direction.to": "to space",
    "direction.from": "from space",
    "direction.within": "within space",
    "direction.ground": "ground segment",
    "reality.real": "REAL",
    "reality.test": "TEST",
    "reality.simulated": "SIMULATED",
    "reality.exercise": "EXERCISE",
    "exercise.store": "EXERCISE EXERCISE EXERCISE: this store is of the exercise “{name}”; "
    "nothing in it is real.",
    "reality.test.meaning": "Test data. Nothing on this page describes the real sky.",
    "reality.simulated.meaning": "Simulated data. Nothing on this page describes the real sky.",
    "reality.exercise.meaning": "Exercise. Injected events are not real; do not act on them.",
    "relation.unrelated": "no common launch known",
    "relation.same_launch": "same launch",
    "relation.same_constellation": "same constellation",
    "relation.formation": "formation",
    "relation.docked": "docked",
    "conclusion.no_conclusion": "no conclusion",
    "conclusion.above_threshold": "above threshold",
    "conclusion.below_threshold": "below threshold",
    "pc_type.none": "none",
    "pc_type.computed": "computed",
    "pc_type.maximum": "maximum",
    "pc_type.reported": "reported",
    "proximity_motion.fly_by": "flies by",
    "proximity_motion.stay": "stays",
    "proximity_motion.approach": "comes nearer",
    "proximity_motion.departure": "moves away",
    "proximity_motion.docked": "docked",
    "geo_motion.drifts_in": "drifts in",
    "geo_motion.drifts_by": "drifts by",
    "geo_motion.stays": "stays",
    "geo_motion.arrived": "arrived and stopped",
    "geo_motion.left": "left",
    "plane_hold.matched": "plane and drift agree",
    "plane_hold.kept": "kept together against free drift",
    "plane_hold.came_together": "came together against free drift",
    "plane_hold.launched_into": "in the plane since its first known elements",
    "burn.in_track": "mainly in-track",
    "burn.cross_track": "mainly cross-track",
    "burn.mixed": "in several directions",
    "kind.conjunction": "Conjunction",
    "kind.proximity": "Proximity",
    "kind.shadowing": "Shadowing",
    "kind.geo_neighbour": "GEO neighbour",
    "kind.manoeuvre": "Manoeuvre",
    "kind.elements_overdue": "Elements overdue",
    "regime.LEO": "LEO",
    "regime.MEO": "MEO",
    "regime.GEO": "GEO",
    "regime.HEO": "HEO",
    "regime.SHELL": "of its shell",
    "regime.window": "{regime} in {days} days",
    # Headlines
    "headline.conjunction": "{other} passes {asset} at {speed} km/s",
    "headline.proximity.fly_by": "{other} flies by {asset}",
    "headline.proximity.stay": "{other} stays near {asset}",
    "headline.proximity.approach": "{other} comes nearer to {asset}",
    "headline.proximity.departure": "{other} moves away from {asset}",
    "headline.docked": "{asset} and {other} are docked",
    "headline.geo.drifts_in": "{other} drifts in on {asset}",
    "headline.geo.drifts_in.asset_moves": "{asset} itself drifts towards {other}",
    "headline.geo.drifts_by": "{other} drifts by {asset}",
    "headline.geo.drifts_by.asset_moves": "{asset} itself drifts by {other}",
    "headline.geo.stays": "{other} stays beside {asset}",
    "headline.geo.arrived": "{other} arrived beside {asset} and stopped",
    "headline.geo.left": "{other} has left the neighbourhood of {asset}",
    "headline.shadowing.matched": "{other} goes in the plane of {asset}",
    "headline.shadowing.kept": "{other} keeps to the plane of {asset}",
    "headline.shadowing.came_together": "{other} came into the plane of {asset}",
    "headline.shadowing.launched_into": "{other} was launched into the plane of {asset}",
    "headline.manoeuvre": "{object} changed its orbit, {direction}",
    "headline.manoeuvre.low": "{object} raised or lowered its orbit for days",
    "headline.elements_overdue": "No new elements of {object} for {age}",
    "headline.same_launch": "{headline} (same launch)",
    "headline.more.one": "and {number} more finding",
    "headline.more.many": "and {number} more findings",
    # When
    "when.closest": "closest {moment}",
    "when.docked": "throughout the window",
    "when.arrives": "arrives {moment}",
    "when.arrived": "arrived {moment}",
    "when.sigma": "{moment} ± {duration} (1 σ)",
    "when.left": "left by {moment}",
    "when.between": "between {start} and {end}",
    "when.since": "since {moment}",
    # Rarity
    "rarity.unmeasured": "not measured",
    "rarity.nearly_all": "nearly all {regime}",
    "rarity.in_ten": "{number} in 10 {regime}",
    "rarity.one_in": "1 in {number} {regime}",
    "rarity.fewer": "fewer than 1 in {number} {regime}",
    "rarity.share.nearly_all": "Nearly all",
    "rarity.share.in_ten": "About {number} in 10",
    "rarity.share.one_in": "About 1 in {number}",
    "rarity.share.fewer": "Fewer than 1 in {number}",
    "rarity.sentence": (
        "{share} of the {compared} comparable {regime} cases in the same catalogue show at "
        "least as much {time} (95 % interval: {interval})."
    ),
    "rarity.time.moment": "at any time",
    "rarity.time.window": "within {days} days",
    "rarity.sentence.unmeasured": (
        "How often comparable objects show as much has not been measured, so it cannot be "
        "said whether this is unusual."
    ),
    # Explanations
    "explain.conjunction": (
        "{other} passes {asset} at {moment}, at a relative speed of {speed} km/s; the miss "
        "distance lies in the interval {range}."
    ),
    "explain.conjunction.limit": (
        "Public element sets cannot prove a distance below a few kilometres, so this is a "
        "reason to compare better orbits, not a measured miss."
    ),
    "explain.conjunction.edge": (
        "The closest approach lies at the edge of the window; the true one may be outside it."
    ),
    "explain.proximity": (
        "The smallest range to {asset} lies in the interval {range}, at {moment}; the "
        "episode lasts {dwell} inside the window."
    ),
    "explain.proximity.fly_by": "{other} passes and does not stay.",
    "explain.proximity.stay": "{other} stays: its mean separation hardly changes.",
    "explain.proximity.approach": "{other} comes nearer: its mean separation shrinks.",
    "explain.proximity.departure": "{other} moves away: its mean separation grows.",
    "explain.docked": (
        "{asset} and {other} are published with one and the same element set, which is how "
        "docked objects appear; no distance between them is measured."
    ),
    "explain.docked.calm": "Docked pairs are a known kind: they are watched and raise no alarm.",
    "explain.same_launch": "Both come from one launch, a known reason for being near one another.",
    "explain.proximity.limit": (
        "Nearness alone says nothing about its purpose, and public elements leave an "
        "uncertainty of kilometres."
    ),
    "explain.shadowing": (
        "The orbit planes of {other} and {asset} are {angle} apart, free drift turns them by "
        "{drift}° a day, and their semi-major axes differ by {axis} km."
    ),
    "explain.shadowing.kept": (
        "Free drift since {start} would have made the angle {free}°; {other} stayed in the plane."
    ),
    "explain.shadowing.came_together": (
        "Free drift since {start} would have made the angle {free}°; {other} came into the plane."
    ),
    "explain.shadowing.launched_into": (
        "{other} was in the plane at its first known elements, {start}; free drift since then "
        "makes the angle {free}°."
    ),
    "explain.shadowing.warning": (
        "For coming near and moving along there is at least this much warning: {times}."
    ),
    "explain.shadowing.time": "with {speed} m/s {time}",
    "explain.shadowing.out_of_reach": "over 30 d",
    "explain.shadowing.limit": (
        "One plane serves many missions, and being in it says nothing about a purpose; what the "
        "object can do and carries is not in the elements."
    ),
    "explain.geo.drifts_in": (
        "{other}, now at {longitude}, drifts {drift} relative to {asset} and comes inside "
        "its slot at {slot}."
    ),
    "explain.geo.drifts_by": (
        "{other}, now at {longitude}, drifts {drift} relative to {asset} and passes its slot "
        "at {slot} without stopping, as far as the elements show."
    ),
    "explain.geo.asset_moves": (
        "It is {asset} that moves faster over the ground: {asset_drift}; its slot moves along."
    ),
    "explain.geo.stays": (
        "{other}, now at {longitude}, keeps station beside {asset}, whose slot is at {slot}."
    ),
    "explain.geo.arrived": (
        "{other} drifted to {longitude} and stopped beside {asset}, whose slot is at {slot}."
    ),
    "explain.geo.left": (
        "{other}, now at {longitude}, has left the neighbourhood of {asset}, whose slot is "
        "at {slot}."
    ),
    "explain.geo.range": (
        "The smallest range inside the window lies in the interval {range}, at {moment}."
    ),
    "explain.geo.limit": (
        "In GEO public elements leave about 10 km open, and a manoeuvre after the newest "
        "elements changes what is predicted."
    ),
    "explain.manoeuvre": (
        "Between {start} and {end} the orbit of {object} changed by more than the noise of "
        "its elements: a velocity change in the interval {range}, {direction}."
    ),
    "explain.manoeuvre.low": (
        "Between {start} and {end} the orbit of {object} went one way, set after set, faster "
        "than nature lets it: low thrust of {range} in all."
    ),
    "explain.manoeuvre.limit": (
        "A refit or a mistaken identity can look the same until a second consistent element "
        "set is published."
    ),
    "explain.elements_overdue": (
        "The newest elements of {object} are {age} old; they are usually renewed every {usual}."
    ),
    "explain.elements_overdue.limit": (
        "It may have manoeuvred or decayed, or simply not have been observed or published; "
        "elements alone cannot tell which."
    ),
    # Numbers of a finding
    "measure.closest": "Closest approach",
    "measure.miss": "Miss distance (95 %)",
    "measure.speed": "Relative speed",
    "measure.miss_rtn": "Nominal miss, R / T / N",
    "measure.edge": "At the edge of the window",
    "measure.motion": "Motion",
    "measure.relation": "Relation",
    "measure.range": "Smallest range (95 %)",
    "measure.range_docked": "none measured: one element set for both",
    "measure.median": "Median range, nominal",
    "measure.dwell": "Time inside",
    "measure.plane": "Angle between the planes",
    "measure.drift_km": "In-track drift",
    "measure.hold": "Plane over time",
    "measure.free_drift": "Angle that free drift would have made",
    "measure.node_drift": "Drift of the plane against the asset's, a day",
    "measure.axis": "Semi-major axis, relative to the asset",
    "measure.warning": "Warning time, at least",
    "measure.slot": "Slot of the asset",
    "measure.neighbour": "Neighbour's longitude",
    "measure.drift_deg": "Relative drift",
    "measure.arrival": "Arrival in the slot",
    "measure.inclination": "Difference of inclinations",
    "measure.daily": "Range over the next day",
    "measure.daily.value": "about {low}–{high} km, median {middle}",
    "measure.delta_v": "Velocity change (95 %)",
    "measure.components": "Components, R / T / N",
    "measure.direction": "Direction",
    "measure.burn": "When",
    "measure.p_value": "Quiet pairs that differ as much",
    "measure.age": "Age of the newest elements",
    "measure.usual": "Usual interval",
    "measure.window": "Time span",
    "measure.rate": "Base rate",
    "measure.rate.value": "{share} % of {compared} {regime} (95 %)",
    "measure.confidence": "Confidence",
    "measure.because": "What limits it (detector's words)",
    "measure.detector": "Detector",
    "measure.finding": "Finding",
    "measure.basis": "Facts it rests on",
    "drift.towards": "{value} km a day, towards the asset",
    "drift.away": "{value} km a day, away from the asset",
    "drift.east": "{value}° a day eastward",
    "drift.west": "{value}° a day westward",
    "unit.about": "about {value}",
    # The board
    "column.attention": "Attention",
    "column.what": "What",
    "column.when": "When (UTC)",
    "column.range": "Range, 95 %",
    "column.rarity": "How unusual",
    "column.confidence": "Confidence",
    "column.next": "Next step",
    "column.direction": "Direction",
    "column.incident": "Incident",
}
