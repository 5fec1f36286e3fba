"""Exercises: `rehearse`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption

rehearse_group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@rehearse_group.callback()
def rehearse() -> None:
    """Exercises by script: the library, new scripts, and what is wrong with them."""


@rehearse_group.command("list")
def list_scripts(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the library: title, kind, length, and what people learn."""
    from hoshimori.cli.scripting import run_list

    run_list(language.value if language else None, settings, as_json=as_json)


@rehearse_group.command("show")
def show_script(
    name: Annotated[str, typer.Argument(help="Id of a script of the library, or a file.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show a script whole, with what happens and what is right: not for those who take part."""
    from hoshimori.cli.scripting import run_show

    run_show(name, language.value if language else None, settings, as_json=as_json)


@rehearse_group.command("new")
def new_script(
    file: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")],
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write a commented script that is sound, to change it into one's own."""
    from hoshimori.cli.scripting import run_new

    run_new(file, language.value if language else None, settings)


@rehearse_group.command("check")
def check_scripts(
    files: Annotated[list[Path], typer.Argument(help="Scripts in TOML.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell every mistake of scripts: line, field, what to do. Exit status 2: there is one."""
    from hoshimori.cli.scripting import run_check

    sys.exit(run_check(files, language.value if language else None, settings, as_json=as_json))


@rehearse_group.command("schema")
def show_schema() -> None:
    """Print the JSON Schema of scripts, for editors that complete and check while one writes."""
    from hoshimori.cli.scripting import run_schema

    run_schema()
