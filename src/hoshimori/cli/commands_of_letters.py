"""What becomes of letters: `share inbox`, `show`, `accept`, `correct`, `revoke` and the others."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hoshimori.cli.commands_of_sharing import share_arguments
from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption, StoreOption


class ReasonName(StrEnum):
    """Why a letter is taken back."""

    WRONG = "wrong"
    REPLACED = "replaced"
    NOT_MEANT = "not-meant"


class ReplyName(StrEnum):
    """What is said about a letter."""

    REPLY = "reply"
    QUESTION = "question"
    ANSWER = "answer"


LetterArgument = Annotated[
    str, typer.Argument(help="Id of a letter, or its first digits, as `share inbox` lists it.")
]


def inbox(
    everything: Annotated[
        bool, typer.Option("--all", help="Also our own, and what no longer counts.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List letters of partners, the ones that came last first."""
    from hoshimori.cli.share_letters import run_inbox

    run_inbox(share_arguments(as_json, language, store, settings), everything=everything)


def show(
    letter: LetterArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show a letter with what was said about it."""
    from hoshimori.cli.share_letters import run_show

    run_show(letter, share_arguments(as_json, language, store, settings))


def accept_letter(
    letter: LetterArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Bring facts or a report of a letter into the picture, under the letter's marking."""
    from hoshimori.cli.share_letters import run_accept

    run_accept(letter, share_arguments(as_json, language, store, settings))


def correct(
    letter: LetterArgument,
    text: Annotated[str, typer.Argument(help="What is so.")],
    instead: Annotated[
        str, typer.Option(help="Letter that counts in its place.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Correct a letter of this house, for everybody to whom it was offered."""
    from hoshimori.cli.share_letters import run_correct

    run_correct(letter, text, instead, share_arguments(as_json, language, store, settings))


def revoke(
    letter: LetterArgument,
    because: Annotated[ReasonName, typer.Option(help="Why.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take back a letter of this house; everybody to whom it was offered is told."""
    from hoshimori.cli.share_letters import run_revoke
    from hoshimori.model.letters import RevocationReason

    reason = RevocationReason[because.name]
    run_revoke(letter, reason, share_arguments(as_json, language, store, settings))


def reply(
    letter: LetterArgument,
    text: Annotated[str, typer.Argument(help="What is said.")],
    kind: Annotated[ReplyName, typer.Option("--as", help="What it is.")] = ReplyName.REPLY,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Answer to a letter, or ask about it: the right of reply."""
    from hoshimori.cli.share_letters import run_reply
    from hoshimori.model.letters import LetterKind

    chosen = LetterKind(kind.value)
    run_reply(letter, text, chosen, share_arguments(as_json, language, store, settings))


def rotate(
    lost: Annotated[
        bool, typer.Option("--lost", help="Somebody else may have the key: it no longer counts.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Make a new signing key, and tell partners by a letter that the old one signs."""
    from hoshimori.cli.share_letters import run_rotate

    run_rotate(share_arguments(as_json, language, store, settings), lost=lost)


def refused(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what was refused, why, and what to do."""
    from hoshimori.cli.share_letters import run_refused

    run_refused(share_arguments(as_json, language, store, settings))


def join(group: typer.Typer) -> None:
    """Put these commands into the group of `share`."""
    group.command("inbox")(inbox)
    group.command("show")(show)
    group.command("accept")(accept_letter)
    group.command("correct")(correct)
    group.command("revoke")(revoke)
    group.command("reply")(reply)
    group.command("rotate")(rotate)
    group.command("refused")(refused)
