"""Coverage-guided fuzzing of scripts of exercises: mistakes are told, nothing else comes out.

By hand, with the dependency group ``fuzz`` (Python up to the newest that atheris supports)::

    python tests/fuzz/fuzz_scenarios.py CORPUS_FOLDER -max_total_time=300

The folder is filled with the scripts of the library where it is empty.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hoshimori", "tomllib"]):
    import hoshimori.workflows
    from hoshimori.formats.scenarios import read_scenario, write_scenario


def read_anything(data: bytes) -> None:
    """Read the bytes as a script; what was read can be written, and reads as the same."""
    reading = read_scenario(data, source="fuzz")
    assert (reading.scenario is None) == bool(reading.mistakes)
    if reading.scenario is not None:
        again = read_scenario(write_scenario(reading.scenario), source="fuzz")
        assert again.scenario == reading.scenario


def main() -> None:
    folder = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "fuzz-corpus"))
    folder.mkdir(parents=True, exist_ok=True)
    library = Path(hoshimori.workflows.__path__[0]) / "scenarios"
    if not any(folder.iterdir()):
        for script in library.glob("*.toml"):
            (folder / script.name).write_bytes(script.read_bytes())
    atheris.Setup(sys.argv, read_anything)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
