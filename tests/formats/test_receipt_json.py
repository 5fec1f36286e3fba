"""Receipts come back from JSON with every microsecond."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from hoshimori.formats.receipt_json import receipt_from, receipt_json
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt


def test_a_receipt_comes_back() -> None:
    moment = datetime(2026, 11, 27, 12, 0, 0, 1, tzinfo=UTC)
    receipt = Receipt(
        Provenance("made", "ab" * 32, Reality.TEST), moment, 12, IngestCounts(1, 2, 3)
    )
    assert receipt_from(json.loads(json.dumps(receipt_json(receipt)))) == receipt


def test_what_is_no_receipt_is_refused() -> None:
    with pytest.raises(KeyError):
        receipt_from({"source": "made"})
