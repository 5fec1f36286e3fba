"""`rehearse state`, `questions`, `answer`, `message`, `acts`, `clock`, `inject`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.live_rows import (
    ActRow,
    QuestionRow,
    act_row,
    question_row,
    state_lines,
)
from hoshimori.errors import SettingsError
from hoshimori.settings import load_settings
from hoshimori.workflows.live_client import LiveAddress, live_client


@dataclass(frozen=True, slots=True)
class LiveArguments:
    """Which exercise is asked, and how it is told."""

    folder: Path | None
    server: str
    language: str | None
    settings: Path | None
    as_json: bool


def run_state(arguments: LiveArguments) -> None:
    """Print where an exercise stands."""
    _told(arguments, lambda client, code: client.read(language=code), state_lines)


def run_clock(
    arguments: LiveArguments, speed: float | None, paused: bool | None, to_h: float | None
) -> None:
    """Steer the clock, and print where the exercise stands then."""
    if speed is None and paused is None and to_h is None:
        raise SettingsError("nothing to do: give --speed, --pause, --go-on or --jump-to")
    stated = {"speed": speed, "paused": paused, "jump_to_h": to_h}
    _told(arguments, lambda client, code: client.do("clock", stated), state_lines)


def run_questions(arguments: LiveArguments) -> None:
    """Print what was asked so far."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    with live_client(LiveAddress(arguments.folder, arguments.server), tree) as client:
        page = client.read("questions", language=language.value)
    rows = [question_row(one, language) for one in page["questions"]]
    _print_rows(arguments, page, QuestionRow, rows, language)


def run_acts(arguments: LiveArguments) -> None:
    """Print what cells did so far."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    with live_client(LiveAddress(arguments.folder, arguments.server), tree) as client:
        page = client.read("acts", language=language.value)
    rows = [act_row(one, language) for one in page["acts"]]
    _print_rows(arguments, page, ActRow, rows, language)


def run_do(arguments: LiveArguments, what: str, stated: Mapping[str, Any]) -> None:
    """Send what somebody does, and print under which number it is kept."""

    def lines(kept: Mapping[str, Any], language: Language) -> tuple[str, ...]:
        number = str(kept["id"])
        if cell := kept.get("cell"):
            return (say(language, "live.kept.of", number=number, cell=str(cell)),)
        return (say(language, "live.kept", number=number),)

    _told(arguments, lambda client, code: client.do(what, stated), lines)


def run_inject(arguments: LiveArguments, file: Path) -> None:
    """Add the injects and questions of a file to the script that is played."""
    try:
        toml = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}") from None
    run_do(arguments, "injects", {"toml": toml})


def _told(arguments: LiveArguments, ask: Any, lines: Any) -> None:
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    with live_client(LiveAddress(arguments.folder, arguments.server), tree) as client:
        page = ask(client, language.value)
    if arguments.as_json:
        print(json.dumps(_marked(page), ensure_ascii=False, indent=2))
        return
    console = Console()
    for line in lines(page, language):
        console.print(Text(line), soft_wrap=True, highlight=False)


def _print_rows(
    arguments: LiveArguments, page: Any, kind: Any, rows: list[Any], language: Language
) -> None:
    if arguments.as_json:
        print(json.dumps(_marked(page), ensure_ascii=False, indent=2))
    elif rows:
        Console().print(Rows(kind, rows, "live", language))
    else:
        print(say(language, "live.none"))


def _marked(page: dict[str, Any]) -> dict[str, Any]:
    return {"reality": "EXERCISE", **page}
