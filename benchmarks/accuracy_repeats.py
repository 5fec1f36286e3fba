"""Play the library of scripts twice, in processes that differ in all that must not matter.

Usage: python benchmarks/accuracy_repeats.py [--every H] [--objects N] [--keep FOLDER] [SCRIPT ...]

The second process has another seed of hashes, another number of threads (Numba, OpenMP, BLAS),
another zone of time and another locale. They run at once; each is one command: `hoshimori rehearse
run --all`, or the named scripts. All files of all rehearsals are compared byte for byte. With
--keep, rehearsals stay in FOLDER/one and FOLDER/other; a folder that holds the rehearsals of a
process already is not played again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hoshimori.workflows.exercise_library import library

sys.path.insert(0, str(Path(__file__).parent))
from measuring import keep

THREADS = (
    "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
)  # fmt: skip
PROCESSES: Mapping[str, Mapping[str, str]] = {
    "one": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", **dict.fromkeys(THREADS, "1")},
    "other": {
        "PYTHONHASHSEED": "2",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        **dict.fromkeys(THREADS, str(max(os.cpu_count() or 2, 2))),
    },
}
COMMAND = "import sys; from hoshimori.cli import main; sys.exit(main())"


def main() -> None:
    """Play twice, compare, and keep the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=float, default=24.0)
    parser.add_argument("--objects", type=int, default=3000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("scripts", nargs="*")
    asked = parser.parse_args()
    names = asked.scripts or [script.scenario_id for script in library()]
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        with ThreadPoolExecutor(len(PROCESSES)) as at_once:
            begun = [
                at_once.submit(play, names, folder / name, apart, asked.every, asked.objects)
                for name, apart in PROCESSES.items()
            ]
            for one in begun:
                one.result()
        told = compared(names, folder / "one", folder / "other")
    keep("accuracy_repeats", {"every_h": asked.every, "objects": asked.objects, **told})


def play(
    names: list[str], folder: Path, apart: Mapping[str, str], every_h: float, objects: int
) -> None:
    """Play scripts that a folder lacks by a process of its own; a script has its own folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in names if not (folder / name / "score.json").is_file()]
    sky = ("--every", str(every_h), "--objects", str(objects))
    for chosen in [names] if len(names) == len(library()) else [[name] for name in names]:
        one = folder / chosen[0] if len(chosen) == 1 else folder
        which = ("--all",) if len(chosen) > 1 else tuple(chosen)
        subprocess.run(
            [sys.executable, "-c", COMMAND, "rehearse", "run", *which, *sky, "--output", str(one)],
            env={**os.environ, **apart},
            check=True,
            stdout=subprocess.DEVNULL,
        )


def compared(names: list[str], one: Path, other: Path) -> dict[str, Any]:
    """Return how many rehearsals, and files of them, are the same byte for byte."""
    apart: list[str] = []
    files = size = 0
    for name in names:
        written = sorted(path.name for path in (one / name).iterdir())
        if written != sorted(path.name for path in (other / name).iterdir()):
            apart.append(name)
            continue
        for file in written:
            first, second = ((place / name / file).read_bytes() for place in (one, other))
            files, size = files + 1, size + len(first)
            if first != second:
                apart.append(f"{name}/{file}")
    differs = {path.split("/")[0] for path in apart}
    return {
        "scripts": len(names),
        "the_same": len(names) - len(differs),
        "files": files,
        "bytes": size,
        "apart": apart,
    }


if __name__ == "__main__":
    main()
