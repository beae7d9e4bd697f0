"""Put a question to a person, and close it when it has answered itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from panel.db.tables import Employee, Question
from panel.domain.conflicts import Conflict
from panel.domain.mirror import Step
from panel.domain.moments import iso_span
from panel.services import journal, telling
from panel.services.sync import outcomes
from panel.services.sync.changing import change
from panel.services.sync.evidence import Evidence
from panel.services.sync.plan import Plan, found_in
from panel.services.sync.visit import Visit

Transaction = scoped_session[Session]

KINDS = {
    Step.ASK_MOVED: "moved",
    Step.ASK_RESHAPED: "reshaped",
    Step.ASK_DELETED: "deleted",
    Step.ASK_CANCEL: "deleted",
    Step.PUSH_AND_ASK: "both_moved",
}
# These are about what was done already, so that further steps leave them as they are.
_SEEN_TO = {
    "both_moved": (Step.LEAVE, Step.REMEMBER, Step.PUSH),
    "followed": (Step.LEAVE, Step.REMEMBER, Step.PUSH, Step.MOVE),
}


def ask(
    visit: Visit, plan: Plan, evidence: Evidence, step: Step, *, rule: Conflict | None = None
) -> bool:
    """Open the question that this step asks, with both values and the rule that was applied.

    The time stays as it is there, and both times stay taken until somebody answers; the other
    fields are Panel's, and are written. Returns False where it must be decided again.
    """
    if _fields_differ(plan, evidence) and not change(visit, plan, evidence, time=False):
        return False
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        if mirror.state == "parked" or outcomes.is_postponed(session, mirror, visit.now()):
            return True
        if not outcomes.is_current(plan, mirror):
            return False
        if evidence.event is None:
            mirror.state = "gone"
        else:
            mirror.state, mirror.remote_id = "linked", evidence.event.id
            mirror.change_key = evidence.event.change_key
            if evidence.place is not None:
                mirror.calendar_id = evidence.place.id
        outcomes.confirm(session, visit, plan, mirror)
        open_question(
            session, visit, plan, evidence, KINDS[step], rule, _acts_at(visit, plan, step)
        )
    return True


def _acts_at(visit: Visit, plan: Plan, step: Step) -> datetime | None:
    """When what was deleted there is cancelled here, where the settings want that."""
    if step is not Step.ASK_CANCEL:
        return None
    return visit.now() + timedelta(minutes=plan.settings.grace_minutes)


def _fields_differ(plan: Plan, evidence: Evidence) -> bool:
    if evidence.event is None:
        return False
    return not found_in(evidence.event).same_fields(plan.content, plan.agreed or plan.content)


def open_question(
    session: Transaction,
    visit: Visit,
    plan: Plan,
    evidence: Evidence,
    kind: str,
    rule: Conflict | None = None,
    acts_at: datetime | None = None,
) -> None:
    """Open it in the caller's transaction, unless the same stands already."""
    facts, there = _facts(plan, evidence, rule)
    standing = standing_about(session, plan.mirror.id)
    if standing is not None:
        if standing.kind == kind and _is_the_same(standing.facts, facts):
            # It was asked before: the rule may have changed, and it is not cancelled any
            # earlier than was said, nor where nothing was said of it.
            standing.facts = facts
            standing.acts_at = standing.acts_at if acts_at else None
            return
        close(standing, "", visit.now())
        session.flush()
    question = Question(
        mirror_id=plan.mirror.id, subject=plan.mirror.subject, subject_id=plan.mirror.subject_id,
        employee_id=plan.mirror.employee_id, kind=kind, facts=facts, opened_at=visit.now(),
        acts_at=acts_at,
    )  # fmt: skip
    if there is not None and kind in ("moved", "reshaped"):
        question.holds_from, question.holds_to = there
    session.add(question)
    _note(session, visit, plan, kind, facts)
    if plan.mirror.ruling != "meant":
        # Whoever has said so of many at once needs no mail about each.
        telling.tell_question(session, question, now=visit.now())


def _is_the_same(asked: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Whether both values are the same; by which rule it is asked may have changed."""
    values = (asked.keys() | facts.keys()) - {"rule", "theirs"}
    return all(asked.get(name) == facts.get(name) for name in values)


def close_moot(session: Transaction, plan: Plan, step: Step, now: datetime) -> None:
    """Close the open question where the step shows that it is none any more.

    What the panel decided against an edit there stays shown until somebody has seen it.
    """
    standing = standing_about(session, plan.mirror.id)
    if standing is None or KINDS.get(step) == standing.kind:
        return
    if step in _SEEN_TO.get(standing.kind, ()):
        return
    close(standing, "", now)


def standing_about(session: Transaction, mirror_id: int) -> Question | None:
    """The open question about one copy."""
    still = select(Question).where(Question.mirror_id == mirror_id, Question.closed_at.is_(None))
    return session.scalar(still)


def close(question: Question, answer: str, now: datetime) -> None:
    """Close it in the caller's transaction; without an answer it has answered itself."""
    question.closed_at, question.answer = now, answer or "itself"


def _facts(
    plan: Plan, evidence: Evidence, rule: Conflict | None
) -> tuple[dict[str, Any], tuple[datetime, datetime] | None]:
    """Both values as the customer knows them, without buffers, as ISO instants."""
    content = plan.content
    here = iso_span(*_plain(plan, content.starts, content.ends))
    facts: dict[str, Any] = {"here": here}
    if rule is not None:
        facts["rule"] = rule.told(plan.mirror.employee_id).removesuffix(".")
        facts["theirs"] = rule.theirs
    if evidence.event is None:
        return facts, None
    found = found_in(evidence.event)
    if found.starts is None or found.ends is None:
        days = evidence.event.start_date, evidence.event.end_date
        facts["days"] = [day.isoformat() for day in days if day is not None]
        return facts, None
    there = _plain(plan, found.starts, found.ends)
    facts |= {"there": iso_span(*there), "series": evidence.event.has_recurrence}
    facts["called_off"] = evidence.event.is_cancelled
    return facts, there


def _plain(plan: Plan, starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
    return plan.content.without_buffers(starts, ends)


def _note(session: Transaction, visit: Visit, plan: Plan, kind: str, facts: dict[str, Any]) -> None:
    words = {"before": facts["here"], "after": facts.get("there", "")}
    happened = {"deleted": "deleted_in_outlook", "reshaped": "reshaped_in_outlook"}
    employee = session.get(Employee, plan.mirror.employee_id)
    journal.note(
        session,
        subject=plan.mirror.subject,
        subject_id=plan.mirror.subject_id,
        employee_id=plan.mirror.employee_id,
        side=journal.OUTLOOK,
        kind=happened.get(kind, "moved_in_outlook"),
        who=employee.name if employee else "",
        now=visit.now(),
        **words,
    )
    rule = facts.get("theirs", "")
    note = f"{rule}." if rule else ""
    outcomes.note(session, visit, plan, "question", side=journal.BOTH, note=note)
