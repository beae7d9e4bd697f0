"""What a service asks its customers, answered by staff who were told on the telephone."""

import pytest

from panel.db.base import writing
from panel.db.tables import Appointment, Booking, Service
from panel.domain.people import Actor
from panel.services import service_questions
from panel.services.service_questions import Question
from tests import make
from tests.web.studio import TOMORROW, Studio

OWNER = Actor(None, "Ruth Linden", "owner")
WISH = {"Service": "Sports massage", "Customer": "Lea Roth", "Date": TOMORROW, "Time": "10:00"}
SIDE = Question("Which side?", "choice", ("Left", "Right"), required=True)
AGREES = Question("I have read the rules", "tick")


@pytest.fixture
def studio(house):
    studio = Studio()
    for one in (SIDE, AGREES, Question("Who sent you?")):
        service_questions.add(studio.massage.id, one, by=OWNER)
    return studio


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get("/panel/appointments/new")
    return visitor


def book(anna, **typed):
    anna.submit("Show free times", WISH)
    return anna.submit("Save", typed)


def answers() -> list[list[str]]:
    with writing() as session:
        return session.query(Booking).one().answers


def edit(anna):
    anna.get(f"{anna.page.path}/edit")


def test_they_are_asked_once_the_service_is_chosen(anna):
    assert "Which side?" not in anna.page.text
    page = book(anna, **{"Which side? optional": "Left", "I have read the rules": True})
    assert page.heading == "Sports massage with Lea Roth" and "Which side? Left" in page.text
    assert answers() == [["Which side?", "Left"], ["I have read the rules", "Yes"]]


def test_staff_may_leave_out_what_customers_must_say(anna):
    assert anna.submit("Save", WISH).heading == "Sports massage with Lea Roth"
    assert answers() == []


def test_what_is_not_to_be_chosen_is_refused(anna, studio):
    asked = service_questions.of_service(studio.massage.id)[0]
    anna.submit("Show free times", WISH)
    form = dict(anna.page.form("Save").data({}))
    page = anna.post("/panel/appointments/new", {**form, f"question_{asked.id}": "Middle"})
    assert page.heading == "New appointment" and "Not a valid choice" in page.text


def test_an_answer_is_changed_and_taken_away(anna):
    book(anna, **{"Which side? optional": "Left", "Who sent you? optional": "A friend"})
    edit(anna)
    page = anna.submit("Save", {"Which side? optional": "Right", "Who sent you? optional": ""})
    assert "Which side? Right" in page.text and answers() == [["Which side?", "Right"]]
    assert "Changed by Anna Berg" in page.text


def test_what_another_service_asked_stays(anna, studio):
    facial = make.service(name="Facial")
    with writing() as session:
        offered = {"employee_id": studio.anna.id, "service_id": facial.id}
        session.execute(make.tables.employee_services.insert(), offered)
    book(anna, **{"Which side? optional": "Left"})
    edit(anna)
    anna.submit("Save", {"Service": "Facial"})
    edit(anna)
    assert "Which side?" not in anna.page.text
    assert "Which side? Left" in anna.submit("Save", {"staff_note": "Moved over"}).text


def test_each_date_of_a_series_has_them(anna):
    anna.submit("Show free times", {**WISH, "repeat": "day", "times": "2"})
    anna.submit("Save", {"Which side? optional": "Left"})
    anna.submit("Book these dates")
    with writing() as session:
        assert [one.answers for one in session.query(Booking)] == [[["Which side?", "Left"]]] * 2


def test_another_service_asks_its_own_before_it_is_saved(anna, studio):
    facial = make.service(name="Facial")
    service_questions.add(facial.id, Question("Which cream?"), by=OWNER)
    anna.submit("Save", WISH)
    edit(anna)
    page = anna.post(anna.page.path, {"look": "1", "service": str(facial.id)})
    assert "Which cream?" in page.text and "Which side?" not in page.text
    assert anna.get(anna.page.path.removesuffix("/edit")).heading.startswith("Sports massage")


def test_each_customer_of_a_group_has_their_own(anna, studio):
    with writing() as session:
        session.get_one(Service, studio.massage.id).capacity = 4
    book(anna, **{"Which side? optional": "Left"})
    with writing() as session:
        path = f"/panel/appointments/{session.query(Appointment).one().id}/bookings"
    anna.get(f"{path}/new")
    page = anna.submit("Add", {"Customer": "Oliver Penn", "Who sent you? optional": "Lea"})
    assert "Which side? Left" in page.text and "Who sent you? Lea" in page.text
    anna.get(f"{path}/1")
    page = anna.submit("Save", {"Which side? optional": "Right"})
    assert "Which side? Right" in page.text and "Who sent you? Lea" in page.text
    assert page.text.count("Changed by Anna Berg") == 1
