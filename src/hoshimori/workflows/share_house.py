"""The house as a node among others: its keys, its card, and the partners that it knows."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hoshimori.dossier.envelope import SigningKey, algorithm_of
from hoshimori.dossier.signed_json import SignedKind, open_signed, sign_json
from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.markings import parse_partner_code
from hoshimori.formats.partner_cards import (
    MOST_BYTES,
    card_from,
    card_value,
    is_told_fingerprint,
    parse_address,
    told_fingerprint,
)
from hoshimori.formats.partners import read_partners, write_partners
from hoshimori.model.dossiers import KeyAlgorithm, fingerprint_of
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.letters import LetterKind
from hoshimori.model.markings import Marking
from hoshimori.model.partners import House, Partner, PartnerCard, Partners
from hoshimori.model.reports import Reliability
from hoshimori.store.letters import LetterRegister, open_letters
from hoshimori.workflows.node_certificates import certificate_pem, make_certificate
from hoshimori.workflows.sealing import write_whole
from hoshimori.workflows.signing_keys import make_key, read_key

PARTNERS_FILE = "partners.toml"
FOLDER = "share"
"""In the folder of the store: the keys of the node; nobody but their owner reads them."""
TLS_KEY = "tls.pem"
TLS_CERTIFICATE = "tls-certificate.pem"


@dataclass(frozen=True, slots=True)
class Node:
    """A house with its register of letters, opened."""

    folder: Path
    partners: Partners
    register: LetterRegister

    @property
    def code(self) -> str:
        """Code of the house."""
        return self.partners.house.code

    @property
    def mark(self) -> ExerciseMark | None:
        """The exercise that its store is of; None where it is of the real sky."""
        return self.register.exercise

    def partner(self, code: str) -> Partner:
        """Return a partner.

        Raises:
            SettingsError: there is none of this code.
        """
        found = self.partners.by_code().get(code)
        if found is None:
            known = ", ".join(sorted(self.partners.by_code())) or "none"
            raise SettingsError(f"{code}: is no partner here; known: {known} (`share add`)")
        return found

    def key(self) -> SigningKey:
        """Return the key that signs for the house now."""
        return key_of_house(self.folder, self.partners.house)


@contextlib.contextmanager
def opened_node(folder: Path) -> Iterator[Node]:
    """Give the node in a folder of a store.

    Raises:
        SettingsError: there is none, or its file of partners cannot be read.
        StoreError: its register of letters cannot be read.
    """
    partners = load_partners(folder)
    with open_letters(folder) as register:
        yield Node(folder, partners, register)


def begin_house(folder: Path, code: str, name: str, address: str, now_utc: datetime) -> Partners:
    """Make the keys of a node, its file of partners, and its register of letters.

    Raises:
        SettingsError: there is a node already, or a file cannot be written.
        FormatError: code or address are none.
    """
    parse_partner_code(code)
    address = parse_address(address)
    if (folder / PARTNERS_FILE).exists():
        raise SettingsError(f"{folder / PARTNERS_FILE}: is there already: this is a node")
    keys = folder / FOLDER
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    private, certificate = make_certificate(code, address, now_utc)
    _write_private(keys / TLS_KEY, private)
    _write_private(keys / TLS_CERTIFICATE, certificate_pem(certificate))
    public_key = new_signing_key(folder)
    open_letters(folder, create=True).close()
    # Last: a node is there as a whole, or not at all.
    partners = Partners(House(code, name or code, address, certificate, (public_key,)))
    save_partners(folder, partners)
    return partners


def new_signing_key(folder: Path) -> bytes:
    """Make another signing key of the house and return its public half.

    Raises:
        SettingsError: it cannot be written.
    """
    keys = folder / FOLDER
    made = keys / "new.pem"
    made.unlink(missing_ok=True)
    public_key = make_key(made, KeyAlgorithm.ED25519, None)
    made.replace(_key_file(folder, public_key))
    return public_key


def key_of_house(folder: Path, house: House) -> SigningKey:
    """Return the key that signs for the house now.

    Raises:
        SettingsError: its file cannot be read.
    """
    return read_key(_key_file(folder, house.keys[-1]), None)


def load_partners(folder: Path) -> Partners:
    """Return the house and its partners.

    Raises:
        SettingsError: there is no node in the folder, or its file cannot be read.
    """
    path = folder / PARTNERS_FILE
    try:
        return read_partners(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise SettingsError(
            f"{folder}: is no node yet: begin with `hoshimori share init --as CODE`"
        ) from None
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    except FormatError as error:
        raise SettingsError(str(error)) from error


def save_partners(folder: Path, partners: Partners) -> None:
    """Write the file of partners, as before or as after, never in between.

    Raises:
        SettingsError: it cannot be written, or what is to be written could not be read back.
    """
    data = write_partners(partners)
    try:
        read_partners(data, PARTNERS_FILE)
    except FormatError as error:
        raise SettingsError(str(error)) from error
    write_whole(folder / PARTNERS_FILE, data)


def house_card(folder: Path) -> bytes:
    """Return the card of the house, signed by the key that signs for it now."""
    house = load_partners(folder).house
    card = PartnerCard(house.code, house.name, house.address, house.keys[-1], house.certificate)
    return sign_json(card_value(card), SignedKind.CARD, key_of_house(folder, house))


@dataclass(frozen=True, slots=True)
class ReadCard:
    """A card that proves the key in it."""

    card: PartnerCard
    digest: str
    fingerprint: str
    """What two people compare by telephone."""


def read_card(data: bytes, source: str) -> ReadCard:
    """Return what a card says, where the key that it names signed it.

    Raises:
        FormatError: it is no card, or another key signed it.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"{len(data):,} bytes: no card has as many", source=source)
    signed = open_signed(data.strip(), SignedKind.CARD, source)
    card = card_from(signed.value, source)
    if not signed.holds or signed.public_key != card.public_key:
        raise FormatError("was not signed by the key that it names", source=source)
    if algorithm_of(card.public_key) is None:
        raise FormatError("names no key of a known kind", source=source, field="public_key")
    try:
        certificate_pem(card.certificate)
    except ValueError as error:
        raise FormatError(f"holds no certificate: {error}", source=source) from error
    return ReadCard(card, signed.digest, told_fingerprint(signed.digest))


