"""A script as one table: every key of the file, with its units and limits."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

from hoshimori.formats.scenario_injects import AT, INJECT, LASTING, NAME
from hoshimori.formats.toml_shapes import (
    BothLanguages,
    Fixed,
    Moment,
    Number,
    OneOf,
    Reference,
    Several,
    Span,
    Text,
    Truth,
    Whole,
)
from hoshimori.formats.toml_tables import ByName, Key, Table
from hoshimori.model.assessments import Label
from hoshimori.model.finding import kind_name
from hoshimori.model.findings import AnyFinding
from hoshimori.model.scenarios import (
    Cell,
    CellKind,
    Choice,
    Expected,
    Pace,
    Part,
    Question,
    QuestionKind,
    Scenario,
    ScenarioKind,
    SkyKind,
)

_TEXTS = BothLanguages()
_MOST_NORAD_ID = 999_999_999
_KINDS: dict[str, list[type[Any]]] = {}
for _kind in get_args(AnyFinding):
    _KINDS.setdefault(kind_name(_kind), []).append(_kind)
_NUMBERS = ("int", "float", "float | None", "Interval", "Interval | None")
MEASURES = {
    name: frozenset(f.name for form in forms for f in fields(form) if f.type in _NUMBERS)
    for name, forms in _KINDS.items()
}
"""Numbers that findings of each kind have."""

_CHOICE = Table(
    Choice,
    (
        Key(
            "kind",
            OneOf({k: k for k in ("payload", "rocket body", "debris")}, "kind"),
            "what catalogues say that it is",
        ),
        Key(
            "height_km",
            Span(Number("kilometres", 100.0, 500_000.0)),
            "perigee and apogee both lie within",
        ),
        Key("inclination_deg", Span(Number("degrees", 0.0, 180.0)), "its inclination"),
        Key(
            "belt_deg_east",
            Span(Number("degrees", -180.0, 360.0)),
            "its longitude, of an object of the geostationary belt",
        ),
        Key("near", NAME, "the part that it is nearest to"),
        Key(
            "plane_deg",
            Number("degrees", 0.0, 180.0),
            "the largest angle between its plane and that of the part it is near",
        ),
        Key(
            "other_launch",
            Truth(),
            "whether those of the launch or constellation of that part are left out",
        ),
        Key("quiet", Truth(), "whether nothing happened to it lately"),
    ),
)
_PART = Table(
    Part,
    (
        Key("name", NAME, "what the script calls it"),
        Key("norad_id", Whole(1, _MOST_NORAD_ID), "catalogue number of a fixed object"),
        Key("choice", _CHOICE, "what an object that takes the part is like"),
        Key("owner", NAME, "the cell that it belongs to; a label alone"),
        Key("is_asset", Truth(), "whether it is watched over"),
        Key("can_manoeuvre", Truth(), "whether it can change its orbit"),
    ),
)
_CELL = Table(
    Cell,
    (
        Key("name", NAME, "what the script calls it"),
        Key("kind", OneOf({k.value: k for k in CellKind}, "kind"), "national, or white"),
        Key("partner", NAME, "its code as in REL TO; the house where it is left out"),
        Key("task", _TEXTS, "what it is there for, in en and ja"),
    ),
)
_EXPECTED = Table(
    Expected,
    (
        Key("inject", NAME, "the inject that it is about", "inject_id"),
        Key(
            "findings",
            Several(OneOf({kind: kind for kind in _KINDS}, "kind of finding")),
            "kinds of which any will do; [] where nothing should be found",
        ),
        Key("within_h", LASTING, "hours from the first published trace"),
        Key("parts", Several(NAME), "parts that the finding has to name"),
        Key(
            "measures",
            ByName(Span(Number("a number", -1e12, 1e12))),
            "spans of numbers of the finding, by name",
        ),
        Key(
            "labels",
            Several(OneOf({label.value: label for label in Label}, "label")),
            "labels of which any is right",
        ),
    ),
    further={"measures": {}},
)
_QUESTION = Table(
    Question,
    (
        Key("id", NAME, "a name that no other question has", "question_id"),
        Key("cells", Several(NAME), "the cells that are asked; all national ones where left out"),
        Key("asked_h", AT, "when it is asked, hours from the start"),
        Key("due_h", AT, "until when it is to be answered, hours from the start"),
        Key("kind", OneOf({k.value: k for k in QuestionKind}, "kind"), "what is asked for"),
        Key("text", _TEXTS, "the question, in en and ja"),
        Key("choices", Several(_TEXTS, most=20), "what there is to choose from, in en and ja"),
        Key("right", Several(Reference()), "numbers of right choices from 1, or right parts"),
        Key("span", Span(Number("a number", -1e12, 1e12)), "span of right numbers or hours"),
        Key("points", Number("points", 0.0, 1_000.0), "what a right answer is worth"),
    ),
    further={"cells": ()},
)
_PACE = Table(
    Pace,
    (
        Key("length_h", LASTING, "how long the exercise is, in hours"),
        Key(
            "speed",
            Number("seconds for one", 0.0, 86_400.0, above=True),
            "seconds of the exercise to one on the wall",
        ),
        Key(
            "watch_every_h",
            Number("hours", 0.0, 168.0, above=True),
            "how often a machine that plays alone looks",
        ),
        Key("pauses_h", Several(AT), "when the clock stops for the white cell"),
        Key("jumps_h", Several(Fixed(("from", "to"), AT)), "from one moment to a later one"),
    ),
)
SCENARIO = Table(
    Scenario,
    (
        Key("id", NAME, "a name that no other script has", "scenario_id"),
        Key("kind", OneOf({k.value: k for k in ScenarioKind}, "kind"), "what it is for"),
        Key("title", _TEXTS, "its title, in en and ja"),
        Key("story", _TEXTS, "what happens, for those who direct, in en and ja"),
        Key(
            "read_ahead",
            _TEXTS,
            "what cells may read before play, in en and ja; it gives nothing away",
        ),
        Key("source", Text(), "the documented case that it follows, or why it was made up"),
        Key(
            "seed",
            Whole(0, 2**32 - 1),
            "a whole number that everything drawn by chance follows from",
        ),
        Key("sky", OneOf({k.value: k for k in SkyKind}, "sky"), "what it plays on"),
        Key("starts_utc", Moment(), "when it starts; at the moment of the sky if left out"),
        Key("pace", _PACE, "a table, [pace], that says how the clock goes"),
        Key(
            "objective",
            Several(_TEXTS, least=1),
            "tables, [[objective]], of what people learn, in en and ja",
            "objectives",
        ),
        Key("part", Several(_PART, least=1), "tables, [[part]], of the objects", "parts"),
        Key("cell", Several(_CELL), "tables, [[cell]], of the groups of people", "cells"),
        Key("inject", Several(INJECT), "tables, [[inject]], of what happens", "injects"),
        Key("expected", Several(_EXPECTED), "tables, [[expected]], of what a watch should find"),
        Key("question", Several(_QUESTION), "tables, [[question]], of what is asked", "questions"),
    ),
    further={
        "sky": SkyKind.ANY,
        "starts_utc": None,
        "cells": (),
        "injects": (),
        "expected": (),
        "questions": (),
    },
)
"""A whole file."""
