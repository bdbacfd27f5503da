"""The pages, as HTML from templates that escape what they are given.

Takes requests to read; gives HTML and pictures. Does not write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.review.reviewed import unreviewed
from pipeline.review.server.decisions import columns_of, values_of
from pipeline.review.server.desk import Desk
from pipeline.review.server.detail import Boxed, values, views
from pipeline.review.server.labels import LANGUAGES, labels, language
from pipeline.review.server.marked import visible
from pipeline.review.server.overview import Overview
from pipeline.review.server.pictures import Pictures
from pipeline.review.server.security import write_token
from pipeline.review.server.source_page import page_boxes, part_of, source_part
from pipeline.review.server.speaking import MOST_SHOWN, speaking
from pipeline.review.server.states import SourceState
from pipeline.tables.schema import MENTION_TABLES

_COOKIE = "koubun-lang"
_A_YEAR = 365 * 24 * 3600


class Pages:
    def __init__(self, desk: Desk, token: str) -> None:
        self.desk, self.token = desk, token
        self.pictures, self.overview = Pictures(), Overview(desk.project.out)
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"visible": visible, "path": lambda text: quote(text, safe="/")}
        self._templates.globals |= {"kinds": {kind: columns_of(kind) for kind in MENTION_TABLES}}

    def routes(self) -> list[Route]:
        return [
            Route("/", lambda request: RedirectResponse("/changes", 303)),
            Route("/changes", self.changes),
            Route("/part/changes/{key}", self.change),
            Route("/sources", self.sources),
            Route("/part/mentions/{source_id:path}", self.mention),
            Route("/sources/{source_id:path}", self.source),
            Route("/pages/{page:int}/{source_id:path}", self.picture),
            Route("/issues", self.issues),
            Route("/leftovers", self.leftovers),
            Route("/rules", self.rules),
        ]

    def changes(self, request: Request) -> Response:
        return self._page(request, "changes.html", "changes")

    def change(self, request: Request) -> Response:
        """A change beside its source, for the right half of the list."""
        desk = self.desk
        item = desk.by_key.get(request.path_params["key"])
        if item is None:
            raise HTTPException(404, "no such change")
        source_id = item.change.source_id
        old = item.change.old
        now, then = desk.shelf.now(source_id), desk.shelf.then(old["source_id"] if old is not None else source_id)
        shown = views(item, now, then)
        rule = self.desk.rule_set.by_id.get(item.row["rule_id"])
        sizes = {
            (view.side, page.page): self._size(view.side, view.source_id, page) for view in shown for page in view.pages
        }
        return self._page(
            request,
            "change.html",
            item=item,
            row=item.row,
            values=values(item),
            views=shown,
            sizes=sizes,
            state=desk.decided.get(item.key, ""),
            title=self._title(source_id),
            description=rule.description if rule is not None else "",
            where=rule.where if rule is not None else "",
            fields=values_of(item.kind, item.row),
            editable=item.change.new is not None,
        )

    def sources(self, request: Request) -> Response:
        asked = request.query_params
        overview = self.overview.of(self.desk.build_stamp())
        changed: dict[str, int] = {}
        for item in self.desk.items:
            changed[item.change.source_id] = changed.get(item.change.source_id, 0) + 1
        listing = overview.sources(asked.get("words", ""), _number(asked.get("p")))
        reviewed = self._reviewed([row["source_id"] for row in listing.rows])
        return self._page(
            request,
            "sources.html",
            "sources",
            listing=listing,
            counts=overview.counts(),
            words=asked.get("words", ""),
            changed=changed,
            reviewed=reviewed,
        )

    def source(self, request: Request) -> Response:
        """A source: its text in parts (`?part=`, or the one with `?at=`), or a page of a PDF (`?page=`)."""
        source_id, asked = request.path_params["source_id"], request.query_params
        state = self._state(source_id)
        about = dict(next(iter(state.table("sources")), {"title": source_id, "media_type": "", "pages": ""}))
        pages = int(about.get("pages") or 0) if about.get("media_type") == "application/pdf" else 0
        shown: dict[str, Any] = {"source_id": source_id, "about": about, "pages": pages, "page": None, "part": None}
        if pages and "page" in asked:
            number = max(1, min(pages, _number(asked.get("page"))))
            shown |= {"page": page_boxes(state, number), "size": self._size("now", source_id, Boxed(number, ()))}
            shown["entries"] = shown["page"].entries
        else:
            number = part_of(state, _number(asked["at"])) if "at" in asked else _number(asked.get("part"), 0)
            shown["part"] = source_part(state, number, self.desk.decisions.pending(source_id))
            shown["entries"] = shown["part"].entries
        shown["reviewed"] = self._reviewed([source_id])[source_id]
        return self._page(request, "source.html", "sources", **shown)

    def mention(self, request: Request) -> Response:
        """A row of a source, for the panel beside its text."""
        state = self._state(request.path_params["source_id"])
        kind, row = state.mentions.get(request.query_params.get("ref", ""), ("", None))
        if row is None:
            raise HTTPException(404, "no such row")
        rule = self.desk.rule_set.by_id.get(row["rule_id"])
        shown = [
            (name, visible(row[name], 400))
            for name in (*columns_of(kind), "basis", "antecedent", "rule_id", "status", "header")
            if row[name]
        ]
        return self._page(
            request, "mention.html", kind=kind, row=row, shown=shown, fields=values_of(kind, row),
            description=rule.description if rule is not None else "", source_id=state.source_id,
        )  # fmt: skip

    def picture(self, request: Request) -> Response:
        source_id, page = request.path_params["source_id"], request.path_params["page"]
        data = self._file("then" if "then" in request.query_params else "now", source_id)
        drawn = self.pictures.picture(data, page) if data is not None else None
        if drawn is None:
            raise HTTPException(404, "no such page")
        return Response(drawn.png, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})

    def issues(self, request: Request) -> Response:
        asked, overview = request.query_params, self.overview.of(self.desk.build_stamp())
        chosen = {name: asked.get(name, "") for name in ("code", "severity", "source")}
        listing = overview.issues(chosen, _number(asked.get("p")))
        return self._page(request, "issues.html", "issues", listing=listing, codes=overview.codes(), chosen=chosen)

    def leftovers(self, request: Request) -> Response:
        asked, overview = request.query_params, self.overview.of(self.desk.build_stamp())
        shape = asked.get("shape", "")
        listing = overview.leftovers(shape, _number(asked.get("p"))) if shape else None
        return self._page(
            request, "leftovers.html", "leftovers", shapes=overview.shapes(), shape=shape, listing=listing
        )

    def rules(self, request: Request) -> Response:
        told = speaking(self.desk)
        return self._page(request, "rules.html", "rules", told=told, rules=self.desk.rule_set.by_id, most=MOST_SHOWN)

    def _page(self, request: Request, template: str, nav: str = "", **shown: Any) -> Response:
        asked = request.query_params.get("lang", "")
        told = language(asked, request.cookies.get(_COOKIE, ""), request.headers.get("accept-language", ""))
        words = labels(told)
        desk = self.desk
        html = self._templates.get_template(template).render(
            t=SimpleNamespace(**words), lang=told, other=next(one for one in LANGUAGES if one != told), nav=nav, token=write_token(self.token),
            **desk.counts(), built=desk.built, island=_island(words), here=request.url.path,
            by=desk.by, against=desk.against, query=dict(request.query_params), **shown,
        )  # fmt: skip
        answer = HTMLResponse(html.encode("utf-8", "replace"))
        if asked in LANGUAGES:
            answer.set_cookie(_COOKIE, asked, max_age=_A_YEAR, samesite="strict", httponly=True, path="/")
        return answer

    def _state(self, source_id: str) -> SourceState:
        state = self.desk.shelf.now(source_id)
        if state is None:
            raise HTTPException(404, "no such source")
        return state

    def _reviewed(self, source_ids: Sequence[str]) -> dict[str, str]:
        """Whether sources are as they were reviewed: `reviewed`, `since` (changed), `never`."""
        out, told = self.desk.project.out, dict.fromkeys(source_ids, "reviewed")
        built = [source_id for source_id in source_ids if (out / "sources" / source_id / "sources.csv").is_file()]
        told |= dict.fromkeys(set(source_ids) - set(built), "never")
        if built:
            told |= {one.source_id: "since" if one.tables else "never" for one in unreviewed(out, built)}
        return told

    def _title(self, source_id: str) -> str:
        state = self.desk.shelf.now(source_id) or self.desk.shelf.then(source_id)
        about: Mapping[str, str] = next(iter(state.table("sources")), {}) if state is not None else {}
        return about.get("title") or source_id

    def _file(self, side: str, source_id: str) -> bytes | None:
        """A PDF's bytes, of now or of then; of sources only."""
        if side == "then":
            return self.desk.comparison.then.file(source_id)
        found = self.desk.shelf.files.get(source_id)
        return found.path.read_bytes() if found is not None and found.path.is_file() else None

    def _size(self, side: str, source_id: str, page: Boxed) -> tuple[float, float] | None:
        data = self._file(side, source_id)
        return self.pictures.size(data, page.page) if data is not None else None


def _island(words: Mapping[str, str]) -> Markup:
    """Labels for the scripts, as JSON that cannot end its element."""
    told = (
        json.dumps(dict(words), ensure_ascii=True)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )
    return Markup(told)


def _number(told: str | None, otherwise: int = 1) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 10 else otherwise
