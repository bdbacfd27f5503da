"""The project that is reviewed in the browser: documents of an invented town, committed, then edited and built again.

Takes a folder; makes a git project in it. After `edit` the page has to show: 100 rows gained by one edited rule in six sources, six rows lost by another, dates of
another year by a sidecar, a page replaced by a newer one, bodies known by a new line of a gazetteer, and a new source.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from pipeline.driver.build import build
from pipeline.tables.files import read_table
from tests.pdf_maker import Maker

MONTHS = "一二三四五六七八九"
#: a rule for the months in which a market is held; the edit adds evening markets
MARKET = """\
kind: date
rules:
  - id: date.own.market
    description: A month, written in kanji, with the market that is held in it.
    pattern: "(?P<month>{{:month}})月{market}"
    value: date
    examples:
      "XXXX-05": ["«五月朝市»は"]
"""
#: the edit leaves out the fairs that are no day of rest
FAIR = """\
kind: date
rules:
  - id: date.fair.month
    description: A month, written in kanji, with the fair of a shrine.
    pattern: "(?P<month>{{:month}})月縁日"
    value: date
    {narrowed}
    examples:
      "XXXX-07": ["«七月縁日»の"]
"""
BODIES = "organisation_id,name,legal_form,kind,parent_id,corporate_number,aliases,note\n"
READERS = ",ひばり谷読書会,,nonprofit,,,,\n"
HOSTILE = "<script>window.hostile = 1</script>"
#: right-to-left override: what follows must not be turned around on the page
BIDI = "\u202e逆さ\u2066まつり"
LONG = "あ" * 3_000 + "五月朝市" + "い" * 3_000
STREETS = {"kita": "北町", "minami": "南町", "higashi": "東町", "nishi": "西町"}
TEXT_CHANGES, TABLE_CHANGES, PAGE_CHANGES = 20, 12, 8
PLAN = """\
<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>川べりの計画</title></head><body><h1>川べりの計画</h1>
{inserted}<p>堤の手入れは令和3年4月1日に始める。</p>
<table><tr><th>事業</th><th>予算額（円）</th></tr><tr><td>堤の手入れ</td><td>{dyke}</td></tr><tr><td>桜の植え替え</td><td>41,000</td></tr></table></body></html>
"""


def street(name: str) -> str:
    """A page of plain text; 𠮷 is one character, of which a browser counts two."""
    lines = [f"{name}の市の記録", ""]
    for number in range(TEXT_CHANGES):
        month = MONTHS[number % 9]
        lines.append(f"𠮷野家の角{number + 1}番で{month}月夕市を開き、売上は{(number + 3) * 1_100:,}円であった。")
    return "\n".join([*lines, "", "世話役の𠮷川氏は、その折に相談を申し出た。", ""])


def fair() -> str:
    """A web page with what its author did not mean well."""
    rows = "".join(
        f"<tr><td>広場{number + 1}</td><td>{MONTHS[number % 9]}月夕市</td><td>{number + 5},000</td></tr>"
        for number in range(TABLE_CHANGES)
    )
    written = HOSTILE.replace("<", "&lt;")
    return f"""\
