"""English words of break-ups and separations."""

from __future__ import annotations

from typing import Final

BREAKUP_WORDS: Final = {
    "kind.separation": "Separation",
    "kind.breakup": "Break-up",
    "headline.separation.one": "{other} parted from {object}",
    "headline.separation.many": "{number} objects parted from {object}",
    "headline.breakup": "{object} came apart: {pieces} pieces catalogued",
    "headline.breakup.unknown": "Something came apart: {pieces} pieces catalogued, {object} first",
    "explain.separation": (
        "New objects ({numbers}) have orbits that touch, or nearly, that of {object} where both "
        "were at one time; they parted at a relative speed in the interval {range}."
    ),
    "explain.separation.candidates": "Candidates for what it parted from: {candidates}.",
    "explain.separation.limit": (
        "Releases of satellites, lost parts and old debris catalogued late can look alike; the "
        "elements tell speeds, not purposes."
    ),
    "explain.breakup": (
        "The orbits of {pieces} new objects meet in one point, {altitude} km high at {latitude}, "
        "between {start} and {end}."
    ),
    "explain.breakup.resolved": (
        "All of them also pass that point at one time: {moment} by the pieces alone."
    ),
    "explain.breakup.unresolved": (
        "Their planes alone give the time; drag or too few pieces hide at which pass it was."
    ),
    "explain.breakup.candidates": "Candidates for what came apart: {candidates}.",
    "explain.breakup.no_candidates": "No catalogued object passed that point at that time.",
    "explain.breakup.cloud": (
        "The pieces parted with {energy}; {range} % of them were thrown forward along the track."
    ),
    "explain.breakup.limit": (
        "Orbits do not tell the cause: a collision, a rupture from within and an impact are laid "
        "side by side by `hoshimori breakups`. Pieces are catalogued for weeks to come."
    ),
    "breakup.candidate": "{name} {percent} %",
    "breakup.energy.low": "little energy (below 0.1 J/g)",
    "breakup.energy.moderate": "moderate energy (0.1 to 1 J/g)",
    "breakup.energy.high": "much energy (above 1 J/g)",
    "measure.pieces": "Pieces catalogued",
    "measure.event": "Moment",
    "measure.by_pieces": "Moment by the pieces alone",
    "measure.point": "Common point",
    "measure.point.value": "{altitude} km, {latitude}",
    "measure.pinch": "Spread there, in radius / across",
    "measure.spread": "Spread of velocity changes, R / T / N",
    "measure.posigrade": "Thrown forward (95 %)",
    "measure.energy": "Energy of the pieces",
    "measure.candidates": "Candidates",
    "measure.parting": "Relative speed (95 %)",
    "latitude.north": "{degrees}° N",
    "latitude.south": "{degrees}° S",
    "breakup.summary.none": "Nothing came apart, as far as {catalogues} catalogues show.",
    "breakup.summary.breakups.one": "{number} break-up",
    "breakup.summary.breakups.many": "{number} break-ups",
    "breakup.summary.separations.one": "{number} separation",
    "breakup.summary.separations.many": "{number} separations",
    "breakup.summary": (
        "{breakups} and {separations} among {new} objects that appeared between {catalogues} "
        "catalogues."
    ),
    "breakup.unreported": (
        "No finding: {deployed} objects of {launches} new launches (deployments), {late} of older "
        "launches that share no point (catalogued late). Analysts' numbers are not looked at."
    ),
    "breakup.waits": (
        "Catalogues lag by weeks: an event of the last weeks may show nothing yet but its parent."
    ),
    "breakup.next.breakup": (
        "Next: screen your assets against the pieces, ask for observations of the first candidate, "
        "and rerun with the next catalogue."
    ),
    "breakup.further.one": "{number} more separation: --all lists it",
    "breakup.further.many": "{number} more separations: --all lists them",
    "breakup.causes": "Causes side by side, no verdict",
    "breakup.for": "for",
    "breakup.against": "against",
    "breakup.nothing": "nothing",
    "breakup.cause.conjunction": "collision with a catalogued object",
    "breakup.cause.explosion": "rupture from within",
    "breakup.cause.test": "impact of something launched at it",
    "breakup.missing": (
        "Not in catalogues: launch notices, uncatalogued objects, telemetry, radar and optical "
        "records of the hour."
    ),
    "breakup.sign.other_cloud": "a second cloud, of {object}, parted at the same point and time",
    "breakup.sign.no_other_cloud": "no second cloud parted at that point and time",
    "breakup.sign.passes": (
        "{number} catalogued objects passed the point within minutes; chance gives {chance}"
    ),
    "breakup.sign.no_pass": (
        "{number} catalogued objects passed the point within minutes; chance gives {chance}"
    ),
    "breakup.sign.even": "thrown forward and backward alike ({low}–{high} % forward)",
    "breakup.sign.one_sided": "thrown to one side ({low}–{high} % forward)",
    "breakup.sign.speeds_of_explosions": "speeds as in explosions (median {median} m/s)",
    "breakup.sign.speeds_of_collisions": "speeds as in collisions (median {median} m/s)",
    "breakup.sign.low_energy": "little energy ({j_per_g} J/g)",
    "breakup.sign.high_energy": "much energy ({j_per_g} J/g)",
    "breakup.sign.new_launch": "its launch was new: propellant may have been left",
    "breakup.sign.not_resolved": "the moment is not known well enough to look for passes",
    "breakup.crossings": "Passes within {within} km of your assets, a day",
    "breakup.crossings.none": "No piece crosses the orbits of your assets.",
    "breakup.crossings.note": (
        "Modelled: all fragments of 10 cm and more by the NASA standard break-up model, from the "
        "mildest kind to the fiercest, the mass unknown. Rough by a factor of ten; phases are "
        "left to chance."
    ),
    "breakup.column.asset": "Asset",
    "breakup.column.catalogued": "Catalogued pieces",
    "breakup.column.modelled": "Modelled fragments",
    "breakup.column.what": "What",
    "breakup.column.when": "When (UTC)",
    "breakup.column.speed": "Speed",
    "breakup.column.candidates": "Candidates",
    "breakup.page.title": "Break-ups and separations",
    "breakup.page.gabbard": "Apogees and perigees over periods (Gabbard)",
    "breakup.page.gabbard.key": (
        "Each piece twice: apogee as a circle, perigee as a triangle; the cross is the common "
        "point's height. Pieces thrown forward lie to the right."
    ),
    "breakup.page.gabbard.desc": "{pieces} pieces, periods from {low} to {high} minutes.",
    "breakup.page.cloud": "Velocity changes of the pieces",
    "breakup.page.cloud.key": (
        "Left along the track and in radius, right along the track and across; metres a second, "
        "against the first candidate or the middle of the cloud."
    ),
    "breakup.page.cloud.desc": "{pieces} pieces; spreads {spread} in R / T / N.",
    "breakup.plot.period": "Period, min",
    "breakup.plot.height": "Height, km",
    "breakup.plot.along": "Along the track, m/s",
    "breakup.plot.radial": "In radius, m/s",
    "breakup.plot.cross": "Across, m/s",
}
