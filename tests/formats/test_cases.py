"""Files of cases: what is read, and what is refused with the case and the field named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.cases import read_cases
from hoshimori.model.assessments import HYPOTHESES_OF, Label, TruthGroup
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Statement

CASE = """
family = "wanderers"
[[case]]
id = "one"
title = "One beside another"
source = "made up"
catalogues = ["a.tle"]
thin = 6
about = [44476, 55841]
assets = [44476]
as_of_utc = 2025-03-31T12:00:00Z
labels = ["GEO-LOITER", "NO-EVENT"]
numbers = { closest_km = [20, 50] }
forbidden = ["dogfight"]
truth = "inspection"
because = "no consent is known"
[[case.report]]
statement = "demarche"
objects = [44476]
start_utc = 2025-03-06T00:00:00Z
known_utc = 2025-03-07T00:00:00Z
source = "an operator"
text = "not normal"
"""


def test_a_case_is_read() -> None:
    (case,) = read_cases(CASE.encode(), source="x.toml")
    assert (case.case_id, case.family) == ("one", "wanderers")
    assert case.as_of_utc == datetime(2025, 3, 31, 12, tzinfo=UTC)
    assert case.labels == (Label.GEO_LOITER, Label.NO_EVENT)
    assert case.numbers == {"closest_km": (20.0, 50.0)}
    assert case.truth is TruthGroup.INSPECTION
    assert case.data.catalogues == ("a.tle",)
    assert (case.data.thin, case.at_utc, case.waits_for) == (6, None, "")
    (report,) = case.reports
    assert report.statement is Statement.DEMARCHE
    assert report.reality is Reality.REAL


def test_reports_of_made_scenes_are_simulated_and_a_case_may_be_its_own_family() -> None:
    text = CASE.replace('catalogues = ["a.tle"]', 'made = "sky:drift-in"')
    (case,) = read_cases(text.replace('family = "wanderers"', "").encode(), source="x.toml")
    assert case.family == "one"
    assert case.reports[0].reality is Reality.SIMULATED


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"GEO-LOITER"', '"HOSTILE-ACT"', "case one"),
        ("thin = 6", "thinned = 6", "thinned"),
        ('catalogues = ["a.tle"]', "", "files of data or a made scene"),
        ('truth = "inspection"', 'truth = "guilty"', "case one"),
        ("2025-03-31T12:00:00Z", '"yesterday"', "expected a moment"),
        ('because = "no consent is known"', "", "because"),
        ('statement = "demarche"', 'statement = "rumour"', "report"),
        ('family = "wanderers"', 'famly = "x"', "famly"),
        ("[[case]]", "[[case", "not TOML"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, told: str) -> None:
    with pytest.raises(FormatError, match=r"x\.toml") as caught:
        read_cases(CASE.replace(old, new, 1).encode(), source="x.toml")
    assert told in str(caught.value)


def test_no_hypothesis_stands_in_two_groups() -> None:
    members = [h for group in HYPOTHESES_OF.values() for h in group]
    assert len(members) == len(set(members)) == 9
    assert set(HYPOTHESES_OF) == set(TruthGroup)
