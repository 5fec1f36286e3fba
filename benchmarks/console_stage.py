"""A stage for the console: its bundle over loopback beside a made sky, without the server.

What the browser does is measured apart from what the server does. Run it alone to look:

    python benchmarks/console_stage.py [objects] [port]
"""

from __future__ import annotations

import gzip
import json
import sys
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

import hoshimori
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import SpaceObject, kind_by_name
from hoshimori.workflows.skies import Sky, made_sky

BUNDLE = Path(hoshimori.__file__).parent / "web" / "console"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}


def catalogue(sky: Sky) -> dict[str, Any]:
    """Return the newest element set of every object as columns, as `GET catalogue` gives them."""
    rows = sky.parts[0].newest()
    known = [sky.objects.get(int(number)) for number in rows.norad_id]
    return {
        "view_id": "stage",
        "norad_id": rows.norad_id.tolist(),
        "name": [str(name) for name in rows.object_name],
        "kind": [_kind(one, str(name)) for one, name in zip(known, rows.object_name, strict=True)],
        "owner": [one.owner if one else "" for one in known],
        "regime": _regimes(rows),
        "epoch_utc": [f"{epoch}Z" for epoch in rows.epoch_utc],
        "mean_motion_rev_per_day": rows.mean_motion_rev_day.tolist(),
        "eccentricity": rows.eccentricity.tolist(),
        "inclination_deg": rows.inclination_deg.tolist(),
        "raan_deg": rows.raan_deg.tolist(),
        "arg_perigee_deg": rows.arg_of_pericenter_deg.tolist(),
        "mean_anomaly_deg": rows.mean_anomaly_deg.tolist(),
        "bstar": rows.bstar_per_er.tolist(),
    }


def _kind(known: SpaceObject | None, name: str) -> str:
    kind = known.object_type if known else kind_by_name(name)
    return kind.value.lower()


def _regimes(rows: ElementSets) -> list[str]:
    motion = rows.mean_motion_rev_day
    names = np.where(motion > 11.25, "LEO", np.where(motion > 1.1, "MEO", "GEO"))
    return [str(name) for name in names]


def board(sky: Sky) -> dict[str, Any]:
    """Return a board with a row for each planted story: enough for frame, board and globe."""
    moment = f"{np.datetime_as_string(sky.as_of_utc, unit='s')}Z"
    later = f"{np.datetime_as_string(sky.as_of_utc + np.timedelta64(1, 'D'), unit='s')}Z"
    rows = sky.parts[0].newest()
    by_name = dict(zip(map(str, rows.object_name), map(int, rows.norad_id), strict=True))
    attention = ("look_now", "look_now", "watch", "watch", "log")
    lines = [
        row(place, attention[min(place, 4)], by_name[story.asset], by_name.get(story.other))
        | {"what": f"{story.asset} · {story.other}", "start_utc": moment, "end_utc": later}
        for place, story in enumerate(sky.story)
        if story.asset in by_name
    ]
    return {
        "view_id": "stage",
        "as_of_utc": moment,
        "reality": "SIMULATED",
        "marking": "TLP:CLEAR",
        "summary": [f"{len(lines)} incidents."],
        "failures": [],
        "rows": lines,
        "findings": [],
        "names": {str(number): name for name, number in by_name.items() if number % 50 < 40},
        "assets": [{"norad_id": a.norad_id, "name": a.name} for a in sky.assets],
    }


def row(place: int, attention: str, asset: int, other: int | None) -> dict[str, Any]:
    """Return a line of the board without its words and times."""
    return {
        "incident_id": f"INC-{place:010d}",
        "attention": attention,
        "attention_text": attention,
        "assets": [asset],
        "others": [] if other is None else [other],
        "when": "from now on",
        "range": "",
        "more": "",
        "rarity": "seldom",
        "next_step": "look again tomorrow",
        "direction": "to",
        "kinds": ["proximity"],
        "finding_ids": [],
    }


def timeline(sky: Sky) -> dict[str, Any]:
    """Return a timeline as full as that of a watch: ninety marks in a month, and daily boards."""
    moment = np.datetime_as_string(sky.as_of_utc, unit="s")
    lanes = ("conjunction", "proximity", "manoeuvre", "interference", "report")
    marks = [
        {
            "lane": lanes[place % len(lanes)],
            "start_s": at_s,
            "end_s": at_s + 3_600 * (place % 7),
            "moment_s": at_s,
            "attention": ("look_now", "watch", "log")[place % 3],
            "confidence": None,
            "kind": lanes[place % len(lanes)],
            "objects": [sky.assets[place % len(sky.assets)].norad_id],
            "incident_id": f"INC-{place:010d}",
            "finding_id": f"F-{place}",
            "alert_id": "",
        }
        for place, at_s in enumerate(range(-30 * 86_400, 6 * 86_400, 9 * 3_840))
    ]
    boards = [
        marks[0] | {"lane": "board", "start_s": s, "end_s": s, "moment_s": s, "finding_id": f"B{s}"}
        for s in range(-30 * 86_400, 0, 86_400)
    ]
    return {
        "as_of_utc": f"{moment}Z",
        "since_utc": f"{np.datetime_as_string(sky.as_of_utc - np.timedelta64(30, 'D'), unit='s')}Z",
        "until_utc": f"{np.datetime_as_string(sky.as_of_utc + np.timedelta64(7, 'D'), unit='s')}Z",
        "marks": marks + boards,
        "left_out": {},
        "names": {str(asset.norad_id): asset.name for asset in sky.assets},
    }


def answers(sky: Sky) -> dict[str, bytes]:
    """Return what the stage answers to each path, as gzipped JSON."""
    state = {
        "version": "stage",
        "reality": "SIMULATED",
        "as_of_utc": f"{np.datetime_as_string(sky.as_of_utc, unit='s')}Z",
        "problems": [],
    }
    me = {"name": "stage", "role": "viewer", "permissions": [], "is_local": True, "language": None}
    said = {
        "catalogue": catalogue(sky),
        "board": board(sky),
        "timeline": timeline(sky),
        "state": state,
        "me": me,
    }
    return {
        f"/api/v1/{name}": gzip.compress(json.dumps(of).encode(), 6) for name, of in said.items()
    }


def stage(sky: Sky, *, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of the console and of a sky; the caller runs and stops it."""
    said = answers(sky)

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path in said:
                self.reply(200, said[path], "application/json", "gzip")
                return
            file = BUNDLE / (path.lstrip("/") or "index.html")
            if path.startswith("/api/") or not file.is_file():
                self.reply(404, b'{"problem": "not on this stage"}', "application/json")
                return
            self.reply(
                200,
                zipped(file, file.stat().st_mtime_ns),
                TYPES.get(file.suffix, "application/octet-stream"),
                "gzip",
            )

        def reply(self, status: int, body: bytes, kind: str, coding: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'self'")
            if coding:
                self.send_header("Content-Encoding", coding)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Answer)


@cache
def zipped(file: Path, built_ns: int) -> bytes:
    """Return a file of the bundle, as built at a moment, as it travels."""
    return gzip.compress(file.read_bytes(), 6)


if __name__ == "__main__":
    objects = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    server = stage(
        made_sky(seed=1, objects=objects), port=int(sys.argv[2]) if len(sys.argv) > 2 else 0
    )
    print(f"http://127.0.0.1:{server.server_port}/")
    server.serve_forever()
