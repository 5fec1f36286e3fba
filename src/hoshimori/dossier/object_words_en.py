"""English words of the pages of objects."""

from __future__ import annotations

OBJECT_WORDS: dict[str, str] = {
    "object.kind.payload": "payload",
    "object.kind.rocket_body": "rocket body",
    "object.kind.debris": "debris",
    "object.kind.unknown": "kind not known",
    "object.what": "{name} is catalogued as: {kind}.",
    "object.owner": "The catalogue names {owner} as its owner; no number here depends on it.",
    "object.launched": "It comes from launch {launch}.",
    "object.protected": "It is one of the assets that this watch protects.",
    "object.orbit": (
        "It flies between {perigee} km and {apogee} km above the Earth, goes round in {period}, "
        "and its plane is inclined by {inclination}° ({regime})."
    ),
    "object.elements": (
        "Its newest element set is of {epoch}, {age} before the moment of the picture."
    ),
    "object.elements.ahead": (
        "Its newest element set is of {epoch}, {age} after the moment of the picture."
    ),
    "object.no_elements": (
        "No element set of the last 30 days is known: where it is cannot be told."
    ),
    "object.history.one": "{number} element set of it is at hand.",
    "object.history.many": "{number} element sets of it are at hand.",
    "object.incidents.none": "No incident of this board is about it.",
    "object.incidents.one": "{number} incident of this board is about it.",
    "object.incidents.many": "{number} incidents of this board are about it.",
    "object.minutes": "{number} min",
}
