"""The day beside a form that asks for a time: what is free, and why the rest is not."""

from datetime import date

import pytest

from panel.db.base import writing
from panel.db.tables import Appointment, DayOff, Employee, OutlookSettings, WorkPeriod
from tests import make
from tests.web.studio import Studio
from tests.web.test_calendar import busy

# The clock stands at 13:00 in Berlin on a Wednesday; Anna is busy in Outlook from 14:00.
TODAY, TOMORROW = "2026-11-25", "2026-11-26"
WISH = {"Service": "Sports massage", "Date": TOMORROW}


@pytest.fixture
def studio(clock, house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    """Anna works from nine to five with a break at noon, and has Ines at ten tomorrow."""
    work(studio.anna)
    visitor.one = studio.booked(studio.anna, "Ines Carvalho", days=1, hour=9)
    visitor.enter("anna@panel.test")
    visitor.get("/panel/appointments/new")
    return visitor


def work(employee):
    with writing() as session:
        for period in session.query(WorkPeriod).filter_by(employee_id=employee.id):
            period.starts, period.ends = 540, 1020
        for weekday in range(7):
            pause = {"weekday": weekday, "kind": "break", "starts": 720, "ends": 780}
            session.add(WorkPeriod(employee_id=employee.id, **pause))


def picks(page) -> list[str]:
    return [one.text for one in page.all("button") if "data-pick" in one.attrs]


def day(page) -> str:
    return page.region("What is free that day").text


def test_it_says_what_is_free_and_what_takes_the_rest(anna):
    page = anna.submit("Show free times", WISH)
    assert picks(page)[:3] == ["09:00", "11:00", "13:00"] and picks(page)[-1] == "16:00"
    assert "You work 09:00–17:00." in day(page) and "12:00–13:00 Break" in day(page)
    assert "10:00–11:00 Appointment with Ines Carvalho" in day(page)


def test_looking_books_nothing_and_keeps_what_was_typed(anna, studio):
    page = anna.submit("Show free times", {**WISH, "Customer": "Lea Roth"})
    assert 'value="Lea Roth"' in page.html and "Choose a" not in page.text
    with writing() as session:
        assert session.query(Appointment).count() == 1


def test_a_time_that_is_picked_stands_in_its_field(anna):
    anna.submit("Show free times", {**WISH, "Customer": "Lea Roth"})
    page = anna.submit("11:00")
    assert page.heading == "New appointment"
    assert anna.submit("Save").heading == "Sports massage with Lea Roth"
    assert "11:00–12:00" in anna.page.text


def test_what_is_no_time_is_not_picked(anna):
    anna.submit("Show free times", WISH)
    page = anna.post("/panel/appointments/new", {"pick": "<noon>", "date": TOMORROW})
    assert page.status == 200 and "<noon>" not in page.html and picks(page) == []


def test_a_refused_time_comes_back_with_the_day(anna):
    page = anna.submit("Save", {**WISH, "Time": "12:15", "Customer": "Lea Roth"})
    assert "12:15 is inside your break" in page.text and "11:00" in picks(page)


def test_a_look_without_a_session_loses_nothing(anna):
    typed = anna.page.form("Save").data({**WISH, "Customer": "Lea Roth"})
    anna.forget("panel_session")
    asked = {"method": "POST", "data": dict(typed), "headers": {"HX-Request": "true"}}
    assert anna.open("/panel/appointments/new", **asked).headers["HX-Refresh"] == "true"
    anna.get("/panel/appointments/new")
    page = anna.submit("Sign in", {"Email": "anna@panel.test", "Password": "demo"})
    assert page.heading == "New appointment" and 'value="Lea Roth"' in page.html


def test_a_day_off_says_so(anna, studio):
    off = date.fromisoformat(TOMORROW)
    make.save(DayOff(employee_id=studio.anna.id, first=off, last=off, note="Course"))
    page = anna.submit("Show free times", WISH)
    assert "Thursday 26 November is your day off." in day(page) and picks(page) == []


@pytest.mark.parametrize("shown, words", [(False, "Busy in Outlook"), (True, "Dentist")])
def test_outlook_has_its_title_only_for_whose_it_is(anna, studio, shown, words):
    busy(studio.anna)
    with writing() as session:
        session.get_one(OutlookSettings, 1).show_titles = shown
    assert f"14:00–15:00 {words}" in day(anna.submit("Show free times", {**WISH, "Date": TODAY}))
    anna.forget("panel_session")
    anna.enter("owner@panel.test")
    anna.get("/admin/appointments/new")
    seen = day(anna.submit("Show free times", {**WISH, "Date": TODAY, "Employee": "Anna Berg"}))
    assert "14:00–15:00 Busy in Outlook" in seen and "Anna Berg works 09:00–17:00." in seen
    assert "Dentist" not in anna.page.html


def test_it_says_that_somebody_does_not_offer_it(anna, studio):
    make.service(name="Facial")
    anna.forget("panel_session")
    anna.enter("owner@panel.test")
    anna.get("/admin/appointments/new")
    wish = {"Service": "Facial", "Date": TOMORROW, "Employee": "Anna Berg"}
    assert "Anna Berg does not offer Facial." in day(anna.submit("Show free times", wish))


def test_as_many_as_one_takes_a_day_says_so(anna, studio):
    with writing() as session:
        session.get_one(Employee, studio.anna.id).most_a_day = 1
    seen = day(anna.submit("Show free times", WISH))
    assert "You take at most 1 appointment a day" in seen


def test_yesterday_has_passed(anna):
    seen = day(anna.submit("Show free times", {**WISH, "Date": "2026-11-24"}))
    assert "This day has passed." in seen


def test_a_move_counts_its_own_time_as_free(anna):
    page = anna.get(f"/panel/appointments/{anna.one.id}/move")
    assert "10:00" in picks(page) and "Ines" not in day(page)
    page = anna.submit("Show free times", {"Date": "2026-11-27"})
    assert anna.submit(picks(page)[0]).heading.startswith("Move ")
    anna.submit("Save")
    with writing() as session:
        # It was promised in UTC, and Berlin is an hour ahead.
        assert session.get_one(Appointment, anna.one.id).local_start == "2026-11-27T08:00"


def test_a_time_in_the_address_is_asked_about_and_not_taken(anna):
    path = f"/panel/appointments/{anna.one.id}/move"
    page = anna.get(path, date=TOMORROW, time="12:15")
    assert "12:15 is inside your break, 12:00 to 13:00." in page.text
    with writing() as session:
        assert session.get_one(Appointment, anna.one.id).local_start == f"{TOMORROW}T09:00"
    assert anna.submit("Move anyway").heading == "Sports massage with Ines Carvalho"
    assert "12:15–13:15" in anna.page.text


def test_a_free_time_in_the_address_has_nothing_in_its_way(anna):
    path = f"/panel/appointments/{anna.one.id}/move"
    page = anna.get(path, date=TOMORROW, time="14:00")
    assert "Move anyway" not in page.buttons()
    assert "14:00–15:00" in anna.submit("Save").text


@pytest.mark.parametrize("wrong", [{"time": "noon"}, {"date": "x"}, {"date": "", "time": "\0"}])
def test_nonsense_in_the_address_asks_for_nothing(anna, wrong):
    path = f"/panel/appointments/{anna.one.id}/move"
    page = anna.get(path, **{"date": TODAY, "time": "14:00", **wrong})
    assert 'value="10:00"' in page.html and "Move anyway" not in page.buttons()
