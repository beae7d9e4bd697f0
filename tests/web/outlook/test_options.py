"""How the sync behaves: the General tab, and what differs for one employee."""

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment, Employee, OutlookSettings
from tests.services.correspondence import written

GENERAL = "/admin/settings/integrations/outlook/general"
TITLE = "Title of an appointment"


@pytest.fixture
def owner(desk):
    desk.enter("owner")
    desk.visitor.get(GENERAL)
    return desk


@pytest.fixture
def busy(desk):
    """Anna has one appointment in her Outlook, and the owner looks at the settings."""
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.enter("owner")
    desk.visitor.get(GENERAL)
    return desk


def kept():
    fresh()
    return db.session.get_one(OutlookSettings, 1)


def copies(desk):
    return [one for one in desk.sandbox.events("anna@contoso.test") if one["transactionId"]]


def test_it_keeps_what_the_owner_chooses(owner):
    moved = "When an appointment is moved in Outlook"
    chosen = {moved: "Ask first", "All-day entries block as well": False}
    page = owner.visitor.submit("Save", chosen)
    assert "Saved." in page.text
    assert (kept().on_move, kept().block_all_day, kept().blocking_kinds) == (
        "ask", False, ["busy", "oof"],
    )  # fmt: skip


def test_another_title_reaches_every_entry(busy):
    page = busy.visitor.submit("Save", {TITLE: "%service_name%, %customer_full_name%"})
    assert "Saved. 1 entry is brought up to date in Outlook." in page.text
    busy.sync()
    assert [one["subject"] for one in copies(busy)] == ["Sports massage, Ines Carvalho"]


def test_a_rule_touches_no_entry(busy):
    page = busy.visitor.submit("Save", {"When an appointment is deleted in Outlook": "Put it back"})
    assert "Saved." in page.text and "brought up to date" not in page.text


def test_it_refuses_a_placeholder_that_does_not_exist(owner):
    page = owner.visitor.submit("Save", {"Title of an event": "%event_nam%"})
    assert "There is no placeholder %event_nam%. Did you mean %event_name%?" in page.text
    assert "One thing to put right" in page.text and kept().event_title == "%event_name%"


def test_it_shows_how_an_entry_will_look(owner):
    token = owner.visitor.token()
    typed = {"csrf_token": token, "appointment_title": "%service_name%!", "event_title": "%x%"}
    page = owner.visitor.post(f"{GENERAL}/preview", typed)
    assert "Sports massage!" in page.text
    assert "No preview: the title has a placeholder that does not exist." in page.text


def test_pending_appointments_come_and_go_with_the_setting(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3, status="pending")
    desk.connect()
    desk.sync()
    assert copies(desk) == []
    desk.enter("owner")
    desk.visitor.get(GENERAL)
    desk.visitor.submit("Save", {"Insert pending appointments": True})
    desk.sync()
    assert len(copies(desk)) == 1


def test_one_employee_may_differ(desk):
    desk.enter("mia")
    desk.visitor.get(f"/admin/employees/{desk.anna.id}/integrations/change")
    page = desk.visitor.submit("Save", {"insert_pending": "on", "block_busy": "off"})
    assert "Off, set here" in page.text and "On, set here" in page.text
    fresh()
    row = db.session.get_one(Employee, desk.anna.id)
    assert (row.insert_pending, row.block_busy) == (True, False)


def test_an_employee_sees_what_holds_for_them_and_may_not_change_it(desk):
    path = f"/admin/employees/{desk.anna.id}/integrations"
    assert "Change for Anna" not in desk.visitor.get(path).text
    assert desk.visitor.get(f"{path}/change").status == 403


def test_it_is_the_owners(desk):
    desk.enter("mia")
    assert desk.visitor.get(GENERAL).status == 403


def deleted(desk):
    """Delete the entry in Outlook, and let Panel look twice."""
    desk.sandbox.delete_event("anna@contoso.test", copies(desk)[0]["id"])
    for _ in range(3):
        desk.sync()
        desk.forward(seconds=16)


def moved(desk):
    """Move the entry by two hours, with nothing in its way."""
    (one,) = copies(desk)
    day = one["start"]["dateTime"][:10]
    times = {"start": "11:00", "end": "12:00"}
    desk.sandbox.patch_event(
        "anna@contoso.test", one["id"],
        **{name: {"dateTime": f"{day}T{at}:00", "timeZone": "UTC"} for name, at in times.items()},
    )  # fmt: skip
    desk.sync()


def status():
    fresh()
    return db.session.scalars(db.select(Appointment.status)).one()


@pytest.mark.parametrize(
    "minutes, became", [("5 minutes", "cancelled"), ("30 minutes", "approved")]
)
def test_a_deleted_one_is_cancelled_after_the_chosen_grace(busy, minutes, became):
    on_delete = "When an appointment is deleted in Outlook"
    chosen = {
        on_delete: "Cancel it and tell the customer",
        "How long it can still be kept": minutes,
    }
    busy.visitor.submit("Save", chosen)
    deleted(busy)
    assert status() == "approved"
    busy.forward(minutes=10)
    busy.sync()
    assert status() == became
    assert len(written(kind="customer_cancelled")) == (became == "cancelled")


def test_a_deleted_one_is_put_back_where_the_owner_says_so(busy):
    busy.visitor.submit("Save", {"When an appointment is deleted in Outlook": "Put it back"})
    deleted(busy)
    assert (len(copies(busy)), status()) == (1, "approved")


@pytest.mark.parametrize("told", [True, False])
def test_customers_are_told_of_a_move_or_not(busy, told):
    busy.visitor.submit("Save", {"Tell the customer of a move in Outlook": told})
    moved(busy)
    assert len(written(kind="customer_changed")) == told


@pytest.mark.parametrize("choice, hour", [("Put it back", "09"), ("Ask first", "11")])
def test_a_move_is_put_back_or_asked_about(busy, choice, hour):
    busy.visitor.submit("Save", {"When an appointment is moved in Outlook": choice})
    moved(busy)
    assert copies(busy)[0]["start"]["dateTime"][11:13] == hour
    assert len(written(kind="employee_question")) == (choice == "Ask first")


def test_who_switches_invitations_on_is_told_whom_microsoft_mails(busy):
    page = busy.visitor.submit("Save", {"Send Outlook invitations to customers": True})
    assert "1 entry is brought up to date in Outlook. Microsoft mails their" in page.text
    busy.sync()
    (copy,) = copies(busy)
    assert [one["emailAddress"]["name"] for one in copy["attendees"]] == ["Ines Carvalho"]
    busy.enter("anna")
    busy.visitor.get("/panel/profile")
    asked = busy.visitor.submit("Disconnect")
    assert "Microsoft mails the customers who were invited" in asked.text


def test_a_meeting_is_for_new_entries(busy):
    page = busy.visitor.submit("Save", {"Add a Microsoft Teams meeting": True})
    assert "Saved." in page.text and "brought up to date" not in page.text
    assert kept().teams_meeting is True
