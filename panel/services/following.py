"""Follow a move in Outlook: customers are told once it has been quiet, or it is undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from panel.db.tables import Appointment, Attendance, Mail, Mirror, Occurrence, Question
from panel.domain.errors import AlreadyChanged
from panel.domain.moments import iso_span, read_span
from panel.domain.people import Actor
from panel.domain.questions import FOLLOWED
from panel.domain.schedule import Span
from panel.services import appointment_changes, events, journal, mail_rows, mailing, reminders
from panel.services.followed import ITSELF, QUIET, promised, standing
from panel.services.outbox import Transaction

Subject = Appointment | Occurrence
TOO_LATE = "The customers have been told by now. Move it to another time instead."


def follow(
    session: Transaction, mirror: Mirror, subject: Subject, before: Span, *, now: datetime
) -> None:
    """Let customers be told of a move that was made just now, in five minutes.

    Further moves until then make one mail of it, with the time that they knew before the
    first; moved back to that, there is nothing to tell.
    """
    waiting = standing(session, mirror.subject, mirror.subject_id)
    current = waiting is not None and _is_current(waiting, before, now)
    owed = bool(waiting.facts["owed"] if waiting and current else _mails(session, mirror))
    if waiting is not None:
        waiting.closed_at, waiting.answer = now, ITSELF
        before = promised(waiting) if current else before
        session.flush()
    if current and Span(subject.starts, subject.ends) == before:
        _take_back(session, mirror, subject, "It was moved back.", now)
        if owed:
            _tell_now(session, subject, None, now)
        return
    _tell(session, subject, before, now)
    told = [one.to_name for one in _mails(session, mirror)]
    session.add(
        Question(
            mirror_id=mirror.id, subject=mirror.subject, subject_id=mirror.subject_id,
            employee_id=mirror.employee_id, kind=FOLLOWED, opened_at=now, acts_at=now + QUIET,
            holds_from=before.starts, holds_to=before.ends,
            facts={
                "here": iso_span(before.starts, before.ends),
                "there": iso_span(subject.starts, subject.ends),
                "told": told, "owed": owed,
            },
        )
    )  # fmt: skip


def undo(
    session: Transaction, question: Question, subject: Subject, *, by: Actor, now: datetime
) -> None:
    """Put the subject back to the time that customers know; none of them is told.

    Raises AlreadyChanged once they have been. The caller holds its people and tells the outbox.
    """
    mirror = session.get_one(Mirror, question.mirror_id)
    there = read_span(question.facts["there"])
    assert there is not None and question.acts_at is not None
    mails = _mails(session, mirror)
    told = any(one.tries for one in mails) or bool(question.facts["told"] and not mails)
    if question.acts_at <= now or told:
        raise AlreadyChanged(TOO_LATE)
    if (subject.starts, subject.ends) != there:
        raise AlreadyChanged("It has been changed since. Move it to another time instead.")
    starts = promised(question).starts
    said: dict[str, Any] = {"side": journal.PANEL, "who": by.name, "now": now}
    if isinstance(subject, Appointment):
        appointment_changes.set_time(session, subject, starts, **said)
    else:
        events.set_occurrence_time(session, subject, starts, tell=False, **said)
    _take_back(session, mirror, subject, "The move was undone.", now)
    if question.facts["owed"]:
        # An earlier change was to be told with it, and still is one.
        _tell_now(session, subject, by, now)


def _is_current(waiting: Question, stood: Span, now: datetime) -> bool:
    """Whether customers do not know of it yet, and nothing but Outlook has moved it since."""
    assert waiting.acts_at is not None
    return waiting.acts_at > now and read_span(waiting.facts["there"]) == (
        stood.starts, stood.ends,
    )  # fmt: skip


def _tell(session: Transaction, subject: Subject, before: Span, now: datetime) -> None:
    how: dict[str, Any] = {"now": now, "quiet": QUIET, "before": before}
    if isinstance(subject, Appointment):
        mailing.tell(session, "changed", subject, by=None, **how)
    else:
        mailing.tell_attendees(session, subject, **how)


def _tell_now(session: Transaction, subject: Subject, by: Actor | None, now: datetime) -> None:
    if isinstance(subject, Appointment):
        mailing.tell(session, "changed", subject, by=by, now=now)
    else:
        mailing.tell_attendees(session, subject, now=now)


def _take_back(
    session: Transaction, mirror: Mirror, subject: Subject, why: str, now: datetime
) -> None:
    for mail in _mails(session, mirror):
        mail_rows.drop(mail, why)
    session.flush()
    if isinstance(subject, Appointment):
        reminders.settle(session, subject, now=now)
        return
    # Who attends all dates of an event had one mail for whatever moved of them.
    for other, date in _others(session, subject, now):
        assert other.acts_at is not None
        quiet = other.acts_at - now
        mailing.tell_attendees(session, date, now=now, quiet=quiet, before=promised(other))


def _others(
    session: Transaction, subject: Occurrence, now: datetime
) -> list[tuple[Question, Occurrence]]:
    """The other dates of its event that customers are still to be told of."""
    rows = session.execute(
        select(Question, Occurrence)
        .join(Occurrence, Occurrence.id == Question.subject_id)
        .where(
            Question.subject == "occurrence",
            Question.kind == FOLLOWED,
            Question.closed_at.is_(None),
            Question.acts_at > now,
            Occurrence.event_id == subject.event_id,
            Occurrence.id != subject.id,
        )
        .order_by(Question.id)
    )
    return [(question, date) for question, date in rows]


def _mails(session: Transaction, mirror: Mirror) -> list[Mail]:
    """What waits to tell customers of a change, locked against the postman."""
    query = select(Mail).where(Mail.status == mail_rows.WAITING).order_by(Mail.id)
    if mirror.subject == "appointment":
        query = query.where(
            Mail.kind == "customer_changed",
            Mail.subject == "appointment",
            Mail.subject_id == mirror.subject_id,
        )
    else:
        query = query.join(Attendance, Attendance.id == Mail.attendance_id).where(
            Mail.kind == "attendee_changed", _comes(mirror.subject_id)
        )
    return list(session.scalars(query.with_for_update(of=Mail)))


def _comes(occurrence_id: int) -> ColumnElement[bool]:
    event = select(Occurrence.event_id).where(Occurrence.id == occurrence_id).scalar_subquery()
    whole = (Attendance.event_id == event) & Attendance.occurrence_id.is_(None)
    return or_(Attendance.occurrence_id == occurrence_id, whole)
