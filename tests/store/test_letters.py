"""The register of letters: it only grows, all of a bundle or nothing, and streams hang together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.made_letters import NOW, made_letter, made_signed, numbered

from hoshimori.dossier.letter_streams import beginning, places_after
from hoshimori.errors import StoreError
from hoshimori.model.letter_records import Acceptance, Taking
from hoshimori.model.letters import (
    LetterKind,
    RefusalReason,
    RefusedLetter,
    RevocationContent,
    RevocationReason,
    StreamPlace,
)
from hoshimori.store import letters as module
from hoshimori.store.letters import LetterRegister, open_letters

LETTERS = numbered(4)
IDS = [one.letter_id for one in LETTERS]
THEIRS = numbered(2, "USA")
APART = RefusedLetter("9" * 64, RefusalReason.UNKNOWN_ORIGIN, "ask for the card", b"bytes")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[LetterRegister]:
    with open_letters(tmp_path, create=True) as opened:
        yield opened


def write(register: LetterRegister, count: int, partner: str = "USA") -> None:
    register.write(
        LETTERS[:count], {partner: IDS[:count]}, house="JPN", streams={partner: "s1"}, now_utc=NOW
    )


def taking(**of: object) -> Taking:
    told: dict[str, object] = {
        "partner": "USA", "place": None, "letters": (), "refused": (), "acknowledged": None,
    }  # fmt: skip
    return Taking(**(told | of))  # type: ignore[arg-type]


def test_letters_are_kept_once_and_offered_once(register: LetterRegister) -> None:
    write(register, 2)
    write(register, 3)
    assert [one.letter_id for one in register.letters()] == IDS[:3]
    outbox = register.outbox("USA")
    assert [offer.letter_id for offer in outbox.offers] == IDS[:3]
    assert [offer.place for offer in outbox.offers] == list(places_after(beginning("s1"), IDS[:3]))
    assert outbox.waiting == outbox.offers
    assert register.offered(IDS[0]) == ("USA",)
    assert register.offered(IDS[3]) == ()
    kept = register.letter(IDS[1])
    assert kept is not None
    assert (kept.via, kept.received_utc, kept.line) == ("JPN", NOW, LETTERS[1].line)


def test_letters_are_found_by_their_kind_and_by_what_was_taken_back(
    register: LetterRegister,
) -> None:
    wrong = made_signed(
        made_letter(RevocationContent(RevocationReason.WRONG), about=LETTERS[0].letter_id)
    )
    write(register, 2)
    register.write([wrong], {}, house="JPN", streams={}, now_utc=NOW)
    assert [one.letter_id for one in register.letters(LetterKind.REVOCATION)] == [wrong.letter_id]
    assert register.revoked_by("JPN") == {LETTERS[0].letter_id}
    assert register.revoked_by("USA") == frozenset()


def test_what_is_acknowledged_waits_no_more_and_goes_never_back(register: LetterRegister) -> None:
    write(register, 4)
    places = [offer.place for offer in register.outbox("USA").offers]
    for number, waiting in ((3, 1), (1, 1), (4, 0)):
        register.take(taking(acknowledged=places[number - 1]), NOW)
        assert len(register.outbox("USA").waiting) == waiting


def test_a_stream_begun_anew_has_its_own_numbers(register: LetterRegister) -> None:
    write(register, 3)
    register.take(taking(acknowledged=register.outbox("USA").offers[1].place), NOW)
    register.begin_stream("USA", "s2", [IDS[2], IDS[0]], NOW)
    outbox = register.outbox("USA")
    assert outbox.stream == "s2"
    assert [offer.letter_id for offer in outbox.waiting] == [IDS[2], IDS[0]]
    assert outbox.acknowledged == 0
    assert register.streams_to("USA") == ("s1", "s2")


def test_only_what_is_kept_can_be_offered(register: LetterRegister) -> None:
    other = {"USA": ["a" * 64]}
    with pytest.raises(StoreError, match="is not kept here"):
        register.write(LETTERS[:1], other, house="JPN", streams={"USA": "s1"}, now_utc=NOW)
    assert register.letters() == ()
    assert register.outbox("USA").stream == ""


def test_a_bundle_is_taken_whole_and_once(register: LetterRegister) -> None:
    place = StreamPlace("t1", 2, "a" * 64)
    one = taking(place=place, letters=tuple(THEIRS), refused=(APART,))
    assert register.take(one, NOW) == tuple(letter.letter_id for letter in THEIRS)
    assert register.take(one, NOW + timedelta(hours=1)) == ()
    assert register.taken("USA") == (place,)
    assert [kept.received_utc for kept in register.letters()] == [NOW, NOW]
    (refusal,) = register.refusals()
    assert (refusal.partner, refusal.reason, refusal.line) == ("USA", APART.reason, b"bytes")


def test_a_place_is_not_gone_back_to_and_streams_stand_in_the_order_of_their_beginning(
    register: LetterRegister,
) -> None:
    for stream, number in (("t1", 5), ("t2", 1), ("t1", 3), ("t1", 6)):
        register.take(taking(place=StreamPlace(stream, number, "a" * 64)), NOW)
    assert [(p.stream, p.number) for p in register.taken("USA")] == [("t1", 6), ("t2", 1)]
    assert register.taken("AUS") == ()


def test_what_became_a_letter_since_is_refused_no_more(register: LetterRegister) -> None:
    refused = RefusedLetter(THEIRS[0].letter_id, RefusalReason.UNKNOWN_ORIGIN, "", b"x")
    register.refuse("USA", refused, NOW)
    assert len(register.refusals()) == 1
    register.take(taking(letters=(THEIRS[0],)), NOW)
    assert register.refusals() == ()


def test_refusals_are_bounded(register: LetterRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REFUSALS", 2)
    monkeypatch.setattr(module, "MOST_APART_BYTES", 15)
    for digit in "abc":
        refused = RefusedLetter(digit * 64, RefusalReason.UNKNOWN_FORM, "", b"ten bytes.")
        register.refuse("", refused, NOW)
    assert [one.line for one in register.refusals()] == [b"ten bytes.", b""]


def test_what_came_into_the_picture_is_kept(register: LetterRegister) -> None:
    one = Acceptance("a" * 64, NOW, "sato", "partner/USA/TLP:GREEN")
    register.accept(one)
    register.accept(one)
    assert register.acceptances() == (one,)


@pytest.mark.parametrize("table", module._NAMES)
def test_nothing_is_changed_or_deleted(register: LetterRegister, table: str) -> None:
    write(register, 2)
    register.take(
        taking(
            place=StreamPlace("t1", 1, "a" * 64),
            refused=(APART,),
            acknowledged=register.outbox("USA").offers[0].place,
        ),
        NOW,
    )
    register.accept(Acceptance("a" * 64, NOW, "sato", ""))
    with sqlite3.connect(register.path) as raw:
        for change in (f"UPDATE {table} SET seq = seq + 100", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(change)
    raw.close()


def test_a_stream_only_grows_at_its_end(register: LetterRegister) -> None:
    write(register, 2)
    with sqlite3.connect(register.path) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(
            "INSERT INTO offers (stream, number, chain, letter_id, offered_utc)"
            " VALUES ('s1', 5, '', '', '')"
        )
    raw.close()


def test_it_is_private_and_begins_only_where_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="share init"):
        open_letters(tmp_path)
    open_letters(tmp_path, create=True).close()
    assert (tmp_path / module.FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_failed_bundle_leaves_nothing(
    register: LetterRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(module, "_move_on", fail)
    with pytest.raises(StoreError, match="the disk is full"):
        register.take(
            taking(place=StreamPlace("t1", 2, "a" * 64), letters=tuple(THEIRS), refused=(APART,)),
            NOW,
        )
    assert register.letters() == ()
    assert register.refusals() == ()
