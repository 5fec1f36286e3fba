"""Bundles between nodes: all converge, nothing is lost, and what is hostile is refused by name."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made_letters import (
    AMBER,
    GREEN,
    NOW,
    made_letter,
    made_line,
    made_public_key,
    made_report,
    made_signed,
    replace_text,
)
from tests.made_nodes import bundle, ids, made_houses, meet, opened_nodes, refusal, take, told

from hoshimori.dossier.signed_json import SignedKind, open_signed, sign_json
from hoshimori.formats.bundles import MOST_BYTES, join_bundle, split_bundle
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.letters import (
    Letter,
    LetterKind,
    LetterState,
    RefusalReason,
    ReplyContent,
    ReportContent,
    RevocationReason,
    SignedLetter,
)
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.workflows import share_bundles
from hoshimori.workflows.share_bundles import Occasion, preview
from hoshimori.workflows.share_house import Node, load_partners, opened_node
from hoshimori.workflows.share_offers import Said, pass_on
from hoshimori.workflows.share_reading import read_node
from hoshimori.workflows.share_taking import Expected
from hoshimori.workflows.share_words import correct, reply, revoke, rotate
from hoshimori.workflows.stores import begin_exercise_store

CODES = ("JPN", "USA", "AUS")


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made_houses(tmp_path_factory.mktemp("houses"), CODES)


@pytest.fixture
def nodes(houses: dict[str, Path], tmp_path: Path) -> Iterator[dict[str, Node]]:
    copies = {code: shutil.copytree(place, tmp_path / code) for code, place in houses.items()}
    with opened_nodes(copies) as opened:
        yield opened


def said(text: str, marking: Marking = GREEN) -> Said:
    report = replace(replace_text(made_report(), text), marking=marking)
    return Said(ReportContent(report), marking, Reality.REAL)


def one_letter(node: Node, partner: str, text: str, marking: Marking = GREEN) -> SignedLetter:
    done = told(node, partner, said(text, marking))
    assert not done.stay
    return done.letters[0]


def held_ids(node: Node) -> set[str]:
    return {one.letter_id for one in node.register.letters()}


def test_letters_go_once_and_are_acknowledged(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    sent = [one_letter(jpn, "USA", f"Report {n}.") for n in range(3)]
    done = take(usa, bundle(jpn, "USA"))
    assert ids(done.new) == ids(sent)
    assert done.known == 0
    again = take(usa, bundle(jpn, "USA"))
    assert (again.new, again.known) == ((), 3)
    take(jpn, bundle(usa, "JPN"))
    assert jpn.register.outbox("USA").waiting == ()
    later = one_letter(jpn, "USA", "Later.")
    assert ids(take(usa, bundle(jpn, "USA")).new) == [later.letter_id]


def test_lost_late_doubled_and_reordered_bundles_lead_to_the_same(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    carried = []
    for n in range(5):
        one_letter(jpn, "USA", f"Report {n}.")
        carried.append(bundle(jpn, "USA"))
        if n == 2:
            take(usa, carried[n])
            take(jpn, bundle(usa, "JPN"))
    shuffled = carried * 2
    random.Random(7).shuffle(shuffled)
    for data in shuffled:
        take(usa, data)
    assert held_ids(usa) == held_ids(jpn)
    take(jpn, bundle(usa, "JPN"))
    assert jpn.register.outbox("USA").waiting == ()


def test_a_gap_is_named_and_mended(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    one_letter(jpn, "USA", "First.")
    first = bundle(jpn, "USA")
    one_letter(jpn, "USA", "Second.")
    second = bundle(jpn, "USA", Occasion(after=1))
    (gap,) = take(usa, second).refused
    assert gap.reason is RefusalReason.GAP
    assert "letters 1 to 1 of JPN are missing" in gap.detail
    assert usa.register.refusals() == ()
    take(usa, first)
    take(usa, second)
    assert len(held_ids(usa)) == 2


def test_three_nodes_cut_off_and_joined_again_converge(nodes: dict[str, Node]) -> None:
    """Also with clocks ten minutes apart, in any order of meeting, with everything doubled."""
    skew = {"JPN": timedelta(0), "USA": timedelta(minutes=10), "AUS": -timedelta(minutes=10)}
    jpn, usa, aus = (nodes[code] for code in CODES)
    first = one_letter(jpn, "USA", "It began at eight.")
    pass_on(jpn, jpn.partner("AUS"), first, NOW)
    for code in ("USA", "AUS"):
        take(nodes[code], bundle(jpn, code), NOW + skew[code])
    # Cut off: JPN corrects, AUS answers, USA asks; each sees its own clock alone.
    held = {code: read_node(nodes[code], NOW + skew[code]) for code in CODES}
    on = {code: held[code].by_id()[first.letter_id] for code in CODES}
    correct(jpn, on["JPN"], "It began at nine.", None, NOW + skew["JPN"])
    correct(jpn, on["JPN"], "It began at ten.", None, NOW + skew["JPN"])
    answers = [
        reply(nodes[code], on[code], "We saw it too.", NOW + skew[code], kind=kind)
        for code, kind in (("AUS", LetterKind.REPLY), ("USA", LetterKind.QUESTION))
    ]
    for code, other in (("AUS", "USA"), ("USA", "AUS")):
        pass_on(nodes[code], nodes[code].partner(other), answers[0 if code == "AUS" else 1], NOW)
    order = [*itertools.permutations(CODES, 2)] * 4
    random.Random(3).shuffle(order)
    for sender, receiver in order:
        take(nodes[receiver], bundle(nodes[sender], receiver), NOW + skew[receiver])
        if sender == "JPN":
            for answer in answers:
                if answer.letter_id in held_ids(jpn) and answer.letter.origin != receiver:
                    pass_on(jpn, jpn.partner(receiver), answer, NOW)
    assert held_ids(jpn) == held_ids(usa) == held_ids(aus)
    seen = [read_node(nodes[code], NOW + skew[code]) for code in CODES]
    assert seen[0].states == seen[1].states == seen[2].states
    assert seen[0].disagreements == seen[1].disagreements == seen[2].disagreements
    assert seen[0].states[first.letter_id] is LetterState.CORRECTED
    assert len(seen[0].disagreements) == 1


def test_a_letter_passed_on_is_its_origins_and_counts_once(nodes: dict[str, Node]) -> None:
    jpn, usa, aus = (nodes[code] for code in CODES)
    first = one_letter(jpn, "USA", "For all.")
    take(usa, bundle(jpn, "USA"))
    pass_on(usa, usa.partner("AUS"), first, NOW)
    assert ids(take(aus, bundle(usa, "AUS")).new) == [first.letter_id]
    pass_on(jpn, jpn.partner("AUS"), first, NOW)
    assert take(aus, bundle(jpn, "AUS")).known == 1
    (kept,) = aus.register.letters()
    assert kept.via == "USA"
    assert read_node(aus, NOW).letters[0].letter.origin == "JPN"


def test_a_letter_that_may_no_longer_go_leaves_no_gap(
    nodes: dict[str, Node], tmp_path: Path
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    one_letter(jpn, "USA", "Open.", Marking(Level.CLEAR))
    secret = one_letter(jpn, "USA", "Between us.", AMBER)
    one_letter(jpn, "USA", "Open too.", Marking(Level.CLEAR))
    assert len(preview(jpn, jpn.partner("USA")).letters) == 3
    meet(jpn.folder, usa.folder, Marking(Level.CLEAR))  # the limit is lowered
    with opened_node(jpn.folder) as lowered:
        shown = preview(lowered, lowered.partner("USA"))
        assert len(shown.letters) == 2
        assert sum(shown.stay.values()) == 1
        data = bundle(lowered, "USA")
        head, *lines = split_lines(data)
        announced = open_signed(head, SignedKind.BUNDLE, "x").value["entries"]
        assert secret.letter_id not in {letter_id for letter_id, _ in announced}
        assert secret.line not in lines
        done = take(usa, data)
        assert (len(done.new), done.refused) == (2, ())


def test_what_was_taken_back_before_it_went_goes_nowhere(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    wrong = one_letter(jpn, "USA", "Not meant for you.")
    revoke(jpn, wrong, RevocationReason.NOT_MEANT, NOW)
    done = take(usa, bundle(jpn, "USA"))
    assert [one.letter.kind for one in done.new] == [LetterKind.REVOCATION]


def test_everybody_who_has_a_letter_hears_that_it_is_taken_back(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    wrong = one_letter(jpn, "USA", "Between us.", AMBER)
    take(usa, bundle(jpn, "USA"))
    meet(jpn.folder, usa.folder, Marking(Level.CLEAR))
    with opened_node(jpn.folder) as lowered:
        revoke(lowered, wrong, RevocationReason.WRONG, NOW)
        take(usa, bundle(lowered, "USA"))
    assert read_node(usa, NOW).states[wrong.letter_id] is LetterState.REVOKED


def test_a_node_restored_from_a_backup_loses_and_repeats_nothing(
    nodes: dict[str, Node], tmp_path: Path
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    old = [one_letter(jpn, "USA", f"Old {n}.") for n in range(2)]
    copy = shutil.copytree(jpn.folder, tmp_path / "backup")
    lost = [one_letter(jpn, "USA", f"Lost {n}.") for n in range(2)]
    take(usa, bundle(jpn, "USA"))
    answer = bundle(usa, "JPN")
    with opened_node(copy) as restored:
        new = [one_letter(restored, "USA", f"New {n}.") for n in range(3)]
        (other,) = take(usa, bundle(restored, "USA", Occasion(after=0))).refused
        assert other.reason is RefusalReason.OTHER_HISTORY
        take(restored, answer)  # tells of a place that the restored node does not know
        take(usa, bundle(restored, "USA"))
        assert held_ids(usa) == {*ids(old), *ids(lost), *ids(new)}
        take(restored, bundle(usa, "JPN"))
        assert restored.register.outbox("USA").waiting == ()


def test_a_partner_that_lost_everything_gets_it_again(
    nodes: dict[str, Node], houses: dict[str, Path], tmp_path: Path
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    sent = [one_letter(jpn, "USA", f"Report {n}.") for n in range(3)]
    take(usa, bundle(jpn, "USA"))
    take(jpn, bundle(usa, "JPN"))
    with opened_node(shutil.copytree(houses["USA"], tmp_path / "empty")) as empty:
        done = take(jpn, bundle(empty, "JPN"))
        assert done.resume_after == 0
        again = take(empty, bundle(jpn, "USA", Occasion(after=done.resume_after)))
        assert ids(again.new) == ids(sent)


def test_a_new_key_comes_by_a_letter_of_the_old_one(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    before = one_letter(jpn, "USA", "Before.")
    rotate(jpn, read_node(jpn, NOW), NOW, lost=False)
    with opened_node(jpn.folder) as turned:
        after = one_letter(turned, "USA", "After.")
        done = take(usa, bundle(turned, "USA"))
        assert done.refused == ()
        assert {before.letter_id, after.letter_id} < set(ids(done.new))
        assert set(read_node(usa, NOW).states.values()) == {LetterState.COUNTS}
        take(usa, bundle(turned, "USA"))


def test_after_a_loss_the_new_card_is_taken_by_hand(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    good = one_letter(jpn, "USA", "Before.")
    take(usa, bundle(jpn, "USA"))
    take(jpn, bundle(usa, "JPN"))
    stolen = jpn.key()
    rotate(jpn, read_node(jpn, NOW), NOW, lost=True)
    with opened_node(jpn.folder) as turned:
        later = one_letter(turned, "USA", "After.")
        refused = refusal(usa, bundle(turned, "USA")).refusal
        assert refused.reason is RefusalReason.REVOKED_KEY
        assert "take its new card" in refused.detail
        meet(usa.folder, jpn.folder)
        with opened_node(usa.folder) as knowing:
            done = take(knowing, bundle(turned, "USA"))
            assert later.letter_id in ids(done.new)
            head, *lines = split_lines(bundle(turned, "USA"))
            value = open_signed(head, SignedKind.BUNDLE, "x").value
            states = read_node(knowing, NOW).states
            assert states[good.letter_id] is LetterState.COUNTS
            assert states[later.letter_id] is LetterState.COUNTS
            forged = join_bundle(sign_json(value, SignedKind.BUNDLE, stolen), lines)
            assert refusal(knowing, forged).refusal.reason is RefusalReason.REVOKED_KEY


def test_former_keys_of_a_partner_are_believed_until_the_house_says_otherwise(
    nodes: dict[str, Node],
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    before = one_letter(jpn, "USA", "Before.")
    take(usa, bundle(jpn, "USA"))
    rotate(jpn, read_node(jpn, NOW), NOW, lost=False)
    for only, state in ((False, LetterState.COUNTS), (True, LetterState.UNVOUCHED)):
        meet(usa.folder, jpn.folder, only_this_key=only)
        with opened_node(usa.folder) as knowing:
            assert read_node(knowing, NOW).states[before.letter_id] is state


def split_lines(data: bytes) -> list[bytes]:
    head, lines = split_bundle(data, "x")
    return [head, *lines]


def test_a_letter_kept_apart_is_taken_once_its_key_is_known(
    nodes: dict[str, Node],
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    afar = made_signed(made_letter(origin="NZL"), "NZL")
    forward(jpn, afar, "USA")
    (apart,) = take(usa, bundle(jpn, "USA")).refused
    assert apart.reason is RefusalReason.UNKNOWN_ORIGIN
    assert usa.register.refusals()[0].line == afar.line
    partners = load_partners(usa.folder)
    known = replace(partners.others[0], code="NZL", keys=(made_public_key("NZL"),), certificate=b"")
    with opened_node(usa.folder) as knowing:
        knowing = replace(knowing, partners=replace(partners, others=(*partners.others, known)))
        one_letter(jpn, "USA", "Another.")
        done = take(knowing, bundle(jpn, "USA"))
        assert afar.letter_id in ids(done.new)
        assert knowing.register.refusals() == ()


def forward(node: Node, one: SignedLetter, partner: str) -> None:
    """Put any letter into a stream, as a node does that does not look."""
    node.register.write(
        [one], {partner: [one.letter_id]}, house=node.code, streams={partner: "raw"}, now_utc=NOW
    )


# What a partner that is not what it should be may send. Each case gives a bundle and the reason.

Change = Callable[[dict[str, Any], list[bytes]], tuple[dict[str, Any], list[bytes]]]


def made_head(node: Node, partner: str) -> tuple[dict[str, Any], list[bytes]]:
    head, *lines = split_lines(bundle(node, partner))
    return open_signed(head, SignedKind.BUNDLE, "x").value, lines


def resigned(node: Node, value: dict[str, Any], lines: list[bytes]) -> bytes:
    return join_bundle(sign_json(value, SignedKind.BUNDLE, node.key()), lines)


def zip_bomb(_: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", b"0" * 10_000_000)
    return file.getvalue()


R = RefusalReason
RAW: list[tuple[str, Callable[[bytes], bytes], RefusalReason, str]] = [
    ("nothing", lambda data: b"", R.UNREADABLE, "is no bundle"),
    ("a picture", lambda data: b"\x89PNG\r\n", R.UNREADABLE, "is no bundle"),
    ("zip bomb", zip_bomb, R.UNREADABLE, "is compressed"),
    ("gzip bomb", lambda d: gzip.compress(b"0" * 10_000_000), R.UNREADABLE, "compres"),
    ("huge", lambda data: b"{" * (MOST_BYTES + 1), R.UNREADABLE, "at most"),
    ("cut off", lambda data: data[: len(data) // 2], R.UNREADABLE, "cut off"),
    ("deep", lambda data: b"[" * 200_000 + b"]}\n", R.UNREADABLE, "is no bundle"),
    ("deep object", lambda d: b'{"a":' * 100_000 + b"}\n", R.UNREADABLE, "nested"),
    ("many lines", lambda data: data + b"{}\n" * 2000, R.UNREADABLE, "more than"),
    ("swapped byte", lambda d: d.replace(b'"sig":"', b'"sig":"AAAA', 1), R.BAD_SIGNATURE, "the si"),
    ("with a blank", lambda d: d.replace(b'{"payload"', b'{ "payload"', 1), R.UNREADABLE, "canon"),
]  # fmt: skip
HEADS: list[tuple[str, dict[str, Any], RefusalReason, str]] = [
    ("unknown schema", {"form": "hoshimori-bundle/9"}, R.UNKNOWN_FORM, "upgrade"),
    ("for another", {"receiver": "AUS"}, R.NOT_FOR_US, "is for AUS"),
    ("another's name", {"sender": "AUS"}, R.UNKNOWN_SENDER, "nobody has told us"),
    ("a stranger", {"sender": "NZL"}, R.UNKNOWN_SENDER, "no partner here"),
    ("path traversal", {"sender": "../../JPN"}, R.UNREADABLE, "partner's code"),
    ("of an exercise", {"reality": "EXERCISE"}, R.OTHER_REALITY, "of the real sky"),
    ("unknown field", {"path": "/etc/passwd"}, R.UNREADABLE, "does not know"),
    ("bad number", {"before": {"stream": "s", "number": 1e300, "chain": "0" * 64}},
     R.UNREADABLE, "whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "reason", "told_why"), RAW, ids=lambda v: str(v)[:16])
def test_a_bundle_that_is_none_is_refused(
    nodes: dict[str, Node],
    name: str,
    change: Callable[[bytes], bytes],
    reason: RefusalReason,
    told_why: str,
) -> None:
    one_letter(nodes["JPN"], "USA", "Report.")
    refused = refusal(nodes["USA"], change(bundle(nodes["JPN"], "USA"))).refusal
    assert refused.reason is reason, name
    assert told_why in refused.detail
    assert held_ids(nodes["USA"]) == set()
    assert [one.reason for one in nodes["USA"].register.refusals()] == [reason]


@pytest.mark.parametrize(
    ("name", "changes", "reason", "told_why"), HEADS, ids=lambda v: str(v)[:16]
)
def test_a_head_that_lies_is_refused(
    nodes: dict[str, Node],
    name: str,
    changes: dict[str, Any],
    reason: RefusalReason,
    told_why: str,
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    one_letter(jpn, "USA", "Report.")
    value, lines = made_head(jpn, "USA")
    refused = refusal(usa, resigned(jpn, value | changes, lines)).refusal
    assert refused.reason is reason, name
    assert told_why in refused.detail
    assert held_ids(usa) == set()


def test_a_bundle_of_another_exchange_is_refused(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    data = bundle(jpn, "USA", Occasion(challenge="one", answers="a" * 64))
    for expected in (Expected(is_open=lambda one: one == "other"), Expected(answers="b" * 64)):
        assert refusal(usa, data, expected).refusal.reason is RefusalReason.STALE


def secret(marking: Marking) -> Letter:
    return made_letter(ReplyContent("Secret."), marking=marking)


BAD_LETTERS: list[tuple[str, bytes, RefusalReason]] = [
    ("unknown kind", made_line(made_letter(), kind="parcel"), R.UNKNOWN_FORM),
    ("unknown form", made_line(made_letter(), form="hoshimori-letter/2"), R.UNKNOWN_FORM),
    ("no letter", b"{}", R.UNREADABLE),
    ("path in it", made_line(made_letter(), about="../../x"), R.UNREADABLE),
    ("unknown field", made_line(made_letter(), run="rm -rf /"), R.UNREADABLE),
    ("of a stranger", made_line(made_letter(origin="NZL")), R.UNKNOWN_ORIGIN),
    ("forged", made_line(made_letter(origin="AUS"), "JPN"), R.UNKNOWN_ORIGIN),
    ("of ours, forged", made_line(made_letter(origin="USA"), "JPN"), R.UNKNOWN_ORIGIN),
    ("for others", made_line(secret(Marking(Level.GREEN, frozenset({"AUS"})))), R.NOT_FOR_US),
    ("of a stranger, for others",
     made_line(secret(Marking(Level.GREEN, frozenset({"NZL"}))), "NZL"), R.NOT_FOR_US),
    ("escapes", made_line(made_letter(), form="hoshimori-letter/\x1b[2J"), R.UNKNOWN_FORM),
    ("too strict", made_line(secret(Marking(Level.RED))), R.NOT_FOR_US),
    ("of an exercise", made_line(made_letter(reality=Reality.EXERCISE)), R.OTHER_REALITY),
]  # fmt: skip


@pytest.mark.parametrize(("name", "line", "reason"), BAD_LETTERS, ids=lambda v: str(v)[:16])
def test_a_bad_letter_is_refused_alone(
    nodes: dict[str, Node], name: str, line: bytes, reason: RefusalReason
) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    sound = [one_letter(jpn, "USA", f"Report {n}.") for n in range(2)]
    value, lines = made_head(jpn, "USA")
    # The letters of this table are signed by the key of a name; the node must be known by it.
    partners = usa.partners
    others = tuple(
        replace(p, keys=(*p.keys, made_public_key(p.code))) if p.code == "JPN" else p
        for p in partners.others
    )
    knowing = replace(usa, partners=replace(partners, others=others))
    name_of = "7" * 64
    value["entries"].insert(1, [name_of, hashlib.sha256(line).hexdigest()])
    lines.insert(1, line)
    done = take(knowing, resigned(jpn, value, lines))
    assert [one.reason for one in done.refused] == [reason], name
    assert done.refused[0].detail.isprintable()
    assert ids(done.new) == ids(sound)
    apart = {RefusalReason.UNKNOWN_FORM, RefusalReason.UNKNOWN_ORIGIN}
    assert [one.line for one in usa.register.refusals()] == [line if reason in apart else b""]
    assert line not in {one.line for one in usa.register.letters()}
    # It was looked at, so that it is not asked for again.
    assert usa.register.taken("JPN")[-1].number == 3


def test_a_letter_damaged_on_the_way_is_asked_for_again(nodes: dict[str, Node]) -> None:
    jpn, usa = nodes["JPN"], nodes["USA"]
    sent = [one_letter(jpn, "USA", f"Report {n}.") for n in range(3)]
    head, *lines = split_lines(bundle(jpn, "USA"))
    for broken in ([lines[0], lines[1][:-9] + lines[1][-8:], lines[2]], lines[:1]):
        done = take(usa, join_bundle(head, broken))
        assert [one.reason for one in done.refused] == [RefusalReason.DAMAGED]
        assert held_ids(usa) == {sent[0].letter_id}
    take(usa, bundle(jpn, "USA"))
    assert held_ids(usa) == set(ids(sent))
    assert usa.register.refusals() == ()


def test_stores_of_an_exercise_share_among_themselves(tmp_path: Path) -> None:
    mark = ExerciseMark("Autumn Sky", NOW)
    for code in ("JPN", "USA"):
        begin_exercise_store(tmp_path / code, mark)
    with opened_nodes(made_houses(tmp_path, ("JPN", "USA"))) as nodes:
        jpn, usa = nodes["JPN"], nodes["USA"]
        report = made_report(Reality.EXERCISE)
        played = Said(ReportContent(report), GREEN, Reality.EXERCISE)
        assert told(jpn, "USA", said("Real.")).stay
        done = told(jpn, "USA", played)
        assert ids(take(usa, bundle(jpn, "USA")).new) == ids(done.letters)


def test_more_than_a_bundle_holds_goes_in_several(
    nodes: dict[str, Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_bundles, "MOST_LETTERS", 2)
    jpn, usa = nodes["JPN"], nodes["USA"]
    sent = [one_letter(jpn, "USA", f"Report {n}.") for n in range(5)]
    for count, more in ((2, True), (2, True), (1, False)):
        done = take(usa, bundle(jpn, "USA"))
        assert (len(done.new), done.has_more) == (count, more)
        take(jpn, bundle(usa, "JPN"))
    assert held_ids(usa) == set(ids(sent))
