"""Every audience, under many markings, on every route: nothing it may not see is in any byte."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient
from tests.web.canaries import (
    AS_OF,
    BROUGHT_TAG,
    EVERY_FIRST_ID,
    PUBLIC,
    SOURCES,
    Canary,
    Variant,
    brought,
    canaries,
    watched_floor,
)

from hoshimori.errors import CoverageError
from hoshimori.formats.fact_streams import write_objects, write_reading
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.access import Audience, Permission, Role
from hoshimori.model.assessments import Decision
from hoshimori.model.fact_transfer import SentReading
from hoshimori.model.journal import DecisionKind
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading
from hoshimori.settings import AccessSettings
from hoshimori.web.access import permissions_of_routes
from hoshimori.web.app import make_app
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.workflows.access import add_key, audience_of
from hoshimori.workflows.entrance import opened_entrance
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.incident_record import opened_journal, record_decision

pytestmark = pytest.mark.xdist_group("access matrix")

VARIANTS = (
    Variant("TLP:CLEAR", "TLP:GREEN//SOURCE TERMS", "TLP:AMBER"),
    Variant("TLP:GREEN//REL TO USA", "TLP:CLEAR//REL TO AUS, JPN", "TLP:RED"),
    Variant("TLP:AMBER//REL TO AUS", "TLP:AMBER+STRICT//REL TO USA", "TLP:GREEN//ORCON"),
)
AUDIENCES = {
    "home": ("", ""),
    "home-green": ("", "TLP:GREEN"),
    "home-amber": ("", "TLP:AMBER//SOURCE TERMS"),
    "usa-green": ("USA", "TLP:GREEN"),
    "usa-all": ("USA", "TLP:AMBER//SOURCE TERMS//ORCON"),
    "aus-amber": ("AUS", "TLP:AMBER"),
    "acme-clear": ("ACME", "TLP:CLEAR"),
}


def shown(audience: Audience, canary: Canary) -> bool:
    return any(may(audience, m) for m in (canary.marking, canary.or_marking) if m is not None)


def may(audience: Audience, marking: Marking) -> bool:
    """The rule once more, in other words than the code's."""
    if audience.limit is None:
        return True
    if marking.level > audience.limit.level or marking.caveats - audience.limit.caveats:
        return False
    if audience.partner is None:
        return True
    named = marking.releasable_to is None or audience.partner in marking.releasable_to
    return named and marking.level in (Level.CLEAR, Level.GREEN, Level.AMBER)


@dataclass
class House:
    """A floor with its application, one client for each audience, and what is planted."""

    floor: Floor
    app: object
    clients: dict[str, TestClient]
    audiences: dict[str, Audience]
    planted: list[Canary]

    def hidden(self, name: str) -> list[bytes]:
        audience = self.audiences[name]
        texts = [c.text for c in self.planted if not shown(audience, c)]
        return [text.encode() for text in texts]

    def incidents(self, name: str) -> list[str]:
        try:
            board = self.floor.view(self.audiences[name]).board
        except CoverageError:
            return []
        return [incident.incident_id for incident in board.incidents[:2]]

    def asked(self, name: str, path: str) -> bytes:
        """Return the whole answer, waited for where it is still being made."""
        for _ in range(6000):
            answer = self.clients[name].get(path)
            assert answer.status_code < 500, (path, answer.text)
            if answer.status_code != 202:
                break
            time.sleep(0.02)
        else:
            raise AssertionError(f"{path}: still being made")
        headers = repr(sorted(answer.headers.items())).encode()
        return str(answer.status_code).encode() + b"\n" + headers + b"\n" + answer.content


