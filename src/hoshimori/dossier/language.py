"""The languages of what people read, and the flat table of words of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import assert_never

from hoshimori.dossier import (
    access_words_en,
    access_words_ja,
    alert_words_en,
    alert_words_ja,
    assessment_words_en,
    assessment_words_ja,
    belt_words_en,
    belt_words_ja,
    breakup_words_en,
    breakup_words_ja,
    cause_words_en,
    cause_words_ja,
    change_words_en,
    change_words_ja,
    document_words_en,
    document_words_ja,
    emitter_words_en,
    emitter_words_ja,
    evidence_words_en,
    evidence_words_ja,
    factor_words_en,
    factor_words_ja,
    geolocation_words_en,
    geolocation_words_ja,
    incident_words_en,
    incident_words_ja,
    interference_words_en,
    interference_words_ja,
    live_words_en,
    live_words_ja,
    manoeuvre_words_en,
    manoeuvre_words_ja,
    nature_words_en,
    nature_words_ja,
    notice_words_en,
    notice_words_ja,
    object_words_en,
    object_words_ja,
    page_words_en,
    page_words_ja,
    passage_words_en,
    passage_words_ja,
    pattern_words_en,
    pattern_words_ja,
    reach_words_en,
    reach_words_ja,
    receiver_words_en,
    receiver_words_ja,
    rehearsal_words_en,
    rehearsal_words_ja,
    report_words_en,
    report_words_ja,
    rerun_words_en,
    rerun_words_ja,
    screen_words_en,
    screen_words_ja,
    script_words_en,
    script_words_ja,
    seal_words_en,
    seal_words_ja,
    share_words_en,
    share_words_ja,
    store_words_en,
    store_words_ja,
    story_words_en,
    story_words_ja,
    sweep_words_en,
    sweep_words_ja,
    upkeep_words_en,
    upkeep_words_ja,
    words_en,
    words_ja,
)

_ENGLISH = {
    **words_en.WORDS,
    **access_words_en.ACCESS_WORDS,
    **alert_words_en.ALERT_WORDS,
    **page_words_en.PAGE_WORDS,
    **screen_words_en.SCREEN_WORDS,
    **script_words_en.SCRIPT_WORDS,
    **manoeuvre_words_en.MANOEUVRE_WORDS,
    **reach_words_en.REACH_WORDS,
    **receiver_words_en.RECEIVER_WORDS,
    **belt_words_en.BELT_WORDS,
    **breakup_words_en.BREAKUP_WORDS,
    **cause_words_en.CAUSE_WORDS,
    **pattern_words_en.PATTERN_WORDS,
    **incident_words_en.INCIDENT_WORDS,
    **interference_words_en.INTERFERENCE_WORDS,
    **geolocation_words_en.GEOLOCATION_WORDS,
    **emitter_words_en.EMITTER_WORDS,
    **passage_words_en.PASSAGE_WORDS,
    **share_words_en.SHARE_WORDS,
    **store_words_en.STORE_WORDS,
    **story_words_en.STORY_WORDS,
    **sweep_words_en.SWEEP_WORDS,
    **seal_words_en.SEAL_WORDS,
    **assessment_words_en.ASSESSMENT_WORDS,
    **evidence_words_en.EVIDENCE_WORDS,
    **factor_words_en.FACTOR_WORDS,
    **rehearsal_words_en.REHEARSAL_WORDS,
    **live_words_en.LIVE_WORDS,
    **report_words_en.REPORT_WORDS,
    **rerun_words_en.RERUN_WORDS,
    **nature_words_en.NATURE_WORDS,
    **notice_words_en.NOTICE_WORDS,
    **change_words_en.CHANGE_WORDS,
    **document_words_en.DOCUMENT_WORDS,
    **object_words_en.OBJECT_WORDS,
    **upkeep_words_en.UPKEEP_WORDS,
}
_JAPANESE = {
    **words_ja.WORDS,
    **access_words_ja.ACCESS_WORDS,
    **alert_words_ja.ALERT_WORDS,
    **page_words_ja.PAGE_WORDS,
    **screen_words_ja.SCREEN_WORDS,
    **script_words_ja.SCRIPT_WORDS,
    **manoeuvre_words_ja.MANOEUVRE_WORDS,
    **reach_words_ja.REACH_WORDS,
    **receiver_words_ja.RECEIVER_WORDS,
    **belt_words_ja.BELT_WORDS,
    **breakup_words_ja.BREAKUP_WORDS,
    **cause_words_ja.CAUSE_WORDS,
    **pattern_words_ja.PATTERN_WORDS,
    **incident_words_ja.INCIDENT_WORDS,
    **interference_words_ja.INTERFERENCE_WORDS,
    **geolocation_words_ja.GEOLOCATION_WORDS,
    **emitter_words_ja.EMITTER_WORDS,
    **passage_words_ja.PASSAGE_WORDS,
    **share_words_ja.SHARE_WORDS,
    **store_words_ja.STORE_WORDS,
    **story_words_ja.STORY_WORDS,
    **sweep_words_ja.SWEEP_WORDS,
    **seal_words_ja.SEAL_WORDS,
    **assessment_words_ja.ASSESSMENT_WORDS,
    **evidence_words_ja.EVIDENCE_WORDS,
    **factor_words_ja.FACTOR_WORDS,
    **rehearsal_words_ja.REHEARSAL_WORDS,
    **live_words_ja.LIVE_WORDS,
    **report_words_ja.REPORT_WORDS,
    **rerun_words_ja.RERUN_WORDS,
    **nature_words_ja.NATURE_WORDS,
    **notice_words_ja.NOTICE_WORDS,
    **change_words_ja.CHANGE_WORDS,
    **document_words_ja.DOCUMENT_WORDS,
    **object_words_ja.OBJECT_WORDS,
    **upkeep_words_ja.UPKEEP_WORDS,
}


class Language(Enum):
    """A language of boards and pages; the value is its BCP 47 tag."""

    EN = "en"
    JA = "ja"


def words(language: Language) -> Mapping[str, str]:
    """Return the table of words of a language; all tables have the same keys."""
    match language:
        case Language.EN:
            return _ENGLISH
        case Language.JA:
            return _JAPANESE
        case _:
            assert_never(language)


def say(language: Language, key: str, **values: str) -> str:
    """Return the words under a key with the values in their places.

    >>> say(Language.EN, "duration.hours", number="33")
    '33 h'
    >>> say(Language.JA, "duration.hours", number="33")
    '33 時間'
    """
    return words(language)[key].format(**values)


def say_count(language: Language, key: str, number: int, **values: str) -> str:
    """Return the words for one or for many, as the number asks.

    >>> say_count(Language.EN, "summary.look", 1)
    '1 incident needs a look now'
    """
    form = "one" if number == 1 else "many"
    return say(language, f"{key}.{form}", number=f"{number:,}", **values)
