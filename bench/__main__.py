"""`make bench`: on ../shared where it lies beside the project, else on raw/."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import diffed, finding, html, many, memory, paired, pdf, startup, trial, unchanged, workers
from pipeline.engine.load import load_rules
from pipeline.parsers import parse
from pipeline.sources.discovery import discover, read_source

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
#: PDFs of different makes: prose, two columns, ruled tables, a budget book's pages, vertical writing
PDFS = (
    "nankoku-shisei-houshin-446", "soumu-ict-hakusho-r06-ch4", "mhlw-hinin-kyoto", "nankoku-r8-tousho-benkyoukai",
    "otoineppu-kouhou-2022-09", "smrj-seichou-kasoku-koubo", "fuji-r8-sainyu-15-kokko", "mhlw-careerup-youryou-r7-07",
)  # fmt: skip
#: read before those, and not counted
WARMING = (
    "mhlw-jinzai-reskilling",
    "nankoku-seimukatsudouhi-tebiki",
    "otoineppu-kouhou-2025-02",
    "fuji-r8-fuzoku-shiryou",
)
#: 612 pages
LONGEST = "fuji-r6-yosansho-612p"


def main() -> int:
    rules = load_rules()
    texts = SHARED / "sources" if SHARED.is_dir() else ROOT / "raw"
    read = []
    for found in discover(texts).sources:
        source, _ = read_source(found)
        read.append((source, parse(source)))
    speed = finding.measure(read, rules)
    print(
        f"everything after reading: {speed.pipeline:,.0f} characters/s, {speed.ratio:.2f} times bare fugashi"
        f" ({speed.fugashi:,.0f} characters/s; {len(read)} texts, {speed.characters:,} characters)",
        flush=True,
    )
    for stage in finding.STAGES:
        alone = finding.measure_stage(stage, read, rules)
        print(f"{stage} alone, folding and tokens left out: {alone.ratio:.2f} times bare fugashi", flush=True)
    corpus = SHARED / "corpus" / "pdf"
    paths = [corpus / f"{name}.pdf" for name in PDFS] if corpus.is_dir() else sorted((ROOT / "raw").rglob("*.pdf"))
    others = [path for path in sorted((ROOT / "raw").rglob("*.pdf")) if path not in paths]
    if corpus.is_dir():
        others += [corpus / f"{name}.pdf" for name in WARMING]
    speeds = pdf.measure(paths, rules, others)
    total = speeds[-1]
    print(
        f"PDF, file to text and cells: {total.theirs / total.reading:.1f} times pdfplumber's extract_text"
        f" (file to all tables of mentions: {total.ratio:.1f} times)"
    )
    print(pdf.table(speeds), flush=True)
    one, two = workers.measure(corpus if corpus.is_dir() else ROOT / "raw")
    print(
        f"cold build of the PDFs: two workers {one / two:.2f} times as fast as one ({two:.1f} s, {one:.1f} s)",
        flush=True,
    )
    long = corpus / f"{LONGEST}.pdf" if corpus.is_dir() else paths[0]
    one, two = workers.measure_one(long)
    print(
        f"cold build of {long.stem} alone: two workers {one / two:.2f} times as fast as one ({two:.1f} s, {one:.1f} s)",
        flush=True,
    )
    print(f"peak memory, {long.stem}, file to rows: {memory.measure(long) / 1e6:,.0f} MB", flush=True)
    page = html.measure(sorted((SHARED / "corpus" / "html" if SHARED.is_dir() else ROOT / "raw").rglob("*.html")))
    print(
        f"reading HTML: {page.ratio:.2f} times BeautifulSoup with lxml ({page.pages} pages, {page.size:,} bytes)",
        flush=True,
    )
    shares = paired.measure(SHARED / "corpus")
    print(
        "tables of real PDFs, expected values in the right row" + ("" if shares else ": skipped, the corpus is missing")
    )
    if shares:
        print(paired.table(shares), flush=True)
    print(f"from a fresh process to the mentions of a sentence, all gazetteers loaded: {startup.measure():.2f} s")
    cold, again = unchanged.measure(texts)
    print(f"a build in which nothing changed: {again:.2f} s (cold {cold:.2f} s, {len(read)} sources)")
    print(f"{many.NUMBER:,} sources made from those under raw/, a cold build takes its time …", flush=True)
    lot = many.measure()
    print(
        f"{lot.number:,} sources: unchanged {lot.again:.2f} s (cold {lot.cold:.0f} s, {lot.again / lot.cold:.4f} of it), one edited"
        f" {lot.edited:.2f} s ({lot.folders} folder and {lot.others} other files written); peak memory of the driver {lot.memory / 1e6:,.0f} MB"
    )
    waited = trial.measure([document.text for source, document in read if source.media_type == "text/plain"])
    print(
        f"a preview of an edited rule, {waited.characters:,} characters in {waited.sources:,} sources, a hundredth of which hold its words:"
        f" {waited.preview:.2f} s (cold build {waited.cold:.0f} s)"
    )
    told = diffed.measure()
    print(
        f"a diff against the last commit, {told.rows:,} changed rows of {told.sources} sources: {told.shown:.2f} s for people, {told.all_changed:.2f} s as JSON"
        f" (nothing changed: {told.unchanged:.2f} s)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
