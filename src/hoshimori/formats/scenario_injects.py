"""Injects as tables of a script: one kind each, with its keys, units and limits."""

from __future__ import annotations

from hoshimori.formats.toml_shapes import (
    Fixed,
    Name,
    Number,
    OneOf,
    Several,
    Text,
    Truth,
    Whole,
)
from hoshimori.formats.toml_tables import Key, Table, Tagged
from hoshimori.model.injects import (
    INJECT_KINDS,
    ApproachKind,
    FeedKind,
    FlightEffect,
    FragmentationKind,
)
from hoshimori.model.reports import Credibility, Grade, Reliability, Statement

LONGEST_H = 8_760.0
"""A year; no exercise is longer, and nothing lies further before its start."""
_GRADES = {
    f"{letter.value}{digit.value}": Grade(letter, digit)
    for letter in Reliability
    for digit in Credibility
}
NAME = Name()
AT = Number("hours from the start", -LONGEST_H, LONGEST_H)
LASTING = Number("hours", 0.0, LONGEST_H, above=True)
DELAY = Number("hours", 0.0, LONGEST_H)
_VELOCITY = Fixed(("radial", "in-track", "cross-track"), Number("metres per second", -5e3, 5e3))

_PART = Key("part", NAME, "the part that does it")
_TARGET = Key("target", NAME, "the part that it is done to")
_LASTS = Key("lasts_h", LASTING, "how long it lasts, in hours")
_DELTA_V = Key("delta_v_rtn_m_s", _VELOCITY, "velocity change: radial, in-track, cross-track")
_CATALOGUED = Key("catalogued_after_h", DELAY, "hours until the catalogue has it")


def _table(kind: str, *keys: Key) -> Table:
    begin = (
        Key("id", NAME, "a name that no other inject has", "inject_id"),
        Key("at_h", AT, "when it begins, hours from the start; negative before it"),
    )
    return Table(INJECT_KINDS[kind], (*begin, *keys), ("kind", kind))


INJECT = Tagged(
    "kind",
    (
        _table("burn", _PART, _DELTA_V),
        _table(
            "slow-thrust",
            _PART,
            Key("acceleration_m_s2", Number("m/s²", -0.1, 0.1), "along the track, in m/s²"),
            _LASTS,
        ),
        _table(
            "approach",
            _PART,
            _TARGET,
            Key("how", OneOf({k.value: k for k in ApproachKind}, "way"), "how it comes to it"),
            Key("takes_h", LASTING, "hours until it is there"),
            Key("range_km", Number("kilometres", 0.0, 5_000.0), "how near, in kilometres"),
            Key("stays_h", DELAY, "hours that it stays"),
            Key("sunlit", Truth(), "whether the Sun lights the target then; else either"),
        ),
        _table("docking", _PART, _TARGET, _LASTS),
        _table("tow", _PART, _TARGET, _DELTA_V),
        _table(
            "release",
            _PART,
            Key("released", NAME, "the new part that it lets go"),
            _DELTA_V,
            _CATALOGUED,
        ),
        _table(
            "fragmentation",
            _PART,
            Key("how", OneOf({k.value: k for k in FragmentationKind}, "way"), "what breaks it"),
            Key("other", NAME, "the new part that it collides with"),
            Key("pieces", Whole(2, 5_000), "how many pieces are catalogued"),
            Key("catalogued_after_h", DELAY, "hours until the first piece is catalogued"),
            Key("catalogued_over_h", DELAY, "hours from the first piece to the last"),
        ),
        _table("loss", _PART, _LASTS),
        _table("reentry", _PART, Key("lasts_h", LASTING, "hours until it is gone")),
        _table(
            "launch",
            Key("launched", NAME, "the new part that is launched"),
            Key("into_plane_of", NAME, "the part into whose plane it goes"),
            Key("plane_offset_deg", Number("degrees", 0.0, 90.0), "angle between the planes"),
            Key("height_km", Number("kilometres", 120.0, 50_000.0), "height of its orbit"),
            _CATALOGUED,
        ),
        _table("cross-tag", _PART, Key("other", NAME, "the part it is taken for"), _LASTS),
        _table(
            "lateness",
            Key("parts", Several(NAME, least=1), "the parts that it is about"),
            Key("late_h", LASTING, "how much later their element sets come, in hours"),
            _LASTS,
        ),
        _table(
            "disturbed-navigation",
            Key(
                "latitude_deg",
                Number("degrees", -90.0, 90.0),
                "latitude of the middle, north positive",
            ),
            Key(
                "longitude_deg",
                Number("degrees", -180.0, 180.0),
                "longitude of the middle, east positive",
            ),
            Key(
                "radius_km",
                Number("kilometres", 0.0, 2_000.0, above=True),
                "kilometres from the middle to the edge",
            ),
            Key("share", Number("a share", 0.0, 1.0), "share of aircraft at the middle, 0 to 1"),
            _LASTS,
        ),
        _table(
            "flights",
            Key(
                "latitude_deg",
                Number("degrees", -80.0, 80.0),
                "latitude of the emitter, north positive",
            ),
            Key(
                "longitude_deg",
                Number("degrees", -180.0, 180.0),
                "longitude of the emitter, east positive",
            ),
            Key("how", OneOf({k.value: k for k in FlightEffect}, "way"), "what aircraft show"),
            Key(
                "reach_km",
                Number("kilometres", 20.0, 450.0),
                "how far it reaches those that have it in sight, in kilometres",
            ),
            Key("lasts_h", Number("hours", 0.0, 72.0, above=True), "how long it lasts, in hours"),
            Key("share", Number("a share", 0.0, 1.0), "share of aircraft in reach, 0 to 1"),
            Key(
                "shown_latitude_deg",
                Number("degrees", -80.0, 80.0),
                "where displaced aircraft say they are: latitude, north positive",
            ),
            Key(
                "shown_longitude_deg",
                Number("degrees", -180.0, 180.0),
                "where displaced aircraft say they are: longitude, east positive",
            ),
            Key(
                "flights_an_hour",
                Number("flights an hour", 1.0, 400.0),
                "how many cross the place in an hour",
            ),
        ),
        _table(
            "report",
            Key(
                "statement",
                OneOf({s.name.lower(): s for s in Statement}, "statement"),
                "what it states, from the list of reports",
            ),
            Key("parts", Several(NAME), "the parts that it is about; may be none"),
            Key("source", Text(), "who says it, as people will read it"),
            Key("grade", OneOf(_GRADES, "grade"), "Admiralty code, as in B2"),
            Key("text", Text(), "what is said, as said"),
            Key("begins_h", AT, "when what is stated began, hours from the start"),
            Key("is_true", Truth(), "whether it is so, for the white cell and the score"),
            Key("for_cells", Several(NAME), "the cells that get it; all where it is left out"),
        ),
        _table(
            "storm",
            Key("kp", Number("Kp", 0.0, 9.0), "how strong it is, index Kp"),
            Key("f107", Number("solar flux units", 60.0, 400.0), "radio flux of the Sun"),
            _LASTS,
        ),
        _table(
            "outage",
            Key("feed", OneOf({k.value: k for k in FeedKind}, "feed"), "what falls silent"),
            _LASTS,
            Key("late_h", LASTING, "how much later it comes, in hours; never where left out"),
        ),
    ),
)
"""One ``[[inject]]``: its `kind` says which keys there are."""