<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{written}の催し</title></head><body>
<h1>{written}の催し</h1><p>{BIDI}は{written}と五月朝市に行う。</p><p>{LONG}</p>
<table><tr><th>会場</th><th>催し</th><th>出店料（円）</th></tr>{rows}</table>
<p>&lt;img src=x onerror="window.hostile = 2"&gt;の会費は1,200円とする。</p></body></html>
"""


def leaflet() -> bytes:
    """A PDF page: each surface stands apart from what is before and behind it, so that its pixels can be told."""
    maker = Maker()
    maker.text(60, 70, "夕市の案内", 16)
    for number in range(PAGE_CHANGES):
        maker.text(60, 120 + 40 * number, f"来たる　　{MONTHS[number]}月夕市　　の支度を会場で行う。", 12)
    return maker.data()


class Town:
    """The project in `folder`, at first empty: `begin`, then `edit`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.raw, self.rules = folder, folder / "raw", folder / "rules"
        self.out, self.cache = folder / "extracted", folder / ".cache"

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def source(self, name: str, content: str | bytes, **sidecar: str) -> None:
        self.write(f"raw/{name}", content)
        told = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in sidecar.items())
        self.write(f"raw/{Path(name).with_suffix('').as_posix()}.source.yml", told)

    def build(self) -> None:
        build(self.raw, self.out, self.rules, self.cache, jobs=1)

    def commit(self) -> None:
        git = ["git", "-C", str(self.folder), "-c", "user.name=町", "-c", "user.email=machi@localhost"]
        if not (self.folder / ".git").exists():
            subprocess.run([*git, "init", "-q"], check=True)
            self.write(".gitignore", ".cache/\n")
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "state"], check=True)

    def begin(self) -> None:
        """The committed state."""
        for name, title in STREETS.items():
            self.source(f"streets/{name}.txt", street(title), title=f"{title}の市", published="2021")
        self.source("pages/fair.html", fair(), title=f"{HOSTILE}の催し", published="2021")
        self.source("leaflet.pdf", leaflet(), title="夕市の案内", published="2021")
        days = "".join(f"第{n}回の稽古は{n}月1{n}日に行う。\n" for n in range(1, 6))
        self.source("lessons.txt", f"稽古の日\n\n{days}", title="稽古の日", published="2021-01")
        fairs = "".join(
            f"{place}では{month}月縁日を待つ。\n" for place, month in zip("松竹梅桜桃菊", MONTHS, strict=False)
        )
        self.source("fairs.txt", f"縁日の話\n\n{fairs}", title="縁日の話", published="2021")
        self.source("readers.txt", "読書の会\n\n秋に、ひばり谷読書会が本を配る。\n", title="読書の会", published="2021")
        self.source("pages/plan.html", PLAN.format(inserted="", dyke="23,000"), title="川べりの計画", published="2021")
        self.write("rules/date/own.yml", MARKET.format(market="朝市"))
        self.write("rules/date/fair.yml", FAIR.format(narrowed=""))
        self.write("rules/gazetteer/organisations.csv", BODIES)
        self.build()
        self.commit()

    def edit(self) -> None:
        """What a person then changed, and built."""
        self.write("rules/date/own.yml", MARKET.format(market="(?:朝市|夕市)"))
        self.write("rules/date/fair.yml", FAIR.format(narrowed='not_after: "を待"'))
        self.write("rules/gazetteer/organisations.csv", BODIES + READERS)
        inserted = "<p>令和4年に計画を改めた。</p>\n"
        self.source(
            "pages/plan.html", PLAN.format(inserted=inserted, dyke="28,000"), title="川べりの計画", published="2021"
        )
        self.write("raw/lessons.source.yml", 'title: "稽古の日"\npublished: "2022-01"\n')
        self.source(
            "pond.txt", "池の記録\n\n令和3年8月2日、池の水位は45cmであった。\n", title="池の記録", published="2021"
        )
        self.build()

    def rows(self, table: str, source_id: str) -> list[Mapping[str, str]]:
        """Rows of a source's table, as the last build wrote them."""
        return list(read_table(self.out / "sources" / source_id / f"{table}.csv"))

    def text(self, source_id: str) -> str:
        return (self.out / "sources" / source_id / "text.txt").read_bytes().decode()

    def judged(self) -> list[str]:
        """Sources with a decision file."""
        folder = self.rules / "decisions"
        return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.jsonl"))

    def decisions(self, *source_ids: str) -> list[dict[str, object]]:
        """Lines of the decision files of these sources, or of all."""
        paths = [self.rules / "decisions" / f"{source_id}.jsonl" for source_id in source_ids or self.judged()]
        return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def crowd(folder: Path, changes: int) -> Town:
    """A project with so many changes of one rule, in sources of five hundred each."""
    town = Town(folder)
    for number in range(changes // 500):
        lines = (f"{number * 500 + n}番の小屋で{MONTHS[n % 9]}月夕市。\n" for n in range(500))
        town.source(f"huts/{number:02}.txt", "小屋の記録\n\n" + "".join(lines), title=f"小屋{number}", published="2021")
    town.write("rules/date/own.yml", MARKET.format(market="朝市"))
    town.build()
    town.commit()
    town.write("rules/date/own.yml", MARKET.format(market="(?:朝市|夕市)"))
    town.build()
    return town
