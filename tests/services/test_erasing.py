"""Forgetting one person."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment, Booking, Customer, JournalEntry, Mail, Mirror, Repeatable
from panel.domain.errors import NotAllowed, RuleBroken
from panel.domain.people import Actor, visitor
from panel.services import api_tokens, attendances, customers, erasing, personal_data
from tests import make
from tests.services.studio import NOON, OWNER
from tests.services.workshop import hold

LATER = NOON + timedelta(days=30)
SECRETS = ("Zora Quast", "zora@example.test", "0171 4711", "rash", "Latex")


@pytest.fixture
def zora(studio):
    """She has an appointment behind her and one ahead, and a place in a workshop with Lea."""
    row = make.customer(name=SECRETS[0], email=SECRETS[1], phone=SECRETS[2], note="A rash")
    studio.zora = row
    studio.past = studio.book("2026-11-26T10:00", customer_id=row.id, note="rash again").id
    studio.ahead = studio.book("2027-01-07T10:00", customer_id=row.id).id
    studio.workshop = hold(studio)
    studio.workshop.attend(
        row, by=visitor(SECRETS[0]), note="rash", answers=(("Allergies", "Latex"),)
    )
    for status in ("waiting", "sent"):
        make.save(
            Mail(kind="booked", subject="appointment", subject_id=studio.past, status=status,
                 to_address=SECRETS[1], to_name=SECRETS[0], title=f"Dear {SECRETS[0]}",
                 text="rash", due_at=NOON, created_at=NOON)
        )  # fmt: skip
    make.save(
        Mirror(subject="appointment", subject_id=studio.past, employee_id=studio.anna.id,
               state="linked", put_backs=[],
               base={"title": SECRETS[0], "block": SECRETS[2], "location": "", "before": 0,
                     "after": 0, "starts": "2026-11-26T09:00:00+00:00",
                     "ends": "2026-11-26T10:00:00+00:00"})
    )  # fmt: skip
    return studio


def erase(studio, now=LATER):
    erasing.erase(studio.zora.id, by=OWNER, now=now)
    fresh()


def everything() -> str:
    """All that stands in the database."""
    tables = db.metadata.sorted_tables
    return "".join(str(db.session.execute(text(f"SELECT * FROM {t.name}")).all()) for t in tables)


def test_nothing_that_is_hers_stands_anywhere_any_more(zora):
    assert all(one in everything() for one in SECRETS)
    erase(zora)
    assert [one for one in SECRETS if one in everything()] == []


def test_what_took_place_stays_counted(zora):
    erase(zora)
    past = db.session.get(Appointment, zora.past)
    assert (past.status, zora.workshop.statuses()) == ("approved", ["booked"])
    one = db.session.get(Customer, zora.zora.id)
    assert (one.name, one.active, one.erased_at) == ("Erased customer", False, LATER)


def test_what_is_to_come_is_cancelled_and_given_to_whoever_waits(zora):
    zora.workshop.edit(capacity=1, most_places=2, waiting_list=True)
    waits = zora.workshop.attend()
    erase(zora, NOON)
    assert db.session.get(Appointment, zora.ahead).status == "cancelled"
    assert zora.workshop.statuses() == ["cancelled", "offered"]
    assert zora.workshop.row(waits.id).customer_id == zora.lea.id


def test_a_group_goes_on_without_her(zora):
    with writing() as session:
        row = session.get(Appointment, zora.ahead)
        row.places, row.persons = 4, 3
        session.add(Booking(appointment_id=row.id, customer_id=zora.lea.id, persons=2,
                            status="approved", note="Lea's", created_at=NOON))  # fmt: skip
    erase(zora, NOON)
    row = db.session.get(Appointment, zora.ahead)
    assert (row.status, row.persons) == ("approved", 2)
    notes = db.session.scalars(db.select(Booking.note).filter_by(customer_id=zora.lea.id)).all()
    assert notes == ["Lea's"]


def test_no_answer_to_a_program_brings_her_back(zora):
    api_tokens.make("Web site", by=OWNER, now=NOON)
    body = {"customer": {"name": SECRETS[0], "email": SECRETS[1]}}
    make.save(
        Repeatable(token_id=1, key="k", request_hash="h", status=201, body=body, created_at=LATER)
    )
    erase(zora)
    assert [one for one in SECRETS if one in everything()] == []


def test_employees_are_held_before_the_customer(zora):
    read, id = [], zora.zora.id

    def note(_connection, _cursor, statement, *_rest) -> None:
        read.extend(re.findall(r"FROM (employees|customers)", statement))

    event.listen(db.engine, "before_cursor_execute", note)
    erasing.erase(id, by=OWNER, now=LATER)
    event.remove(db.engine, "before_cursor_execute", note)
    assert read.index("employees") < read.index("customers")


def test_mails_to_her_are_dropped(zora):
    erase(zora)
    mails = db.session.execute(db.select(Mail.status, Mail.to_address).order_by(Mail.id)).all()
    assert set(mails) == {("dropped", ""), ("sent", "")}


def test_a_name_within_another_stays(zora):
    with writing() as session:
        entry = session.scalars(db.select(JournalEntry).filter_by(subject_id=zora.past)).first()
        entry.who = "Zora Quastel"
    erase(zora)
    assert "Zora Quastel" in everything()


def test_it_is_named_before_what_will_happen(zora):
    found = erasing.ahead(zora.zora.id, by=OWNER, now=NOON)
    waiting = db.session.query(Mail).filter_by(to_address=SECRETS[1], status="waiting").count()
    assert (found.appointments, found.events, found.mails, found.copies) == (2, 1, waiting, 1)
    assert waiting > 1
    found = erasing.ahead(zora.zora.id, by=OWNER, now=LATER)
    assert (found.appointments, found.events) == (1, 0)


def test_only_the_owner_may_and_only_once(zora):
    for by in (zora.actor(zora.anna), Actor(None, "Mia", "manager")):
        with pytest.raises(NotAllowed):
            erasing.erase(zora.zora.id, by=by, now=NOON)
        with pytest.raises(NotAllowed):
            personal_data.of(zora.zora.id, by=by)
    erase(zora)
    with pytest.raises(RuleBroken, match="was erased"):
        erase(zora)
    with pytest.raises(RuleBroken, match="was erased"):
        customers.set_active(zora.zora.id, True, by=OWNER)


def test_she_can_have_all_that_is_kept(zora):
    attendances.cancel(1, by=OWNER, now=NOON)
    found = personal_data.of(zora.zora.id, by=OWNER)
    assert found["customer"]["email"] == SECRETS[1]
    assert [one["starts"] for one in found["appointments"]] == [
        "2026-11-26T09:00:00Z", "2027-01-07T09:00:00Z",
    ]  # fmt: skip
    assert found["events"][0]["answers"] == [["Allergies", "Latex"]]
    assert found["events"][0]["status"] == "cancelled"
