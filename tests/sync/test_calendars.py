"""Which calendars are written and which block, and what becomes of one that goes away."""

import pytest

from panel.db.base import db, writing
from panel.db.tables import Mirror, RemoteCalendarRow
from panel.services import calendar_choices


def choose(office, *blocking, writes="Calendar"):
    rows = {row.name: row.id for row in calendar_choices.calendars(office.anna.id)}
    calendar_choices.choose_calendars(
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
    linked.forward(hours=23, minutes=59)
    linked.agree()
    assert len(linked.blocks()) == 1
    linked.forward(minutes=2)
    linked.agree()
    assert linked.blocks() == []


def test_a_calendar_that_comes_back_goes_on_blocking(linked):
    second_calendar(linked)
    choose(linked, "Calendar", "Family")
    linked.sync()
    with writing() as session:
        # As one complete list without it leaves the row.
        family = session.scalars(db.select(RemoteCalendarRow).filter_by(name="Family")).one()
        family.gone_since, family.delta_link = linked.now(), None
    linked.list_again()
    linked.forward(hours=25)
    linked.agree()
    assert len(linked.blocks()) == 1
    assert troubled(linked) == []


@pytest.fixture
def without_family(linked):
    """A blocking calendar with an entry has just been deleted in Outlook."""
    family = second_calendar(linked)
    choose(linked, "Calendar", "Family")
    linked.sync()
    linked.sandbox.delete_calendar(linked.upn, family["id"])
    linked.sync()
    return linked


def troubled(office):
    mailbox = office.connection().mailbox
    known = calendar_choices.kept(office.anna.id), mailbox.pulled_at, mailbox.round_due
    return [(one.name, one.gone) for one in calendar_choices.troubled(*known, now=office.now())]


def test_a_calendar_that_is_gone_is_told_of_until_a_choice_is_saved(without_family):
    assert troubled(without_family) == [("Family", True)]
    without_family.forward(hours=25)
    without_family.agree()
    assert troubled(without_family) == [("Family", True)]
    choose(without_family, "Calendar")
    assert troubled(without_family) == []


def test_a_choice_without_the_calendar_that_is_gone_frees_its_time_at_once(without_family):
    assert len(without_family.blocks()) == 1
    choose(without_family, "Calendar")
    assert without_family.blocks() == []


@pytest.fixture
def shared(linked):
    """A colleague's calendar is listed, but Panel has no permission to read it."""
    ben = f"ben.{linked.upn}"
    linked.sandbox.add_mailbox(ben, name="Ben Ode")
    linked.sandbox.add_calendar(ben, "Team", shareWith=[linked.upn])
    linked.list_again()
    choose(linked, "Calendar", "Team")
    return linked


def test_a_calendar_that_cannot_be_read_is_told_of_after_the_round(shared):
    assert troubled(shared) == []
    shared.sync()
    assert troubled(shared) == [("Team", False)]


def test_a_calendar_that_cannot_be_read_does_not_hold_up_the_others(shared):
    shared.block("13:00", "14:00")
    shared.agree()
    assert [block.title for block in shared.blocks()] == ["Dentist"]


def test_a_calendar_that_cannot_be_read_does_not_hide_that_a_copy_is_gone(shared):
    shared.book_at("10:00")
    shared.agree()
    shared.sandbox.delete_event(shared.upn, shared.copy()["id"])
    assert shared.settle().settled
    assert shared.question().kind == "deleted"


def test_a_calendar_that_cannot_be_read_does_not_hold_up_a_create_whose_answer_was_lost(shared):
    shared.fault("POST", "drop_before", times=1)
    shared.book_at("10:00")
    shared.agree()
    assert len(shared.there()) == 1


def deny(office, calendar):
    """Outlook shows the calendar and hides all that is in it."""
    no = {"kind": "status"}
    hidden = {"status": 403, "code": "ErrorAccessDenied"}
    unknown = {"status": 404, "code": "ErrorItemNotFound"}
    office.sandbox.patch_calendar(office.upn, calendar["id"], canEdit=False)
    office.sandbox.faults(
        {"match": {"path": f"*{calendar['id']}*"}, **no, **hidden},
        {"match": {"path": "*/me/events/*"}, **no, **unknown},
    )


def test_a_copy_in_a_calendar_that_denies_itself_is_not_taken_for_deleted(linked):
    family = second_calendar(linked)
    choose(linked, writes="Family")
    linked.book_at("10:00")
    linked.agree()
    deny(linked, family)
    with writing() as session:
        session.execute(db.update(Mirror).values(hinted=True))
    linked.settle(most=4)
    assert (linked.open_questions(), linked.mirror().state) == (0, "linked")
