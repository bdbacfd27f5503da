"""The application: which address is answered by what, behind the guard.

Takes a desk and a token; gives an ASGI application. Does not know what the pages show.
"""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pipeline.model import PipelineError
from pipeline.review.server.actions import Actions
from pipeline.review.server.desk import Desk
from pipeline.review.server.pages import Pages
from pipeline.review.server.rebuilding import Rebuild
from pipeline.review.server.security import Guard

_STATIC = Path(__file__).with_name("static")
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
#: what is served beside the pages, and nothing else
FILES = (
    "style.css", "pages.css", "main.js", "changes.js", "source.js", "api.js", "codepoints.js", "editing.js", "keys.js", "list.js",
    "words.js", "icon.svg",
)  # fmt: skip


def application(desk: Desk, token: str, hosts: frozenset[str]) -> Guard:
    """The pages for the Host headers `hosts`; whoever comes without the token sees none of them."""
    rebuild = Rebuild(desk.project, desk.load)
    pages, actions = Pages(desk, token), Actions(desk, rebuild)
    routes = [
        Route("/static/{name}", _file, methods=["GET"]),
        *pages.routes(),
        *actions.routes(),
    ]
    app = Starlette(routes=routes, exception_handlers={PipelineError: _told, HTTPException: _refused})
    return Guard(app, hosts, token)


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return PlainTextResponse("no such file", 404)
    path = _STATIC / name
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix])


def _told(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 409)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(error.detail, error.status_code)
