"""The library of scripts: sound, in both languages, neutral, and whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import FormatError, SettingsError
from hoshimori.exercise.carried_on import habits_of
from hoshimori.exercise.casting import cast_of
from hoshimori.formats.scenarios import write_scenario
from hoshimori.model.assessments import Label
from hoshimori.model.injects import (
    INJECT_KINDS,
    Fragmentation,
    FragmentationKind,
    Lateness,
    Outage,
    StatedReport,
    Storm,
    inject_kind,
)
from hoshimori.model.scenarios import CellKind, QuestionKind, Scenario, ScenarioKind
from hoshimori.workflows.exercise_library import (
    FOLDER,
    TEMPLATE,
    check_scripts,
    library,
    new_script,
    script_named,
)
from hoshimori.workflows.skies import made_sky

FILES = sorted(FOLDER.glob("*.toml"))
SCRIPTS = library()
# Nobody may be named as the one behind anything; `source` alone names the documented case.
NAMED = re.compile(
    r"\b(Russia\w*|Soviet\w*|Chin(a|ese)\w*|America\w*|United States|U\.S\.|India\w*|Iran\w*|"
    r"Japan\w*|Ukrain\w*|Israel\w*|Korea\w*|NATO|COSMOS|Luch|SJ-\d+|USA \d+|Starlink|SpaceX|"
    r"Intelsat|Viasat|KA-SAT)\b|ロシア|中国|米国|アメリカ|インド|イラン|ウクライナ|韓国|北朝鮮"
)
NEVER = re.compile(
    r"armed attack|act of war|Article (V|5)\b|enem(y|ies)|adversar|武力攻撃|第五条|第5条|敵", re.I
)


def texts_of(script: Scenario) -> list[str]:
    """Return everything that those who take part may read."""
    both = [script.title, script.story, *script.objectives]
    both += [cell.task for cell in script.cells]
    both += [script.read_ahead] if script.read_ahead else []
    both += [text for one in script.questions for text in (one.text, *one.choices)]
    said = [r for r in script.injects if isinstance(r, StatedReport)]
    plain = [text for report in said for text in (report.text, report.source)]
    names = [part.name for part in script.parts] + [one.inject_id for one in script.injects]
    return [*(text for texts in both for text in texts.values()), *plain, *names]


def test_the_library_is_sound_and_each_file_is_named_by_its_script() -> None:
    assert len(FILES) >= 20
    for one in check_scripts([*FILES, TEMPLATE]):
        assert [str(m) for m in one.mistakes] == []
    assert [script.scenario_id for script in SCRIPTS] == [path.stem for path in FILES]
    assert len({script.seed for script in SCRIPTS}) == len(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.scenario_id)
def test_a_script_names_nobody_and_never_speaks_of_law_or_enemies(script: Scenario) -> None:
    for text in texts_of(script):
        assert not NAMED.search(text), text
        assert not NEVER.search(text), text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.scenario_id)
def test_a_script_can_be_played_and_scored(script: Scenario) -> None:
    national = [cell for cell in script.cells if cell.kind is CellKind.NATIONAL]
    assert national
    assert script.questions
    if script.scenario_id != "quiet-week":
        assert script.injects
        assert script.expected
    # A script can be lost as well as won: something is asked that has a right answer, or judged.
    assert any(q.right or q.span or q.kind is QuestionKind.WORDS for q in script.questions)
    for question in script.questions:
        if question.kind is QuestionKind.CHOICE:
            assert len(question.right) < len(question.choices)


def test_no_place_of_a_right_choice_gives_it_away() -> None:
    places = Counter(
        question.right[0]
        for script in SCRIPTS
        for question in script.questions
        if question.kind is QuestionKind.CHOICE
    )
    assert max(places.values()) < 0.75 * places.total()


def test_the_library_knows_every_kind_of_inject_and_of_script_and_most_labels() -> None:
    injects = [one for script in SCRIPTS for one in script.injects]
    assert {inject_kind(one) for one in injects} == set(INJECT_KINDS)
    hows = {one.how for one in injects if isinstance(one, Fragmentation)}
    assert hows == set(FragmentationKind)
    assert {script.kind for script in SCRIPTS} == set(ScenarioKind)
    labels = {label for s in SCRIPTS for e in s.expected for label in e.labels}
    assert labels == set(Label)
    assert any(isinstance(one, StatedReport) and not one.is_true for one in injects)


# What injects do, in words: what cells read before play may not name any of it.
HAPPENS = {
    "en": re.compile(
        r"\b(burns?|thrust\w*|manoeuvr\w*|approach\w*|shadow\w*|follow\w*|inspect\w*|visit\w*|"
        r"fl(y|ies|ew)[ -]by|pass(es|age)?|dock\w*|tow(s|ed|ing)?|releas\w*|separat\w*|break\w*|"
        r"burst\w*|explo\w*|fragment\w*|collision\w*|collid\w*|strike\w*|lost|loss\w*|"
        r"re-?entr\w*|decay\w*|falls?|launch\w*|swap\w*|late(ness)?|delay\w*|disturb\w*|"
        r"interfer\w*|jam(s|med|ming)?|storms?|outages?|silent|intru\w*|false|drift\w*)\b",
        re.I,
    ),
    "ja": re.compile(
        "噴射|軌道変更|機動|接近|近づ|追従|尾行|検査|訪問|通過し|結合|ドッキング|曳航|放出|分離|破砕|爆発|"
        "破片|衝突|喪失|見失|再突入|落下|打上げ|取り違え|遅延|妨害|磁気嵐|途絶|沈黙|侵入|虚偽|ドリフト"
    ),
}


# Injects of which people hear or read: their ids are plain words, as press and notice.
TOLD = (StatedReport, Storm, Lateness, Outage)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.scenario_id)
def test_what_cells_read_before_play_gives_nothing_away(script: Scenario) -> None:
    assert script.read_ahead is not None
    hidden = [part.name for part in script.parts if not part.is_asset]
    hidden += [one.inject_id for one in script.injects if not isinstance(one, TOLD)]
    for language, text in script.read_ahead.items():
        assert not HAPPENS[language].search(text), text
        assert not [one for one in hidden if re.search(rf"\b{re.escape(one)}\b", text, re.I)], text
        assert script.title[language] not in text


def test_what_gives_something_away_would_be_found() -> None:
    found = [s for s in SCRIPTS for code in HAPPENS if HAPPENS[code].search(s.story[code])]
    assert len({script.scenario_id for script in found}) > 0.85 * len(SCRIPTS)


def test_the_table_top_has_five_days_and_several_cells() -> None:
    script = script_named("allied-table-top")
    assert script.pace.length_h == 5 * 24.0
    assert len(script.cells) >= 4
    days = {int(question.asked_h // 24.0) for question in script.questions}
    assert days == {0, 1, 2, 3, 4}
    kinds = {inject_kind(one) for one in script.injects}
    assert kinds >= {
        "approach",
        "launch",
        "reentry",
        "release",
        "fragmentation",
        "disturbed-navigation",
        "report",
        "lateness",
        "storm",
    }


def test_several_scripts_are_for_cells_that_see_different_things() -> None:
    """What one is told another is not: they have to speak with one another."""
    several = []
    for script in SCRIPTS:
        national = [cell for cell in script.cells if cell.kind is CellKind.NATIONAL]
        if len(national) < 2:
            continue
        several.append(script.scenario_id)
        assert len({cell.partner for cell in national}) == len(national)
        assert all(cell.partner for cell in national)
    told = {
        script.scenario_id: {
            report.for_cells
            for report in script.injects
            if isinstance(report, StatedReport) and report.for_cells
        }
        for script in SCRIPTS
        if script.scenario_id in several
    }
    assert sum(len(cells) >= 2 for cells in told.values()) >= 3, told


def test_a_documented_case_names_what_happened_when_and_who_says_so() -> None:
    for script in SCRIPTS:
        if script.kind is ScenarioKind.REPLAY:
            assert re.search(r"\b(19|20)\d\d\b", script.source), script.source
            assert re.search(r"\(.*[a-z].*\)$", script.source), script.source


def test_a_script_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(write_scenario(SCRIPTS[0]))
    assert script_named(str(path)) == SCRIPTS[0]
    with pytest.raises(SettingsError, match="neither a script of the library nor a file"):
        script_named("../scenarios/late-data")
    path.write_text("id = 1\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"own\.toml:1:.*and \d+ more"):
        script_named(str(path))


def test_a_new_script_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    new_script(path)
    assert check_scripts([path])[0].scenario is not None
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="is there already"):
        new_script(path)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(SettingsError, match="No such file"):
        new_script(tmp_path / "no" / "own.toml")


def test_every_script_finds_its_cast_in_a_made_sky() -> None:
    """Parts are chosen by what they are like, so that each script plays on any full sky."""
    moment = np.datetime64("2026-11-01T00:00:00", "us")
    picture = made_sky(seed=3, as_of_utc=moment).picture(assets=(), days_ahead=1.0)
    habits = habits_of(picture)
    for script in SCRIPTS:
        cast = cast_of(script, picture, habits=habits)
        assert set(cast.numbers) == {part.name for part in script.parts}
        assert len(set(cast.numbers.values())) == len(script.parts)
        assert len(cast.assets) == sum(part.is_asset for part in script.parts)


def test_what_should_be_found_concerns_an_asset_or_what_comes_near_one() -> None:
    """Detectors look at assets and at those beside them; break-ups and areas they find anywhere."""
    anywhere = {"breakup", "interference", "operator_report"}
    for script in SCRIPTS:
        assets = {part.name for part in script.parts if part.is_asset}
        beside = {p.name for p in script.parts if p.choice and p.choice.near in assets}
        injects = {one.inject_id: one for one in script.injects}
        for expected in script.expected:
            if not expected.findings or set(expected.findings) & anywhere:
                continue
            inject = injects[expected.inject_id]
            named = {getattr(inject, n, "") for n in ("part", "target", "into_plane_of")}
            named |= set(getattr(inject, "parts", ()))
            assert named & (assets | beside), (script.scenario_id, expected.inject_id)
