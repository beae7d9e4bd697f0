"""Moves in Outlook that were followed here: customers are told after five quiet minutes.

Until then the move can be undone, and the time it came from stays taken.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from panel.db.base import db, fresh, writing
from panel.db.tables import Question
from panel.domain.moments import read_span
from panel.domain.questions import FOLLOWED
from panel.domain.schedule import Span
from panel.services.outbox import Transaction

# Somebody who drags an entry about in Outlook has five minutes before customers hear of it.
QUIET = timedelta(minutes=5)
ITSELF = "itself"


def standing(session: Transaction, subject: str, subject_id: int) -> Question | None:
    """Return the followed move of this subject that customers do not know of yet."""
    return session.scalar(
        select(Question).where(
            Question.subject == subject,
            Question.subject_id == subject_id,
            Question.kind == FOLLOWED,
            Question.closed_at.is_(None),
        )
    )


def promised(question: Question) -> Span:
    """The time that customers know."""
    here = read_span(question.facts["here"])
    assert here is not None
    return Span(*here)


def end(session: Transaction, subject: str, subject_id: int, *, now: datetime) -> Span | None:
    """Customers are told now, by whatever: it cannot be undone any more.

    Returns the time that they knew until now, or nothing where no move was waiting.
    """
    question = standing(session, subject, subject_id)
    if question is None:
        return None
    question.closed_at, question.answer = now, ITSELF
    return promised(question)


def lapse(now: datetime) -> None:
    """Close those whose customers have been told by now: what the clock does."""
    over = (Question.kind == FOLLOWED, Question.closed_at.is_(None), Question.acts_at <= now)
    found = db.session.scalar(select(Question.id).where(*over).limit(1))
    fresh()
    if found is not None:
        with writing() as session:
            session.execute(update(Question).where(*over).values(closed_at=now, answer=ITSELF))
