"""What a web page says of itself: title, publisher, date of publication.

Takes the tree and its visible text; gives texts, "" where the page does not say it plainly. Does not know sidecars.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from lxml.etree import _Element

from pipeline.parsers.html_text import squeezed
from pipeline.parsers.html_tree import text_of
from pipeline.text.orthography import any_of, era_names, first_year, words

_PUBLISHED_META = ("article:published_time", "dcterms.issued", "dc.date.issued", "datepublished", "dc.date", "date")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_DATE = re.compile(
    rf"[\s:/]{{0,4}}(?:(?P<era>{any_of(era_names())})\s?(?P<era_year>[0-9]{{1,2}}|元)年|(?P<year>(?:19|20)[0-9]{{2}})[年/.-])"
    r"\s?(?P<month>[0-9]{1,2})[月/.-]\s?(?P<day>[0-9]{1,2})(?![0-9])"
)
_SITE = re.compile(rf"[\s　]*(?:公式)?[\s　]*{words('site')}$")
_PUBLISHED, _UPDATED = re.compile(words("published")), re.compile(words("updated"))


def page_title(root: _Element) -> str:
    """The text of the title element, "" where there is none."""
    titled = next(root.iter("title"), None)
    return "" if titled is None else squeezed(text_of(titled))


def title_of(root: _Element) -> str:
    """The page's only h1 where the title element repeats it (`予算 - 札幌市`), else the title element, else an h1."""
    title = page_title(root)
    heads = [text for element in root.iter("h1") if (text := squeezed(text_of(element)))]
    if not title:
        return heads[0] if heads else ""
    return next((head for head in heads if len(head) >= 4 and head in title), title)


def publisher_of(root: _Element) -> str:
    """`author`, or else the site's name, of the page's meta elements, without 公式ウェブサイト; "" for a slogan."""
    name = _meta(root, ("author", "dcterms.publisher", "dc.publisher", "og:site_name"))
    name = _SITE.sub("", name).strip()
    return name if len(name) <= 40 and not re.search(r"[。！!|｜]", name) else ""


def published_of(root: _Element, text: str) -> str:
    """ISO day of publication (or else of the last update); "" where there is none or several that differ."""
    if match := _ISO.match(_meta(root, _PUBLISHED_META)):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    for label in (_PUBLISHED, _UPDATED):
        behind = (unicodedata.normalize("NFKC", text[found.end() : found.end() + 30]) for found in label.finditer(text))
        days = {_written(match) for part in behind if (match := _DATE.match(part))}
        if days:
            return days.pop() if len(days) == 1 else ""
    return ""


def day_of(text: str) -> str:
    """The one day that a text is, as ISO, "" where it is none or more.

    >>> day_of("令和３年９月１４日"), day_of("2021-09-14T10:00+09:00"), day_of("9月14日")
    ('2021-09-14', '2021-09-14', '')
    """
    folded = unicodedata.normalize("NFKC", text)
    if match := _ISO.match(folded):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return _written(match) if (match := _DATE.match(folded)) else ""


def _meta(root: _Element, names: tuple[str, ...]) -> str:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        content = squeezed(element.get("content") or "")
        if name in names and content:
            found.setdefault(name, content)
    return next((found[name] for name in names if name in found), "")


def _written(match: re.Match[str]) -> str:
    if match["era"]:
        year = first_year(match["era"]) - 1 + (1 if match["era_year"] == "元" else int(match["era_year"]))
    else:
        year = int(match["year"])
    return _day(year, int(match["month"]), int(match["day"]))


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
