"""Rehearsals as files: back without loss, and every mistake told with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.exercise.test_scoring import ASSET, VISITOR, finding, look
from tests.exercise.test_scoring import rehearsal as of_looks

from hoshimori.errors import FormatError
from hoshimori.formats.rehearsals import read_acts, read_rehearsal, write_rehearsal
from hoshimori.model.assessments import Label
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Attention
from hoshimori.model.rehearsals import ActKind, CellAct

SPAN = {"range_km": Interval(1.0, 2.5, 4.0)}
FOUND = finding(ASSET, VISITOR, measures=SPAN, parents=(VISITOR,))
ACT = {
    "cell": "blue",
    "kind": "answer",
    "at_utc": "2026-01-01T06:00:00Z",
    "subject": "who",
    "value": "visitor",
}
REHEARSAL = of_looks(
    look(12), look(24, FOUND, attention=Attention.LOOK, label=Label.RFI, groups=SPAN)
)


def test_a_rehearsal_comes_back_as_it_was() -> None:
    (act,) = read_acts(json.dumps([ACT]).encode(), source="acts.json")
    assert isinstance(act, CellAct)
    assert act.kind is ActKind.ANSWER
    whole = replace(REHEARSAL, acts=(act,))
    data = write_rehearsal(whole)
    assert read_rehearsal(data, source="x") == whole
    assert write_rehearsal(read_rehearsal(data, source="x")) == data
    assert json.loads(data)["reality"] == "EXERCISE"


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("reality",), "REAL", 'x:reality: "REAL": expected EXERCISE'),
        (("marking",), "AMBER", 'x:marking: "AMBER": expected a marking'),
        (("every_h",), "six", 'x:every_h: "six": expected a number'),
        (("starts_utc",), "noon", 'x:starts_utc: "noon": expected a moment'),
        (("starts_utc",), "2026-01-01T00:00:00", "expected a moment that ends with Z"),
        (("looks",), {}, "x:looks: {}: expected a list"),
        (("numbers",), [], "x:numbers: []: expected an object"),
        (("looks", 1, "incidents", 0, "attention"), "loud", "one of log, watch, look_now"),
        (("looks", 1, "findings", 0, "is_of_the_sky"), 1, "expected true or false"),
        (("looks", 1, "findings", 0, "kind"), 3, "x:looks.1.findings.0.kind: 3: expected a text"),
        (("looks", 1, "findings", 0, "measures", "range_km", "low"), 9.0, "low <= best <= high"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    path: tuple[Any, ...], value: object, told: str
) -> None:
    document = json.loads(write_rehearsal(REHEARSAL))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(FormatError) as caught:
        read_rehearsal(json.dumps(document).encode(), source="x")
    assert told in str(caught.value)


def test_what_is_missing_and_what_is_no_json_is_told() -> None:
    document = json.loads(write_rehearsal(REHEARSAL))
    del document["looks"][1]["findings"][0]["kind"]
    with pytest.raises(FormatError, match=r"looks\.1\.findings\.0\.kind: is missing"):
        read_rehearsal(json.dumps(document).encode(), source="x")
    with pytest.raises(FormatError, match="is no JSON"):
        read_rehearsal(b"{", source="x")
    with pytest.raises(FormatError, match="expected an object"):
        read_rehearsal(b"[]", source="x")
