"""One appointment: its page, and what can be done there."""

import pytest

from panel.db.base import db, writing
from panel.db.tables import Customer
from tests import make
from tests.web.studio import Studio


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    row = studio.booked(studio.anna, "Ines Carvalho", days=2)
    visitor.enter("anna@panel.test")
    visitor.get(f"/panel/appointments/{row.id}")
    return visitor


def test_it_says_all_about_it(anna):
    assert anna.page.heading == "Sports massage with Ines Carvalho"
    assert "Not in Outlook" in anna.page.text and "ines@example.test" in anna.page.text


def test_it_moves(anna):
    anna.submit("Move")
    page = anna.submit("Save", {"Time": "15:30"})
    assert "15:30–16:30" in page.text and "Moved by Anna Berg" in page.text


def test_it_says_what_is_in_the_way_of_a_move(anna, studio):
    studio.booked(studio.anna, "Oliver Penn", days=2, hour=14)
    anna.submit("Move")
    clock = "15:00" if "10:00–11:00" in anna.page.text else "16:00"
    page = anna.submit("Save", {"Time": clock})
    assert "You are with Oliver Penn" in page.text
    assert "Moved by Anna Berg" in anna.submit("Move anyway").text


def test_it_asks_once_more_before_it_is_cancelled(anna):
    page = anna.submit("Cancel appointment")
    assert page.heading == "Cancel the appointment with Ines Carvalho?"
    page = anna.submit("Cancel appointment")
    assert "Cancelled by Anna Berg" in page.text
    assert "Cancel appointment" not in page.buttons() and "Move" not in page.buttons()


@pytest.mark.parametrize("button, said", [("Approve", "Approved by"), ("Reject", "Rejected by")])
def test_it_is_approved_or_rejected(visitor, studio, button, said):
    row = studio.booked(studio.anna, "Rosa Pike", days=2, status="pending")
    visitor.enter("anna@panel.test")
    visitor.get(f"/panel/appointments/{row.id}")
    page = visitor.submit(button)
    assert f"{said} Anna Berg" in page.text and button not in page.buttons()


def test_it_can_be_edited(anna):
    anna.get(f"{anna.page.path}/edit")
    page = anna.submit("Save", {"note": "Left shoulder, please."})
    assert "Left shoulder, please." in page.text


def test_editing_it_leaves_it_to_a_customer_who_is_not_on_the_lists(anna):
    with writing() as session:
        session.scalars(db.select(Customer)).one().active = False
    anna.get(f"{anna.page.path}/edit")
    page = anna.submit("Save", {"note": "Left shoulder, please."})
    assert "Left shoulder, please." in page.text and "ines@example.test" in page.text
    assert db.session.query(Customer).count() == 1


def test_editing_it_leaves_it_to_one_of_two_namesakes(anna):
    make.customer(name="Ines Carvalho", email="other@example.test")
    anna.get(f"{anna.page.path}/edit")
    page = anna.submit("Save", {"note": "Left shoulder, please."})
    assert "Left shoulder, please." in page.text and "ines@example.test" in page.text


def test_it_can_be_given_to_a_colleague(anna):
    anna.get(f"{anna.page.path}/give")
    page = anna.submit("Give", {"Colleague": "Ben Ode"})
    assert page.path.rstrip("/") == "/panel/appointments" and "Ben Ode has it now." in page.text


def test_a_colleagues_is_not_there(anna, studio):
    row = studio.booked(studio.ben, "Oliver Penn", days=2)
    assert anna.get(f"/panel/appointments/{row.id}").status == 404


def test_it_can_only_be_read_without_the_permission(visitor, studio):
    row = studio.booked(studio.carla, "Ines Carvalho", days=2)
    visitor.enter("carla@panel.test")
    page = visitor.get(f"/panel/appointments/{row.id}")
    assert not {"Move", "Cancel appointment"} & set(page.buttons())
    page = visitor.get(f"/panel/appointments/{row.id}/cancel")
    assert visitor.submit("Cancel appointment").status == 403


def test_it_says_so_when_somebody_else_was_faster(anna, studio):
    anna.submit("Move")
    form = anna.page
    anna.submit("Save", {"Time": "15:30"})
    anna.page = form
    assert "while you had it open" in anna.submit("Save", {"Time": "16:30"}).text
