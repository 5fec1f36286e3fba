"""`rehearse list`, `show`, `new`, `check`, `schema`: scripts of exercises on the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.script_rows import ScriptRow, script_row, script_sections
from hoshimori.errors import FormatError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.scenarios import scenario_schema
from hoshimori.settings import load_settings
from hoshimori.workflows.exercise_library import (
    CheckedScript,
    check_scripts,
    library,
    new_script,
    script_named,
)

_BAD_INPUT = 2


def run_list(language: str | None, settings: Path | None, *, as_json: bool) -> None:
    """List the scripts of the library."""
    chosen = _language(language, settings)
    scripts = library()
    if as_json:
        keys = ("scenario_id", "kind", "title", "objectives", "source", "pace")
        shown = [{key: getattr(script, key) for key in keys} for script in scripts]
        print(write_json({"scenarios": shown}))
        return
    console = Console()
    console.print(Text(say_count(chosen, "script.list", len(scripts)), style="bold"))
    console.print(Rows(ScriptRow, [script_row(s, chosen) for s in scripts], "script", chosen))


def run_show(name: str, language: str | None, settings: Path | None, *, as_json: bool) -> None:
    """Show one script."""
    chosen = _language(language, settings)
    script = script_named(name)
    if as_json:
        print(write_json(script))
        return
    console = Console()
    for heading, lines in script_sections(script, chosen):
        console.print(Text(heading, style="bold"), soft_wrap=True)
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True, highlight=False)


def run_new(path: Path, language: str | None, settings: Path | None) -> None:
    """Write a script to begin with."""
    chosen = _language(language, settings)
    new_script(path)
    print(f"hoshimori: {say(chosen, 'script.new', file=str(path))}", file=sys.stderr)


def run_check(
    paths: Sequence[Path], language: str | None, settings: Path | None, *, as_json: bool
) -> int:
    """Print all mistakes of scripts; return 2 where there is any."""
    chosen = _language(language, settings)
    checked = check_scripts(paths)
    if as_json:
        print(write_json({"files": [_file_value(one) for one in checked]}))
    else:
        _print_check(checked, chosen)
    return _BAD_INPUT if any(one.mistakes for one in checked) else 0


def run_schema() -> None:
    """Print the schema of scripts."""
    print(write_json(scenario_schema()))


def _print_check(checked: Sequence[CheckedScript], language: Language) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for one in checked:
        for mistake in one.mistakes:
            console.print(Text(str(mistake)))
        for hint in one.hints:
            console.print(Text(say(language, "script.hint", place=_place(hint), hint=hint.problem)))
        if one.scenario is not None:
            told = say(
                language, "script.sound", file=one.file, title=one.scenario.title[language.value]
            )
        else:
            told = say_count(language, "script.mistakes", len(one.mistakes), file=one.file)
        console.print(Text(told, style="bold"))


def _place(mistake: FormatError) -> str:
    return f"{mistake.source}:{mistake.line}:{mistake.field}"


def _file_value(one: CheckedScript) -> dict[str, object]:
    return {
        "file": one.file,
        "scenario_id": one.scenario.scenario_id if one.scenario else None,
        "mistakes": [
            {"line": m.line, "field": m.field, "problem": m.problem} for m in one.mistakes
        ],
        "hints": [{"line": h.line, "field": h.field, "hint": h.problem} for h in one.hints],
    }


def _language(language: str | None, settings: Path | None) -> Language:
    return Language(language or load_settings(settings).watch.language)
