"""What counts of a set of letters: a pure function of the set, in whatever order it came.

So nodes that hold the same letters say the same of them, and duplicates and replays change
nothing. No rule hangs on the moments that letters state, but for the reader's own moment, by
which some have expired.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.dossiers import fingerprint_of
from hoshimori.model.letters import (
    CorrectionContent,
    FactsContent,
    IncidentContent,
    KeysContent,
    LetterKind,
    LetterState,
    SignedLetter,
)


@dataclass(frozen=True, slots=True)
class OriginKeys:
    """The keys of one organisation: which were told by hand, and which are not believed here."""

    told: frozenset[str]
    revoked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BelievedKeys:
    """What letters make of the keys of one organisation."""

    public_keys: Mapping[str, bytes]
    """Those that letters brought, by fingerprint."""
    known: frozenset[str]
    """All that ever spoke for it."""
    trusted: frozenset[str]
    """Those that speak for it now."""
    vouched: frozenset[str]
    """Letters that it stands by although a revoked key signed them."""


def believed_keys(told: OriginKeys, letters: Iterable[SignedLetter]) -> BelievedKeys:
    """Return which keys speak for an origin, by what was told by hand and by its own letters.

    A key is brought by a letter that a key before it signed. Any key that ever spoke for the origin
    can say that a key is revoked; a revoked key brings no key and vouches for nothing, unless a
    key that is trusted vouches for its letter.
    """
    of_keys = sorted(
        (one for one in letters if isinstance(one.letter.content, KeysContent)),
        key=lambda one: one.letter_id,
    )
    known = _reached(told.told, of_keys, blocked=frozenset(), vouched=frozenset())
    revoked = told.revoked | {
        key for one in of_keys if one.key in known for key in _keys(one).revoked
    }
    vouched: frozenset[str] = frozenset()
    while True:
        trusted = _reached(told.told, of_keys, blocked=revoked, vouched=vouched)
        now = frozenset(
            letter
            for one in of_keys
            if one.key in trusted or one.letter_id in vouched
            for letter in _keys(one).vouched
        )
        if now == vouched:
            break
        vouched |= now
    brought = {
        fingerprint_of(new): new for one in of_keys if (new := _keys(one).new_key) is not None
    }
    return BelievedKeys(
        {name: key for name, key in brought.items() if name in known}, known, trusted, vouched
    )


def letter_states(
    letters: Sequence[SignedLetter],
    told: Mapping[str, OriginKeys],
    as_of_utc: datetime,
) -> Mapping[str, LetterState]:
    """Return whether each letter counts at the reader's moment, by letter id.

    Only its own origin corrects or revokes a letter; a correction that does not count itself
    corrects nothing. What is revoked stays revoked.
    """
    by_origin: dict[str, list[SignedLetter]] = {}
    for one in letters:
        by_origin.setdefault(one.letter.origin, []).append(one)
    states: dict[str, LetterState] = {}
    for origin, own in by_origin.items():
        keys = believed_keys(told.get(origin, OriginKeys(frozenset())), own)
        states |= _states_of_origin(own, keys, as_of_utc)
    return states


def _states_of_origin(
    own: Sequence[SignedLetter], keys: BelievedKeys, as_of_utc: datetime
) -> dict[str, LetterState]:
    spoken = [o for o in own if o.key in keys.trusted or o.letter_id in keys.vouched]
    # A revocation by any key that ever spoke for it holds: at worst something counts too little.
    revoked = {
        one.letter.about
        for one in own
        if one.letter.kind is LetterKind.REVOCATION and one.key in keys.known
    }
    counting = {
        one.letter_id: one
        for one in spoken
        if one.letter_id not in revoked and not _is_expired(one, as_of_utc)
    }
    corrected = {
        one.letter.about
        for one in counting.values()
        if isinstance(one.letter.content, CorrectionContent) and one.letter.about != one.letter_id
    }
    said = {one.letter_id for one in spoken}
    return {one.letter_id: _state(one, said, revoked, corrected, as_of_utc) for one in own}


def _state(
    one: SignedLetter,
    said: Collection[str],
    revoked: Collection[str | None],
    corrected: Collection[str | None],
    as_of_utc: datetime,
) -> LetterState:
    if one.letter_id in revoked:
        return LetterState.REVOKED
    if one.letter_id not in said and one.letter.kind is not LetterKind.REVOCATION:
        return LetterState.UNVOUCHED
    if _is_expired(one, as_of_utc):
        return LetterState.EXPIRED
    return LetterState.CORRECTED if one.letter_id in corrected else LetterState.COUNTS


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Letters that say different things about one matter; shown side by side, never resolved."""

    about: str
    """The letter corrected in several ways, or the objects that are spoken of."""
    letters: tuple[str, ...]


