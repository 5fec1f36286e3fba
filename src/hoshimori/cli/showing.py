"""`settings` and `detectors`: print what is in force."""

from __future__ import annotations

import json
from pathlib import Path

from rich.cells import set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from hoshimori.dossier.card_rows import card_lines
from hoshimori.dossier.language import Language
from hoshimori.formats.json_document import as_json_value, write_json
from hoshimori.settings import load_settings, store_folder
from hoshimori.workflows.watch import DETECTORS, ON_HISTORIES


def run_settings(path: Path | None, *, as_json: bool) -> None:
    """Print the settings in force and the file they come from."""
    tree = load_settings(path)
    store_folder(tree)  # refuses an address with a password, which must not be printed
    if as_json:
        print(write_json(tree))
        return
    print(f"# from {tree.origin}")
    for room, values in as_json_value(tree).items():
        if isinstance(values, dict):
            print(f"[{room}]")
            for key, value in values.items():
                is_table = (room, key) == ("markings", "sources")
                print(f"{key} = {_named(value) if is_table else _toml(value)}")
            print()


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _named(markings: list[dict[str, str]]) -> str:
    listed = ", ".join(f"{_toml(one['name'])} = {_toml(one['marking'])}" for one in markings)
    return f"{{ {listed} }}" if listed else "{}"


def run_detectors(language: str | None, *, as_json: bool) -> None:
    """Print the card of every detector."""
    chosen = Language(language or load_settings(None).watch.language)
    cards = [detector.card for detector in (*DETECTORS, *ON_HISTORIES)]
    if as_json:
        print(write_json({"detectors": cards}))
        return
    console = Console()
    for card in cards:
        console.print(f"[bold]{escape(card.name)}/{card.version}[/bold]  {escape(card.question)}")
        for label, text in card_lines(card, chosen):
            console.print(Text(f"  {set_cell_size(label, 13)}{text}"), soft_wrap=True)
        console.print()
