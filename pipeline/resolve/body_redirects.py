"""Ids that bodies had once, and the ids that they have now.

Takes the gazetteer `organisation_redirects` (old_id, new_id, reason); gives where an id leads to today. Does not know documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import PipelineError
from pipeline.resolve.body_names import Bodies, Body


def organisation_redirects(gazetteers: Mapping[str, Gazetteer]) -> Mapping[str, str]:
    """Old id → the id of today, over as many steps as there are. Raises PipelineError where the steps lead round in a ring."""
    return _followed(gazetteers.get("organisation_redirects"))


@lru_cache(maxsize=4)
def _followed(gazetteer: Gazetteer | None) -> Mapping[str, str]:
    steps = {row["old_id"]: row["new_id"] for row in (gazetteer.rows if gazetteer is not None else ())}
    return {old: _end(old, steps) for old in steps}


def _end(old: str, steps: Mapping[str, str]) -> str:
    passed = [old]
    if steps[old] in ("", old):
        where = f"gazetteer/organisation_redirects.csv: {old}"
        raise PipelineError(where, "leads to itself or to nothing", "give the id of today")
    while (new := current_id(passed[-1], steps)) != passed[-1]:
        if new in passed:
            where = f"gazetteer/organisation_redirects.csv: {old}"
            raise PipelineError(where, f"leads round by {' → '.join([*passed[1:], new])}", "give the id of today")
        passed.append(new)
    return passed[-1]


def current_id(organisation_id: str, redirects: Mapping[str, str]) -> str:
    """The id of today; a unit goes with its owner.

    >>> current_id("n-環境機構/総務課", {"n-環境機構": "jp-1000000000001"})
    'jp-1000000000001/総務課'
    """
    owner = organisation_id
    while owner not in redirects:
        owner, parted, _ = owner.rpartition("/")
        if not parted:
            return organisation_id
    return redirects[owner] + organisation_id[len(owner) :]


def redirected(body: Body, redirects: Mapping[str, str], known: Bodies) -> Body:
    """The body under its id of today, with the gazetteer's name where it has one."""
    new = current_id(body.organisation_id, redirects)
    if new == body.organisation_id:
        return body
    return known.by_id(new) or Body(new, body.name, body.legal_form, body.kind)
