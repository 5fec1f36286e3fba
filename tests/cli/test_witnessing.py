"""What a server says on stderr: words by default, else one JSON object a line without secrets."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

import pytest

from hoshimori.cli.witnessing import witnessing
from hoshimori.errors import SettingsError
from hoshimori.model.happenings import Happening
from hoshimori.workflows.witnesses import known_secrets

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HAPPENED = Happening("problem", "disk", NOON, NOON, "told", "the disk is full")


def test_in_words_it_says_where_it_is_and_nothing_of_what_happens(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with witnessing("token", log_json=False, telemetry="") as told:
        told.say("keeps watch")
        told.witness(HAPPENED)
    assert capsys.readouterr().err == "hoshimori: keeps watch\n"


def test_in_json_every_line_is_an_object_also_of_libraries(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSHIMORI_SPACETRACK_PASSWORD", "hush hush hush")
    with witnessing("the-servers-own-token", log_json=True, telemetry="") as told:
        told.say("keeps watch")
        told.witness(HAPPENED)
        try:
            raise RuntimeError("tried hush hush hush with the-servers-own-token")
        except RuntimeError:
            logging.getLogger("a.library").exception("failed")
    logging.getLogger("a.library").warning("not heard any more")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    said, happened, failed = lines
    assert said["text"] == "keeps watch"
    assert (happened["about"], happened["problem"]) == ("disk", "the disk is full")
    assert failed["about"] == "a.library"
    assert failed["problem"].startswith("failed\nTraceback")
    assert failed["problem"].endswith("tried [withheld] with [withheld]\n")


def test_secrets_of_the_environment_are_known() -> None:
    environment = {
        "HOSHIMORI_KEY": "k1", "HOSHIMORI_CHANNEL_NIGHT": "mailto://a:b@c", "HOME": "/root",
        "HOSHIMORI_OIDC_SECRET": "", "OTEL_EXPORTER_OTLP_HEADERS": "authorization=x",
    }  # fmt: skip
    assert known_secrets("own", environment=environment) == (
        "k1", "authorization=x", "mailto://a:b@c", "own",
    )  # fmt: skip


def test_a_collector_that_cannot_be_trusted_ends_the_start() -> None:
    with (
        pytest.raises(SettingsError, match="on this machine, or one by https"),
        witnessing(log_json=False, telemetry="http://collector.example.org"),
    ):
        pass
