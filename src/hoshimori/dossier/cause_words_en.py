"""English words of candidate causes: what could explain something on an asset at a moment."""

from __future__ import annotations

from typing import Final

CAUSE_WORDS: Final = {
    "cause.standing.unusual": "unusual",
    "cause.standing.present": "present",
    "cause.standing.absent": "not there",
    "cause.standing.not_judged": "not judged",
    "cause.name.fast_pass": "Fast pass, minutes around",
    "cause.name.company": "Slow company",
    "cause.name.conjunction": "Conjunction, hours around",
    "cause.name.own_manoeuvre": "Its own manoeuvre",
    "cause.name.companion_manoeuvre": "Manoeuvre of its company",
    "cause.name.new_object": "New object in a like orbit",
    "cause.name.in_beam": "Object in the beam",
    "cause.name.in_line": "Object in line from the ground",
    "cause.name.disturbed_ground": "Disturbed area in sight",
    "cause.name.eclipse": "Edge of the Earth's shadow",
    "cause.name.sun_in_view": "Sun in the field of view",
    "cause.name.sun_behind": "Sun behind the satellite",
    "cause.name.storm": "Geomagnetic storm (Kp)",
    "cause.name.storm_day": "Disturbed day (Ap)",
    "cause.name.solar_flux": "Solar radio flux (F10.7)",
    "cause.name.south_atlantic": "South Atlantic Anomaly",
    "cause.name.radiation_belt": "Radiation belt",
    "cause.name.meteor_shower": "Meteor shower",
    "cause.name.debris_flux": "Debris flux",
    "cause.name.element_age": "Old elements",
    "cause.name.data_artefact": "Error in the data",
    "cause.name.known_failure": "Known failure of the make",
    "cause.name.decay": "End of the orbit",
    "cause.no_states": "its elements give no place at too many of the moments compared",
    "cause.no_catalogue": "the {number} objects at hand are a part of the catalogue",
    "cause.no_data": "no file of space weather is at hand",
    "cause.not_observed": "indices are observed until {observed}, which leaves out the moment",
    "cause.no_history": "too few element sets at hand (15 of it), or none after the moment",
    "cause.fast_pass.passed": "{object} at {range} km (± {error}), {speed} km/s, {after}",
    "cause.fast_pass.far": "nearest: {object} at {range} km (± {error}), {after}",
    "cause.fast_pass.nobody": "nobody within {reach} km in the {half} min to either side",
    "cause.conjunction.passed": "{object} at {range} km (± {error}), {speed} km/s, {after}",
    "cause.conjunction.far": "nearest: {object} at {range} km (± {error}), {after}",
    "cause.conjunction.nobody": "nobody within {reach} km in half a day to either side",
    "cause.company.beside": (
        "{object} at {range} km, {slow} m/s; {number} within {within} km, {as_one} move as one"
    ),
    "cause.company.far": "nearest: {object} at {range} km, {slow} m/s; {as_one} move as one",
    "cause.company.nobody": "nobody goes along within 500 km; {as_one} move as one with it",
    "cause.own_manoeuvre.near": "burn at {at} (± {sigma} h), {apart} h away, {size} m/s",
    "cause.own_manoeuvre.far": "nearest burn at {at}, {apart} h away, {size} m/s",
    "cause.own_manoeuvre.none": "no burn that its elements would show",
    "cause.companion_manoeuvre.near": "{object}: burn at {at} (± {sigma} h), {apart} h away, "
    "{size} m/s",
    "cause.companion_manoeuvre.far": "nearest: {object} at {at}, {apart} h away, {size} m/s",
    "cause.companion_manoeuvre.none": "no burn that the elements of its company would show",
    "cause.companion_manoeuvre.no_company": "nobody goes along with it in the days around",
    "cause.new_object.appeared": "{number} within 10 days, the nearest {object}, known from {at}",
    "cause.new_object.far": "nearest: {object}, known from {at}",
    "cause.new_object.none": "none appeared in a plane and at heights like its own",
    "cause.new_object.one_catalogue": (
        "catalogues known before and after the moment are needed; one alone shows nothing new"
    ),
    "cause.in_beam.inside": (
        "{number} within {beam}° of the direction to the Earth, the nearest {object} at {range} km"
    ),
    "cause.in_beam.nobody": "nobody before the Earth within {beam}° of the direction to it",
    "cause.in_line.beside": "{object} {angle}° beside it, {range} km from it, seen from {place}",
    "cause.in_line.far": "nearest: {object}, {angle}° beside it, seen from {place}",
    "cause.in_line.nobody": "nobody else in the sky of {place}",
    "cause.in_line.below_horizon": "below the horizon of {place}",
    "cause.disturbed_ground.in_sight": (
        "areas: {number}, {area} km², largest around {spot}; horizon {horizon} km around {point}"
    ),
    "cause.disturbed_ground.none": "none within its horizon, {horizon} km around {point}",
    "cause.disturbed_ground.no_maps": (
        "no integrity maps at hand (--integrity); its horizon is {horizon} km around {point}"
    ),
    "cause.disturbed_ground.no_map_of_day": (
        "the maps leave out this day; its horizon is {horizon} km around {point}"
    ),
    "cause.eclipse.at_edge": "{dark}; {edge} {after}",
    "cause.eclipse.away": "{dark}; nearest: {edge} {after}",
    "cause.eclipse.no_shadow": "its orbit meets no shadow at this time of the year",
    "cause.eclipse.dark": "in the shadow",
    "cause.eclipse.lit": "in sunlight",
    "cause.eclipse.entry": "entry",
    "cause.eclipse.exit": "exit",
    "cause.sun_in_view.inside": "Sun {angle}° from the middle of the beam, in sunlight",
    "cause.sun_in_view.outside": "Sun {angle}° from the middle of the beam ({beam}° count)",
    "cause.sun_in_view.behind_earth": "the Earth hides the Sun",
    "cause.sun_behind.behind_for_some": (
        "{angle}° from the Sun as seen from the Earth's centre: before it for some place"
    ),
    "cause.sun_behind.elsewhere": "{angle}° from the Sun, up to {limit}° count",
    "cause.sun_behind.behind_for_station": "{angle}° from the Sun as seen from {spot}",
    "cause.sun_behind.elsewhere_for_station": "{angle}° from the Sun as seen from {spot}",
    "cause.sun_behind.station_not_in_sight": "it or the Sun is below the horizon of {spot}",
    "cause.storm.storm": "G{level}: Kp {kp} (ap {ap}) at {at}, greatest of {hours} h",
    "cause.storm.quiet": "greatest Kp of {hours} h: {kp} (ap {ap}); G1 is from 5-",
    "cause.storm_day.disturbed": "Ap {ap} over {hours} h; {limit} and more is a minor storm",
    "cause.storm_day.quiet": "Ap {ap} over {hours} h; {limit} and more is a minor storm",
    "cause.solar_flux.high": "{flux} sfu; high is from {limit}",
    "cause.solar_flux.usual": "{flux} sfu; high is from {limit}",
    "cause.south_atlantic.inside": "{field} nT at the ground below (limit {limit}), {height} km up",
    "cause.south_atlantic.outside": "{field} nT at the ground below (limit {limit})",
    "cause.south_atlantic.too_high": "too high for it at {height} km: see the radiation belt",
    "cause.radiation_belt.inside": "{belt} belt, L {shell} at {height} km",
    "cause.radiation_belt.outside": "L {shell} at {height} km: outside",
    "cause.radiation_belt.inner": "inner",
    "cause.radiation_belt.outer": "outer",
    "cause.meteor_shower.active": "{shower}; all showers {hourly} an hour, {sporadic} without any",
    "cause.meteor_shower.weak": "{shower}, weak: {hourly} an hour, {sporadic} without any shower",
    "cause.meteor_shower.none": "no major shower",
    "cause.debris_flux.expected": "chance brings {expected} impacts of 1 cm a day at {height} km",
    "cause.debris_flux.rare": "chance brings {expected} impacts of 1 cm a day at {height} km",
    "cause.debris_flux.no_flux_there": "at {height} km catalogues tell too little of it",
    "cause.element_age.stale": "{age} days old; from {limit} on its place is tens of km off",
    "cause.element_age.fresh": "{age} days old",
    "cause.element_age.few_sets": (
        "{age} days between them and the moment; with {number} sets nothing to compare"
    ),
    "cause.element_age.later_sets_only": "none before the moment; the first is {age} days later",
    "cause.after": "{minutes} min after",
    "cause.before": "{minutes} min before",
    "cause.place.below": "straight below",
    "cause.chance.one_in": "1 moment in {number}",
    "cause.chance.percent": "{percent} % of moments",
    "cause.chance.both": "{much}; at all {there} %",
    "cause.chance.none": "–",
    "cause.summary": (
        "{looked} causes looked at: {unusual} unusual, {present} present as they often are, "
        "{absent} not there, {unjudged} not judged."
    ),
    "cause.rarest": (
        "Among the {ranked} whose rarity was measured chance alone brings one as rare as the "
        "rarest in up to {percent} % of moments."
    ),
    "cause.rarest.none": "None of those whose rarity was measured was present.",
    "cause.where": (
        "{asset} at {moment}: {height} km above {point}. Elements of {epoch}; {objects} objects "
        "searched."
    ),
    "cause.next": (
        "look first at what is unusual, ask who runs it for telemetry of the minutes around, and "
        "give what was missing for those not judged: their lines say what."
    ),
    "cause.note": (
        "Rarity says what to look at first, not what it was: causes hang together, a common one "
        "may be the one, and what nobody looks at is not here. Others that stand near are physics, "
        "no finding about anybody. What is not judged is missing evidence, not a clean bill."
    ),
    "cause.not_looked_at": (
        "On no line, as nobody looks at it here: flares, proton events and electron fluxes; "
        "attitude, power and heat on board; commands and software; what operators state; "
        "transmitters that are no catalogued object; what no sensor tracks."
    ),
    "cause.assumptions": (
        "Taken for granted: the beam points to the Earth's centre, {beam}° to either side; ground "
        "place {place}. Chance: the same test at {drawn} moments drawn (seed {seed}) in {days} "
        "days; in a year for seasons and indices, in the time covered for histories and maps."
    ),
    "cause.column.standing": "Standing",
    "cause.column.cause": "Cause",
    "cause.column.what": "What was there",
    "cause.column.chance": "As much by chance",
    "cause.column.span": "Moments compared",
    "cause.column.object": "Object",
    "cause.column.range": "Range",
    "cause.column.speed": "Relative speed",
    "cause.column.angle": "Angle",
    "cause.column.at": "When",
    "cause.span": "{as_much} of {drawn}, {start} to {end}",
    "cause.page.title": "What could explain it",
    "cause.page.objects": "Objects that these causes are about",
    "cause.shower.quadrantids": "Quadrantids",
    "cause.shower.lyrids": "Lyrids",
    "cause.shower.eta_aquariids": "Eta Aquariids",
    "cause.shower.daytime_arietids": "Daytime Arietids",
    "cause.shower.southern_delta_aquariids": "Southern delta Aquariids",
    "cause.shower.perseids": "Perseids",
    "cause.shower.orionids": "Orionids",
    "cause.shower.leonids": "Leonids",
    "cause.shower.geminids": "Geminids",
    "cause.shower.ursids": "Ursids",
}
