"""Forget one person: what names them goes, here and in Outlook; what took place stays counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db, reading, writing
from panel.db.tables import Customer, Mail, Mirror
from panel.domain.people import Actor
from panel.services import customers, journal, outbox
from panel.services.cancelling import attendances_ahead, bookings_ahead, cancel_ahead
from panel.services.holding import hold_everybody
from panel.services.paging import count
from panel.services.traces import traces_of, wipe

ERASED = "Erased customer"


@dataclass(frozen=True)
class Ahead:
    """What an erasure will take along: bookings still to come, mails, copies in Outlook."""

    customer: Customer
    appointments: int
    events: int
    mails: int
    copies: int


def ahead(customer_id: int, *, by: Actor, now: datetime) -> Ahead:
    """Say what would happen. Only the owner may ask. Raises NotThere, NotAllowed, RuleBroken."""
    by.must_own()
    one = customers.kept(db.session.get(Customer, customer_id))
    left = traces_of(reading(), one)
    return Ahead(
        one,
        count(bookings_ahead(one.id, now)),
        count(attendances_ahead(one.id, now)),
        count(select(Mail.id).where(left.in_mails(), Mail.status == "waiting")),
        count(select(Mirror.id).where(left.in_outlook(), Mirror.state == "linked")),
    )


def erase(customer_id: int, *, by: Actor, now: datetime) -> None:
    """Cancel what they have to come, and take out of everything that they are named in.

    Copies in Outlook follow, past ones too. It cannot be undone, and only the owner may.
    Raises NotThere, NotAllowed, RuleBroken.
    """
    by.must_own()
    with writing() as session:
        hold_everybody(session)
        one = customers.kept(session.get(Customer, customer_id, with_for_update=True))
        cancel_ahead(session, one.id, by=by, now=now)
        left = traces_of(session, one)
        one.name, one.email, one.phone, one.note, one.zone = ERASED, "", "", "", ""
        one.active, one.erased_at = False, now
        wipe(session, left, as_=ERASED)
        journal.note(
            session, subject="customer", subject_id=customer_id, employee_id=None,
            side=journal.PANEL, kind="erased", who=by.name, now=now,
        )  # fmt: skip
        session.flush()
        for mirror in session.scalars(select(Mirror).where(left.in_outlook())).all():
            outbox.raise_desired(session, mirror, now=now)
