"""A copy that was deleted, reshaped or taken elsewhere in Outlook."""

import pytest


@pytest.fixture
def booked(linked):
    """An appointment from 10 to 11 that both sides know."""
    linked.first = linked.book_at("10:00")
    linked.sync()
    return linked


def deleted(office):
    office.sandbox.delete_event(office.upn, office.copy()["id"])
    office.agree()
    return office


def reshaped(office, **changes):
    office.sandbox.patch_event(office.upn, office.copy()["id"], **changes)
    office.agree()
    return office.question()


def test_it_asks_once_and_for_all(booked):
    deleted(booked).forward(hours=26)
    booked.agree()
    assert booked.question().answers == ("back", "cancel")
    assert booked.there() == []


def test_it_writes_a_deleted_copy_once_more_where_asked_to(booked):
    before = booked.mirror().generation
    deleted(booked).answer("back")
    booked.agree()
    assert booked.copy()["start"]["dateTime"] == booked.utc("10:00")
    assert (booked.mirror().generation, booked.open_questions()) == (before + 1, 0)


def test_it_cancels_what_was_deleted_where_asked_to(booked):
    deleted(booked).answer("cancel")
    booked.agree()
    assert (booked.there(), booked.appointment(booked.first).status) == ([], "cancelled")


def test_it_writes_a_deleted_copy_at_its_new_time(booked):
    deleted(booked)
    booked.move_here(booked.first, "14:00")
    booked.agree()
    assert booked.copy()["start"]["dateTime"] == booked.utc("14:00")
    assert booked.open_questions() == 0


def test_it_puts_a_deleted_copy_back_twice_and_then_asks(booked):
    booked.settings(on_delete="back")
    for _ in range(2):
        booked.sandbox.delete_event(booked.upn, booked.copy()["id"])
        booked.agree()
        assert booked.copy()["start"]["dateTime"] == booked.utc("10:00")
    assert deleted(booked).question().kind == "deleted"


def test_a_cancelled_appointment_asks_nothing_about_its_deleted_copy(booked):
    booked.sandbox.delete_event(booked.upn, booked.copy()["id"])
    booked.cancel(booked.first)
    booked.agree()
    assert booked.open_questions() == 0


SHAPES = {
    "another length": lambda office: {
        "end": {"dateTime": office.utc("11:30"), "timeZone": "UTC"},
    },
    "all day": lambda office: {
        "isAllDay": True,
        "start": {"dateTime": f"{office.day('00:00')}:00", "timeZone": "UTC"},
        "end": {"dateTime": f"{office.day('00:00', after=1)}:00", "timeZone": "UTC"},
    },
    "a series": lambda office: {
        "recurrence": {
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]},
            "range": {"type": "numbered", "startDate": office.day("00:00")[:10],
                      "numberOfOccurrences": 3},
        },
    },
    "called off": lambda office: {"isCancelled": True},
}  # fmt: skip
every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


@every_shape
def test_what_was_reshaped_never_moves_by_itself(booked, shape):
    assert reshaped(booked, **shape(booked)).kind == "reshaped"
    assert booked.starts(booked.first) == "10:00"


@every_shape
def test_it_puts_a_reshaped_copy_back(booked, shape):
    reshaped(booked, **shape(booked))
    booked.answer("back")
    booked.agree()
    copy = booked.copy()
    assert (copy["start"]["dateTime"], copy["end"]["dateTime"]) == (
        booked.utc("10:00"), booked.utc("11:00"),
    )  # fmt: skip
    assert (copy["isAllDay"], copy["recurrence"], copy["isCancelled"]) == (False, None, False)


def test_it_accepts_another_length(booked):
    reshaped(booked, **SHAPES["another length"](booked))
    booked.answer("accept")
    booked.agree()
    appointment = booked.appointment(booked.first)
    assert (appointment.ends - appointment.starts).total_seconds() == 90 * 60
    assert booked.copy()["end"]["dateTime"] == booked.utc("11:30")


def test_it_cancels_what_was_called_off_there(booked):
    reshaped(booked, **SHAPES["called off"](booked))
    booked.answer("cancel")
    booked.agree()
    assert booked.appointment(booked.first).status == "cancelled"


def test_it_follows_a_copy_into_another_calendar(booked):
    second = booked.sandbox.add_calendar(booked.upn, "Work")
    booked.sandbox.patch_event(booked.upn, booked.copy()["id"], calendarId=second["id"])
    booked.agree()
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("14:00", 0)
    assert booked.copy()["calendarId"] == second["id"]


def test_one_empty_search_does_not_make_it_gone(booked):
    booked.sandbox.delete_event(booked.upn, booked.copy()["id"])
    booked.sync()
    assert (booked.open_questions(), booked.mirror().missing_since is None) == (0, False)
    booked.forward(seconds=16)
    booked.sync()
    assert booked.question().kind == "deleted"


def test_a_reshaped_copy_is_put_back_by_one_request(booked):
    reshaped(booked, **SHAPES["all day"](booked))
    last = booked.sandbox.last_request()
    booked.answer("back")
    booked.agree()
    assert [one.split()[0] for one in booked.writes(last)] == ["PATCH"]


def test_what_was_cut_and_pasted_to_another_time_moves(booked):
    copy = booked.copy()
    pasted = booked.sandbox.copy_event(booked.upn, copy["id"])
    booked.move_there(pasted, "14:00", "15:00")
    booked.sandbox.delete_event(booked.upn, copy["id"])
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("14:00", 0)
    (left,) = booked.sandbox.events(booked.upn)
    assert left["id"] == pasted["id"]


def test_a_copy_in_another_calendar_is_not_missed_when_it_is_not_read(booked):
    second = booked.sandbox.add_calendar(booked.upn, "Work")
    booked.sandbox.patch_event(booked.upn, booked.copy()["id"], calendarId=second["id"])
    last = booked.sandbox.last_request()
    booked.agree()
    assert (booked.writes(last), booked.open_questions(), len(booked.there())) == ([], 0, 1)


def test_it_adopts_what_was_cut_and_pasted(booked):
    copy = booked.copy()
    pasted = booked.sandbox.copy_event(booked.upn, copy["id"])
    booked.sandbox.delete_event(booked.upn, copy["id"])
    booked.agree()
    assert booked.open_questions() == 0
    booked.move_here(booked.first, "14:00")
    booked.agree()
    (left,) = booked.sandbox.events(booked.upn)
    assert (left["id"], left["start"]["dateTime"]) == (pasted["id"], booked.utc("14:00"))


def test_what_was_pasted_is_a_stranger_that_blocks(booked):
    pasted = booked.sandbox.copy_event(booked.upn, booked.copy()["id"])
    booked.move_there(pasted, "14:00", "15:00")
    booked.agree()
    assert [block.title for block in booked.blocks()] == ["Sports massage"]
    booked.cancel(booked.first)
    booked.agree()
    assert [one["id"] for one in booked.sandbox.events(booked.upn)] == [pasted["id"]]


def test_of_several_pasted_ones_it_asks(booked):
    copy = booked.copy()
    for _ in range(2):
        booked.sandbox.copy_event(booked.upn, copy["id"])
    assert deleted(booked).question().kind == "deleted"


def test_what_ended_stays_in_outlook_however_late_it_is_cancelled(booked):
    booked.forward(days=30)
    booked.act(booked.first, "complete")
    booked.agree()
    assert len(booked.there()) == 1
    booked.sandbox.delete_event(booked.upn, booked.copy()["id"])
    booked.agree()
    assert booked.open_questions() == 0