@pytest.fixture(scope="module", params=VARIANTS, ids=("usual", "partners", "strict"))
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("matrix")
    variant: Variant = request.param
    with ExitStack() as stack:
        floor = stack.enter_context(watched_floor(variant, folder))
        often = AccessSettings(requests_per_minute=10**6, costly_requests_per_minute=10**6)
        tree = replace(floor.settings, access=often)
        entrance = stack.enter_context(
            opened_entrance(tree, folder, is_local=False, local_token="token")
        )
        app = make_app(floor, Doorkeeper(entrance, is_secure=False, now_utc=lambda: AS_OF))
        first = stack.enter_context(TestClient(app, base_url="http://127.0.0.1"))
        clients, audiences = {}, {}
        for name, (partner, limit) in (*AUDIENCES.items(), ("analyst", ("", ""))):
            audience = audience_of(partner, limit)
            role = Role.ANALYST if name == "analyst" else Role.VIEWER
            _, secret = add_key(entrance.file, name, role, audience, timedelta(days=1), AS_OF)
            if name != "analyst":
                audiences[name] = audience
            # One event loop serves them all, as one server does.
            client = TestClient(app, base_url="http://127.0.0.1")
            client.portal = first.portal
            client.headers["Authorization"] = f"Bearer {secret}"
            clients[name] = client
        _bring(clients.pop("analyst"))
        floor.step()
        _decide(floor)
        yield House(floor, app, clients, audiences, canaries(variant))


def _bring(analyst: TestClient) -> None:
    """Bring facts of the house under the names of sources that go further: it opens nothing."""
    sets, listed = brought()
    for k, source in enumerate(SOURCES):
        own = sets.take(np.arange(12) % 6 == k)
        told = analyst.post("/api/v1/facts", params={"source": source}, content=write_omm_csv(own))
        assert told.json()["source"] == f"brought/{source}", told.text
        known = {"source": source, "known_utc": (AS_OF - timedelta(hours=1)).isoformat()}
        content = b"".join(write_objects(listed[k::3]))
        assert analyst.post("/api/v1/facts/objects", params=known, content=content).is_success
        stated = Provenance(source, f"{k + 1:064d}")
        own = replace(sets.take(np.arange(12) % 6 == k + 3), provenances=(stated,))
        sent = write_reading(SentReading(Reading(own), stated, 1, AS_OF))
        assert analyst.post("/api/v1/facts/readings", content=b"".join(sent)).is_success


def _decide(floor: Floor) -> None:
    incident = floor.view().board.incidents[0].incident_id
    decision = Decision("2", "CANARYDECISION", datetime(2026, 11, 1, tzinfo=UTC), "CANARYDECISION")
    with opened_journal(floor.settings, floor.folder) as journal:
        record_decision(journal, incident, DecisionKind.FACTOR, "F2", decision)


def paths(house: House, name: str) -> Iterator[str]:
    """Yield every GET route with numbers and ids of everybody, and what it takes besides."""
    ids = {
        "norad_id": [
            PUBLIC,
            *(first + k for first in EVERY_FIRST_ID for k in (0, 5, 17)),
            999_999_999,
        ],
        "incident_id": sorted({i for n in ("home", name) for i in house.incidents(n)}),
        "view_id": [house.floor.view().view_id],
        "finding_id": [f.finding_id for f in house.floor.view().board.findings[:2]],
        "dossier_id": ["DOS-0000000000"],
        "alert_id": ["ALR-0000000000"],
        "language": ["en", "ja"],
        "paper": ["html"],
    }
    every = ",".join(str(first + k) for first in EVERY_FIRST_ID for k in range(3))
    more = {
        "/api/v1/ephemeris": [f"?objects={every}&steps=2", f"?objects={PUBLIC}&steps=2"],
        "/api/v1/objects": [
            "",
            "?query=CANARY&limit=500",
            "?query=87&limit=500",
            "?owner=OWNCANARYFIL",
            f"?query={EVERY_FIRST_ID[2]}",
        ],
        "/api/v1/objects/{norad_id}/causes": ["?draws=19"],
        "/api/v1/facts/history": ["", f"?objects={every}", "?as_known_at=2026-11-01T00:00:00Z"],
        "/api/v1/dossiers/{dossier_id}/preview": ["?release_to=USA"],
    }
    for route in iter_route_contexts(house.app.routes):  # type: ignore[attr-defined]
        path = route.path or ""
        if "GET" not in (route.methods or ()) or path in ("/api/v1/live", "/{path:path}"):
            continue
        query = [q.alias for q in route.dependant.query_params]
        tails = list(more.get(path, [""]))
        if "language" in query:
            tails.append("?language=ja")
        if "as_known_at" in query and path in _REPLAYED:
            tails.append("?as_known_at=2026-10-31T23:30:00Z")
        filled = [path]
        for key, values in ids.items():
            filled = [
                p.replace(f"{{{key}}}", str(v))
                for p in filled
                for v in (values if f"{{{key}}}" in p else [""])
            ]
        assert not [one for one in filled if "{" in one], "a parameter that is not thought of"
        if path == "/api/v1/objects/{norad_id}/causes":
            # It takes long: asked about what everybody sees, and about all that is hidden.
            hidden = {text.decode() for text in house.hidden(name)}
            filled = [p for p in filled if p.split("/")[4] in {str(PUBLIC), *hidden}]
        yield from (one + tail for one in filled for tail in tails)


