"""What the pages' scripts ask for: windows of the list, readings of a selection, and everything that writes.

Takes requests with JSON; gives JSON. Does not decide what a decision is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.model import PipelineError
from pipeline.review.reviewed import accept
from pipeline.review.server.changes import Filter, choices, groups
from pipeline.review.server.decisions import added, corrected, erratum
from pipeline.review.server.desk import Desk
from pipeline.review.server.rebuilding import Rebuild
from pipeline.review.server.selection import readings
from pipeline.review.server.states import Row, SourceState
from pipeline.tables.schema import MENTION_TABLES

#: rows of a window, places of a text that is looked for
_WINDOW, _PLACES = 200, 50
#: characters of a selection, of a note or a value
_LONGEST, _NOTE = 2_000, 2_000
#: characters on each side of a selection that its form shows
_AROUND = 200


class Actions:
    def __init__(self, desk: Desk, rebuild: Rebuild) -> None:
        self.desk, self.rebuild = desk, rebuild

    def routes(self) -> list[Route]:
        asked: dict[str, Callable[[Request], dict[str, Any]]] = {
            "state": self.state,
            "changes": self.changes,
            "reading": self.reading,
            "find": self.find,
        }
        told: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "judge": self.judge,
            "correct": self.correct,
            "add": self.add,
            "erratum": self.erratum,
            "undo": self.undo,
            "rebuild": self.build,
            "reload": self.reload,
            "reviewed": self.reviewed,
        }
        return [
            *(Route(f"/api/{name}", _answer(answer), methods=["GET"]) for name, answer in asked.items()),
            *(Route(f"/api/{name}", _done(done), methods=["POST"]) for name, done in told.items()),
        ]

    def state(self, request: Request) -> dict[str, Any]:
        desk = self.desk
        return {
            **desk.counts(), "stale": desk.build_stamp() != desk.built, "built": desk.built, "touched": len(desk.touched), "build": self.rebuild.state, "told": self.rebuild.told,
        }  # fmt: skip

    def changes(self, request: Request) -> dict[str, Any]:
        """A window of the filtered list; its groups, and what it can be filtered by, where asked for."""
        desk, asked = self.desk, request.query_params
        chosen = list(_filter(asked).chosen(desk.items, desk.decided))
        offset, limit = _number(asked.get("offset", "0")), min(_WINDOW, _number(asked.get("limit", "100")))
        rows = [item.shown(desk.decided.get(item.key, "")) for item in chosen[offset : offset + limit]]
        answer: dict[str, Any] = {"count": len(chosen), "offset": offset, "rows": rows}
        answer |= {**desk.counts(), "built": desk.built, "touched": len(desk.touched)}
        if offset == 0 or "groups" in asked:
            answer["groups"] = groups(chosen, desk.decided, desk.effects)
        if "choices" in asked:
            answer["choices"] = choices(desk.items)
        if "find" in asked:
            wanted = asked["find"]
            answer["found"] = next((place for place, item in enumerate(chosen) if item.key == wanted), -1)
        if "next" in asked:
            start = _number(asked["next"])
            after = [*range(start, len(chosen)), *range(min(start, len(chosen)))]
            answer["open"] = next((place for place in after if chosen[place].key not in desk.decided), -1)
        return answer

    def reading(self, request: Request) -> dict[str, Any]:
        asked = request.query_params
        state = self._state(asked.get("source", ""))
        start, end = self._span(state, asked)
        about: Row = next(iter(state.table("sources")), {})
        at = max(0, start - _AROUND)
        around = state.text[at : end + _AROUND]
        kinds = readings(state, start, end, about, self.desk.rule_set)
        return {"surface": state.text[start:end], "around": around, "at": at, "kinds": kinds}

    def find(self, request: Request) -> dict[str, Any]:
        """Where a text stands in a source: the first places, and how many there are."""
        state, wanted = self._state(request.query_params.get("source", "")), request.query_params.get("text", "")
        if not wanted or len(wanted) > _LONGEST:
            return {"places": [], "count": 0}
        places: list[dict[str, Any]] = []
        at = state.text.find(wanted)
        while at >= 0:
            if len(places) < _PLACES:
                end = at + len(wanted)
                places.append(
                    {
                        "start": at,
                        "end": end,
                        "before": state.text[max(0, at - 20) : at],
                        "after": state.text[end : end + 20],
                    }
                )
            at = state.text.find(wanted, at + 1)
        return {"places": places, "count": state.text.count(wanted)}

    def judge(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Accept or reject changes by their keys, or all that are open in a group of the filtered list."""
        desk, verdict = self.desk, told.get("do")
        if verdict not in ("accept", "reject"):
            raise HTTPException(400, "do is accept or reject")
        keys = [str(key) for key in told.get("keys", ())]
        if told.get("group"):
            asked = {name: str(value) for name, value in dict(told.get("filter", {})).items()}
            wanted = _filter(asked | {"cause": str(told["group"])})
            keys = [item.key for item in wanted.chosen(desk.items, desk.decided) if item.key not in desk.decided]
        judged = desk.judge(keys, verdict, _text(told, "reason"))
        return self._after(keys) | asdict(judged)

    def correct(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Other columns, or another span, for a change's row, or for a row of a source (`mention`)."""
        desk = self.desk
        with desk.lock:
            key = str(told.get("key", ""))
            item = desk.by_key.get(key)
            source_id = item.change.source_id if item is not None else str(told.get("source", ""))
            state = self._state(source_id)
            kind, row = (
                (item.kind, item.change.new)
                if item is not None
                else state.mentions.get(str(told.get("mention", "")), ("", None))
            )
            if row is None:
                raise HTTPException(404, "no such row")
            span = self._span(state, told)
            said, was = desk.said(_text(told, "reason")), desk.decisions.machine(kind, row)
            decisions = corrected(kind, row, _columns(told), span, state, said, was)
            desk.write({source_id: decisions}, {key: "corrected"} if item is not None else {})
        return self._after([key])

    def add(self, told: Mapping[str, Any]) -> dict[str, Any]:
        desk, kind = self.desk, str(told.get("kind", ""))
        state = self._state(str(told.get("source", "")))
        if kind not in MENTION_TABLES:
            raise HTTPException(400, "no such kind")
        with desk.lock:
            decision = added(kind, _columns(told), self._span(state, told), state, desk.said(_text(told, "reason")))
            desk.write({state.source_id: [decision]}, {})
        return self._after([])

    def erratum(self, told: Mapping[str, Any]) -> dict[str, Any]:
        desk, state = self.desk, self._state(str(told.get("source", "")))
        with desk.lock:
            decision = erratum(_text(told, "text"), self._span(state, told), state, desk.said(_text(told, "reason")))
            desk.write({state.source_id: [decision]}, {})
        return self._after([])

    def undo(self, told: Mapping[str, Any]) -> dict[str, Any]:
        keys = self.desk.undo(str(told.get("key", "")))
        return self._after(keys or ()) | {"done": keys is not None}

    def build(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Build the sources that were touched; all that need it where none was."""
        desk = self.desk
        with desk.lock:
            only = sorted(desk.touched)
            started = self.rebuild.start(only)
            if started:
                desk.touched.clear()
        return {"started": started, "sources": only}

    def reload(self, told: Mapping[str, Any]) -> dict[str, Any]:
        self.desk.load()
        return self._after([])

    def reviewed(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Mark sources as reviewed as they are built: those named, or all that the list of changes tells of. Not while a decision waits for a build."""
        desk = self.desk
        named = [str(source_id) for source_id in told.get("sources", ())]
        chosen = named or sorted({item.change.source_id for item in desk.items} & desk.shelf.files.keys())
        for source_id in chosen:
            self._state(source_id)
            if desk.decisions.pending(source_id):
                raise PipelineError(source_id, "has decisions that no build has seen", "rebuild first (b)")
        return {"marked": accept(desk.project.out, chosen) if chosen else []}

    def _after(self, keys: Any) -> dict[str, Any]:
        desk = self.desk
        states = {key: desk.decided.get(key, "") for key in keys}
        return {**desk.counts(), "states": states, "touched": len(desk.touched)}

    def _state(self, source_id: str) -> SourceState:
        state = self.desk.shelf.now(source_id)
        if state is None:
            raise HTTPException(404, "no such source")
        return state

    def _span(self, state: SourceState, told: Mapping[str, Any]) -> tuple[int, int]:
        start, end = _number(told.get("start")), _number(told.get("end"))
        if not 0 <= start < end <= len(state.text) or end - start > _LONGEST:
            raise HTTPException(400, "no such place")
        return start, end


def _filter(asked: Mapping[str, str]) -> Filter:
    return Filter(
        asked.get("kind", ""), asked.get("how", ""), asked.get("state", ""), asked.get("source", ""),
        asked.get("rule", ""), asked.get("cause", ""), asked.get("words", ""),
    )  # fmt: skip


def _number(told: object) -> int:
    text = str(told)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise HTTPException(400, "a number is missing")
    return int(text)


def _text(told: Mapping[str, Any], name: str) -> str:
    text = told.get(name, "")
    if not isinstance(text, str) or len(text) > _NOTE:
        raise HTTPException(400, f"{name} is no text, or too long")
    return text.strip()


def _columns(told: Mapping[str, Any]) -> dict[str, str]:
    columns = told.get("set", {})
    if not isinstance(columns, dict):
        raise HTTPException(400, "set is no object")
    return {str(name): _text(columns, name) for name in columns}


def _answer(answer: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Response]:
    def answered(request: Request) -> Response:
        return _json(answer(request))

    return answered


def _done(done: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Any:
    async def answered(request: Request) -> Response:
        try:
            told = json.loads(await request.body())
        except ValueError:
            raise HTTPException(400, "no JSON") from None
        if not isinstance(told, dict):
            raise HTTPException(400, "no object")
        return _json(await run_in_threadpool(done, told))

    return answered


def _json(answer: Mapping[str, Any]) -> Response:
    """In ASCII: a text may hold halves of surrogate pairs, which UTF-8 has not."""
    return Response(json.dumps(answer), media_type="application/json")
