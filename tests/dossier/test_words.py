"""The tables of words: same keys, same places, and nothing that physics cannot say."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string

import pytest

import hoshimori.dossier
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

# What an assessment weighs must be named; what it may never say stays forbidden there too.
WEIGHED = ("assess.", "evidence.", "factor.", "document.", "change.")
NEVER = {
    Language.EN: re.compile(
        r"\b(armed attack|act of war|attacker\w*|enem\w+|adversar\w*|aggress\w*|culprit\w*|"
        r"guilt\w*|perpetrator\w*|weapon\w*|Article|treaty|invo\w+|spy\w*|espionage|suspicious\w*|"
        r"malicious\w*|proves?|proven|certainly hostile|retaliat\w*|respon\w+ with force|"
        r"Russia\w*|Chin\w+|America\w*|Japan\w*)\b",
        re.I,
    ),
    Language.JA: re.compile(
        "武力攻撃|侵略|犯人|加害|兵器|条約|第五条|第5条|発動|スパイ|諜報|不審|悪意|報復|証明され|"
        "ロシア|中国|米国|アメリカ|日本"
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


@pytest.mark.parametrize("language", Language)
def test_no_key_stands_in_two_tables_and_every_table_is_used(language: Language) -> None:
    modules = [
        importlib.import_module(f"hoshimori.dossier.{found.name}")
        for found in pkgutil.iter_modules(hoshimori.dossier.__path__)
        if found.name.endswith(f"words_{language.value}")
    ]
    tables = [t for m in modules for n, t in vars(m).items() if n.endswith("WORDS")]
    assert len(tables) == len(modules)
    assert sum(map(len, tables)) == len(words(language))


@pytest.mark.parametrize("language", Language)
def test_no_word_of_intent_likelihood_or_law(language: Language) -> None:
    # The Admiralty code has its own fixed words for content; they are no likelihood of ours.
    ours = {k: v for k, v in words(language).items() if not k.startswith("credibility.")}
    found = {
        k: m[0]
        for k, v in ours.items()
        if (m := (NEVER if k.startswith(WEIGHED) else FORBIDDEN)[language].search(v))
    }
    assert found == {}


@pytest.mark.parametrize("language", Language)
def test_likelihood_and_confidence_never_share_a_sentence(language: Language) -> None:
    table = words(language)
    likelihood = [v for k, v in table.items() if k.startswith("assess.wep.")]
    confidence = re.compile("confidence|確信度", re.I)
    for key, text in table.items():
        if key.startswith("assess.") and confidence.search(text):
            assert not any(word in text for word in likelihood), key
            assert "{words}" not in text


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
    assert plain - forms <= {
        "when.sigma",
        "glossary.rtn",
        "evidence.value.km",
        "evidence.value.m_s",
    }
    assert not re.search(r"[,.;:!?] ?[぀-ヿ一-鿿]", " ".join(words(Language.JA).values()))


def test_every_key_is_used() -> None:
    """A key that no code asks for is dead; keys of enumerations are asked for by their prefix."""
    # Kept in one place so that a new enumeration is noticed here.
    by_prefix = (
        "account.", "audience.", "audit.", "key.", "role.",
        "attention.", "confidence.", "next_step.", "direction.", "reality.", "relation.",
        "proximity_motion.", "geo_motion.", "burn.", "kind.", "regime.", "headline.", "rarity.",
        "explain.", "measure.", "column.", "glossary.", "coverage.", "runs.", "sources.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "conclusion.",
        "pc_type.", "manoeuvres.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "reach.", "plane_hold.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "belt.", "proximity.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "breakup.",
        "summary.", "board.", "drift.", "longitude.", "rates.", "screen.", "aspect.", "mode.",
        "node.", "pattern.", *WEIGHED, "natural.", "notice.",
        "interference.", "geolocation.", "receiver.", "receivers.",
        "emitter.",
        "statement.", "reliability.", "credibility.", "marking.level.", "seal.", "planted.",
        "life.", "journal.", "document.", "alert.", "object.", "sign_in.",
        "script.", "rehearsal.", "live.", "sweep.", "cause.", "backup.left_out.", "store.",
        "share.",
    )  # fmt: skip
    named = {k for k in words(Language.EN) if not k.startswith(by_prefix)}
    from_code = _keys_named_in_code()
    assert {k for k in named if k not in from_code} == set()


def _keys_named_in_code() -> set[str]:
    from pathlib import Path  # noqa: PLC0415

    folder = Path(hoshimori.dossier.__file__).parent
    code = "".join(
        m.read_text(encoding="utf-8") for m in folder.glob("*.py") if "words_" not in m.name
    )
    return set(re.findall(r"[\"']([a-z_]+(?:\.[\w.]+)?)[\"']", code))
