"""`watch`: from arguments to the board on the screen, in JSON or on a page."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from hoshimori.cli.board import print_board
from hoshimori.cli.watched import WatchArguments, watched
from hoshimori.cli.written import write_file
from hoshimori.dossier.language import Language
from hoshimori.formats.json_document import write_json
from hoshimori.model.incidents import Attention
from hoshimori.settings import load_settings
from hoshimori.workflows.old_kernels import remove_old_kernels

_WANTED = {"look": (Attention.LOOK,), "watch": (Attention.LOOK, Attention.WATCH)}


def run_watch(
    arguments: WatchArguments,
    *,
    as_json: bool,
    report: Path | None,
    everything: bool,
    fail_on: str | None,
) -> int:
    """Watch, print, and return the exit status: 1 where `fail_on` finds what it asks for."""
    tree = load_settings(arguments.settings)
    remove_old_kernels()
    board = watched(arguments, tree).board
    language = Language(arguments.language or tree.watch.language)
    if report is not None:
        from hoshimori.dossier.watch_page import watch_page  # brings matplotlib

        write_file("--report", report, watch_page(board, language, command=_command()))
        print(f"hoshimori: report written to {report}", file=sys.stderr)
    if as_json:
        print(write_json(board))
    else:
        print_board(board, language, everything=everything)
    wanted = _WANTED.get(fail_on or "", ())
    return int(any(incident.attention in wanted for incident in board.incidents))


def _command() -> str:
    return shlex.join(["hoshimori", *sys.argv[1:]])
