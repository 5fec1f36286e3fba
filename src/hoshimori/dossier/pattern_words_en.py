"""English words of patterns of life and of orbits that end."""

from __future__ import annotations

PATTERN_WORDS: dict[str, str] = {
    "unit.days": "d",
    "aspect.east_west": "east-west",
    "aspect.north_south": "north-south",
    "aspect.height": "height",
    "mode.not_kept": "not kept (NK)",
    "mode.chemical_keeping": "chemical keeping (CK)",
    "mode.electric_keeping": "electric keeping (EK)",
    "mode.hybrid_keeping": "hybrid keeping (HK)",
    "mode.kept": "kept, by what is not resolved",
    "mode.altitude_keeping": "altitude keeping",
    "mode.phase_keeping": "phase keeping",
    "mode.raising": "raising",
    "mode.lowering": "lowering",
    "mode.decay": "decay",
    "mode.inert": "inert",
    "mode.unknown": "unknown",
    "node.start": "SS data start",
    "node.end": "ES data end",
    "node.initiate_drift": "ID drift begins",
    "node.adjust_drift": "AD drift adjusted",
    "node.initiate_keeping": "IK keeping begins",
    "kind.pattern_change": "Departure from its own pattern",
    "kind.decay": "Re-entry ahead",
    "kind.object_lost": "Object lost",
    "kind.presumed_decayed": "Presumed decayed",
    "headline.pattern.mode_changed": "{object} changed its pattern, {aspect}: {before} → {after}",
    "headline.pattern.burn_overdue": "{object} has not burned for {observed}, {aspect}",
    "headline.pattern.burn_early": "{object} burned again after only {observed}, {aspect}",
    "headline.decay": "{object} sinks to re-entry",
    "headline.object_lost": "{object} is lost: no elements for {age}",
    "headline.presumed_decayed": "{object} has presumably decayed: no elements for {age}",
    "explain.pattern.mode_changed": (
        "Since {moment} the {aspect} pattern of {object} is another: {before} before, {after} "
        "now; in {share} of its own past it moved as far in as long a time ({compared} objects "
        "were compared with their pasts)."
    ),
    "explain.pattern.burn_overdue": (
        "At {moment} the newest elements of {object} showed no {aspect} burn for {observed}; its "
        "own past lets expect one within {usual}. {share} of its intervals should be as long "
        "({compared} objects were compared with their pasts)."
    ),
    "explain.pattern.burn_early": (
        "{object} made a {aspect} burn by {moment}, {observed} after the one before; its own past "
        "lets expect {usual}. {share} of its intervals should be as short ({compared} objects "
        "were compared with their pasts)."
    ),
    "explain.pattern.limit": (
        "Operators change plans, move and retire satellites; a burn that the elements did not "
        "show makes the next look overdue."
    ),
    "explain.decay": (
        "The orbit of {object}, {perigee} × {apogee} km, sinks by {sinking} km a day and ends in "
        "the window {window} (90 %)."
    ),
    "explain.decay.limit": (
        "The window holds for an object that only the air moves; burns, and storms of space "
        "weather, shift it."
    ),
    "explain.object_lost": (
        "The newest elements of {object} are {age} old; they are usually renewed every {usual}. "
        "By now they no longer tell where it is."
    ),
    "explain.object_lost.limit": (
        "It may have manoeuvred, broken up or not been observed; elements alone cannot tell which."
    ),
    "explain.presumed_decayed": (
        "The newest elements of {object} are {age} old; they are usually renewed every {usual}. "
        "They let it re-enter before now."
    ),
    "explain.presumed_decayed.limit": (
        "A decay message of the catalogue would settle it; a burn after the newest elements "
        "would have kept it up."
    ),
    "measure.aspect": "Aspect",
    "measure.mode": "Mode",
    "measure.surprise": "Share of its own past that departs as much",
    "measure.false_share": "Expected share of false ones among such findings",
    "measure.interval": "Interval",
    "measure.usual_interval": "Usual interval (90 %)",
    "measure.reentry": "Re-entry, best estimate",
    "measure.reentry_window": "Window of re-entry (90 %)",
    "measure.heights": "Perigee × apogee",
    "measure.sinking": "Sinking of the semi-major axis",
    "sinking.value": "{value} km a day",
    "pattern.title": "Patterns of life of {objects}, as known at {moment}.",
    "pattern.title.objects.one": "{number} object",
    "pattern.title.objects.many": "{number} objects",
    "pattern.too_short": (
        "{number} more have too few element sets, or move in regimes that are not judged."
    ),
    "pattern.nothing": "No object departs from its own pattern, of {compared} compared.",
    "pattern.departures": "Departures from their own patterns, of {compared} objects compared:",
    "pattern.counts": "How many objects are in which mode now:",
    "pattern.further.one": "{number} more object; --all lists it, --objects chooses.",
    "pattern.further.many": "{number} more objects; --all lists them, --objects chooses.",
    "pattern.column.object": "Object",
    "pattern.column.aspect": "Aspect",
    "pattern.column.mode": "Mode now",
    "pattern.column.since": "Since",
    "pattern.column.nodes": "Changes",
    "pattern.column.cycle": "Burns",
    "pattern.column.next": "Next burn (90 %)",
    "pattern.column.number": "Objects",
    "cycle.words": "every {middle} d ({low}–{high}), {delta_v} m/s, {burns} seen",
    "cycle.too_few": "fewer than five intervals seen",
}
