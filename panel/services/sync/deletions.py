"""Entries that somebody deleted in Outlook: counted together, then seen to one by one.

So many in a day that nobody can have meant it are held: their time stays taken, and a person
is asked once. Of all others the settings say what becomes of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from panel.db.tables import Employee, HeldDeletions, Mirror, Question
from panel.domain.mirror import Case, Step, decide, too_many_gone
from panel.services import journal, outbox, subjects, telling
from panel.services.holding import hold
from panel.services.sync import creating, outcomes
from panel.services.sync.asking import ask, close, close_moot, standing_about
from panel.services.sync.evidence import AGAIN, Evidence
from panel.services.sync.plan import Plan
from panel.services.sync.visit import Visit

Transaction = scoped_session[Session]
COUNTED_FOR = timedelta(hours=24)
# How long the others wait for one that is still being searched for, so that all count together.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Deletion:
    """A copy that is wanted here and nowhere there, and nothing here orders another one."""

    plan: Plan
    evidence: Evidence
    case: Case


def weigh(visit: Visit, found: list[Deletion]) -> list[Deletion]:
    """Count the deletions, and hold them where they are too many; return those to see to now."""
    if not found:
        return []
    with visit.recording() as session:
        mirrors = _locked(session, found)
        if _is_searching(session, visit, mirrors):
            for mirror in mirrors.values():
                outcomes.postpone(session, mirror, visit.now(), AGAIN)
            return []
        current = [one for one in found if outcomes.is_current(one.plan, mirrors[_id(one)])]
        new = [one for one in current if mirrors[_id(one)].state != "gone"]
        for one in new:
            mirrors[_id(one)].deleted_at = visit.now()
        session.flush()
        if new:
            _hold_if_too_many(session, visit, [mirrors[_id(one)] for one in new])
        for one in current:
            if mirrors[_id(one)].held_deletions_id is not None:
                outcomes.confirm(session, visit, one.plan, mirrors[_id(one)])
        return [one for one in current if mirrors[_id(one)].held_deletions_id is None]


def carry_out(visit: Visit, deletion: Deletion) -> None:
    """Do with one of them what the settings say."""
    step = decide(deletion.case)
    _DO[step](visit, deletion, step)


def _id(deletion: Deletion) -> int:
    return deletion.plan.mirror.id


def _locked(session: Transaction, found: list[Deletion]) -> dict[int, Mirror]:
    ids = [_id(one) for one in found]
    rows = select(Mirror).where(Mirror.id.in_(ids)).order_by(Mirror.id).with_for_update()
    return {row.id: row for row in session.scalars(rows)}


def _is_searching(session: Transaction, visit: Visit, found: dict[int, Mirror]) -> bool:
    """Whether another copy is missing, too, and the second look for it is still to come."""
    others = select(Mirror.id).where(
        Mirror.mailbox_id == visit.mailbox_id,
        Mirror.missing_since > visit.now() - PATIENCE,
        Mirror.state.in_(("linked", "unknown")),
        Mirror.id.not_in(found),
    )
    return session.scalar(others.limit(1)) is not None


def _hold_if_too_many(session: Transaction, visit: Visit, new: list[Mirror]) -> None:
    held = session.scalar(_open(visit.mailbox_id))
    gone, upcoming = _counts(session, visit)
    if held is None and not too_many_gone(gone, upcoming):
        return
    asked = _asked_before(session, visit)
    if held is None:
        held = HeldDeletions(
            mailbox_id=visit.mailbox_id, employee_id=visit.employee_id, upcoming=upcoming,
            earlier=gone - len(new) - len(asked), opened_at=visit.now(),
        )  # fmt: skip
        session.add(held)
        session.flush()
        telling.tell_held(session, held, [*new, *(one for _, one in asked)], now=visit.now())
    held.upcoming = max(held.upcoming, upcoming)
    for question, mirror in asked:
        close(question, "held", visit.now())
        mirror.held_deletions_id = held.id
    for mirror in new:
        mirror.state, mirror.held_deletions_id = "gone", held.id
        _note(session, visit, mirror)


def _open(mailbox_id: int) -> Select[HeldDeletions]:
    return select(HeldDeletions).where(
        HeldDeletions.mailbox_id == mailbox_id, HeldDeletions.closed_at.is_(None)
    )


def _counts(session: Transaction, visit: Visit) -> tuple[int, int]:
    """How many were deleted in a day, and of how many that are or were to come."""
    lately = Mirror.deleted_at > visit.now() - COUNTED_FOR
    coming = and_(
        Mirror.remote_id.is_not(None),
        Mirror.state.not_in(("gone", "none")),
        Mirror.base_end > visit.now(),
    )
    of = select(func.count()).where(Mirror.mailbox_id == visit.mailbox_id)
    gone, upcoming = (session.scalar(of.where(one)) or 0 for one in (lately, or_(lately, coming)))
    return gone, upcoming


def _asked_before(session: Transaction, visit: Visit) -> list[tuple[Question, Mirror]]:
    """Those of the day that were asked about one by one, before there were so many."""
    rows = session.execute(
        select(Question, Mirror)
        .join(Mirror, Mirror.id == Question.mirror_id)
        .where(
            Mirror.mailbox_id == visit.mailbox_id,
            Mirror.deleted_at > visit.now() - COUNTED_FOR,
            Mirror.state == "gone",
            Question.kind == "deleted",
            Question.closed_at.is_(None),
        )
        .order_by(Mirror.id)
        .with_for_update()
    )
    return [(question, mirror) for question, mirror in rows]


def _note(session: Transaction, visit: Visit, mirror: Mirror) -> None:
    about: dict[str, Any] = {
        "subject": mirror.subject, "subject_id": mirror.subject_id,
        "employee_id": mirror.employee_id, "now": visit.now(),
    }  # fmt: skip
    who = session.get_one(Employee, mirror.employee_id).name
    journal.note(session, side=journal.OUTLOOK, kind="deleted_in_outlook", who=who, **about)
    journal.note(
        session, side=journal.BOTH, kind="question", who="",
        note="Many entries went at once. Nothing happens until somebody says it was meant.",
        **about,
    )  # fmt: skip


def _stay_deleted(visit: Visit, deletion: Deletion, _: Step) -> None:
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, deletion.plan)
        mirror.state = "gone"
        outcomes.confirm(session, visit, deletion.plan, mirror)


def _put_back(visit: Visit, deletion: Deletion, _: Step) -> None:
    creating.create(visit, deletion.plan, anew=True, put_back=True)
    with visit.recording() as session:
        close_moot(session, deletion.plan, Step.RECREATE, visit.now())


def _ask(visit: Visit, deletion: Deletion, step: Step) -> None:
    ask(visit, deletion.plan, deletion.evidence, step)


def _cancel(visit: Visit, deletion: Deletion, _: Step) -> None:
    """The time to keep it is over, and it is still gone."""
    about, now = deletion.plan.mirror, visit.now()
    with visit.recording() as session:
        hold(session, outbox.people(session, about.subject, about.subject_id))
        mirror = session.get_one(Mirror, about.id, with_for_update=True)
        asked = standing_about(session, about.id)
        if not outcomes.is_current(deletion.plan, mirror) or not _is_due(asked, now):
            return
        assert asked is not None
        if not subjects.can_be_cancelled(session, about.subject, about.subject_id, now=now):
            # It has begun meanwhile: only a person can say what became of it.
            asked.acts_at = None
            return
        close(asked, "cancel", now)
        who = session.get_one(Employee, about.employee_id).name
        subjects.cancel(
            session, about.subject, about.subject_id, side=journal.OUTLOOK, who=who, by=None,
            now=now,
        )  # fmt: skip
        session.flush()
        outbox.changed(session, about.subject, about.subject_id, now=now)


def _is_due(asked: Question | None, now: datetime) -> bool:
    return asked is not None and asked.acts_at is not None and asked.acts_at <= now


_DO: dict[Step, Callable[[Visit, Deletion, Step], None]] = {
    Step.STAY_DELETED: _stay_deleted,
    Step.RECREATE: _put_back,
    Step.ASK_DELETED: _ask,
    Step.ASK_CANCEL: _ask,
    Step.CANCEL: _cancel,
}
