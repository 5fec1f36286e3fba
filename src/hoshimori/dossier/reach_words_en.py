"""English words of warning times; the keys are those of every language."""

from __future__ import annotations

REACH_WORDS: dict[str, str] = {
    "reach.scope": (
        "At {moment}: how soon others could come within {within} km of an asset and move along "
        "with it, at the very earliest."
    ),
    "reach.compared.one": "{number} object is taken as able to manoeuvre;",
    "reach.compared.many": "{number} objects are taken as able to manoeuvre;",
    "reach.left_out.one": "{number} piece of debris or rocket body is not asked about.",
    "reach.left_out.many": "{number} pieces of debris and rocket bodies are not asked about.",
    "reach.missing": "Without a fresh element set: {ids}.",
    "reach.asset": "{asset} · {regime}",
    "reach.count": "With {speed} m/s: {shortest}; {marks}; {known}.",
    "reach.shortest": "shortest warning time {time}, as short for {rarity} payloads",
    "reach.shortest.near": "one {time} already, as for {rarity} payloads",
    "reach.shortest.none": "none in reach",
    "reach.mark": "{number} within {days}",
    "reach.known.one": "{number} of known relation in reach",
    "reach.known.many": "{number} of known relation in reach",
    "reach.time.hour": "under 1 h",
    "reach.time.near": "is alongside",
    "reach.time.between": "{low} to {high}",
    "reach.time.least": "{low} or more",
    "reach.time.velocity": "needs more",
    "reach.time.horizon": "over {days}",
    "reach.limit.near": "nothing",
    "reach.limit.phase": "way along the orbit",
    "reach.limit.plane": "drift of the plane",
    "reach.limit.velocity": "velocity",
    "reach.limit.horizon": "time",
    "reach.plane": "{angle}° apart ({rarity})",
    "reach.plane.aligns": "{angle}° apart; {least}° in {days} ± {sigma} ({rarity})",
    "reach.column.object": "Object",
    "reach.column.time": "With {speed} m/s",
    "reach.column.limit": "What takes the time",
    "reach.column.rarity": "As soon",
    "reach.column.plane": "Planes",
    "reach.explain": (
        "A time is never later than orbits allow; the second, where there is one, is when two "
        "impulses would do. Propellant, state and purpose of an object are not known: this "
        "says how long there would be to notice, not that anything is coming. Fast crossings "
        "are not counted here: screen finds those."
    ),
}
