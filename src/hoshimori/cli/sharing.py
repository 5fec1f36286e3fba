"""`share init`, `card`, `add`, `partners`: the house as a node, and whom it knows."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from hoshimori.cli.rows import Rows
from hoshimori.cli.written import write_file
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.share_wording import PartnerRow, partner_row
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.markings import write_marking
from hoshimori.formats.partners import parse_kinds, parse_limit, parse_reliability
from hoshimori.model.partners import Partner
from hoshimori.settings import Settings, load_settings, store_folder
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.share_house import (
    ReadCard,
    Terms,
    add_partner,
    begin_house,
    house_card,
    opened_node,
    read_card,
)


@dataclass(frozen=True, slots=True)
class ShareArguments:
    """Where the node is, and how things are shown."""

    store: Path | None
    settings: Path | None
    language: str | None
    as_json: bool

    def tree(self) -> Settings:
        """Return the settings in force."""
        return load_settings(self.settings)

    def folder(self) -> Path:
        """Return the folder of the store."""
        return self.store or store_folder(self.tree())

    def words(self) -> Language:
        """Return the language of what is printed."""
        return Language(self.language or self.tree().watch.language)


@dataclass(frozen=True, slots=True)
class AddArguments:
    """A card, and what the house decides about whose it is."""

    card: Path
    limit: str
    reliability: str
    fingerprint: str
    accepts: tuple[str, ...]
    only_this_key: bool


def who() -> str:
    """Return who sits here, for the audit."""
    return getpass.getuser()


def run_init(code: str, name: str, address: str, arguments: ShareArguments) -> None:
    """Make a node."""
    folder = arguments.folder()
    partners = begin_house(folder, code, name, address, SystemClock().now_utc())
    read = read_card(house_card(folder), "card")
    if arguments.as_json:
        print(write_json({"code": partners.house.code, "fingerprint": read.fingerprint}))
        return
    print(say(arguments.words(), "share.begun", code=code))
    _print_fingerprint(read, arguments)


def run_card(output: Path | None, arguments: ShareArguments) -> None:
    """Print or write the card of the house; its fingerprint goes to people."""
    data = house_card(arguments.folder())
    read = read_card(data, "card")
    if output is not None:
        write_file("--output", output, data + b"\n")
    if arguments.as_json:
        told = {"code": read.card.code, "fingerprint": read.fingerprint, "card": data.decode()}
        print(write_json(told))
        return
    if output is None:
        print(data.decode())
    _print_fingerprint(read, arguments)


def run_add(told: AddArguments, arguments: ShareArguments) -> None:
    """Take a partner's card on the terms of the house."""
    try:
        data = told.card.read_bytes()
    except OSError as error:
        raise SettingsError(f"{told.card}: {error.strerror or error}") from None
    terms = Terms(
        parse_limit(told.limit), parse_reliability(told.reliability), parse_kinds([*told.accepts])
    )
    read = read_card(data, str(told.card))
    partner = add_partner(
        arguments.folder(), read, told.fingerprint, terms, only_this_key=told.only_this_key
    )
    if arguments.as_json:
        print(write_json({"partner": _partner_value(partner, 0)}))
        return
    limit, reliability = write_marking(partner.limit), partner.reliability.value
    words = arguments.words()
    print(say(words, "share.added", code=partner.code, limit=limit, reliability=reliability))


def run_partners(arguments: ShareArguments) -> None:
    """List partners and what waits for them."""
    with opened_node(arguments.folder()) as node:
        waiting = {p.code: len(node.register.outbox(p.code).waiting) for p in node.partners.others}
        partners, house = node.partners.others, node.partners.house
    if arguments.as_json:
        listed = [_partner_value(partner, waiting[partner.code]) for partner in partners]
        print(write_json({"house": house.code, "partners": listed}))
        return
    console, words = Console(), arguments.words()
    if not partners:
        console.print(say(words, "share.no_partners"))
        return
    rows = [partner_row(partner, waiting[partner.code]) for partner in partners]
    console.print(Rows(PartnerRow, rows, "share", words))


def _partner_value(partner: Partner, waiting: int) -> dict[str, object]:
    return {
        "code": partner.code,
        "name": partner.name,
        "address": partner.address,
        "limit": write_marking(partner.limit),
        "reliability": partner.reliability.value,
        "accepts": sorted(kind.value for kind in partner.accepts),
        "waiting": waiting,
    }


def _print_fingerprint(read: ReadCard, arguments: ShareArguments) -> None:
    told = say(arguments.words(), "share.card", code=read.card.code, fingerprint=read.fingerprint)
    print(f"hoshimori: {told}", file=sys.stderr)
