"""Letters signed and opened: whose they are, and why one is not taken."""

from __future__ import annotations

import pytest
from tests.made_letters import (
    EVERY_CONTENT,
    made_fingerprint,
    made_key,
    made_letter,
    made_line,
    made_partner,
    made_partners,
)

from hoshimori.errors import FormatError
from hoshimori.formats.bundles import MOST_LETTER_BYTES
from hoshimori.model.letters import (
    AnyContent,
    DossierContent,
    RefusalReason,
    RefusedLetter,
    SignedLetter,
)
from hoshimori.model.partners import keys_of
from hoshimori.workflows import share_letters
from hoshimori.workflows.share_letters import opened_letter, sealed_letter

KNOWN = keys_of(made_partners("JPN", made_partner("USA")))


@pytest.mark.parametrize("content", EVERY_CONTENT, ids=lambda c: type(c).__name__)
def test_a_letter_that_was_sealed_opens(content: AnyContent) -> None:
    sealed = sealed_letter(made_letter(content, "USA"), made_key("USA"))
    opened = opened_letter(sealed.line, KNOWN)
    assert isinstance(opened, SignedLetter)
    assert opened.letter_id == sealed.letter_id
    assert opened.key == made_fingerprint("USA")
    assert opened.letter.kind is sealed.letter.kind


LETTER = made_letter(origin="USA")


@pytest.mark.parametrize(
    ("line", "reason", "said", "kept"),
    [
        (b"{}", RefusalReason.UNREADABLE, "is no envelope", False),
        (b"", RefusalReason.UNREADABLE, "is not JSON", False),
        (b"x" * (MOST_LETTER_BYTES + 1), RefusalReason.TOO_LARGE, "bytes", False),
        (made_line(LETTER, form="hoshimori-letter/7"), RefusalReason.UNKNOWN_FORM, "upgrade", True),
        (made_line(LETTER, kind="parcel"), RefusalReason.UNKNOWN_FORM, "upgrade", True),
        (made_line(LETTER, marking="TLP:BLUE"), RefusalReason.UNREADABLE, "marking", False),
        (made_line(LETTER, "JPN"), RefusalReason.UNKNOWN_ORIGIN, "nobody has told us", True),
        (made_line(made_letter(origin="AUS")), RefusalReason.UNKNOWN_ORIGIN, "AUS", True),
        (
            made_line(LETTER).replace(b'"sig":"', b'"sig":"AAAA', 1),
            RefusalReason.BAD_SIGNATURE,
            "the signature",
            False,
        ),
    ],
    ids=lambda value: str(value)[:24],
)
def test_why_a_letter_is_not_taken(
    line: bytes, reason: RefusalReason, said: str, kept: bool
) -> None:
    refused = opened_letter(line, KNOWN)
    assert isinstance(refused, RefusedLetter)
    assert refused.reason is reason
    assert said in refused.detail
    assert refused.line == (line if kept else b"")


def test_a_letter_too_large_for_a_bundle_is_not_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_letters, "MOST_LETTER_BYTES", 10_000)
    large = made_letter(DossierContent(b"x" * 8_000))
    with pytest.raises(FormatError, match="tell it in several"):
        sealed_letter(large, made_key("JPN"))