def disagreements(
    letters: Iterable[SignedLetter], states: Mapping[str, LetterState]
) -> tuple[Disagreement, ...]:
    """Return where letters that count say different things.

    Two corrections of one letter; two origins about the same objects at the same time; two origins
    with other elements for one object and epoch.
    """
    counting = sorted(
        (one for one in letters if states[one.letter_id] is LetterState.COUNTS),
        key=lambda one: one.letter_id,
    )
    return (
        *_corrections_apart(counting),
        *_incidents_side_by_side(counting),
        *_facts_apart(counting),
    )


def _corrections_apart(counting: Sequence[SignedLetter]) -> list[Disagreement]:
    by_subject: dict[str, list[str]] = {}
    for one in counting:
        if isinstance(one.letter.content, CorrectionContent) and one.letter.about:
            by_subject.setdefault(one.letter.about, []).append(one.letter_id)
    return [Disagreement(about, tuple(ids)) for about, ids in by_subject.items() if len(ids) > 1]


def _incidents_side_by_side(counting: Sequence[SignedLetter]) -> list[Disagreement]:
    told = [(o, c) for o in counting if isinstance(c := o.letter.content, IncidentContent)]
    found = []
    for k, (one, of_one) in enumerate(told):
        for other, of_other in told[k + 1 :]:
            shared = sorted({*of_one.objects} & {*of_other.objects})
            overlap = of_one.start_utc <= of_other.end_utc and of_other.start_utc <= of_one.end_utc
            if shared and overlap and one.letter.origin != other.letter.origin:
                about = ", ".join(map(str, shared))
                found.append(Disagreement(about, (one.letter_id, other.letter_id)))
    return found


def _facts_apart(counting: Sequence[SignedLetter]) -> list[Disagreement]:
    """Return sets of one object and epoch that differ between origins."""
    said: dict[tuple[int, str], dict[tuple[float, ...], tuple[str, str]]] = {}
    for one in counting:
        if not isinstance(one.letter.content, FactsContent):
            continue
        sets = one.letter.content.element_sets
        values = zip(
            sets.norad_id.tolist(),
            sets.epoch_utc.astype(str).tolist(),
            sets.mean_motion_rev_day.tolist(),
            sets.eccentricity.tolist(),
            sets.inclination_deg.tolist(),
            sets.raan_deg.tolist(),
            sets.arg_of_pericenter_deg.tolist(),
            sets.mean_anomaly_deg.tolist(),
            strict=True,
        )
        for number, epoch, *elements in values:
            of_moment = said.setdefault((number, epoch), {})
            of_moment.setdefault(tuple(elements), (one.letter.origin, one.letter_id))
    return [
        Disagreement(str(number), tuple(sorted({letter for _, letter in versions.values()})))
        for (number, _), versions in said.items()
        if len({origin for origin, _ in versions.values()}) > 1
    ]


def _reached(
    start: frozenset[str],
    of_keys: Sequence[SignedLetter],
    *,
    blocked: frozenset[str],
    vouched: frozenset[str],
) -> frozenset[str]:
    """Return the keys that the first ones lead to, letter by letter, past the blocked ones."""
    reached = start - blocked
    while True:
        more = {
            fingerprint_of(new)
            for one in of_keys
            if one.key in reached or one.letter_id in vouched
            if (new := _keys(one).new_key) is not None
        }
        grown = reached | (more - blocked)
        if grown == reached:
            return reached
        reached = grown


def _keys(one: SignedLetter) -> KeysContent:
    assert isinstance(one.letter.content, KeysContent)
    return one.letter.content


def _is_expired(one: SignedLetter, as_of_utc: datetime) -> bool:
    expires = one.letter.expires_utc
    return expires is not None and expires <= as_of_utc
