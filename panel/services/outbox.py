"""The outbox: what must be made equal in Outlook, written with the change itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import engine_name
from panel.db.tables import Appointment, Connection, Event, Mirror, Occurrence, Push, event_staff
from panel.domain.states import PENDING
from panel.services.homes import homes

Transaction = scoped_session[Session]
WOKEN = "woken_mailboxes"
# Woken like a mailbox, and none has this id: the mails that are to be sent.
POST = 0


def changed(session: Transaction, subject: str, subject_id: int, *, now: datetime) -> None:
    """Say in the caller's transaction that an appointment or occurrence has changed.

    `subject` is "appointment" or "occurrence". Every person who has, or should have, a copy
    gets a row; the content is worked out when it is sent. Flush the change before.
    """
    for employee_id, mailbox_id in homes(session, people(session, subject, subject_id)).items():
        _tie(session, subject, subject_id, employee_id, mailbox_id)
    ties = (
        select(Mirror)
        .where(Mirror.subject == subject, Mirror.subject_id == subject_id)
        .order_by(Mirror.id)
        .with_for_update()
    )
    for mirror in session.scalars(ties).all():
        raise_desired(session, mirror, now=now)


def raise_desired(session: Transaction, mirror: Mirror, *, now: datetime) -> None:
    """Ask in the caller's transaction for one copy to be made equal; it is woken after commit."""
    mirror.desired += 1
    if mirror.state in ("parked", "held"):
        mirror.state = _before_it_stopped(mirror)
    if mirror.mailbox_id is None or not _is_live(session, mirror):
        return
    row = session.get(Push, mirror.id)
    if row is None:
        row = Push(mirror_id=mirror.id, since=now, tries=0, same_refusals=0)
        session.add(row)
    row.revision, row.due_at = mirror.desired, now
    wake(session, mirror.mailbox_id)


def tie_upcoming(session: Transaction, employee_id: int, mailbox_id: int, now: datetime) -> int:
    """Write a row for everything upcoming of one person in this mailbox; say how many there are.

    What has no copy in any account yet goes to where new ones go. What has ended stays in
    Outlook as it is.
    """
    tie_since(session, employee_id, now)
    mirrors = session.scalars(
        select(Mirror).where(
            Mirror.employee_id == employee_id,
            Mirror.mailbox_id == mailbox_id,
            or_(Mirror.base_end.is_(None), Mirror.base_end > now),
        )
    ).all()
    for mirror in mirrors:
        raise_desired(session, mirror, now=now)
    return len(mirrors)


def tie_since(session: Transaction, employee_id: int, since: datetime) -> None:
    """See that everything of one person that ends after this moment has a mirror."""
    home = homes(session, [employee_id]).get(employee_id)
    for subject, subject_id in _ending_after(session, employee_id, since) if home else ():
        _tie(session, subject, subject_id, employee_id, home)


def raise_all(session: Transaction, subjects: Collection[str], *, now: datetime) -> int:
    """Have every live copy that has not ended made equal again; say how many there are.

    For changes that touch all of them, as another title. In the caller's transaction.
    """
    live = select(Connection.mailbox_id).where(Connection.state == "active")
    mirrors = session.scalars(
        select(Mirror).where(
            Mirror.mailbox_id.in_(live),
            Mirror.subject.in_(subjects),
            Mirror.state.in_(("intent", "unknown", "linked", "parked")),
            or_(Mirror.base_end.is_(None), Mirror.base_end > now),
        )
    ).all()
    for mirror in mirrors:
        raise_desired(session, mirror, now=now)
    return len(mirrors)


def raise_pending(session: Transaction, employee_ids: Collection[int], *, now: datetime) -> int:
    """The same for the pending appointments of some people, which a setting puts in or out."""
    linked = select(Connection.employee_id).where(Connection.state == "active")
    pending = select(Appointment.id).where(
        Appointment.employee_id.in_(employee_ids),
        Appointment.employee_id.in_(linked),
        Appointment.status == PENDING,
        Appointment.ends > now,
    )
    found = list(session.scalars(pending))
    for appointment_id in found:
        changed(session, "appointment", appointment_id, now=now)
    return len(found)


def wake(session: Transaction, mailbox_id: int) -> None:
    """Remember to wake the mailbox once the caller's transaction is committed."""
    session().info.setdefault(WOKEN, set()).add(mailbox_id)


def _tie(
    session: Transaction, subject: str, subject_id: int, employee_id: int, mailbox_id: int | None
) -> None:
    dialect = sqlite if engine_name() == "sqlite" else postgresql
    row = dialect.insert(Mirror).values(
        subject=subject,
        subject_id=subject_id,
        employee_id=employee_id,
        mailbox_id=mailbox_id,
        put_backs=[],
    )
    session.execute(row.on_conflict_do_nothing())


def _before_it_stopped(mirror: Mirror) -> str:
    """The state of a copy that was parked or held. A create that was begun may have arrived."""
    if mirror.intent is not None and mirror.base is None:
        return "unknown"
    return "linked" if mirror.remote_id else "gone" if mirror.base is not None else "none"


def _is_live(session: Transaction, mirror: Mirror) -> bool:
    live = select(Connection.id).where(
        Connection.mailbox_id == mirror.mailbox_id,
        Connection.employee_id == mirror.employee_id,
        Connection.state == "active",
    )
    return session.scalar(live) is not None


def people(session: Transaction, subject: str, subject_id: int) -> set[int]:
    """Whose time it takes: the appointment's employee; of a date, organizer and staff."""
    if subject == "appointment":
        owner = select(Appointment.employee_id).where(Appointment.id == subject_id)
        return set(session.scalars(owner))
    event = select(Occurrence.event_id).where(Occurrence.id == subject_id).scalar_subquery()
    organizer = select(Event.organizer_id).where(Event.id == event)
    staff = select(event_staff.c.employee_id).where(event_staff.c.event_id == event)
    return set(session.scalars(organizer.union(staff)))


def _ending_after(session: Transaction, employee_id: int, since: datetime) -> list[tuple[str, int]]:
    booked = select(Appointment.id).where(
        Appointment.employee_id == employee_id, Appointment.ends > since
    )
    staffed = select(event_staff.c.event_id).where(event_staff.c.employee_id == employee_id)
    dates = (
        select(Occurrence.id)
        .join(Event)
        .where(
            Occurrence.ends > since,
            or_(Event.organizer_id == employee_id, Event.id.in_(staffed)),
        )
    )
    appointments = [("appointment", one) for one in session.scalars(booked)]
    return appointments + [("occurrence", one) for one in session.scalars(dates)]
