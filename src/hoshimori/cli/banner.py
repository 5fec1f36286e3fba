"""The banner at the head of every board on a terminal, and the line of what to do next."""

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


def next_line(words: str, language: Language) -> RenderableType:
    """Return what to do next, as one line under a summary."""
    gap = say(language, "sentence.gap")
    return Text.assemble((say(language, "page.next"), "bold"), f"{gap}{words}")
