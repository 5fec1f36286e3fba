"""Letters: every kind comes back as it was written, and nothing else comes in."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made_letters import EVERY_CONTENT, made_letter, made_report, made_sets
from tests.model.test_markings import MARKINGS

from hoshimori.dossier.canonical import canonical_json, read_canonical
from hoshimori.errors import FormatError
from hoshimori.formats.letters import is_of_another_version, letter_from, letter_value
from hoshimori.model.letters import (
    ABOUT_ANOTHER,
    CONTENT_KINDS,
    AnyContent,
    CorrectionContent,
    FactsContent,
    Letter,
    LetterKind,
    ReplyContent,
    ReportContent,
)
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn")), min_size=1, max_size=80
).filter(str.strip)
MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
CODES = st.sampled_from(("JPN", "USA", "ACME-OPS"))
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
LETTERS = st.builds(
    Letter, CODES, DIGESTS, MOMENTS, st.none() | MOMENTS, MARKINGS, st.sampled_from(Reality),
    st.builds(ReplyContent, TEXTS) | st.builds(CorrectionContent, TEXTS, st.none() | DIGESTS),
)  # fmt: skip


def test_there_is_one_letter_of_every_kind_here() -> None:
    assert {CONTENT_KINDS[type(content)] for content in EVERY_CONTENT} == set(LetterKind)


@pytest.mark.parametrize("content", EVERY_CONTENT, ids=lambda c: type(c).__name__)
def test_a_letter_comes_back_as_it_was_written(content: AnyContent) -> None:
    letter = made_letter(content)
    value = read_canonical(canonical_json(letter_value(letter)))
    again = letter_from(value)
    assert letter_value(again) == letter_value(letter) == value
    assert again.kind is letter.kind
    assert (again.about is not None) == (again.kind in ABOUT_ANOTHER)


@given(LETTERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_letter_of_words_comes_back(letter: Letter) -> None:
    value = read_canonical(canonical_json(letter_value(letter)))
    assert letter_from(value) == letter


def test_element_sets_come_back_bit_for_bit() -> None:
    sets = made_sets()
    again = letter_from(
        read_canonical(canonical_json(letter_value(made_letter(FactsContent(sets)))))
    )
    assert isinstance(again.content, FactsContent)
    back = again.content.element_sets
    assert back.mean_motion_rev_day.tobytes() == sets.mean_motion_rev_day.tobytes()
    assert back.epoch_utc.tobytes() == sets.epoch_utc.tobytes()
    assert back.provenances == sets.provenances


def changed(value: Any, path: str, new: object) -> Any:
    made = copy.deepcopy(value)
    *above, last = path.split(".")
    place = made
    for name in above:
        place = place[int(name) if name.isdigit() else name]
    if new is KeyError:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = new
    return made


REPORT, FACTS, REPLY = (
    letter_value(made_letter(content))
    for content in (ReportContent(made_report()), FactsContent(made_sets()), ReplyContent("No."))
)
BAD = [
    (REPORT, "form", "hoshimori-letter/2", "expected hoshimori-letter/1"),
    (REPORT, "kind", "facts", "element_sets: is missing"),
    (REPORT, "kind", "parcel", "expected one of facts"),
    (REPORT, "origin", "jpn!", "expected a partner's code"),
    (REPORT, "origin", "NOBODY", "the code of no partner"),
    (REPORT, "about", "a" * 64, "expected null"),
    (REPLY, "about", None, "expected the letter that it is about"),
    (REPLY, "about", "../../etc/passwd", "expected a SHA-256"),
    (REPLY, "content.text", "a\u202eb", "control characters"),
    (REPLY, "content.text", "x" * 10_001, "expected at most 10,000"),
    (REPLY, "content.text", "  ", "nothing in it"),
    (REPLY, "content", [], "expected an object"),
    (REPLY, "content.more", 1, "fields that this form does not know"),
    (REPORT, "more", 1, "fields that this form does not know"),
    (REPORT, "stated_utc", "2026-11-01T12:00:00Z", "not as they are written"),
    (REPORT, "stated_utc", "yesterday", "expected a moment"),
    (REPORT, "marking", "SECRET", "expected a marking"),
    (REPORT, "marking", "TLP:GREEN//SECRET", "NOT FOR CLASSIFIED DATA"),
    (REPORT, "marking", "tlp:green", "not as they are written"),
    (REPORT, "reality", "EXERCISE", "is not that of what the letter holds"),
    (REPORT, "content.report.reality", "EXERCISE", "is not that of what the letter holds"),
    (REPORT, "content.report.marking", "TLP:AMBER", "is more open than the report in it"),
    (REPORT, "content.report.statement", "it was them", "expected one of"),
    (FACTS, "content.element_sets", [], "there is none"),
    (FACTS, "content.element_sets", "x", "expected a list"),
    (FACTS, "content.element_sets.0", 7, "expected an object of fields"),
    (FACTS, "content.element_sets.0.source", ["celestrak"], "expected a text"),
    (FACTS, "content.element_sets.0.epoch_utc", "2026-10-31T06:00:00+05:00Z", "with Z"),
    (FACTS, "content.element_sets.0.epoch_utc", "NaTZ", "with Z"),
    (FACTS, "content.element_sets.0.eccentricity", 1.5, "expected 0 <= eccentricity < 1"),
    (FACTS, "content.element_sets.0.eccentricity", None, "expected 0 <= eccentricity < 1"),
    (FACTS, "content.element_sets.0.norad_id", 2**40, "expected a catalogue number"),
    (FACTS, "content.element_sets.0.norad_id", "1", "not an element set"),
    (FACTS, "content.element_sets.0.epoch_utc", "2999-01-01T00:00:00.000000Z", "expected an epoch"),
    (FACTS, "content.element_sets.0.object_name", "A\nB", "control characters"),
    (FACTS, "content.element_sets.0.source", "a\x00b", "control characters"),
    (FACTS, "content.element_sets.0.payload_sha256", "abc", "expected a SHA-256"),
    (FACTS, "content.element_sets.0.ephemeris_type", 4, "expected 0 (SGP4)"),
    (FACTS, "reality", "SIMULATED", "is not that of what the letter holds"),
]


@pytest.mark.parametrize(("value", "path", "new", "said"), BAD, ids=lambda p: str(p)[:24])
def test_what_is_no_letter_is_refused_by_its_place(
    value: Any, path: str, new: object, said: str
) -> None:
    with pytest.raises(FormatError) as refused:
        letter_from(changed(value, path, new))
    assert said in str(refused.value)


@pytest.mark.parametrize("path", [*REPORT, "content.report", "content.report.text"])
def test_no_field_may_be_missing(path: str) -> None:
    with pytest.raises(FormatError):
        letter_from(changed(REPORT, path, KeyError))


def test_a_document_is_bounded() -> None:
    deep: Any = "end"
    for _ in range(200):
        deep = {"in": deep}
    incident = letter_value(made_letter(EVERY_CONTENT[2]))
    with pytest.raises(FormatError, match="nested deeper than 40"):
        letter_from(changed(incident, "content.document", deep))
    with pytest.raises(FormatError, match="more than 500,000 values"):
        letter_from(changed(incident, "content.document", {"all": [0] * 500_001}))
    with pytest.raises(FormatError, match="control characters"):
        letter_from(changed(incident, "content.document", {"a\x1bb": 1}))


def test_letters_of_newer_versions_are_known_as_such() -> None:
    assert is_of_another_version(changed(REPORT, "form", "hoshimori-letter/2"))
    assert is_of_another_version(changed(REPORT, "kind", "parcel"))
    assert not is_of_another_version(REPORT)
    assert not is_of_another_version({"form": "something else", "kind": "parcel"})
    assert not is_of_another_version("hoshimori-letter/2")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**70) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
PATHS = st.sampled_from([
    *REPORT, "content.report.objects", "content.report.text", "content.report.grade",
])  # fmt: skip


@given(PATHS, JSON)
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_field_is_read_or_refused(path: str, new: object) -> None:
    try:
        letter = letter_from(changed(REPORT, path, new))
    except FormatError:
        return
    assert isinstance(letter.content, ReportContent)


def test_expiry_and_strict_markings_come_back() -> None:
    strict = Marking(Level.AMBER, frozenset({"USA", "JPN"}), frozenset({"ORCON"}))
    letter = made_letter(marking=strict, expires_utc=datetime(2027, 1, 1, tzinfo=UTC))
    again = letter_from(letter_value(letter))
    assert again.marking == strict
    assert again.expires_utc is not None
    assert again.expires_utc - again.stated_utc > timedelta(days=60)
