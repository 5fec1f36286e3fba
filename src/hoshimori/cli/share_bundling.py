"""`share preview`, `bundle`, `take`: what goes, as a file, and what came as one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from hoshimori.cli.rows import Rows
from hoshimori.cli.sharing import ShareArguments, who
from hoshimori.cli.written import write_file
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.share_wording import (
    GoingRow,
    going_row,
    reason_text,
    stays_sentences,
)
from hoshimori.errors import SettingsError
from hoshimori.formats.bundles import MOST_BYTES
from hoshimori.formats.json_document import write_json
from hoshimori.formats.markings import write_marking
from hoshimori.model.letters import RefusedLetter
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.share_acceptance import Accepted, accept_by_rule
from hoshimori.workflows.share_audit import audit_bundle, audit_taking
from hoshimori.workflows.share_bundles import BY_FILE, Occasion, Preview, make_bundle, preview
from hoshimori.workflows.share_house import Node, opened_node
from hoshimori.workflows.share_reading import read_node
from hoshimori.workflows.share_taking import Expected, RefusedBundle, Taken, take_bundle
from hoshimori.workflows.stores import opened_store


def run_preview(code: str, arguments: ShareArguments) -> None:
    """Show exactly what would go to a partner now."""
    with opened_node(arguments.folder()) as node:
        shown = preview(node, node.partner(code))
    if arguments.as_json:
        print(write_json(_preview_value(shown)))
        return
    console, words = Console(), arguments.words()
    if shown.letters:
        rows = [going_row(one, words) for one in shown.letters]
        console.print(Rows(GoingRow, rows, "share", words))
    number, marking = len(shown.letters), write_marking(shown.marking)
    size = f"{shown.byte_count:,}"
    told = say_count(words, "share.preview", number, partner=code, bytes=size, marking=marking)
    console.print(told, soft_wrap=True, highlight=False)
    console.print(
        say(words, "share.preview.digest", digest=shown.digest), soft_wrap=True, highlight=False
    )
    for sentence in stays_sentences(shown.stay, words):
        print(f"hoshimori: {sentence}", file=sys.stderr)


def run_bundle(
    code: str, output: Path, only: str, arguments: ShareArguments, *, everything: bool
) -> None:
    """Write what waits for a partner as a file; the audit says so before it is there."""
    folder, now_utc = arguments.folder(), SystemClock().now_utc()
    with opened_node(folder) as node:
        occasion = Occasion(after=0) if everything else BY_FILE
        made = make_bundle(node, node.partner(code), occasion, now_utc, only=only)
    audit_bundle(folder, made, who(), str(output), now_utc)
    write_file("--output", output, made.data)
    number = len(made.letters)
    if arguments.as_json:
        told = {
            "partner": code,
            "letters": [one.letter_id for one in made.letters],
            "sha256": made.digest,
            "byte_count": len(made.data),
            "has_more": made.head.has_more,
            "file": str(output),
        }
        print(write_json(told))
        return
    words = arguments.words()
    print(say_count(words, "share.bundled", number, partner=code, file=str(output)))
    if made.head.has_more:
        print(f"hoshimori: {say(words, 'share.more', partner=code)}", file=sys.stderr)


def run_take(files: tuple[Path, ...], arguments: ShareArguments) -> int:
    """Take bundles; return 2 where one was refused as a whole."""
    folder, done = arguments.folder(), []
    with opened_node(folder) as node:
        for path in files:
            now_utc = SystemClock().now_utc()
            taken = take_bundle(node, _read(path), Expected(), now_utc)
            audit_taking(folder, taken, who(), str(path), now_utc)
            accepted = accepted_by_rule(node, taken, arguments)
            done.append((path, taken, accepted))
    if arguments.as_json:
        print(write_json({"bundles": [taken_value(str(p), t, a) for p, t, a in done]}))
    else:
        for _, taken, accepted in done:
            print_taken(taken, accepted, arguments.words())
    return 2 if any(isinstance(taken, RefusedBundle) for _, taken, _ in done) else 0


def accepted_by_rule(
    node: Node, taken: Taken | RefusedBundle, arguments: ShareArguments
) -> tuple[Accepted, ...]:
    """Bring in what the standing rules of partners let in."""
    has_rules = any(partner.accepts for partner in node.partners.others)
    if isinstance(taken, RefusedBundle) or not taken.new or not has_rules:
        return ()
    tree, now_utc = arguments.tree(), SystemClock().now_utc()
    held = read_node(node, now_utc)
    return accept_by_rule(
        node, held, taken.new, lambda: opened_store(tree, arguments.store), now_utc
    )


def print_taken(
    taken: Taken | RefusedBundle, accepted: tuple[Accepted, ...], words: Language
) -> None:
    """Print what became of a bundle; refusals go to people."""
    if isinstance(taken, RefusedBundle):
        _print_refused(taken.refusal, words)
        return
    number, known = len(taken.new), str(taken.known)
    print(say_count(words, "share.taken", number, partner=taken.sender, known=known))
    for refused in taken.refused:
        _print_refused(refused, words)
    for one in accepted:
        print(accepted_text(one, words))
    if taken.has_more:
        print(f"hoshimori: {say(words, 'share.more', partner=taken.sender)}", file=sys.stderr)


def accepted_text(one: Accepted, words: Language) -> str:
    """Return what became of the content of a letter."""
    where = one.source or one.file
    return say_count(words, "share.accepted", one.new, known=str(one.known), where=where)


def taken_value(
    place: str, taken: Taken | RefusedBundle, accepted: tuple[Accepted, ...]
) -> dict[str, Any]:
    """Return what became of a bundle as JSON."""
    if isinstance(taken, RefusedBundle):
        return {"from": place, "sender": taken.sender, "refused": [_refusal(taken.refusal)]}
    return {
        "from": place,
        "sender": taken.sender,
        "new": [one.letter_id for one in taken.new],
        "known": taken.known,
        "refused": [_refusal(one) for one in taken.refused],
        "accepted": accepted,
        "has_more": taken.has_more,
    }


def _print_refused(refused: RefusedLetter, words: Language) -> None:
    reason = reason_text(refused.reason, words)
    told = say(words, "share.not_taken", reason=reason, detail=refused.detail)
    print(f"hoshimori: {told}", file=sys.stderr)


def _refusal(refused: RefusedLetter) -> dict[str, str]:
    return {
        "letter_id": refused.letter_id,
        "reason": refused.reason.value,
        "detail": refused.detail,
    }


def _preview_value(shown: Preview) -> dict[str, Any]:
    return {
        "partner": shown.partner,
        "letters": [
            {
                "letter_id": one.letter_id,
                "letter_kind": one.letter.kind.value,
                "marking": write_marking(one.letter.marking),
                "reality": one.letter.reality.value,
                "byte_count": len(one.line),
            }
            for one in shown.letters
        ],
        "marking": write_marking(shown.marking),
        "byte_count": shown.byte_count,
        "digest": shown.digest,
        "stay": {why.value: number for why, number in shown.stay.items()},
    }


def _read(path: Path) -> bytes:
    """Return the bytes of a file, and one more than a bundle may have where it has more."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from None
