"""A customer who is erased leaves every copy, also those that have ended."""

from types import SimpleNamespace

import pytest

from panel.services import appointments, attendances, erasing, events
from panel.services.attendances import Wish
from tests import make
from tests.services.studio import OWNER


@pytest.fixture
def office(linked):
    """The customer stands in the title too."""
    linked.settings(appointment_title="%service_name%: %customer_full_name%")
    linked.zora = SimpleNamespace(id=make.customer(name="Zora Quast", email="z@x.test").id)
    return linked


def erase(office):
    erasing.erase(office.zora.id, by=OWNER, now=office.now())
    office.agree()


def said(copy) -> str:
    return copy["subject"] + copy["body"]["content"]


@pytest.fixture
def past(office):
    """An appointment that has taken place, with Anna's own notes in its copy."""
    office.first = office.book_at("10:00", customer_id=office.zora.id)
    office.agree()
    content = office.copy()["body"]["content"].replace("</body>", "<p>Bring oil</p></body>")
    body = {"contentType": "html", "content": content}
    office.sandbox.patch_event(
        office.upn, office.copy()["id"], body=body, location={"displayName": "Attic"}
    )
    office.forward(days=30)
    office.agree()
    return office


def test_a_copy_that_has_ended_loses_the_name_and_nothing_else(past):
    before = past.copy()
    assert "Zora Quast" in before["subject"] and "z@x.test" in before["body"]["content"]
    erase(past)
    copy = past.copy()
    assert "Zora" not in said(copy) and "z@x.test" not in said(copy)
    assert (copy["subject"], "Bring oil" in said(copy)) == ("Sports massage:", True)
    kept = ("start", "end", "location", "categories")
    assert {name: copy[name] for name in kept} == {name: before[name] for name in kept}


def test_one_that_was_cancelled_after_it_had_taken_place_too(past):
    appointments.act(past.first.id, "no_show", by=OWNER, now=past.now())
    erase(past)
    assert "Zora" not in said(past.copy())


def test_of_a_block_that_was_removed_nothing_is_put_back(past):
    mine = {"contentType": "html", "content": "<p>Only mine</p>"}
    past.sandbox.patch_event(past.upn, past.copy()["id"], body=mine)
    past.agree()
    erase(past)
    assert "Only mine" in said(past.copy()) and "From Panel" not in said(past.copy())


def test_a_copy_that_is_gone_is_not_missed(past):
    past.sandbox.delete_event(past.upn, past.copy()["id"])
    past.agree()
    erase(past)
    assert past.there() == []


def test_what_is_to_come_is_cancelled_and_leaves_outlook(office):
    office.book_at("10:00", customer_id=office.zora.id)
    office.agree()
    erase(office)
    assert office.there() == []


def test_an_event_that_took_place_names_only_the_others(office):
    plan = events.Details("Back course", office.anna.id, capacity=5)
    date = events.Date(office.day("10:00"), 60, "Europe/Berlin")
    event = events.create(plan, [date], by=OWNER, now=office.now())
    for who in (office.zora, office.lea):
        wish = Wish(event.id, office.date_of(event.id), who.id)
        attendances.attend(wish, by=OWNER, now=office.now())
    office.agree()
    office.forward(days=30)
    erase(office)
    text = said(office.copy())
    assert "Zora" not in text and "Lea Roth" in text and "2 of 5 places" in text


def test_after_another_connect_a_past_copy_is_still_emptied(past):
    past.disconnect()
    erasing.erase(past.zora.id, by=OWNER, now=past.now())
    assert "Zora" in said(past.copy())
    past.connect()
    past.agree()
    assert "Zora" not in said(past.copy())
