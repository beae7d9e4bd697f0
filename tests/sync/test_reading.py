"""Busy time: what is taken in Outlook is taken here, and is free only when that is certain."""

import pytest

from panel.db.tables import RemoteCalendarRow
from panel.services import connections

WEEKLY = {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]}


def series(office, count=3, **more):
    """A weekly series from the usual day on, 13 to 14."""
    span = {"type": "numbered", "startDate": office.day("00:00")[:10], "numberOfOccurrences": count}
    return office.block("13:00", "14:00", recurrence={"pattern": WEEKLY, "range": span}, **more)


def occurrences(office, master):
    """The dates of a series by Graph's ids, in order."""
    return sorted(block.remote_id for block in office.blocks() if block.series_id == master)


def test_it_reads_every_page(linked):
    for _ in range(230):
        linked.block("13:00", "13:30")
    linked.agree()
    assert len(linked.blocks()) == 230


def test_an_entry_that_moved_is_moved_here(linked):
    event = linked.block("13:00", "14:00")
    linked.sync()
    linked.move_there(event, "15:00", "16:00")
    linked.agree()
    (block,) = linked.blocks()
    assert f"{block.starts:%Y-%m-%dT%H:%M:%S.0000000}" == linked.utc("15:00")


def test_an_entry_that_was_deleted_is_free(linked):
    event = linked.block("13:00", "14:00")
    linked.sync()
    linked.sandbox.delete_event(linked.upn, event["id"])
    linked.agree()
    assert linked.blocks() == []


def test_time_is_not_freed_while_the_entry_cannot_be_read(linked):
    event = linked.block("13:00", "14:00")
    linked.sync()
    linked.sandbox.delete_event(linked.upn, event["id"])
    linked.sandbox.faults({"match": {"path": "/v1.0/me/events/*"}, "kind": "status", "status": 503})
    linked.sync()
    assert len(linked.blocks()) == 1


def test_an_entry_that_left_the_window_is_free(linked):
    event = linked.block("13:00", "14:00")
    linked.sync()
    linked.move_there(event, "13:00", "14:00", days=500)
    linked.agree()
    assert linked.blocks() == []


def test_a_mass_removal_is_held_until_the_calendar_was_read_as_a_whole(linked):
    made = [linked.block("13:00", "13:30") for _ in range(15)]
    linked.sync()
    for event in made[:12]:
        linked.sandbox.delete_event(linked.upn, event["id"])
    linked.sync()
    assert len(linked.blocks()) == 15
    linked.sync()
    assert len(linked.blocks()) == 3


def test_a_series_takes_each_of_its_dates(linked):
    master = series(linked)
    linked.agree()
    assert len(occurrences(linked, master["immutableId"])) == 3


def test_a_series_that_is_deleted_is_free(linked):
    master = series(linked)
    linked.sync()
    linked.sandbox.delete_event(linked.upn, master["id"])
    linked.agree()
    assert linked.blocks() == []


def test_a_series_at_another_time_takes_only_that(linked):
    master = series(linked)
    linked.sync()
    linked.move_there(master, "15:00", "16:00")
    linked.agree()
    assert {f"{one.starts:%H:%M}" for one in linked.blocks()} == {linked.utc("15:00")[11:16]}
    assert len(linked.blocks()) == 3


def test_a_date_of_a_series_may_differ_and_may_go(linked):
    master = series(linked)
    linked.sync()
    first, second, _ = occurrences(linked, master["immutableId"])
    linked.sandbox.patch_event(linked.upn, first, showAs="free")
    linked.sandbox.delete_event(linked.upn, second)
    linked.agree()
    assert len(linked.blocks()) == 1


def test_a_series_whose_master_cannot_be_read_is_busy(linked):
    linked.fault("GET", "status", status=403, path="/events/*")
    series(linked)
    linked.sync()
    assert len(linked.blocks()) == 3


@pytest.mark.parametrize(
    "more, titles",
    [
        ({"showAs": "free"}, []),
        ({"isCancelled": True}, []),
        ({"sensitivity": "private"}, [""]),
        ({"showAs": "tentative"}, ["Dentist"]),
        ({"showAs": "oof"}, ["Dentist"]),
    ],
)
def test_what_takes_time_and_what_does_not(linked, more, titles):
    linked.block("13:00", "14:00", **more)
    linked.agree()
    assert [block.title for block in linked.blocks() if block.counts] == titles


def test_an_all_day_entry_keeps_its_dates(linked):
    day, next_day = linked.day("00:00"), linked.day("00:00", after=1)
    linked.sandbox.add_event(linked.upn, "Away", f"{day}:00", f"{next_day}:00", isAllDay=True,
                             showAs="oof")  # fmt: skip
    linked.agree()
    (block,) = linked.blocks()
    assert (block.first_date, block.end_date) == (day[:10], next_day[:10])


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


def test_the_nightly_comparison_repairs_what_was_missed(linked):
    linked.block("13:00", "14:00")
    linked.sync()
    linked.forget_blocks()
    linked.forward(hours=25)
    linked.agree()
    assert (len(linked.blocks()), linked.mailbox().drift) == (1, 1)


def test_the_nightly_comparison_finds_nothing_where_nothing_was_missed(linked):
    linked.block("13:00", "14:00")
    linked.book_at("10:00")
    linked.sync()
    linked.move_there(linked.copy(), "12:30", "13:30")
    linked.agree()
    for _ in range(3):
        linked.forward(hours=25)
        linked.agree()
    assert linked.mailbox().drift == 0


def test_a_window_that_runs_out_is_read_anew(linked):
    linked.book_at("10:00")
    linked.sync()
    before = linked.window_end()
    linked.forward(days=10)
    linked.agree()
    assert linked.window_end() > before


def test_a_copy_beyond_every_window_is_read_by_its_id(linked):
    appointment = linked.book(linked.day("10:00", 400), now=linked.now(), by=linked.me)
    linked.sync()
    number = appointment.id
    linked.sandbox.delete_event(linked.upn, linked.copy()["id"])
    linked.forward(hours=25)
    linked.agree()
    assert linked.question().subject_id == number


def test_rows_of_calendars_are_kept_by_their_exact_ids(linked):
    second_calendar(linked)
    kept = {row.remote_id for row in connections.calendars(linked.mailbox().id)}
    assert kept == {one["id"] for one in linked.sandbox.calendars(linked.upn)}
    assert isinstance(connections.calendars(linked.mailbox().id)[0], RemoteCalendarRow)
