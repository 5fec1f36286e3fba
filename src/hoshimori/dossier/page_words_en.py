"""English words of the page and its plots; the keys are those of every language."""

from __future__ import annotations

PAGE_WORDS: dict[str, str] = {
    # The page
    "page.title": "Watch board",
    "page.tagline": "An open watch over the satellites that allies depend on",
    "page.next": "Next:",
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
    "summary.scope": "{assets} against {objects} over the next {duration}.",
    "summary.days.one": "day",
    "summary.days.many": "{number} days",
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
    "board.further.one": "{number} more is worth watching (--all lists it)",
    "board.further.many": "{number} more are worth watching (--all lists them)",
    "story.heading": "What was planted in this made sky",
    "incidents.heading": "Incident by incident",
    "incidents.numbers": "Numbers",
    "incidents.routine": "Routine incidents in detail ({number})",
    "incidents.plots_capped": (
        "Plots are drawn for the first {drawn} of {total} findings that have one; the others "
        "are given in numbers only."
    ),
    "incidents.cut": "{number} further routine incidents are on the board without details.",
    "incidents.further": "{number} further findings of this incident",
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
    "coverage.left_out.one": "{number} object is left out: its newest elements are too old.",
    "coverage.left_out.many": (
        "{number} objects are left out: their newest elements are too old to tell where they are."
    ),
    "coverage.no_orbits": (
        "No orbit of any object is at hand: nothing is said about objects in space."
    ),
    "coverage.all_propagated": "All {total} objects could be propagated.",
    "coverage.ages": (
        "Half of the element sets are older than {median} and one in ten is older than "
        "{p90}; {old} objects have elements older than five days."
    ),
    "coverage.no_elements": (
        "No usable element set is at hand for: {assets}. Nothing could be seen of them."
    ),
    "coverage.all_elements": "Every asset has an element set.",
    "coverage.no_history": "There is one element set per object, so no manoeuvre can be seen.",
    "coverage.history": (
        "{sets} element sets of {objects} objects are at hand; a manoeuvre can be seen only "
        "where an object has several, and not after its newest."
    ),
    "coverage.errors": (
        "Element sets carry no errors of their own: for {own} of the {objects} objects on this "
        "board they are judged by earlier sets of the same object, for the others those of their "
        "kind and age are assumed."
    ),
    "coverage.accuracy": (
        "Public elements do not prove a distance below a few kilometres in low orbits or "
        "about 10 km in GEO; every range is therefore an interval."
    ),
    "coverage.unseen": (
        "Objects without public elements are not in the picture: satellites whose orbits are "
        "not published, objects not yet catalogued, and debris too small to be tracked."
    ),
    "coverage.future": (
        "Predictions assume that nobody manoeuvres; any later manoeuvre changes them."
    ),
    "coverage.failed": "The detector {detector} failed: {problem}.",
    "coverage.not_asked": "The detector {detector} was not asked: {problem}.",
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
    "runs.not_asked": "not asked: {problem}",
    "rates.heading": "Alarms per asset and month",
    "rates.incidents": "Incidents here",
    "rates.rate": "Per asset and month (95 %)",
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
        "what a detector reports: physics only, with its interval, its base rate and the "
        "facts it rests on."
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
        "how far the data carry the statement; rarity is told apart from it."
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
    "plot.rtn.title": "Motion of {other} as seen from {asset}",
    "plot.rtn.desc": (
        "Three panels: radial against in-track, cross-track against in-track, and range over "
        "time. The smallest range lies in the interval {range}, at {moment}."
    ),
    "plot.rtn.key": (
        "+ the asset · ○ start · ◆ nominal closest point · solid: up to the moment of "
        "the picture · dashed: predicted · shaded: 95 % interval of the smallest range. "
        "Axes have different scales."
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
        "— {asset} · – – {other} · shaded left: ±{half}° about the asset's slot · "
        "shaded right: 95 % interval of the smallest range · vertical line: the moment of "
        "the picture · dots: past element sets · frame: at most 2° about the slot and 35 "
        "days back."
    ),
    "plot.geo.longitude": "longitude, °",
    "plot.time": "UTC, month-day",
    "plot.conjunctions.title": "Miss distance of all close passes in the window",
    "plot.conjunctions.desc": (
        "{number} close passes; miss distance on a logarithmic axis over time, each with its "
        "95 % interval."
    ),
    "plot.conjunctions.key": (
        "◆ look now · ▲ watch · ○ logged · bar: 95 % interval; one that runs through "
        "the lower edge includes zero."
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
