"""The whole description tried with made values: no answer is a fault of the server.

A short slice that is the same each time; `python tests/web/whole_description.py` tries much more.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

pytestmark = pytest.mark.xdist_group("web")

ENDLESS = "/api/v1/live"
"""Its answer never ends; `test_live` tries it on a running server."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


SLICE = settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(client: TestClient) -> Any:
    document = client.get("/api/v1/openapi.json").json()
    return schemathesis.openapi.from_dict(document).exclude(path=ENDLESS)


def test_every_route_answers_as_described(
    described: Any, served: tuple[str, uvicorn.Server]
) -> None:
    url, _ = served
    tried, faults = 0, []
    for found in described.get_all_operations():
        operation = found.ok()

        @SLICE
        @given(case=operation.as_strategy())
        def asked(case: schemathesis.Case) -> None:
            case.call_and_validate(base_url=url, checks=CHECKS, timeout=60)

        try:
            asked()
        except Exception as fault:
            faults.append(f"{operation.label}: {fault}")
        tried += 1
    assert tried > 20
    assert not faults, "\n\n".join(faults)
