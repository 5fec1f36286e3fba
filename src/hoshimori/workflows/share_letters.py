"""Letters signed and opened: where the value, its one form and its signature meet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from hoshimori.dossier.envelope import SigningKey, public_key_of
from hoshimori.dossier.signed_json import SignedJson, SignedKind, open_signed, sign_json
from hoshimori.errors import FormatError
from hoshimori.formats.bundles import MOST_LETTER_BYTES
from hoshimori.formats.letters import is_of_another_version, letter_from, letter_value
from hoshimori.model.dossiers import fingerprint_of
from hoshimori.model.letters import Letter, RefusalReason, RefusedLetter, SignedLetter

_KEY = "key"

Judge = Callable[[str, Letter], RefusedLetter | None]
"""Says, by id and content, why a letter is not taken; None where it may be."""


def sealed_letter(letter: Letter, key: SigningKey) -> SignedLetter:
    """Return a letter signed, in the bytes that go from house to house.

    Raises:
        FormatError: it cannot be written, cannot be read back, or is too large for a bundle.
    """
    line = sign_json(signed_value(letter, key), SignedKind.LETTER, key)
    if len(line) > MOST_LETTER_BYTES:
        raise FormatError(
            f"{len(line):,} bytes signed: a letter has at most {MOST_LETTER_BYTES:,}; tell it in "
            "several"
        )
    opened = open_signed(line, SignedKind.LETTER, "letter")
    return SignedLetter(opened.digest, _letter_of(opened, "letter"), opened.key, line)


def signed_value(letter: Letter, key: SigningKey) -> dict[str, Any]:
    """Return what an origin signs: the letter, and by which of its keys.

    The key stands inside, so that one letter signed by two keys is two letters: whether a letter
    counts can hang on its key.
    """
    return letter_value(letter) | {_KEY: fingerprint_of(public_key_of(key))}


def kept_letter(line: bytes) -> SignedLetter:
    """Return a letter that was opened and kept before; its bytes are proved, not whose they are.

    Raises:
        FormatError: it was changed since.
    """
    opened = open_signed(line, SignedKind.LETTER, "kept letter")
    if not opened.holds:
        raise FormatError("was changed since it was kept", source=f"letter {opened.digest[:12]}")
    return SignedLetter(opened.digest, _letter_of(opened, "kept letter"), opened.key, line)


def opened_letter(
    line: bytes, known: Mapping[str, Mapping[str, bytes]], judge: Judge | None = None
) -> SignedLetter | RefusedLetter:
    """Return the letter of a line, where a key that its origin is known by signed it; else why not.

    `known` are the public keys of each origin by fingerprint, revoked ones included: whether a
    letter of a revoked key counts is another question. `judge` says why a letter that can be read
    is not taken; it is asked before anything of the letter is kept.
    """
    place = f"letter {hashlib.sha256(line).hexdigest()[:12]}"
    if len(line) > MOST_LETTER_BYTES:
        return _refused(line, RefusalReason.TOO_LARGE, f"{place}: {len(line):,} bytes")
    try:
        opened = open_signed(line, SignedKind.LETTER, place)
    except FormatError as error:
        return _refused(line, RefusalReason.UNREADABLE, str(error))
    place = f"letter {opened.digest[:12]}"
    if not opened.holds:
        problem = f"{place}: the signature is not one of this letter: ask for it again"
        return _refused(line, RefusalReason.BAD_SIGNATURE, problem, opened.digest)
    if is_of_another_version(opened.value):
        form, kind = (repr(opened.value.get(name))[:60] for name in ("form", "kind"))
        problem = f"{place}: form {form}, kind {kind}: upgrade Hoshimori to read it"
        return _refused(line, RefusalReason.UNKNOWN_FORM, problem, opened.digest, keep=True)
    try:
        letter = _letter_of(opened, place)
    except FormatError as error:
        return _refused(line, RefusalReason.UNREADABLE, str(error), opened.digest)
    if judge is not None and (refused := judge(opened.digest, letter)) is not None:
        return refused
    if known.get(letter.origin, {}).get(opened.key) != opened.public_key:
        problem = (
            f"{place}: says it is of {letter.origin}, by the key {opened.key[:16]} of which nobody "
            f"has told us: ask {letter.origin} for its card"
        )
        return _refused(line, RefusalReason.UNKNOWN_ORIGIN, problem, opened.digest, keep=True)
    return SignedLetter(opened.digest, letter, opened.key, line)


def _letter_of(opened: SignedJson, place: str) -> Letter:
    value = opened.value
    if not isinstance(value, dict) or value.get(_KEY) != opened.key:
        raise FormatError("is not that of the signature", source=place, field=_KEY)
    return letter_from({name: v for name, v in value.items() if name != _KEY}, place)


def _refused(
    line: bytes, reason: RefusalReason, detail: str, letter_id: str = "", *, keep: bool = False
) -> RefusedLetter:
    name = letter_id or hashlib.sha256(line).hexdigest()
    return RefusedLetter(name, reason, detail, line if keep else b"")
