"""Routes of facts: raw catalogues come in, too much is refused, questions are understood."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest

from hoshimori.formats.fact_streams import MEDIA_TYPE, read_page, write_reading
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.fact_transfer import SentReading
from hoshimori.model.provenance import MADE_SKY, Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.settings import Settings, marking_of
from hoshimori.web import fact_routes
from hoshimori.workflows.skies import made_sky

FACTS = "/api/v1/facts"
AS_OF = np.datetime64("2026-11-01T12:00:00", "us")


@pytest.fixture
def facts(fact_server: Any, tmp_path: Path) -> Any:
    """A client of a server over an empty store."""
    with (
        fact_server.floor(tmp_path),
        httpx2.Client(
            base_url=fact_server.address,
            headers={"Authorization": "Bearer home"},
            timeout=120.0,
        ) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def catalogue() -> bytes:
    return write_omm_csv(made_sky(seed=1, objects=200, as_of_utc=AS_OF).parts[0])


def test_the_bytes_of_a_catalogue_are_kept_and_given_back_as_a_stream(
    facts: httpx2.Client, catalogue: bytes
) -> None:
    asked = {"source": "made.csv", "known_at": "2026-11-02T00:00:00Z"}
    brought = facts.post(FACTS, params=asked, content=catalogue)
    assert brought.status_code == 200, brought.text
    told = brought.json()
    assert told["counts"]["new"] > 1000
    newest = facts.get(f"{FACTS}/newest")
    assert newest.headers["content-type"] == MEDIA_TYPE
    assert newest.headers["cache-control"] == "no-store"
    sets = read_page(io.BytesIO(newest.content), "test").element_sets
    assert len(sets) == 200
    assert sets.provenances[0].source == "made.csv"
    before = facts.get(f"{FACTS}/newest", params={"as_known_at": "2020-01-01T00:00:00Z"})
    assert len(read_page(io.BytesIO(before.content), "test").element_sets) == 0
    one = facts.get(
        f"{FACTS}/history", params={"objects": "800000001", "since": "2026-10-25T00:00:00Z"}
    )
    history = read_page(io.BytesIO(one.content), "test").element_sets
    assert set(history.norad_id.tolist()) == {800000001}
    assert (history.epoch_utc >= np.datetime64("2026-10-25")).all()


def test_what_is_no_catalogue_is_refused_with_the_reason(facts: httpx2.Client) -> None:
    refused = facts.post(FACTS, params={"source": "page.html"}, content=b"<html>Not found</html>")
    assert refused.status_code == 422
    assert "HTML page" in refused.json()["problem"]
    assert facts.get(f"{FACTS}/receipts").json() == {"receipts": []}


def test_more_than_is_taken_at_once_is_refused_while_it_comes(
    facts: httpx2.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fact_routes, "MOST_BYTES", 1_000)
    refused = facts.post(FACTS, params={"source": "a"}, content=b"x" * 5_000)
    assert refused.status_code == 413
    assert refused.json()["do"].startswith("split the file")
    assert not list(tmp_path.glob(".incoming*"))


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/history", {"objects": "25544,ISS"}),
        ("/history", {"objects": "1234567890"}),
        ("/history", {"after": "-1"}),
        ("/newest", {"as_known_at": "yesterday"}),
        ("/newest", {"as_known_at": "0001-01-01T00:00:00Z"}),
    ],
)
def test_questions_that_mean_nothing_are_refused(
    facts: httpx2.Client, path: str, asked: dict[str, str]
) -> None:
    refused = facts.get(f"{FACTS}{path}", params=asked)
    assert refused.status_code == 422
    assert refused.json()["problem"]


def test_a_source_has_a_printable_name(facts: httpx2.Client, catalogue: bytes) -> None:
    for name in ("a\x00b", "x" * 201):
        assert facts.post(FACTS, params={"source": name}, content=catalogue).status_code == 422


def test_streams_that_are_none_are_refused(facts: httpx2.Client) -> None:
    for path in ("/readings", "/objects?source=a&known_utc=2026-11-01T00:00:00Z"):
        refused = facts.post(f"{FACTS}{path}", content=b"\xff\xff\xff\xff")
        assert refused.status_code == 422, refused.text
        assert "stream of facts" in refused.json()["problem"]


def test_what_an_analyst_brings_is_a_file_whatever_it_is_called(
    facts: httpx2.Client, catalogue: bytes
) -> None:
    facts.headers["Authorization"] = "Bearer analyst"
    told = facts.post(FACTS, params={"source": "celestrak"}, content=catalogue).json()
    assert told["source"] == "brought/celestrak"
    received = datetime(2026, 11, 1, tzinfo=UTC)
    made = Provenance(f"{MADE_SKY}, seed 1", "1" * 64, Reality.SIMULATED)
    sets = made_sky(seed=1, objects=100, as_of_utc=AS_OF).parts[0]
    own = replace(sets, provenances=(made,), provenance_index=np.zeros(len(sets), np.int32))
    sent = b"".join(write_reading(SentReading(Reading(own), made, 1, received)))
    assert facts.post(f"{FACTS}/readings", content=sent).json()["new"] > 1000
    kept = read_page(io.BytesIO(facts.get(f"{FACTS}/history").content), "test").element_sets
    sources = {p.source for p in kept.provenances}
    assert sources == {"brought/celestrak", f"brought/{MADE_SKY}, seed 1"}
    assert {str(marking_of(p, Settings())) for p in kept.provenances} == {"TLP:AMBER"}


def test_an_administrator_says_where_facts_come_from(
    facts: httpx2.Client, catalogue: bytes
) -> None:
    told = facts.post(FACTS, params={"source": "celestrak"}, content=catalogue).json()
    assert told["source"] == "celestrak"
