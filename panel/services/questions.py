"""What waits for a person: read the open questions, and carry out the answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db, writing
from panel.db.tables import Appointment, Event, Mirror, Occurrence, Question
from panel.domain.errors import AlreadyChanged, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.questions import CHANGING, KEPT_BY, Asked
from panel.services import following, journal, outbox, subjects
from panel.services.holding import hold
from panel.services.question_rows import asked_of

Transaction = scoped_session[Session]


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


def one(question_id: int, *, by: Actor) -> tuple[Asked, bool]:
    """Return a question, and whether it is still open. Raises NotThere."""
    question = db.session.get(Question, question_id)
    if question is None or not by.sees(question.employee_id):
        raise NotThere("There is no such question.")
    return asked_of(question), question.closed_at is None


def answer(question_id: int, answer: str, *, by: Actor, now: datetime) -> Asked:
    """Carry out a person's decision. Raises NotAllowed, NotThere, AlreadyChanged, RuleBroken."""
    with writing() as session:
        question = _open(session, question_id, by)
        asked = asked_of(question)
        if answer not in asked.answers:
            raise RuleBroken("That is no answer to this question.")
        if answer in CHANGING:
            _must_own(session, asked, by)
        _carry_out(session, question, asked, answer, by, now)
        question.closed_at, question.answer, question.answered_by = now, answer, by.name
        session.flush()
        journal.note(
            session, subject=asked.subject, subject_id=asked.subject_id,
            employee_id=asked.employee_id, side=journal.PANEL, kind="answered", who=by.name,
            note=answer, now=now,
        )  # fmt: skip
        outbox.changed(session, asked.subject, asked.subject_id, now=now)
    return asked


def _carry_out(
    session: Transaction, question: Question, asked: Asked, answer: str, by: Actor, now: datetime
) -> None:
    about = (session, asked.subject, asked.subject_id)
    told: dict[str, Any] = {"side": journal.PANEL, "who": by.name, "by": by, "now": now}
    if answer == "back":
        session.get_one(Mirror, question.mirror_id).ruling = "back"
    elif answer == "undo":
        following.undo(session, question, subjects.find(*about), by=by, now=now)
    elif answer == "accept" and asked.there is not None:
        # Whoever decides knows the rule that it breaks.
        note = f"{asked.theirs}." if asked.theirs else ""
        subjects.move(*about, asked.there, note=note, **told)
    elif answer == "cancel":
        subjects.cancel(*about, **told)


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


def _read(*which: ColumnElement[bool]) -> list[Asked]:
    rows = db.session.scalars(
        select(Question).where(Question.closed_at.is_(None), *which).order_by(Question.id)
    )
    return [asked_of(row) for row in rows]
