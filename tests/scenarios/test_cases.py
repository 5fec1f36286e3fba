"""Every labelled case: found, filed under its label, with its numbers, in words that are allowed.

Catalogues are thinned here (one in so many uninvolved objects); `benchmarks/accuracy_assessment.py`
runs the same cases on whole ones. Cases whose data cannot carry the label say what they wait for,
and are expected to differ: when they no longer do, the note has to go.

By default a slice of the set runs; all of it with ``HOSHIMORI_ALL_CASES=1 pytest
tests/scenarios/test_cases.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.slices import ALL_CASES

from hoshimori.dossier.assessment_text import assessment_text
from hoshimori.dossier.language import Language
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.assessments import Assessment, TruthGroup
from hoshimori.model.cases import Case
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.findings import AnyFinding
from hoshimori.model.markings import OPEN
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.workflows.assessment_model import MODEL_FILE
from hoshimori.workflows.cases import (
    CaseFiles,
    ask,
    cases_of,
    deviations,
    files_below,
    incident_of,
    picture_of_case,
    question_of,
)
from hoshimori.workflows.inquiry import Inquiry, Surroundings, assessment_of
from hoshimori.workflows.known_failures import known_failures

ROOT = Path(__file__).resolve().parents[2]
CASES = cases_of(ROOT / "benchmarks" / "cases")
ALWAYS = frozenset(
    {"cosmos-1408", "iridium-cosmos", "sj-21-g2", "mev-2", "starlink-near-station", "dallas"}
)
"""Run whatever the slice."""
EVERY = 1 if ALL_CASES else 11
SLICE = tuple(c for n, c in enumerate(CASES) if n % EVERY == 0 or c.case_id in ALWAYS)
MODEL = read_assessment_model(MODEL_FILE.read_bytes(), source=MODEL_FILE.name)
SURROUNDINGS = Surroundings(None, known_failures())
NEVER = (
    "armed attack", "article v applies", "article 5 applies", "act of war", "aggressor",
    "guilty", "culprit", "russia", "china", "chinese", "iran",
    "武力攻撃である", "第5条が適用", "第五条が適用", "侵略", "犯人", "ロシア", "中国", "イラン",
)  # fmt: skip
"""Stand in no text of any case; a State as a finding least of all."""
OWNERS = ("AA", "BB", "CC", "DD", "EE", "FF")


@dataclass(frozen=True)
class Told:
    """What came of a case."""

    inquiry: Inquiry
    findings: tuple[AnyFinding, ...]
    assessment: Assessment | None


def _group(case: Case) -> str:
    """Cases that share a picture run in one process, and the belt's history is read once."""
    if case.data.histories:
        return "cases of histories"
    data = case.data
    return f"cases of {data.made.partition(':')[0] or (*data.catalogues, *data.maps)[0]}"


def _params(cases: tuple[Case, ...] = SLICE) -> list[object]:
    return [
        pytest.param(case, id=case.case_id, marks=pytest.mark.xdist_group(_group(case)))
        for case in cases
    ]


@cache
def _files(folder: Path) -> CaseFiles:
    return files_below(folder)


_inquiries: dict[object, Inquiry] = {}


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Callable[[Case], Told]:
    def told(case: Case) -> Told:
        made = bool(case.data.made)
        folder = ROOT if made else request.getfixturevalue("shared_data")
        key = question_of(case)
        if key not in _inquiries:
            picture = picture_of_case(case, _files(folder), thinned=True)
            _inquiries[key] = ask(_labelled(picture, shift=0))
        return _told(case, _inquiries[key])

    return told


def _told(case: Case, inquiry: Inquiry) -> Told:
    incident = incident_of(case, inquiry)
    if incident is None:
        return Told(inquiry, (), None)
    assessment = assessment_of(
        inquiry, incident, model=MODEL, surroundings=SURROUNDINGS, marking=OPEN
    )
    return Told(inquiry, inquiry.findings_of(incident), assessment)


def _labelled(picture: Picture, *, shift: int) -> Picture:
    """Return a picture whose objects and assets have owners, another for each shift."""
    ids = np.unique(picture.newest.norad_id).tolist()
    objects = {
        i: replace(picture.objects.get(i, SpaceObject(i)), owner=OWNERS[(i + shift) % len(OWNERS)])
        for i in ids
    }
    assets = tuple(
        replace(a, owner=OWNERS[(a.norad_id + 1 + shift) % len(OWNERS)]) for a in picture.assets
    )
    return replace(picture, objects=objects, assets=assets)


def _text(told: Told, language: Language) -> str:
    assert told.assessment is not None
    text = assessment_text(told.assessment, told.inquiry.names, language)
    return " ".join(_strings(asdict(text)))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [s for part in value.values() for s in _strings(part)]
    if isinstance(value, list | tuple):
        return [s for part in value for s in _strings(part)]
    return []


@pytest.mark.parametrize("case", _params())
def test_case(case: Case, run: Callable[[Case], Told]) -> None:
    told = run(case)
    assert [r.problem for r in told.inquiry.runs if r.problem] == []
    found = deviations(case, told.findings, told.assessment)
    if case.waits_for:
        assert found, "the data carry the label now: take the note out of the case"
    else:
        assert found == ()
    if told.assessment is None:
        return
    for language in Language:
        text = _text(told, language).lower()
        words = [w for w in (*NEVER, *case.forbidden) if w.lower() in text]
        assert words == []
        assert text


def _questions() -> list[object]:
    """Return the cases of each picture together: all of them, one inquiry for each picture."""
    shared: dict[object, list[Case]] = {}
    for case in SLICE:
        shared.setdefault(question_of(case), []).append(case)
    return [
        pytest.param(of, id=of[0].case_id, marks=pytest.mark.xdist_group(_group(of[0])))
        for of in list(shared.values())[:: min(EVERY, 3)]
    ]


@pytest.mark.parametrize("cases", _questions())
def test_owners_and_countries_change_nothing(
    cases: list[Case], run: Callable[[Case], Told]
) -> None:
    """The whole set again with every owner permuted and names that are only labels exchanged."""
    known = [run(case) for case in cases]
    again = ask(_renamed(_labelled(known[0].inquiry.picture, shift=3)))
    for case, told in zip(cases, known, strict=True):
        other = _told(case, again)
        # As they are written: a number that is none is not equal to itself.
        assert as_json_value(other.findings) == as_json_value(told.findings)
        assert as_json_value(other.assessment) == as_json_value(told.assessment)


def _renamed(picture: Picture) -> Picture:
    """Return a picture whose assets have other names; families and makes are read from names."""
    assets = tuple(replace(a, name=f"SERIES {a.norad_id}") for a in picture.assets)
    return replace(
        picture,
        newest=_with_names(picture.newest),
        history=_with_names(picture.history),
        assets=assets,
    )


def _with_names(sets: ElementSets) -> ElementSets:
    """Return sets in which States' series of numbered names become a neutral series."""
    names = np.array([_neutral(str(n)) for n in sets.object_name], TEXT)
    return replace(sets, object_name=names)


def _neutral(name: str) -> str:
    series, _, rest = name.partition(" ")
    return f"SERIES {rest}" if series in ("COSMOS", "USA") else name


def test_the_set_is_large_and_says_what_it_waits_for() -> None:
    assert len(CASES) >= 60
    assert len({case.case_id for case in CASES}) == len(CASES)
    real = [case for case in CASES if not case.data.made]
    carried = [case for case in real if not case.waits_for]
    assert len(carried) >= 30
    assert {case.truth for case in CASES if case.truth} == set(TruthGroup)
    assert all(len(case.because) > 5 for case in CASES)
