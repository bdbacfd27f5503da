"""Words that names of units and of a local government's own bodies end with, made into patterns.

Takes the gazetteer `body_words`; gives `UnitWords`. Does not know bodies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.body_words import WordsByRole
from pipeline.engine.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, eq=False)
class UnitWords:
    """Patterns to search a name with, by role of `rules/gazetteer/body_words.csv`."""

    #: one unit of a chain, up to a word that ends units (`step`), or what is left
    step: re.Pattern[str]
    #: looks like a unit and is none (`no_step`: 全部)
    no_step: re.Pattern[str]
    #: what belongs to a local government or ministry as a part of it, by its end (`part`) or its only word (`part_alone`)
    part: re.Pattern[str]
    #: bodies that every local government has one of (`own_committee`, `own_committee_end`)
    own_committee: re.Pattern[str]
    #: schools and centres that every local government may have of the same name; a bare name is the publisher's (`own_place`, `own_place_end`)
    own_place: re.Pattern[str]
    #: bodies that belong to their government even where it stands on a line of its own, by their end (`own_committee`)
    own_board: re.Pattern[str]
    #: the kind of government that stands for the one meant before a body's name (`own_kind`: 県環境部, 村職員衛生委員会), its beginning
    own_kind: re.Pattern[str]
    #: an assembly by its kind alone: the kind of government or union (`assembly_owner`) and the word for it (`assembly`), as groups `owner`, `assembly`
    own_assembly: re.Pattern[str]
    #: a branch or works of a company, by its end (`joins_company`), as what is left of a name behind the company's
    joins_company: re.Pattern[str]
    #: a committee behind the name of an association (`committee_owner`: 商工会議所) whose committee it is: its groups `owner`, `committee`
    owned_committee: re.Pattern[str]
    #: a rank of an administration, by its end (`ranked`: 課)
    ranked: re.Pattern[str]
    #: tells of a body beyond one local government (`wider`: 全国)
    wider: re.Pattern[str]
    #: a hospital, by its end (`hospital`), and a body that runs some, by its end (`hospital_owner`)
    hospital: re.Pattern[str]
    hospital_owner: re.Pattern[str]
    #: a branch of an office (支所), and an office that has branches and lies in a bureau or department (保健所), by their ends
    branch_end: re.Pattern[str]
    office_end: re.Pattern[str]
    #: the main office of a body, which is called by this name alone (whole)
    seat: re.Pattern[str]
    #: the legal form of a corporation that runs hospitals (`hospital_form`), and how the name of such a corporation ends (`hospital_parent`)
    hospital_form: re.Pattern[str]
    hospital_parent: re.Pattern[str]
    #: a part of the country that the state's offices are named after (`region`)
    region: re.Pattern[str]
    #: the house of a local government between its name and its unit's (`hall`: 役所), with a floor; beginning
    hall: re.Pattern[str]
    #: the same between the name and a blank before the unit's (伊那市役所 企画部)
    hall_apart: re.Pattern[str]
    #: a part of an institute or university that may stand a blank behind it, by its end (`apart`: センター)
    apart: re.Pattern[str]
    #: a part of the country larger than a town, after which bodies of their own are named (`area`: いわて, 信州; beginning)
    area: re.Pattern[str]
    #: a kind of body, which alone is no name (`head_only`: whole)
    head_only: re.Pattern[str]
    #: a unit that nearly every administration has by this name (`common_unit`: 総務課; whole)
    common_unit: re.Pattern[str]
    #: the ranks of an administration (`ranked`), the upper ones first, as they stand in the file: 環境部 lies in 環境局, not the other way about
    ranks: tuple[str, ...]
    #: `panel`: a part of a council (部会), `panel_owner`: a council, by their ends; no panel that has none itself (`no_panel_owner`: 小委員会)
    panel: re.Pattern[str]
    panel_owner: re.Pattern[str]
    no_panel_owner: re.Pattern[str]
    #: a rank that has offices (`department`), and an office (`small_office`) that may lie in another one (`small_office_owner`), by their ends
    department: re.Pattern[str]
    small_office: re.Pattern[str]
    small_office_owner: re.Pattern[str]
    #: `headed`: a unit before whose name the surname of its head may stand (河北財政課長), by its end; `head_post`: what such a head is called
    headed: re.Pattern[str]
    #: `placed`: an office that is named after its place, with a unit behind it (庄原警察署警備課)
    placed: re.Pattern[str]
    head_post: re.Pattern[str]


def unit_words(gazetteers: Mapping[str, Gazetteer]) -> UnitWords:
    return _compiled(gazetteers.get("body_words"))


@lru_cache(maxsize=4)
def _compiled(gazetteer: Gazetteer | None) -> UnitWords:
    words = WordsByRole.of(gazetteer)
    return UnitWords(
        step=re.compile(rf"[^\s]{{1,24}}?{words.beginning('step')}|[^\s]+$"),
        no_step=re.compile(f"{words.end('no_step')}$"),
        part=re.compile(f"^{words.whole('part_alone')}$|{words.end('part')}$"),
        own_committee=re.compile(f"^{words.whole('own_committee')}|{words.end('own_committee_end')}$"),
        own_kind=re.compile(f"^{words.beginning('own_kind')}(?=.{{2}})"),
        own_assembly=re.compile(
            f"^(?P<owner>{words.whole('assembly_owner')})(?P<assembly>{words.whole('assembly')}(?:\\S*{words.end('part')})?)$"
        ),
        hospital=re.compile(f"{words.whole('hospital')}$"),
        hospital_owner=re.compile(f"{words.whole('hospital_owner')}$"),
        hospital_form=re.compile(words.whole("hospital_form")),
        hospital_parent=re.compile(f"{words.whole('hospital_parent')}$"),
        branch_end=re.compile(f"{words.whole('branch_end')}$"),
        office_end=re.compile(f"{words.whole('office_end')}$"),
        seat=re.compile(f"^{words.whole('seat')}$"),
        ranked=re.compile(f"{words.whole('ranked')}$"),
        wider=re.compile(f"{words.whole('wider')}$"),
        region=re.compile(f"{words.whole('region')}$"),
        hall=re.compile(rf"^{words.whole('hall')}(?:[0-9０-９]{{1,2}}階)?(?=\S{{2}})"),
        hall_apart=re.compile(rf"{words.whole('hall')}(?:[0-9０-９]{{1,2}}階)?[ \u3000]\Z"),
        apart=re.compile(f"{words.whole('apart')}$"),
        area=re.compile(f"^{words.whole('area')}(?=.{{2}})"),
        own_board=re.compile(f"{words.whole('own_committee')}$"),
        joins_company=re.compile(f"^[^\\s]{{0,8}}?{words.whole('joins_company')}$"),
        owned_committee=re.compile(
            rf"^(?P<owner>\S{{1,20}}?{words.whole('committee_owner')})(?P<committee>\S{{2,20}}{words.whole('panel_owner')})$"
        ),
        common_unit=re.compile(f"^{words.whole('common_unit')}$"),
        head_only=re.compile(f"^{words.whole('head_only')}$"),
        ranks=tuple(row["surface"] for row in gazetteer.rows if "ranked" in row["role"].split("|"))
        if gazetteer
        else (),
        panel=re.compile(f"{words.whole('panel')}$"),
        panel_owner=re.compile(f"{words.whole('panel_owner')}$"),
        no_panel_owner=re.compile(f"{words.whole('no_panel_owner')}$"),
        department=re.compile(f"{words.whole('department')}$"),
        small_office=re.compile(f"{words.whole('small_office')}$"),
        small_office_owner=re.compile(f"{words.whole('small_office_owner')}$"),
        headed=re.compile(f"{words.whole('headed')}$"),
        placed=re.compile(rf"\S{words.whole('placed')}\S"),
        head_post=re.compile(rf"{words.whole('head_post')}(?:[\s、，,。)）がをはにのとも]|$)"),
        own_place=re.compile(f"^.{{1,14}}{words.end('own_place_end')}$|^{words.whole('own_place')}$"),
    )
