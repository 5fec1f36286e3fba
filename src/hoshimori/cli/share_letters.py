"""`share inbox`, `show`, `accept`, `correct`, `revoke`, `reply`, `rotate`, `refused`."""

from __future__ import annotations

import json
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.cli.share_bundling import accepted_text
from hoshimori.cli.sharing import ShareArguments, who
from hoshimori.dossier.language import say
from hoshimori.dossier.share_wording import (
    SHOWN_DIGITS,
    LetterRow,
    RefusalRow,
    letter_row,
    refusal_row,
)
from hoshimori.formats.json_document import as_json_value, write_json
from hoshimori.model.letters import LetterKind, LetterState, RevocationReason, SignedLetter
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.share_acceptance import accept_letter
from hoshimori.workflows.share_house import Node, opened_node
from hoshimori.workflows.share_reading import Held, read_node
from hoshimori.workflows.share_views import content_shown, letter_views
from hoshimori.workflows.share_words import correct, letter_named, reply, revoke, rotate
from hoshimori.workflows.stores import opened_store


def run_inbox(arguments: ShareArguments, *, everything: bool) -> None:
    """List letters, the ones that came last first."""
    with opened_node(arguments.folder()) as node:
        held = read_node(node, SystemClock().now_utc())
        views = letter_views(node, held)
        ours = node.code
    if not everything:
        views = tuple(
            view for view in views if view.origin != ours and view.state is LetterState.COUNTS
        )
    if arguments.as_json:
        print(write_json({"letters": views, "side_by_side": held.disagreements}))
        return
    console, words = Console(), arguments.words()
    if not views:
        console.print(say(words, "share.no_letters"))
        return
    rows = [letter_row(view, words) for view in views]
    console.print(Rows(LetterRow, rows, "share", words))


def run_show(start: str, arguments: ShareArguments) -> None:
    """Show a letter with what was said about it."""
    with opened_node(arguments.folder()) as node:
        held = read_node(node, SystemClock().now_utc())
        one = letter_named(held, start)
        views = {view.letter_id: view for view in letter_views(node, held)}
    about = [views[other.letter_id] for other in held.about(one.letter_id)]
    content = content_shown(one)
    if arguments.as_json:
        print(write_json({"letter": views[one.letter_id], "content": content, "about": about}))
        return
    console, words = Console(), arguments.words()
    rows = [letter_row(view, words) for view in (views[one.letter_id], *about)]
    console.print(Rows(LetterRow, rows, "share", words))
    console.print(Text(json.dumps(as_json_value(content), ensure_ascii=False, indent=2)))


def run_accept(start: str, arguments: ShareArguments) -> None:
    """Bring what a letter holds into the picture."""
    tree, now_utc = arguments.tree(), SystemClock().now_utc()
    with opened_node(arguments.folder()) as node:
        held = read_node(node, now_utc)
        one = letter_named(held, start)
        done = accept_letter(
            node,
            held,
            one.letter_id,
            lambda: opened_store(tree, arguments.store),
            who(),
            now_utc,
        )
    print(write_json(done) if arguments.as_json else accepted_text(done, arguments.words()))


def run_correct(start: str, text: str, instead: str, arguments: ShareArguments) -> None:
    """Correct a letter of the house."""

    def written(node: Node, held: Held) -> SignedLetter:
        chosen = letter_named(held, instead).letter_id if instead else None
        one = letter_named(held, start)
        return correct(node, one, text, chosen, SystemClock().now_utc())

    _written(written, arguments)


def run_revoke(start: str, reason: RevocationReason, arguments: ShareArguments) -> None:
    """Take back a letter of the house."""
    _written(
        lambda node, held: revoke(node, letter_named(held, start), reason, SystemClock().now_utc()),
        arguments,
    )


def run_reply(start: str, text: str, kind: LetterKind, arguments: ShareArguments) -> None:
    """Say something about a letter."""
    _written(
        lambda node, held: reply(
            node, letter_named(held, start), text, SystemClock().now_utc(), kind=kind
        ),
        arguments,
    )


def run_rotate(arguments: ShareArguments, *, lost: bool) -> None:
    """Make a new signing key and tell partners."""
    now_utc = SystemClock().now_utc()
    with opened_node(arguments.folder()) as node:
        partners = rotate(node, read_node(node, now_utc), now_utc, lost=lost)
    if arguments.as_json:
        print(write_json({"keys": len(partners.house.keys), "lost": lost}))
    else:
        print(say(arguments.words(), "share.rotated"))
        if lost:
            print(say(arguments.words(), "share.lost"))


def run_refused(arguments: ShareArguments) -> None:
    """List what was refused and did not become a letter since."""
    with opened_node(arguments.folder()) as node:
        refusals = node.register.refusals()
    if arguments.as_json:
        listed = [
            {
                "partner": one.partner,
                "letter_id": one.letter_id,
                "reason": one.reason.value,
                "detail": one.detail,
                "refused_utc": as_json_value(one.refused_utc),
                "kept_apart": bool(one.line),
            }
            for one in refusals
        ]
        print(write_json({"refused": listed}))
        return
    console, words = Console(), arguments.words()
    if not refusals:
        console.print(say(words, "share.nothing_refused"))
        return
    rows = [refusal_row(one, words) for one in refusals]
    console.print(Rows(RefusalRow, rows, "share", words))


def _written(write: Callable[[Node, Held], SignedLetter], arguments: ShareArguments) -> None:
    with opened_node(arguments.folder()) as node:
        held = read_node(node, SystemClock().now_utc())
        one = write(node, held)
        receivers = node.register.offered(one.letter_id)
    if arguments.as_json:
        print(write_json({"letter_id": one.letter_id, "partners": receivers}))
        return
    words = arguments.words()
    named = ", ".join(receivers) or say(words, "share.nobody")
    shown = one.letter_id[:SHOWN_DIGITS]
    print(say(words, "share.written", letter=shown, partners=named))
