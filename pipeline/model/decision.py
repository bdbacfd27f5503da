"""What a person decided about a spot of a source: a line of `rules/decisions/<source_id>.jsonl`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

#: `accept`: the row is right as it stands in `set`; `replace`: it should be as in `set`; `add`: a row is missing there; `reject`: no row belongs there;
#: `text`: the source has a slip there, `set["text"]` is meant (an erratum); `withdraw`: the decision named in `of` does not count any more
Do = Literal["accept", "replace", "add", "reject", "text", "withdraw"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a decision belongs, told by the text and not by offsets, so that edits elsewhere leave it where it is.

    `before` and `after` are what stands around `surface` in its block, without white space, `wide_before` and `wide_after` what stands around it in the
    document; `number` counts, from 1, the places that agree in surface, block and `where`, of which there were `among`. `where` is the header path of a
    table's cell, "" outside tables.
    """

    surface: str
    before: str = ""
    after: str = ""
    number: int = 1
    among: int = 1
    wide_before: str = ""
    wide_after: str = ""
    where: str = ""


@dataclass(frozen=True)
class Decision:
    """`kind` is a mention's kind, "" for `text` and `withdraw`. `set` holds the columns of that kind's table as they should be, `was` those of the machine's row
    at the time (None where there was none) and `rule` the id of its rule. `date` is the day of the decision (EDTF)."""

    do: Do
    kind: str = ""
    anchor: Anchor = Anchor("")
    set: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] | None = None
    rule: str = ""
    of: str = ""
    by: str = ""
    date: str = ""
    reason: str = ""

    @cached_property
    def decision_id(self) -> str:
        """Such as `dec-3f2a9c0b71d4`: a function of all that the line says."""
        return "dec-" + hashlib.sha256(self.line().encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def line(self) -> str:
        """The decision as one line of JSON without its end; what is empty is left out.

        >>> Decision("reject", "date", Anchor("10.7", "版", "以降"), rule="date.numeric.day", by="佐藤", date="2026-11-26").line()
        '{"do": "reject", "kind": "date", "surface": "10.7", "before": "版", "after": "以降", "number": 1, "among": 1, "rule": "date.numeric.day", "by": "佐藤", "date": "2026-11-26"}'
        """
        anchor = self.anchor
        told: dict[str, Any] = {"do": self.do, "kind": self.kind}
        if anchor.surface:
            told |= {name: getattr(anchor, name) for name in Anchor.__dataclass_fields__}
        told |= {"set": dict(self.set), "rule": self.rule, "of": self.of}
        told |= {"by": self.by, "date": self.date, "reason": self.reason}
        if self.was is not None:
            told["was"] = dict(self.was)
        return json.dumps({name: value for name, value in told.items() if value or name == "was"}, ensure_ascii=False)
