"""What an appointment's page says of its copy: never "in Outlook" before that is confirmed."""

import pytest

from panel.db.base import writing
from panel.domain.people import Actor
from panel.services import connections, outbox
from tests.support.visitor import Page
from tests.web.desk import Desk

OWNER = Actor(None, "Ruth Linden", "owner")


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """An appointment of Anna's, who has connected; nothing has been sent yet."""
    desk.visit = desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    return desk


def page(desk: Desk) -> Page:
    return desk.visitor.get(f"/panel/appointments/{desk.visit.id}")


def said(desk: Desk) -> str:
    return page(desk).text


def change(desk: Desk) -> None:
    """Something changes here that has not been sent yet."""
    with writing() as session:
        outbox.changed(session, "appointment", desk.visit.id, now=desk.now())


def test_it_is_in_outlook_when_that_is_confirmed_and_not_before(visit):
    assert "On its way" in said(visit) and "In Outlook" not in said(visit)
    visit.sync()
    assert "In Outlook" in said(visit) and "in the calendar “Calendar”" in said(visit)
    change(visit)
    assert "On its way" in said(visit)


def test_it_says_what_keeps_it(visit):
    visit.connection(refused_at=visit.now(), refused_why="invalid_grant")
    assert "Waits until Anna Berg has signed in at Microsoft again" in said(visit)
    visit.settings(enabled=False)
    assert "Waits until Outlook is switched on again" in said(visit)


def test_what_is_not_synced_any_more_is_not_on_its_way(visit):
    visit.sync()
    connections.disconnect(visit.anna.id, remove=False, by=OWNER, outside=visit.outside)
    change(visit)
    assert "Not synced: Anna Berg has disconnected. The entry in Outlook stays" in said(visit)
    assert "On its way" not in said(visit)


def test_what_was_refused_says_why_and_is_tried_again_by_whom(visit):
    visit.sync()
    visit.mirror(state="parked", parked_why="The calendar is read only.")
    assert "Parked: The calendar is read only." in said(visit)
    visit.visitor.submit("Retry")
    assert "Tried again by Anna Berg" in said(visit) and "On its way" in said(visit)


def test_what_waits_for_a_decision_after_a_reconnect_says_so(visit):
    visit.sync()
    visit.mirror(state="held")
    assert "The entry differs" in said(visit) and "On its way" not in said(visit)


def test_what_is_put_back_shows_both_times(visit):
    visit.settings(on_move="back")
    visit.sync()
    who = "anna@contoso.test"
    (copy,) = [one for one in visit.sandbox.events(who) if one["transactionId"]]
    day = copy["start"]["dateTime"][:10]
    there = {
        name: {"dateTime": f"{day}T{clock}:00", "timeZone": "UTC"}
        for name, clock in (("start", "13:00"), ("end", "14:00"))
    }
    visit.sandbox.patch_event(who, copy["id"], **there)
    visit.sync()
    rails = next(one for one in page(visit).all("ol") if one.attrs.get("class") == "rails")
    put = next(one for one in rails.text.split("Today") if "Put back" in one)
    assert put.count("–") == 2 and "before" in put and "after" in put
