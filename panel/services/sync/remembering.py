"""Remember how a visit went: the evidence from which the health of a connection is derived."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, select, update

from panel.db.base import Moment, ask, writing
from panel.db.tables import Connection, Employee, Mailbox, Mirror, Push, Question
from panel.domain.cadence import until_next_round, wait_after
from panel.domain.errors import (
    OutlookUnavailable,
    PanelError,
    RegistrationRefused,
    SignInNeeded,
)
from panel.services.outbox import Transaction
from panel.services.plans import plans
from panel.services.sync import traffic
from panel.services.sync.applying import note_read
from panel.services.sync.calendars import free_gone
from panel.services.sync.rounds import Round
from panel.services.sync.tokens import DOUBT
from panel.services.sync.traffic import Tally
from panel.services.sync.visit import Visit

log = logging.getLogger(__name__)
COMPARE_EVERY = timedelta(hours=24)

# Asked in every round, so written once.
_ZONE = select(Employee.zone).where(Employee.id == bindparam("employee"))
_SOON = select(
    exists().where(
        Mirror.employee_id == bindparam("employee"),
        Mirror.base_end > bindparam("now", type_=Moment),
        Mirror.base_end < bindparam("tomorrow", type_=Moment),
    )
)
_MIRRORS = Mirror.__table__
_ASKED_ABOUT = (
    update(_MIRRORS)
    .where(
        _MIRRORS.c.mailbox_id == bindparam("mailbox"),
        _MIRRORS.c.id.in_(
            select(Question.mirror_id).where(
                Question.closed_at.is_(None), Question.kind.in_(("moved", "reshaped", "deleted"))
            )
        ),
    )
    .values(hinted=True)
)
_MAILBOX = Mailbox.__table__
_WELL = (
    update(_MAILBOX)
    .where(_MAILBOX.c.id == bindparam("mailbox"))
    .values(failures=0, wait_until=None, failure=None, silent_since=None)
)
# The connections that are importing still, though everything has been read.
_IMPORTED = (
    select(Connection.id)
    .join(Mailbox, Mailbox.id == Connection.mailbox_id)
    .where(
        Connection.id == bindparam("connection"),
        Connection.importing,
        Mailbox.pulled_at.is_not(None),
    )
)


def remember_round(
    visit: Visit, quiet: Iterable[Round], *, drift: int, compared: bool, told: bool
) -> None:
    """Note a complete round, and when the next is due; `told`: Microsoft tells of changes.

    `quiet` is what was read of calendars in which nothing has changed.
    """
    now = visit.now()
    with visit.recording(lightly=True) as session:
        for staged in quiet:
            note_read(session, visit, staged)
        free_gone(session, visit.mailbox_id, now)
        judge_questions_again(session, visit.mailbox_id)
        round_due = now + _until_next(session, visit, now, told=told)
        mailbox = session.get_one(Mailbox, visit.mailbox_id)
        mailbox.pulled_at, mailbox.round_due = now, round_due
        visit.tally.rounds += 1
        if compared:
            mailbox.drift += drift
            mailbox.last_drift, mailbox.compared_at = drift, now
        if compared or mailbox.compare_due is None:
            mailbox.compare_due = now + COMPARE_EVERY


def judge_questions_again(session: Transaction, mailbox_id: int) -> None:
    """Have each copy looked at that a question is open about: the rule may allow it by now."""
    session.connection().execute(_ASKED_ABOUT, {"mailbox": mailbox_id})


def _until_next(session: Transaction, visit: Visit, now: datetime, *, told: bool) -> timedelta:
    zone = ask(_ZONE, employee=visit.employee_id).scalar_one()
    day = {"now": now, "tomorrow": now + timedelta(hours=24)}
    soon = ask(_SOON, employee=visit.employee_id, **day).scalar()
    return until_next_round(
        now,
        zone,
        busy_day=bool(soon) and _is_at_work(session, visit, now),
        poll_seconds=visit.outside.poll_seconds,
        chance=random.random(),  # noqa: S311
        told=told,
    )


def _is_at_work(session: Transaction, visit: Visit, now: datetime) -> bool:
    plan = plans(session, [visit.employee_id])[visit.employee_id]
    days = plan.days(now, now)
    return any(span.starts <= now < span.ends for day in days for span in day.work)


def remember_success(visit: Visit, *, last: bool = False) -> None:
    """The line is good. The import is over when everything that was there has been sent.

    With what is `last` in a visit its mailbox is handed back, in one transaction.
    """
    with visit.recording(lightly=True) as session:
        session.connection().execute(_WELL, {"mailbox": visit.mailbox_id})
        traffic.store(session, visit.mailbox_id, visit.tally, now=visit.now())
        if ask(_IMPORTED, connection=visit.connection_id).first():
            waiting = exists().where(
                Push.mirror_id == Mirror.id, Mirror.mailbox_id == visit.mailbox_id
            )
            connection = session.get_one(Connection, visit.connection_id)
            connection.importing = bool(session.scalar(select(waiting)))
        if last:
            visit.lease.hand_back(session)
    visit.lease.over = last


def remember_traffic(visit: Visit) -> None:
    """Note what a visit cost that says nothing else."""
    with writing() as session:
        traffic.store(session, visit.mailbox_id, visit.tally, now=visit.now())


def remember_failure(mailbox_id: int, failure: PanelError, tally: Tally, now: datetime) -> None:
    """Let the mailbox wait as one; nothing that waits in it is lost or blamed."""
    tally.failures += 1
    log.warning("Mailbox %s: %s", mailbox_id, failure)
    with writing() as session:
        mailbox = session.get_one(Mailbox, mailbox_id)
        mailbox.failures += 1
        mailbox.silent_since = mailbox.silent_since or now
        mailbox.failed_at, mailbox.failure = now, str(failure)[:300]
        mailbox.wait_until = now + _wait(failure, mailbox.failures)
        traffic.store(session, mailbox_id, tally, now=now)


def _wait(failure: PanelError, failures: int) -> timedelta:
    if isinstance(failure, SignInNeeded):
        return DOUBT
    if isinstance(failure, RegistrationRefused):
        return timedelta(minutes=5)
    wish = failure.retry_after if isinstance(failure, OutlookUnavailable) else None
    return wait_after(failures, wish, random.random())  # noqa: S311
