"""What people are told first of a store that is of an exercise."""

from __future__ import annotations

from pathlib import Path

from hoshimori.dossier.language import Language
from hoshimori.dossier.marking_wording import exercise_line
from hoshimori.errors import SettingsError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.settings import Settings, load_settings, store_folder
from hoshimori.store.exercise_mark import exercise_of


def exercise_notice(folder: Path | None, settings_file: Path | None) -> str:
    """Return the line for the store in a folder, by default that of the settings; empty for none.

    Raises:
        StoreError: its mark cannot be read.
    """
    try:
        tree = load_settings(settings_file)
    except SettingsError:  # the command itself says what is wrong with them
        tree = Settings()
    mark = exercise_of(folder or store_folder(tree))
    return "" if mark is None else notice_of(mark, tree)


def notice_of(mark: ExerciseMark, settings: Settings) -> str:
    """Return the line for a store of an exercise, in the language that is set."""
    known = {language.value: language for language in Language}
    language = known.get(settings.watch.language, Language.EN)
    return exercise_line(mark.name, language)
