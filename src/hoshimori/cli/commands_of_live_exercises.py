"""What cells and the white cell do from a terminal: more of `rehearse`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption

FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        help="Folder of an exercise that is served on this machine.",
        show_default=False,
    ),
]
ServerOption = Annotated[
    str,
    typer.Option(
        "--server",
        help="Or the address of its server; HOSHIMORI_KEY says who you are.",
        show_default=False,
    ),
]
CellOption = Annotated[
    str | None,
    typer.Option(
        "--cell",
        help="For which cell; only with --folder, where one acts for all.",
        show_default=False,
    ),
]


def join(group: typer.Typer) -> None:
    """Put these commands into the group of exercises."""
    for name, command in (
        ("state", state), ("questions", questions), ("answer", answer), ("message", message),
        ("acts", acts), ("clock", clock), ("inject", inject),
    ):  # fmt: skip
        group.command(name)(command)


def state(
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell where an exercise stands that is served: its clock, and where you sit."""
    from hoshimori.cli.taking_part import LiveArguments, run_state

    told = language.value if language else None
    run_state(LiveArguments(folder, server, told, settings, as_json))


def questions(
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what your cell was asked so far, or all that was asked for who directs."""
    from hoshimori.cli.taking_part import LiveArguments, run_questions

    told = language.value if language else None
    run_questions(LiveArguments(folder, server, told, settings, as_json))


def answer(
    question: Annotated[str, typer.Argument(help="Id of the question.")],
    value: Annotated[
        str,
        typer.Argument(
            help="Choices or catalogue numbers parted by commas, a number, a moment, or words."
        ),
    ],
    cell: CellOption = None,
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Answer a question; the last answer in time counts, a later one is kept and called late."""
    from hoshimori.cli.taking_part import LiveArguments, run_do

    told = language.value if language else None
    stated = {"question_id": question, "value": value, "cell": cell}
    run_do(LiveArguments(folder, server, told, settings, as_json), "answers", stated)


def message(
    to: Annotated[str, typer.Argument(help="Id of the cell that gets it.")],
    text: Annotated[str, typer.Argument(help="What is written.")],
    cell: CellOption = None,
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write to another cell; what must never be said is refused."""
    from hoshimori.cli.taking_part import LiveArguments, run_do

    told = language.value if language else None
    stated = {"to": to, "text": text, "cell": cell}
    run_do(LiveArguments(folder, server, told, settings, as_json), "messages", stated)


def acts(
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what your cell did and was told, or what all did for who directs."""
    from hoshimori.cli.taking_part import LiveArguments, run_acts

    told = language.value if language else None
    run_acts(LiveArguments(folder, server, told, settings, as_json))


def clock(
    speed: Annotated[
        float | None,
        typer.Option(
            "--speed", help="Seconds of the exercise to one on the wall.", show_default=False
        ),
    ] = None,
    paused: Annotated[
        bool | None, typer.Option("--pause/--go-on", help="Stop it, or let it go on.")
    ] = None,
    jump_to: Annotated[
        float | None,
        typer.Option("--jump-to", help="Hours from the start; never back.", show_default=False),
    ] = None,
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Steer the clock of an exercise; for who directs."""
    from hoshimori.cli.taking_part import LiveArguments, run_clock

    told = language.value if language else None
    run_clock(LiveArguments(folder, server, told, settings, as_json), speed, paused, jump_to)


def inject(
    file: Annotated[Path, typer.Argument(help="TOML with [[inject]] and [[question]].")],
    folder: FolderOption = None,
    server: ServerOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Add to the script while it is played; for who directs. A mistake changes nothing."""
    from hoshimori.cli.taking_part import LiveArguments, run_inject

    told = language.value if language else None
    run_inject(LiveArguments(folder, server, told, settings, as_json), file)
