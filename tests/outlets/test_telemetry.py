"""Traces go where the house said and nowhere else, as they happened, without secrets."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

import hoshimori
from hoshimori.errors import SettingsError
from hoshimori.model.happenings import Happening
from hoshimori.outlets.telemetry import telemetry_to

NOON = datetime(2026, 11, 27, 12, 0, 0, 250_000, tzinfo=UTC)


def test_a_round_is_a_span_with_its_detectors_within() -> None:
    spans, endpoints = InMemorySpanExporter(), []

    def exporter(endpoint: str) -> InMemorySpanExporter:
        endpoints.append(endpoint)
        return spans

    collector = telemetry_to(
        "http://127.0.0.1:4318", version="1", secrets=("hush-hush",), exporter=exporter
    )
    asked = Happening(
        "detector", "manoeuvre/2", NOON, NOON + timedelta(seconds=3),
        problem="it met hush-hush and Bearer abcdefgh", details={"findings": 4},
    )  # fmt: skip
    collector.witness(
        Happening("job", "watch", NOON, NOON + timedelta(seconds=5), "done", parts=(asked,))
    )
    collector.close()
    assert endpoints == ["http://127.0.0.1:4318/v1/traces"]
    inner, outer = spans.get_finished_spans()
    assert (outer.name, inner.name) == ("job watch", "detector manoeuvre/2")
    assert inner.parent is not None
    assert inner.parent.span_id == outer.context.span_id
    assert inner.context.trace_id == outer.context.trace_id
    assert inner.start_time == outer.start_time == 1_795_780_800_250_000_000
    assert inner.end_time == 1_795_780_803_250_000_000
    assert dict(inner.attributes or {}) == {"hoshimori.findings": 4}
    assert inner.status.status_code is StatusCode.ERROR
    assert inner.status.description == "it met [withheld] and Bearer [withheld]"
    assert dict(outer.resource.attributes) == {
        "service.name": "hoshimori", "service.version": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://collector.example.org:4318", "on this machine, or one by https"),
        ("ftp://127.0.0.1", "on this machine, or one by https"),
        ("https://sato:pw@collector.example.org", "no password in the address"),
    ],
)
def test_addresses_that_cannot_be_trusted_are_refused(address: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        telemetry_to(address, version="1")


def test_a_collector_that_is_away_harms_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        collector = telemetry_to(f"http://127.0.0.1:{unused.getsockname()[1]}", version="1")
    collector.close()
    collector.witness(Happening("server", "ended", NOON, NOON))


def test_nothing_of_it_is_imported_unless_asked_for() -> None:
    modules = Path(hoshimori.__file__).parent.rglob("*.py")
    found = [p for p in modules if re.search(r"^(?:from|import) opentel", p.read_text(), re.M)]
    assert not found
