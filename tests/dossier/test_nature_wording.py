"""Every check has its sentence, in every language, with its numbers rounded to what they carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hoshimori
from hoshimori.dossier.language import Language, words
from hoshimori.dossier.nature_wording import natural_judgement, natural_name, natural_sentence
from hoshimori.model.assessments import NaturalCheck

CODE = "".join(
    module.read_text(encoding="utf-8")
    for module in sorted((Path(hoshimori.__file__).parent / "assessment").glob("natural_*.py"))
)
NAMES = {44476: "INTELSAT 39", 55841: "LUCH-5X"}
EVERYTHING: dict[str, float | str] = {
    "since": "1957",
    "kp": 7.67, "level": 4.0, "at_utc": "2010-04-05T09:00Z", "hours": 24.0, "share_low": 0.005,
    "share": 0.01, "share_high": 0.016, "norad_id": 44476.0, "height_km": 523.0,
    "density_low": 1.4, "density_high": 1.96, "observed_until_utc": "", "edge": "entry",
    "needed_until_utc": "2010-04-05T10:00Z", "edge_utc": "2010-04-05T09:00Z", "edge_min": 3.04,
    "sun_above_plane_deg": 4.2, "angle_deg": 9.1, "limit_deg": 9.7, "days": 3.0,
    "expected_low": 2.1e-7, "expected_high": 1.3e-4, "number": 2.0, "objects": "44476,55841",
    "within_km": 5.0, "minutes": 6.0, "speed_km_s": 11.2, "miss_low_km": 0.1, "miss_high_km": 3.2,
    "source": "an operator", "known_utc": "2010-04-05T09:00Z", "from_utc": "2010-04-05T09:00Z",
    "until_utc": "2010-04-08T09:00Z", "perigee_km": 180.0, "make": "Boeing 702MP", "mode": "power",
    "so_far": 2.0, "example": "Intelsat 29e", "happened": "2019-04-07", "makes": 13.0,
    "deg_east": 62.0, "drift_deg_day": -0.01, "motion": "swings_about_75_e", "judged": 20.0,
    "driven": 1.0, "age_days": 9.4, "usual_days": 5.0, "objects_at_hand": 14.0,
}  # fmt: skip


def sentences() -> list[tuple[str, str]]:
    """Every check and sentence that the tables hold."""
    keys = [k.split(".") for k in words(Language.EN) if k.startswith("natural.")]
    checks = {k[2] for k in keys if k[1] == "name"}
    values = {"entry", "exit", "battery", "propellant", "power", "unknown"}
    told = [(k[1], k[2]) for k in keys if k[1] in checks]
    told = [(c, s) for c, s in told if s not in values and not s.startswith(("swings", "goes"))]
    shared = ("does_not_fit", "no_moment", "no_elements", "no_catalogue")
    return told + [(check, sentence) for check in sorted(checks) for sentence in shared]


def sentences_named_in_code() -> set[str]:
    named = set(re.findall(r"check\(\s*(?:[A-Z_]+),\s*\"(\w+)\"", CODE))
    return named | set(re.findall(r"(?:sentence = |else |why = )\"(\w+)\"", CODE))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("key", "sentence"), sentences())
def test_every_sentence_is_filled(key: str, sentence: str, language: Language) -> None:
    text = natural_sentence(
        NaturalCheck(key, True, False, {"sentence": sentence, **EVERYTHING}), NAMES, language
    )
    assert text.endswith("。" if language is Language.JA else ".")
    assert "{" not in text


def test_every_sentence_of_the_code_has_words_and_no_other_has() -> None:
    written = {sentence for _, sentence in sentences()}
    assert sentences_named_in_code() - {"drag", "charging"} <= written
    of_rules = {"drag", "charging"}
    assert written - sentences_named_in_code() - of_rules == set()


def test_a_sentence_in_full() -> None:
    storm = NaturalCheck("geomagnetic_storm", True, True, {"sentence": "charging", **EVERYTHING})
    assert natural_sentence(storm, NAMES, Language.EN) == (
        "A storm of level G4 (Kp 7.7, 2010-04-05T09:00Z) came in the 24 hours before the end of "
        "what was seen of INTELSAT 39 (44476); it can charge satellites. 0.50–1.6 % of all times "
        "as long since 1957 had as strong a one."
    )
    assert natural_name(storm, Language.EN) == "Geomagnetic storm"


def test_judgements() -> None:
    told = {
        natural_judgement(NaturalCheck("decay", evaluated, speaks_for), Language.EN)
        for evaluated, speaks_for in ((True, True), (True, False), (False, False))
    }
    assert told == {"fits", "does not show", "not judged"}
