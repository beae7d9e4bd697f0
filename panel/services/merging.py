"""Two customers who are one: found, and made one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, update

from panel.db.base import db, writing
from panel.db.tables import Attendance, Booking, Customer
from panel.domain.contacts import digits
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services import journal
from panel.services.customers import kept, tell_copies
from panel.services.holding import hold_everybody
from panel.services.outbox import Transaction

# What the two may differ in, and one chooses between.
FIELDS = ("name", "email", "phone", "note")
MOST_PAIRS = 100


def pairs(*, by: Actor) -> list[tuple[Customer, Customer]]:
    """Return customers with the same address or the same number, two by two, older ones first.

    Each is paired with the next one who has it: of a number that many share, they come to one
    when one pair after the other is merged. Raises NotAllowed.
    """
    by.must_hold("customers")
    reachable = select(Customer.id, Customer.email, Customer.phone).where(
        Customer.erased_at.is_(None), or_(Customer.email != "", Customer.phone != "")
    )
    latest: dict[str, int] = {}
    found: set[tuple[int, int]] = set()
    for id, email, phone in db.session.execute(reachable.order_by(Customer.id)):
        for key in filter(None, (email.lower(), digits(phone))):
            if key in latest:
                found.add((latest[key], id))
            latest[key] = id
        if len(found) >= MOST_PAIRS:
            break
    chosen = sorted(found)[:MOST_PAIRS]
    ids = {id for pair in chosen for id in pair}
    rows = db.session.scalars(select(Customer).where(Customer.id.in_(ids)))
    known = {one.id: one for one in rows}
    return [(known[first], known[second]) for first, second in chosen]


def merge(
    keep_id: int, other_id: int, *, taking: Collection[str] = (), by: Actor, now: datetime
) -> Customer:
    """Give all that the other one has booked to the first, and let the other go.

    `taking` names the FIELDS in which the other one's value stays. It cannot be undone.
    Raises RuleBroken, NotThere, NotAllowed.
    """
    by.must_hold("customers")
    if keep_id == other_id:
        raise RuleBroken("Choose two different customers.", "other")
    with writing() as session:
        hold_everybody(session)
        one, other = _held(session, keep_id, other_id)
        before = f"{one.name} and {other.name}"
        for name in FIELDS:
            if name in taking:
                setattr(one, name, getattr(other, name))
        one.zone, one.active = one.zone or other.zone, one.active or other.active
        one.created_at = min(one.created_at, other.created_at)
        _hand_over(session, other, keep_id)
        journal.note(
            session, subject="customer", subject_id=keep_id, employee_id=None,
            side=journal.PANEL, kind="merged", who=by.name, before=before, after=one.name, now=now,
        )  # fmt: skip
        session.flush()
        tell_copies(session, keep_id, now=now)
    return one


def _held(session: Transaction, keep_id: int, other_id: int) -> list[Customer]:
    """Return both, the one that stays first, and let nobody else change them."""
    query = select(Customer).where(Customer.id.in_((keep_id, other_id))).order_by(Customer.id)
    rows = session.scalars(query.with_for_update()).all()
    if len(rows) != 2:
        raise NotThere("There is no such customer.")
    return sorted((kept(row) for row in rows), key=lambda row: row.id != keep_id)


def _hand_over(session: Transaction, other: Customer, keep_id: int) -> None:
    for table in (Booking, Attendance):
        session.execute(
            update(table).where(table.customer_id == other.id).values(customer_id=keep_id)
        )
    session.flush()
    session.delete(other)
