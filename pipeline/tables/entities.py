"""Bodies and places over all sources, one row each.

Takes the mention tables' rows and the gazetteers; gives the rows of `organisations.csv` and `municipalities.csv`. Does not know documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.body_redirects import organisation_redirects
from pipeline.text.codes import corporate_number_of

Row = Mapping[str, str]


def municipality_rows(mentions: Iterable[Row], gazetteers: Mapping[str, Gazetteer]) -> list[dict[str, str]]:
    """A row a code that is mentioned, sorted by code; a code that had several names has the last one."""
    known = _by_key(gazetteers, ("former", "municipalities", "foreign"), "code")
    counts: Counter[str] = Counter()
    named: dict[str, Row] = {}
    for mention in mentions:
        if mention["code"]:
            counts[mention["code"]] += 1
            named.setdefault(mention["code"], mention)
    rows = []
    for code, count in sorted(counts.items()):
        row = known.get(code, {})
        rows.append(
            {
                "code": code,
                "name": row.get("name") or named[code]["name"],
                "kana": row.get("kana", ""),
                "prefecture": named[code]["prefecture"],
                "country": named[code]["country"],
                "level": named[code]["level"],
                "valid_from": row.get("valid_from", ""),
                "valid_to": row.get("valid_to", ""),
                "mentions": str(count),
            }
        )
    return rows


#: the columns of mentions that are asked for
OF_PLACES = ("code", "name", "prefecture", "country", "level")
OF_BODIES = ("surface", "organisation_id", "name", "legal_form", "kind")


def organisation_rows(
    mentions: Iterable[Row], places: Iterable[Row], gazetteers: Mapping[str, Gazetteer]
) -> list[dict[str, str]]:
    """A row a body that is mentioned, its parents, and every local government mentioned (`lg-` and its code), sorted by id. `places` are rows of
    `municipalities.csv`."""
    known = _by_key(gazetteers, ("organisations",), "organisation_id")
    governments = _by_key(gazetteers, ("former", "municipalities"), "code")
    counts: Counter[str] = Counter()
    names: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    surfaces: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        body = mention["organisation_id"]
        counts[body] += 1
        names[body][mention["name"], mention["legal_form"], mention["kind"]] += 1
        surfaces[body].add("".join(mention["surface"].split()))
    for place in places:
        if place["code"].isdigit():
            counts[f"lg-{place['code']}"] += int(place["mentions"])
    for body in list(counts):
        for parent in _ancestors(body, known):
            counts.setdefault(parent, 0)
    return [
        _organisation(body, count, names[body], surfaces[body], known, governments)
        for body, count in sorted(counts.items())
    ]


def redirect_rows(bodies: Iterable[Row], gazetteers: Mapping[str, Gazetteer]) -> list[dict[str, str]]:
    """A row an id that one of these bodies (rows of `organisations.csv`) had once, with its id of today, sorted by the old one."""
    present = {row["organisation_id"] for row in bodies}
    rows = gazetteers["organisation_redirects"].rows if "organisation_redirects" in gazetteers else ()
    reasons = {row["old_id"]: row["reason"] for row in rows}
    return [
        {"old_id": old, "new_id": new, "reason": reasons[old]}
        for old, new in sorted(organisation_redirects(gazetteers).items())
        if new in present
    ]


def _organisation(
    body: str,
    count: int,
    names: Counter[tuple[str, str, str]],
    surfaces: set[str],
    known: Mapping[str, Row],
    governments: Mapping[str, Row],
) -> dict[str, str]:
    row = known.get(body, {})
    name, form, kind = (
        min(names, key=lambda key: (-names[key], key)) if names else (body.rsplit("/", 1)[-1], "", "unit")
    )
    # a text gives the legal form once, and then the name alone
    form = form or min((key for key in names if key[1]), key=lambda key: (-names[key], key), default=("", "", ""))[1]
    number = row.get("corporate_number", "")
    if body.startswith("lg-") and "/" not in body:
        code = body.removeprefix("lg-")
        government = governments.get(code, {})
        name, form, kind = government.get("name", code), "", "government"
        numbered = not government.get("valid_to") and (government.get("level") != "ward" or code.startswith("131"))
        number = corporate_number_of(code) if numbered else ""
    name, form = row.get("name") or name, row.get("legal_form") or form
    return {
        "organisation_id": body,
        "name": name,
        "legal_form": form,
        "kind": row.get("kind") or kind,
        "parent_id": next(iter(_ancestors(body, known)), ""),
        "corporate_number": number,
        "aliases": "|".join(sorted(surfaces - {name})),
        "mentions": str(count),
    }


def _ancestors(body: str, known: Mapping[str, Row]) -> list[str]:
    """Parents, nearest first: by the gazetteer, else by the id itself (`lg-261009/環境政策局/地球温暖化対策室`)."""
    chain: list[str] = []
    while True:
        parent = known.get(body, {}).get("parent_id", "") or (body.rsplit("/", 1)[0] if "/" in body else "")
        if not parent or parent in chain:
            return chain
        chain.append(parent)
        body = parent


def _by_key(gazetteers: Mapping[str, Gazetteer], names: Iterable[str], key: str) -> dict[str, Row]:
    return {row[key]: row for name in names if name in gazetteers for row in gazetteers[name].rows}
