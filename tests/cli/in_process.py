"""Commands run in the process of the tests: what they import and compile is there already.

Most of the time of a short command goes into starting: two seconds of imports, and the kernels.
Whatever a command does is done all the same; that a process of its own does so too is tested by
at least one command of each file.
"""

from __future__ import annotations

import functools
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import typer.main

from hoshimori.cli import main

BUILT = functools.cache(typer.main.get_command)
"""The commands, built once: that takes a tenth of a second, more than most of them do."""


def completed(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Return how a command ended in a folder, as a process would: status and both streams."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patched, Path(os.devnull).open() as nothing:
        for name in set(os.environ) - set(environment):
            patched.delenv(name)
        for name, value in environment.items():
            patched.setenv(name, value)
        patched.chdir(folder)
        patched.setattr(typer.main, "get_command", BUILT)
        patched.setattr(sys, "argv", ["hoshimori", *arguments])
        patched.setattr(sys, "stdin", nothing)
        patched.setattr(sys, "stdout", _text(out))
        patched.setattr(sys, "stderr", _text(err))
        status = _status_of_main()
        sys.stdout.flush()
        sys.stderr.flush()
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


def completed_text(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Return the same with both streams as text."""
    done = completed(folder, arguments, environment)
    return subprocess.CompletedProcess(
        arguments, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def _status_of_main() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _text(sink: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(sink, encoding="utf-8", write_through=True)
