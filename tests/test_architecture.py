"""The house rules a linter cannot express."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import hoshimori
import hoshimori.detectors
from hoshimori import errors

ROOT = Path(hoshimori.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
WEIGHED = {"model/assessments.py"}
"""The nouns of competing explanations: the one place below `assessment` that names them."""
QUIET = [
    m
    for m in MODULES
    if m.relative_to(ROOT).parts[0] in {"numerics", "model", "formats", "detectors"}
    and m.relative_to(ROOT).as_posix() not in WEIGHED
]
INTENT = re.compile(r"\b(hostile|attack\w*|threat\w*|enemy|adversar\w*|aggress\w*)\b", re.I)
NAMES_OF_STANDARDS = ('"attack-pattern"',)
"""Types that a standard names so; our own words stay clean."""
EMPTY_NAMES = {"utils", "util", "helpers", "common", "misc", "manager", "base", "core", "tools"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_rooms_have_telling_names_and_stay_small(module: Path) -> None:
    assert module.stem not in EMPTY_NAMES
    assert len(module.read_text().splitlines()) <= 400


@pytest.mark.parametrize("module", QUIET, ids=str)
def test_physics_does_not_speak_of_intent(module: Path) -> None:
    text = module.read_text()
    for name in NAMES_OF_STANDARDS:
        text = text.replace(name, "")
    assert not INTENT.findall(text)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_classes_are_named_after_their_job_and_the_clock_is_never_asked(module: Path) -> None:
    text = module.read_text()
    assert not re.findall(r"^class \w*(?:Manager|Handler|Helper|Processor|Util)\b", text, re.M)
    assert not re.findall(r"datetime64\(['\"](?:now|today)", text)


def test_the_drawn_error_tree_is_the_real_one() -> None:
    drawn = set(re.findall(r"^\W*(\w+Error)\b", errors.__doc__ or "", re.M))
    real = {n for n, o in vars(errors).items() if isinstance(o, type) and issubclass(o, Exception)}
    assert real == drawn


def test_every_detector_confesses_its_false_alarms() -> None:
    for found in pkgutil.iter_modules(hoshimori.detectors.__path__):
        module = importlib.import_module(f"hoshimori.detectors.{found.name}")
        for item in vars(module).values():
            if (
                isinstance(item, type)
                and item.__module__ == module.__name__
                and hasattr(item, "card")
            ):
                assert item.card.known_false_alarms
