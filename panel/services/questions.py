"""What waits for a person: read the open questions, and carry out the answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, scoped_session, selectinload

from panel.db.base import db, writing
from panel.db.tables import Appointment, Event, Mirror, Occurrence, Question
from panel.domain.errors import AlreadyChanged, NotThere, RuleBroken
from panel.domain.moments import read_span
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import appointment_changes, events, journal, mailing, outbox
from panel.services.holding import hold

Transaction = scoped_session[Session]

# Each kind of question with the answers it takes.
ANSWERS = {
    "moved": ("back", "accept"),
    "reshaped": ("back", "accept", "cancel"),
    "deleted": ("back", "cancel"),
    "both_moved": ("keep", "accept"),
}
# The permission that a change of each subject needs.
KEPT_BY = {"appointment": "appointments", "occurrence": "events"}


@dataclass(frozen=True)
class Asked:
    """An open question, with both times as the customer knows them.

    `there` is None where Outlook shows no time of an appointment; `days` are then its dates.
    `rule` is the sentence about the rule that the other time breaks, if one is broken: to the
    employee; `theirs` to anybody else.
    """

    id: int
    kind: str
    subject: str
    subject_id: int
    employee_id: int
    here: Span
    there: Span | None
    days: tuple[str, ...]
    series: bool
    called_off: bool
    rule: str
    theirs: str
    opened_at: datetime
    answers: tuple[str, ...]


def about(subject: str, *subject_ids: int) -> list[Asked]:
    """The open questions about one appointment, or about the dates of an event."""
    return _read(Question.subject == subject, Question.subject_id.in_(subject_ids))


def these(*question_ids: int) -> list[Asked]:
    """Those of these questions that are still open."""
    return _read(Question.id.in_(question_ids)) if question_ids else []


def of_employees(employee_ids: Collection[int] | None) -> list[Asked]:
    """The open questions of some employees, or of all; the longest open first."""
    if employee_ids is None:
        return _read()
    return _read(Question.employee_id.in_(employee_ids))


def answer(question_id: int, answer: str, *, by: Actor, now: datetime) -> Asked:
    """Carry out a person's decision. Raises NotAllowed, NotThere, AlreadyChanged, RuleBroken."""
    with writing() as session:
        question = _open(session, question_id, by)
        asked = _asked(question)
        if answer not in asked.answers:
            raise RuleBroken("That is no answer to this question.")
        if answer in ("accept", "cancel"):
            _must_own(session, asked, by)
        question.closed_at, question.answer, question.answered_by = now, answer, by.name
        mirror = session.get_one(Mirror, question.mirror_id)
        if answer == "back":
            mirror.ruling = "back"
        elif answer == "accept" and asked.there is not None:
            _take_over(session, asked, asked.there, by, now)
        elif answer == "cancel":
            _cancel(session, asked, by, now)
        session.flush()
        journal.note(
            session, subject=asked.subject, subject_id=asked.subject_id,
            employee_id=asked.employee_id, side=journal.PANEL, kind="answered", who=by.name,
            note=answer, now=now,
        )  # fmt: skip
        outbox.changed(session, asked.subject, asked.subject_id, now=now)
    return asked


def _open(session: Transaction, question_id: int, by: Actor) -> Question:
    question = session.get(Question, question_id)
    if question is None or not by.sees(question.employee_id):
        raise NotThere("There is no such question.")
    # In the order in which booking and the sync hold them.
    hold(session, outbox.people(session, question.subject, question.subject_id))
    session.get_one(Mirror, question.mirror_id, with_for_update=True)
    session.refresh(question, with_for_update=True)
    if question.closed_at is not None:
        raise AlreadyChanged("This question has been answered already.")
    return question


def _must_own(session: Transaction, asked: Asked, by: Actor) -> None:
    """Only who may change the subject itself decides over it, whosever copy was changed."""
    if asked.subject == "appointment":
        owner = session.get_one(Appointment, asked.subject_id).employee_id
        by.must(KEPT_BY[asked.subject], owner)
        return
    occurrence = session.get_one(Occurrence, asked.subject_id)
    by.must(KEPT_BY[asked.subject], session.get_one(Event, occurrence.event_id).organizer_id)


def _take_over(session: Transaction, asked: Asked, there: Span, by: Actor, now: datetime) -> None:
    """Let the subject stand where it stands in Outlook; whoever decides knows the rule."""
    told = {"side": journal.PANEL, "who": by.name}
    note = f"{asked.theirs}." if asked.theirs else ""
    if asked.subject == "appointment":
        appointment = session.get_one(Appointment, asked.subject_id)
        appointment.ends = appointment.starts + (there.ends - there.starts)
        appointment_changes.set_time(session, appointment, there.starts, note=note, now=now, **told)
        mailing.tell(session, "changed", appointment, by=by, now=now)
        return
    occurrence = session.get_one(Occurrence, asked.subject_id)
    length: timedelta = there.ends - there.starts
    events.set_occurrence_time(session, occurrence, there.starts, length=length, now=now, **told)


def _cancel(session: Transaction, asked: Asked, by: Actor, now: datetime) -> None:
    side, who = journal.PANEL, by.name
    if asked.subject == "appointment":
        appointment = session.get_one(
            Appointment, asked.subject_id, options=[selectinload(Appointment.bookings)]
        )
        appointment_changes.cancel_in(session, appointment, side=side, who=who, now=now)
        mailing.tell(session, "cancelled", appointment, by=by, now=now)
        return
    occurrence = session.get_one(Occurrence, asked.subject_id)
    events.cancel_occurrence_in(session, occurrence, side=side, who=who, now=now)


def _read(*which: ColumnElement[bool]) -> list[Asked]:
    rows = db.session.scalars(
        select(Question).where(Question.closed_at.is_(None), *which).order_by(Question.id)
    )
    return [_asked(row) for row in rows]


def _asked(row: Question) -> Asked:
    facts = row.facts
    here, there = read_span(facts["here"]), read_span(facts.get("there", ""))
    assert here is not None
    possible = ANSWERS[row.kind]
    if there is None or facts.get("series") or facts.get("called_off"):
        possible = tuple(one for one in possible if one != "accept")
    if there is not None and row.kind == "reshaped" and "accept" in possible:
        possible = tuple(one for one in possible if one != "cancel")
    return Asked(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        subject_id=row.subject_id,
        employee_id=row.employee_id,
        here=Span(*here),
        there=Span(*there) if there else None,
        days=tuple(facts.get("days", ())),
        series=bool(facts.get("series")),
        called_off=bool(facts.get("called_off")),
        rule=str(facts.get("rule", "")),
        theirs=str(facts.get("theirs", "")),
        opened_at=row.opened_at,
        answers=possible,
    )