@dataclass(frozen=True, slots=True)
class Terms:
    """What the house decides about a partner."""

    limit: Marking
    reliability: Reliability
    accepts: frozenset[LetterKind]


def add_partner(
    folder: Path, read: ReadCard, fingerprint: str, terms: Terms, *, only_this_key: bool = False
) -> Partner:
    """Take a partner's card on the house's own terms; an earlier entry of it is replaced.

    Keys that were told before stay known, so that its earlier letters can be read; with
    `only_this_key` they are no longer believed.

    Raises:
        SettingsError: the fingerprint is not that of the card, or the card is our own.
    """
    if not is_told_fingerprint(fingerprint, read.digest):
        raise SettingsError(
            f"the card has the fingerprint {read.fingerprint}: compare it with {read.card.code} by "
            "telephone, then give what you were told with --fingerprint"
        )
    partners = load_partners(folder)
    card = read.card
    if card.code == partners.house.code:
        raise SettingsError(f"{card.code}: is the code of this house")
    former = partners.by_code().get(card.code)
    older = () if former is None else former.keys
    revoked = frozenset() if former is None else former.revoked
    if only_this_key:
        revoked |= frozenset(map(fingerprint_of, older))
    partner = Partner(
        code=card.code,
        name=card.name,
        address=card.address,
        keys=(*(key for key in older if key != card.public_key), card.public_key),
        revoked=revoked - {fingerprint_of(card.public_key)},
        certificate=card.certificate,
        limit=terms.limit,
        reliability=terms.reliability,
        accepts=terms.accepts,
    )
    others = tuple(one for one in partners.others if one.code != card.code)
    ordered = tuple(sorted((*others, partner), key=lambda one: one.code))
    save_partners(folder, replace(partners, others=ordered))
    return partner


def _key_file(folder: Path, public_key: bytes) -> Path:
    return folder / FOLDER / f"signing-{fingerprint_of(public_key)[:16]}.pem"


def _write_private(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
