"""Scripts of exercises: the library that comes with the program, and files of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.scenarios import read_scenario, scenario_of
from hoshimori.model.scenarios import Scenario

FOLDER = Path(__file__).with_name("scenarios")
"""Where the library stands: one script a file, named by its id."""
TEMPLATE = Path(__file__).with_name("scenario_template.toml")
"""What a new script begins with."""


@dataclass(frozen=True, slots=True)
class CheckedScript:
    """One file of a check."""

    file: str
    scenario: Scenario | None
    """None where there is any mistake."""
    mistakes: tuple[FormatError, ...]
    """By line."""
    hints: tuple[FormatError, ...] = ()
    """What is probably not meant, by line."""


def library() -> tuple[Scenario, ...]:
    """Return the scripts of the library by id."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


def script_named(name: str) -> Scenario:
    """Return a script of the library by its id, or one of a file by its path.

    Raises:
        SettingsError: there is neither.
        FormatError: for the first mistake, with how many more there are.
    """
    kept = FOLDER / f"{name}.toml"
    if kept.parent == FOLDER and kept.is_file():
        return _read(kept)
    if not Path(name).is_file():
        problem = f"{name}: neither a script of the library nor a file"
        raise SettingsError(f"{problem}; `hoshimori rehearse list` names the library")
    return _read(Path(name))


def check_scripts(paths: Sequence[Path]) -> tuple[CheckedScript, ...]:
    """Return what each file holds, with all its mistakes; a file that cannot be read has one."""
    return tuple(_checked(path) for path in paths)


def new_script(path: Path) -> None:
    """Write a commented script to begin with.

    Raises:
        SettingsError: there is such a file already, or it cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(TEMPLATE.read_bytes())
    except FileExistsError:
        raise SettingsError(f"{path} is there already: name a new file") from None
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from None


def _checked(path: Path) -> CheckedScript:
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        return CheckedScript(str(path), None, (FormatError(problem, source=str(path)),))
    reading = read_scenario(data, source=str(path), wants_hints=True)
    return CheckedScript(str(path), reading.scenario, reading.mistakes, reading.hints)


def _read(path: Path) -> Scenario:
    try:
        return scenario_of(path.read_bytes(), source=str(path))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from None
