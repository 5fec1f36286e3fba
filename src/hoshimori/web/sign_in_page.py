"""The page for a browser whose sign-in by the organisation's accounts was refused.

Plain, without scripts or styles: it is read where the console may not be reached at all.
"""

from __future__ import annotations

from html import escape
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from hoshimori.dossier.language import Language, say
from hoshimori.errors import SourceError

_WHY: Final = {401: "unfinished", 403: "no_account", 404: "no_organisation", 429: "too_many"}
_UNREACHABLE: Final = 502

_PAGE: Final = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Hoshimori: {title}</title></head>
<body><main><h1>{title}</h1>
<p>{why}</p>
<p>{do}</p>
<p><a href="/">{back}</a></p></main></body></html>
"""


def refused_page(request: Request, refusal: HTTPException | SourceError) -> Response:
    """Return the page that says why a sign-in was refused and what to do, with its status.

    In the first of the browser's languages that is known, else in that of the server.
    """
    status, wait_s = _UNREACHABLE, 0
    if isinstance(refusal, HTTPException):
        status = refusal.status_code
        wait_s = int((refusal.headers or {}).get("Retry-After", 0))
    why = f"sign_in.{_WHY.get(status, 'unreachable')}"
    language = _language_of(request)
    words = {
        "title": say(language, "sign_in.refused"),
        "why": say(language, why),
        "do": say(language, f"{why}.do", minutes=str(wait_s // 60)),
        "back": say(language, "sign_in.back"),
    }
    content = _PAGE.format(
        language=language.value, **{name: escape(text) for name, text in words.items()}
    )
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Language"}
    if wait_s:
        headers["Retry-After"] = str(wait_s)
    return HTMLResponse(content, status_code=status, headers=headers)


def _language_of(request: Request) -> Language:
    known = {language.value for language in Language}
    for asked in request.headers.get("accept-language", "").split(","):
        code = asked.split(";")[0].strip().lower().split("-")[0]
        if code in known:
            return Language(code)
    return Language(request.app.state.language)
