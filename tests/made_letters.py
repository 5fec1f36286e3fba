"""Letters, keys and partners made for tests: small, whole, and signed for real."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hoshimori.dossier.envelope import public_key_of
from hoshimori.dossier.signed_json import SignedKind, sign_json
from hoshimori.formats.report_fields import report_of
from hoshimori.model.dossiers import fingerprint_of
from hoshimori.model.elements import ElementSets
from hoshimori.model.letters import (
    AnswerContent,
    AnyContent,
    CorrectionContent,
    DossierContent,
    FactsContent,
    IncidentContent,
    KeysContent,
    Letter,
    QuestionContent,
    ReplyContent,
    ReportContent,
    RevocationContent,
    RevocationReason,
    SignedLetter,
)
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.partners import House, Partner, Partners
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.reports import OperatorReport, Reliability
from hoshimori.workflows.share_letters import sealed_letter, signed_value

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
GREEN = Marking(Level.GREEN)
AMBER = Marking(Level.AMBER)


def made_key(name: str) -> Ed25519PrivateKey:
    """Return the same key for the same name."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def made_public_key(name: str) -> bytes:
    return public_key_of(made_key(name))


def made_fingerprint(name: str) -> str:
    return fingerprint_of(made_public_key(name))


def made_house(code: str) -> House:
    return House(
        code, f"House {code}", "", b"certificate " + code.encode(), (made_public_key(code),)
    )


def made_partner(code: str, limit: Marking = AMBER) -> Partner:
    return Partner(
        code, f"House {code}", "", (made_public_key(code),), frozenset(),
        b"certificate " + code.encode(), limit, Reliability.USUALLY, frozenset(),
    )  # fmt: skip


def made_partners(code: str, *others: Partner) -> Partners:
    return Partners(made_house(code), others)


def made_report(reality: Reality = Reality.REAL, marking: Marking = OPEN) -> OperatorReport:
    fields = {
        "statement": "service_lost",
        "objects": [44476],
        "start_utc": "2026-10-31T08:00:00Z",
        "known_utc": "2026-10-31T09:00:00Z",
        "source": "Example Operator",
        "text": "The service stopped for an hour.",
        "grade": "B2",
    }
    return report_of(fields, marking=marking, reality=reality)


def made_sets(
    numbers: tuple[int, ...] = (44476, 55841),
    *,
    inclination_deg: float = 51.6,
    reality: Reality = Reality.REAL,
    source: str = "celestrak",
) -> ElementSets:
    count = len(numbers)
    whole = np.arange(count, dtype=np.int64)
    return ElementSets(
        norad_id=np.array(numbers),
        object_name=np.array([f"OBJECT {n}" for n in numbers], dtype=np.dtypes.StringDType()),
        object_id=np.array(["2019-001A"] * count, dtype=np.dtypes.StringDType()),
        epoch_utc=np.array(["2026-10-31T06:00:00"] * count, dtype="datetime64[us]"),
        mean_motion_rev_day=15.5 + whole / 100,
        eccentricity=np.full(count, 0.0012345),
        inclination_deg=np.full(count, inclination_deg),
        raan_deg=np.full(count, 120.0),
        arg_of_pericenter_deg=np.full(count, 30.25),
        mean_anomaly_deg=np.full(count, 300.125),
        bstar_per_er=np.full(count, 1e-5),
        mean_motion_dot_rev_day2=np.full(count, 2e-5),
        mean_motion_ddot_rev_day3=np.zeros(count),
        ephemeris_type=np.zeros(count, dtype=np.int64),
        classification=np.array(["U"] * count, dtype=np.dtypes.StringDType()),
        element_set_no=np.full(count, 999),
        rev_at_epoch=whole + 1000,
        known_utc=np.array(["2026-10-31T08:00:00"] * count, dtype="datetime64[us]"),
        provenance_index=np.zeros(count, dtype=np.int32),
        provenances=(Provenance(source, "a" * 64, reality),),
    )


def made_incident(objects: tuple[int, ...] = (44476, 55841)) -> IncidentContent:
    return IncidentContent(
        incident_id="INC-1",
        objects=objects,
        start_utc=datetime(2026, 10, 30, tzinfo=UTC),
        end_utc=datetime(2026, 10, 31, tzinfo=UTC),
        basis=("b" * 64,),
        document={"findings": [{"kind": "proximity", "range_km": 12.5}], "notes": "a\nb"},
    )


EVERY_CONTENT: tuple[AnyContent, ...] = (
    FactsContent(made_sets()),
    ReportContent(made_report()),
    made_incident(),
    DossierContent(b"PK bytes"),
    CorrectionContent("It was two hours later.", "c" * 64),
    RevocationContent(RevocationReason.WRONG),
    ReplyContent("We did that, and said so before."),
    QuestionContent("Which antenna?"),
    AnswerContent("The northern one."),
    KeysContent(made_public_key("next"), ("d" * 64,), ("e" * 64,)),
)
_ABOUT = (CorrectionContent, RevocationContent, ReplyContent, QuestionContent, AnswerContent)


def made_letter(
    content: AnyContent | None = None,
    origin: str = "JPN",
    *,
    marking: Marking = GREEN,
    about: str | None = None,
    reality: Reality = Reality.REAL,
    expires_utc: datetime | None = None,
    stated_utc: datetime = NOW,
) -> Letter:
    held = content if content is not None else ReportContent(made_report(reality))
    chosen = about or ("f" * 64 if isinstance(held, _ABOUT) else None)
    return Letter(origin, chosen, stated_utc, expires_utc, marking, reality, held)


def made_signed(letter: Letter, key: str = "") -> SignedLetter:
    """Return a letter signed by the key of a name, by default that of its origin."""
    return sealed_letter(letter, made_key(key or letter.origin))


def made_line(letter: Letter, key: str = "", **changes: object) -> bytes:
    """Return a signed letter with fields changed before it was signed."""
    signing = made_key(key or letter.origin)
    return sign_json(signed_value(letter, signing) | changes, SignedKind.LETTER, signing)


def numbered(count: int, origin: str = "JPN", **of_letter: object) -> list[SignedLetter]:
    """Return letters that differ in what is reported."""
    report = made_report()
    return [
        made_signed(
            made_letter(ReportContent(replace_text(report, f"Report {n}.")), origin, **of_letter)  # type: ignore[arg-type]
        )
        for n in range(count)
    ]


def replace_text(report: OperatorReport, text: str) -> OperatorReport:
    fields = {
        "statement": report.statement.name.lower(),
        "objects": list(report.objects),
        "start_utc": report.start_utc.isoformat(),
        "known_utc": report.known_utc.isoformat(),
        "source": report.source,
        "text": text,
        "grade": str(report.grade),
    }
    return report_of(fields, marking=report.marking, reality=report.reality)


def with_limit(partner: Partner, limit: Marking) -> Partner:
    return replace(partner, limit=limit)
