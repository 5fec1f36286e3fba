"""What people are told first of a store that is of an exercise."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hoshimori.dossier.language import Language
from hoshimori.dossier.marking_wording import exercise_line
from hoshimori.errors import SettingsError, StoreError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.settings import Settings, load_settings, store_folder
from hoshimori.store import open_store
from hoshimori.store.doorstep import address_at
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
    place = folder or store_folder(tree)
    mark = exercise_of(place)
    if mark is None and address_at(place) is not None:
        # Another machine may have made it: the sign is not on this doorstep before it was opened.
        with suppress(StoreError), open_store(place, read_only=True) as store:
            mark = store.exercise
    return "" if mark is None else notice_of(mark, tree)


def notice_of(mark: ExerciseMark, settings: Settings) -> str:
    """Return the line for a store of an exercise, in the language that is set."""
    known = {language.value: language for language in Language}
    language = known.get(settings.watch.language, Language.EN)
    return exercise_line(mark.name, language)
