"""Who may ask what: this machine's browser with the token that the terminal shows, and nobody else.

Takes requests; answers those that are not allowed, hands the others on, and adds headers to every answer. Does not know pages.

A page of another site may send requests here, and a name that it owns may be pointed at this machine: hence Host, Origin and Sec-Fetch-Site are looked
at. Cookies are shared by all ports of a host: hence writing asks for a second token, which stands in the pages.
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: bytes of a request's body: a group of ten thousand changes by their keys
MOST_BYTES = 1 << 20
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def write_token(token: str) -> str:
    """What a page sends with every change that it asks for."""
    return hmac.new(token.encode(), b"write", hashlib.sha256).hexdigest()


class Guard:
    """`hosts` are the Host headers that count, as `127.0.0.1:8123`; `token` opens the pages once as `/?token=…`, then as a cookie."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], token: str) -> None:
        self.app, self.hosts, self.token = app, hosts, token
        port = min(hosts).rpartition(":")[2]
        self.cookie = f"koubun-{port}" if port.isdigit() else "koubun"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        answer = self.app if refusal is None else refusal

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await answer(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self.hosts:
            return PlainTextResponse("this host is not served here", 421)
        origins = {f"http://{host}" for host in self.hosts}
        if headers.get("origin", min(origins)) not in origins:
            return PlainTextResponse("requests of other sites are not answered", 403)
        entering = scope["path"] == "/" and self._entering(scope)
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and not entering:
            return PlainTextResponse("requests of other sites are not answered", 403)
        if entering:
            return entering
        if not hmac.compare_digest(self._shown(headers).encode(), self.token.encode()):
            return PlainTextResponse(
                "open the address that the terminal shows\n端末に表示されたアドレスを開いてください", 403
            )
        if scope["method"] not in ("GET", "HEAD"):
            return self._unwritten(headers)
        return None

    def _entering(self, scope: Scope) -> Response | None:
        """The first request: the token moves from the address to a cookie."""
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        given = asked.pop("token", "")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return None
        answer = RedirectResponse("/changes" + (f"?{urlencode(asked)}" if asked else ""), 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer

    def _shown(self, headers: Headers) -> str:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return ""
        return cookies[self.cookie].value if self.cookie in cookies else ""

    def _unwritten(self, headers: Headers) -> Response | None:
        given = headers.get("x-koubun-token", "")
        if "origin" not in headers or not hmac.compare_digest(given.encode(), write_token(self.token).encode()):
            return PlainTextResponse("writing asks for the page's own token: reload the page", 403)
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("writing takes JSON", 415)
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return PlainTextResponse("too much at once", 413)
        return None
