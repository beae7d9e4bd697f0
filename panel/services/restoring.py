"""What the owner says of a database that is held: it was restored, or it is a copy."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from panel.db import paper
from panel.db.base import db, writing
from panel.db.tables import (
    Appointment,
    BusyBlock,
    Connection,
    FormerCopy,
    Installation,
    Mail,
    Mailbox,
    Mirror,
    Push,
    RemoteCalendarRow,
    SignIn,
)
from panel.domain.errors import RuleBroken
from panel.domain.installation import COMPARING, Paper
from panel.domain.people import Actor
from panel.services import journal, mail_rows, outbox
from panel.services.adopting import NO_COPY
from panel.services.ending import end_connection
from panel.services.installation import Place, journal_of
from panel.services.outbox import Transaction

CLEAR = {"hinted": False, "adopting": False, "ruling": None, "missing_since": None}


@dataclass(frozen=True)
class Preview:
    """What the comparison has found before the first write: `read` of `mailboxes` are done.

    `missing` appointments and dates have no entry that Panel knows, `differing` entries are not
    as Panel has them, `orphans` are entries of ours that belong to nothing here.
    """

    read: int
    mailboxes: int
    missing: int
    differing: int
    orphans: int


def restored(place: Place, *, by: Actor, now: datetime) -> None:
    """Read every calendar afresh and compare; nothing is written before `go_on`."""
    by.must_own()
    with writing() as session:
        row = _held(session)
        live = select(Connection.mailbox_id).where(Connection.state == "active")
        afresh = {
            "lease_until": None, "fence": Mailbox.fence + 1, "wait_until": None, "failures": 0,
            "pulled_at": None, "round_due": now, "list_due": now, "compare_due": now,
        }  # fmt: skip
        session.execute(update(Mailbox).where(Mailbox.id.in_(live)).values(**afresh))
        links = {"delta_link": None, "window_start": None, "window_end": None}
        session.execute(update(RemoteCalendarRow).values(**links))
        row.held_why, row.held_at = COMPARING, now
        row.machines = sorted({*row.machines, place.machine})
        _note(session, "restored", by, now)
        session.flush()
        written = Paper(row.name, place.machine, journal_of(session))
        for mailbox_id in session.scalars(live).all():
            outbox.wake(session, mailbox_id)
    paper.write(place.file, written)


def preview() -> Preview:
    """Say what would be written, and how far the comparison is."""
    live = select(Mailbox).join(Connection).where(Connection.state == "active")
    mailboxes = db.session.scalars(live).all()
    unfinished = or_(Mirror.hinted, Mirror.desired != Mirror.confirmed)
    ours = Mirror.mailbox_id.in_([one.id for one in mailboxes])
    count = select(func.count(Mirror.id)).where(ours, unfinished)
    return Preview(
        sum(one.pulled_at is not None for one in mailboxes), len(mailboxes),
        db.session.scalar(count.where(Mirror.remote_id.is_(None))) or 0,
        db.session.scalar(count.where(Mirror.remote_id.is_not(None))) or 0,
        len(orphans()),
    )  # fmt: skip


def go_on(*, by: Actor, now: datetime) -> None:
    """Write again. What differs is asked about, and what may be there already too."""
    by.must_own()
    with writing() as session:
        row = _held(session)
        if row.held_why != COMPARING:
            raise RuleBroken("Say first whether this database was restored or copied.")
        there = (Mirror.remote_id.is_not(None), Mirror.base_end > now)
        session.execute(update(Mirror).where(*there).values(adopting=True))
        doubtful = select(Mirror.id).where(Mirror.remote_id.is_(None), _has_orphan())
        ids = list(session.scalars(doubtful))
        session.execute(update(Mirror).where(Mirror.id.in_(ids)).values(state="held"))
        session.execute(delete(Push).where(Push.mirror_id.in_(ids)))
        session.execute(update(Mailbox).values(round_due=now))
        row.held_why = row.held_at = None
        _note(session, "restore_done", by, now)


def copied(place: Place, *, by: Actor, now: datetime) -> int:
    """Make an installation of its own of a copy; return how many connections ended.

    Its credentials are destroyed, it forgets the entries of the first, and its mails that
    wait are never sent.
    """
    by.must_own()
    with writing() as session:
        row = _held(session)
        live = session.scalars(select(Connection).where(Connection.state != "ended")).all()
        for connection in live:
            end_connection(session, connection, now=now)
        session.execute(delete(SignIn))
        session.execute(delete(FormerCopy))
        session.execute(update(Mirror).values(mailbox_id=None, confirmed=0, **NO_COPY, **CLEAR))
        why = "This is a copy of another installation."
        waiting = update(Mail).where(Mail.status == mail_rows.WAITING)
        session.execute(waiting.values(status=mail_rows.DROPPED, last_error=why))
        row.name, row.machines = secrets.token_hex(6), [place.machine]
        row.held_why = row.held_at = None
        _note(session, "copied", by, now)
        session.flush()
        written = Paper(row.name, place.machine, journal_of(session))
    paper.write(place.file, written)
    return len(live)


def orphans() -> list[BusyBlock]:
    """Return the entries of ours to come that belong to nothing here, the next first."""
    query = select(BusyBlock).where(_is_orphan()).order_by(BusyBlock.starts).limit(200)
    return list(db.session.scalars(query))


def _is_orphan() -> ColumnElement[bool]:
    """An entry that some create of this installation made, and no mirror knows."""
    name = select(Installation.name).where(Installation.id == 1).scalar_subquery()
    known = exists().where(Mirror.remote_id == BusyBlock.remote_id)
    former = exists().where(FormerCopy.remote_id == BusyBlock.remote_id)
    sent = exists().where(Mirror.transaction_id == BusyBlock.transaction_id)
    made = and_(BusyBlock.transaction_id.is_not(None), BusyBlock.transaction_id.startswith(name))
    return and_(made, ~known, ~former, ~sent)


def _has_orphan() -> ColumnElement[bool]:
    """Something of ours stands in their Outlook at the time of this appointment."""
    booked = (Appointment.id == Mirror.subject_id) & (Mirror.subject == "appointment")
    overlaps = (BusyBlock.starts < Appointment.ends) & (BusyBlock.ends > Appointment.starts)
    whose = BusyBlock.employee_id == Mirror.employee_id
    return exists().where(booked, whose, overlaps, _is_orphan()).correlate(Mirror)


def _held(session: Transaction) -> Installation:
    row = session.get(Installation, 1, with_for_update=True)
    if row is None or row.held_why is None:
        raise RuleBroken("Nothing is held any more.")
    return row


def _note(session: Transaction, kind: str, by: Actor, now: datetime) -> None:
    journal.note(
        session, subject="connection", subject_id=0, employee_id=None, side=journal.PANEL,
        kind=kind, who=by.name, now=now,
    )  # fmt: skip
