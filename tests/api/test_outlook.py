"""How an appointment stands in its employee's Outlook, as programs are told."""

import pytest

from panel.db.base import writing
from panel.db.tables import Mirror
from tests.services import outlook_rows
from tests.services.studio import NOON


@pytest.fixture
def connected(site, studio):
    """The site, with Outlook switched on and Anna connected."""
    outlook_rows.integration()
    outlook_rows.calendar(studio.anna)
    return site


def copy(**changes) -> Mirror:
    """Return the only copy there is, after Outlook has answered like this."""
    with writing() as session:
        mirror = session.query(Mirror).one()
        for name, value in changes.items():
            setattr(mirror, name, value)
    return mirror


def confirmed() -> Mirror:
    mirror = copy()
    return copy(state="linked", confirmed=mirror.desired, confirmed_at=NOON, remote_id="AAMk1")


def test_a_booking_waits_until_outlook_has_it(connected):
    booked = connected.book().json
    assert booked["outlook"] == {"state": "waiting", "confirmed_at": None, "event_id": None}
    confirmed()
    assert connected.get(f"/appointments/{booked['id']}").json["outlook"] == {
        "state": "in_outlook", "confirmed_at": "2026-11-25T13:00:00+01:00", "event_id": "AAMk1",
    }  # fmt: skip


def test_it_waits_again_once_it_is_moved(connected):
    booked = connected.book().json
    confirmed()
    moved = connected.patch(
        f"/appointments/{booked['id']}", {"starts_at": "2026-11-26T14:00:00+01:00"}
    )
    assert moved.json["outlook"]["state"] == "waiting"


@pytest.mark.parametrize("state, said", [("parked", "parked"), ("gone", None), ("none", "waiting")])
def test_it_says_what_became_of_the_copy(connected, state, said):
    connected.book()
    mirror = copy(state=state)
    copy(confirmed=mirror.desired if state == "gone" else 0)
    assert connected.get("/appointments").json["items"][0]["outlook"]["state"] == said


def test_a_question_comes_before_all_else(connected):
    connected.book()
    outlook_rows.question(confirmed())
    assert connected.get("/appointments").json["items"][0]["outlook"]["state"] == "question"


def test_one_answer_tells_of_connected_and_others(connected, studio):
    connected.book()
    connected.book(employee_id=studio.ben.id, starts_at="2026-11-26T11:00:00+01:00")
    told = connected.get("/appointments").json["items"]
    assert [one["outlook"]["state"] for one in told] == ["waiting", "not_connected"]


def test_busy_time_in_outlook_is_taken(connected, studio):
    calendar = outlook_rows.calendar(studio.ben)
    outlook_rows.block(
        calendar, studio.ben, starts=NOON.replace(day=26, hour=9), ends=NOON.replace(day=26)
    )
    answer = connected.book(employee_id=studio.ben.id)
    assert (answer.status_code, answer.json["code"]) == (409, "slot_taken")
    assert "Dentist" not in answer.json["detail"]
