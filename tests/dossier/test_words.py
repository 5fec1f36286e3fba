"""The tables of words: same keys, same places, and nothing that physics cannot say."""

from __future__ import annotations

import re
import string

import pytest

from hoshimori.dossier import (
    belt_words_en,
    belt_words_ja,
    breakup_words_en,
    breakup_words_ja,
    manoeuvre_words_en,
    manoeuvre_words_ja,
    page_words_en,
    page_words_ja,
    pattern_words_en,
    pattern_words_ja,
    reach_words_en,
    reach_words_ja,
    screen_words_en,
    screen_words_ja,
    story_words_en,
    story_words_ja,
    words_en,
    words_ja,
)
from hoshimori.dossier.language import Language, words

# Words of intent, of likelihood (ICD 203 terms), of law and of force: assessment's, never ours.
FORBIDDEN = {
    Language.EN: re.compile(
        r"\b(hostil\w*|attack\w*|threat\w*|enem\w+|adversar\w*|aggress\w*|armed|weapon\w*|"
        r"Article|treaty|invo\w+|spy\w*|espionage|suspicious\w*|likely|unlikely|probabl\w*|"
        r"almost certain\w*|remote chance|malicious\w*|intent\w*|deliberate\w*)\b",
        re.I,
    ),
    Language.JA: re.compile(
        "敵|攻撃|脅威|武力|侵略|兵器|条約|第五条|第5条|発動|スパイ|諜報|不審|可能性が高い|可能性が低い|"
        "おそらく|ほぼ確実|悪意|意図的|故意|挑発"
    ),
}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", Language)
def test_all_languages_have_the_same_keys_and_places(language: Language) -> None:
    english = words(Language.EN)
    assert words(language).keys() == english.keys()
    differing = [k for k in english if places(words(language)[k]) != places(english[k])]
    # Days are a bare word in English where there is one ("over the next day").
    assert [k for k in differing if k != "summary.days.one"] == []


def test_no_key_stands_in_two_tables() -> None:
    english = (
        words_en.WORDS,
        page_words_en.PAGE_WORDS,
        screen_words_en.SCREEN_WORDS,
        manoeuvre_words_en.MANOEUVRE_WORDS,
        reach_words_en.REACH_WORDS,
        belt_words_en.BELT_WORDS,
        breakup_words_en.BREAKUP_WORDS,
        pattern_words_en.PATTERN_WORDS,
        story_words_en.STORY_WORDS,
    )
    japanese = (
        words_ja.WORDS,
        page_words_ja.PAGE_WORDS,
        screen_words_ja.SCREEN_WORDS,
        manoeuvre_words_ja.MANOEUVRE_WORDS,
        reach_words_ja.REACH_WORDS,
        belt_words_ja.BELT_WORDS,
        breakup_words_ja.BREAKUP_WORDS,
        pattern_words_ja.PATTERN_WORDS,
        story_words_ja.STORY_WORDS,
    )
    for language, tables in ((Language.EN, english), (Language.JA, japanese)):
        assert sum(map(len, tables)) == len(words(language))


@pytest.mark.parametrize("language", Language)
def test_no_word_of_intent_likelihood_or_law(language: Language) -> None:
    found = {k: m[0] for k, v in words(language).items() if (m := FORBIDDEN[language].search(v))}
    assert found == {}


def test_the_forbidden_words_would_be_found() -> None:
    assert FORBIDDEN[Language.EN].search("a hostile act")
    assert FORBIDDEN[Language.JA].search("脅威である")


def test_japanese_words_are_japanese() -> None:
    """Each Japanese text holds kana or kanji, but for signs, names and pure forms."""
    japanese = re.compile("[぀-ヿ一-鿿]")
    plain = {
        k for k, v in words(Language.JA).items() if not japanese.search(re.sub(r"\{\w+\}", "", v))
    }
    forms = {k for k, v in words(Language.JA).items() if not re.sub(r"\{\w+\}|\W", "", v)}
    assert plain - forms <= {"when.sigma", "glossary.rtn"}
    assert not re.search(r"[,.;:!?] ?[぀-ヿ一-鿿]", " ".join(words(Language.JA).values()))


def test_every_key_is_used() -> None:
    """A key that no code asks for is dead; keys of enumerations are asked for by their prefix."""
    # Kept in one place so that a new enumeration is noticed here.
    by_prefix = (
        "attention.", "confidence.", "next_step.", "direction.", "reality.", "relation.",
        "proximity_motion.", "geo_motion.", "burn.", "kind.", "regime.", "headline.", "rarity.",
        "explain.", "measure.", "column.", "glossary.", "coverage.", "runs.", "sources.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "conclusion.",
        "pc_type.", "manoeuvres.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "reach.", "plane_hold.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "belt.", "proximity.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "breakup.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "aspect.", "mode.",
        "node.", "pattern.", "planted.",
    )  # fmt: skip
    named = {k for k in words(Language.EN) if not k.startswith(by_prefix)}
    from_code = _keys_named_in_code()
    assert {k for k in named if k not in from_code} == set()


def _keys_named_in_code() -> set[str]:
    from pathlib import Path  # noqa: PLC0415

    folder = Path(words_en.__file__).parent
    code = "".join(
        m.read_text(encoding="utf-8") for m in folder.glob("*.py") if "words_" not in m.name
    )
    return set(re.findall(r"[\"']([a-z_]+(?:\.[\w.]+)?)[\"']", code))
