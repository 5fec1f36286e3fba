"""The banner at the head of every board on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.story_wording import planted_sentence
from hoshimori.model.markings import Marking
from hoshimori.model.planted import Planted
from hoshimori.model.provenance import Reality


def banner(
    marking: Marking | None, reality: Reality, language: Language, *, story: Sequence[Planted] = ()
) -> list[RenderableType]:
    """Return marking, reality and the limit of this tool; what is not real stands in a frame.

    `story` tells what was planted, where the sky is a made one.
    """
    head = Text(banner_text(marking, reality, language), style="bold")
    if reality is Reality.REAL:
        return [head]
    meaning = say(language, f"reality.{reality.name.lower()}.meaning")
    lines = [Text(meaning, style="bold"), *(Text(planted_sentence(one, language)) for one in story)]
    return [head, Panel(Group(*lines), border_style="#8fe3d0", title=reality.value)]
