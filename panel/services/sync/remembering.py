"""Remember how a visit went: the evidence from which the health of a connection is derived."""

from __future__ import annotations

import logging
import random
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update

from panel.db.base import db, writing
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
from panel.services.sync.calendars import free_gone
from panel.services.sync.tokens import DOUBT
from panel.services.sync.traffic import Tally
from panel.services.sync.visit import Visit

log = logging.getLogger(__name__)
COMPARE_EVERY = timedelta(hours=24)


def remember_round(visit: Visit, *, drift: int, compared: bool, told: bool) -> None:
    """Note a complete round, and when the next is due; `told`: Microsoft tells of changes."""
    now = visit.now()
    with visit.recording() as session:
        mailbox = session.get_one(Mailbox, visit.mailbox_id)
        mailbox.pulled_at = now
        free_gone(session, visit.mailbox_id, now)
        mailbox.round_due = now + _until_next(session, visit, now, told=told)
        visit.tally.rounds += 1
        if compared:
            mailbox.drift += drift
            mailbox.last_drift, mailbox.compared_at = drift, now
        if compared or mailbox.compare_due is None:
            mailbox.compare_due = now + COMPARE_EVERY
        judge_questions_again(session, visit.mailbox_id)


def judge_questions_again(session: Transaction, mailbox_id: int) -> None:
    """Have each copy looked at that a question is open about: the rule may allow it by now."""
    open_ones = select(Question.mirror_id).where(
        Question.closed_at.is_(None), Question.kind.in_(("moved", "reshaped", "deleted"))
    )
    session.execute(
        update(Mirror)
        .where(Mirror.mailbox_id == mailbox_id, Mirror.id.in_(open_ones))
        .values(hinted=True)
    )


def _until_next(session: Transaction, visit: Visit, now: datetime, *, told: bool) -> timedelta:
    employee = db.session.get_one(Employee, visit.employee_id)
    soon = exists().where(
        Mirror.employee_id == visit.employee_id,
        Mirror.base_end > now,
        Mirror.base_end < now + timedelta(hours=24),
    )
    return until_next_round(
        now,
        employee.zone,
        busy_day=bool(db.session.scalar(select(soon))) and _is_at_work(session, visit, now),
        poll_seconds=visit.outside.poll_seconds,
        chance=random.random(),  # noqa: S311
        told=told,
    )


def _is_at_work(session: Transaction, visit: Visit, now: datetime) -> bool:
    plan = plans(session, [visit.employee_id])[visit.employee_id]
    days = plan.days(now, now)
    return any(span.starts <= now < span.ends for day in days for span in day.work)


def remember_success(visit: Visit) -> None:
    """The line is good. The import is over when everything that was there has been sent."""
    with visit.recording() as session:
        mailbox = session.get_one(Mailbox, visit.mailbox_id)
        mailbox.failures, mailbox.wait_until, mailbox.failure = 0, None, None
        mailbox.silent_since = None
        traffic.store(session, mailbox.id, visit.tally, now=visit.now())
        connection = session.get_one(Connection, visit.connection_id)
        if connection.importing and mailbox.pulled_at is not None:
            waiting = exists().where(
                Push.mirror_id == Mirror.id, Mirror.mailbox_id == visit.mailbox_id
            )
            connection.importing = bool(session.scalar(select(waiting)))


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
