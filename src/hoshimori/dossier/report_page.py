"""The frame of a report's page: head, banner, foot; one file without anything from outside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hoshimori import __version__
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.markup import Html, tag
from hoshimori.dossier.page_style import STYLE
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import reality_text
from hoshimori.model.provenance import Reality

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_page(
    title: str, as_of_utc: datetime, reality: Reality, language: Language, heading: Html, main: Html
) -> str:
    """Return a whole page with the banner that every page bears; there is no script."""
    real = reality is Reality.REAL
    shown = title if real else f"[{reality_text(reality, language)}] {title}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{shown} {utc_text(as_of_utc)} · Hoshimori"),
        tag("style", Html(STYLE)),
    )
    foot = tag("footer", tag("p", say(language, "page.footer", version=__version__)))
    content = tag("div", heading, main, foot, class_="content")
    body = tag("body", tag("div", _banner(reality, language), content, class_="sheet"))
    page = tag("html", head, body, lang=language.value)
    return f"<!DOCTYPE html>\n{page}\n"


def report_heading(title: str, facts: Iterable[Html], command: str) -> Html:
    """Return the head of a report: title, facts, and the command line that makes it again."""
    brand = tag("p", tag("b", "星守 Hoshimori"), class_="brand")
    rerun = tag("p", tag("code", command))
    return tag("header", brand, tag("h1", title), tag("dl", *facts, class_="facts"), rerun)


def _banner(reality: Reality, language: Language) -> Html:
    kind = reality.name.lower()
    meaning = Html()
    if reality is not Reality.REAL:
        meaning = tag("span", say(language, f"reality.{kind}.meaning"))
    line = tag("div", tag("b", banner_text(None, reality, language)), meaning)
    return tag("aside", line, class_=f"running {kind}")
