"""Compare Panel with Outlook on demand, and write what differs once a person has seen how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, bindparam, select, update

from panel.db.base import ask, writing
from panel.db.tables import Connection, Mirror
from panel.domain.errors import AlreadyChanged
from panel.domain.people import Actor
from panel.services import journal, outbox
from panel.services.connections import hold_accounts, must_be_allowed

CREATE, UPDATE, DELETE = KINDS = "create", "update", "delete"
# What was found out longer ago says little about now.
GOOD_FOR = timedelta(minutes=15)
_LINK = Connection.__table__.c
_COMPARED = select(_LINK.compare_asked, _LINK.compared).where(
    _LINK.employee_id == bindparam("employee"),
    _LINK.state == "active",
    _LINK.refused_at.is_(None),
)


@dataclass(frozen=True)
class Preview:
    """What writing everything again would do, in numbers; `ready` once all accounts were read."""

    ready: bool
    create: int = 0
    update: int = 0
    delete: int = 0

    @property
    def total(self) -> int:
        return self.create + self.update + self.delete


def ask_for(employee_id: int, *, by: Actor, now: datetime) -> None:
    """Have the accounts of one employee compared. Nothing is written. Raises NotAllowed."""
    must_be_allowed(by, employee_id)
    with writing() as session:
        for mailbox in hold_accounts(session, employee_id):
            mailbox.round_due = now
            outbox.wake(session, mailbox.id)
        session.execute(_active(employee_id).values(compare_asked=now, compared=None))


def preview(employee_id: int, *, now: datetime) -> Preview | None:
    """What was found, or that it is being found out; None where nobody asked lately."""
    asked = [row for row in ask(_COMPARED, employee=employee_id) if row.compare_asked is not None]
    asked = [row for row in asked if now - row.compare_asked <= GOOD_FOR]
    if not asked:
        return None
    found = [row.compared for row in asked if row.compared]
    if len(found) < len(asked):
        return Preview(False)
    return Preview(True, *(sum(len(one[kind]) for one in found) for kind in KINDS))


def carry_out(employee_id: int, *, by: Actor, now: datetime) -> int:
    """Write what the preview showed; say how much that is. What Panel says counts.

    Each entry is looked at once more before it is written. Raises NotAllowed, AlreadyChanged.
    """
    must_be_allowed(by, employee_id)
    with writing() as session:
        hold_accounts(session, employee_id)
        links = session.scalars(
            select(Connection).where(
                Connection.employee_id == employee_id, Connection.compared.is_not(None)
            )
        ).all()
        ids = [id_ for one in links for kind in KINDS for id_ in (one.compared or {}).get(kind, ())]
        if not ids:
            raise AlreadyChanged("Panel has to compare the calendars again first. Press Resync.")
        mirrors = session.scalars(
            select(Mirror).where(Mirror.id.in_(ids), Mirror.employee_id == employee_id)
        ).all()
        for mirror in mirrors:
            mirror.ruling = "back"
            outbox.raise_desired(session, mirror, now=now)
        session.execute(_active(employee_id).values(compare_asked=None, compared=None))
        for link in links[:1]:
            journal.note(
                session, subject="connection", subject_id=link.id, employee_id=employee_id,
                side=journal.BOTH, kind="resynced", who=by.name, now=now,
            )  # fmt: skip
    return len(mirrors)


def drop(employee_id: int, *, by: Actor) -> None:
    """Forget what was found; nothing is written."""
    must_be_allowed(by, employee_id)
    with writing() as session:
        session.execute(_active(employee_id).values(compare_asked=None, compared=None))


def _active(employee_id: int) -> Update:
    return update(Connection).where(
        Connection.employee_id == employee_id, Connection.state == "active"
    )
