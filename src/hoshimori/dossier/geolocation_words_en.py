"""English words of where a signal can have come from."""

from __future__ import annotations

from typing import Final

GEOLOCATION_WORDS: Final = {
    "geolocation.title": "Where a signal can have come from",
    "geolocation.place": "{latitude}, {longitude}",
    "geolocation.size": "± {major} × {minor} km, long axis {azimuth}°",
    "geolocation.column.where": "Area (95 %): middle",
    "geolocation.column.size": "Half axes of the ellipse",
    "geolocation.column.area": "km²",
    "geolocation.column.fit": "Larger misfit by chance",
    "geolocation.column.elevation": "Lowest satellite",
    "geolocation.column.notes": "Limits",
    "geolocation.fit.none": "not testable",
    "geolocation.next": (
        "ask the administration responsible there, and operators, what sends on this frequency "
        "inside the areas; --form writes the report of the Radio Regulations, --geojson the "
        "outlines; measure again at another moment where areas are long or several."
    ),
    "geolocation.summary.one": (
        "One area fits {tdoa} time and {fdoa} frequency differences: {size} (95 %) around {place}."
    ),
    "geolocation.summary.many": (
        "{number} areas fit {tdoa} time and {fdoa} frequency differences alike: the signal came "
        "from one of them, and nothing measured tells which. The best: {size} (95 %) around "
        "{place}."
    ),
    "geolocation.meaning": (
        "An area is where the emitter stands with 95 %, if it stood still on the ground at the "
        "height told and the stated errors are right. It is no place to act on: it says where "
        "administrations and operators may look and ask."
    ),
    "geolocation.references": (
        "Reference emitters: {names} ({number} measurements). Without them the half axis would be "
        "{without}."
    ),
    "geolocation.references.none": (
        "No reference emitter: errors of orbits and clocks are in the areas whole."
    ),
    "geolocation.without.nothing": "without use (no area)",
    "geolocation.km": "{km} km",
    "geolocation.orbits": (
        "If orbits and clocks were known exactly, the half axis of the best would be {km} km."
    ),
    "geolocation.states": "States: {satellites}.",
    "geolocation.state.ephemeris": "{name} by ephemeris (one sigma {sigma})",
    "geolocation.state.element_sets": (
        "{name} by an element set {age} days away (one sigma {sigma})"
    ),
    "geolocation.height": "Height of the emitter: {height} ± {sigma} m (one sigma).",
    "geolocation.excluded.one": "One further place fits far worse and is left out.",
    "geolocation.excluded.many": "{number} further places fit far worse and are left out.",
    "geolocation.hidden.one": (
        "One place fits from which a satellite was below the horizon; it is left out."
    ),
    "geolocation.hidden.many": (
        "{number} places fit from which a satellite was below the horizon; they are left out."
    ),
    "geolocation.rejected.one": "One measurement was refused:",
    "geolocation.rejected.many": "{number} measurements were refused:",
    "geolocation.note.ambiguous": "mirror places: nothing measured tells which",
    "geolocation.note.only_tdoa": "time differences only",
    "geolocation.note.only_fdoa": "frequency differences only",
    "geolocation.note.long": "longer than {longest} km",
    "geolocation.note.ill_conditioned": "one direction known far worse than the other",
    "geolocation.note.lines_along": "lines of position nearly parallel",
    "geolocation.note.baseline_along_sight": "satellites nearly behind one another from there",
    "geolocation.note.low": "a satellite below 5° of elevation",
    "geolocation.note.below_horizon": "a satellite below the horizon: not from there",
    "geolocation.note.outside_footprint": "outside the common footprint: not from there",
    "geolocation.note.bent": "no ellipse: the outline follows the bent area",
    "geolocation.note.inconsistent": "measurements contradict one another beyond their errors",
    "geolocation.note.unchecked": "no measurement to spare: a mistake would not show",
    "geolocation.note.orbits_decide": "errors of orbits decide: a reference emitter would help",
    "geolocation.note.none": "none",
    "geolocation.page.map": "Area and lines of position",
    "geolocation.page.map.key": (
        "The filled outline holds the emitter with 95 %. Full lines: time differences; broken "
        "lines: frequency differences. East and north of the middle, in km; thin lines are "
        "latitude and longitude."
    ),
    "geolocation.page.area": "Area {number}: {place}",
    "geolocation.page.when": "Measured",
    "geolocation.page.limits": "What limits this",
    "geolocation.plot.east": "East, km",
    "geolocation.plot.north": "North, km",
    "geolocation.written": "{what} written to {path}",
}
