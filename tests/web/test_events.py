"""Events: made, changed, dated and cancelled."""

import pytest

from tests import make
from tests.web.studio import NEXT_WEEK, Studio

WORKSHOP = {"Name": "Back care workshop", "Places": "12", "Date": NEXT_WEEK, "Time": "18:00",
            "Minutes": "90"}  # fmt: skip


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get("/panel/events/new")
    return visitor


def test_it_is_made_with_its_first_date_and_staff(anna):
    page = anna.submit("Save", {**WORKSHOP, "Ben Ode": True})
    assert page.heading == "Back care workshop"
    assert "18:00–19:30" in page.text and "Ben Ode" in page.text


def test_it_is_in_the_list_of_its_organizer_and_its_staff(anna):
    anna.submit("Save", {**WORKSHOP, "Ben Ode": True})
    assert "Back care workshop" in anna.get("/panel/events").text
    anna.submit("Sign out")
    anna.enter("ben@panel.test")
    assert "Back care workshop" in anna.get("/panel/events").text


def test_a_date_can_be_added_moved_and_cancelled(anna):
    path = anna.submit("Save", WORKSHOP).path
    anna.get(f"{path}/dates/new")
    anna.submit("Save", {"Date": NEXT_WEEK, "Time": "09:00"})
    anna.get(f"{path}/dates/2/move")
    assert "11:00–12:00" in anna.submit("Save", {"Time": "11:00"}).text
    anna.get(f"{path}/dates/2/cancel")
    assert "Cancelled by Anna Berg" in anna.submit("Cancel date").text


def test_it_takes_time_over_an_appointment_only_knowingly(anna, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=7, hour=17)
    page = anna.submit("Save", {**WORKSHOP, "Minutes": "240", "Time": "16:00"})
    assert "Ines Carvalho" in page.text and page.heading == "New event"
    assert anna.submit("Save anyway").heading == "Back care workshop"


def test_it_can_be_edited_and_cancelled(anna):
    path = anna.submit("Save", WORKSHOP).path
    anna.get(f"{path}/edit")
    assert anna.submit("Save", {"Name": "Neck workshop"}).heading == "Neck workshop"
    anna.submit("Cancel event")
    page = anna.submit("Cancel event")
    assert "Cancelled" in page.text and "Cancel event" not in page.buttons()


def test_the_owner_names_the_organizer(visitor, studio):
    visitor.enter("owner@panel.test")
    visitor.get("/admin/events/new")
    page = visitor.submit("Save", {**WORKSHOP, "Organizer": "Ben Ode"})
    assert page.path.startswith("/admin/events/") and "Ben Ode" in page.text


def test_it_is_refused_without_the_permission(visitor, studio):
    visitor.enter("carla@panel.test")
    assert visitor.get("/panel/events/new").status == 403


def test_a_colleagues_is_not_there(anna):
    path = anna.submit("Save", WORKSHOP).path
    anna.submit("Sign out")
    anna.enter("carla@panel.test")
    assert anna.get(path).status == 404


def deleted_by(employee):
    """The entry of the first date in this employee's Outlook, which they deleted."""
    date = {"subject": "occurrence", "subject_id": 1}
    make.save(make.tables.Mirror(**date, employee_id=employee.id, state="gone"))


def test_who_helps_can_have_a_deleted_entry_again(anna, studio):
    path = anna.submit("Save", {**WORKSHOP, "Ben Ode": True}).path
    deleted_by(studio.ben)
    text = anna.get(path).text
    assert "Deleted in Outlook" in text and "the entry of Anna Berg counts" in text
    assert "one that is deleted stays deleted until the date moves" in text
    anna.submit("Sign out")
    anna.enter("ben@panel.test")
    anna.get(path)
    assert "Panel adds it again." in anna.submit("Add again for Ben Ode").text
    assert "Add again for Ben Ode" not in anna.get(path).buttons()
