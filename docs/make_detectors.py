"""Write the page of detectors from their cards; a test checks that page and cards agree.

Run: ``python docs/make_detectors.py``
"""

from __future__ import annotations

from pathlib import Path

from hoshimori.dossier.card_rows import quoted_lines
from hoshimori.dossier.language import Language
from hoshimori.model.detector import Detector
from hoshimori.workflows.watch import DETECTORS, ON_HISTORIES

HEAD = """# Detectors

Each detector answers one question about a picture and answers for itself with a card.
This page is written from the cards by `docs/make_detectors.py`; `hoshimori detectors` prints the
same.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([HEAD, *(_section(d) for d in (*DETECTORS, *ON_HISTORIES))])


def _section(detector: Detector) -> str:
    card = detector.card
    errs = "\n".join(f"- {text}" for text in card.known_false_alarms)
    sources = "\n".join(f"- {text}" for text in card.references)
    found = "".join(f"- {text}\n" for text in quoted_lines(card, Language.EN)[1:])
    quoted = (
        f"What is found how often: {quoted_lines(card, Language.EN)[0]}.\n\n{found}\n"
        if found
        else ""
    )
    return (
        f"## {card.name}\n\nVersion {card.version}.\n**{card.question}**\n\n"
        f"Needs: {card.needs}\n\nMethod: {card.method}\n\n"
        f"{quoted}False alarms: {card.false_alarm_rate}\n\nKnown to err on:\n\n{errs}\n\n"
        f"Sources:\n\n{sources}\n"
    )


if __name__ == "__main__":
    (Path(__file__).parent / "detectors.md").write_text(page(), encoding="utf-8")
