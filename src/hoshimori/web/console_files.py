"""The console's files as they were built, held in memory; a plain page where it was not built."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from hoshimori.web.access import open_to_all
from hoshimori.web.answers import Answer, answer_of, sent
from hoshimori.web.problems import not_found

CONSOLE: Final = Path(__file__).with_name("console")
"""Where the build puts them; see `web-console`."""
_INDEX: Final = "index.html"
_TYPES: Final = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}
_NOT_BUILT: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Hoshimori</title></head>
<body><h1>Hoshimori</h1>
<p>The server runs, but its console was not built.</p>
<p>Install the package without <code>HOSHIMORI_SKIP_CONSOLE=1</code>: that builds it. In a working
copy, <code>make run</code> does so.</p>
<p>The interface for programs is described at
<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></body></html>
"""

router = APIRouter(dependencies=[Depends(open_to_all)], include_in_schema=False)
"""Open to all: nothing in these files tells of what is watched; signing in is one of them."""


def console_files(folder: Path = CONSOLE) -> dict[str, Answer]:
    """Return every file of the console by its path; only the plain page where there is none."""
    if not (folder / _INDEX).is_file():
        return {_INDEX: answer_of(_NOT_BUILT.encode(), "text/html")}
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): answer_of(path.read_bytes(), _type_of(path))
        for path in files
    }


def _type_of(path: Path) -> str:
    guessed, _ = mimetypes.guess_type(path.name)
    return _TYPES.get(path.suffix) or guessed or "application/octet-stream"


@router.get("/")
async def console(request: Request) -> Response:
    """Return the console's page."""
    return _file(request, _INDEX)


@router.get("/{path:path}")
async def console_file(request: Request, path: str) -> Response:
    """Return a file of the console."""
    return _file(request, path)


def _file(request: Request, path: str) -> Response:
    files: dict[str, Answer] = request.app.state.console
    if path not in files:
        raise not_found(path, "path")
    answer = sent(request, files[path])
    if path.startswith("assets/"):
        # Names of built files change with their content.
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
