"""What houses tell one another: `share`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hoshimori.cli.options import (
    AboutOption,
    AssetsOption,
    HistoryCatalogueOption,
    HostOption,
    JsonOption,
    LanguageName,
    LanguageOption,
    PictureMomentOption,
    PortOption,
    SettingsOption,
    StoreOption,
)

if TYPE_CHECKING:
    from hoshimori.cli.sharing import ShareArguments

share_group = typer.Typer(
    help="Tell partners, and hear from them: letters, filtered and signed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class AcceptName(StrEnum):
    """Kinds of letters whose content a picture has a place for."""

    FACTS = "facts"
    REPORT = "report"


ToOption = Annotated[
    list[str], typer.Option("--to", help="Code of a partner. Repeatable.", show_default=False)
]
OnePartnerOption = Annotated[
    str, typer.Option("--to", help="Code of the partner.", show_default=False)
]
OnlyOption = Annotated[
    str,
    typer.Option(
        "--only", help="Digest of `share preview`: nothing goes but that.", show_default=False
    ),
]


@share_group.command("init")
def init(
    code: Annotated[str, typer.Option("--as", help="Code of this house, as in REL TO: JPN.")],
    name: Annotated[str, typer.Option(help="Its name. Default: the code.")] = "",
    address: Annotated[
        str,
        typer.Option(
            help="Where partners reach it, as in https://watch.example.org:8444. "
            "Default: by file alone."
        ),
    ] = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Make this store a node: its keys, its certificate, its register of letters."""
    from hoshimori.cli.sharing import run_init

    run_init(code, name, address, share_arguments(as_json, language, store, settings))


@share_group.command("card")
def card(
    output: Annotated[
        Path | None,
        typer.Option("--output", help="File to write it to. Default: stdout.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print the card of this house for partners, and its fingerprint for the telephone."""
    from hoshimori.cli.sharing import run_card

    run_card(output, share_arguments(as_json, language, store, settings))


@share_group.command("add")
def add(
    card_file: Annotated[Path, typer.Argument(metavar="CARD", help="Card of the partner.")],
    limit: Annotated[
        str, typer.Option(help="The strictest it may have, with the caveats that it accepted.")
    ] = "TLP:GREEN",
    reliability: Annotated[
        str, typer.Option(help="How far it is believed, A to F (Admiralty code).")
    ] = "F",
    fingerprint: Annotated[
        str, typer.Option(help="What its people say on the telephone.", show_default=False)
    ] = "",
    accept: Annotated[
        list[AcceptName] | None,
        typer.Option(
            help="Kind of letters that come into the picture unasked. Repeatable.",
            show_default=False,
        ),
    ] = None,
    only_this_key: Annotated[
        bool,
        typer.Option(
            "--only-this-key", help="Believe none of its former keys any more: it lost one."
        ),
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take a partner's card, or change what the house decided about it."""
    from hoshimori.cli.sharing import AddArguments, run_add

    accepts = tuple(kind.value for kind in accept or ())
    told = AddArguments(card_file, limit, reliability, fingerprint, accepts, only_this_key)
    run_add(told, share_arguments(as_json, language, store, settings))


@share_group.command("partners")
def partners(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List partners, what each may have, and how many letters wait for it."""
    from hoshimori.cli.sharing import run_partners

    run_partners(share_arguments(as_json, language, store, settings))


@share_group.command("offer")
def offer(
    to: ToOption,
    incident: Annotated[
        str, typer.Argument(help="Id of an incident, as `watch` lists it.", show_default=False)
    ] = "",
    about: AboutOption = "",
    told_reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--report",
            help="File of reports to tell; with an incident, what is stated about it. Repeatable.",
            show_default=False,
        ),
    ] = None,
    facts: Annotated[
        str,
        typer.Option(
            "--facts", help="Catalogue numbers whose element sets to tell.", show_default=False
        ),
    ] = "",
    days: Annotated[float, typer.Option(help="Of how many days, with --facts.")] = 7.0,
    dossier: Annotated[
        list[Path] | None,
        typer.Option("--dossier", help="Dossier as released. Repeatable.", show_default=False),
    ] = None,
    letter: Annotated[
        list[str] | None,
        typer.Option("--letter", help="Letter to pass on. Repeatable.", show_default=False),
    ] = None,
    lasts_days: Annotated[
        float | None,
        typer.Option("--lasts", help="Days until it expires. Default: never.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be offered.")
    ] = False,
    catalogue: HistoryCatalogueOption = None,
    assets: AssetsOption = "",
    as_of: PictureMomentOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write letters to partners; each is computed from what that partner may see.

    They wait for `share send`, or for `share bundle`.
    """
    from hoshimori.cli.share_offering import OfferArguments, run_offer
    from hoshimori.cli.watched import sky_arguments

    told = OfferArguments(
        partners=tuple(to),
        incident=incident,
        about=about,
        reports=tuple(told_reports or ()),
        facts=facts,
        days=days,
        dossiers=tuple(dossier or ()),
        letters=tuple(letter or ()),
        lasts_days=lasts_days,
        dry_run=dry_run,
    )
    sky = sky_arguments(
        catalogue=catalogue,
        assets=assets,
        reports=told_reports,
        source=None,
        synthetic=False,
        seed=1,
        as_of=as_of,
        days=None,
        language=language,
        store=store,
        settings=settings,
    )
    run_offer(told, sky, share_arguments(as_json, language, store, settings))


@share_group.command("preview")
def preview(
    to: OnePartnerOption,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show exactly what would go to a partner now, and, for the house alone, what stays."""
    from hoshimori.cli.share_bundling import run_preview

    run_preview(to, share_arguments(as_json, language, store, settings))


@share_group.command("bundle")
def bundle(
    to: OnePartnerOption,
    output: Annotated[Path, typer.Option("--output", help="File to write the bundle to.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Also what the partner told that it keeps.")
    ] = False,
    only: OnlyOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write what waits for a partner as a file, to be carried to it."""
    from hoshimori.cli.share_bundling import run_bundle

    told = share_arguments(as_json, language, store, settings)
    run_bundle(to, output, only, told, everything=everything)


@share_group.command("take")
def take(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Bundle that came.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take bundles that came as files; exit status 2 where one was refused as a whole."""
    from hoshimori.cli.share_bundling import run_take

    sys.exit(run_take(tuple(files), share_arguments(as_json, language, store, settings)))


@share_group.command("send")
def send(
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", help="Code of a partner. Default: all with a node.", show_default=False
        ),
    ] = None,
    only: OnlyOption = "",
    timeout_s: Annotated[
        float, typer.Option("--timeout", help="The longest silence that is waited for, in s.")
    ] = 30.0,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Exchange with partners over HTTPS: what waits goes there, what waits there comes.

    Exit status 3 where one cannot be reached, 2 where one refuses.
    """
    from hoshimori.cli.share_exchanging import run_send

    told = share_arguments(as_json, language, store, settings)
    sys.exit(run_send(tuple(to or ()), only, timeout_s, told))


@share_group.command("serve")
def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8444,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Answer partners' nodes over HTTPS; only those whose card was taken come in."""
    from hoshimori.cli.share_exchanging import run_share_serve

    run_share_serve(host, port, share_arguments(False, language, store, settings))


def share_arguments(
    as_json: bool, language: LanguageName | None, store: Path | None, settings: Path | None
) -> ShareArguments:
    """Return where the node is and how things are shown."""
    from hoshimori.cli.sharing import ShareArguments

    chosen = language.value if language else None
    return ShareArguments(store=store, settings=settings, language=chosen, as_json=as_json)
