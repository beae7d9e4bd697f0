"""The move rule: what was moved in Outlook moves here, if the schedule allows it.

The moves of one round are judged together, so that two appointments may change places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from panel.db.tables import Appointment, Employee, Occurrence
from panel.domain.conflicts import CLASHES, Conflict
from panel.domain.content import Content
from panel.domain.mirror import Step
from panel.domain.schedule import Span
from panel.services import appointment_changes, events, following, journal, outbox, reminders
from panel.services.availability import all_conflicts
from panel.services.holding import hold
from panel.services.sync import outcomes
from panel.services.sync.asking import ask, close_moot
from panel.services.sync.evidence import Evidence
from panel.services.sync.plan import Plan, found_in
from panel.services.sync.visit import Visit

Transaction = scoped_session[Session]


@dataclass
class Move:
    """A copy that stands at another time in Outlook than the one agreed on."""

    plan: Plan
    evidence: Evidence

    @property
    def wish(self) -> Span:
        """The time the customer would have, without buffers."""
        assert self.evidence.event is not None
        found = found_in(self.evidence.event)
        assert found.starts is not None and found.ends is not None
        return Span(*self.plan.content.without_buffers(found.starts, found.ends))


def judge(visit: Visit, moves: list[Move]) -> None:
    """Carry out the moves that the rules allow, and ask about the others."""
    if not moves:
        return
    with visit.recording() as session:
        hold(session, {one for move in moves for one in _people(session, move)})
        subjects = {id(move): _subject(session, move) for move in moves}
        standing = [move for move in moves if _unchanged(session, subjects[id(move)], move)]
        broken = _try_together(session, visit, standing, subjects)
        for move in standing:
            if id(move) not in broken:
                _carry_out(session, visit, move, subjects[id(move)])
    for move in standing:
        if id(move) in broken:
            ask(visit, move.plan, move.evidence, Step.ASK_MOVED, rule=broken[id(move)])


def _people(session: Transaction, move: Move) -> set[int]:
    """Whose time the move takes: of an event, its staff's too."""
    mirror = move.plan.mirror
    if mirror.subject == "appointment":
        return {mirror.employee_id}
    return outbox.people(session, mirror.subject, mirror.subject_id) | {mirror.employee_id}


def _subject(session: Transaction, move: Move) -> Appointment | Occurrence | None:
    mirror = move.plan.mirror
    if mirror.subject == "appointment":
        return session.get(Appointment, mirror.subject_id)
    return session.get(Occurrence, mirror.subject_id)


def _unchanged(session: Transaction, subject: Appointment | Occurrence | None, move: Move) -> bool:
    """Whether nothing was changed here since the plan was made; if so, it is decided anew."""
    content = move.plan.content
    agreed = Span(*content.without_buffers(content.starts, content.ends))
    current = outcomes.is_current(move.plan, outcomes.mirror_of(session, move.plan))
    return current and subject is not None and Span(subject.starts, subject.ends) == agreed


def _try_together(
    session: Transaction,
    visit: Visit,
    moves: list[Move],
    subjects: dict[int, Appointment | Occurrence | None],
) -> dict[int, Conflict]:
    """Say which moves break a rule, and which, when the others are carried out."""
    broken: dict[int, Conflict] = {}
    before = {id(move): _times(subjects[id(move)]) for move in moves}
    for move in moves:
        _set(subjects[id(move)], move.wish)
    session.flush()
    while True:
        found = {id(one): _rule(session, visit, one) for one in moves if id(one) not in broken}
        wrong = {key: rule for key, rule in found.items() if rule is not None}
        if not wrong:
            break
        broken |= wrong
        for key in wrong:
            _set(subjects[key], before[key])
        session.flush()
    for key, span in before.items():
        _set(subjects[key], span)
    session.flush()
    return broken


def _rule(session: Transaction, visit: Visit, move: Move) -> Conflict | None:
    """The rule that the move breaks, or nothing.

    The person's own busy time does not forbid what they did themselves. Events are not
    bound to work hours.
    """
    mirror, now = move.plan.mirror, visit.now()
    subject = (mirror.subject, mirror.subject_id)
    found = [
        one
        for employee_id in sorted(_people(session, move))
        for one in all_conflicts(
            session, employee_id, move.wish, _buffers(session, move),
            ignoring=subject, busy=False, service_id=_service(session, move), now=now,
        )
    ]  # fmt: skip
    if mirror.subject == "occurrence":
        found = [one for one in found if one.kind in (*CLASHES, "past")]
    return found[0] if found else None


def _buffers(session: Transaction, move: Move) -> tuple[int, int]:
    subject = _subject(session, move)
    if isinstance(subject, Appointment):
        return subject.buffer_before, subject.buffer_after
    return 0, 0


def _service(session: Transaction, move: Move) -> int | None:
    subject = _subject(session, move)
    return subject.service_id if isinstance(subject, Appointment) else None


def _times(subject: Appointment | Occurrence | None) -> Span:
    assert subject is not None
    return Span(subject.starts, subject.ends)


def _set(subject: Appointment | Occurrence | None, span: Span) -> None:
    assert subject is not None
    subject.starts, subject.ends = span.starts, span.ends


def _carry_out(
    session: Transaction, visit: Visit, move: Move, subject: Appointment | Occurrence | None
) -> None:
    employee = session.get_one(Employee, visit.employee_id)
    side, who, now, starts = journal.OUTLOOK, employee.name, visit.now(), move.wish.starts
    assert subject is not None
    before = _times(subject)
    said: dict[str, Any] = {"side": side, "who": who, "now": now}
    if isinstance(subject, Appointment):
        appointment_changes.set_time(session, subject, starts, **said)
    else:
        events.set_occurrence_time(session, subject, starts, tell=False, **said)
    mirror = outcomes.mirror_of(session, move.plan)
    agreed = _agreed(move, starts)
    event, place = move.evidence.event, move.evidence.place
    assert event is not None
    outcomes.link(session, visit, move.plan, event, place, agreed, keep_key=True)
    mirror.missing_since, mirror.intent = None, None
    # What was changed along with the time is looked at next: Panel's own fields go back.
    mirror.hinted = not found_in(event).same_fields(move.plan.content, agreed)
    close_moot(session, move.plan, Step.MOVE, now)
    session.flush()
    if move.plan.settings.tell_moved:
        # They moved it themselves, and perhaps move it again: customers are told once.
        following.follow(session, mirror, subject, before, now=now)
    elif isinstance(subject, Appointment):
        reminders.settle(session, subject, now=now)
    session.flush()
    outbox.changed(session, mirror.subject, mirror.subject_id, now=now)


def _agreed(move: Move, starts: datetime) -> Content:
    """What both sides now say: the new time, and of the rest what was agreed before."""
    assert move.evidence.event is not None
    found = found_in(move.evidence.event)
    assert found.starts is not None and found.ends is not None
    content = move.plan.agreed or move.plan.content
    return content.at(found.starts, found.ends)
