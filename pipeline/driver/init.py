"""An empty project in any folder.

Takes a folder; writes `raw/ rules/ Makefile` and git's two files. Does not overwrite.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.model import PipelineError

_MAKEFILE = """\
# make          rebuild extracted/ from raw/
# make add FILE=…   make why   make try   make diff   make verify   make rules   make explain AT=SOURCE:OFFSET   make xlsx
KOUBUN ?= koubun

.PHONY: build add tables why try diff verify rules explain score decisions accept check-reviewed xlsx
build:
\t@$(KOUBUN) build
add:
\t@$(KOUBUN) add $(if $(FILE),"$(FILE)") $(if $(URL),--url "$(URL)")
tables:
\t@$(KOUBUN) tables
why:
\t@$(KOUBUN) why
try:
\t@$(KOUBUN) try
diff:
\t@$(KOUBUN) diff $(AGAINST)
verify:
\t@$(KOUBUN) verify
rules:
\t@$(KOUBUN) rules
explain:
\t@$(KOUBUN) explain "$(AT)"
score:
\t@$(KOUBUN) score "$(GOLD)"
decisions:
\t@$(KOUBUN) decisions
accept:
\t@$(KOUBUN) accept $(SOURCES)
check-reviewed:
\t@$(KOUBUN) check-reviewed
xlsx:
\t@$(KOUBUN) xlsx
"""
_RULES = """\
# Your rules

The rules that come with koubun apply already. Files here are laid over them:

- a rule with a new id is added, one with a known id replaces it;
- `disable: [date.era.day]` at the top of a file takes a shipped rule away;
- `gazetteer/units.csv` and its kin add rows, or replace those with the same first column; `disable: ["units:坪"]` takes one away.

A file such as `date/mine.yml` holds rules whose ids begin with `date.mine.`; `koubun rules` runs their examples.
"""
_FILES = {
    "Makefile": _MAKEFILE,
    "rules/README.md": _RULES,
    ".gitignore": ".cache/\n.extracted.next/\n.extracted.lock\n.decisions.lock\n",
    ".gitattributes": "extracted/** -text\nraw/** -text\nrules/decisions/**/*.jsonl -text merge=union\n",
}


def init(folder: Path) -> list[str]:
    """Lay out a project; gives the names of what was written. A folder with one of these files raises `PipelineError`."""
    for name in ("Makefile", "raw", "rules"):
        if (folder / name).exists():
            raise PipelineError(str(folder / name), "is there already", "choose an empty folder")
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text, encoding="utf-8", newline="\n")
    (folder / "raw").mkdir(parents=True)
    return ["raw/", *sorted(_FILES)]
