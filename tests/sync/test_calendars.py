"""Which calendars are written and which block, and what becomes of one that goes away."""

import pytest

from panel.services import connections


def choose(office, *blocking, writes="Calendar"):
    rows = {row.name: row.id for row in connections.calendars(office.connection().mailbox_id)}
    connections.choose_calendars(
        office.anna.id, write_id=rows[writes], blocking=[rows[name] for name in blocking],
        by=office.me, now=office.now(),
    )  # fmt: skip


def second_calendar(office, **more):
    calendar = office.sandbox.add_calendar(office.upn, "Family", **more)
    office.block("13:00", "14:00", calendarId=calendar["id"])
    office.list_again()
    return calendar


def test_a_second_calendar_blocks_when_it_is_chosen_and_no_longer(linked):
    second_calendar(linked)
    assert linked.blocks() == []
    choose(linked, "Calendar", "Family")
    linked.agree()
    assert len(linked.blocks()) == 1
    choose(linked, "Calendar")
    linked.agree()
    assert linked.blocks() == []


def test_a_calendar_that_can_only_be_read_blocks_too(linked):
    second_calendar(linked, canEdit=False)
    choose(linked, "Calendar", "Family")
    linked.agree()
    assert len(linked.blocks()) == 1


@pytest.mark.parametrize("told", ["added", "lost"])
def test_an_entry_that_went_into_another_calendar_goes_on_blocking(linked, told):
    linked.sandbox.quirks(immutable_moves=told)
    family = second_calendar(linked)
    choose(linked, "Calendar", "Family")
    event = linked.block("15:00", "16:00")
    linked.sync()
    linked.sandbox.patch_event(linked.upn, event["id"], calendarId=family["id"])
    linked.agree()
    assert len(linked.blocks()) == 2


def test_new_copies_go_to_the_chosen_calendar_and_old_ones_stay(linked):
    family = second_calendar(linked)
    old = linked.book_at("10:00")
    linked.sync()
    choose(linked, "Calendar", writes="Family")
    linked.book_at("14:00")
    linked.move_here(old, "11:00")
    linked.agree()
    homes = {one["start"]["dateTime"]: one["calendarId"] for one in linked.there()}
    assert homes[linked.utc("14:00")] == family["id"] != homes[linked.utc("11:00")]


def test_a_write_calendar_that_is_gone_deletes_nothing_and_lets_the_rows_wait(linked):
    family = second_calendar(linked)
    choose(linked, writes="Family")
    linked.book_at("10:00")
    linked.sync()
    linked.sandbox.delete_calendar(linked.upn, family["id"])
    linked.book_at("14:00")
    state = linked.settle(most=3)
    assert (state.waiting, state.parked, state.questions) == (2, 0, 0)
    choose(linked, writes="Calendar")
    linked.agree()
    assert len(linked.there()) == 2


def test_a_write_calendar_that_can_only_be_read_lets_the_rows_wait(linked):
    family = second_calendar(linked)
    choose(linked, writes="Family")
    linked.sandbox.patch_calendar(linked.upn, family["id"], canEdit=False)
    linked.book_at("14:00")
    state = linked.settle(most=4)
    assert (state.waiting, state.parked) == (1, 0)
    choose(linked, writes="Calendar")
    linked.agree()
    assert len(linked.there()) == 1


def test_a_blocking_calendar_that_is_gone_blocks_for_one_more_day(linked):
    family = second_calendar(linked)
    choose(linked, "Calendar", "Family")
    linked.sync()
    linked.sandbox.delete_calendar(linked.upn, family["id"])
    linked.sync()
    assert len(linked.blocks()) == 1
    linked.forward(hours=50)
    linked.agree()
    linked.forward(hours=25)
    linked.agree()
    assert linked.blocks() == []
