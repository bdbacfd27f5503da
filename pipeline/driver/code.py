"""What a module means: its text without comments, docstrings and blank lines.

Takes the text of a Python module; gives a digest. Does not know what the module is for.

The digest is the same under every version of Python, which trees and tokens of the standard library are not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

#: strings whole, comments, brackets
_PIECE = re.compile(
    r"""
    (?P<string>[rRbBuUfF]{0,2}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
    |(?P<comment>\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])""",
    re.DOTALL | re.VERBOSE,
)
_ALONE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|$)")


def code_digest(text: str) -> str:
    """16 hexadecimal digits, the same for two texts that do the same because they differ in comments, docstrings or blank lines only.

    >>> code_digest('def f():\\n    "what it is"\\n    return 1  # one\\n') == code_digest("def f():\\n\\n    return 1\\n")
    True
    >>> code_digest("x = '# 1'\\n") == code_digest("x = '# 2'\\n")
    False
    """
    lines = "".join(_kept(text.replace("\r\n", "\n"))).split("\n")
    code = "\n".join(line.rstrip() for line in lines if line.strip())
    return hashlib.blake2b(code.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _kept(text: str) -> Iterator[str]:
    """The pieces of a module that Python does something for."""
    at = depth = 0
    for piece in _PIECE.finditer(text):
        if piece["open"] or piece["close"]:
            depth += 1 if piece["open"] else -1
        elif piece["comment"] or (not depth and _is_statement(text, *piece.span())):
            yield text[at : piece.start()]
            at = piece.end()
    yield text[at:]


def _is_statement(text: str, start: int, end: int) -> bool:
    """Whether a string stands on its lines alone, so that nothing comes of it."""
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip() and text[line - 2 : line] != "\\\n" and _ALONE.match(text, end) is not None
