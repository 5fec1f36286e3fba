"""English words of boards and pages; the keys are those of every language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Single words and short forms
    "language.name": "English",
    "object.unnamed": "object {number}",
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
    "reality.test.meaning": "Test data. Nothing on this page describes the real sky.",
    "reality.simulated.meaning": "Simulated data. Nothing on this page describes the real sky.",
    "reality.exercise.meaning": "Exercise. Injected events are not real; do not act on them.",
    "relation.unrelated": "no common launch known",
    "relation.same_launch": "same launch",
    "relation.docked": "docked",
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
    "burn.in_track": "mainly in-track",
    "burn.cross_track": "mainly cross-track",
    "burn.mixed": "in several directions",
    "kind.conjunction": "Conjunction",
    "kind.proximity": "Proximity",
    "kind.geo_neighbour": "GEO neighbour",
    "kind.manoeuvre": "Manoeuvre",
    "kind.elements_overdue": "Elements overdue",
    "regime.LEO": "LEO",
    "regime.MEO": "MEO",
    "regime.GEO": "GEO",
    "regime.HEO": "HEO",
    # Headlines
    "headline.conjunction": "{other} passes {asset} at {speed} km/s",
    "headline.proximity.fly_by": "{other} flies by {asset}",
    "headline.proximity.stay": "{other} stays near {asset}",
    "headline.proximity.approach": "{other} comes nearer to {asset}",
    "headline.proximity.departure": "{other} moves away from {asset}",
    "headline.docked": "{asset} and {other} are docked",
    "headline.geo.drifts_in": "{other} drifts in on {asset}",
    "headline.geo.drifts_by": "{other} drifts by {asset}",
    "headline.geo.stays": "{other} stays beside {asset}",
    "headline.geo.arrived": "{other} arrived beside {asset} and stopped",
    "headline.geo.left": "{other} has left the neighbourhood of {asset}",
    "headline.manoeuvre": "{object} changed its orbit, {direction}",
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
        "least as much at any time (95 % interval: {interval})."
    ),
    "rarity.sentence.unmeasured": (
        "How often comparable objects show as much has not been measured, so it cannot be said "
        "whether this is unusual."
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
        "The smallest range to {asset} lies in the interval {range}, at {moment}; the episode "
        "lasts {dwell} inside the window."
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
    "explain.same_launch": (
        "Both come from one launch, a known reason for being near one another."
    ),
    "explain.proximity.limit": (
        "Nearness alone says nothing about its purpose, and public elements leave an "
        "uncertainty of kilometres."
    ),
    "explain.geo.drifts_in": (
        "{other}, now at {longitude}, drifts {drift}° a day relative to {asset} and comes "
        "inside its slot at {slot}."
    ),
    "explain.geo.drifts_by": (
        "{other}, now at {longitude}, drifts {drift}° a day relative to {asset} and passes "
        "its slot at {slot} without stopping, as far as the elements show."
    ),
    "explain.geo.stays": (
        "{other}, now at {longitude}, keeps station beside {asset}, whose slot is at {slot}."
    ),
    "explain.geo.arrived": (
        "{other} drifted to {longitude} and stopped beside {asset}, whose slot is at {slot}."
    ),
    "explain.geo.left": (
        "{other}, now at {longitude}, has left the neighbourhood of {asset}, whose slot is at "
        "{slot}."
    ),
    "explain.geo.range": (
        "The smallest range inside the window lies in the interval {range}, at {moment}."
    ),
    "explain.geo.limit": (
        "In GEO public elements leave about 10 km open, and a manoeuvre after the newest "
        "elements changes what is predicted."
    ),
    "explain.manoeuvre": (
        "Between {start} and {end} the orbit of {object} changed by more than the noise of its "
        "elements: a velocity change in the interval {range}, {direction}."
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
    "measure.slot": "Slot of the asset",
    "measure.neighbour": "Neighbour's longitude",
    "measure.drift_deg": "Relative drift (east +)",
    "measure.arrival": "Arrival in the slot",
    "measure.inclination": "Difference of inclinations",
    "measure.delta_v": "Velocity change (95 %)",
    "measure.components": "Components, R / T / N",
    "measure.direction": "Direction",
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
    "unit.km_day": "{value} km a day",
    "unit.deg_day": "{value}° a day",
    "unit.about": "about {value}",
    # The board
    "column.attention": "Attention",
    "column.what": "What",
    "column.when": "When (UTC)",
    "column.range": "Range, 95 %",
    "column.rarity": "How unusual",
    "column.confidence": "Confidence",
    "column.next_step": "Next step",
    "column.incident": "Incident",
    # The page
    "page.title": "Watch board",
    "page.tagline": "An open watch over the satellites that allies depend on",
    "page.as_of": "As known at",
    "page.window": "Looks ahead",
    "page.window.value": "{duration}, to {end}",
    "page.assets": "Assets watched",
    "page.objects": "Objects in the picture",
    "page.footer": "Made by Hoshimori {version}. Times are UTC.",
    "page.unclassified": "NOT FOR CLASSIFIED DATA",
    "page.physics": (
        "This page reports physics: what moved, how near, how unusual. It says nothing about "
        "purpose and names nobody as a cause."
    ),
    "page.skip": "Skip to the board",
    "summary.quiet": "Nothing needs a look now.",
    "summary.look.one": "{number} incident needs a look now",
    "summary.look.many": "{number} incidents need a look now",
    "summary.look.sentence": "{look}.",
    "summary.rest": "{watch}, {log}.",
    "summary.watch.one": "{number} is worth watching",
    "summary.watch.many": "{number} are worth watching",
    "summary.log.one": "{number} is routine and logged",
    "summary.log.many": "{number} are routine and logged",
    "summary.scope": "{assets} against {objects} over {duration}.",
    "summary.assets.one": "{number} asset was watched",
    "summary.assets.many": "{number} assets were watched",
    "summary.objects.one": "{number} object",
    "summary.objects.many": "{number} objects",
    "summary.silence": (
        "Silence covers only what could be seen; the section “What could not be seen” says "
        "where it ends."
    ),
    "summary.failed.one": "{number} detector failed, so its kind of finding is missing here.",
    "summary.failed.many": (
        "{number} detectors failed, so their kinds of finding are missing here."
    ),
    "board.heading": "The board",
    "board.empty": "No incident asks for attention.",
    "board.routine.one": "{number} routine incident: docked, same launch or usual for its orbit",
    "board.routine.many": (
        "{number} routine incidents: docked, same launch or usual for their orbit"
    ),
    "board.cut": "The first {shown} of {total} are shown; the JSON output holds all.",
    "incidents.heading": "Incident by incident",
    "incidents.numbers": "Numbers",
    "incidents.routine": "Routine incidents in detail ({number})",
    "incidents.plots_capped": (
        "Plots are drawn for the first {drawn} of {total} findings that have one; the others "
        "are given in numbers only."
    ),
    "incidents.cut": "{number} further routine incidents are on the board without details.",
    "incidents.findings": "Findings",
    "overview.heading": "All close passes in the window",
    "coverage.heading": "What could not be seen",
    "coverage.intro": "A quiet board means something only with its limits.",
    "coverage.not_propagated.one": (
        "{number} of {total} objects could not be propagated (decayed, or SGP4 refuses its "
        "elements): nothing is said about it."
    ),
    "coverage.not_propagated.many": (
        "{number} of {total} objects could not be propagated (decayed, or SGP4 refuses their "
        "elements): nothing is said about them."
    ),
    "coverage.ages": (
        "Half of the element sets are older than {median} and one in ten is older than {p90}; "
        "{old} objects have elements older than five days."
    ),
    "coverage.no_elements": (
        "No element set is at hand for: {assets}. Nothing could be seen of them."
    ),
    "coverage.all_elements": "Every asset has an element set.",
    "coverage.no_history": "There is one element set per object, so no manoeuvre can be seen.",
    "coverage.history": (
        "{sets} element sets of {objects} objects are at hand; a manoeuvre can be seen only "
        "where an object has several, and not after its newest."
    ),
    "coverage.accuracy": (
        "Public elements do not prove a distance below a few kilometres in low orbits or about "
        "10 km in GEO; every range is therefore an interval."
    ),
    "coverage.unseen": (
        "Objects without public elements are not in the picture: satellites whose orbits are "
        "not published, objects not yet catalogued, and debris too small to be tracked."
    ),
    "coverage.future": (
        "Predictions assume that nobody manoeuvres; any later manoeuvre changes them."
    ),
    "coverage.failed": "The detector {detector} failed: {problem}.",
    "coverage.assets": "The assets' own elements",
    "coverage.asset": "Asset",
    "coverage.age": "Age of elements",
    "coverage.sigma": "Along-track error (1 σ)",
    "coverage.state": "State",
    "coverage.state.fresh": "fresh",
    "coverage.state.old": "older than five days",
    "coverage.state.none": "no elements",
    "runs.heading": "Detectors",
    "runs.detector": "Detector",
    "runs.findings": "Findings",
    "runs.state": "State",
    "runs.ok": "done",
    "runs.failed": "failed: {problem}",
    "sources.heading": "Sources",
    "sources.source": "Source",
    "sources.reality": "Reality",
    "sources.digest": "SHA-256 of the bytes",
    "sources.none": "No source is recorded.",
    "rerun.heading": "Run it again",
    "rerun.text": "The same sources and the same command give the same findings:",
    "glossary.heading": "Words",
    "glossary.asset": "asset",
    "glossary.asset.text": "an object that somebody protects.",
    "glossary.finding": "finding",
    "glossary.finding.text": (
        "what a detector reports: physics only, with its interval, its base rate and the facts "
        "it rests on."
    ),
    "glossary.incident": "incident",
    "glossary.incident.text": (
        "findings about one asset and the same other objects, under one id that is updated, "
        "not repeated."
    ),
    "glossary.attention": "attention",
    "glossary.attention.text": "how soon a human should look, from rarity and time left alone.",
    "glossary.base_rate": "how unusual",
    "glossary.base_rate.text": (
        "the share of comparable objects in the same catalogue that show at least as much."
    ),
    "glossary.confidence": "confidence",
    "glossary.confidence.text": (
        "how far the data carry the statement; it is not how likely it is."
    ),
    "glossary.interval": "interval",
    "glossary.interval.text": (
        "the range of values that holds the true one in about 95 % of cases."
    ),
    "glossary.elements": "element set",
    "glossary.elements.text": "the published mean orbit of an object (GP, for the SGP4 theory).",
    "glossary.rtn": "R, T, N",
    "glossary.rtn.text": (
        "radial (away from the Earth), in-track (along the orbit) and cross-track (normal to "
        "the plane), as seen from the asset."
    ),
    "glossary.slot": "slot",
    "glossary.slot.text": "the longitude that a geostationary satellite keeps.",
    # Plots
    "plot.as_of": "as of",
    "plot.kept": "The track is thinned for drawing.",
    "plot.rtn.title": "Motion of {other} as seen from {asset}",
    "plot.rtn.desc": (
        "Three panels: radial against in-track, cross-track against in-track, and range over "
        "time. The smallest range lies in the interval {range}, at {moment}."
    ),
    "plot.rtn.key": (
        "+ the asset · ○ start · ◆ nominal closest point · solid: up to the moment of the "
        "picture · dashed: predicted · shaded: 95 % interval of the smallest range. Axes "
        "have different scales."
    ),
    "plot.rtn.radial": "radial R, km",
    "plot.rtn.in_track": "in-track T, km",
    "plot.rtn.cross_track": "cross-track N, km",
    "plot.rtn.range": "range, km",
    "plot.geo.title": "Longitudes of {asset} and {other}",
    "plot.geo.desc": (
        "Two panels over time: longitudes of both objects, and the range between them. The "
        "smallest range lies in the interval {range}, at {moment}."
    ),
    "plot.geo.key": (
        "— {asset} · – – {other} · shaded above: ±{half}° about the asset's slot · "
        "shaded below: 95 % interval of the smallest range · vertical line: the moment of the "
        "picture."
    ),
    "plot.geo.longitude": "longitude, ° east",
    "plot.time": "UTC, month-day",
    "plot.conjunctions.title": "Miss distance of all close passes in the window",
    "plot.conjunctions.desc": (
        "{number} close passes; miss distance on a logarithmic axis over time, each with its "
        "95 % interval."
    ),
    "plot.conjunctions.key": (
        "◆ look now · ▲ watch · ○ logged · bar: 95 % interval; one that runs through the "
        "lower edge includes zero."
    ),
    "plot.conjunctions.miss": "miss distance, km",
    "plot.conjunctions.first": "{number} of them are drawn, the nearest first.",
    "plot.ages.title": "Age of the elements",
    "plot.ages.desc": (
        "Number of objects by age of their newest element set, with the ages of the assets marked."
    ),
    "plot.ages.key": "bars: all objects · ▼ one asset each, in the bin of its age.",
    "plot.ages.age": "age of the newest element set, days",
    "plot.ages.objects": "objects",
}
