"""`share offer`: from arguments to letters that wait for partners."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from hoshimori.cli.assessing import object_numbers
from hoshimori.cli.sharing import ShareArguments
from hoshimori.cli.watched import WatchArguments, pictured, print_notes
from hoshimori.dossier.language import say
from hoshimori.dossier.share_wording import SHOWN_DIGITS, kind_text, withheld_text
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.markings import write_marking
from hoshimori.model.partners import Partner
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.reports import reports_from
from hoshimori.workflows.sealing import read_dossier_file
from hoshimori.workflows.share_house import Node, opened_node
from hoshimori.workflows.share_offers import (
    Offered,
    Said,
    dossier_for,
    facts_for,
    incident_asked,
    incident_for,
    offer,
    pass_on,
    reports_for,
)
from hoshimori.workflows.share_reading import read_node
from hoshimori.workflows.share_words import letter_named
from hoshimori.workflows.stores import opened_store

Sayer = Callable[[Partner], list[Said]]


@dataclass(frozen=True, slots=True)
class OfferArguments:
    """What is to be told, and to whom."""

    partners: tuple[str, ...]
    incident: str
    about: str
    reports: tuple[Path, ...]
    facts: str
    days: float
    dossiers: tuple[Path, ...]
    letters: tuple[str, ...]
    lasts_days: float | None
    dry_run: bool

    @property
    def tells_of_incident(self) -> bool:
        """Whether an incident is to be told."""
        return bool(self.incident or self.about)


def run_offer(told: OfferArguments, sky: WatchArguments, arguments: ShareArguments) -> None:
    """Write letters to partners, each from what that partner may see."""
    now_utc = SystemClock().now_utc()
    with opened_node(arguments.folder()) as node:
        partners = [node.partner(code) for code in dict.fromkeys(told.partners)]
        say_to = _sayer(told, sky, arguments, now_utc)
        # Everything is made before anything is offered: a mistake offers nothing to anybody.
        said = {partner.code: say_to(partner) for partner in partners}
        lasts = None if told.lasts_days is None else timedelta(days=told.lasts_days)
        done = [
            offer(node, partner, said[partner.code], now_utc, lasts=lasts, shown_only=told.dry_run)
            for partner in partners
            if said[partner.code]
        ]
        done += _passed_on(node, told, partners, now_utc)
    if not done:
        raise SettingsError(
            "name what is to be told: INCIDENT, --report, --facts, --dossier or --letter"
        )
    _print_offered(done, arguments)


def _sayer(
    told: OfferArguments, sky: WatchArguments, arguments: ShareArguments, now_utc: datetime
) -> Sayer:
    """Return what says to a partner what it may be told."""
    tree = arguments.tree()
    common: list[Said] = [dossier_for(read_dossier_file(path)) for path in told.dossiers]
    if told.reports and not told.tells_of_incident:
        read = reports_from(told.reports, tree)
        print_notes(map(str, read.rejections))
        common += reports_for(read.reports)
    whole = None
    if told.tells_of_incident:
        seen = pictured(sky, tree)
        print_notes(seen.notes)
        with Console(stderr=True).status("every detector"):
            asked = incident_asked(seen.picture, told.incident, object_numbers(told.about))
        whole = (seen.picture, *asked)
    moment = _as_of(sky, now_utc)

    def say_to(partner: Partner) -> list[Said]:
        said = [*common]
        if whole is not None:
            said.append(incident_for(*whole, partner, tree))
        if told.facts:
            with opened_store(tree, arguments.store) as store:
                numbers = object_numbers(told.facts)
                said += facts_for(store, partner, tree, numbers, days=told.days, as_of_utc=moment)
        return said

    return say_to


def _as_of(sky: WatchArguments, now_utc: datetime) -> datetime:
    if not sky.as_of:
        return now_utc
    moment: datetime = moment_from(sky.as_of).astype("datetime64[us]").item()
    return moment.replace(tzinfo=UTC)


def _passed_on(
    node: Node, told: OfferArguments, partners: list[Partner], now_utc: datetime
) -> list[Offered]:
    if not told.letters:
        return []
    held = read_node(node, now_utc)
    named = [letter_named(held, start) for start in told.letters]
    return [
        pass_on(node, partner, one, now_utc, shown_only=told.dry_run)
        for partner in partners
        for one in named
    ]


def _print_offered(done: list[Offered], arguments: ShareArguments) -> None:
    if arguments.as_json:
        print(write_json({"offered": [_value(one) for one in done]}))
        return
    words = arguments.words()
    for one in done:
        for letter in one.letters:
            print(
                say(
                    words,
                    "share.offered",
                    partner=one.partner,
                    kind=kind_text(letter.letter.kind, words),
                    letter=letter.letter_id[:SHOWN_DIGITS],
                    marking=write_marking(letter.letter.marking),
                )
            )
        for why in one.stay:
            told = say(words, "share.stays", partner=one.partner, why=withheld_text(why, words))
            print(f"hoshimori: {told}", file=sys.stderr)


def _value(one: Offered) -> dict[str, Any]:
    return {
        "partner": one.partner,
        "letters": [
            {
                "letter_id": letter.letter_id,
                "letter_kind": letter.letter.kind.value,
                "marking": write_marking(letter.letter.marking),
                "reality": letter.letter.reality.value,
                "byte_count": len(letter.line),
            }
            for letter in one.letters
        ],
        "stay": [why.value for why in one.stay],
    }
