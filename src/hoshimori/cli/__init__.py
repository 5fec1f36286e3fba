"""The command line: arguments in, workflow, table or JSON out.

Every command imports its workflow when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys

from hoshimori.cli import reach_command  # noqa: F401  it adds its command
from hoshimori.cli.app import app
from hoshimori.errors import FormatError, HoshimoriError, SourceError


def main() -> None:
    """Run the command line; a known error becomes one line and an exit status.

    0 done, 1 findings need attention (only with ``--fail-on``), 2 bad usage or input,
    3 a source is unreachable.
    """
    try:
        app()
    except HoshimoriError as error:
        print(f"hoshimori: {error}", file=sys.stderr)
        if isinstance(error, FormatError):
            print("hoshimori: see `hoshimori COMMAND --help` for what is read", file=sys.stderr)
        sys.exit(3 if isinstance(error, SourceError) else 2)
