"""The commands about dossiers: keys, signatures, verification."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hoshimori.cli.options import ExerciseOption, JsonOption, LanguageName, LanguageOption

if TYPE_CHECKING:
    from hoshimori.dossier.language import Language

keys = typer.Typer(
    help="Make and show keys that sign dossiers.", no_args_is_help=True, rich_markup_mode=None
)


class AlgorithmName(StrEnum):
    """What keys sign with."""

    ED25519 = "ed25519"
    ML_DSA_65 = "ml-dsa-65"


class FailOnSeal(StrEnum):
    """What of a whole seal can set exit status 1."""

    SIGNATURES = "signatures"


OrganisationOption = Annotated[str, typer.Option(help="Organisation that the key belongs to.")]
HolderOption = Annotated[
    str,
    typer.Option(
        help="Person or post that holds the key. Default: its fingerprint.", show_default=False
    ),
]


@keys.command("new")
def keys_new(
    file: Annotated[Path, typer.Argument(help="File to write the signing key to.")],
    organisation: OrganisationOption = "UNNAMED",
    holder: HolderOption = "",
    algorithm: Annotated[
        AlgorithmName, typer.Option(help="What it signs with.")
    ] = AlgorithmName.ED25519,
    lock: Annotated[
        bool,
        typer.Option(
            "--lock", help="Lock it with a passphrase (HOSHIMORI_KEY_PASSPHRASE, else asked for)."
        ),
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Make a signing key; print the entry for the trust files of partners."""
    from hoshimori.cli.sealing import run_keys_new
    from hoshimori.model.dossiers import KeyAlgorithm

    run_keys_new(
        file,
        KeyAlgorithm(algorithm.value),
        organisation=organisation,
        holder=holder,
        lock=lock,
        language=_language(language),
    )


@keys.command("show")
def keys_show(
    file: Annotated[Path, typer.Argument(help="File of a signing or public key (PEM).")],
    organisation: OrganisationOption = "UNNAMED",
    holder: HolderOption = "",
) -> None:
    """Print the public half of a key as an entry for trust files; never the secret half."""
    from hoshimori.cli.sealing import run_keys_show

    run_keys_show(file, organisation=organisation, holder=holder)


def sign(
    dossier: Annotated[Path, typer.Argument(help="Dossier file.")],
    key: Annotated[Path, typer.Option(help="File of the signing key.")],
    output: Annotated[
        Path | None,
        typer.Option(help="Write here. Default: the file itself.", show_default=False),
    ] = None,
    exercise: ExerciseOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add a signature to a dossier, beside those that are there; nothing else changes."""
    from hoshimori.cli.sealing import run_sign

    run_sign(dossier, key, output, as_json=as_json, exercise=exercise)


def verify(
    file: Annotated[Path, typer.Argument(help="Dossier file.")],
    trust: Annotated[
        Path | None,
        typer.Option(
            help="Your list of partners' keys (TOML). Without it nobody is known.",
            show_default=False,
        ),
    ] = None,
    timestamp: Annotated[
        Path | None,
        typer.Option(
            help="A timestamp of the envelope (RFC 3161 reply), so that keys revoked or made "
            "later are judged by it.",
            show_default=False,
        ),
    ] = None,
    authority: Annotated[
        Path | None,
        typer.Option(
            help="Root certificates (PEM) of the timestamping authority.", show_default=False
        ),
    ] = None,
    fail_on: Annotated[
        FailOnSeal | None,
        typer.Option(help="Exit status 1 unless enough signatures count.", show_default=False),
    ] = None,
    seal_only: Annotated[
        bool, typer.Option("--seal-only", help="Do not compute its conclusions again.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Check that a dossier is as sealed and who signed it, and compute it again; offline.

    Its detectors are run on the facts that it encloses; what does not come out the same is said
    place by place.
    """
    from hoshimori.cli.sealing import run_verify

    status = run_verify(
        file,
        trust,
        timestamp=timestamp,
        authority=authority,
        as_json=as_json,
        ask_policy=fail_on is FailOnSeal.SIGNATURES,
        seal_only=seal_only,
        language=_language(language),
    )
    sys.exit(status)


def _language(name: LanguageName | None) -> Language | None:
    from hoshimori.dossier.language import Language

    return Language(name.value) if name else None
