"""The line that every command prints first where its store is of an exercise."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

_PLACE = "store"


class CommandOfStore(TyperCommand):
    """A command that says first whether the store that it works with is of an exercise."""

    def invoke(self, ctx: Any) -> Any:
        """Print the line on stderr, then run the command."""
        if any(one.name == _PLACE for one in self.params):
            _print_exercise(ctx.params.get(_PLACE), ctx.params.get("settings"))
        return super().invoke(ctx)


def tell_exercises(app: typer.Typer) -> None:
    """Have every command of an application that works with a store print the line."""
    for command in app.registered_commands:
        command.cls = CommandOfStore
    for group in app.registered_groups:
        if group.typer_instance is not None:
            tell_exercises(group.typer_instance)


def _print_exercise(store: Path | None, settings: Path | None) -> None:
    from hoshimori.workflows.exercise_notice import exercise_notice

    notice = exercise_notice(store, settings)
    if notice:
        print(f"hoshimori: {notice}", file=sys.stderr)
