"""Alerts: listed with their budget, told one by one, taken note of; for the house alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from hoshimori.model.access import Audience, Role, Viewer
from hoshimori.model.markings import Level, Marking

API = "/api/v1"
PARTNER = Viewer("partner", Role.DECIDER, Audience("JPN", Marking(Level.AMBER)))

pytestmark = pytest.mark.xdist_group("web")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_list_tells_states_and_the_budget(client: TestClient, language: str) -> None:
    told = client.get(f"{API}/alerts", params={"language": language}).json()
    assert told["language"] == language
    assert told["tally"]["budget_per_asset_month"] > 0
    for alert in told["alerts"]:
        assert alert["what"]
        page = client.get(f"{API}/alerts/{alert['alert_id']}", params={"language": language})
        assert page.json()["summary"]["alert_id"] == alert["alert_id"]
        assert page.json()["history"]


def test_the_rules_are_told_without_addresses(client: TestClient) -> None:
    rules = client.get(f"{API}/alert-rules").json()
    assert rules["lines"]
    assert "://" not in str(rules["rules"])


def test_taking_note_of_an_alert_is_kept_with_a_name(client: TestClient) -> None:
    held = client.get(f"{API}/alerts", params={"state": ["open", "held back"]}).json()["alerts"]
    if not held:
        pytest.skip("this sky raised no alert")
    path = f"{API}/alerts/{held[0]['alert_id']}"
    answer = client.post(f"{path}/acknowledge", json={"note": "Seen."})
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200:
        assert answer.json()["acknowledged_by"] == "local"
        assert client.get(path).json()["summary"]["state"] == "acknowledged"


def test_there_is_no_such_alert(client: TestClient) -> None:
    assert client.get(f"{API}/alerts/ALR-ffffffffff").status_code == 404
    assert client.post(f"{API}/alerts/ALR-ffffffffff/acknowledge").status_code == 404
    assert client.get(f"{API}/alerts/everything").status_code == 422


def test_partners_are_told_nothing_of_alerts(client_of: Callable[[Viewer], TestClient]) -> None:
    partner = client_of(PARTNER)
    for path in ("alerts", "alerts/ALR-ffffffffff", "alert-rules"):
        assert partner.get(f"{API}/{path}").status_code == 403
    assert partner.post(f"{API}/alerts/ALR-ffffffffff/acknowledge").status_code == 403
