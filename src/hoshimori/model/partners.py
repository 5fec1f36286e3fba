"""Partners as a node knows them: who they are, what they may have, how far they are believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from hoshimori.model.access import MOST_FOR_PARTNERS, Audience
from hoshimori.model.dossiers import fingerprint_of
from hoshimori.model.exercise_stores import ExerciseMark, belongs
from hoshimori.model.letters import Letter, LetterKind
from hoshimori.model.markings import Level, Marking
from hoshimori.model.reports import Reliability

ORIGINATOR_CONTROLLED = "ORCON"
"""The caveat under which a letter is passed on by nobody but its origin."""


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """What an organisation tells others of its node, signed by the key that it tells of."""

    code: str
    """As in ``REL TO``."""
    name: str
    address: str
    """Of its node (https); empty where it exchanges files alone."""
    public_key: bytes
    """SubjectPublicKeyInfo in DER."""
    certificate: bytes
    """The TLS certificate of its node in DER."""


@dataclass(frozen=True, slots=True)
class House:
    """The organisation that runs this node."""

    code: str
    name: str
    address: str
    certificate: bytes
    keys: tuple[bytes, ...]
    """Its public keys, the one that signs now last."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another organisation, as this house decided about it."""

    code: str
    name: str
    address: str
    keys: tuple[bytes, ...]
    """Public keys that were compared by hand; others follow from its letters."""
    revoked: frozenset[str]
    """Fingerprints that this house no longer believes, whatever letters say."""
    certificate: bytes
    limit: Marking
    """The strictest that it may have: a level, and the caveats that it accepted."""
    reliability: Reliability
    """How far this house believes it (Admiralty code)."""
    accepts: frozenset[LetterKind]
    """Kinds whose content comes into the picture without somebody asking for it."""

    @property
    def audience(self) -> Audience:
        """For whom something is shown that goes to it."""
        return Audience(self.code, self.limit)


@dataclass(frozen=True, slots=True)
class Partners:
    """The house and everybody that it exchanges letters with."""

    house: House
    others: tuple[Partner, ...] = ()

    def by_code(self) -> Mapping[str, Partner]:
        """Return the partners by their codes."""
        return {partner.code: partner for partner in self.others}


class Withheld(Enum):
    """Why a letter does not go to a partner."""

    LEVEL = "level"
    """Above the partner's limit, or above what goes to any partner."""
    NOT_RELEASABLE = "not releasable"
    """The partner is not among those that it is releasable to."""
    CAVEAT = "caveat"
    """It bears a caveat that the partner did not accept."""
    ORIGINATOR = "originator"
    """Another's letter that only its originator passes on."""
    NOT_NAMED = "not named"
    """Another's letter above TLP:GREEN that does not name the partner."""
    REALITY = "reality"
    """Of an exercise where the sky is real, or the other way round."""
    REVOKED = "revoked"
    """Its origin took it back before it went."""


def withheld(
    letter: Letter, partner: Partner, house: str, mark: ExerciseMark | None
) -> Withheld | None:
    """Return why a letter does not go from a house to a partner; None where it may.

    What another organisation wrote is passed on only where its marking lets everybody have it who
    is meant: never with ORCON, and above TLP:GREEN only to those whom it names.
    """
    marking = letter.marking
    if not belongs(letter.reality, mark):
        return Withheld.REALITY
    if not partner.audience.may_see(marking):
        return _why_hidden(marking, partner)
    if letter.origin in (house, partner.code):
        return None
    if ORIGINATOR_CONTROLLED in marking.caveats:
        return Withheld.ORIGINATOR
    if marking.level > Level.GREEN and marking.releasable_to is None:
        return Withheld.NOT_NAMED
    return None


def _why_hidden(marking: Marking, partner: Partner) -> Withheld:
    if not marking.may_go_to({partner.code}) and marking.releasable_to is not None:
        return Withheld.NOT_RELEASABLE
    if marking.level > partner.limit.level:
        return Withheld.LEVEL
    return Withheld.CAVEAT


def is_meant_for(marking: Marking, code: str) -> bool:
    """Tell whether what bears a marking may be held by an organisation that it came to."""
    named = marking.releasable_to is None or code in marking.releasable_to
    return named and marking.level <= MOST_FOR_PARTNERS


def held_marking(letter: Letter, house: str) -> Marking:
    """Return the marking of what a letter brought, once it stands in the picture of a house.

    Whatever rests on it goes no further than the letter itself would be passed on.
    """
    marking = letter.marking
    may_go_on = ORIGINATOR_CONTROLLED not in marking.caveats and (
        marking.level <= Level.GREEN or marking.releasable_to is not None
    )
    if may_go_on:
        return marking
    own = frozenset({house, letter.origin})
    named = own if marking.releasable_to is None else own & marking.releasable_to
    return replace(marking, releasable_to=named)


def keys_of(partners: Partners) -> Mapping[str, Mapping[str, bytes]]:
    """Return the public keys that were told by hand, by origin and fingerprint."""
    told = {p.code: _by_name(p.keys) for p in partners.others}
    return {**told, partners.house.code: _by_name(partners.house.keys)}


def _by_name(keys: Iterable[bytes]) -> Mapping[str, bytes]:
    return {fingerprint_of(key): key for key in keys}
