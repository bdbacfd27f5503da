"""Takes: rules/gazetteer/variants.csv (`from,to`: two characters of which either may stand for the other in a name).
Gives: the other spellings of a name.
Does not know: whose name it is, or whether somebody else has that spelling.
"""

import csv
import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path

_KANA = range(0x3040, 0x3100)


def read_variants(path: Path) -> dict[str, tuple[str, ...]]:
    """Each character of the file → all that may stand in its place, itself first; pairs chain (竈-釜, 竈-竃 gives 釜-竃)."""
    with path.open(encoding="utf-8", newline="") as file:
        return variant_classes((row["from"], row["to"]) for row in csv.DictReader(file))


def variant_classes(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Pairs joined to classes.

    >>> variant_classes([("竈", "釜"), ("竈", "竃")])["釜"]
    ('釜', '竃', '竈')
    """
    classes: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = classes.get(one, {one}) | classes.get(other, {other})
        for character in joined:
            classes[character] = joined
    return {character: (character, *sorted(joined - {character})) for character, joined in classes.items()}


def spellings(name: str, variants: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The other spellings of `name`, sorted, without itself. Kana vary only between kanji: つがる市 has no other spelling.

    >>> spellings("鰺ヶ沢町", variant_classes([("鰺", "鯵"), ("ヶ", "ケ")]))
    ['鯵ケ沢町', '鯵ヶ沢町', '鰺ケ沢町']
    """
    choices = [
        variants.get(character, (character,)) if _may_vary(name, place) else (character,)
        for place, character in enumerate(name)
    ]
    return sorted({"".join(spelling) for spelling in itertools.product(*choices)} - {name})


def _may_vary(name: str, place: int) -> bool:
    if not _is_kana(name[place]):
        return True
    return 0 < place < len(name) - 1 and not _is_kana(name[place - 1]) and not _is_kana(name[place + 1])


def _is_kana(character: str) -> bool:
    return ord(character) in _KANA
