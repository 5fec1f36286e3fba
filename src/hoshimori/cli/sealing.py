"""`keys`, `sign` and `verify`: from arguments to key files, signatures and what a seal says."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console

from hoshimori.dossier.envelope import SigningKey
from hoshimori.dossier.language import Language
from hoshimori.dossier.opening import unpack
from hoshimori.dossier.rerun_wording import not_run_sentence, rerun_headline, rerun_sentences
from hoshimori.dossier.seal_wording import (
    key_made_sentence,
    mark_sentence,
    part_sentences,
    problem_sentence,
    seal_headline,
)
from hoshimori.errors import HoshimoriError, SettingsError
from hoshimori.formats.json_document import as_json_value, write_json
from hoshimori.formats.trust import write_trust_entry
from hoshimori.model.dossiers import KeyAlgorithm, PartnerKey, SealReport, fingerprint_of
from hoshimori.model.reruns import Rerun
from hoshimori.settings import load_settings
from hoshimori.workflows.sealing import read_dossier_file, sign_file
from hoshimori.workflows.signing_keys import is_locked, make_key, read_key, read_public_key
from hoshimori.workflows.verify import load_stamp, load_trust, verify_seal

PASSPHRASE = "HOSHIMORI_KEY_PASSPHRASE"


def run_keys_new(
    path: Path, algorithm: KeyAlgorithm, *, organisation: str, holder: str, lock: bool,
    language: Language | None,
) -> None:  # fmt: skip
    """Make a signing key and print the entry for partners' trust files."""
    passphrase = _new_passphrase() if lock else None
    public_key = make_key(path, algorithm, passphrase)
    print(key_made_sentence(str(path), _language(language)), file=sys.stderr)
    _print_entry(public_key, organisation, holder)


def run_keys_show(path: Path, *, organisation: str, holder: str) -> None:
    """Print the public half of a key as an entry of a trust file."""
    _print_entry(read_public_key(path, _passphrase(path)), organisation, holder)


def run_sign(
    path: Path, key_path: Path, output: Path | None, *, as_json: bool, exercise: bool
) -> None:
    """Add a signature to a dossier file."""
    written = sign_file(path, key_of(key_path), output, exercise=exercise)
    if as_json:
        print(write_json({"file": str(written)}))
    else:
        print(written)


def key_of(path: Path) -> SigningKey:
    """Return the signing key of a file; asks for its passphrase where it has one.

    Raises:
        SettingsError: it cannot be read, or the passphrase is wrong.
    """
    return read_key(path, _passphrase(path))


def run_verify(
    path: Path, trust_path: Path | None, *, timestamp: Path | None, authority: Path | None,
    as_json: bool, ask_policy: bool, seal_only: bool, language: Language | None,
) -> int:  # fmt: skip
    """Print what the seal of a file says, and whether its conclusions come out again.

    Returns 2 if it was changed, does not come out as enclosed or cannot be computed here, 1 where
    enough signatures are asked for and not there. A released copy may withhold what is needed to
    compute it: that is said, and is no fault of the copy.
    """
    trust = load_trust(trust_path)
    data = read_dossier_file(path)
    if (timestamp is None) != (authority is None):
        raise SettingsError("--timestamp and --authority are given together")
    stamp = load_stamp(data, timestamp, authority) if timestamp and authority else None
    report = verify_seal(data, trust, datetime.now(UTC), stamp)
    again: Rerun | str = ""
    if report.intact and not seal_only:
        again = _run_again(data)
    if as_json:
        head = {"intact": report.intact, "policy_met": report.policy_met}
        same = again.same if isinstance(again, Rerun) else None
        told = {"reproduced": same, "rerun": as_json_value(again or None)}
        print(write_json(head | told | as_json_value(report)))
    else:
        _print_report(report, _language(language))
        _print_rerun(again, _language(language))
    cannot = isinstance(again, str) and bool(again) and report.release is None
    if not report.intact or cannot or (isinstance(again, Rerun) and not again.same):
        return 2
    return 1 if ask_policy and not report.policy_met else 0


def _run_again(data: bytes) -> Rerun | str:
    """Return what running a dossier again gives, or why it cannot be run."""
    from hoshimori.workflows.rerun import rerun

    with Console(stderr=True).status("every detector that it names"):
        try:
            return rerun(unpack(data).items)
        except HoshimoriError as error:
            return str(error)


def _print_rerun(again: Rerun | str, language: Language) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if isinstance(again, str):
        if again:
            console.print(not_run_sentence(again, language), style="bold")
        return
    console.print(rerun_headline(again, language), style="bold" if again.same else "bold red")
    for sentence in rerun_sentences(again, language):
        console.print(f"  {sentence}")


def _print_report(report: SealReport, language: Language) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(mark_sentence(report, language), style="bold")
    console.print(seal_headline(report, language), style="bold" if report.intact else "bold red")
    for problem in report.problems:
        console.print(f"  {problem_sentence(problem, language)}")
    for seal, is_release in ((report.original, False), (report.release, True)):
        if seal is None:
            continue
        first, *rest = part_sentences(seal, language, is_release=is_release)
        console.print(first)
        for sentence in rest:
            console.print(f"  {sentence}")


def _print_entry(public_key: bytes, organisation: str, holder: str) -> None:
    key = PartnerKey(organisation, holder or fingerprint_of(public_key), public_key)
    print(write_trust_entry(key), end="")


def _passphrase(path: Path) -> bytes | None:
    """Return the passphrase of a locked key, from the environment or asked for."""
    if not is_locked(path):
        return None
    if stated := os.environ.get(PASSPHRASE):
        return stated.encode()
    if not sys.stdin.isatty():
        raise SettingsError(f"{path}: needs a passphrase; set {PASSPHRASE}")
    return str(typer.prompt("Passphrase", hide_input=True, err=True)).encode()


def _new_passphrase() -> bytes:
    if stated := os.environ.get(PASSPHRASE):
        return stated.encode()
    if not sys.stdin.isatty():
        raise SettingsError(f"a passphrase is asked for; set {PASSPHRASE}")
    asked = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    return str(asked).encode()


def _language(language: Language | None) -> Language:
    return language or Language(load_settings(None).watch.language)
