"""Everything that a node holds, read: letters, whose keys are believed, and what counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoshimori.dossier.letter_standing import (
    BelievedKeys,
    Disagreement,
    OriginKeys,
    believed_keys,
    disagreements,
    letter_states,
)
from hoshimori.model.dossiers import fingerprint_of
from hoshimori.model.letter_records import Acceptance, KeptLetter
from hoshimori.model.letters import LetterState, SignedLetter
from hoshimori.model.partners import Partners, keys_of
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_letters import kept_letter


@dataclass(frozen=True, slots=True)
class Held:
    """All letters of a node, with what counts of them at one moment."""

    letters: tuple[SignedLetter, ...]
    """In the order in which they came; nothing hangs on it."""
    kept: Mapping[str, KeptLetter]
    states: Mapping[str, LetterState]
    disagreements: tuple[Disagreement, ...]
    accepted: Mapping[str, Acceptance]

    def by_id(self) -> Mapping[str, SignedLetter]:
        """Return the letters by their ids."""
        return {one.letter_id: one for one in self.letters}

    def about(self, letter_id: str) -> tuple[SignedLetter, ...]:
        """Return the letters about one letter."""
        return tuple(one for one in self.letters if one.letter.about == letter_id)


def read_node(node: Node, as_of_utc: datetime) -> Held:
    """Return everything that a node holds, as of a moment of the reader's clock.

    Raises:
        FormatError: a kept letter was changed.
        StoreError: the register cannot be read.
    """
    kept = node.register.letters()
    letters = tuple(kept_letter(one.line) for one in kept)
    states = letter_states(letters, told_keys(node.partners), as_of_utc)
    return Held(
        letters,
        {one.letter_id: one for one in kept},
        states,
        disagreements(letters, states),
        {one.letter_id: one for one in node.register.acceptances()},
    )


def told_keys(partners: Partners) -> Mapping[str, OriginKeys]:
    """Return the keys that were told by hand, and those that the house no longer believes."""
    house = partners.house
    told = {
        p.code: OriginKeys(frozenset(map(fingerprint_of, p.keys)), p.revoked)
        for p in partners.others
    }
    return {**told, house.code: OriginKeys(frozenset(map(fingerprint_of, house.keys)))}


def believed_of(origin: str, partners: Partners, letters: Sequence[SignedLetter]) -> BelievedKeys:
    """Return which keys speak for an origin, by partners told and letters held."""
    own = [one for one in letters if one.letter.origin == origin]
    return believed_keys(told_keys(partners).get(origin, OriginKeys(frozenset())), own)


def known_keys(
    partners: Partners, letters: Sequence[SignedLetter]
) -> Mapping[str, Mapping[str, bytes]]:
    """Return every key that ever spoke for each origin, revoked ones included."""
    return {
        origin: {**told, **believed_of(origin, partners, letters).public_keys}
        for origin, told in keys_of(partners).items()
    }
