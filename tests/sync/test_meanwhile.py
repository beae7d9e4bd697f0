"""What is changed here while a round is read goes out between two calendars, not after them all."""

import re

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import RemoteCalendarRow
from panel.services import customers
from tests.services.studio import NOON, OWNER


@pytest.fixture
def three_calendars(linked):
    """Of three calendars that block, one is also written."""
    for name in ("Family", "Team"):
        linked.sandbox.add_calendar(linked.upn, name)
    linked.list_again()
    with writing() as session:
        for row in session.scalars(db.select(RemoteCalendarRow)):
            row.is_blocking = True
    linked.agree()
    return linked


def while_the_first_is_read(office, deed):
    """Do it once, as soon as the first calendar of the next round has answered."""

    def look(answer, *_args, **_kwargs):
        if "/delta" in answer.url and look in hooks:
            hooks.remove(look)
            deed()
            fresh()

    hooks = office.outside.http.hooks["response"]
    hooks.append(look)


def rename(customer_id):
    named = {"name": "Lea Ode", "email": "", "phone": "", "note": ""}
    customers.edit(customer_id, **named, by=OWNER, now=NOON)


def exchanges(office, since):
    """What went to Graph, one after the other, in a word each; parts of a batch are inside it."""
    words = {"$batch": "look", "delta": "read"}
    last = [(one["method"], one["path"].split("/")[-1]) for one in office.sandbox.requests(since)]
    told = [words.get(name, method) for method, name in last]
    return [word for word in told if word != "GET"]


def test_a_change_waits_for_one_calendar_alone(three_calendars):
    appointment = three_calendars.book_at("10:00")
    three_calendars.agree()
    while_the_first_is_read(
        three_calendars, lambda: three_calendars.move_here(appointment, "14:00")
    )
    last = three_calendars.sandbox.last_request()
    three_calendars.sync()
    assert re.match("read look PATCH read", " ".join(exchanges(three_calendars, last)))
    assert three_calendars.copy()["start"]["dateTime"] == three_calendars.utc("14:00")
    three_calendars.agree()


def test_what_was_moved_there_too_is_judged_with_its_round(three_calendars):
    appointment = three_calendars.book_at("10:00")
    three_calendars.agree()
    three_calendars.move_there(three_calendars.copy(), "15:00", "16:00")
    while_the_first_is_read(three_calendars, lambda: rename(three_calendars.lea.id))
    assert three_calendars.settle().settled
    assert three_calendars.starts(appointment) == "15:00"
    assert "Lea Ode" in three_calendars.copy()["body"]["content"]
