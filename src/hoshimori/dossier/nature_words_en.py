"""English words of natural and accidental explanations: one sentence for each check."""

from __future__ import annotations

from typing import Final

NATURE_WORDS: Final = {
    "natural.title": "Nature and accident, looked into first",
    "natural.speaks_for": "fits",
    "natural.does_not_speak_for": "does not show",
    "natural.not_evaluated": "not judged",
    "natural.note": (
        "What is not judged is missing evidence, not a clean bill. What fits is not shown to be "
        "the cause, and what does not show is not excluded."
    ),
    "natural.name.geomagnetic_storm": "Geomagnetic storm",
    "natural.name.eclipse": "Passage of the Earth's shadow",
    "natural.name.sun_outage": "Sun behind the satellite",
    "natural.name.debris_strike": "Impact of small debris",
    "natural.name.conjunction": "Pass of a catalogued object",
    "natural.name.decay": "End of the orbit",
    "natural.name.known_failure": "Known failure of the make",
    "natural.name.free_drift": "Free drift",
    "natural.name.data_artefact": "Error in the data",
    "natural.does_not_fit": "{check}: this would not show as what was seen.",
    "natural.no_moment": "{check}: not judged; nothing tells the moment to within six hours.",
    "natural.no_elements": "{check}: not judged; no element set lies near the moment.",
    "natural.no_catalogue": (
        "{check}: not judged; the {number} objects at hand are a part of the catalogue."
    ),
    "natural.geomagnetic_storm.no_data": (
        "Geomagnetic storm: not judged; no file of space weather is at hand."
    ),
    "natural.geomagnetic_storm.not_observed": (
        "Geomagnetic storm: not judged; indices are needed until {needed} and observed until "
        "{observed}."
    ),
    "natural.geomagnetic_storm.drag": (
        "A storm of level G{level} (Kp {kp}, {at}) came in the {hours} hours before the end of "
        "what "
        "was seen of {object}; at {height} km it made the air {density} times as dense as on quiet "
        "days. {percent} % of all times as long since {since} had as strong a one."
    ),
    "natural.geomagnetic_storm.charging": (
        "A storm of level G{level} (Kp {kp}, {at}) came in the {hours} hours before the end of "
        "what "
        "was seen of {object}; it can charge satellites. {percent} % of all times as long since "
        "{since} had as strong a one."
    ),
    "natural.geomagnetic_storm.quiet": (
        "No geomagnetic storm that matters to {object} came in the {hours} hours that count: the "
        "greatest Kp was {kp} ({at})."
    ),
    "natural.geomagnetic_storm.common": (
        "A storm of level G{level} (Kp {kp}, {at}) came in the {hours} hours that count, but so it "
        "did in {percent} % of all times as long since {since}: it says nothing."
    ),
    "natural.eclipse.at_edge": (
        "{object} was {minutes} minutes from {edge} ({at}), when power and temperatures change. "
        "Chance puts {percent} % of all moments as near to one."
    ),
    "natural.eclipse.edge_is_common": (
        "{object} was {minutes} minutes from {edge} ({at}), but so are {percent} % of all moments "
        "in this orbit: it says nothing."
    ),
    "natural.eclipse.away_from_edge": (
        "{object} was {minutes} minutes from the nearest {edge} ({at}): too far to matter."
    ),
    "natural.eclipse.no_shadow": (
        "{object} did not meet the Earth's shadow around that time; the Sun stood {angle}° from "
        "its orbit plane."
    ),
    "natural.eclipse.entry": "entry into the Earth's shadow",
    "natural.eclipse.exit": "exit from the Earth's shadow",
    "natural.sun_outage.sun_behind": (
        "{object} stood before the Sun for some place on the Earth ({angle}° from it, up to "
        "{limit}° count): receivers there lose its signal for minutes. Chance gives {percent} % "
        "of all moments; the place of the receiver decides."
    ),
    "natural.sun_outage.sun_elsewhere": (
        "{object} stood before the Sun for no place on the Earth ({angle}° from it, up to {limit}° "
        "count)."
    ),
    "natural.debris_strike.soft_pieces": (
        "The pieces of {object} parted with little energy, as from a struck part; chance brings "
        "{expected} impacts of 1 cm and more in {days} days at {height} km."
    ),
    "natural.debris_strike.expected": (
        "Chance brings {expected} impacts of debris of 1 cm and more on {object} in {days} days at "
        "{height} km."
    ),
    "natural.debris_strike.rare": (
        "An impact of debris on {object} is never excluded, but rare: chance brings {expected} of "
        "1 cm and more in {days} days at {height} km."
    ),
    "natural.debris_strike.no_flux_there": (
        "Impact of small debris: not judged; at {height} km catalogues tell too little of it."
    ),
    "natural.conjunction.warned": (
        "A conjunction message named this pair: {source}, known from {at} on."
    ),
    "natural.conjunction.second_cloud": (
        "Two clouds of pieces parted at one point and time ({object}): two objects met."
    ),
    "natural.conjunction.passed": (
        "{number} catalogued objects passed within {within} km in {minutes} minutes around the "
        "moment ({object}); chance brings {expected}."
    ),
    "natural.conjunction.passed_by_chance": (
        "{number} catalogued objects passed within {within} km in {minutes} minutes around the "
        "moment ({object}), but chance brings {expected}: it says nothing."
    ),
    "natural.conjunction.none_passed": (
        "No more catalogued objects passed within {within} km in {minutes} minutes around the "
        "moment than chance brings ({number}; expected {expected})."
    ),
    "natural.conjunction.crossing": (
        "They only cross, at {speed} km/s and {miss} km apart, as orbits do by chance; {percent} % "
        "of comparable objects have a pass as near."
    ),
    "natural.decay.ends": (
        "The orbit of {object} sinks to its end, between {start} and {end}: it changes by itself "
        "from day to day."
    ),
    "natural.decay.ended": (
        "The last elements of {object} let it re-enter before now: none will follow."
    ),
    "natural.decay.soon": (
        "With its perigee at {height} km {object} has {days} days left in orbit: it changes by "
        "itself from day to day."
    ),
    "natural.decay.later": (
        "With its perigee at {height} km {object} has {days} days left in orbit: its end is no "
        "explanation yet."
    ),
    "natural.decay.far": (
        "With its perigee at {height} km {object} stays in orbit for more than ten years."
    ),
    "natural.decay.too_high": "{object} is too high to sink (perigee {height} km).",
    "natural.decay.does_not_sink": "The orbit of {object} does not sink (perigee {height} km).",
    "natural.known_failure.failed_before": (
        "{object} is of a make that failed by itself before: {make}, {mode}; at least {number} by "
        "then, the last told {example} ({date}; {source})."
    ),
    "natural.known_failure.none_listed": (
        "No failures of this make are on our list of {number}, which is short."
    ),
    "natural.known_failure.no_list": "Known failure of the make: not judged; no list is at hand.",
    "natural.known_failure.no_name": (
        "Known failure of the make: not judged; the object has no name that tells its make."
    ),
    "natural.known_failure.battery": "a battery burst",
    "natural.known_failure.propellant": "propellant or a tank exploded",
    "natural.known_failure.power": "power or propulsion was lost",
    "natural.known_failure.unknown": "it came apart, cause not published",
    "natural.free_drift.free": (
        "Nature alone moves {object}: {driven} of {judged} element sets in {days} days deviate "
        "from free drift (now at {longitude}, {drift}). Left alone, {motion}."
    ),
    "natural.free_drift.steered": (
        "{object} does not drift freely: {driven} of {judged} element sets in {days} days deviate "
        "from it (now at {longitude}, {drift})."
    ),
    "natural.free_drift.not_in_belt": "Free drift: it is about the geostationary belt alone.",
    "natural.free_drift.too_few_sets": (
        "Free drift: not judged; {object} has too few element sets twenty days apart."
    ),
    "natural.free_drift.swings_about_75_e": "it swings about 75° E",
    "natural.free_drift.swings_about_105_w": "it swings about 105° W",
    "natural.free_drift.swings_about_both": "it swings about 75° E and 105° W",
    "natural.free_drift.goes_round": "it goes round the whole belt",
    "natural.data_artefact.stated": "The source itself says that its data were wrong: {source}.",
    "natural.data_artefact.one_set_for_two": (
        "{object} share element sets: they are docked, or one set stands for both; a range of zero "
        "is no meeting."
    ),
    "natural.data_artefact.as_one": (
        "{object} move as one within 5 km through a whole day: they are docked, or one is tracked "
        "for the other."
    ),
    "natural.data_artefact.swapped": (
        "The newest element sets of {object} fit each other's orbits of before: identities may be "
        "swapped."
    ),
    "natural.data_artefact.unstable_number": (
        "{object}: a number of a range for analysts or uncorrelated tracks, which may stand for "
        "one thing today and another tomorrow."
    ),
    "natural.data_artefact.overdue": (
        "The elements of {object} are {age} days old; usual are {usual}: what is computed from "
        "them is far off."
    ),
    "natural.data_artefact.stale": (
        "The elements of {object} are {age} days old; from {usual} on they are stale: what is "
        "computed from them may be tens of kilometres off."
    ),
    "natural.data_artefact.none": (
        "Nothing shows an error in the data: no shared, swapped, stale or overdue element sets, no "
        "unstable numbers."
    ),
}
