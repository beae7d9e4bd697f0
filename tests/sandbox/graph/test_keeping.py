"""A mailbox that was kept and read again is the same mailbox."""

import json

from sandbox.mailbox import Mailbox
from tests.sandbox.graph.bodies import BERLIN, at, event, weekly, window
from tests.sandbox.graph.conftest import Client
from tests.sandbox.graph.test_properties import marked

VIEW = f"/me/calendarView/delta?{window()}"


def again(anna, world):
    """Anna's client on her mailbox as a new start would find it."""
    record = json.loads(json.dumps(anna.mailbox.to_dict()))
    world.mailboxes[anna.mailbox.upn] = Mailbox.from_dict(record)
    assert world.mailboxes[anna.mailbox.upn].to_dict() == anna.mailbox.to_dict()
    return Client(world, world.mailboxes[anna.mailbox.upn])


def test_every_kind_of_event_is_kept(anna, world):
    anna.post("/me/events", marked("a", transactionId="t-1"))
    anna.post("/me/events", weekly("2026-08-03", weekday="thursday"))
    dates = anna.get(f"/me/calendarView?{window()}")["value"]
    anna.patch(
        f"/me/events/{dates[0]['id']}", {"subject": "Other", "start": at("2026-09-03T06:00:00")}
    )
    anna.delete(f"/me/events/{dates[1]['id']}")
    day = {"start": at("2026-09-07T00:00:00", BERLIN), "end": at("2026-09-08T00:00:00", BERLIN)}
    anna.post("/me/events", event(isAllDay=True) | day)
    view = f"/me/calendarView?{window()}&$expand=singleValueExtendedProperties"
    assert again(anna, world).get(view) == anna.get(view)


def test_delta_goes_on_where_it_was(anna, world):
    kept = anna.post("/me/events", event())["id"]
    _, link = anna.round(VIEW)
    anna.delete(f"/me/events/{kept}")
    made = anna.post("/me/events", event(transactionId="t-1"))["id"]
    later = again(anna, world)
    assert {one["id"] for one in later.round(link)[0]} == {kept, made}
    assert later.post("/me/events", event(transactionId="t-1"))["id"] == made


def test_it_knows_when_there_is_something_to_keep(anna):
    anna.mailbox.dirty = False
    anna.get("/me/events")
    assert not anna.mailbox.dirty
    anna.post("/me/events", event())
    assert anna.mailbox.dirty
