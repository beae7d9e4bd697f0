"""The judge finds what is lost, doubled or wrong, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bench.judging import Entry, Wish, judge

TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
ELEVEN = TEN + timedelta(hours=1)
WISH = Wish("appointment 1", True, TEN, ELEVEN, "Massage", remote_id="a")
COPY = Entry("a", "Massage", TEN, ELEVEN, "k1", "ours-1")
TWIN = replace(COPY, id="b")
LATER = replace(COPY, starts=ELEVEN, ends=ELEVEN + timedelta(hours=1))
RENAMED = replace(COPY, title="Mine")
DENTIST = Entry("d", "Dentist", TEN, ELEVEN, "k9")


def counted(wishes, entries, strangers=(), touched=()):
    verdict = judge(wishes, {one.id: one for one in entries}, dict(strangers), touched)
    assert verdict.clean == (verdict.sentences() == [])
    return tuple(verdict.count().values())


@pytest.mark.parametrize(
    "wish",
    [WISH, replace(WISH, asked="followed"), replace(WISH, asked="both_moved")],
    ids=lambda wish: wish.asked,
)
def test_the_copy_must_stand_as_it_is_here(wish):
    assert counted([wish], [COPY]) == (0, 0, 0, 0)
    assert counted([wish], []) == (1, 0, 0, 0)
    assert counted([wish], [LATER]) == (0, 0, 1, 0)
    assert counted([wish], [RENAMED]) == (0, 0, 1, 0)


def test_a_longer_copy_is_wrong():
    assert counted([WISH], [replace(COPY, ends=LATER.ends)]) == (0, 0, 1, 0)


@pytest.mark.parametrize("asked", ["moved", "reshaped"])
def test_what_a_person_is_asked_about_may_differ_but_not_be_missing(asked):
    assert counted([replace(WISH, asked=asked)], [LATER]) == (0, 0, 0, 0)
    assert counted([replace(WISH, asked=asked)], []) == (1, 0, 0, 0)


@pytest.mark.parametrize("asked", ["deleted", "held"])
def test_what_waits_for_a_word_about_its_deletion_may_be_missing(asked):
    assert counted([replace(WISH, asked=asked)], []) == (0, 0, 0, 0)


def test_what_nobody_wants_must_not_stand():
    assert counted([replace(WISH, wanted=False)], [COPY]) == (0, 0, 1, 0)
    assert counted([replace(WISH, wanted=False)], []) == (0, 0, 0, 0)


def test_what_is_over_is_left_alone():
    assert counted([replace(WISH, over=True)], []) == (0, 0, 0, 0)
    assert counted([replace(WISH, over=True, wanted=False)], [COPY]) == (0, 0, 0, 0)


def test_a_second_entry_of_ours_is_one_too_many():
    assert counted([WISH], [COPY, TWIN]) == (0, 1, 0, 0)
    assert counted([], [COPY]) == (0, 1, 0, 0)


def test_what_a_person_pasted_is_theirs():
    assert counted([WISH], [COPY, TWIN], touched={"b"}) == (0, 0, 0, 0)


def test_a_strangers_entry_must_stand_as_it_was():
    assert counted([], [DENTIST], {"d": "k9"}) == (0, 0, 0, 0)
    assert counted([], [DENTIST], {"d": "k8"}) == (0, 0, 1, 0)
    assert counted([], [], {"d": "k9"}) == (1, 0, 0, 0)
