"""Named pieces of patterns: `{year}` in a rule stands for the pattern that `rules/fragments.yml` gives it.

Takes a pattern and the fragments; gives an RE2 pattern with named groups. Does not know what the groups mean.

`{month}` becomes a named group `month`, `{month:end}` a group `month_end`, `{:wave}` no group, `{@date}` a candidate found before (`{@date:end}`
a second one). A blank in a pattern is a gap: at most one space; write `\\s` or `[ ]` for a demanded one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from pipeline.model import PipelineError

#: candidates stand in a composed line as one character of this private area, the n-th as U+E000 + n
CANDIDATE_AREA = (0xE000, 0xF8FF)
_REFERENCE = re.compile(r"\{(?P<mark>[@:]?)(?P<name>[a-z_][a-z0-9_]*)(?::(?P<suffix>[a-z0-9_]+))?\}")


def expand(pattern: str, fragments: Mapping[str, str], where: str) -> str:
    """The pattern with its fragments put in.

    >>> expand("{month} 月", {"month": "[0-9]{1,2}"}, "rules/date/x.yml:3 date.x")
    '(?P<month>[0-9]{1,2})[ ]?月'
    """

    def put(match: re.Match[str]) -> str:
        mark, name, suffix = match["mark"], match["name"], match["suffix"]
        group = f"{name}_{suffix}" if suffix else name
        if mark == "@":
            return f"(?P<at_{group}>[\\x{{{CANDIDATE_AREA[0]:X}}}-\\x{{{CANDIDATE_AREA[1]:X}}}])"
        if name not in fragments:
            near = difflib.get_close_matches(name, fragments, 1)
            hint = f"did you mean {{{near[0]}}}?" if near else "define it in rules/fragments.yml"
            raise PipelineError(where, f"fragment {{{name}}} is not defined", hint)
        inner = fragments[name]
        return f"(?:{inner})" if mark == ":" else f"(?P<{group}>{inner})"

    return _REFERENCE.sub(put, _gaps(pattern))


def resolve_fragments(raw: Mapping[str, str], where: str) -> dict[str, str]:
    """Fragments with the fragments inside them put in (as plain groups); a circle raises `PipelineError`."""
    done: dict[str, str] = {}

    def of(name: str, path: tuple[str, ...]) -> str:
        if name in path:
            raise PipelineError(where, f"fragment {{{name}}} contains itself", "break the circle")
        if name not in done:
            inner = _gaps(raw[name])
            for match in list(_REFERENCE.finditer(inner)):
                if match["name"] not in raw:
                    expand(inner, raw, f"{where} {name}")
                inner = inner.replace(match[0], f"(?:{of(match['name'], (*path, name))})")
            done[name] = inner
        return done[name]

    return {name: of(name, ()) for name in raw}


def _gaps(pattern: str) -> str:
    """Blanks outside character classes become an optional space."""
    if " " not in pattern:
        return pattern
    out, inside, index = [], False, 0
    while index < len(pattern):
        character = pattern[index]
        if character == "\\":
            out.append(pattern[index : index + 2])
            index += 2
            continue
        if character == "[" and not inside:
            inside = True
        elif character == "]" and inside and pattern[index - 1] != "[":
            inside = False
        out.append("[ ]?" if character == " " and not inside else character)
        index += 1
    return "".join(out)