_REPLAYED = ("/api/v1/board", "/api/v1/quiet", "/api/v1/catalogue", "/api/v1/incidents")


@pytest.mark.parametrize("name", AUDIENCES)
def test_nothing_hidden_is_in_any_byte_of_any_answer(house: House, name: str) -> None:
    hidden, asked = house.hidden(name), 0
    for path in paths(house, name):
        if ("/assessment" in path or "/causes" in path) and "ja" in path:
            continue
        answer = house.asked(name, path)
        asked += 1
        # What was asked for by number may be said back; nothing else.
        said_back = path.encode()
        found = [text for text in hidden if text in answer and text not in said_back]
        assert not found, (path, found, answer[:2000])
        numbers = [t for t in hidden if t.isdigit() and t not in said_back]
        packed = [int(t).to_bytes(8, "little") for t in numbers]
        assert not [p for p in packed if p in answer], path
    assert asked > 60
    assert (name == "home") == (not hidden)


@pytest.mark.parametrize("name", AUDIENCES)
def test_what_may_be_seen_is_there(house: House, name: str) -> None:
    """Else the test above would pass over an empty house."""
    audience = house.audiences[name]
    seen = {c.text for c in house.planted if shown(audience, c)}
    pages = house.asked(name, "/api/v1/catalogue") + house.asked(name, "/api/v1/facts/newest")
    for tag in ("CANARYCEL", "CANARYSPT", "CANARYFIL", BROUGHT_TAG):
        assert (tag.encode() in pages) == (tag in seen), tag
    if "CANARYCEL" in seen:
        page = house.asked(name, "/api/v1/quiet")
        for k in range(4):
            assert (f"CANARYREPORT{k}".encode() in page) == (f"CANARYREPORT{k}" in seen)


def test_what_is_hidden_looks_as_if_it_were_not_there(house: House) -> None:
    """The answer about a hidden object is that about one which does not exist."""
    nobody = "899999998"
    for name, audience in house.audiences.items():
        for first in EVERY_FIRST_ID:
            number = str(first + 3)
            (canary,) = (c for c in house.planted if c.text == number)
            if shown(audience, canary):
                continue
            for path in (
                "objects/N",
                "objects/N/history",
                "objects/N/causes",
                "ephemeris?objects=N",
                "objects?query=N",
            ):
                one, none = (
                    house.asked(name, f"/api/v1/{path.replace('N', n)}").replace(n.encode(), b"N")
                    for n in (number, nobody)
                )
                assert _told(one) == _told(none)


def _told(answer: bytes) -> bytes:
    """Return status and content: digests of contents that hold the number differ by it."""
    status, _, content = answer.split(b"\n", 2)
    return status + content


def test_every_route_declares_what_it_needs(house: House) -> None:
    declared = list(permissions_of_routes(house.app))  # type: ignore[arg-type]
    assert [path for path, _, is_declared in declared if not is_declared] == []
    for_all = {path for path, permission, _ in declared if permission is None}
    assert for_all == {
        "/", "/{path:path}", "/healthz", "/api/v1/openapi.json", "/api/v1/session",
        "/api/v1/session/oidc", "/api/v1/session/oidc/callback",
    }  # fmt: skip
    assert {p for _, p, _ in declared if p} >= {Permission.SEE, Permission.DECIDE}


def test_events_are_for_their_audience(house: House) -> None:
    for name, audience in house.audiences.items():
        with house.floor.subscribe(audience, 0) as subscription:
            told = repr(subscription.take()).encode()
        assert not [text for text in house.hidden(name) if text in told]
        if not audience.sees_the_whole_house:
            home = house.floor.view().view_id
            assert home.encode() not in told
