"""A long row of things is looked at in several processes, with the answers of one, in order."""

from __future__ import annotations

import multiprocessing
import os
import sys

import pytest

from pipeline.review.several import each_in_order

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no copies of a process here")


@pytest.mark.parametrize(("jobs", "moment"), [(1, 0.0), (2, 0.0), (3, 0.0), (2, 60.0)])
def test_answers_come_in_order_whatever_the_number_of_processes(jobs: int, moment: float) -> None:
    things = [f"資料{number}" for number in range(50)]
    held = {thing: number * number for number, thing in enumerate(things)}
    answers = list(each_in_order(things, lambda thing: (held[thing], os.getpid()), jobs, moment))
    assert [answer for answer, _ in answers] == [number * number for number in range(50)]
    elsewhere = {process for _, process in answers} - {os.getpid()}
    assert bool(elsewhere) == (jobs > 1 and moment == 0.0)


def test_what_goes_wrong_in_a_copy_goes_wrong_here() -> None:
    def look(thing: int) -> int:
        return 10 // thing

    with pytest.raises(ZeroDivisionError):
        list(each_in_order([5, 2, 0, 1], look, 2, 0.0))


def test_who_stops_asking_leaves_no_process() -> None:
    answers = each_in_order(range(1000), lambda thing: thing, 2, 0.0)
    assert [next(answers) for _ in range(3)] == [0, 1, 2]
    answers.close()
    assert not multiprocessing.active_children()
